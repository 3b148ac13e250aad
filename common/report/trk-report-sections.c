/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-sections.h"

#include "trk-duration.h"
#include "trk-reason-words.h"
#include "trk-text.h"

#include <math.h>

static void
add_time (GPtrArray *parts, const TrkFigures *figures, TrkTime time, const char *name)
{
  g_autofree char *clock = trk_duration_format_clock (figures->time[time]);

  if (figures->time[time] >= TRK_MINUTE)
    trk_parts_add (parts, "%s %s", name, clock);
}

void
trk_section_time (GString *page, const TrkReport *report, const TrkStyle *style)
{
  static const struct
  {
    TrkTime time;
    const char *name;
  } rows[] = {
    { TRK_TIME_FOCUS, "focus" },       { TRK_TIME_OFF_PLAN, "of it off plan" },
    { TRK_TIME_SHALLOW, "shallow" },   { TRK_TIME_MEETING, "meeting" },
    { TRK_TIME_ROUTINE, "routine" },   { TRK_TIME_BREAK, "break" },
    { TRK_TIME_OVERTIME, "overtime" },
  };
  g_autoptr (GPtrArray) parts = trk_parts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_time (parts, report->figures, rows[i].time, rows[i].name);
  trk_words_section (page, style, "time", parts);
}

void
trk_section_blocks (GString *page, const TrkReport *report, const TrkStyle *style)
{
  static const TrkOutcome outcomes[] = { TRK_OUTCOME_DONE, TRK_OUTCOME_PARTIAL, TRK_OUTCOME_MISSED,
                                         TRK_OUTCOME_SKIPPED };
  const TrkFigures *figures = report->figures;
  g_autoptr (GPtrArray) parts = trk_parts_new ();
  g_autofree char *within =
      trk_words_percent (trk_ratio (figures->starts_within_5, figures->starts));
  g_autofree char *delay = trk_duration_format (ABS (figures->start_delay));

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (trk_figures_outcome (figures, outcomes[i]) > 0)
      trk_parts_add (parts, "%u %s", trk_figures_outcome (figures, outcomes[i]),
                     trk_outcome_to_string (outcomes[i]));
  if (figures->starts > 0)
    trk_parts_add (parts, "start delay %s%s (median), %s within 5 min", delay,
                   figures->start_delay < 0 ? " early" : "", within);
  trk_words_section (page, style, "blocks", parts);
}

static void
add_interruptions (GPtrArray *parts, const TrkFigures *figures)
{
  g_autoptr (GString) reasons = g_string_new (NULL);
  g_autofree char *an_hour = trk_words_number (figures->interruptions_an_hour.value, 1);

  for (guint i = 0; i < figures->interruptions_by->len; i++)
    {
      const TrkReasonCount *row = &g_array_index (figures->interruptions_by, TrkReasonCount, i);

      g_string_append_printf (reasons, "%s%s %u", i > 0 ? ", " : "",
                              trk_reason_short_of (row->reason), row->count);
    }
  if (figures->interruptions == 0)
    trk_parts_add (parts, "no interruption");
  else if (figures->interruptions_an_hour.known)
    trk_parts_add (parts, "%s interruptions an hour (%s)", an_hour, reasons->str);
  else
    trk_parts_add (parts, "interruptions: %s", reasons->str);
}

void
trk_section_stretches (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const TrkFigures *figures = report->figures;
  g_autoptr (GPtrArray) parts = trk_parts_new ();
  g_autofree char *length = trk_duration_format (trk_period_length (figures->longest_stretch));
  g_autofree char *deep = trk_duration_format (figures->time[TRK_TIME_DEEP_WORK]);
  g_autofree char *start = NULL;

  if (figures->time[TRK_TIME_FOCUS] == 0)
    return;
  start = report->span == TRK_SPAN_DAY
              ? trk_zone_format_time (report->input->almanac.zone, figures->longest_stretch.start)
              : trk_words_time_of (report->input->almanac.zone, figures->longest_stretch.start);
  if (trk_period_length (figures->longest_stretch) >= TRK_MINUTE)
    trk_parts_add (parts, "longest %s (%s)", length, start);
  /* A stretch counts where it begins, and its time where it is. */
  if (figures->time[TRK_TIME_DEEP_WORK] > 0 && figures->deep_stretches == 0)
    trk_parts_add (parts, "%s of one of 25 min or more that began before", deep);
  else if (figures->time[TRK_TIME_DEEP_WORK] > 0)
    trk_parts_add (parts, "%u of 25 min or more, %s", figures->deep_stretches, deep);
  add_interruptions (parts, figures);
  trk_words_section (page, style, "stretch", parts);
}

void
trk_section_breaks (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const TrkFigures *figures = report->figures;
  g_autoptr (GPtrArray) parts = trk_parts_new ();

  if (figures->breaks_planned > 0 && figures->breaks_partial > 0)
    trk_parts_add (parts, "%u of %u taken (%u in part)", figures->breaks_taken,
                   figures->breaks_planned, figures->breaks_partial);
  else if (figures->breaks_planned > 0)
    trk_parts_add (parts, "%u of %u taken", figures->breaks_taken, figures->breaks_planned);
  if (figures->breaks_postponed > 0)
    trk_parts_add (parts, "%u postponed", figures->breaks_postponed);
  if (figures->breaks_ignored > 0)
    trk_parts_add (parts, "%u ignored", figures->breaks_ignored);
  if (figures->breaks_owed > 0)
    trk_parts_add (parts, "%u owed", figures->breaks_owed);
  trk_words_section (page, style, "breaks", parts);
}

void
trk_section_tasks (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const TrkFigures *figures = report->figures;
  g_autoptr (GPtrArray) parts = trk_parts_new ();
  g_autofree char *points = trk_words_count (figures->points_done, "point", "points");
  g_autofree char *ratio = trk_words_times (figures->estimate_ratio);

  if (figures->tasks_done > 0 && figures->points_done > 0)
    trk_parts_add (parts, "%u done (%s)", figures->tasks_done, points);
  else if (figures->tasks_done > 0)
    trk_parts_add (parts, "%u done", figures->tasks_done);
  if (figures->estimate_ratio.known)
    trk_parts_add (parts, "estimates %s", ratio);
  trk_words_section (page, style, "tasks", parts);
}

void
trk_section_projects (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const GPtrArray *projects = report->figures->projects;
  g_autoptr (GPtrArray) parts = trk_parts_new ();

  for (guint i = 0; i < projects->len; i++)
    {
      const TrkProjectFigures *row = g_ptr_array_index (projects, i);
      g_autofree char *name = trk_text_line (row->project != NULL ? row->project : "without", 30);
      g_autofree char *clock = trk_duration_format_clock (row->worked);

      trk_parts_add (parts, "%s %s", name, clock);
    }
  if (projects->len > 1 || (parts->len == 1 && !g_str_has_prefix (parts->pdata[0], "without ")))
    trk_words_section (page, style, "projects", parts);
}

/* "coverage 81.9 → 83.2 %", or "deployments 1" where there is nothing to compare it with. */
static void
add_metric (GPtrArray *parts, const TrkMetricFigures *row)
{
  g_autofree char *name = trk_text_line (row->name, 40);
  g_autofree char *unit_text = trk_text_line (row->unit, 12);
  g_autofree char *unit = *unit_text != '\0' ? g_strconcat (" ", unit_text, NULL) : g_strdup ("");
  g_autofree char *from = trk_words_number (row->has_before ? row->before : row->first, 6);
  g_autofree char *last = trk_words_number (row->last, 6);

  if (row->has_before || row->count > 1)
    trk_parts_add (parts, "%s %s → %s%s", name, from, last, unit);
  else
    trk_parts_add (parts, "%s %s%s", name, last, unit);
}

void
trk_section_metrics (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GPtrArray) parts = trk_parts_new ();

  for (guint i = 0; i < report->figures->metrics->len; i++)
    add_metric (parts, g_ptr_array_index (report->figures->metrics, i));
  trk_words_section (page, style, "metrics", parts);
}

void
trk_section_goals (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const TrkFigures *figures = report->figures;
  g_autoptr (GPtrArray) parts = trk_parts_new ();
  g_autofree char *goal = trk_duration_format (report->input->focus_goal);
  g_autofree char *percent = trk_words_percent (figures->goal);
  g_autofree char *streak = trk_words_count (figures->streak, "day", "days");

  if (!figures->has_goal)
    return;
  /* It is met over all days, and yet no streak: one of them made up for another. */
  trk_parts_add (
      parts, "focus ≥ %s a day: %s%s", goal, percent,
      figures->goal.known && figures->goal.value >= 1 && figures->streak == 0 ? " on average" : "");
  trk_parts_add (parts, "streak %s%s", figures->streak_is_least ? "≥ " : "", streak);
  trk_words_section (page, style, "goals", parts);
}

void
trk_section_findings (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GString) text = g_string_new ("Findings  of the last five weeks: ");

  if (report->findings == NULL || report->findings->len == 0)
    return;
  for (guint i = 0; i < report->findings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "",
                            (const char *) g_ptr_array_index (report->findings, i));
  g_string_append_c (text, '.');
  trk_words_paragraph (page, style, text->str, 10);
}

void
trk_sections (GString *page, const TrkReport *report, const TrkStyle *style)
{
  trk_section_time (page, report, style);
  trk_section_blocks (page, report, style);
  trk_section_stretches (page, report, style);
  trk_section_breaks (page, report, style);
  trk_section_tasks (page, report, style);
  trk_section_projects (page, report, style);
  trk_section_metrics (page, report, style);
  trk_section_goals (page, report, style);
  trk_section_findings (page, report, style);
}
