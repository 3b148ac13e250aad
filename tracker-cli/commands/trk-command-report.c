/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-error.h"
#include "trk-json-print.h"
#include "trk-report-load.h"
#include "trk-sprint-load.h"
#include "trk-text.h"

#include <string.h>

/* tracker report: what was planned and what became of it. */

static char *
render (const TrkReport *report, gboolean focus, const TrkStyle *style)
{
  if (focus)
    return trk_report_focus (report, style);
  return report->span == TRK_SPAN_DAY ? trk_report_day (report, style)
                                      : trk_report_week (report, style);
}

static void
print_json (TrkSession *session, const TrkReport *report)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  trk_report_add_json (report, builder);
  trk_json_end_object (builder);
  trk_json_print (session, builder);
}

static void
print_rows_json (TrkSession *session, TrkPeriod period, const char *figure, const GPtrArray *rows)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  trk_json_string (builder, "figure", figure);
  trk_json_instant (builder, "from", period.start);
  trk_json_instant (builder, "to", period.end);
  trk_json_name (builder, "rows");
  trk_report_add_rows_json (rows, builder);
  trk_json_end_object (builder);
  trk_json_print (session, builder);
}

static void
print_rows (TrkSession *session, TrkPeriod period, const char *figure, const GPtrArray *rows)
{
  g_autofree char *text = NULL;

  if (trk_session_json (session))
    {
      print_rows_json (session, period, figure, rows);
      return;
    }
  text = trk_report_rows (rows, figure, trk_session_zone (session), trk_session_style (session));
  fputs (text, trk_session_out (session));
}

static gboolean
explain (TrkSession *session, const TrkReport *report, const char *figure, GError **error)
{
  g_autoptr (GPtrArray) rows = trk_figures_explain (report->input, figure, error);

  if (rows != NULL)
    print_rows (session, report->figures->period, figure, rows);
  return rows != NULL;
}

static void
print_text (TrkSession *session, const TrkReport *report, gboolean focus, gboolean with_comparison)
{
  const TrkStyle *style = trk_session_style (session);
  g_autofree char *page = render (report, focus, style);

  fputs (page, trk_session_out (session));
  if (with_comparison && report->comparisons != NULL)
    {
      g_autofree char *table = trk_report_comparisons (report, style);

      fprintf (trk_session_out (session), "\n%s", table);
    }
  else if (with_comparison)
    trk_session_warn (session, "periods longer than a month are not compared");
}

static gboolean
report_period (
    TrkSession *session, const TrkArgs *args, const char *when, gboolean focus, GError **error)
{
  const char *figure = trk_args_option (args, "explain");
  g_autoptr (TrkReportData) data = NULL;
  TrkPeriod period;
  TrkSpan span;

  if (!trk_session_when (session, when, &period, &span, error))
    return FALSE;
  data = trk_report_load (session, period, span, figure != NULL, error);
  if (data == NULL)
    return FALSE;
  if (figure != NULL)
    return explain (session, &data->report, figure, error);
  if (trk_session_json (session))
    print_json (session, &data->report);
  else
    print_text (session, &data->report, focus, trk_args_has (args, "compare"));
  return TRUE;
}

/* @figure is none of either. */
static void
set_no_figure (const char *figure, const char **of_sprint, const char **of_days, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree const char **words = trk_figures_words ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (names, of_sprint);
  g_strv_builder_addv (names, of_days);
  all = g_strv_builder_end (names);
  trk_figure_set_unknown (figure, (const char *const *) all, words, error);
}

/* A figure of the sprint itself, else one of its days as of any other period. */
static gboolean
explain_sprint (TrkSession *session, const TrkSprintData *data, const char *figure, GError **error)
{
  TrkPeriod period = data->figures->period;
  g_autoptr (GPtrArray) rows = trk_sprint_explain (&data->input, data->figures, figure);
  g_autoptr (TrkReportData) days = NULL;
  g_autofree const char **of_sprint = trk_sprint_figure_names ();
  g_autofree const char **of_days = trk_figures_names ();
  g_autofree char *name = trk_figures_name (figure);

  if (rows != NULL)
    {
      print_rows (session, period, figure, rows);
      return TRUE;
    }
  if (g_strv_contains (of_days, name))
    {
      days = trk_report_load (session, period, TRK_SPAN_OTHER, TRUE, error);
      return days != NULL && explain (session, &days->report, figure, error);
    }
  set_no_figure (figure, of_sprint, of_days, error);
  return FALSE;
}

static void
print_sprint_json (TrkSession *session, const TrkSprintData *data)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  trk_report_add_sprint_json (data->figures, builder);
  trk_json_end_object (builder);
  trk_json_print (session, builder);
}

static gboolean
report_sprint (TrkSession *session, const char *name, const char *figure, GError **error)
{
  g_autoptr (TrkSprintData) data = trk_sprint_load (session, name, error);
  g_autofree char *page = NULL;

  if (data == NULL)
    return FALSE;
  if (figure != NULL)
    return explain_sprint (session, data, figure, error);
  if (trk_session_json (session))
    {
      print_sprint_json (session, data);
      return TRUE;
    }
  page = trk_report_sprint (data->figures, &data->input, trk_session_style (session));
  fputs (page, trk_session_out (session));
  return TRUE;
}

/* The words of report that are no day or period. */
static void
name_reports (const char *word, GError **error)
{
  static const char *const reports[] = { "day", "sprint", "focus", NULL };
  const char *near = trk_text_nearest (word, reports);
  g_autofree char *shown = trk_text_line (word, 40);

  if (near != NULL && strlen (word) > 2)
    {
      g_clear_error (error);
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is no report. Nearest: %s", shown,
                   near);
    }
  else
    g_prefix_error (error, "report takes day, week, month, sprint, focus or WHEN: ");
}

static gboolean
run_report (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *first = trk_args_word (args, 0);
  g_autofree char *rest = trk_args_join (args, trk_args_count (args) > 1 ? 1 : 0);
  g_autofree char *all = trk_args_join (args, 0);
  gboolean more = trk_args_count (args) > 1;
  TrkPeriod period;
  TrkSpan span;

  if (first == NULL)
    return report_period (session, args, "today", FALSE, error);
  if (g_str_equal (first, "sprint"))
    return report_sprint (session, more ? rest : NULL, trk_args_option (args, "explain"), error);
  if (g_str_equal (first, "focus"))
    return report_period (session, args, more ? rest : "week", TRUE, error);
  if (g_str_equal (first, "day"))
    return report_period (session, args, more ? rest : "today", FALSE, error);
  if (!trk_session_when (session, all, &period, &span, error))
    {
      name_reports (all, error);
      return FALSE;
    }
  return report_period (session, args, all, FALSE, error);
}

static const TrkOption report_options[] = {
  { "json", 0, NULL, "Print JSON" },
  { "explain", 0, "FIGURE", "List the rows that a figure is made of" },
  { "compare", 0, NULL, "Add a table of the figures of earlier periods" },
  { NULL },
};

const TrkCommand trk_commands_report[] = {
  { "report", "[day|week|month|sprint|focus|WHEN]", 0, G_MAXUINT,
    "What was planned, what was kept, and what became of it",
    "Without words the day. WHEN is a day or a period: yesterday, last week, month, -7d, A..B. "
    "report focus WHEN looks at the focus time alone (this week unless WHEN is given), report "
    "sprint NAME at a sprint (the one that runs, else the last).\n\n"
    "Working days of a sprint are those on which work is planned; in a week of which no plan tells "
    "anything, Monday to Friday. A task that has points and hours counts in what most tasks of the "
    "sprint have; what has only the other is said beside it.\n\n"
    "Time counts only with evidence. Kept is focus time inside planned focus blocks; unverified is "
    "work that only the plan says, because nothing could tell presence; unknown is time inside "
    "blocks of work that nobody answered for. Blocks that were over before trackerd kept time are "
    "in no figure, unless time of theirs was added to the log. A weekday alone is that of this "
    "week. A ratio of nothing is n/a, and so are interruptions an hour of less than 15 min "
    "of focus. Earlier periods in which "
    "no time was kept are not compared with.\n\n"
    " tracker report week --compare\n"
    " tracker report yesterday --explain interruptions\n\n"
    "JSON: lengths are whole seconds, instants are UTC, what cannot be known is null. from, to, "
    "now, finished, kept_since (the first trace in the log); lengths of time: focus, shallow, "
    "meeting, break, routine, off, work, "
    "unverified, planned, planned_by_now, on_plan, off_plan, deep_work, overtime, unknown; ratios: "
    "adherence, adherence_by_now, focus_share; outcomes (by kind: done, partial, missed, skipped); "
    "interruptions, interruptions_by (reason to count), interruptions_an_hour, guard "
    "(what the focus guard asked: program, asked, back, allow, work, none), longest_stretch "
    "(start, end, length), deep_stretches; starts, start_delay (median), starts_within_5; "
    "breaks_planned, breaks_taken, breaks_partial (of those), breaks_postponed, breaks_ignored, "
    "breaks_owed; tasks_done, "
    "points_done, estimate_ratio; planned_days, focus_goal, goal, streak; days (day, start, end, "
    "has_plan and the lengths of time); projects (project, worked); metrics (name, unit, count, "
    "before, first, last, least, most, sum); comparisons (figure, value, before, median, of); "
    "findings.\n\n"
    "JSON of report sprint: sprint, name, goal, first, last, from, to, closed, working_days, "
    "working_days_begun; committed, added, done, dropped, carried_over, open (each: tasks, points, "
    "estimate); kept_since; worked (on its tasks, within its days), unverified; progress (measure: "
    "points, "
    "hours "
    "or tasks; done, total, tasks_done, tasks_total: each task is in the one of its measure, the "
    "dropped in none), burndown_of (the measure that most tasks have), burndown (day, working, "
    "remaining, ideal), velocity_last, velocity_mean, velocity_of, cycle_time, estimate_ratio, "
    "projects "
    "(project, tasks, worked, estimate, estimate_ratio), tasks (task, title, project, state, "
    "fate: open, done, dropped or carried over, points, estimate, worked, estimate_ratio).\n\n"
    "FIGURE is any of the lengths, ratios and counts that JSON has, or blocks, done, partial, "
    "missed, skipped, or what the report calls it: kept, time, stretch, \"start delay\"; of "
    "report sprint also committed, added, done, dropped, carried_over, open, progress, burndown, "
    "worked, estimate_ratio, cycle_time, velocity_last, velocity_mean, working_days. "
    "JSON of --explain: figure, from, to, rows (type, number or id, label, start, end, amount, "
    "detail).",
    report_options, run_report },
  { NULL },
};
