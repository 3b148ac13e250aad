/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include "trk-index-schema.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Only what changed is taken apart, and the index is the same as one that is made anew. */

/* Brings up to date, compares, and tells how many series were taken apart for it. */
static void
expect_by (TrkIndexFixture *fixture, const char *want, guint taken_apart)
{
  trk_index_expect (fixture, want);
  g_assert_cmpuint (fixture->taken_apart, ==, taken_apart);
}

#define A EVENT ("a", "DTSTART:20261120T090000Z\r\nSUMMARY:a\r\n")
#define A_LINE "2026-11-20T09:00:00Z/2026-11-20T09:00:00Z a\n"
#define B EVENT ("b", "DTSTART:20261121T090000Z\r\nRRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:b\r\n")
#define B_LINES                                                                                    \
  "2026-11-21T09:00:00Z/2026-11-21T09:00:00Z b\n2026-11-22T09:00:00Z/2026-11-22T09:00:00Z b\n"
#define B_SHORTER EVENT ("b", "DTSTART:20261121T090000Z\r\nSUMMARY:b\r\n")
#define B_LINE "2026-11-21T09:00:00Z/2026-11-21T09:00:00Z b\n"
#define B_MOVED                                                                                    \
  EVENT ("b", "RECURRENCE-ID:20261122T090000Z\r\nDTSTART:20261125T090000Z\r\nSUMMARY:m\r\n")
#define B_MOVED_LINE "2026-11-25T09:00:00Z/2026-11-25T09:00:00Z m\n"

static void
test_one_file (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics", A B GOOD);
  expect_by (fixture, A_LINE B_LINES GOOD_LINE, 3);
  trk_index_write_events (fixture, "a.ics", GOOD B A); /* moved about in the file */
  expect_by (fixture, A_LINE B_LINES GOOD_LINE, 0);
  trk_index_write_events (fixture, "a.ics", GOOD B_SHORTER A);
  expect_by (fixture, A_LINE B_LINE GOOD_LINE, 1);
  trk_index_write_events (fixture, "a.ics", GOOD A);
  expect_by (fixture, A_LINE GOOD_LINE, 0);
  trk_index_write_events (fixture, "a.ics", GOOD B A B_MOVED);
  expect_by (fixture, A_LINE B_LINE GOOD_LINE B_MOVED_LINE, 1);
  trk_index_write_events (fixture, "a.ics", GOOD B A); /* the instance is where it was again */
  expect_by (fixture, A_LINE B_LINES GOOD_LINE, 1);
}

/* The same text twice is two events, and stays two. */
static void
test_same_text_twice (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics", A A GOOD);
  expect_by (fixture, A_LINE A_LINE GOOD_LINE, 2);
  trk_index_write_events (fixture, "a.ics", A A GOOD OTHER);
  expect_by (fixture, A_LINE A_LINE GOOD_LINE OTHER_LINE, 1);
  trk_index_write_events (fixture, "a.ics", A GOOD OTHER);
  expect_by (fixture, A_LINE GOOD_LINE OTHER_LINE, 1);
}

#define ZONE(offset)                                                                               \
  "BEGIN:VTIMEZONE\r\nTZID:mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"                  \
  "TZOFFSETFROM:" offset "\r\nTZOFFSETTO:" offset "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define ZONED EVENT ("z", "DTSTART;TZID=mine:20261123T120000\r\nSUMMARY:z\r\n")

/* What an event depends on may change where it does not. */
static void
test_around_the_events (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics", ZONE ("+0100") ZONED);
  trk_index_expect (fixture, "2026-11-23T11:00:00Z/2026-11-23T11:00:00Z z\n");
  trk_index_write_events (fixture, "a.ics", ZONE ("+0200") ZONED);
  trk_index_expect (fixture, "2026-11-23T10:00:00Z/2026-11-23T10:00:00Z z\n");
  trk_index_write_events (fixture, "a.ics", "METHOD:CANCEL\r\n" ZONE ("+0200") ZONED);
  trk_index_expect (fixture, "");
}

/* Which VCALENDAR an event stands in decides, too. */
static void
test_between_calendars (TrkIndexFixture *fixture, gconstpointer data)
{
#define CANCELLED "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n"
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics", A CANCELLED GOOD);
  trk_index_expect (fixture, A_LINE);
  trk_index_write_events (fixture, "a.ics", GOOD CANCELLED A);
  trk_index_expect (fixture, GOOD_LINE);
#undef CANCELLED
}

/* What was found wrong is told again, though nothing about it changed. */
static void
test_findings_stay (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char bad[] = EVENT ("bad", "DTSTART:20260230T090000Z\r\n");
  static const char odd[] =
      EVENT ("odd", "DTSTART:20261123T090000Z\r\nDTEND:20261123T080000Z\r\nSUMMARY:odd\r\n");
  g_autofree char *first = g_strconcat (bad, odd, A, NULL);
  g_autofree char *second = g_strconcat (OTHER, bad, odd, A, NULL);

  trk_index_add_calendar (fixture, "work", "a.ics");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TrkIndex) index = NULL;

      trk_index_write_events (fixture, "a.ics", i == 0 ? first : second);
      index = trk_index_bring_up (fixture);
      g_assert_true (trk_index_is_told (index, "there is no such day"));
      g_assert_true (trk_index_is_told (index, "end is before the start"));
    }
  g_assert_cmpuint (fixture->taken_apart, ==, 3); /* all but "a" */
}

/* -- Several files ----------------------------------------------------------------------------- */

static void
test_folder (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *master = trk_index_path_of (fixture, "dir/b.ics");

  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_write_events (fixture, "dir/a.ics", A);
  trk_index_write_events (fixture, "dir/b.ics", B);
  trk_index_write_events (fixture, "dir/c.ics", GOOD B_MOVED);
  expect_by (fixture, A_LINE B_LINE GOOD_LINE B_MOVED_LINE, 3);
  trk_index_write_events (fixture, "dir/b.ics", B_SHORTER); /* its sibling is read with it */
  expect_by (fixture, A_LINE B_LINE GOOD_LINE B_MOVED_LINE, 1);
  g_unlink (master);
  expect_by (fixture, A_LINE GOOD_LINE B_MOVED_LINE, 1);
  trk_index_write_events (fixture, "dir/b.ics", B);
  expect_by (fixture, A_LINE B_LINE GOOD_LINE B_MOVED_LINE, 1);
}

/* The newer of two versions cannot be used, so neither is: when it goes, the older one counts,
 * whose file did not change. */
static void
test_refused_sibling (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *newer = trk_index_path_of (fixture, "dir/new.ics");

  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_write_events (fixture, "dir/new.ics",
                          EVENT ("u", "DTSTART:20260101T000000Z\r\nSEQUENCE:2\r\n"
                                      "RRULE:FREQ=SECONDLY\r\nSUMMARY:new\r\n"));
  trk_index_write_events (fixture, "dir/old.ics",
                          EVENT ("u", "DTSTART:20261123T090000Z\r\nSEQUENCE:1\r\n"
                                      "SUMMARY:old\r\n"));
  trk_index_expect (fixture, "");
  g_unlink (newer);
  trk_index_expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z old\n");
}

/* -- What happens often ------------------------------------------------------------------------ */

#define FIVE(uid)                                                                                  \
  EVENT (uid, "DTSTART:20261123T090000Z\r\nRRULE:FREQ=DAILY;COUNT=5\r\nSUMMARY:" uid "\r\n")
#define FIVE_EACH(uid)                                                                             \
  "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z " uid "\n"                                            \
  "2026-11-24T09:00:00Z/2026-11-24T09:00:00Z " uid "\n"                                            \
  "2026-11-25T09:00:00Z/2026-11-25T09:00:00Z " uid "\n"                                            \
  "2026-11-26T09:00:00Z/2026-11-26T09:00:00Z " uid "\n"                                            \
  "2026-11-27T09:00:00Z/2026-11-27T09:00:00Z " uid "\n"

/* How many events all calendars are said to have. */
static gint64
count_events (TrkIndexFixture *fixture)
{
  g_autoptr (TrkIndex) index = trk_index_open (fixture->index_path, NULL);
  g_autoptr (GPtrArray) summaries = trk_index_summaries (index, NULL);
  gint64 n = 0;

  for (guint i = 0; i < summaries->len; i++)
    n += ((const TrkIndexSummary *) g_ptr_array_index (summaries, i))->events;
  return n;
}

/* So many events happen often and so many do not, the former lie in front, and no occurrence is
 * one of an event that went. */
static void
expect_in_front (TrkIndexFixture *fixture, gint64 often, gint64 seldom)
{
  g_autoptr (TrkDb) db = trk_index_schema_read (fixture->index_path, NULL);
  g_autoptr (TrkQuery) query = NULL;

  g_assert_nonnull (db);
  query =
      trk_db_query (db, NULL,
                    "SELECT count (*) FILTER (WHERE times > 3),"
                    " count (*) FILTER (WHERE times < 4),"
                    " ifnull (max (id) FILTER (WHERE times > 3)"
                    "  < min (id) FILTER (WHERE times < 4), 1),"
                    " ifnull (sum (times), 0) = (SELECT count (*) FROM occurrences) FROM events",
                    "");
  g_assert_true (trk_query_next (query));
  g_assert_cmpint (trk_query_int (query, 0), ==, often);
  g_assert_cmpint (trk_query_int (query, 1), ==, seldom);
  g_assert_cmpint (trk_query_int (query, 2), ==, 1);
  g_assert_cmpint (trk_query_int (query, 3), ==, 1);
  g_assert_cmpint (count_events (fixture), ==, often + seldom);
}

/* Of whichever file; and it goes with its file, as the others. */
static void
test_often (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_add_calendar (fixture, "one", "one.ics");
  trk_index_add_calendar (fixture, "two", "two.ics");
  trk_index_write_events (fixture, "one.ics", A B FIVE ("e"));
  trk_index_write_events (fixture, "two.ics", "");
  expect_by (fixture, A_LINE B_LINES FIVE_EACH ("e"), 3);
  expect_in_front (fixture, 1, 2);
  trk_index_write_events (fixture, "two.ics", FIVE ("f") OTHER);
  trk_index_write_events (fixture, "one.ics", A B_SHORTER);
  expect_by (fixture,
             A_LINE B_LINE "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z f\n"
                           "2026-11-24T09:00:00Z/2026-11-24T09:00:00Z f\n" OTHER_LINE
                           "2026-11-25T09:00:00Z/2026-11-25T09:00:00Z f\n"
                           "2026-11-26T09:00:00Z/2026-11-26T09:00:00Z f\n"
                           "2026-11-27T09:00:00Z/2026-11-27T09:00:00Z f\n",
             3);
  expect_in_front (fixture, 1, 3);
  trk_index_write_events (fixture, "two.ics", "");
  trk_index_write_events (fixture, "one.ics", FIVE ("b") A); /* one of the others before */
  expect_by (fixture, A_LINE FIVE_EACH ("b"), 1);
  expect_in_front (fixture, 1, 1);
  trk_index_write_events (fixture, "one.ics", "");
  expect_by (fixture, "", 0);
  expect_in_front (fixture, 0, 0);
}

/* -- The window, the zone data ----------------------------------------------------------------- */

/* What happens once is in the index whatever its window; only what recurs is taken apart again. */
static void
test_wider_window (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_write_events (fixture, "dir/a.ics", GOOD A);
  trk_index_write_events (fixture, "dir/b.ics",
                          EVENT ("w", "DTSTART:20261201T090000Z\r\nRRULE:FREQ=MONTHLY;COUNT=3\r\n"
                                      "SUMMARY:w\r\n"));
  fixture->window =
      (TrkPeriod){ trk_index_iso ("2026-12-01T00:00:00Z"), trk_index_iso ("2026-12-02T00:00:00Z") };
  expect_by (fixture, "2026-12-01T09:00:00Z/2026-12-01T09:00:00Z w\n", 3);
  fixture->window =
      (TrkPeriod){ trk_index_iso ("2026-11-01T00:00:00Z"), trk_index_iso ("2027-02-02T00:00:00Z") };
  expect_by (fixture,
             A_LINE GOOD_LINE "2026-12-01T09:00:00Z/2026-12-01T09:00:00Z w\n"
                              "2027-01-01T09:00:00Z/2027-01-01T09:00:00Z w\n"
                              "2027-02-01T09:00:00Z/2027-02-01T09:00:00Z w\n",
             1);
}

#define HOURLY(uid) EVENT (uid, "DTSTART:20250101T000000Z\r\nRRULE:FREQ=HOURLY\r\nSUMMARY:h\r\n")

/* A calendar that fills more than half of what may be kept: what is written anew for another window
 * takes the place of what was there, and nothing is left out for want of room. */
static void
test_full_calendar (TrkIndexFixture *fixture, gconstpointer data)
{
  const TrkDuration week = 7 * 24 * TRK_HOUR;

  trk_index_add_calendar (fixture, "work", "full.ics");
  trk_index_write_events (fixture, "full.ics",
                          HOURLY ("1") HOURLY ("2") HOURLY ("3") HOURLY ("4") HOURLY ("5"));
  fixture->window.start = trk_index_iso ("2025-10-01T00:00:00Z");
  fixture->window.end = fixture->window.start + 70 * week;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TrkIndex) index = trk_index_bring_up (fixture);

      g_assert_false (trk_index_is_told (index, "more occurrences"));
      g_assert_cmpuint (fixture->taken_apart, ==, 5);
      fixture->window.end += week;
    }
}

static void
copy_zone (const char *from, const char *folder)
{
  g_autofree char *source = g_build_filename ("/usr/share/zoneinfo", from, NULL);
  g_autofree char *target = g_build_filename (folder, "Berlin", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
}

/* New zone data moves events of files that are as they were. */
static void
test_zone_data (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = trk_index_path_of (fixture, "zones");

  g_mkdir (folder, 0700);
  copy_zone ("Europe/Berlin", folder);
  g_setenv ("TZDIR", folder, TRUE);
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics",
                          EVENT ("z", "DTSTART;TZID=Berlin:20261123T120000\r\nSUMMARY:z\r\n"));
  trk_index_expect (fixture, "2026-11-23T11:00:00Z/2026-11-23T11:00:00Z z\n");
  copy_zone ("Asia/Tokyo", folder);
  trk_index_expect (fixture, "2026-11-23T03:00:00Z/2026-11-23T03:00:00Z z\n");
  g_unsetenv ("TZDIR");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/incremental/" name, TrkIndexFixture, NULL, trk_index_set_up, function,       \
              trk_index_tear_down)
  ADD ("one-file", test_one_file);
  ADD ("same-text-twice", test_same_text_twice);
  ADD ("around-the-events", test_around_the_events);
  ADD ("between-calendars", test_between_calendars);
  ADD ("findings-stay", test_findings_stay);
  ADD ("folder", test_folder);
  ADD ("refused-sibling", test_refused_sibling);
  ADD ("often", test_often);
  ADD ("wider-window", test_wider_window);
  ADD ("full-calendar", test_full_calendar);
  ADD ("zone-data", test_zone_data);
  return g_test_run ();
}
