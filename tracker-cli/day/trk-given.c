/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-given.h"

#include "trk-duration.h"
#include "trk-format.h"
#include "trk-text.h"

#include <string.h>

enum
{
  LONGEST_TITLE = 200
};

static TrkDuration
length_asked (TrkSession *session, TrkDuration length)
{
  const TrkConfig *config = length == 0 ? trk_session_config (session, NULL) : NULL;

  return config != NULL ? config->policies.extend : length;
}

static gboolean
has_end (const TrkDaemonStatus *status)
{
  return status->until != 0 && status->until != TRK_NEVER;
}

/* Where it was to end without the verb: what is over goes on from now. */
static TrkInstant
end_before (const TrkDaemonStatus *before, const TrkDaemonStatus *after, TrkInstant now)
{
  gboolean same = strcmp (before->title, after->title) == 0
                  && strcmp (before->block_id, after->block_id) == 0 && has_end (before);

  return same ? MAX (before->until, now) : now;
}

/* ": Code review begins at 10:30", when that is where it ends; "" when nothing is known. */
static char *
what_begins (TrkSession *session, const TrkDaemonStatus *after)
{
  g_autofree char *title = trk_text_line (after->next_title, LONGEST_TITLE);
  g_autofree char *at = NULL;

  if (after->next_start != after->until)
    return g_strdup ("");
  at = trk_zone_format_time (trk_session_zone (session), after->next_start);
  return g_strdup_printf (": %s begins at %s", title, at);
}

/* Within a second, which the way to the daemon may take, it is what was asked. */
char *
trk_given_end (TrkSession *session,
               const TrkDaemonStatus *before,
               const TrkDaemonStatus *after,
               TrkDuration length)
{
  TrkDuration asked = length_asked (session, length), given;
  g_autofree char *more = NULL, *all = NULL, *why = NULL;

  if (!has_end (after))
    return NULL;
  given = after->until - end_before (before, after, trk_session_now (session));
  if (given >= asked - TRK_SECOND)
    return NULL;
  why = what_begins (session, after);
  if (given < TRK_SECOND)
    return g_strconcat ("no longer than it was", why, NULL);
  more = trk_duration_format (given);
  all = trk_duration_format (asked);
  return g_strdup_printf ("only %s of %s%s", more, all, why);
}

/* Is it still to come, and may @title mean it? A break is none of work. */
static gboolean
is_meant (const TrkBlockRecord *record, const char *title, TrkInstant now)
{
  const TrkBlock *block = record->block;

  return trk_kind_is_work (block->kind) && block->period.start > now
         && record->state->outcome == TRK_OUTCOME_NONE && !trk_block_state_began (record->state)
         && trk_text_first_words (block->title, title)
         && !trk_text_reads_same (block->title, title);
}

static char *
own_words (TrkSession *session, const TrkBlock *block)
{
  g_autofree char *title = trk_text_line (block->title, LONGEST_TITLE);
  g_autofree char *typed = g_shell_quote (title);
  g_autofree char *at = trk_zone_format_time (trk_session_zone (session), block->period.start);

  return g_strdup_printf ("work of its own; for the block of %s: tracker start %s", at, typed);
}

char *
trk_given_own (TrkSession *session, const char *title)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkPeriod day = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now));
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  g_autoptr (GPtrArray) records = store != NULL ? trk_store_blocks (store, day, NULL) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (is_meant (record, title, now))
        return own_words (session, record->block);
    }
  return NULL;
}
