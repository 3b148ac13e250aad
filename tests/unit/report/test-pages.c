/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages as people read them, whole. */

#include "report-fixture.h"
#include "trk-json-reader.h"
#include "trk-report-words.h"

#include <string.h>

#define WEEK "2026-11-23 04:00", "2026-11-30 04:00"

static const TrkStyle unicode = { .columns = 80, .unicode = TRUE };
static const TrkStyle ascii = { .columns = 60 };

/* Monday and Tuesday: a focus block each day, one with a call in between; a break; a review. */
static Fixture *
two_days (void)
{
  Fixture *f = fixture_new ("Europe/Berlin");
  TrkTask *task = fixture_task (f, 12, TRK_HOUR, 3);

  fixture_block (f, "PDF invoices", "2026-11-23 09:00", "2026-11-23 10:30", TRK_KIND_FOCUS);
  fixture_block (f, "Away", "2026-11-23 10:30", "2026-11-23 10:45", TRK_KIND_BREAK);
  fixture_block (f, "Unit tests", "2026-11-24 09:00", "2026-11-24 10:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-23 09:04", "2026-11-23 10:00", TRK_KIND_FOCUS, "PDF invoices")->task =
      12;
  fixture_entry (f, "2026-11-23 10:10", "2026-11-23 10:30", TRK_KIND_FOCUS, "PDF invoices")->task =
      12;
  fixture_entry (f, "2026-11-23 10:31", "2026-11-23 10:45", TRK_KIND_BREAK, "Away");
  fixture_entry (f, "2026-11-24 09:02", "2026-11-24 09:32", TRK_KIND_FOCUS, "Unit tests");
  fixture_entry (f, "2026-11-24 09:32", "2026-11-24 10:32", TRK_KIND_SHALLOW, NULL);
  ((TrkEntry *) f->entries->pdata[0])->end_reason = TRK_REASON_AWAY;
  fixture_gap (f, "2026-11-23 10:00", "2026-11-23 10:10", TRK_REASON_AWAY)->block_id =
      g_strdup ("PDF invoices");
  task->state = TRK_TASK_COMPLETED;
  task->completed = fixture_at (f, "2026-11-23 10:30");
  f->input.focus_goal = TRK_HOUR;
  return f;
}

typedef char *(*Render) (const TrkReport *report, const TrkStyle *style);

static void
assert_page (Render render,
             const TrkStyle *style,
             TrkSpan span,
             const char *to,
             const char *now,
             const char *expected)
{
  g_autoptr (Fixture) f = two_days ();
  g_autoptr (TrkFigures) figures = fixture_figures (f, "2026-11-23 04:00", to, now);
  TrkReport report = { .input = &f->input, .figures = figures, .span = span };
  g_autofree char *page = render (&report, style);

  g_assert_cmpstr (page, ==, expected);
}

static void
test_week (void)
{
  assert_page (trk_report_week, &unicode, TRK_SPAN_WEEK, "2026-11-30 04:00", "2026-12-02 10:00",
               "Week 48 · 23–29 November\n"
               "Kept 1 h 46 of 2 h 30 planned focus — 71 %.\n"
               "Focus share 64 % of 2 h 46 worked. Unknown 10 min.\n"
               "\n"
               "        Mon   Tue\n"
               "plan    █████ ███▍     2:30\n"
               "kept    ████▎ █▋       1:46\n"
               "        1:16  0:30\n"
               "\n"
               " time      focus 1:46 · shallow 1:00 · break 0:14 · overtime 0:32\n"
               " blocks    2 done · 1 partial · start delay 3 min (median), 100 % within 5 min\n"
               " stretch   longest 56 min (Mon 09:04) · 2 of 25 min or more, 1 h 26\n"
               "           0.6 interruptions an hour (away 1)\n"
               " breaks    1 of 1 taken\n"
               " tasks     1 done (3 points) · estimates ×1.3\n"
               " goals     focus ≥ 1 h a day: 88 % · streak 0 days\n");
}

static void
test_week_in_ascii (void)
{
  assert_page (trk_report_week, &ascii, TRK_SPAN_WEEK, "2026-11-30 04:00", "2026-11-24 09:32",
               "Week 48 - 23-29 November\n"
               "Kept 1 h 46 of 2 h 02 planned focus so far - 87 %. 28 min of\n"
               "planned focus ahead.\n"
               "Focus share 100 % of 1 h 46 worked. Unknown 10 min.\n"
               "\n"
               "        Mon   Tue\n"
               "plan    ##### ###      2:30\n"
               "kept    ####  ##       1:46\n"
               "        1:16  0:30\n"
               "\n"
               " time      focus 1:46 - break 0:14\n"
               " blocks    2 done\n"
               "           start delay 3 min (median), 100 % within 5 min\n"
               " stretch   longest 56 min (Mon 09:04)\n"
               "           2 of 25 min or more, 1 h 26\n"
               "           0.6 interruptions an hour (away 1)\n"
               " breaks    1 of 1 taken\n"
               " tasks     1 done (3 points) - estimates x1.3\n"
               " goals     focus >= 1 h a day: 88 % - streak >= 1 day\n");
}

static void
test_day (void)
{
  assert_page (trk_report_day, &unicode, TRK_SPAN_DAY, "2026-11-24 04:00", "2026-12-02 10:00",
               "Monday 23 November\n"
               "Kept 1 h 16 of 1 h 30 planned focus — 84 %.\n"
               "Focus share 100 % of 1 h 16 worked. Unknown 10 min.\n"
               "\n"
               " 09 ▕░███████████████████████░░░░████████▒▒▒▒▒▒······▏ 11\n"
               "    █ focus  ▓ other work  ▒ break  ░ planned, not done\n"
               "\n"
               "   1:16  focus    PDF invoices (task 12)\n"
               "\n"
               " time      focus 1:16 · break 0:14\n"
               " blocks    2 done · start delay 4 min (median), 100 % within 5 min\n"
               " stretch   longest 56 min (09:04) · 1 of 25 min or more, 56 min\n"
               "           0.8 interruptions an hour (away 1)\n"
               " breaks    1 of 1 taken\n"
               " tasks     1 done (3 points) · estimates ×1.3\n"
               " goals     focus ≥ 1 h a day: 127 % · streak ≥ 1 day\n");
}

/* A break that the agenda calls partial is no whole one here. */
static void
test_break_in_part (void)
{
  g_autoptr (Fixture) f = two_days ();
  g_autoptr (TrkFigures) figures = NULL;
  TrkReport report = { .input = &f->input };
  g_autofree char *page = NULL;

  ((TrkBlockRecord *) f->blocks->pdata[1])->state->outcome = TRK_OUTCOME_PARTIAL;
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-25 10:00");
  report.figures = figures;
  page = trk_report_day (&report, &unicode);
  g_assert_nonnull (strstr (page, "\n breaks    1 of 1 taken (1 in part)\n"));
}

/* Before the log's first trace nothing was missed, and nothing is said to be. */
static void
test_before_the_first_trace (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures =
      fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-25 10:00");
  TrkReport report = { .input = &f->input, .figures = figures, .more_planned = TRUE };
  g_autofree char *page = NULL, *without = NULL;

  report.kept_since = fixture_at (f, "2026-11-25 02:12");
  page = trk_report_day (&report, &unicode);
  g_assert_cmpstr (page, ==,
                   "Monday 23 November\n"
                   "trackerd has kept time since 25 November 02:12; blocks that were over by then\n"
                   "count only with time in the log.\n");
  report.kept_since = TRK_NEVER;
  without = trk_report_day (&report, &unicode);
  g_assert_cmpstr (without, ==,
                   "Monday 23 November\n"
                   "trackerd has kept no time yet; what was planned until now is not counted.\n");
}

static void
test_focus (void)
{
  assert_page (trk_report_focus, &ascii, TRK_SPAN_WEEK, "2026-11-30 04:00", "2026-12-02 10:00",
               "Week 48 - 23-29 November\n"
               "Focus 1 h 46: 1 h 46 on plan. Deep work 1 h 26 (81 %), in 2\n"
               "stretches of 25 min or more.\n"
               "Unknown 10 min.\n"
               "\n"
               "By hour of the day\n"
               " 09 ########################################   1:26\n"
               " 10 #########                                  0:20\n"
               "\n"
               "Longest stretches\n"
               "   0:56  Mon 23 Nov  09:04  PDF invoices\n"
               "   0:30  Tue 24 Nov  09:02  Unit tests\n"
               "   0:20  Mon 23 Nov  10:10  PDF invoices\n"
               "\n"
               "Interruptions\n"
               "      1  away       10 min in all\n"
               "\n"
               " goals     focus >= 1 h a day: 88 % - streak 0 days\n");
}

/* After a quick switch there is no stretch to speak of. */
static void
test_short_stretches (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  TrkReport report = { .input = &f->input, .span = TRK_SPAN_DAY };
  g_autofree char *focus = NULL, *day = NULL, *longer = NULL;

  fixture_entry (f, "2026-11-23 09:00", "2026-11-23 09:01", TRK_KIND_FOCUS, NULL)->period.end -= 1;
  figures = fixture_figures (f, WEEK, "2026-12-01 10:00");
  report.figures = figures;
  focus = trk_report_focus (&report, &ascii);
  g_assert_null (strstr (focus, "Longest"));
  day = trk_report_day (&report, &ascii);
  g_assert_null (strstr (day, "longest"));
  trk_figures_free (g_steal_pointer (&figures));
  fixture_entry (f, "2026-11-23 10:00", "2026-11-23 10:01", TRK_KIND_FOCUS, NULL);
  report.figures = figures = fixture_figures (f, WEEK, "2026-12-01 10:00");
  longer = trk_report_focus (&report, &ascii);
  g_assert_nonnull (strstr (longer, "   0:01  Mon 23 Nov  10:00"));
  g_assert_null (strstr (longer, " 0:00 "));
}

/* What reads like an error has its reason beside it: days of whole minutes that sum to less than
 * the seconds of all, and a goal that is met with no streak. What is ahead is not "not done". */
static void
test_reasons (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  g_autoptr (TrkFigures) day = NULL;
  TrkReport report = { .input = &f->input, .span = TRK_SPAN_WEEK };
  g_autofree char *week = NULL, *passed = NULL, *running = NULL;

  fixture_block (f, "A", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (f, "B", "2026-11-24 09:00", "2026-11-24 10:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-23 09:00", "2026-11-23 12:00", TRK_KIND_FOCUS, "A")->period.end +=
      40 * TRK_SECOND;
  fixture_entry (f, "2026-11-24 09:00", "2026-11-24 09:00", TRK_KIND_FOCUS, "B")->period.end +=
      40 * TRK_SECOND;
  f->input.focus_goal = TRK_HOUR;
  report.figures = figures = fixture_figures (f, WEEK, "2026-12-01 10:00");
  week = trk_report_week (&report, &unicode);
  g_assert_nonnull (strstr (week, "        3:00  <0:01\n"
                                  "        whole minutes; the sum has the seconds, too\n"));
  g_assert_nonnull (strstr (week, "focus ≥ 1 h a day: 151 % on average · streak 0 days\n"));
  report.span = TRK_SPAN_DAY;
  passed = trk_report_day (&report, &ascii);
  g_assert_nonnull (strstr (passed, "- planned, not done\n"));
  report.figures = day =
      fixture_figures (f, "2026-11-24 04:00", "2026-11-25 04:00", "2026-11-24 09:30");
  running = trk_report_day (&report, &ascii);
  g_assert_nonnull (strstr (running, "- planned, not done or still to come\n"));
}

/* Of a stretch that began the day before, no page says "in 0 stretches". */
static void
test_stretch_from_before (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  TrkReport report = { .input = &f->input, .span = TRK_SPAN_DAY };
  g_autofree char *day = NULL, *focus = NULL;

  fixture_entry (f, "2026-11-24 03:45", "2026-11-24 04:20", TRK_KIND_FOCUS, NULL);
  report.figures = figures =
      fixture_figures (f, "2026-11-24 04:00", "2026-11-25 04:00", "2026-11-25 12:00");
  day = trk_report_day (&report, &ascii);
  focus = trk_report_focus (&report, &ascii);
  g_assert_nonnull (strstr (day, "20 min of one of 25 min or more that began before"));
  g_assert_nonnull (strstr (focus, "of a stretch of 25 min or more that began"));
  g_assert_null (strstr (day, "0 of 25 min"));
}

/* Weeks of which nothing can be said yet are not lined up. */
static void
test_weeks_ahead (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  TrkReport report = { .input = &f->input, .span = TRK_SPAN_OTHER };
  g_autofree char *ahead = NULL, *begun = NULL;

  fixture_block (f, "Over", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (f, "Ahead", "2026-12-08 09:00", "2026-12-08 10:00", TRK_KIND_FOCUS);
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-12-14 04:00", "2026-11-20 10:00");
  report.figures = figures;
  ahead = trk_report_week (&report, &ascii);
  g_assert_cmpstr (strchr (ahead, '\n'), ==, "\n2 h of planned focus ahead.\n\n");
  trk_figures_free (g_steal_pointer (&figures));
  report.figures = figures =
      fixture_figures (f, "2026-11-23 04:00", "2026-12-14 04:00", "2026-12-01 10:00");
  begun = trk_report_week (&report, &ascii);
  g_assert_nonnull (strstr (begun, " 23-29 Nov "));
  g_assert_null (strstr (begun, " 30 Nov - 6 Dec"));
  g_assert_nonnull (strstr (begun, " ahead\n"));
}

/* A year is called by its number, this one too. */
static void
test_years (void)
{
  static const struct
  {
    const char *from, *to, *words;
  } rows[] = {
    { "2026-01-01 04:00", "2027-01-01 04:00", "Year 2026" },
    { "2025-01-01 04:00", "2026-01-01 04:00", "Year 2025" },
    { "2026-01-01 04:00", "2026-12-31 04:00", "1 January – 30 December" },
    { "2025-01-01 04:00", "2027-01-01 04:00", "1 January 2025 – 31 December" },
  };
  g_autoptr (Fixture) f = fixture_new ("UTC");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkFigures) figures =
          fixture_figures (f, rows[i].from, rows[i].to, "2026-12-01 10:00");
      g_autofree char *words = trk_words_period (figures->period, TRK_SPAN_OTHER, &f->input.almanac,
                                                 trk_day_from_ymd (2026, 12, 1));

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
test_nothing (void)
{
  static const Render renders[] = { trk_report_day, trk_report_week };

  for (gsize i = 0; i < G_N_ELEMENTS (renders); i++)
    {
      g_autoptr (Fixture) f = fixture_new ("UTC");
      g_autoptr (TrkFigures) figures = fixture_figures (f, WEEK, "2026-12-01 10:00");
      TrkReport report = { .input = &f->input, .figures = figures, .span = TRK_SPAN_WEEK };
      g_autofree char *page = renders[i](&report, &ascii);

      g_assert_cmpstr (page, ==, "Week 48 - 23-29 November\nNothing was planned or logged.\n");
    }
}

/* Titles come from calendars: whatever is in them, no line breaks, no escape, nothing too wide. */
static void
test_hostile_title (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  TrkEntry *entry = fixture_entry (f, "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS, NULL);
  TrkReport report = { .input = &f->input, .span = TRK_SPAN_DAY };
  g_autofree char *page = NULL;

  g_free (entry->title);
  entry->title =
      g_strdup ("\033[31mred\n%s%n \xff <b> \342\200\256 and a very long tail of a title "
                "that no terminal of sixty columns can show");
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", "2026-12-01 10:00");
  report.figures = figures;
  page = trk_report_day (&report, &ascii);
  g_assert_null (strchr (page, '\033'));
  g_assert_nonnull (strstr (page, "[31mred %s%n ? <b> and"));
  for (const char *line = page; *line != '\0'; line = strchr (line, '\n') + 1)
    g_assert_cmpint (strchr (line, '\n') - line, <=, 60);
}

static void
test_json (void)
{
  g_autoptr (Fixture) f = two_days ();
  g_autoptr (TrkFigures) figures = fixture_figures (f, WEEK, "2026-12-02 10:00");
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autoptr (JsonNode) root = NULL;
  TrkReport report = { .input = &f->input, .figures = figures, .span = TRK_SPAN_WEEK };
  JsonObject *object;

  trk_json_begin_object (builder);
  trk_report_add_json (&report, builder);
  trk_json_end_object (builder);
  root = trk_json_read_back (builder);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "from"), ==, "2026-11-23T03:00:00Z");
  g_assert_cmpint (json_object_get_int_member (object, "focus"), ==, 106 * 60);
  g_assert_cmpint (json_object_get_int_member (object, "planned"), ==, 150 * 60);
  g_assert_cmpint (json_object_get_int_member (object, "unknown"), ==, 600);
  g_assert_cmpint (json_object_get_int_member (object, "start_delay"), ==, 180);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (object, "days")), ==, 7);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "adherence"), 106.0 / 150,
                                  1e-9);
}

/* What cannot be known is null, not 0. */
static void
test_json_of_nothing (void)
{
  static const char *const unknown[] = { "adherence",       "focus_share",    "start_delay",
                                         "longest_stretch", "estimate_ratio", "goal" };
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = fixture_figures (f, WEEK, "2026-12-02 10:00");
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autoptr (JsonNode) root = NULL;
  TrkReport report = { .input = &f->input, .figures = figures, .span = TRK_SPAN_WEEK };

  trk_json_begin_object (builder);
  trk_report_add_json (&report, builder);
  trk_json_end_object (builder);
  root = trk_json_read_back (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_true (json_object_get_null_member (json_node_get_object (root), unknown[i]));
}

/* The day as a bar, of the status too: what was done before what was planned, what is open up to
 * now and no further, a day off without hours of its own. */
static void
test_timeline (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  g_autofree char *line = NULL;

  fixture_block (fixture, "off", "2026-11-23 04:00", "2026-11-24 04:00", TRK_KIND_OFF);
  fixture_block (fixture, "a", "2026-11-23 09:00", "2026-11-23 11:00", TRK_KIND_FOCUS);
  fixture_block (fixture, "b", "2026-11-23 13:00", "2026-11-23 15:00", TRK_KIND_MEETING);
  fixture_entry (fixture, "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS, NULL);
  fixture_entry (fixture, "2026-11-23 12:00", "2026-11-23 12:40", TRK_KIND_BREAK, NULL);
  fixture_entry (fixture, "2026-11-23 13:00", NULL, TRK_KIND_MEETING, NULL);
  figures = fixture_figures (fixture, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-23 14:00");
  line = trk_report_timeline (&fixture->input, &ascii, 6);
  g_assert_cmpstr (line, ==, "09 |#-.~=-| 15");
}

/* What is free shows where it takes half of a cell, and nothing planned is missing for that. */
static void
test_timeline_free (void)
{
  g_autoptr (Fixture) fixture = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;
  g_autofree char *line = NULL;

  fixture_block (fixture, "a", "2026-11-23 09:00", "2026-11-23 11:30", TRK_KIND_FOCUS);
  fixture_block (fixture, "b", "2026-11-23 12:00", "2026-11-23 13:40", TRK_KIND_FOCUS);
  fixture_block (fixture, "c", "2026-11-23 14:50", "2026-11-23 15:00", TRK_KIND_MEETING);
  fixture_block (fixture, "d", "2026-11-23 15:50", "2026-11-23 16:10", TRK_KIND_MEETING);
  figures = fixture_figures (fixture, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-23 08:00");
  line = trk_report_timeline (&fixture->input, &ascii, 8);
  g_assert_cmpstr (line, ==, "09 |--.----.| 17");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/years", test_years);
  g_test_add_func ("/pages/week", test_week);
  g_test_add_func ("/pages/week-in-ascii", test_week_in_ascii);
  g_test_add_func ("/pages/day", test_day);
  g_test_add_func ("/pages/timeline", test_timeline);
  g_test_add_func ("/pages/timeline-free", test_timeline_free);
  g_test_add_func ("/pages/before-the-first-trace", test_before_the_first_trace);
  g_test_add_func ("/pages/break-in-part", test_break_in_part);
  g_test_add_func ("/pages/focus", test_focus);
  g_test_add_func ("/pages/short-stretches", test_short_stretches);
  g_test_add_func ("/pages/reasons", test_reasons);
  g_test_add_func ("/pages/weeks-ahead", test_weeks_ahead);
  g_test_add_func ("/pages/stretch-from-before", test_stretch_from_before);
  g_test_add_func ("/pages/nothing", test_nothing);
  g_test_add_func ("/pages/hostile-title", test_hostile_title);
  g_test_add_func ("/pages/json", test_json);
  g_test_add_func ("/pages/json-of-nothing", test_json_of_nothing);
  return g_test_run ();
}
