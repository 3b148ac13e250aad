/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-time-left.h"

/* A piece that was skipped while it was extended left nothing of itself, but the later ones. */
static gboolean
left_any (const TrkBlockRecord *record)
{
  return (record->state->outcome == TRK_OUTCOME_SKIPPED && record->state->end != 0)
         || !trk_period_is_empty (trk_block_record_left (record));
}

GPtrArray *
trk_time_left_records (const GPtrArray *records)
{
  GPtrArray *left = g_ptr_array_new ();

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (left_any (g_ptr_array_index (records, i)))
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

/* What of @block the user left with @record, which is about it: who skips a piece means the event
 * with all that comes of it later. */
static TrkPeriod
left_with (const TrkBlockRecord *record, const TrkBlock *block)
{
  TrkPeriod left = trk_block_record_left (record);

  if (record->state->outcome == TRK_OUTCOME_SKIPPED)
    left.end = MAX (left.end, block->period.end);
  return left;
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

/* The first moment at which the user left @block, or a piece of it; TRK_NEVER. */
static TrkInstant
left_at (const TrkBlock *block, const GPtrArray *left)
{
  TrkInstant at = TRK_NEVER;

  for (guint i = 0; i < left->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (left, i);

      if (is_about (record, block))
        at = MIN (at, record->state->end);
    }
  return at;
}

/* What was too small a piece beside the place of another block is one still when that is free. */
static gboolean
is_too_small (TrkPeriod piece, const GPtrArray *freed, TrkDuration smallest)
{
  for (guint i = 0; i < freed->len && trk_period_length (piece) < smallest; i++)
    {
      TrkPeriod place = ((const TrkBlockRecord *) g_ptr_array_index (freed, i))->block->period;

      if (piece.start == place.end || piece.end == place.start)
        return TRUE;
    }
  return FALSE;
}

void
trk_time_left_claim (GPtrArray *wanted,
                     TrkBlock *block,
                     const GPtrArray *left,
                     TrkDuration smallest)
{
  TrkInstant since = left_at (block, left);
  g_autoptr (TrkPeriodSet) claim = NULL;
  g_autoptr (GPtrArray) freed = NULL;

  if (since == TRK_NEVER)
    {
      g_ptr_array_add (wanted, trk_block_ref (block));
      return;
    }
  claim = trk_period_set_new ();
  freed = g_ptr_array_new ();
  trk_period_set_add (claim, block->period);
  for (guint i = 0; i < left->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (left, i);
      gboolean own = is_about (record, block);

      if (!own && record->state->end < since)
        continue;
      trk_period_set_remove (claim, own ? left_with (record, block) : record->block->period);
      if (!own)
        g_ptr_array_add (freed, record);
    }
  for (guint i = 0; i < claim->len; i++)
    if (!is_too_small (trk_period_set_nth (claim, i), freed, smallest))
      claim_piece (wanted, block, trk_period_set_nth (claim, i));
}
