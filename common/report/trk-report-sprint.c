/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-report-words.h"
#include "trk-report.h"
#include "trk-text.h"

#include <math.h>

enum
{
  MOST_OFF = 5 /* tasks whose estimate was furthest off */
};

static char *
state_of (const TrkSprintFigures *figures)
{
  if (figures->sprint->closed != 0)
    return g_strdup ("closed");
  if (figures->finished)
    return g_strdup ("over, not closed yet");
  if (figures->working_days_begun == 0)
    return g_strdup_printf ("%u working days ahead", figures->working_days);
  return g_strdup_printf ("day %u of %u", figures->working_days_begun, figures->working_days);
}

static void
title (GString *page,
       const TrkSprintFigures *figures,
       const TrkSprintInput *input,
       const TrkStyle *style)
{
  g_autofree char *name = trk_text_line (figures->sprint->name, 60);
  g_autofree char *painted = trk_style_paint (style, TRK_PAINT_BOLD, name);
  g_autofree char *state = state_of (figures);
  gsize wide;
  g_autofree char *goal = trk_text_line (figures->sprint->goal, 300);
  g_autofree char *days = trk_words_period (figures->period, TRK_SPAN_OTHER, &input->almanac,
                                            trk_almanac_day (&input->almanac, input->now));

  wide = trk_text_width (name) + trk_text_width (days) + trk_text_width (state) + 6;
  g_string_append_printf (page, "%s · %s%s%s\n", painted, days,
                          wide > style->columns ? "\n" : " · ", state);
  if (*goal != '\0')
    {
      g_autofree char *line = g_strconcat ("Goal: ", goal, NULL);

      trk_words_paragraph (page, style, line, 6);
    }
}

/* The last day of the burndown of which something is known; NULL before the sprint. */
static const TrkBurndownDay *
latest (const TrkSprintFigures *figures)
{
  const TrkBurndownDay *found = NULL;

  for (guint i = 0; i < figures->burndown->len; i++)
    if (g_array_index (figures->burndown, TrkBurndownDay, i).begun)
      found = &g_array_index (figures->burndown, TrkBurndownDay, i);
  return found;
}

char *
trk_burn_in_words (TrkBurn burn, double amount)
{
  return burn == TRK_BURN_HOURS ? trk_duration_format ((TrkDuration) llround (amount * TRK_HOUR))
                                : trk_words_number (amount, 1);
}

/* What rounds to nothing in words is on the line; all else says how far it is from it. */
static double
least_told (TrkBurn burn)
{
  return burn == TRK_BURN_HOURS ? 1.0 / 60 : 0.05;
}

/* "Done 5 of 8 points — 62 %, 2 behind the ideal line at the end of the day."; of hours "Done:
 * tasks of 2 h of 2 h 30 estimated — 80 %, 42 min ahead of …". */
static void
add_progress (GString *text, const TrkSprintFigures *figures)
{
  const TrkSprintProgress *progress = &figures->progress[figures->burn];
  const TrkBurndownDay *now = latest (figures);
  g_autofree char *percent = trk_words_percent (trk_ratio (progress->done, progress->total));
  g_autofree char *part = trk_burn_in_words (figures->burn, progress->done);
  g_autofree char *whole = trk_burn_in_words (figures->burn, progress->total);
  double behind = now != NULL ? now->remaining - now->ideal : 0;
  g_autofree char *away = trk_burn_in_words (figures->burn, fabs (behind));

  /* Hours are what was estimated, not what was worked. */
  if (figures->burn == TRK_BURN_HOURS)
    g_string_append_printf (text, "Done: tasks of %s of %s estimated — %s", part, whole, percent);
  else
    g_string_append_printf (text, "Done %s of %s %s — %s", part, whole,
                            trk_burn_to_string (figures->burn), percent);
  if (!figures->finished && now != NULL && fabs (behind) < least_told (figures->burn))
    g_string_append (text, ", on the ideal line");
  else if (!figures->finished && now != NULL)
    g_string_append_printf (text, ", %s %s the ideal line at the end of the day", away,
                            behind > 0 ? "behind" : "ahead of");
  g_string_append_c (text, '.');
}

/* "Nothing of 4 h estimated is done yet; to be on the ideal line at the end of the day: 24 min." */
static void
add_beginning (GString *text, const TrkSprintFigures *figures)
{
  const TrkBurndownDay *now = latest (figures);
  double due = now != NULL ? now->remaining - now->ideal : 0;
  g_autofree char *whole =
      trk_burn_in_words (figures->burn, figures->progress[figures->burn].total);
  g_autofree char *part = trk_burn_in_words (figures->burn, due);

  g_string_append_printf (text, "Nothing of %s %s is done yet", whole,
                          figures->burn == TRK_BURN_HOURS ? "estimated"
                                                          : trk_burn_to_string (figures->burn));
  if (due >= least_told (figures->burn))
    g_string_append_printf (text, "; to be on the ideal line at the end of the day: %s", part);
  g_string_append_c (text, '.');
}

static const char *
task_word (guint count)
{
  return count == 1 ? "task" : "tasks";
}

/* What the measure of the others cannot see: " Beside the points: 2 h of 5 h estimated (1 of 3
 * tasks), 1 of 2 tasks without an estimate." */
static void
add_rest (GString *text, const TrkSprintFigures *figures)
{
  TrkBurn other = figures->burn == TRK_BURN_POINTS ? TRK_BURN_HOURS : TRK_BURN_POINTS;
  const TrkSprintProgress *estimated = &figures->progress[other];
  const TrkSprintProgress *bare = &figures->progress[TRK_BURN_TASKS];
  g_autofree char *part = trk_burn_in_words (other, estimated->done);
  g_autofree char *whole = trk_burn_in_words (other, estimated->total);

  if (figures->burn == TRK_BURN_TASKS || estimated->tasks + bare->tasks == 0)
    return;
  g_string_append_printf (text, " Beside the %s: ", trk_burn_to_string (figures->burn));
  if (estimated->tasks > 0)
    g_string_append_printf (text, "%s of %s %s done (%u of %u %s)", part, whole,
                            other == TRK_BURN_HOURS ? "estimated" : "points", estimated->tasks_done,
                            estimated->tasks, task_word (estimated->tasks));
  if (bare->tasks > 0)
    g_string_append_printf (text, "%s%u of %u %s without an estimate done",
                            estimated->tasks > 0 ? ", " : "", bare->tasks_done, bare->tasks,
                            task_word (bare->tasks));
  g_string_append_c (text, '.');
}

static void
headline (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (figures->progress[figures->burn].done == 0 && !figures->finished)
    add_beginning (text, figures);
  else
    add_progress (text, figures);
  add_rest (text, figures);
  trk_words_paragraph (page, style, text->str, 0);
}

static void
add_amount (GPtrArray *parts, const TrkAmount *amount, const char *name)
{
  g_autofree char *tasks = trk_words_count (amount->tasks, "task", "tasks");
  g_autofree char *points = trk_words_count (amount->points, "point", "points");
  g_autofree char *hours = trk_duration_format_clock (amount->estimate);
  g_autoptr (GString) text = g_string_new (NULL);

  if (amount->tasks == 0)
    return;
  g_string_append_printf (text, "%s %s", name, tasks);
  if (amount->points > 0 || amount->estimate > 0)
    g_string_append_printf (text, " (%s%s%s)", amount->points > 0 ? points : "",
                            amount->points > 0 && amount->estimate > 0 ? ", " : "",
                            amount->estimate > 0 ? hours : "");
  trk_parts_add (parts, "%s", text->str);
}

static void
scope (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  g_autoptr (GPtrArray) parts = trk_parts_new ();

  add_amount (parts, &figures->committed, "committed");
  add_amount (parts, &figures->added, "added");
  add_amount (parts, &figures->done, "done");
  add_amount (parts, &figures->open, "open");
  add_amount (parts, &figures->dropped, "dropped");
  add_amount (parts, &figures->carried, "carried over");
  g_string_append_c (page, '\n');
  trk_words_section (page, style, "scope", parts);
}

static void
burndown_line (
    GString *page, const TrkStyle *style, const TrkBurndownDay *day, double scale, guint width)
{
  g_autofree char *date = trk_words_days (day->day, day->day);
  g_autofree char *bar = trk_style_fill (style, day->begun ? day->remaining / scale : 0, width);
  g_autofree char *painted =
      trk_style_paint (style, day->remaining > day->ideal ? TRK_PAINT_WARN : TRK_PAINT_GOOD, bar);
  g_autofree char *left = day->begun ? trk_words_number (day->remaining, 1) : g_strdup ("");
  g_autofree char *ideal = trk_words_number (day->ideal, 1);

  g_string_append_printf (page, " %s %6s  %s %5s   %5s\n", trk_words_weekday (day->day), date,
                          painted, left, ideal);
}

/* The tasks that have another measure than the burndown. */
static void
burndown_rest (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  guint rest = 0;
  g_autofree char *tasks = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < TRK_N_BURNS; i++)
    rest += i != figures->burn ? figures->progress[i].tasks : 0;
  if (rest == 0)
    return;
  tasks = trk_words_count (rest, "task has", "tasks have");
  text = g_strdup_printf (" %s no %s and %s not in it.", tasks,
                          figures->burn == TRK_BURN_POINTS ? "points" : "estimate in hours",
                          rest == 1 ? "is" : "are");
  trk_words_paragraph (page, style, text, 1);
}

static void
burndown (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  guint width = style->columns >= 70 ? 36 : 16;
  double scale = 0.001;

  for (guint i = 0; i < figures->burndown->len; i++)
    scale = MAX (scale, g_array_index (figures->burndown, TrkBurndownDay, i).remaining);
  g_string_append_printf (page, "\n %-*s   left   ideal   %s\n", (int) width + 9, "burndown",
                          trk_burn_to_string (figures->burn));
  for (guint i = 0; i < figures->burndown->len; i++)
    if (g_array_index (figures->burndown, TrkBurndownDay, i).working)
      burndown_line (page, style, &g_array_index (figures->burndown, TrkBurndownDay, i), scale,
                     width);
  burndown_rest (page, figures, style);
  g_string_append_c (page, '\n');
}

static void
flow (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  g_autoptr (GPtrArray) speed = trk_parts_new ();
  g_autoptr (GPtrArray) cycle = trk_parts_new ();
  double days = figures->cycle_time.value / (double) (24 * TRK_HOUR);
  g_autofree char *length = trk_duration_format ((TrkDuration) figures->cycle_time.value);
  g_autofree char *in_days = trk_words_number (days, 1);
  g_autofree char *last = trk_words_number (figures->velocity_last.value, 1);
  g_autofree char *mean = trk_words_number (figures->velocity_mean.value, 1);

  if (figures->velocity_last.known)
    trk_parts_add (speed, "last sprint %s points", last);
  if (figures->velocity_of > 1)
    trk_parts_add (speed, "mean of %u: %s", figures->velocity_of, mean);
  trk_words_section (page, style, "velocity", speed);
  if (figures->cycle_time.known && days >= 2)
    trk_parts_add (cycle, "%s days from first entry to done (median of %u)", in_days,
                   figures->cycle_of);
  else if (figures->cycle_time.known)
    trk_parts_add (cycle, "%s from first entry to done (median of %u)", length, figures->cycle_of);
  trk_words_section (page, style, "cycle", cycle);
}

/* Adds how many of the done ones with an estimate nobody worked on: they are in no ratio. */
static void
add_not_worked (GPtrArray *parts, const TrkSprintFigures *figures)
{
  guint estimated = 0, idle = 0;

  for (guint i = 0; i < figures->members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (figures->members, TrkSprintMember, i);

      if (member->fate != TRK_FATE_DONE || member->fact.task->estimate <= 0)
        continue;
      estimated++;
      idle += member->fact.worked == 0;
    }
  if (idle > 0)
    trk_parts_add (parts, "%u of %u estimated ones done without time", idle, estimated);
}

static void
estimates (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  g_autoptr (GPtrArray) parts = trk_parts_new ();
  g_autofree char *all = trk_words_times (figures->estimate_ratio);
  g_autofree char *worked = trk_duration_format_clock (figures->worked);
  g_autofree char *unverified = trk_duration_format_clock (figures->unverified);

  if (figures->worked > 0)
    trk_parts_add (parts, "worked %s on its tasks", worked);
  if (figures->unverified > 0)
    trk_parts_add (parts, "%s of it unverified", unverified);
  if (figures->estimate_ratio.known)
    trk_parts_add (parts, "done ones took %s their estimate", all);
  for (guint i = 0; i < figures->projects->len; i++)
    {
      const TrkProjectFigures *row = g_ptr_array_index (figures->projects, i);
      g_autofree char *name =
          trk_text_line (row->project != NULL ? row->project : "no project", 30);
      g_autofree char *ratio = trk_words_times (row->ratio);

      trk_parts_add (parts, "%s %s", name, ratio);
    }
  add_not_worked (parts, figures);
  trk_words_section (page, style, "estimates", parts);
}

static gint
furthest_off_first (gconstpointer a, gconstpointer b)
{
  double x = fabs (log ((*(const TrkTaskFact *const *) a)->ratio.value));
  double y = fabs (log ((*(const TrkTaskFact *const *) b)->ratio.value));

  return (x < y) - (x > y);
}

static void
off_line (GString *page, const TrkStyle *style, const TrkTaskFact *fact)
{
  g_autofree char *worked = trk_duration_format_clock (fact->worked);
  g_autofree char *estimate = trk_duration_format_clock (fact->task->estimate);
  g_autofree char *ratio = trk_words_times (fact->ratio);
  g_autofree char *name = trk_text_line (fact->task->title, MAX (style->columns, 50) - 38);

  g_string_append_printf (page, "   %5s  %5s of %5s  task %-4" G_GINT64_FORMAT " %s\n", ratio,
                          worked, estimate, fact->task->number, name);
}

/* Tasks done in the sprint that took half as much again as estimated, or two thirds of it or less:
 * what to learn from. */
static void
furthest_off (GString *page, const TrkSprintFigures *figures, const TrkStyle *style)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();

  for (guint i = 0; i < figures->members->len; i++)
    {
      TrkSprintMember *member = &g_array_index (figures->members, TrkSprintMember, i);

      if (member->fact.ratio.known && member->fate == TRK_FATE_DONE
          && fabs (log (member->fact.ratio.value)) >= log (1.5))
        g_ptr_array_add (facts, &member->fact);
    }
  g_ptr_array_sort (facts, furthest_off_first);
  if (facts->len > 0)
    g_string_append (page, " furthest off\n");
  for (guint i = 0; i < MIN (facts->len, MOST_OFF); i++)
    off_line (page, style, g_ptr_array_index (facts, i));
}

static void
since (GString *page, const TrkSprintFigures *figures, const TrkZone *zone, const TrkStyle *style)
{
  if (figures->kept_late)
    trk_words_kept_since (page, style, figures->kept_since, zone, figures->now,
                          figures->kept_since == TRK_NEVER
                              ? "what was worked until now counts where you logged it"
                              : "what was worked before counts where you logged it");
}

char *
trk_report_sprint_since (const TrkSprintFigures *figures,
                         const TrkZone *zone,
                         const TrkStyle *style)
{
  GString *page = g_string_new (NULL);

  since (page, figures, zone, style);
  return trk_words_finish (page, style);
}

char *
trk_report_sprint (const TrkSprintFigures *figures,
                   const TrkSprintInput *input,
                   const TrkStyle *style)
{
  GString *page = g_string_new (NULL);

  title (page, figures, input, style);
  if (figures->committed.tasks + figures->added.tasks == 0)
    g_string_append (page, "No task is in this sprint.\n");
  else
    {
      headline (page, figures, style);
      scope (page, figures, style);
      burndown (page, figures, style);
    }
  flow (page, figures, style);
  estimates (page, figures, style);
  furthest_off (page, figures, style);
  since (page, figures, input->almanac.zone, style);
  return trk_words_finish (page, style);
}
