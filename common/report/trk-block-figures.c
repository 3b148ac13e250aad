/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block-figures.h"

#include "trk-median.h"
#include "trk-notice.h"
#include "trk-times.h"

typedef struct
{
  const TrkBlockRecord *record; /* borrowed */
  gboolean begun;               /* there is an entry that counts for it, and the next two say … */
  TrkInstant first;
  TrkDuration worked;
} BlockWork;

/* Of each block: block ID → BlockWork. */
static GHashTable *
blocks_of (const TrkFigureInput *input)
{
  GHashTable *works = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);
      BlockWork *work = g_new0 (BlockWork, 1);

      work->record = record;
      g_hash_table_replace (works, record->block->id, work);
    }
  return works;
}

/* The same, with what the entries say of it. */
static GHashTable *
work_by_block (const TrkFigureInput *input)
{
  GHashTable *works = blocks_of (input);

  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod period = trk_period_until (entry->period, input->now);
      BlockWork *work;

      if (entry->block_id == NULL || trk_period_is_empty (period))
        continue;
      work = g_hash_table_lookup (works, entry->block_id);
      if (work == NULL || !trk_kind_counts_for (entry->kind, work->record->block->kind))
        continue;
      work->first = work->begun ? MIN (work->first, period.start) : period.start;
      work->begun = TRUE;
      work->worked += trk_period_length (period);
    }
  return works;
}

/* Whether a break was taken that no entry shows, nobody can know; what left the calendar has no
 * plan that it could fall short of. */
TrkOutcome
trk_block_outcome (const TrkBlockRecord *record,
                   TrkDuration worked,
                   TrkInstant now,
                   TrkInstant kept_since)
{
  TrkInstant end = record->block->period.end;
  gboolean late = trk_block_came_late (record->block);
  gboolean unkept = worked == 0 && (end <= kept_since || late);

  /* A trackerd that is started for the first time notes what is over as missed; nobody was there to
   * miss it. */
  if (record->state->outcome == TRK_OUTCOME_MISSED && unkept && (kept_since != TRK_NEVER || late))
    return TRK_OUTCOME_NONE;
  if (record->state->outcome != TRK_OUTCOME_NONE || end > now || unkept
      || record->block->kind == TRK_KIND_OFF || record->state->runs_unplanned)
    return trk_block_record_outcome (record, worked);
  if (worked == 0 && !trk_kind_is_work (record->block->kind))
    return TRK_OUTCOME_NONE;
  return trk_outcome_of_work (trk_period_length (record->block->period), worked);
}

const char *
trk_block_outcome_words (const TrkBlockRecord *record, TrkOutcome outcome, TrkInstant now)
{
  TrkPeriod period = record->block->period;

  if (outcome != TRK_OUTCOME_NONE)
    return trk_outcome_to_string (outcome);
  if (period.start > now)
    return "to come";
  return period.end > now ? "on now" : "not known";
}

static TrkOutcome
outcome_of (const TrkBlockRecord *record, GHashTable *works, const TrkFigureInput *input)
{
  const BlockWork *work = g_hash_table_lookup (works, record->block->id);

  return trk_block_outcome (record, work->worked, input->now, input->kept_since);
}

GHashTable *
trk_block_outcomes_new (const TrkFigureInput *input)
{
  GHashTable *outcomes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) works = work_by_block (input);

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);

      g_hash_table_insert (outcomes, record->block->id,
                           GUINT_TO_POINTER (outcome_of (record, works, input)));
    }
  return outcomes;
}

GArray *
trk_block_facts_new (const TrkFigureInput *input)
{
  GArray *facts = g_array_new (FALSE, TRUE, sizeof (TrkBlockFact));
  g_autoptr (GHashTable) works = work_by_block (input);

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);
      TrkInstant start = record->block->period.start;
      const BlockWork *work;

      if (!trk_record_is_planned (record) || start >= input->now
          || !trk_period_contains (input->period, start))
        continue;
      work = g_hash_table_lookup (works, record->block->id);
      g_array_append_vals (facts,
                           &(TrkBlockFact){
                               .record = record,
                               .outcome = outcome_of (record, works, input),
                               .worked = work->worked,
                               .begun = work->begun,
                               .delay = work->begun ? work->first - start : 0,
                           },
                           1);
    }
  return facts;
}

gboolean
trk_block_fact_is_start (const TrkBlockFact *fact)
{
  return fact->begun && trk_kind_is_work (fact->record->block->kind);
}

gboolean
trk_block_fact_is_break (const TrkBlockFact *fact)
{
  return fact->record->block->kind == TRK_KIND_BREAK;
}

gboolean
trk_block_fact_is_taken (const TrkBlockFact *fact)
{
  return trk_block_fact_is_break (fact)
         && (fact->outcome == TRK_OUTCOME_DONE || fact->outcome == TRK_OUTCOME_PARTIAL);
}

gboolean
trk_block_fact_is_partly_taken (const TrkBlockFact *fact)
{
  return trk_block_fact_is_break (fact) && fact->outcome == TRK_OUTCOME_PARTIAL;
}

gboolean
trk_block_fact_is_postponed (const TrkBlockFact *fact)
{
  return trk_block_fact_is_break (fact) && fact->record->state->postponed > 0;
}

/* Missed because nobody was there to be told, or stopped, is not ignored. */
gboolean
trk_block_fact_is_ignored (const TrkBlockFact *fact)
{
  TrkReason reason = fact->record->state->outcome_reason;

  return trk_block_fact_is_break (fact) && fact->outcome == TRK_OUTCOME_MISSED
         && reason != TRK_REASON_LATE && reason != TRK_REASON_NOT_RUNNING
         && reason != TRK_REASON_SLEEP && reason != TRK_REASON_SHUTDOWN && reason != TRK_REASON_STOP
         && reason != TRK_REASON_OVERLAP;
}

/* A break that another block took leaves no block of its own when nothing remains of it: then the
 * winner's record holds that it was offered afterwards. */
gboolean
trk_block_fact_is_owed (const TrkBlockFact *fact)
{
  const TrkBlockState *state = fact->record->state;

  if (trk_block_fact_is_break (fact))
    return fact->outcome == TRK_OUTCOME_MISSED && state->outcome_reason == TRK_REASON_OVERLAP;
  return (state->notices & (1u << TRK_NOTICE_OWED)) != 0;
}

static void
start_delay (const GArray *facts, TrkFigures *figures)
{
  g_autoptr (GArray) delays = g_array_new (FALSE, FALSE, sizeof (double));
  double median = 0;

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);
      double delay = (double) fact->delay;

      if (!trk_block_fact_is_start (fact))
        continue;
      g_array_append_val (delays, delay);
      figures->starts_within_5 += fact->delay <= TRK_IN_TIME;
    }
  figures->starts = delays->len;
  trk_median (delays, &median);
  figures->start_delay = (TrkDuration) median;
}

void
trk_block_figures (const GArray *facts, TrkFigures *figures)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);

      figures->outcomes[fact->record->block->kind][fact->outcome]++;
      figures->breaks_planned += trk_block_fact_is_break (fact);
      figures->breaks_taken += trk_block_fact_is_taken (fact);
      figures->breaks_partial += trk_block_fact_is_partly_taken (fact);
      figures->breaks_postponed += trk_block_fact_is_postponed (fact);
      figures->breaks_ignored += trk_block_fact_is_ignored (fact);
      figures->breaks_owed += trk_block_fact_is_owed (fact);
    }
  start_delay (facts, figures);
}
