/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include "trk-index-files.h"
#include "trk-index-private.h"
#include "trk-index-writer.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files that change, vanish, break, share a UID. */

static void
test_freshness (TrkIndexFixture *fixture, gconstpointer data)
{
  const TrkPeriod later = { trk_index_iso ("2030-01-01T00:00:00Z"),
                            trk_index_iso ("2030-02-01T00:00:00Z") };
  g_autoptr (TrkIndex) index = NULL;

  g_assert_null (trk_index_open (fixture->index_path, NULL));
  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_expect (fixture, GOOD_LINE);
  index = trk_index_open (fixture->index_path, NULL);
  g_assert_false (trk_index_is_fresh (index, fixture->calendars, later, FALSE));
  trk_index_write_events (fixture, "dir/b.ics", OTHER);
  g_assert_false (trk_index_is_fresh (index, fixture->calendars, fixture->window, FALSE));
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  trk_index_add_calendar (fixture, "second", "none.ics");
  g_assert_false (trk_index_is_fresh (index, fixture->calendars, fixture->window, FALSE));
}

static void
assert_fresh (TrkIndexFixture *fixture, gboolean alone, gboolean watched)
{
  g_autoptr (TrkIndex) index = trk_index_open (fixture->index_path, NULL);

  g_assert_cmpint (trk_index_is_fresh (index, fixture->calendars, fixture->window, FALSE), ==,
                   alone);
  g_assert_cmpint (trk_index_is_fresh (index, fixture->calendars, fixture->window, TRUE), ==,
                   watched);
}

static void
write_in_place (TrkIndexFixture *fixture, const char *name)
{
  g_autofree char *path = trk_index_path_of (fixture, name);
  FILE *file = g_fopen (path, "ae");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs ("\r\n", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Where a daemon watches a folder, only what is written in place there is left to it: what comes,
 * goes or is replaced by a rename is seen, and so is any change of a calendar that is one file. */
static void
test_watched (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_write_events (fixture, "one.ics", OTHER);
  trk_index_add_calendar (fixture, "folder", "dir");
  trk_index_add_calendar (fixture, "file", "one.ics");
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  assert_fresh (fixture, TRUE, TRUE);
  write_in_place (fixture, "dir/a.ics");
  assert_fresh (fixture, FALSE, TRUE);
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  write_in_place (fixture, "one.ics");
  assert_fresh (fixture, FALSE, FALSE);
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  trk_index_write_events (fixture, "dir/a.ics", GOOD); /* by a rename */
  assert_fresh (fixture, FALSE, FALSE);
}

/* A file that left its folder was deleted; a folder that is gone is not "everything cancelled". */
static void
test_deleted_file_and_vanished_folder (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *file = trk_index_path_of (fixture, "dir/b.ics");
  g_autofree char *folder = trk_index_path_of (fixture, "dir");
  g_autofree char *away = trk_index_path_of (fixture, "away");

  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_write_events (fixture, "dir/b.ics", OTHER);
  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  g_unlink (file);
  trk_index_expect (fixture, GOOD_LINE);
  g_rename (folder, away);
  trk_index_expect (fixture, GOOD_LINE);
  g_rename (away, folder);
  trk_index_write_events (fixture, "dir/b.ics", OTHER);
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
}

enum
{
  MANY = 700 /* files: more than one thread looks at */
};

/* The same of a large folder, which must not keep the other calendars from being read. */
static void
test_vanished_large_folder (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = trk_index_path_of (fixture, "dir");
  g_autofree char *away = trk_index_path_of (fixture, "away");

  for (guint i = 1; i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("dir/%u.ics", i);

      trk_index_write_events (fixture, name, "");
    }
  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_add_calendar (fixture, "large", "dir");
  trk_index_add_calendar (fixture, "other", "b.ics");
  trk_index_expect (fixture, GOOD_LINE);
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  trk_index_write_events (fixture, "b.ics", OTHER);
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
}

/* A calendar that is reached another way is another one, though its files look the same. */
static void
test_other_way_to_the_same (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *link = trk_index_path_of (fixture, "link");

  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_write_events (fixture, "dir/b.ics", OTHER);
  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  g_assert_cmpint (symlink ("dir", link), ==, 0);
  g_ptr_array_set_size (fixture->calendars, 0);
  trk_index_add_calendar (fixture, "work", "link");
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
}

static void
test_last_good_state (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const broken[] = { "", "<html>", "BEGIN:VCALENDAR\r\n",
                                        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTST",
                                        "garbage" };
  g_autofree char *path = trk_index_path_of (fixture, "a.ics");

  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_expect (fixture, GOOD_LINE);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (TrkIndex) index = NULL;

      trk_index_write_bytes (fixture, "a.ics", broken[i], -1);
      trk_index_expect (fixture, GOOD_LINE);
      index = trk_index_open (fixture->index_path, NULL);
      g_assert_true (trk_index_is_told (index, "last good state"));
    }
  g_unlink (path);
  trk_index_expect (fixture, GOOD_LINE);
  trk_index_write_events (fixture, "a.ics", OTHER);
  trk_index_expect (fixture, OTHER_LINE);
}

static void
test_never_waits (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *pipe_path = trk_index_path_of (fixture, "dir/x.ics");
  g_autofree char *loop = trk_index_path_of (fixture, "dir/loop.ics");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (symlink ("loop.ics", loop), ==, 0);
  trk_index_add_calendar (fixture, "work", "dir");
  index = trk_index_bring_up (fixture);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (trk_index_is_told (index, "it is a pipe"));
}

/* What doctor and the list of calendars tell: of each calendar its own. */
static void
test_summaries (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *file = trk_index_path_of (fixture, "dir/b.ics");
  g_autoptr (GPtrArray) summaries = NULL;
  g_autoptr (TrkIndex) index = NULL;
  const TrkIndexSummary *folder, *one;
  TrkFileStamp stamp;

  trk_index_write_events (fixture, "one.ics", GOOD);
  trk_index_write_events (fixture, "dir/a.ics", GOOD OTHER EVENT ("bad", "SUMMARY:no start\r\n"));
  trk_index_write_events (fixture, "dir/b.ics", "");
  trk_index_add_calendar (fixture, "dir", "dir");
  trk_index_add_calendar (fixture, "one", "one.ics");
  index = trk_index_bring_up (fixture);
  summaries = trk_index_summaries (index, NULL);
  g_assert_cmpuint (summaries->len, ==, 2);
  folder = g_ptr_array_index (summaries, 0);
  one = g_ptr_array_index (summaries, 1);
  g_assert_cmpstr (folder->calendar, ==, "dir");
  g_assert_cmpuint (folder->files, ==, 2);
  g_assert_cmpuint (folder->events, ==, 2);
  g_assert_cmpuint (folder->left_out, ==, 1);
  g_assert_true (trk_file_stamp (file, &stamp));
  g_assert_cmpint (folder->newest, ==, stamp.mtime / 1000);
  g_assert_cmpstr (one->calendar, ==, "one");
  g_assert_cmpuint (one->files, ==, 1);
  g_assert_cmpuint (one->events, ==, 1);
  g_assert_cmpuint (one->left_out, ==, 0);
}

static void
assert_counts (
    TrkIndexFixture *fixture, guint dir_files, guint dir_events, guint far_files, guint far_events)
{
  g_autoptr (TrkIndex) index = trk_index_bring_up (fixture);
  g_autoptr (GPtrArray) summaries = trk_index_summaries (index, NULL);
  const TrkIndexSummary *dir, *far;

  g_assert_cmpuint (summaries->len, ==, 2);
  dir = g_ptr_array_index (summaries, 0);
  far = g_ptr_array_index (summaries, 1);
  g_assert_cmpuint (dir->files, ==, dir_files);
  g_assert_cmpuint (dir->events, ==, dir_events);
  g_assert_cmpuint (far->files, ==, far_files);
  g_assert_cmpuint (far->events, ==, far_events);
}

#define OFTEN EVENT ("often", "DTSTART:20260101T090000Z\r\nRRULE:FREQ=DAILY;COUNT=300\r\n")

/* The same, whatever the order in which their files came and went. */
static void
test_summaries_of_mixed_files (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *gone = trk_index_path_of (fixture, "dir/b.ics");

  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_write_events (fixture, "dir/b.ics", OFTEN);
  trk_index_write_events (fixture, "far/a.ics", OTHER);
  trk_index_add_calendar (fixture, "dir", "dir");
  trk_index_add_calendar (fixture, "far", "far");
  assert_counts (fixture, 2, 2, 1, 1);
  trk_index_write_events (fixture, "dir/c.ics", EVENT ("c", "DTSTART:20260501\r\n"));
  assert_counts (fixture, 3, 3, 1, 1);
  trk_index_write_events (fixture, "far/b.ics", OFTEN GOOD);
  assert_counts (fixture, 3, 3, 2, 3);
  g_unlink (gone);
  assert_counts (fixture, 2, 2, 2, 3);
}

static void
assert_times (TrkIndexFixture *fixture, const char *calendar, gint64 expected)
{
  g_autoptr (TrkIndexWriter) writer = trk_index_writer_open (fixture->index_path, NULL);
  gint64 times = -1;

  g_assert_nonnull (writer);
  g_assert_true (trk_index_writer_times (writer, calendar, &times, NULL));
  g_assert_cmpint (times, ==, expected);
}

#define TIMES(uid, n) EVENT (uid, "DTSTART:20260301T090000Z\r\nRRULE:FREQ=DAILY;COUNT=" n "\r\n")

/* How much room a calendar has left is its own matter. */
static void
test_times (TrkIndexFixture *fixture, gconstpointer data)
{
  assert_times (fixture, "dir", 0);
  trk_index_write_events (fixture, "dir/a.ics", TIMES ("a", "5") GOOD);
  trk_index_write_events (fixture, "dir/b.ics", TIMES ("b", "200"));
  trk_index_write_events (fixture, "one.ics", TIMES ("c", "7"));
  trk_index_add_calendar (fixture, "dir", "dir");
  trk_index_close (trk_index_bring_up (fixture));
  assert_times (fixture, "dir", 205);
  assert_times (fixture, "one", 0);
  trk_index_add_calendar (fixture, "one", "one.ics");
  trk_index_close (trk_index_bring_up (fixture));
  assert_times (fixture, "dir", 205);
  assert_times (fixture, "one", 7);
  assert_times (fixture, "none", 0);
}

/* -- One UID twice ----------------------------------------------------------------------------- */

#define VERSION(sequence, summary)                                                                 \
  EVENT ("u", "DTSTART:20261123T090000Z\r\nSEQUENCE:" sequence "\r\nSUMMARY:" summary "\r\n")

static void
test_same_uid (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *newer = trk_index_path_of (fixture, "dir/a.ics");

  trk_index_write_events (fixture, "dir/a.ics", VERSION ("3", "new"));
  trk_index_write_events (fixture, "dir/b.ics", VERSION ("2", "old"));
  trk_index_add_calendar (fixture, "work", "dir");
  trk_index_expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z new\n");
  g_unlink (newer); /* the other file did not change, and yet counts now */
  trk_index_expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z old\n");
  trk_index_write_events (fixture, "c.ics", VERSION ("1", "else"));
  trk_index_add_calendar (fixture, "home", "c.ics");
  trk_index_expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z else\n"
                             "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z old\n");
}

/* "0,1;0": what tells the occurrences of each event apart. */
static char *
numbers_of (TrkIndexFixture *fixture)
{
  g_autoptr (TrkIndex) index = trk_index_bring_up (fixture);
  TrkQuery *query =
      trk_db_query (index->db, NULL,
                    "SELECT group_concat (list, ';') FROM (SELECT group_concat (number) AS list"
                    " FROM (SELECT * FROM occurrences ORDER BY event, start, number) GROUP BY event"
                    " ORDER BY list)",
                    "");
  char *numbers;

  g_assert_true (trk_query_next (query));
  numbers = trk_query_dup (query, 0);
  g_assert_true (trk_query_end (query, NULL));
  return numbers;
}

/* They count from 0 in each event, wherever it and its siblings lie in memory. */
static void
test_numbers (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *numbers = NULL;

  trk_index_write_events (
      fixture, "one.ics",
      EVENT ("u", "DTSTART:20261123T090000Z\r\nRRULE:FREQ=DAILY;COUNT=4\r\n")
          EVENT ("u", "RECURRENCE-ID:20261124T090000Z\r\nDTSTART:20261124T110000Z\r\n")
              EVENT ("u", "RECURRENCE-ID:20261125T090000Z\r\nDTSTART:20261125T120000Z\r\n"));
  trk_index_add_calendar (fixture, "one", "one.ics");
  numbers = numbers_of (fixture);
  g_assert_cmpstr (numbers, ==, "0;0;0,1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/" name, TrkIndexFixture, NULL, trk_index_set_up, function,                   \
              trk_index_tear_down)
  ADD ("freshness", test_freshness);
  ADD ("watched", test_watched);
  ADD ("deleted-file-and-vanished-folder", test_deleted_file_and_vanished_folder);
  ADD ("vanished-large-folder", test_vanished_large_folder);
  ADD ("other-way-to-the-same", test_other_way_to_the_same);
  ADD ("last-good-state", test_last_good_state);
  ADD ("never-waits", test_never_waits);
  ADD ("times", test_times);
  ADD ("summaries", test_summaries);
  ADD ("summaries-of-mixed-files", test_summaries_of_mixed_files);
  ADD ("same-uid", test_same_uid);
  ADD ("numbers", test_numbers);
  return g_test_run ();
}
