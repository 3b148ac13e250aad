/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-planned-rows.h"

#include "trk-block-figures.h"
#include "trk-duration.h"

/* What @set has of @period. */
static TrkPeriodSet *
part_in (const TrkPeriodSet *set, TrkPeriod period)
{
  g_autoptr (TrkPeriodSet) window = trk_period_set_new ();

  trk_period_set_add (window, period);
  return trk_period_set_intersect (set, window);
}

static void
planned_row (const TrkBlockRecord *record,
             const TrkPeriodSet *its,
             const char *detail,
             GPtrArray *rows)
{
  TrkFigureRow *row;

  if (its->len == 0)
    return;
  row = trk_figure_rows_add_block (rows, record);
  row->amount = trk_period_set_length (its);
  row->detail = g_strdup (detail);
}

static void
kept_row (const TrkBlockRecord *record,
          const TrkPeriodSet *its,
          const TrkPeriodSet *on_plan,
          GPtrArray *rows)
{
  g_autoptr (TrkPeriodSet) kept = trk_period_set_intersect (its, on_plan);
  TrkDuration worked = trk_period_set_length (kept);
  g_autofree char *of_planned = trk_duration_format_clock (trk_period_set_length (its));
  g_autofree char *worked_text = trk_duration_format_clock (worked);
  TrkFigureRow *row;

  if (its->len == 0)
    return;
  row = trk_figure_rows_add_block (rows, record);
  row->amount = worked;
  row->detail = g_strdup_printf ("%s of %s", worked_text, of_planned);
}

static void
reverse (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len / 2; i++)
    {
      gpointer row = rows->pdata[i];

      rows->pdata[i] = rows->pdata[rows->len - 1 - i];
      rows->pdata[rows->len - 1 - i] = row;
    }
}

static const char *
words_of (const TrkBlockRecord *record, GHashTable *outcomes, TrkInstant now)
{
  gpointer outcome = g_hash_table_lookup (outcomes, record->block->id);

  return trk_block_outcome_words (record, (TrkOutcome) GPOINTER_TO_UINT (outcome), now);
}

void
trk_planned_rows (const TrkFigureInput *input,
                  const TrkPeriodSet *set,
                  const TrkPeriodSet *on_plan,
                  GPtrArray *rows)
{
  g_autoptr (TrkPeriodSet) left = trk_period_set_copy (set);
  g_autoptr (GHashTable) outcomes = trk_block_outcomes_new (input);

  for (guint i = input->blocks != NULL ? input->blocks->len : 0; i > 0; i--)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i - 1);
      g_autoptr (TrkPeriodSet) its = NULL;

      if (record->block->kind != TRK_KIND_FOCUS || !trk_record_is_planned (record))
        continue;
      its = part_in (left, record->block->period);
      trk_period_set_remove (left, record->block->period);
      if (on_plan != NULL)
        kept_row (record, its, on_plan, rows);
      else
        planned_row (record, its, words_of (record, outcomes, input->now), rows);
    }
  reverse (rows);
}
