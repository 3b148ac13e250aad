/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-now.h"

#include "trk-duration.h"
#include "trk-format.h"
#include "trk-text.h"
#include "trk-times.h"

#include <string.h>

enum
{
  LONGEST_TITLE = 200 /* of a line that is not fitted to the terminal */
};

char *
trk_now_capital (const char *word)
{
  char *copy = g_strdup (word);

  copy[0] = g_ascii_toupper (copy[0]);
  return copy;
}

/* "until 10:30, 52 min left", "since 09:40". */
static char *
when_of (TrkSession *session, const TrkDaemonStatus *status)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  g_autofree char *time = NULL;
  g_autofree char *length = NULL;

  if (status->until != 0 && status->until != TRK_NEVER)
    {
      gboolean over = status->until < now;

      time = trk_format_coming (&almanac, status->until, now);
      length = trk_duration_format (over ? now - status->until : status->until - now);
      return g_strdup_printf ("until %s, %s %s", time, length, over ? "over" : "left");
    }
  if (status->since == 0)
    return g_strdup ("");
  time = trk_format_moment (&almanac, status->since, trk_almanac_day (&almanac, now));
  length = trk_duration_format (MAX (now - status->since, 0));
  return g_strdup_printf ("since %s, %s", time, length);
}

char *
trk_now_coming (TrkSession *session, const char *title, TrkInstant start)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autofree char *shown = trk_text_line (title, LONGEST_TITLE);
  g_autofree char *time = trk_format_coming (&almanac, start, trk_session_now (session));

  return g_strdup_printf ("%s  %s", time, shown);
}

char *
trk_now_next (TrkSession *session, const TrkDaemonStatus *status)
{
  return status->next_start != 0 ? trk_now_coming (session, status->next_title, status->next_start)
                                 : NULL;
}

static char *
planned_words (TrkSession *session, TrkPeriod period)
{
  g_autofree char *span = trk_format_span (trk_session_zone (session), period);

  return g_strdup_printf ("the block of the plan, %s%s", span,
                          period.start > trk_session_now (session) ? ", begun early" : "");
}

char *
trk_now_planned (TrkSession *session, const TrkDaemonStatus *status)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  g_autoptr (GPtrArray) records =
      store != NULL ? trk_store_blocks (store, trk_almanac_day_period (&almanac, today), NULL)
                    : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      if (strcmp (block->id, status->block_id) == 0)
        return planned_words (session, block->period);
    }
  return NULL;
}

gboolean
trk_now_runs (const TrkDaemonStatus *status)
{
  return strcmp (status->state, "idle") != 0 && strcmp (status->state, "off") != 0;
}

gboolean
trk_now_is_of (const TrkDaemonStatus *status, const TrkEntry *entry)
{
  if (entry->block_id != NULL || *status->block_id != '\0')
    return g_strcmp0 (entry->block_id, status->block_id) == 0;
  return entry->task == status->task && g_strcmp0 (entry->title, status->title) == 0;
}

/* Did `tracker start` begin it? What was added to the log by hand, an answer about a gap too, ended
 * by hand as well. */
static gboolean
is_start (const TrkEntry *entry)
{
  return entry->start_reason == TRK_REASON_BY_HAND && entry->end_reason != TRK_REASON_BY_HAND;
}

/* Is @entry of the same name, but over before what runs by @status was begun by hand? */
static gboolean
is_from_before (const TrkDaemonStatus *status, const TrkEntry *entry)
{
  return *status->block_id == '\0' && status->start != 0 && entry->period.end <= status->start;
}

TrkDuration
trk_now_kept (const TrkDaemonStatus *status, const GPtrArray *entries, TrkInstant now)
{
  gboolean by_hand = *status->block_id == '\0';
  TrkDuration kept = 0;

  for (guint i = entries->len; i > 0; i--)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i - 1);

      if (is_from_before (status, entry))
        break;
      if (!trk_now_is_of (status, entry) && !trk_entry_is_open (entry))
        continue;
      kept += trk_period_length (trk_period_until (entry->period, now));
      if (by_hand && is_start (entry))
        break;
    }
  return kept;
}

TrkInstant
trk_now_start (const TrkDaemonStatus *status)
{
  return status->start != 0 ? status->start : status->since; /* an older daemon tells no start */
}

/* Is an entry open? A break that nobody takes has none. */
static gboolean
is_kept (const TrkDaemonStatus *status)
{
  return strcmp (status->state, "running") == 0
         || (strcmp (status->state, "break") == 0 && *status->evidence != '\0');
}

TrkDuration
trk_now_told (const TrkDaemonStatus *status, TrkInstant now)
{
  gboolean counts = is_kept (status);
  TrkDuration before = CLAMP (status->kept, 0, now); /* whoever answers may say anything */

  return before + (counts && status->since > 0 ? MAX (now - status->since, 0) : 0);
}

double
trk_now_share (const TrkDaemonStatus *status, TrkDuration kept)
{
  TrkInstant start = trk_now_start (status);

  if (start <= 0 || status->until <= start || status->until == TRK_NEVER)
    return 0;
  return CLAMP ((double) kept / (double) (status->until - start), 0, 1);
}

/* What is paused, and off time, may have no entry and so no title. A block of now that does not
 * run, because the user stopped it or is not there, is named without the sign of what runs. */
char *
trk_now_what (const TrkDaemonStatus *status)
{
  gboolean paused = strcmp (status->state, "paused") == 0;
  gboolean away = trk_daemon_status_is_away (status);
  g_autofree char *title = trk_text_line (status->title, LONGEST_TITLE);
  g_autofree char *kind = trk_now_capital (status->kind);

  if (*title != '\0' && !trk_now_runs (status))
    return g_strdup_printf (
        "· %s%s  %s", strcmp (status->state, "idle") == 0 ? "Not running: " : "", kind, title);
  if (*title != '\0')
    return g_strdup_printf ("%s %s%s  %s", paused ? "◐" : "●",
                            away     ? "Away: "
                            : paused ? "Paused: "
                                     : "",
                            kind, title);
  if (paused)
    return g_strdup (away ? "◐ Away" : "◐ Paused");
  if (strcmp (status->state, "break") == 0)
    return g_strdup ("● Break");
  return g_strdup (strcmp (status->state, "off") == 0 ? "· Off" : "· Nothing runs");
}

char *
trk_now_line (TrkSession *session, const TrkDaemonStatus *status)
{
  g_autofree char *what = trk_now_what (status);
  g_autofree char *when = when_of (session, status);
  g_autofree char *next = trk_now_next (session, status);

  if (*when != '\0' && strcmp (status->state, "idle") != 0)
    return g_strdup_printf ("%s   %s", what, when);
  if (strcmp (status->state, "paused") == 0 && !trk_daemon_status_is_away (status))
    return g_strconcat (what, "   to go on: tracker resume", NULL);
  if (next != NULL)
    return g_strdup_printf ("%s   next: %s", what, next);
  return g_steal_pointer (&what);
}
