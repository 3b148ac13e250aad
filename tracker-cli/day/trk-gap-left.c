/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-gap-left.h"

static TrkPeriodSet *
left_of (const TrkGap *gap, const GPtrArray *entries)
{
  TrkPeriodSet *left = trk_period_set_new ();

  trk_period_set_add (left, gap->period);
  for (guint i = 0; i < entries->len; i++)
    {
      TrkPeriod period = ((const TrkEntry *) g_ptr_array_index (entries, i))->period;

      if (period.start >= gap->period.end)
        break;
      if (trk_period_overlaps (period, gap->period))
        trk_period_set_remove (left, period);
    }
  return left;
}

gboolean
trk_gap_is_left (const TrkGap *gap, const GPtrArray *entries)
{
  g_autoptr (TrkPeriodSet) left = left_of (gap, entries);

  return left->len > 0;
}

void
trk_gaps_leave_free (GPtrArray *gaps, const GPtrArray *entries)
{
  for (guint i = gaps->len; i > 0; i--)
    {
      g_autoptr (TrkGap) gap = NULL;
      g_autoptr (TrkPeriodSet) left = NULL;

      if (((const TrkGap *) g_ptr_array_index (gaps, i - 1))->answer != TRK_ANSWER_NONE)
        continue;
      gap = g_ptr_array_steal_index (gaps, i - 1);
      left = left_of (gap, entries);
      for (guint n = left->len; n > 0; n--)
        {
          TrkGap *piece = trk_gap_copy (gap);

          piece->period = trk_period_set_nth (left, n - 1);
          g_ptr_array_insert (gaps, (int) (i - 1), piece);
        }
    }
}

const char *
trk_gap_cause (const TrkGap *gap)
{
  return gap->reason == TRK_REASON_POWER ? "not running" : trk_reason_to_string (gap->reason);
}
