/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-counted.h"

#include "trk-entry.h"
#include "trk-times.h"

/* What the log says of the time before the first trace, and before what came late did. */
struct _TrkCounting
{
  TrkInstant trace;
  GHashTable *early; /* IDs of those from before → do they have an entry? Borrowed */
  TrkPeriodSet *kept[TRK_N_KINDS]; /* (owned) */
};

/* Was it over when time began to be kept, or when it came into the plan? */
static gboolean
is_from_before (const TrkBlock *block, TrkInstant trace)
{
  return block->period.end <= trace || trk_block_came_late (block);
}

static GHashTable *
early_ones (const GPtrArray *records, TrkInstant trace)
{
  GHashTable *early = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      if (is_from_before (block, trace))
        g_hash_table_insert (early, block->id, NULL);
    }
  return early;
}

/* Until when an entry may lie in the time of a block from before. */
static TrkInstant
reach_of (const GPtrArray *records, TrkInstant trace)
{
  TrkInstant reach = trace;

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      if (trk_block_came_late (block))
        reach = MAX (reach, block->period.end);
    }
  return reach;
}

TrkCounting *
trk_counting_new (const GPtrArray *records, const GPtrArray *entries, TrkInstant trace)
{
  const TrkInstant reach = reach_of (records, trace);
  TrkCounting *counting = g_new0 (TrkCounting, 1);

  counting->trace = trace;
  counting->early = early_ones (records, trace);
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    counting->kept[kind] = trk_period_set_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);

      if (entry->period.start < reach)
        trk_period_set_add (counting->kept[entry->kind], trk_period_until (entry->period, reach));
      else if (g_hash_table_size (counting->early) == 0)
        break;
      if (entry->block_id != NULL && g_hash_table_contains (counting->early, entry->block_id))
        g_hash_table_insert (counting->early, entry->block_id, GINT_TO_POINTER (TRUE));
    }
  return counting;
}

void
trk_counting_free (TrkCounting *counting)
{
  if (counting == NULL)
    return;
  g_hash_table_unref (counting->early);
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    trk_period_set_free (counting->kept[kind]);
  g_free (counting);
}

gboolean
trk_counting_has (const TrkCounting *counting, const TrkBlock *block)
{
  return !is_from_before (block, counting->trace)
         || g_hash_table_lookup (counting->early, block->id) != NULL
         || trk_length_within (counting->kept[block->kind], block->period) > 0;
}

GPtrArray *
trk_take_uncounted (GPtrArray *records, const GPtrArray *entries, TrkInstant trace)
{
  g_autoptr (TrkCounting) counting = trk_counting_new (records, entries, trace);
  GPtrArray *uncounted = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  guint i = 0;

  while (i < records->len)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (trk_counting_has (counting, record->block))
        i++;
      else
        g_ptr_array_add (uncounted, g_ptr_array_steal_index (records, i));
    }
  return uncounted;
}
