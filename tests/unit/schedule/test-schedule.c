/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "schedule-fixture.h"
#include "trk-error.h"
#include "trk-index-update.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_day (Fixture *f, const char *date, const char *expected)
{
  g_autoptr (TrkPlan) plan = fixture_plan (f, fixture_day (f, date));
  g_autofree char *text = fixture_plan_text (f, plan);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_no_calendars (Fixture *f, gconstpointer data)
{
  assert_day (f, "2026-11-23", "");
  g_assert_cmpuint (f->warnings->len, ==, 0);
  /* nothing to know: no index is made */
  g_assert_false (g_file_test (f->index_path, G_FILE_TEST_EXISTS));
}

/* The index is brought up to date by whoever asks. */
static void
test_follows_the_file (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus A 20261123T090000/20261123T100000\n");
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  fixture_write (
      f, "work",
      "focus A 20261123T093000/20261123T100000\nbreak B 20261123T100000/20261123T101500\n");
  assert_day (f, "2026-11-23", "0930-1000 focus A\n1000-1015 break B\n");
  fixture_write (f, "home", "off C 20261123T180000/20261123T190000\n");
  assert_day (f, "2026-11-23", "0930-1000 focus A\n1000-1015 break B\n1800-1900 off C\n");
}

static void
test_far_away (Fixture *f, gconstpointer data)
{
  TrkIndex *index;

  fixture_write (
      f, "work",
      "focus A 20261123T090000/20261123T100000\nfocus B 20390704T090000/20390704T100000\n");
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  assert_day (f, "2039-07-04", "0900-1000 focus B\n");
  index = trk_index_open (f->index_path, NULL);
  g_assert_cmpint (trk_period_length (trk_index_window (index)), <, 5 * 365 * 24 * TRK_HOUR);
  g_clear_pointer (&index, trk_index_close);
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
}

static void
test_unreadable_calendar (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->home, "missing.ics", NULL);

  fixture_write (f, "work", "focus A 20261123T090000/20261123T100000\n");
  fixture_add_path (f, "gone", missing);
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  g_assert_cmpuint (f->warnings->len, >=, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (f->warnings, 0), "missing.ics"));
}

/* An empty download is not "everything cancelled". */
static void
test_emptied_calendar (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->home, "work.ics", NULL);

  fixture_write (f, "work", "focus A 20261123T090000/20261123T100000\n");
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  g_assert_cmpuint (f->warnings->len, ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  g_assert_cmpuint (f->warnings->len, >=, 1);
}

/* What stays though its file has gone is told each time it is used. */
static void
test_vanished_calendar (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->home, "work.ics", NULL);

  fixture_write (f, "work", "focus A 20261123T090000/20261123T100000\n");
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  g_assert_cmpint (g_unlink (path), ==, 0);
  for (guint i = 1; i <= 2; i++)
    {
      assert_day (f, "2026-11-23", "0900-1000 focus A\n");
      g_assert_cmpuint (f->warnings->len, ==, i);
      g_assert_nonnull (strstr (g_ptr_array_index (f->warnings, i - 1), "last good state"));
    }
}

/* The indexer cannot be started: what was known stays, and it is told. */
static void
test_no_indexer (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_strdup (g_getenv ("TRACKERD_LIBEXEC_DIR"));

  fixture_write (f, "work", "focus A 20261123T090000/20261123T100000\n");
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  fixture_write (f, "work", "focus B 20261123T110000/20261123T120000\n");
  g_setenv ("TRACKERD_LIBEXEC_DIR", f->home, TRUE);
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  g_assert_cmpuint (f->warnings->len, ==, 1);
  g_setenv ("TRACKERD_LIBEXEC_DIR", folder, TRUE);
  assert_day (f, "2026-11-23", "1100-1200 focus B\n");
}

static void
write_text (const char *path, const char *text, int mode)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

/* An upgrade puts another indexer beside the daemon that runs: what it writes may be none that is
 * known here, and to say that nothing is planned would be untrue. */
static void
test_indexer_of_another_version (Fixture *f, gconstpointer data)
{
  g_autofree char *own = g_strdup (g_getenv ("TRACKERD_LIBEXEC_DIR"));
  g_autofree char *folder = g_build_filename (f->home, "libexec", NULL);
  g_autofree char *program = g_build_filename (folder, "trackerd-indexer", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  fixture_write (f, "work", "focus A 20261123T090000/20261123T100000\n");
  assert_day (f, "2026-11-23", "0900-1000 focus A\n");
  g_assert_true (g_file_get_contents (f->index_path, &bytes, &length, NULL));
  bytes[71] = '\x7f'; /* the last byte of its mark */
  g_assert_true (g_file_set_contents (f->index_path, bytes, (gssize) length, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_text (program, "#!/bin/sh\n", 0700);
  g_setenv ("TRACKERD_LIBEXEC_DIR", folder, TRUE);
  found = trk_schedule_occurrences (f->config, f->index_path, fixture_day (f, "2026-11-23"),
                                    f->zone, f->now, f->warnings, &error);
  g_setenv ("TRACKERD_LIBEXEC_DIR", own, TRUE);
  g_assert_error (error, TRK_ERROR, TRK_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "another version"));
  g_assert_null (found);
  g_unlink (program);
  g_rmdir (folder);
}

/* A day's border (04:00) neither cuts a block nor decides an overlap. */
static void
test_over_the_border (Fixture *f, gconstpointer data)
{
  static const char expected[] = "2300-0330 shallow Night\n0330-0430 meeting Call\n"
                                 "0430-0600 shallow Night\n";
  g_autoptr (TrkPlan) first = NULL, second = NULL;

  fixture_write (f, "work",
                 "shallow Night 20261123T230000/20261124T060000\n"
                 "meeting Call 20261124T033000/20261124T043000\n");
  assert_day (f, "2026-11-23", "2300-0330 shallow Night\n0330-0430 meeting Call\n");
  assert_day (f, "2026-11-24", "0330-0430 meeting Call\n0430-0600 shallow Night\n");
  first = fixture_plan (
      f, (TrkPeriod){ fixture_at (f, "2026-11-23 20:00"), fixture_at (f, "2026-11-24 08:00") });
  second = fixture_plan (f, fixture_day (f, "2026-11-24"));
  {
    g_autofree char *text = fixture_plan_text (f, first);

    g_assert_cmpstr (text, ==, expected);
  }
  g_assert_cmpstr (((TrkBlock *) g_ptr_array_index (first->blocks, 2))->id, ==, "work/Night#2");
  g_assert_cmpstr (((TrkBlock *) g_ptr_array_index (second->blocks, 1))->id, ==, "work/Night#2");
}

/* The pieces of a long event are numbered the same from whichever day one looks. */
static void
test_long_event (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkPlan) week = NULL;

  fixture_write (f, "work",
                 "shallow Project 20261116T090000/20261127T170000\n"
                 "meeting A 20261117T100000/20261117T110000\n"
                 "meeting B 20261120T100000/20261120T110000\n"
                 "meeting C 20261125T100000/20261125T110000\n");
  week =
      fixture_plan (f, (TrkPeriod){ fixture_at (f, "2026-11-16"), fixture_at (f, "2026-11-28") });
  g_assert_cmpuint (week->blocks->len, ==, 7);
  for (guint i = 0; i < week->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (week->blocks, i);
      TrkInstant middle = block->period.start + trk_period_length (block->period) / 2;
      TrkPeriod look = { middle, middle + TRK_MINUTE };
      g_autoptr (TrkPlan) there = fixture_plan (f, look);

      g_assert_cmpuint (there->blocks->len, ==, 1);
      g_assert_cmpstr (((TrkBlock *) g_ptr_array_index (there->blocks, 0))->id, ==, block->id);
    }
}

static void
write_calendar (Fixture *f, const char *name, const char *event)
{
  g_autofree char *file = g_strconcat (name, ".ics", NULL);
  g_autofree char *path = g_build_filename (f->home, file, NULL);
  g_autofree char *ics = g_strconcat (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:h\r\n"
      "DTSTAMP:20260101T000000Z\r\n",
      event, "END:VEVENT\r\nEND:VCALENDAR\r\n", NULL);

  g_assert_true (g_file_set_contents (path, ics, -1, NULL));
  fixture_add_path (f, name, path);
}

static char *
date_text (TrkDay day)
{
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d%02d%02d", year, month, mday);
}

/* What lies beyond all that was read of the calendars cuts a block as well that reaches there: a
 * meeting is every week, before that and behind. */
static void
test_beyond_what_was_read (Fixture *f, gconstpointer data)
{
  static const int at[] = { -10, 11, -2, -2 }; /* days from where the reading ends */
  TrkDay day = trk_zone_local (f->zone, trk_index_usual_window (f->now).end).day;
  char *dates[G_N_ELEMENTS (at)];
  g_autofree char *project = NULL;
  g_autofree char *meeting = NULL;
  g_autoptr (TrkPlan) plan = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    dates[i] = date_text (day + at[i]);
  project = g_strdup_printf ("shallow Project %sT100000/%sT100000\n", dates[0], dates[1]);
  meeting = g_strdup_printf ("DTSTART;TZID=Europe/Berlin:%sT100000\r\n"
                             "DTEND;TZID=Europe/Berlin:%sT110000\r\n"
                             "RRULE:FREQ=WEEKLY\r\nSUMMARY:Meeting\r\n",
                             dates[2], dates[3]);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    g_free (dates[i]);
  fixture_write (f, "work", project);
  write_calendar (f, "weekly", meeting);
  plan = fixture_plan (f, (TrkPeriod){ trk_zone_instant (f->zone, (TrkLocal){ .day = day - 1 }),
                                       trk_zone_instant (f->zone, (TrkLocal){ .day = day }) });
  g_assert_cmpuint (plan->blocks->len, ==, 1);
  g_assert_cmpint (((TrkBlock *) plan->blocks->pdata[0])->period.end, ==,
                   trk_zone_instant (f->zone, (TrkLocal){ .day = day + 5, .time = 10 * TRK_HOUR }));
}

/* Each is stronger than the one before, which keeps too little beside it, and so leaves its time to
 * the one before that: the last one, twenty minutes behind the block that is asked for, decides
 * where that ends. */
static void
test_chain_of_small_pieces (Fixture *f, gconstpointer data)
{
  static const char five[] = "routine A 20261123T090000/20261123T100000\n"
                             "shallow B 20261123T095700/20261123T110000\n"
                             "focus C 20261123T100100/20261123T110000\n"
                             "break D 20261123T100500/20261123T110000\n"
                             "meeting E 20261123T100900/20261123T110000\n"
                             "off F 20261123T101300/20261123T110000\n";
  g_autofree char *six = g_strconcat (five, "off G 20261123T101700/20261123T105000\n", NULL);
  const char *const rows[][2] = { { five, "0900-0957 routine A\n" },
                                  { six, "0900-1000 routine A\n" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkPeriod asked = { fixture_at (f, "2026-11-23 09:00"), fixture_at (f, "2026-11-23 09:30") };
      g_autoptr (TrkPlan) plan = NULL;
      g_autofree char *text = NULL;

      fixture_write (f, "work", rows[i][0]);
      plan = fixture_plan (f, asked);
      text = fixture_plan_text (f, plan);
      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

/* The night after a holiday, with nothing else near, and after one at whose end the clock is set
 * back: its midnights are over for longer than the start of the day says. */
static void
test_night_after_a_day_off (Fixture *f, gconstpointer data)
{
  static const char *const nights[][2] = { { "2026-10-25 03:50", "2026-10-25 03:55" },
                                           { "2026-10-25 00:30", "2026-10-25 00:35" } };

  write_calendar (f, "holidays", "DTSTART;VALUE=DATE:20261024\r\nSUMMARY:Vacation\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      TrkPeriod night = { fixture_at (f, nights[i][0]), fixture_at (f, nights[i][1]) };
      g_autoptr (TrkPlan) plan = fixture_plan (f, night);
      g_autofree char *text = fixture_plan_text (f, plan);

      g_assert_cmpstr (text, ==, "0400-0400 off Vacation\n");
    }
}

/* Two days off are numbered the same from each of them, also where the clock is set back. */
static void
test_two_days_off (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkPlan) sunday = NULL;
  g_autofree char *text = NULL;

  f->config->policies.precedence[0] = TRK_KIND_MEETING;
  f->config->policies.precedence[1] = TRK_KIND_OFF;
  write_calendar (f, "holidays",
                  "DTSTART;VALUE=DATE:20261024\r\nDTEND;VALUE=DATE:20261026\r\n"
                  "SUMMARY:Vacation\r\n");
  fixture_write (f, "work",
                 "meeting A 20261024T100000/20261024T110000\n"
                 "meeting B 20261025T120000/20261025T130000\n");
  sunday = fixture_plan (f, fixture_day (f, "2026-10-25"));
  text = fixture_plan_text (f, sunday);
  g_assert_cmpstr (text, ==,
                   "1100-1200 off Vacation\n1200-1300 meeting B\n1300-0400 off Vacation\n");
  g_assert_cmpstr (((TrkBlock *) sunday->blocks->pdata[0])->id, ==, "holidays/h#2");
  g_assert_cmpstr (((TrkBlock *) sunday->blocks->pdata[2])->id, ==, "holidays/h#3");
}

static void
test_all_day_off (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->home, "holidays.ics", NULL);
  static const char ics[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:h\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261123\r\n"
      "DTEND;VALUE=DATE:20261125\r\nSUMMARY:Vacation\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:i\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261126\r\nSUMMARY:Fair\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (TrkPlan) plan = NULL;
  const TrkBlock *block;

  g_assert_true (g_file_set_contents (path, ics, -1, NULL));
  fixture_add_path (f, "holidays", path);
  fixture_write (f, "work", "focus A 20261124T090000/20261124T100000\n");
  plan = fixture_plan (f, fixture_day (f, "2026-11-24"));
  g_assert_cmpuint (plan->blocks->len, ==, 1);
  block = g_ptr_array_index (plan->blocks, 0);
  g_assert_cmpint (block->kind, ==, TRK_KIND_OFF);
  g_assert_cmpint (block->planned.start, ==, fixture_at (f, "2026-11-23"));
  g_assert_cmpint (block->planned.end, ==, fixture_at (f, "2026-11-25"));
  g_assert_cmpint (block->period.start, ==, fixture_day (f, "2026-11-23").start);
  g_assert_cmpint (block->period.end, ==, fixture_day (f, "2026-11-24").end);
  g_assert_cmpuint (plan->squeezed->len, ==, 1);
  assert_day (f, "2026-11-26", "");
}

/* What starts before start_of_day is of the day before: a holiday takes no night away that belongs
 * to another day, and all of the night that follows it. */
static void
test_off_from_start_of_day (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->home, "holidays.ics", NULL);
  static const char ics[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:h\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261124\r\nSUMMARY:Vacation\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";

  g_assert_true (g_file_set_contents (path, ics, -1, NULL));
  fixture_add_path (f, "holidays", path);
  fixture_write (f, "work",
                 "shallow Before 20261123T230000/20261124T030000\n"
                 "shallow After 20261124T230000/20261125T030000\n");
  assert_day (f, "2026-11-23", "2300-0300 shallow Before\n");
  assert_day (f, "2026-11-24", "0400-0400 off Vacation\n");
  assert_day (f, "2026-11-25", "");
  {
    /* the night after the holiday, asked for alone: its midnights are over */
    TrkPeriod night = { fixture_at (f, "2026-11-25 01:00"), fixture_at (f, "2026-11-25 02:00") };
    g_autoptr (TrkPlan) plan = fixture_plan (f, night);
    g_autofree char *text = fixture_plan_text (f, plan);

    g_assert_cmpstr (text, ==, "0400-0400 off Vacation\n");
  }
}

/* A kind that is none is told with its line; the event is planned all the same. */
static void
test_unknown_kind (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) diagnostics = NULL;
  const TrkDiagnostic *diagnostic;

  fixture_write (f, "work",
                 "siesta A 20261123T090000/20261123T100000\n"
                 "Focus B 20261123T110000/20261123T120000\n");
  assert_day (f, "2026-11-23", "0900-1000 shallow A\n1100-1200 focus B\n");
  index = trk_index_open (f->index_path, NULL);
  diagnostics = trk_index_diagnostics (index, NULL, NULL);
  g_assert_cmpuint (diagnostics->len, ==, 1);
  diagnostic = g_ptr_array_index (diagnostics, 0);
  g_assert_cmpstr (diagnostic->property, ==, "X-TRACKERD-KIND");
  g_assert_cmpuint (diagnostic->line, ==, 10);
  g_assert_nonnull (strstr (diagnostic->reason, "shallow, meeting"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/schedule/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-calendars", test_no_calendars);
  ADD ("follows-the-file", test_follows_the_file);
  ADD ("far-away", test_far_away);
  ADD ("unreadable-calendar", test_unreadable_calendar);
  ADD ("emptied-calendar", test_emptied_calendar);
  ADD ("vanished-calendar", test_vanished_calendar);
  ADD ("no-indexer", test_no_indexer);
  ADD ("indexer-of-another-version", test_indexer_of_another_version);
  ADD ("over-the-border", test_over_the_border);
  ADD ("long-event", test_long_event);
  ADD ("beyond-what-was-read", test_beyond_what_was_read);
  ADD ("chain-of-small-pieces", test_chain_of_small_pieces);
  ADD ("night-after-a-day-off", test_night_after_a_day_off);
  ADD ("two-days-off", test_two_days_off);
  ADD ("all-day-off", test_all_day_off);
  ADD ("off-from-start-of-day", test_off_from_start_of_day);
  ADD ("unknown-kind", test_unknown_kind);
  return g_test_run ();
}
