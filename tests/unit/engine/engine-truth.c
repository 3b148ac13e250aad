/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-truth.h"

static gboolean
overlaps_set (TrkPeriod period, const TrkPeriodSet *set)
{
  for (guint i = 0; i < set->len; i++)
    if (trk_period_overlaps (period, trk_period_set_nth (set, i)))
      return TRUE;
  return FALSE;
}

/* Time in which nobody was there is not kept as seen or as planned; meetings are attended without a
 * key or a mouse, but not with a machine that sleeps. */
void
engine_truth_check_absence (EngineLog *log,
                            const TrkPolicies *policies,
                            const TrkPeriodSet *nobody,
                            const TrkPeriodSet *dark)
{
  for (guint i = 0; i < log->entries->len; i++)
    {
      const TrkEntry *entry = log->entries->pdata[i];

      if (entry->evidence == TRK_EVIDENCE_MANUAL || !trk_kind_is_work (entry->kind))
        continue;
      if (overlaps_set (entry->period, dark))
        engine_log_break (log, "'%s' was kept while the machine slept", entry->title);
      if (policies->of[entry->kind].away_pauses && overlaps_set (entry->period, nobody))
        engine_log_break (log, "'%s' was kept while nobody was there", entry->title);
    }
}

void
engine_truth_check_outages (EngineLog *log, const TrkPeriodSet *down)
{
  for (guint i = 0; i < log->entries->len; i++)
    {
      const TrkEntry *entry = log->entries->pdata[i];

      if (entry->start_reason == TRK_REASON_BY_HAND && entry->end_reason == TRK_REASON_BY_HAND)
        continue;
      if (overlaps_set (entry->period, down))
        engine_log_break (log, "'%s' was kept while no daemon was there", entry->title);
    }
}

/* The entries and gaps of a block of work fill it. */
void
engine_truth_check_sum (EngineLog *log, const TrkPlan *plan, TrkInstant from)
{
  g_autoptr (TrkPeriodSet) known = trk_period_set_new ();

  for (guint i = 0; i < log->entries->len; i++)
    trk_period_set_add (known, ((TrkEntry *) log->entries->pdata[i])->period);
  for (guint i = 0; i < log->gaps->len; i++)
    trk_period_set_add (known, ((TrkGap *) log->gaps->pdata[i])->period);
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = plan->blocks->pdata[i];
      g_autoptr (TrkPeriodSet) rest = trk_period_set_new ();

      if (!trk_kind_is_work (block->kind))
        continue;
      trk_period_set_add (rest, (TrkPeriod){ MAX (block->period.start, from), block->period.end });
      for (guint n = 0; n < known->len; n++)
        trk_period_set_remove (rest, trk_period_set_nth (known, n));
      if (trk_period_set_length (rest) > 0)
        engine_log_break (log, "%d s of '%s' are neither kept nor a gap",
                          (int) (trk_period_set_length (rest) / TRK_SECOND), block->title);
    }
}
