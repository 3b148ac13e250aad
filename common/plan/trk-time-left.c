/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-time-left.h"

GPtrArray *
trk_time_left_records (const GPtrArray *records)
{
  GPtrArray *left = g_ptr_array_new ();

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!trk_period_is_empty (trk_block_record_left (g_ptr_array_index (records, i))))
      g_ptr_array_add (left, g_ptr_array_index (records, i));
  return left;
}

/* Is @record about @block or a piece of it, where the calendar has it now? */
static gboolean
is_about (const TrkBlockRecord *record, const TrkBlock *block)
{
  TrkPeriod planned = record->block->planned;

  return planned.start == block->planned.start && planned.end == block->planned.end
         && trk_block_id_is_of (record->block->id, block->id);
}

static void
claim_piece (GPtrArray *wanted, TrkBlock *block, TrkPeriod period)
{
  TrkBlock *piece = trk_block_with_period (block, period);

  /* The event's alarms are about its start. */
  if (period.start != block->period.start)
    g_clear_pointer (&piece->leads, g_array_unref);
  g_ptr_array_add (wanted, piece);
}

void
trk_time_left_claim (GPtrArray *wanted, TrkBlock *block, const GPtrArray *left)
{
  g_autoptr (TrkPeriodSet) claim = NULL;

  for (guint i = 0; i < left->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (left, i);

      if (!is_about (record, block))
        continue;
      if (claim == NULL)
        {
          claim = trk_period_set_new ();
          trk_period_set_add (claim, block->period);
        }
      trk_period_set_remove (claim, trk_block_record_left (record));
    }
  if (claim == NULL)
    g_ptr_array_add (wanted, trk_block_ref (block));
  for (guint i = 0; claim != NULL && i < claim->len; i++)
    claim_piece (wanted, block, trk_period_set_nth (claim, i));
}
