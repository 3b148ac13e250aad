/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-gap-fill.h"

#define AROUND (24 * TRK_HOUR) /* a block and its entries are not farther from its gap */

static TrkPeriod
around (const TrkGap *gap)
{
  return (TrkPeriod){ trk_instant_add (gap->period.start, -AROUND),
                      trk_instant_add (gap->period.end, AROUND) };
}

/* The record of the gap's block; NULL: it has none, or an error. */
static TrkBlockRecord *
block_of (TrkStore *store, const TrkGap *gap, GError **error)
{
  g_autoptr (GPtrArray) records = trk_store_blocks (store, around (gap), error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (g_strcmp0 (record->block->id, gap->block_id) == 0)
        return trk_block_record_new (record->block, record->state);
    }
  return NULL;
}

/* Is it what the gap broke off? What was begun by hand has no block: then it is what the gap
 * follows at once. */
static gboolean
is_interrupted (const TrkEntry *entry, const TrkGap *gap)
{
  if (entry->kind == TRK_KIND_BREAK || g_strcmp0 (entry->block_id, gap->block_id) != 0)
    return FALSE;
  return gap->block_id != NULL ? entry->period.start < gap->period.start
                               : entry->period.end == gap->period.start;
}

/* What was done before the gap goes on: its kind, title, task and project. */
static const TrkEntry *
before (const GPtrArray *entries, const TrkGap *gap)
{
  const TrkEntry *last = NULL;

  for (guint i = 0; i < entries->len; i++)
    if (is_interrupted (g_ptr_array_index (entries, i), gap))
      last = g_ptr_array_index (entries, i);
  return last;
}

static TrkKind
worked_kind (const TrkBlockRecord *record, const TrkEntry *last)
{
  if (record != NULL)
    return record->block->kind;
  return last != NULL ? last->kind : TRK_KIND_SHALLOW;
}

static TrkEntry *
entry_for (const TrkGap *gap,
           TrkAnswer answer,
           const TrkBlockRecord *record,
           const TrkEntry *last,
           const char *zone)
{
  gboolean worked = answer == TRK_ANSWER_WORKED;
  TrkEntry *entry = trk_entry_new ();

  entry->kind = worked ? worked_kind (record, last) : TRK_KIND_BREAK;
  if (worked && last != NULL)
    {
      entry->title = g_strdup (last->title);
      entry->task = last->task;
      entry->project = g_strdup (last->project);
      entry->tags = g_strdupv (last->tags);
    }
  else
    entry->title = g_strdup (!worked ? "Break" : record != NULL ? record->block->title : "Work");
  entry->block_id = worked ? g_strdup (gap->block_id) : NULL;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  entry->zone = g_strdup (zone);
  return entry;
}

/* What no entry covers: what the user wrote there meanwhile stays. */
static gboolean
add_where_free (TrkStore *store,
                const TrkEntry *entry,
                TrkPeriod period,
                const GPtrArray *entries,
                GError **error)
{
  g_autoptr (TrkPeriodSet) room = trk_period_set_new ();

  trk_period_set_add (room, period);
  for (guint i = 0; i < entries->len; i++)
    trk_period_set_remove (room, ((const TrkEntry *) g_ptr_array_index (entries, i))->period);
  for (guint i = 0; i < room->len; i++)
    {
      g_autoptr (TrkEntry) piece = trk_entry_copy (entry);

      piece->period = trk_period_set_nth (room, i);
      if (!trk_store_add_entry (store, piece, error))
        return FALSE;
    }
  return TRUE;
}

/* A block that counted as missed or partly done may be done with the time that is known now. */
static gboolean
rate_again (TrkStore *store, const TrkBlockRecord *record, GError **error)
{
  g_autoptr (TrkBlockState) state = trk_block_state_copy (record->state);
  g_autoptr (GPtrArray) entries = NULL;
  TrkDuration worked = 0;

  if (state->outcome != TRK_OUTCOME_MISSED && state->outcome != TRK_OUTCOME_PARTIAL)
    return TRUE;
  entries = trk_store_entries (
      store,
      (TrkPeriod){ record->block->period.start - AROUND, record->block->period.end + AROUND },
      error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);

      if (!trk_entry_is_open (entry) && g_strcmp0 (entry->block_id, record->block->id) == 0
          && trk_kind_counts_for (entry->kind, record->block->kind))
        worked += trk_period_length (entry->period);
    }
  state->outcome = trk_outcome_of_work (trk_period_length (record->block->period), worked);
  if (state->outcome != TRK_OUTCOME_MISSED) /* else its reason is what it was */
    state->outcome_reason = TRK_REASON_BY_HAND;
  return trk_store_set_block_state (store, state, error);
}

gboolean
trk_gap_fill (TrkStore *store, TrkGap *gap, TrkAnswer answer, const char *zone, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (TrkBlockRecord) record = block_of (store, gap, &problem);
  g_autoptr (GPtrArray) entries =
      problem == NULL ? trk_store_entries (store, around (gap), &problem) : NULL;
  g_autoptr (TrkEntry) entry = NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  gap->answer = answer;
  if (!trk_store_update_gap (store, gap, error))
    return FALSE;
  if (answer == TRK_ANSWER_DISCARD)
    return TRUE;
  entry = entry_for (gap, answer, record, before (entries, gap), zone);
  return add_where_free (store, entry, gap->period, entries, error)
         && (answer != TRK_ANSWER_WORKED || record == NULL || rate_again (store, record, error));
}
