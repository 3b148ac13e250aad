/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-explain.h"

#include "trk-block-figures.h"
#include "trk-day-figures.h"
#include "trk-duration.h"
#include "trk-guard-figures.h"
#include "trk-planned-rows.h"
#include "trk-report-words.h"
#include "trk-stretches.h"
#include "trk-task-figures.h"
#include "trk-text.h"

/* -- Lengths of time --------------------------------------------------------------------------- */

static void
entry_rows (const TrkFigureInput *input, const TrkPeriodSet *set, GPtrArray *rows)
{
  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod period = trk_period_until (entry->period, input->now);
      TrkDuration amount = trk_length_within (set, period);
      TrkFigureRow *row;

      if (amount == 0)
        continue;
      row = trk_figure_rows_add (rows, "entry", entry->title, period);
      row->number = entry->number;
      row->amount = amount;
      row->detail = g_strdup_printf ("%s, %s", trk_kind_to_string (entry->kind),
                                     trk_evidence_to_string (entry->evidence));
    }
}

/* Where gaps lie over each other the first of them has the time: each moment is told once. */
static void
gap_rows (const TrkFigureInput *input, const TrkPeriodSet *set, GPtrArray *rows)
{
  g_autoptr (TrkPeriodSet) untold = trk_period_set_copy (set);

  for (guint i = 0; input->gaps != NULL && i < input->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (input->gaps, i);
      TrkPeriod period = trk_period_until (gap->period, input->now);
      TrkDuration amount = trk_gap_is_unanswered (gap) ? trk_length_within (untold, period) : 0;
      TrkFigureRow *row;

      if (amount == 0)
        continue;
      trk_period_set_remove (untold, period);
      row = trk_figure_rows_add (rows, "gap", "", period);
      row->number = gap->number;
      row->amount = amount;
      row->detail = g_strdup_printf ("%s, not answered", trk_reason_to_string (gap->reason));
    }
}

static void
time_rows (const TrkFigureInput *input, TrkTime time, GPtrArray *rows)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);

  if (time == TRK_TIME_PLANNED || time == TRK_TIME_PLANNED_BY_NOW)
    trk_planned_rows (input, times->of[time], NULL, rows);
  else if (time == TRK_TIME_UNKNOWN)
    gap_rows (input, times->of[time], rows);
  else
    entry_rows (input, times->of[time], rows);
}

/* -- Ratios of times --------------------------------------------------------------------------- */

static void
kept_rows (const TrkFigureInput *input, TrkTime planned, GPtrArray *rows)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);

  trk_planned_rows (input, times->of[planned], times->of[TRK_TIME_ON_PLAN], rows);
}

static void
adherence_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  kept_rows (input, TRK_TIME_PLANNED, rows);
}

static void
adherence_by_now_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  kept_rows (input, TRK_TIME_PLANNED_BY_NOW, rows);
}

static void
work_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  time_rows (input, TRK_TIME_WORK, rows);
}

/* -- Blocks ------------------------------------------------------------------------------------ */

static void
fact_rows (const TrkFigureInput *input,
           GPtrArray *rows,
           gboolean (*wanted) (const TrkBlockFact *fact))
{
  g_autoptr (GArray) facts = trk_block_facts_new (input);

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);
      const char *note = fact->record->state->note;
      const char *outcome = trk_block_outcome_words (fact->record, fact->outcome, input->now);

      if (wanted (fact))
        trk_figure_rows_add_block (rows, fact->record)->detail =
            note != NULL ? g_strdup_printf ("%s: %s", outcome, note) : g_strdup (outcome);
    }
}

static gboolean
came_to (const TrkBlockFact *fact, TrkOutcome outcome)
{
  return fact->outcome == outcome && fact->record->block->kind != TRK_KIND_OFF;
}

static gboolean
is_done (const TrkBlockFact *fact)
{
  return came_to (fact, TRK_OUTCOME_DONE);
}

static gboolean
is_partial (const TrkBlockFact *fact)
{
  return came_to (fact, TRK_OUTCOME_PARTIAL);
}

static gboolean
is_missed (const TrkBlockFact *fact)
{
  return came_to (fact, TRK_OUTCOME_MISSED);
}

static gboolean
is_skipped (const TrkBlockFact *fact)
{
  return came_to (fact, TRK_OUTCOME_SKIPPED);
}

/* Of which one came to something. */
static gboolean
is_counted (const TrkBlockFact *fact)
{
  return is_done (fact) || is_partial (fact) || is_missed (fact) || is_skipped (fact);
}

static void
start_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (GArray) facts = trk_block_facts_new (input);

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);
      g_autofree char *by = trk_duration_format (ABS (fact->delay));
      TrkFigureRow *row;

      if (!trk_block_fact_is_start (fact))
        continue;
      row = trk_figure_rows_add_block (rows, fact->record);
      row->amount = fact->delay;
      row->detail = g_strdup_printf (fact->delay < 0 ? "early by %s" : "late by %s", by);
    }
}

/* -- Focus ------------------------------------------------------------------------------------- */

static void
interruption_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (GArray) interruptions = trk_interruptions_new (input);

  for (guint i = 0; i < interruptions->len; i++)
    {
      const TrkSessionGap *it = &g_array_index (interruptions, TrkSessionGap, i);
      TrkFigureRow *row = trk_figure_rows_add (rows, "interruption", it->before->title, it->period);

      row->number = it->before->number;
      row->amount = trk_period_length (it->period);
      row->detail = g_strdup (it->reason);
    }
}

static void
guard_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  for (guint i = 0; input->interruptions != NULL && i < input->interruptions->len; i++)
    {
      const TrkInterruption *asked = g_ptr_array_index (input->interruptions, i);
      TrkPeriod moment = { asked->at, asked->at };
      TrkFigureRow *row;

      if (!trk_guard_is_counted (input, asked))
        continue;
      row = trk_figure_rows_add (rows, "program", asked->program, moment);
      row->number = asked->number;
      row->id = g_strdup (asked->block_id);
      row->detail =
          asked->note != NULL
              ? g_strdup_printf ("%s: %s", trk_guard_answer_to_string (asked->answer), asked->note)
              : g_strdup (trk_guard_answer_to_string (asked->answer));
    }
}

static void
stretch_row (GPtrArray *rows, TrkPeriod period)
{
  TrkFigureRow *row = trk_figure_rows_add (rows, "stretch", "", period);

  row->amount = trk_period_length (period);
  row->detail = g_strdup ("focus");
}

static void
deep_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);
  g_autoptr (TrkPeriodSet) deep = trk_stretches_new (times, input->period, TRK_DEEP_STRETCH);

  for (guint i = 0; i < deep->len; i++)
    stretch_row (rows, trk_period_set_nth (deep, i));
}

static void
longest_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);
  g_autoptr (TrkPeriodSet) all = trk_stretches_new (times, input->period, 0);

  if (all->len > 0)
    stretch_row (rows, trk_stretches_longest (all));
}

/* -- Tasks and days ---------------------------------------------------------------------------- */

static void
task_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (GArray) facts = trk_task_facts_done (input);

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);
      g_autofree char *worked = trk_duration_format (fact->worked);
      g_autofree char *points = trk_words_number (fact->task->points, 1);
      g_autofree char *estimate = trk_duration_format (fact->task->estimate);
      TrkFigureRow *row =
          trk_figure_rows_add (rows, "task", fact->task->title, (TrkPeriod){ 0, 0 });

      row->number = fact->task->number;
      row->amount = fact->worked;
      row->detail = g_strdup_printf ("%s points, worked %s, estimated %s", points, worked,
                                     fact->task->estimate > 0 ? estimate : "nothing");
    }
}

static const char *
judge_day (const TrkFigureInput *input, TrkPeriod day, gboolean planned, TrkDuration focus)
{
  if (!planned)
    return "nothing planned";
  if (input->focus_goal <= 0)
    return "planned, no goal is set";
  if (focus >= input->focus_goal)
    return "met";
  if (day.start >= input->now)
    return "still to come";
  return day.end > input->now ? "not met yet" : "not met";
}

static void
day_row (GPtrArray *rows,
         const TrkFigureInput *input,
         TrkDay day,
         TrkPeriod period,
         gboolean planned,
         TrkDuration focus)
{
  g_autofree char *name = trk_day_to_iso (day);
  TrkFigureRow *row = trk_figure_rows_add (rows, "day", name, period);

  row->amount = focus;
  row->detail = g_strdup (judge_day (input, period, planned, focus));
}

static void
day_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);
  g_autoptr (GArray) days = trk_day_figures_new (input, times);

  for (guint i = 0; i < days->len; i++)
    {
      const TrkDayFigures *day = &g_array_index (days, TrkDayFigures, i);

      day_row (rows, input, day->day, day->period, day->planned, day->time[TRK_TIME_FOCUS]);
    }
}

/* The days of the streak reach back beyond the period; the last row is the day that broke it. */
static void
streak_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TrkDay));
  gboolean is_least;

  trk_streak (input, times, days, &is_least);
  for (guint i = 0; i < days->len; i++)
    {
      TrkDay day = g_array_index (days, TrkDay, i);
      TrkPeriod period = trk_almanac_day_period (&input->almanac, day);

      day_row (rows, input, day, period, TRUE, trk_length_within (times->focus_whole, period));
    }
}

/* -- Projects and metrics ---------------------------------------------------------------------- */

static void
project_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod period = trk_period_until (entry->period, input->now);
      TrkPeriod part = trk_period_intersect (period, input->period);
      g_autofree char *project = trk_text_line (entry->project, 30);
      TrkFigureRow *row;

      if (!trk_kind_is_work (entry->kind) || trk_period_is_empty (part))
        continue;
      row = trk_figure_rows_add (rows, "entry", entry->title, period);
      row->number = entry->number;
      row->amount = trk_period_length (part);
      row->detail = g_strdup_printf ("%s, %s", *project != '\0' ? project : "no project",
                                     trk_kind_to_string (entry->kind));
    }
}

static void
metric_rows (const TrkFigureInput *input, GPtrArray *rows)
{
  for (guint i = 0; input->metrics != NULL && i < input->metrics->len; i++)
    {
      const TrkMetric *metric = g_ptr_array_index (input->metrics, i);
      g_autofree char *value = trk_words_number (metric->value, 6);
      g_autofree char *unit = trk_text_line (metric->unit, 12);
      TrkFigureRow *row;

      if (metric->at > input->now || !trk_period_contains (input->period, metric->at))
        continue;
      row = trk_figure_rows_add (rows, "metric", metric->name,
                                 (TrkPeriod){ metric->at, metric->at + 1 });
      row->number = metric->number;
      row->detail = g_strdup_printf ("%s%s%s", value, *unit != '\0' ? " " : "", unit);
    }
}

/* -- The table --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  void (*rows) (const TrkFigureInput *input, GPtrArray *rows);
  gboolean (*blocks) (const TrkBlockFact *fact); /* instead of rows */
} Explanation;

static const Explanation explanations[] = {
  { "adherence", adherence_rows, NULL },
  { "adherence_by_now", adherence_by_now_rows, NULL },
  { "focus_share", work_rows, NULL },
  { "starts", start_rows, NULL },
  { "start_delay", start_rows, NULL },
  { "starts_within_5", start_rows, NULL },
  { "blocks", NULL, is_counted },
  { "done", NULL, is_done },
  { "partial", NULL, is_partial },
  { "missed", NULL, is_missed },
  { "skipped", NULL, is_skipped },
  { "interruptions", interruption_rows, NULL },
  { "interruptions_an_hour", interruption_rows, NULL },
  { "guard", guard_rows, NULL },
  { "longest_stretch", longest_rows, NULL },
  { "deep_stretches", deep_rows, NULL },
  { "breaks_planned", NULL, trk_block_fact_is_break },
  { "breaks_taken", NULL, trk_block_fact_is_taken },
  { "breaks_partial", NULL, trk_block_fact_is_partly_taken },
  { "breaks_postponed", NULL, trk_block_fact_is_postponed },
  { "breaks_ignored", NULL, trk_block_fact_is_ignored },
  { "breaks_owed", NULL, trk_block_fact_is_owed },
  { "tasks_done", task_rows, NULL },
  { "points_done", task_rows, NULL },
  { "estimate_ratio", task_rows, NULL },
  { "goal", day_rows, NULL },
  { "planned_days", day_rows, NULL },
  { "streak", streak_rows, NULL },
  { "projects", project_rows, NULL },
  { "metrics", metric_rows, NULL },
};

/* What stands in a report for a figure that has another name. */
static const char *const printed[][2] = {
  { "time", "work" },
  { "worked", "work" },
  { "kept", "on_plan" },
  { "share", "focus_share" },
  { "delay", "start_delay" },
  { "within_5_min", "starts_within_5" },
  { "stretch", "longest_stretch" },
  { "longest", "longest_stretch" },
  { "longest_stretches", "longest_stretch" },
  { "stretches", "deep_stretches" },
  { "deep", "deep_work" },
  { "interruption", "interruptions" },
  { "breaks", "breaks_planned" },
  { "taken", "breaks_taken" },
  { "postponed", "breaks_postponed" },
  { "ignored", "breaks_ignored" },
  { "owed", "breaks_owed" },
  { "tasks", "tasks_done" },
  { "points", "points_done" },
  { "estimates", "estimate_ratio" },
  { "goals", "goal" },
  { "focus_goal", "goal" },
};

char *
trk_figures_name (const char *words)
{
  g_autofree char *name = g_ascii_strdown (words, -1);

  g_strdelimit (name, " -", '_');
  for (gsize i = 0; i < G_N_ELEMENTS (printed); i++)
    if (g_str_equal (printed[i][0], name))
      return g_strdup (printed[i][1]);
  return g_steal_pointer (&name);
}

const char **
trk_figures_names (void)
{
  const char **names = g_new0 (const char *, TRK_N_TIMES + G_N_ELEMENTS (explanations) + 1);

  for (guint i = 0; i < TRK_N_TIMES; i++)
    names[i] = trk_time_to_string ((TrkTime) i);
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    names[TRK_N_TIMES + i] = explanations[i].name;
  return names;
}

const char **
trk_figures_words (void)
{
  const char **words = g_new0 (const char *, G_N_ELEMENTS (printed) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
    words[i] = printed[i][0];
  return words;
}

static void
set_unknown (const char *typed, GError **error)
{
  g_autofree const char **names = trk_figures_names ();
  g_autofree const char **words = trk_figures_words ();

  trk_figure_set_unknown (typed, names, words, error);
}

GPtrArray *
trk_figures_explain (const TrkFigureInput *input, const char *typed, GError **error)
{
  g_autofree char *figure = trk_figures_name (typed);
  g_autoptr (GPtrArray) rows = trk_figure_rows_new ();
  TrkTime time;

  if (trk_time_from_string (figure, &time))
    {
      time_rows (input, time, rows);
      return g_steal_pointer (&rows);
    }
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    if (g_str_equal (explanations[i].name, figure))
      {
        if (explanations[i].rows != NULL)
          explanations[i].rows (input, rows);
        else
          fact_rows (input, rows, explanations[i].blocks);
        return g_steal_pointer (&rows);
      }
  set_unknown (typed, error);
  return NULL;
}
