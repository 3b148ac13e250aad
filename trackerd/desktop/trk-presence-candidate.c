/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-presence-candidate.h"

enum
{
  STILL = 5,      /* idle times of exactly 0 in a row: nobody types that evenly */
  LATE_BY = 2000, /* ms over the limit: it should have told */
};

void
trk_presence_candidate_set (TrkPresenceCandidate *candidate,
                            TrkPresenceSource *source,
                            const char *why_not)
{
  g_clear_object (&candidate->source);
  g_free (candidate->why_not);
  *candidate = (TrkPresenceCandidate){ .source = source, .why_not = g_strdup (why_not) };
}

gboolean
trk_presence_candidate_is_believed (const TrkPresenceCandidate *candidate)
{
  return candidate->answered && !candidate->stands;
}

static void
set_answered (TrkPresenceCandidate *candidate)
{
  candidate->answered = TRUE;
  g_clear_pointer (&candidate->why_not, g_free);
}

void
trk_presence_candidate_set_idle (TrkPresenceCandidate *candidate,
                                 guint64 milliseconds,
                                 TrkInstant now)
{
  TrkDuration length = (TrkDuration) MIN (milliseconds, G_MAXINT32) * 1000;

  set_answered (candidate);
  candidate->idle = TRUE;
  candidate->since = trk_instant_add (now, -length);
}

void
trk_presence_candidate_set_active (TrkPresenceCandidate *candidate)
{
  set_answered (candidate);
  candidate->idle = FALSE;
}

static void
doubt (TrkPresenceCandidate *candidate, const char *why)
{
  g_free (candidate->why_not);
  candidate->why_not = g_strdup_printf ("%s %s", trk_presence_source_name (candidate->source), why);
  candidate->stands = TRUE;
}

TrkPresenceMissed
trk_presence_candidate_take_answer (TrkPresenceCandidate *candidate,
                                    guint64 milliseconds,
                                    guint limit,
                                    TrkInstant now)
{
  candidate->asked = FALSE;
  if (milliseconds > 0)
    candidate->zeros = 0;
  else if (candidate->zeros++ == 0)
    candidate->doubt = now;
  if (candidate->zeros >= STILL)
    {
      doubt (candidate, "stands still at 0");
      return TRK_PRESENCE_MISSED_NOTHING;
    }
  candidate->stands = FALSE;
  if (!candidate->idle && milliseconds >= (guint64) limit + LATE_BY)
    return TRK_PRESENCE_MISSED_IDLE;
  return candidate->idle && milliseconds < limit ? TRK_PRESENCE_MISSED_INPUT
                                                 : TRK_PRESENCE_MISSED_NOTHING;
}

gboolean
trk_presence_candidate_ask (TrkPresenceCandidate *candidate, TrkInstant now)
{
  if (!candidate->answered)
    return FALSE;
  if (candidate->asked && !candidate->stands)
    {
      doubt (candidate, "does not answer any more");
      return TRUE;
    }
  if (!candidate->asked && trk_presence_source_ask (candidate->source))
    {
      candidate->asked = TRUE;
      if (candidate->zeros == 0)
        candidate->doubt = now;
    }
  return FALSE;
}
