/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-plan.h"

#include <string.h>

static GHashTable *
by_id (const TrkPlan *plan)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (plan->blocks, i);

      g_hash_table_insert (table, block->id, block);
    }
  return table;
}

static gboolean
same_period (TrkPeriod a, TrkPeriod b)
{
  return a.start == b.start && a.end == b.end;
}

static gboolean
same_leads (const GArray *a, const GArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->len == b->len && memcmp (a->data, b->data, a->len * sizeof (TrkDuration)) == 0;
}

static gboolean
same_block (const TrkBlock *a, const TrkBlock *b)
{
  return a->kind == b->kind && same_period (a->period, b->period)
         && same_period (a->planned, b->planned) && same_leads (a->leads, b->leads)
         && g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->checklist, b->checklist) == 0
         && g_strcmp0 (a->location, b->location) == 0 && g_strcmp0 (a->link, b->link) == 0
         && g_strcmp0 (a->kind_why, b->kind_why) == 0;
}

TrkPlanDifference *
trk_plan_compare (const TrkPlan *before, const TrkPlan *after)
{
  TrkPlanDifference *difference = g_new0 (TrkPlanDifference, 1);
  g_autoptr (GHashTable) old = by_id (before);
  g_autoptr (GHashTable) new = by_id (after);

  difference->added = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  difference->removed = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  difference->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  for (guint i = 0; i < after->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (after->blocks, i);
      const TrkBlock *was = g_hash_table_lookup (old, block->id);

      if (was == NULL)
        g_ptr_array_add (difference->added, trk_block_ref (block));
      else if (!same_block (was, block))
        g_ptr_array_add (difference->changed, trk_block_ref (block));
    }
  for (guint i = 0; i < before->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (before->blocks, i);

      if (!g_hash_table_contains (new, block->id)
          && trk_period_overlaps (block->period, after->period))
        g_ptr_array_add (difference->removed, trk_block_ref (block));
    }
  return difference;
}

void
trk_plan_difference_free (TrkPlanDifference *difference)
{
  if (difference == NULL)
    return;
  g_ptr_array_unref (difference->added);
  g_ptr_array_unref (difference->removed);
  g_ptr_array_unref (difference->changed);
  g_free (difference);
}
