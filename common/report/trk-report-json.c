/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report.h"

#include "trk-guard-figures.h"
#include "trk-json.h"

void
trk_report_add_ratio_json (TrkJson *builder, const char *key, TrkRatio ratio)
{
  trk_json_name (builder, key);
  if (ratio.known)
    trk_json_add_double (builder, ratio.value);
  else
    trk_json_add_null (builder);
}

/* A ratio that is a length of time. */
static void
add_known_length (TrkJson *builder, const char *key, TrkRatio length)
{
  trk_json_name (builder, key);
  if (length.known)
    trk_json_add_int (builder, (gint64) length.value / TRK_SECOND);
  else
    trk_json_add_null (builder);
}

static void
begin_object (TrkJson *builder, const char *key)
{
  trk_json_name (builder, key);
  trk_json_begin_object (builder);
}

static void
begin_array (TrkJson *builder, const char *key)
{
  trk_json_name (builder, key);
  trk_json_begin_array (builder);
}

static void
add_times (TrkJson *builder, const TrkDuration *time)
{
  for (guint i = 0; i < TRK_N_TIMES; i++)
    trk_json_length (builder, trk_time_to_string ((TrkTime) i), time[i]);
}

static void
add_outcomes (TrkJson *builder, const TrkFigures *figures)
{
  begin_object (builder, "outcomes");
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    {
      begin_object (builder, trk_kind_to_string ((TrkKind) kind));
      for (guint outcome = TRK_OUTCOME_DONE; outcome <= TRK_OUTCOME_SKIPPED; outcome++)
        trk_json_int (builder, trk_outcome_to_string ((TrkOutcome) outcome),
                      figures->outcomes[kind][outcome]);
      trk_json_end_object (builder);
    }
  trk_json_end_object (builder);
}

static void
add_guard (TrkJson *builder, const TrkFigureInput *input)
{
  g_autoptr (GArray) counts = trk_guard_counts_new (input);

  trk_json_name (builder, "guard");
  trk_json_begin_array (builder);
  for (guint i = 0; i < counts->len; i++)
    {
      const TrkGuardCount *count = &g_array_index (counts, TrkGuardCount, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "program", count->program);
      trk_json_int (builder, "asked", count->asked);
      trk_json_int (builder, "back", count->answers[TRK_GUARD_BACK]);
      trk_json_int (builder, "allow", count->answers[TRK_GUARD_ALLOW]);
      trk_json_int (builder, "work", count->answers[TRK_GUARD_WORK]);
      trk_json_int (builder, "none", count->answers[TRK_GUARD_NONE]);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_focus (TrkJson *builder, const TrkFigures *figures)
{
  gboolean any = !trk_period_is_empty (figures->longest_stretch);

  trk_json_int (builder, "interruptions", figures->interruptions);
  begin_object (builder, "interruptions_by");
  for (guint i = 0; i < figures->interruptions_by->len; i++)
    {
      const TrkReasonCount *row = &g_array_index (figures->interruptions_by, TrkReasonCount, i);

      trk_json_int (builder, row->reason, row->count);
    }
  trk_json_end_object (builder);
  trk_report_add_ratio_json (builder, "interruptions_an_hour", figures->interruptions_an_hour);
  trk_json_name (builder, "longest_stretch");
  if (any)
    {
      trk_json_begin_object (builder);
      trk_json_instant (builder, "start", figures->longest_stretch.start);
      trk_json_instant (builder, "end", figures->longest_stretch.end);
      trk_json_length (builder, "length", trk_period_length (figures->longest_stretch));
      trk_json_end_object (builder);
    }
  else
    trk_json_add_null (builder);
  trk_json_int (builder, "deep_stretches", figures->deep_stretches);
}

static void
add_counts (TrkJson *builder, const TrkReport *report)
{
  const TrkFigures *figures = report->figures;
  TrkRatio delay = { figures->starts > 0, (double) figures->start_delay };
  TrkRatio goal = { figures->has_goal, (double) report->input->focus_goal };

  trk_json_int (builder, "starts", figures->starts);
  add_known_length (builder, "start_delay", delay);
  trk_json_int (builder, "starts_within_5", figures->starts_within_5);
  trk_json_int (builder, "breaks_planned", figures->breaks_planned);
  trk_json_int (builder, "breaks_taken", figures->breaks_taken);
  trk_json_int (builder, "breaks_partial", figures->breaks_partial);
  trk_json_int (builder, "breaks_postponed", figures->breaks_postponed);
  trk_json_int (builder, "breaks_ignored", figures->breaks_ignored);
  trk_json_int (builder, "breaks_owed", figures->breaks_owed);
  trk_json_int (builder, "tasks_done", figures->tasks_done);
  trk_json_double (builder, "points_done", figures->points_done);
  trk_report_add_ratio_json (builder, "estimate_ratio", figures->estimate_ratio);
  trk_json_int (builder, "planned_days", figures->planned_days);
  add_known_length (builder, "focus_goal", goal);
  trk_report_add_ratio_json (builder, "goal", figures->goal);
  trk_json_int (builder, "streak", figures->streak);
}

static void
add_days (TrkJson *builder, const GArray *days)
{
  begin_array (builder, "days");
  for (guint i = 0; i < days->len; i++)
    {
      const TrkDayFigures *day = &g_array_index (days, TrkDayFigures, i);

      trk_json_begin_object (builder);
      trk_json_day (builder, "day", day->day);
      trk_json_instant (builder, "start", day->period.start);
      trk_json_instant (builder, "end", day->period.end);
      trk_json_bool (builder, "has_plan", day->planned);
      add_times (builder, day->time);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_projects (TrkJson *builder, const GPtrArray *projects)
{
  begin_array (builder, "projects");
  for (guint i = 0; i < projects->len; i++)
    {
      const TrkProjectFigures *row = g_ptr_array_index (projects, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "project", row->project);
      trk_json_length (builder, "worked", row->worked);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_metrics (TrkJson *builder, const GPtrArray *metrics)
{
  begin_array (builder, "metrics");
  for (guint i = 0; i < metrics->len; i++)
    {
      const TrkMetricFigures *row = g_ptr_array_index (metrics, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "name", row->name);
      trk_json_string (builder, "unit", row->unit);
      trk_json_int (builder, "count", row->count);
      trk_report_add_ratio_json (builder, "before", (TrkRatio){ row->has_before, row->before });
      trk_json_double (builder, "first", row->first);
      trk_json_double (builder, "last", row->last);
      trk_json_double (builder, "least", row->least);
      trk_json_double (builder, "most", row->most);
      trk_json_double (builder, "sum", row->sum);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_comparisons (TrkJson *builder, const GArray *comparisons)
{
  begin_array (builder, "comparisons");
  for (guint i = 0; comparisons != NULL && i < comparisons->len; i++)
    {
      const TrkComparison *row = &g_array_index (comparisons, TrkComparison, i);
      void (*add) (TrkJson *, const char *, TrkRatio) =
          row->is_time ? add_known_length : trk_report_add_ratio_json;

      trk_json_begin_object (builder);
      trk_json_string (builder, "figure", row->figure);
      add (builder, "value", row->value);
      add (builder, "before", row->before);
      add (builder, "median", row->median);
      trk_json_int (builder, "of", row->of);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_findings (TrkJson *builder, const GPtrArray *findings)
{
  begin_array (builder, "findings");
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    trk_json_add_string (builder, g_ptr_array_index (findings, i));
  trk_json_end_array (builder);
}

void
trk_report_add_json (const TrkReport *report, TrkJson *builder)
{
  const TrkFigures *figures = report->figures;

  trk_json_instant (builder, "from", figures->period.start);
  trk_json_instant (builder, "to", figures->period.end);
  trk_json_instant (builder, "now", figures->now);
  trk_json_bool (builder, "finished", figures->finished);
  trk_json_instant (builder, "kept_since", report->kept_since);
  add_times (builder, figures->time);
  trk_report_add_ratio_json (builder, "adherence", figures->adherence);
  trk_report_add_ratio_json (builder, "adherence_by_now", figures->adherence_by_now);
  trk_report_add_ratio_json (builder, "focus_share", figures->focus_share);
  add_outcomes (builder, figures);
  add_focus (builder, figures);
  add_guard (builder, report->input);
  add_counts (builder, report);
  add_days (builder, figures->days);
  add_projects (builder, figures->projects);
  add_metrics (builder, figures->metrics);
  add_comparisons (builder, report->comparisons);
  add_findings (builder, report->findings);
}

/* -- Sprint ------------------------------------------------------------------------------------ */

static void
add_amount (TrkJson *builder, const char *key, const TrkAmount *amount)
{
  begin_object (builder, key);
  trk_json_int (builder, "tasks", amount->tasks);
  trk_json_double (builder, "points", amount->points);
  trk_json_length (builder, "estimate", amount->estimate);
  trk_json_end_object (builder);
}

static void
add_burndown (TrkJson *builder, const TrkSprintFigures *figures)
{
  trk_json_string (builder, "burndown_of", trk_burn_to_string (figures->burn));
  begin_array (builder, "burndown");
  for (guint i = 0; i < figures->burndown->len; i++)
    {
      const TrkBurndownDay *day = &g_array_index (figures->burndown, TrkBurndownDay, i);

      trk_json_begin_object (builder);
      trk_json_day (builder, "day", day->day);
      trk_json_bool (builder, "working", day->working);
      trk_report_add_ratio_json (builder, "remaining", (TrkRatio){ day->begun, day->remaining });
      trk_json_double (builder, "ideal", day->ideal);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_progress (TrkJson *builder, const TrkSprintFigures *figures)
{
  begin_array (builder, "progress");
  for (guint i = 0; i < TRK_N_BURNS; i++)
    {
      const TrkSprintProgress *row = &figures->progress[i];

      if (row->tasks == 0)
        continue;
      trk_json_begin_object (builder);
      trk_json_string (builder, "measure", trk_burn_to_string ((TrkBurn) i));
      trk_json_double (builder, "done", row->done);
      trk_json_double (builder, "total", row->total);
      trk_json_int (builder, "tasks_done", row->tasks_done);
      trk_json_int (builder, "tasks_total", row->tasks);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_member (TrkJson *builder, const TrkSprintMember *member)
{
  const TrkTaskFact *fact = &member->fact;

  trk_json_begin_object (builder);
  trk_json_int (builder, "task", fact->task->number);
  trk_json_string (builder, "title", fact->task->title);
  trk_json_string (builder, "project", fact->task->project);
  trk_json_string (builder, "state", trk_task_state_to_string (fact->task->state));
  trk_json_string (builder, "fate", trk_fate_to_string (member->fate));
  trk_json_double (builder, "points", fact->task->points);
  trk_json_length (builder, "estimate", fact->task->estimate);
  trk_json_length (builder, "worked", fact->worked);
  trk_report_add_ratio_json (builder, "estimate_ratio", fact->ratio);
  trk_json_end_object (builder);
}

static void
add_members (TrkJson *builder, const GArray *members)
{
  begin_array (builder, "tasks");
  for (guint i = 0; i < members->len; i++)
    add_member (builder, &g_array_index (members, TrkSprintMember, i));
  trk_json_end_array (builder);
}

static void
add_project_ratios (TrkJson *builder, const GPtrArray *projects)
{
  begin_array (builder, "projects");
  for (guint i = 0; i < projects->len; i++)
    {
      const TrkProjectFigures *row = g_ptr_array_index (projects, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "project", row->project);
      trk_json_int (builder, "tasks", row->tasks);
      trk_json_length (builder, "worked", row->worked);
      trk_json_length (builder, "estimate", row->estimate);
      trk_report_add_ratio_json (builder, "estimate_ratio", row->ratio);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

void
trk_report_add_sprint_json (const TrkSprintFigures *figures, TrkJson *builder)
{
  trk_json_int (builder, "sprint", figures->sprint->number);
  trk_json_string (builder, "name", figures->sprint->name);
  trk_json_string (builder, "goal", figures->sprint->goal);
  trk_json_day (builder, "first", figures->sprint->first);
  trk_json_day (builder, "last", figures->sprint->last);
  trk_json_instant (builder, "from", figures->period.start);
  trk_json_instant (builder, "to", figures->period.end);
  trk_json_bool (builder, "closed", figures->sprint->closed != 0);
  trk_json_int (builder, "working_days", figures->working_days);
  trk_json_int (builder, "working_days_begun", figures->working_days_begun);
  add_amount (builder, "committed", &figures->committed);
  add_amount (builder, "added", &figures->added);
  add_amount (builder, "done", &figures->done);
  add_amount (builder, "dropped", &figures->dropped);
  add_amount (builder, "carried_over", &figures->carried);
  add_amount (builder, "open", &figures->open);
  trk_json_instant (builder, "kept_since", figures->kept_since);
  trk_json_length (builder, "worked", figures->worked);
  trk_json_length (builder, "unverified", figures->unverified);
  add_progress (builder, figures);
  add_burndown (builder, figures);
  trk_report_add_ratio_json (builder, "velocity_last", figures->velocity_last);
  trk_report_add_ratio_json (builder, "velocity_mean", figures->velocity_mean);
  trk_json_int (builder, "velocity_of", figures->velocity_of);
  add_known_length (builder, "cycle_time", figures->cycle_time);
  trk_report_add_ratio_json (builder, "estimate_ratio", figures->estimate_ratio);
  add_project_ratios (builder, figures->projects);
  add_members (builder, figures->members);
}

/* -- Rows -------------------------------------------------------------------------------------- */

void
trk_report_add_rows_json (const GPtrArray *rows, TrkJson *builder)
{
  trk_json_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const TrkFigureRow *row = g_ptr_array_index (rows, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "type", row->type);
      if (row->number != 0)
        trk_json_int (builder, "number", row->number);
      if (row->id != NULL)
        trk_json_string (builder, "id", row->id);
      trk_json_string (builder, "label", row->label);
      if (!trk_period_is_empty (row->period))
        {
          trk_json_instant (builder, "start", row->period.start);
          trk_json_instant (builder, "end", row->period.end);
        }
      trk_json_length (builder, "amount", row->amount);
      trk_json_string (builder, "detail", row->detail);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}
