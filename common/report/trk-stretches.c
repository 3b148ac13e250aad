/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-stretches.h"

/* Does time that ended for @reason wait to be taken up again? What the user ended, or what came to
 * its own end, does not. */
static gboolean
is_broken_off (TrkReason reason)
{
  return reason == TRK_REASON_AWAY || reason == TRK_REASON_LOCK || reason == TRK_REASON_SLEEP
         || reason == TRK_REASON_SWITCHED || reason == TRK_REASON_NOT_RUNNING
         || reason == TRK_REASON_SHUTDOWN || reason == TRK_REASON_PAUSE
         || reason == TRK_REASON_SWITCH;
}

static gboolean
same_session (const TrkEntry *a, const TrkEntry *b)
{
  if (a->block_id != NULL || b->block_id != NULL)
    return g_strcmp0 (a->block_id, b->block_id) == 0;
  if (!is_broken_off (a->end_reason) || a->task != b->task)
    return FALSE;
  return a->task != 0 || g_strcmp0 (a->title, b->title) == 0;
}

static const TrkGap *
gap_in (const TrkFigureInput *input, TrkPeriod period)
{
  for (guint i = 0; input->gaps != NULL && i < input->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (input->gaps, i);

      if (trk_period_overlaps (gap->period, period))
        return gap;
    }
  return NULL;
}

/* Why: a meeting that came in between says more than the moment's reason, and the gap's record more
 * than the entry's. @next is the entry that follows @before in the log. */
static const char *
reason_of (const TrkFigureInput *input,
           const TrkEntry *before,
           const TrkEntry *next,
           TrkPeriod period)
{
  const TrkGap *gap;

  if (next->kind == TRK_KIND_MEETING)
    return trk_kind_to_string (TRK_KIND_MEETING);
  if (next->period.start < period.end)
    return next->kind == TRK_KIND_BREAK ? trk_kind_to_string (TRK_KIND_BREAK)
                                        : trk_reason_to_string (TRK_REASON_SWITCH);
  gap = gap_in (input, period);
  return trk_reason_to_string (gap != NULL ? gap->reason : before->end_reason);
}

GArray *
trk_interruptions_new (const TrkFigureInput *input)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (TrkSessionGap));
  const TrkEntry *before = NULL, *next = NULL;

  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);

      if (entry->period.start >= input->now)
        break;
      next = next != NULL ? next : entry;
      if (entry->kind != TRK_KIND_FOCUS)
        continue;
      if (before != NULL && same_session (before, entry) && before->period.end < entry->period.start
          && trk_period_contains (input->period, before->period.end))
        {
          TrkSessionGap row = { { before->period.end, entry->period.start }, before, entry };

          row.reason = reason_of (input, before, next, row.period);
          g_array_append_val (found, row);
        }
      before = entry;
      next = NULL;
    }
  return found;
}

static gint
most_first (gconstpointer a, gconstpointer b)
{
  const TrkReasonCount *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return g_strcmp0 (x->reason, y->reason);
}

GArray *
trk_interruptions_by_reason (const GArray *interruptions)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (TrkReasonCount));

  for (guint i = 0; i < interruptions->len; i++)
    {
      const char *reason = g_array_index (interruptions, TrkSessionGap, i).reason;
      guint at = 0;

      while (at < counts->len
             && !g_str_equal (g_array_index (counts, TrkReasonCount, at).reason, reason))
        at++;
      if (at == counts->len)
        g_array_append_vals (counts, &(TrkReasonCount){ reason, 0 }, 1);
      g_array_index (counts, TrkReasonCount, at).count++;
    }
  g_array_sort (counts, most_first);
  return counts;
}

TrkPeriodSet *
trk_stretches_new (const TrkTimes *times, TrkPeriod period, TrkDuration least)
{
  TrkPeriodSet *stretches = trk_period_set_new ();

  for (guint i = 0; i < times->focus_whole->len; i++)
    {
      TrkPeriod stretch = trk_period_set_nth (times->focus_whole, i);

      if (trk_period_contains (period, stretch.start) && trk_period_length (stretch) >= least)
        trk_period_set_add (stretches, stretch);
    }
  return stretches;
}

TrkPeriod
trk_stretches_longest (const TrkPeriodSet *stretches)
{
  TrkPeriod longest = { 0, 0 };

  for (guint i = 0; i < stretches->len; i++)
    if (trk_period_length (trk_period_set_nth (stretches, i)) > trk_period_length (longest))
      longest = trk_period_set_nth (stretches, i);
  return longest;
}
