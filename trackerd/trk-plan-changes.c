/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-plan-changes.h"

static GHashTable *
by_id (const GPtrArray *records)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (table, record->block->id, record);
    }
  return table;
}

static gboolean
same_block (const TrkBlock *a, const TrkBlock *b)
{
  return a->kind == b->kind && a->known == b->known && a->period.start == b->period.start
         && a->period.end == b->period.end && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->checklist, b->checklist) == 0 && g_strcmp0 (a->location, b->location) == 0
         && g_strcmp0 (a->link, b->link) == 0 && g_strcmp0 (a->kind_why, b->kind_why) == 0;
}

/* Is its word about the block the last one? The calendar may still take a cancelled one back. */
static gboolean
is_history (const TrkBlockRecord *record, TrkInstant now)
{
  TrkOutcome outcome = record->state->outcome;

  return record->block->period.end <= now
         || (outcome != TRK_OUTCOME_NONE && outcome != TRK_OUTCOME_CANCELLED);
}

/* Is @block to be written in place of what the log has? */
static gboolean
is_news (const TrkBlockRecord *record, const TrkBlock *block, TrkInstant now)
{
  if (same_block (record->block, block))
    return FALSE;
  return !is_history (record, now)
         || trk_block_state_goes_on (record->state, record->block, block, now);
}

GPtrArray *
trk_plan_blocks_to_put (const TrkPlan *plan,
                        const GPtrArray *records,
                        TrkInstant day_end,
                        TrkInstant now)
{
  GPtrArray *put = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  g_autoptr (GHashTable) known = by_id (records);

  for (guint i = 0; records != NULL && i < plan->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (plan->blocks, i);
      const TrkBlockRecord *record = g_hash_table_lookup (known, block->id);

      if (block->period.start >= day_end)
        continue;
      if (record == NULL || is_news (record, block, now))
        g_ptr_array_add (put, trk_block_ref (block));
    }
  return put;
}

GPtrArray *
trk_plan_blocks_to_forget (const TrkPlan *plan, const GPtrArray *records, TrkInstant now)
{
  GPtrArray *forget = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);
      const TrkBlock *block = record->block;

      if (block->period.start > now && !is_history (record, now)
          && trk_plan_block (plan, block->id) == NULL)
        g_ptr_array_add (forget, g_strdup (block->id));
    }
  return forget;
}
