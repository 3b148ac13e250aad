/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-known.h"

TrkBlock *
trk_known_block (TrkBlock *block, TrkInstant known)
{
  TrkPeriod period = block->period;
  TrkBlock *late;

  if (known <= period.start)
    return trk_block_ref (block);
  if (known < period.end)
    period.start = known;
  late = trk_block_with_period (block, period);
  late->known = known;
  g_clear_pointer (&late->leads, g_array_unref);
  return late;
}

/* Block ID → when it came into the plan (borrowed); NULL, as on most days: none came late. */
static GHashTable *
late_ones (const GPtrArray *records)
{
  GHashTable *late = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      if (block->known == 0)
        continue;
      if (late == NULL)
        late = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (late, block->id, &block->known);
    }
  return late;
}

static void
begin_at (GPtrArray *blocks, guint n, TrkInstant known)
{
  TrkBlock *block = g_ptr_array_index (blocks, n);

  blocks->pdata[n] = trk_known_block (block, known);
  trk_block_unref (block);
}

void
trk_known_begin (GPtrArray *blocks, const GPtrArray *records)
{
  g_autoptr (GHashTable) late = late_ones (records);

  for (guint i = 0; late != NULL && i < blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (blocks, i);
      const TrkInstant *known = g_hash_table_lookup (late, block->id);

      if (known != NULL)
        begin_at (blocks, i, *known);
    }
}

/* Block ID → when it came, 0: before its time (borrowed), of all that is known. */
static GHashTable *
known_ones (const TrkPlan *before, const GPtrArray *records)
{
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; before != NULL && i < before->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (before->blocks, i);

      g_hash_table_insert (known, block->id, &block->known);
    }
  for (guint i = 0; i < records->len; i++)
    {
      TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      g_hash_table_insert (known, block->id, &block->known);
    }
  return known;
}

TrkPlan *
trk_known_news (TrkPlan *plan,
                const TrkPlan *before,
                const GPtrArray *records,
                TrkInstant trace,
                TrkInstant now)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  g_autoptr (GHashTable) known = known_ones (before, records);
  TrkPlan *news;

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (plan->blocks, i);
      const TrkInstant *since = g_hash_table_lookup (known, block->id);
      gboolean told = before != NULL && trk_period_contains (before->period, block->period.start);

      g_ptr_array_add (blocks, trk_block_ref (block));
      begin_at (blocks, i, since != NULL ? *since : told ? now : MIN (trace, now));
    }
  news = trk_plan_new_for_blocks (blocks, plan->period);
  g_array_unref (news->squeezed);
  news->squeezed = g_array_ref (plan->squeezed);
  return news;
}
