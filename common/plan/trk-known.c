/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-known.h"

TrkBlock *
trk_known_block (TrkBlock *block, TrkInstant known)
{
  TrkPeriod period = block->period;
  TrkBlock *late;

  if (known <= block->planned.start || known == block->known)
    return trk_block_ref (block);
  if (period.start < known && known < period.end)
    period.start = known;
  late = trk_block_with_period (block, period);
  late->known = known;
  if (block->period.start < known)
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

/* -- What is new ------------------------------------------------------------------------------- */

typedef struct
{
  const TrkPlan *plan; /* as made now */
  GHashTable *known; /* ID without a piece's number (owned) → of TrkBlock, borrowed, not empty */
  TrkInstant came;   /* when came what is new, as far as can be told */
  TrkInstant now;
} News;

static void
know (GHashTable *known, TrkBlock *block)
{
  g_autofree char *whole = trk_block_id_whole (block->id);
  GPtrArray *blocks = g_hash_table_lookup (known, whole);

  if (blocks == NULL)
    g_hash_table_insert (known, g_steal_pointer (&whole), blocks = g_ptr_array_new ());
  g_ptr_array_add (blocks, block);
}

static GHashTable *
known_ones (const TrkPlan *before, const GPtrArray *records)
{
  GHashTable *known =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; before != NULL && i < before->blocks->len; i++)
    know (known, g_ptr_array_index (before->blocks, i));
  for (guint i = 0; i < records->len; i++)
    know (known, ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block);
  return known;
}

/* Is its event one of @known, where it was? Then @since is when that came, 0: before its time. Its
 * pieces are cut anew by all that comes and goes, and those after that time do not say it. */
static gboolean
is_where_it_was (const TrkBlock *block, const GPtrArray *known, TrkInstant *since)
{
  gboolean found = FALSE;

  *since = 0;
  for (guint i = 0; i < known->len; i++)
    {
      const TrkBlock *other = g_ptr_array_index (known, i);

      if (!trk_blocks_are_of_one_event (other, block))
        continue;
      found = TRUE;
      *since = MAX (*since, other->known);
    }
  return found;
}

/* Of one that has another time in the calendar than any of @known: what was still to come was not
 * planned for a time that is past. */
static TrkInstant
moved_since (const News *news, const TrkBlock *block, const GPtrArray *known)
{
  for (guint i = 0; i < known->len; i++) /* the plan before is newer than what the log keeps */
    {
      const TrkBlock *other = g_ptr_array_index (known, i);

      if (g_str_equal (other->id, block->id))
        return other->planned.start > news->now ? news->came : other->known;
    }
  return news->came; /* another event of its UID */
}

/* When @block came into the plan, 0: before its time. */
static TrkInstant
came_at (const News *news, const TrkBlock *block)
{
  g_autofree char *whole = trk_block_id_whole (block->id);
  const GPtrArray *known = g_hash_table_lookup (news->known, whole);
  const TrkBlock *first;
  TrkInstant since;

  if (known == NULL)
    return news->came;
  if (is_where_it_was (block, known, &since))
    return since;
  first = trk_plan_block (news->plan, whole);
  if (first == NULL || !trk_blocks_are_of_one_event (first, block))
    first = block;
  return moved_since (news, first, known);
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
      gboolean told = before != NULL && trk_period_contains (before->period, block->period.start);
      const News what = { plan, known, told ? now : MIN (trace, now), now };

      g_ptr_array_add (blocks, trk_block_ref (block));
      begin_at (blocks, i, came_at (&what, block));
    }
  news = trk_plan_new_for_blocks (blocks, plan->period);
  g_array_unref (news->squeezed);
  news->squeezed = g_array_ref (plan->squeezed);
  return news;
}
