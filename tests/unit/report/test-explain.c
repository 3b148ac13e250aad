/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

#include "trk-report-words.h"

#include <string.h>

/* Three days with a block of two hours each, Wednesday to Friday; kept on the last two. */
static Fixture *
three_days (void)
{
  Fixture *f = fixture_new ("Europe/Berlin");

  fixture_block (f, "a", "2026-11-18 09:00", "2026-11-18 11:00", TRK_KIND_FOCUS);
  fixture_block (f, "b", "2026-11-19 09:00", "2026-11-19 11:00", TRK_KIND_FOCUS);
  fixture_block (f, "c", "2026-11-20 09:00", "2026-11-20 11:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-18 09:00", "2026-11-18 09:30", TRK_KIND_FOCUS, "a");
  fixture_entry (f, "2026-11-19 09:00", "2026-11-19 10:30", TRK_KIND_FOCUS, "b");
  fixture_entry (f, "2026-11-20 09:00", "2026-11-20 11:00", TRK_KIND_FOCUS, "c");
  f->input.focus_goal = TRK_HOUR;
  return f;
}

static void
assert_row (const GPtrArray *rows, guint n, const char *label, const char *detail)
{
  const TrkFigureRow *row = g_ptr_array_index (rows, n);

  g_assert_cmpstr (row->label, ==, label);
  g_assert_cmpstr (row->detail, ==, detail);
}

/* A streak opens to all its days, also those before the period, and to the one that broke it. */
static void
test_streak (void)
{
  g_autoptr (Fixture) f = three_days ();
  g_autoptr (TrkFigures) day =
      fixture_figures (f, "2026-11-20 04:00", "2026-11-21 04:00", "2026-11-21 12:00");
  g_autoptr (GPtrArray) rows = trk_figures_explain (&f->input, "streak", NULL);

  g_assert_cmpuint (day->streak, ==, 2);
  g_assert_cmpuint (rows->len, ==, 3);
  assert_row (rows, 0, "2026-11-20", "met");
  assert_row (rows, 1, "2026-11-19", "met");
  assert_row (rows, 2, "2026-11-18", "not met");
}

static void
test_goal (void)
{
  g_autoptr (Fixture) f = three_days ();
  g_autoptr (TrkFigures) days =
      fixture_figures (f, "2026-11-18 04:00", "2026-11-22 04:00", "2026-11-19 09:10");
  g_autoptr (GPtrArray) rows = trk_figures_explain (&f->input, "goal", NULL);
  g_autoptr (GPtrArray) without = NULL;

  g_assert_cmpuint (rows->len, ==, 4);
  assert_row (rows, 0, "2026-11-18", "not met");
  assert_row (rows, 1, "2026-11-19", "not met yet");
  assert_row (rows, 2, "2026-11-20", "still to come");
  assert_row (rows, 3, "2026-11-21", "nothing planned");
  f->input.focus_goal = 0;
  without = trk_figures_explain (&f->input, "goal", NULL);
  assert_row (without, 0, "2026-11-18", "planned, no goal is set");
}

static void
test_metrics_and_projects (void)
{
  g_autoptr (Fixture) f = three_days ();
  g_autoptr (TrkFigures) days =
      fixture_figures (f, "2026-11-19 04:00", "2026-11-21 04:00", "2026-11-21 12:00");
  TrkMetric *metric = trk_metric_new ();
  g_autoptr (GPtrArray) metrics = NULL, projects = NULL;

  metric->name = g_strdup ("coverage");
  metric->unit = g_strdup ("%");
  metric->value = 83.2;
  metric->at = fixture_at (f, "2026-11-19 12:00");
  g_ptr_array_add (f->metrics, metric);
  ((TrkEntry *) f->entries->pdata[2])->project = g_strdup ("billing");
  metrics = trk_figures_explain (&f->input, "metrics", NULL);
  projects = trk_figures_explain (&f->input, "projects", NULL);
  g_assert_cmpuint (metrics->len, ==, 1);
  assert_row (metrics, 0, "coverage", "83.2 %");
  g_assert_cmpuint (projects->len, ==, 2);
  assert_row (projects, 0, "b", "no project, focus");
  assert_row (projects, 1, "c", "billing, focus");
}

static TrkDuration
sum_of (const TrkFigureInput *input, const char *figure)
{
  g_autoptr (GPtrArray) rows = trk_figures_explain (input, figure, NULL);
  TrkDuration sum = 0;

  for (guint i = 0; i < rows->len; i++)
    sum += ((const TrkFigureRow *) g_ptr_array_index (rows, i))->amount;
  return sum;
}

/* Blocks may lie over each other: one that was skipped and taken out, and what was planned in its
 * place. The time that they share is told once, of the one that began last. */
static void
test_shared_time_is_told_once (void)
{
  static const char *const times[] = { "planned", "planned_by_now" };
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  fixture_block (f, "old", "2026-11-18 09:00", "2026-11-18 11:00", TRK_KIND_FOCUS)->state->outcome =
      TRK_OUTCOME_SKIPPED;
  fixture_block (f, "new", "2026-11-18 09:30", "2026-11-18 10:30", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-18 09:30", "2026-11-18 10:00", TRK_KIND_FOCUS, "new");
  figures = fixture_figures (f, "2026-11-18 04:00", "2026-11-19 04:00", "2026-11-18 10:00");
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      TrkTime time;

      g_assert_true (trk_time_from_string (times[i], &time));
      g_assert_cmpint (sum_of (&f->input, times[i]), ==, figures->time[time]);
    }
  g_assert_cmpint (sum_of (&f->input, "adherence"), ==, figures->time[TRK_TIME_ON_PLAN]);
  rows = trk_figures_explain (&f->input, "adherence_by_now", NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  assert_row (rows, 0, "old", "0:00 of 0:30");
  assert_row (rows, 1, "new", "0:30 of 0:30");
}

/* A row of planned says of a block what the outcomes count of it, and of one that is not over when
 * it is. What was over before the first trace is not missed, whatever the log calls it. */
static void
test_planned_says_the_outcomes (void)
{
  static const char *const details[] = { "not known", "partial", "missed", "done",
                                         "on now",    "to come", "skipped" };
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  g_autoptr (GPtrArray) planned = NULL, missed = NULL;

  f->input.kept_since = fixture_at (f, "2026-11-18 08:00");
  fixture_block (f, "before", "2026-11-18 06:00", "2026-11-18 07:00", TRK_KIND_FOCUS)
      ->state->outcome = TRK_OUTCOME_MISSED;
  fixture_block (f, "part", "2026-11-18 09:00", "2026-11-18 10:00", TRK_KIND_FOCUS);
  fixture_block (f, "none", "2026-11-18 10:00", "2026-11-18 11:00", TRK_KIND_FOCUS);
  fixture_block (f, "added", "2026-11-18 11:00", "2026-11-18 12:00", TRK_KIND_FOCUS)
      ->state->outcome = TRK_OUTCOME_MISSED;
  fixture_block (f, "now", "2026-11-18 12:00", "2026-11-18 13:00", TRK_KIND_FOCUS);
  fixture_block (f, "next", "2026-11-18 14:00", "2026-11-18 15:00", TRK_KIND_FOCUS);
  fixture_block (f, "ill", "2026-11-18 16:00", "2026-11-18 17:00", TRK_KIND_FOCUS)->state->outcome =
      TRK_OUTCOME_SKIPPED;
  fixture_entry (f, "2026-11-18 09:00", "2026-11-18 09:30", TRK_KIND_FOCUS, "part");
  fixture_entry (f, "2026-11-18 11:00", "2026-11-18 12:00", TRK_KIND_FOCUS, "added");
  figures = fixture_figures (f, "2026-11-18 04:00", "2026-11-19 04:00", "2026-11-18 12:30");
  planned = trk_figures_explain (&f->input, "planned", NULL);
  g_assert_cmpuint (planned->len, ==, G_N_ELEMENTS (details));
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    g_assert_cmpstr (((TrkFigureRow *) planned->pdata[i])->detail, ==, details[i]);
  missed = trk_figures_explain (&f->input, "missed", NULL);
  g_assert_cmpuint (missed->len, ==, 1);
  g_assert_cmpuint (trk_figures_outcome (figures, TRK_OUTCOME_MISSED), ==, 1);
}

/* After an undo two gaps may lie over the same time, or a pause over one that nobody answered. */
static void
test_unknown_time_is_told_once (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TrkDuration sum = 0;

  fixture_block (f, "a", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_gap (f, "2026-11-23 09:00", "2026-11-23 09:10", TRK_REASON_PAUSE);
  fixture_gap (f, "2026-11-23 09:00", "2026-11-23 09:20", TRK_REASON_AWAY);
  fixture_gap (f, "2026-11-23 09:10", "2026-11-23 09:30", TRK_REASON_SHUTDOWN);
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-24 12:00");
  rows = trk_figures_explain (&f->input, "unknown", NULL);
  for (guint i = 0; i < rows->len; i++)
    sum += ((const TrkFigureRow *) g_ptr_array_index (rows, i))->amount;
  g_assert_cmpint (figures->time[TRK_TIME_UNKNOWN], ==, 30 * TRK_MINUTE);
  g_assert_cmpint (sum, ==, figures->time[TRK_TIME_UNKNOWN]);
  g_assert_cmpuint (rows->len, ==, 2);
  assert_row (rows, 0, "", "away, not answered");
}

/* What is unverified or unknown is said under the focus report, too. */
static void
test_focus_caveats (void)
{
  static const TrkStyle style = { .columns = 80 };
  g_autoptr (Fixture) f = three_days ();
  g_autoptr (TrkFigures) figures = NULL;
  g_autofree char *page = NULL;

  ((TrkEntry *) f->entries->pdata[2])->evidence = TRK_EVIDENCE_PLAN;
  fixture_gap (f, "2026-11-19 10:30", "2026-11-19 10:50", TRK_REASON_AWAY)->block_id =
      g_strdup ("b");
  figures = fixture_figures (f, "2026-11-18 04:00", "2026-11-22 04:00", "2026-11-22 12:00");
  page = trk_report_focus (&(TrkReport){ .input = &f->input,
                                         .figures = figures,
                                         .span = TRK_SPAN_OTHER,
                                         .kept_since = fixture_at (f, "2026-11-18 08:00"),
                                         .more_planned = TRUE },
                           &style);
  g_assert_nonnull (strstr (page, "\n2 h of the work is unverified: nothing could tell presence. "
                                  "Unknown 20 min.\n"));
  g_assert_nonnull (strstr (page, "\ntrackerd has kept time since 18 November 08:00; "));
}

/* What is shorter than a second is in the figures, but no word about it helps anybody. */
static void
test_moments_are_no_caveats (void)
{
  static const TrkStyle style = { .columns = 80 };
  g_autoptr (Fixture) f = three_days ();
  g_autoptr (TrkFigures) figures = NULL;
  TrkEntry *entry = f->entries->pdata[2];
  TrkEntry *moment = fixture_entry (f, "2026-11-20 11:00", "2026-11-20 11:01", TRK_KIND_FOCUS, "c");
  g_autofree char *page = NULL;

  moment->period.end = moment->period.start + TRK_SECOND / 8;
  moment->evidence = TRK_EVIDENCE_PLAN;
  g_assert_cmpint (entry->period.end, ==, moment->period.start);
  figures = fixture_figures (f, "2026-11-18 04:00", "2026-11-22 04:00", "2026-11-22 12:00");
  g_assert_cmpint (figures->time[TRK_TIME_UNVERIFIED], ==, TRK_SECOND / 8);
  page = trk_report_focus (
      &(TrkReport){ .input = &f->input, .figures = figures, .span = TRK_SPAN_OTHER }, &style);
  g_assert_null (strstr (page, "unverified"));
}

/* Rows keep to the terminal: a title is cut as long as enough of it remains, else all goes
 * below. */
static void
test_rows_fit (void)
{
  static const guint columns[] = { 50, 60, 80, 120 };
  g_autoptr (Fixture) f = three_days ();
  g_autoptr (TrkFigures) days =
      fixture_figures (f, "2026-11-18 04:00", "2026-11-22 04:00", "2026-11-22 12:00");
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 3; i++)
    {
      TrkEntry *entry = f->entries->pdata[i];

      g_free (entry->title);
      entry->title = g_strnfill (150, 'x');
    }
  rows = trk_figures_explain (&f->input, "focus", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const TrkStyle style = { .columns = columns[i] };
      g_autofree char *page = trk_report_rows (rows, "focus", f->zone, &style);
      g_auto (GStrv) lines = g_strsplit (page, "\n", -1);

      for (guint n = 0; lines[n] != NULL; n++)
        g_assert_cmpuint (strlen (lines[n]), <=, columns[i]);
      g_assert_true (g_str_has_suffix (page, "focus: 4 h in 3 rows\n"));
    }
}

/* So do the parts of a section, also the one that is longer than a line. */
static void
test_sections_fit (void)
{
  static const TrkStyle style = { .columns = 30 };
  g_autoptr (GPtrArray) parts = trk_parts_new ();
  GString *page = g_string_new (NULL);
  g_autofree char *text = NULL;

  trk_parts_add (parts, "longest 1 h 29");
  trk_parts_add (parts, "0.7 interruptions an hour (away 5)");
  trk_parts_add (parts, "no break");
  trk_words_section (page, &style, "stretch", parts);
  text = trk_words_finish (page, &style);
  g_assert_cmpstr (text, ==,
                   " stretch   longest 1 h 29\n"
                   "           0.7 interruptions\n"
                   "           an hour (away 5)\n"
                   "           no break\n");
}

/* What a report calls a figure, its explanation takes too. */
static void
test_printed_words (void)
{
  static const char *const rows[][2] = {
    { "time", "work" },
    { "blocks", "blocks" },
    { "stretch", "longest_stretch" },
    { "breaks", "breaks_planned" },
    { "tasks", "tasks_done" },
    { "goals", "goal" },
    { "focus_goal", "goal" },
    { "longest stretches", "longest_stretch" },
    { "within 5 min", "starts_within_5" },
    { "kept", "on_plan" },
    { "Focus share", "focus_share" },
    { "start delay", "start_delay" },
    { "start-delay", "start_delay" },
    { "off plan", "off_plan" },
    { "estimates", "estimate_ratio" },
    { "taken", "breaks_taken" },
    { "focus", "focus" },
    { "nonsense", "nonsense" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = trk_figures_name (rows[i][0]);

      g_assert_cmpstr (name, ==, rows[i][1]);
    }
}

/* A slip in what stands in the report is understood as well as one in the name of a figure; where
 * nothing is near, each figure is listed once. */
static void
test_nearest_printed_word (void)
{
  static const char *const rows[][2] = {
    { "kep", "Nearest: kept;" },
    { "posponed", "Nearest: postponed;" },
    { "shar", "Nearest: share;" },
    { "focsu", "Nearest: focus;" },
  };
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_null (trk_figures_explain (&f->input, rows[i][0], &error));
      g_assert_nonnull (strstr (error->message, rows[i][1]));
      g_clear_error (&error);
    }
  g_assert_null (trk_figures_explain (&f->input, "entirely-unknown", &error));
  g_assert_nonnull (strstr (error->message, "on_plan"));
  g_assert_null (strstr (error->message, "kept"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain/printed-words", test_printed_words);
  g_test_add_func ("/explain/nearest-printed-word", test_nearest_printed_word);
  g_test_add_func ("/explain/streak", test_streak);
  g_test_add_func ("/explain/goal", test_goal);
  g_test_add_func ("/explain/metrics-and-projects", test_metrics_and_projects);
  g_test_add_func ("/explain/shared-time-is-told-once", test_shared_time_is_told_once);
  g_test_add_func ("/explain/planned-says-the-outcomes", test_planned_says_the_outcomes);
  g_test_add_func ("/explain/focus-caveats", test_focus_caveats);
  g_test_add_func ("/explain/moments-are-no-caveats", test_moments_are_no_caveats);
  g_test_add_func ("/explain/unknown-time-is-told-once", test_unknown_time_is_told_once);
  g_test_add_func ("/explain/rows-fit", test_rows_fit);
  g_test_add_func ("/explain/sections-fit", test_sections_fit);
  return g_test_run ();
}
