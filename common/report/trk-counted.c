/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-counted.h"

#include "trk-entry.h"
#include "trk-times.h"

/* What the log says of the time before the first trace, and before what came late did. */
struct _TrkCounting
{
  TrkInstant trace;
  GHashTable *blocks;              /* IDs of those that have an entry, borrowed */
  TrkPeriodSet *kept[TRK_N_KINDS]; /* (owned) */
};

/* Until when entries are to be looked at. */
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
  counting->blocks = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    counting->kept[kind] = trk_period_set_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);

      if (entry->period.start >= reach)
        break;
      if (entry->block_id != NULL)
        g_hash_table_add (counting->blocks, entry->block_id);
      trk_period_set_add (counting->kept[entry->kind], trk_period_until (entry->period, reach));
    }
  return counting;
}

void
trk_counting_free (TrkCounting *counting)
{
  if (counting == NULL)
    return;
  g_hash_table_unref (counting->blocks);
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    trk_period_set_free (counting->kept[kind]);
  g_free (counting);
}

gboolean
trk_counting_has (const TrkCounting *counting, const TrkBlock *block)
{
  return (block->period.end > counting->trace && !trk_block_came_late (block))
         || g_hash_table_contains (counting->blocks, block->id)
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
