/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include "trk-index-schema.h"
#include "trk-index-writer.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The index as a file: written by several at once, killed while being written, deleted, damaged. */

static void
test_damaged_index (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_expect (fixture, GOOD_LINE);
  g_assert_true (g_file_get_contents (fixture->index_path, &bytes, &length, NULL));
  memset (bytes + 100, 0x5a, length - 100);
  trk_index_write_bytes (fixture, "cache/index.db", bytes, (gssize) length);
  trk_index_expect (fixture, GOOD_LINE);
}

static void
change_index (TrkIndexFixture *fixture, const char *sql)
{
  gboolean beside = FALSE;
  g_autoptr (TrkDb) db = trk_index_schema_write (fixture->index_path, &beside, NULL);

  g_assert_nonnull (db);
  g_assert_false (beside);
  g_assert_true (trk_db_exec (db, sql, NULL));
}

/* A row that names one that is not there is told, and nothing is made of it. */
static void
test_torn_index (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const lost[] = { "DELETE FROM sources",
                                      "UPDATE occurrences SET event = event & 0xffffffff",
                                      "DELETE FROM events" };

  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  for (guint i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      g_autoptr (TrkZone) zone = trk_zone_new_utc ();
      g_autoptr (TrkIndex) index = NULL;
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      g_unlink (fixture->index_path);
      trk_index_expect (fixture, GOOD_LINE);
      change_index (fixture, lost[i]);
      index = trk_index_open (fixture->index_path, NULL);
      g_assert_nonnull (index);
      found = trk_index_occurrences (index, fixture->window, zone, &error);
      g_assert_error (error, TRK_ERROR, TRK_ERROR_CORRUPT);
      g_assert_null (found);
    }
}

/* Files that cannot be those of a folder are none that are as they were. */
static void
test_torn_listing (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const torn[] = {
    "UPDATE calendars SET names = x''",     "UPDATE calendars SET names = x'61'",
    "UPDATE calendars SET names = x'6100'", "UPDATE calendars SET names = x'2e2e2f612e69637300'",
    "UPDATE calendars SET stamps = x''",    "UPDATE calendars SET stamps = x'00'"
  };

  trk_index_write_events (fixture, "dir/a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "dir");
  for (guint i = 0; i < G_N_ELEMENTS (torn); i++)
    {
      g_autoptr (TrkIndex) index = NULL;

      trk_index_expect (fixture, GOOD_LINE);
      change_index (fixture, torn[i]);
      index = trk_index_open (fixture->index_path, NULL);
      g_assert_nonnull (index);
      g_assert_false (trk_index_is_fresh (index, fixture->calendars, fixture->window, FALSE));
      g_clear_pointer (&index, trk_index_close);
      trk_index_expect (fixture, GOOD_LINE);
    }
}

static gpointer
update_once (gpointer data)
{
  TrkIndexFixture *fixture = data;
  const TrkIndexRequest request = { .index_path = fixture->index_path,
                                    .calendars = fixture->calendars,
                                    .window = fixture->window };
  g_autoptr (GError) error = NULL;

  trk_index_update (&request, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_writers_at_once (TrkIndexFixture *fixture, gconstpointer data)
{
  GThread *threads[6];

  trk_index_add_calendar (fixture, "work", "a.ics");
  for (guint round = 0; round < 3; round++)
    {
      trk_index_write_events (fixture, "a.ics", round == 1 ? GOOD OTHER : GOOD);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("update", update_once, fixture);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
      trk_index_expect (fixture, round == 1 ? GOOD_LINE OTHER_LINE : GOOD_LINE);
    }
}

static gboolean
stop (guint done, guint total, gpointer calls)
{
  ++*(guint *) calls;
  return FALSE;
}

static void
write_many (TrkIndexFixture *fixture, const char *summary)
{
  g_autoptr (GString) events = g_string_new (NULL);

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (events, EVENT ("%u", "DTSTART:20300101T090000Z\r\nSUMMARY:%s\r\n"), i,
                            summary);
  g_string_append (events, GOOD);
  trk_index_write_events (fixture, "a.ics", events->str);
}

/* Killed in the middle of the first index, or of a later one: there is what there was. */
static void
test_killed_while_writing (TrkIndexFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 2; round++)
    {
      guint calls = 0;
      const TrkIndexRequest request = { .index_path = fixture->index_path,
                                        .calendars = fixture->calendars,
                                        .window = fixture->window,
                                        .progress = stop,
                                        .progress_data = &calls };
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkIndex) index = NULL;

      if (round == 0)
        trk_index_add_calendar (fixture, "work", "a.ics");
      write_many (fixture, round == 0 ? "first" : "second");
      g_assert_false (trk_index_update (&request, &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_FAILED);
      g_assert_cmpuint (calls, ==, 1);
      index = trk_index_open (fixture->index_path, NULL);
      g_assert_true ((index != NULL) == (round == 1));
      if (index != NULL)
        g_assert_false (trk_index_is_fresh (index, fixture->calendars, fixture->window, FALSE));
      trk_index_expect (fixture, GOOD_LINE);
      g_assert_cmpuint (fixture->taken_apart, ==, round == 0 ? 30001 : 30000);
    }
}

/* Deleting index.db alone leaves SQLite's log of it behind, which belongs to no other database. */
static void
test_deleted_index (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->index_path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (TrkIndexWriter) writer = NULL;
  gsize length = 0;

  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_expect (fixture, GOOD_LINE);
  writer = trk_index_writer_open (fixture->index_path, NULL);
  g_assert_nonnull (writer);
  g_assert_true (trk_index_writer_keep_calendars (writer, fixture->calendars, NULL));
  g_assert_true (trk_index_writer_set_number (writer, TRK_INDEX_END, 0, NULL));
  g_assert_true (trk_index_writer_commit (writer, NULL));
  g_assert_true (g_file_get_contents (log, &bytes, &length, NULL)); /* while it is open */
  g_assert_cmpuint (length, >, 0);
  g_clear_pointer (&writer, trk_index_writer_close);
  g_unlink (fixture->index_path);
  g_assert_true (g_file_set_contents (log, bytes, (gssize) length, NULL));
  trk_index_expect (fixture, GOOD_LINE);
}

/* As `tracker` leaves it after a small change: with a log beside it that it needs. */
static void
leave_log (TrkIndexFixture *fixture)
{
  g_autofree char *log = g_strconcat (fixture->index_path, "-wal", NULL);
  GStatBuf file;

  trk_index_write_events (fixture, "a.ics", OTHER);
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_expect (fixture, OTHER_LINE);
  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_expect (fixture, GOOD_LINE);
  g_assert_cmpint (g_stat (log, &file), ==, 0);
  g_assert_cmpint (file.st_size, >, 0);
}

/* A log that the product itself left is no more dangerous than one of a writer that was killed. */
static void
test_deleted_beside_log (TrkIndexFixture *fixture, gconstpointer data)
{
  leave_log (fixture);
  g_unlink (fixture->index_path);
  trk_index_expect (fixture, GOOD_LINE);
  trk_index_write_events (fixture, "a.ics", OTHER);
  trk_index_expect (fixture, OTHER_LINE);
}

/* What befalls an index: its bytes from @from up to @to are others, and it is cut to @length. */
typedef struct
{
  const char *name;
  gsize from, to, length;
} Spoiling;

static const Spoiling spoilings[] = {
  { "/index/writing/emptied-beside-log", 0, 0, 0 },
  { "/index/writing/other-version-beside-log", 71, 72, G_MAXSIZE }, /* "trk9": its mark */
  { "/index/writing/damaged-beside-log", 100, G_MAXSIZE, G_MAXSIZE },
};

static void
test_spoilt_beside_log (TrkIndexFixture *fixture, gconstpointer data)
{
  const Spoiling *spoiling = data;
  g_autofree char *bytes = NULL;
  gsize length = 0;

  leave_log (fixture);
  g_assert_true (g_file_get_contents (fixture->index_path, &bytes, &length, NULL));
  g_assert_cmpint (memcmp (bytes + 68, "trk9", 4), ==, 0);
  for (gsize i = spoiling->from; i < MIN (spoiling->to, length); i++)
    bytes[i] ^= 1;
  length = MIN (length, spoiling->length);
  trk_index_write_bytes (fixture, "cache/index.db", bytes, (gssize) length);
  trk_index_expect (fixture, GOOD_LINE);
  g_assert_cmpuint (fixture->taken_apart, ==, 1);
  trk_index_write_events (fixture, "a.ics", OTHER);
  trk_index_expect (fixture, OTHER_LINE);
}

/* A copy of an earlier index in its place, from a backup say, is not what the log belongs to. */
static void
test_earlier_beside_log (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  leave_log (fixture);
  g_assert_true (g_file_get_contents (fixture->index_path, &bytes, &length, NULL));
  write_many (fixture, "many");
  trk_index_expect (fixture, GOOD_LINE);
  trk_index_write_events (fixture, "b.ics", OTHER);
  trk_index_add_calendar (fixture, "other", "b.ics");
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  trk_index_write_bytes (fixture, "cache/index.db", bytes, (gssize) length);
  trk_index_expect (fixture, GOOD_LINE OTHER_LINE);
  trk_index_write_events (fixture, "a.ics", OTHER);
  trk_index_expect (fixture, OTHER_LINE OTHER_LINE);
}

/* A file of another program in the index's place is told, and left alone. */
static void
test_foreign_file (TrkIndexFixture *fixture, gconstpointer data)
{
  const TrkIndexRequest request = { .index_path = fixture->index_path,
                                    .calendars = fixture->calendars,
                                    .window = fixture->window };
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;

  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_write_bytes (fixture, "cache/index.db", "my diary", -1);
  g_assert_false (trk_index_update (&request, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_FAILED);
  g_assert_true (g_file_get_contents (fixture->index_path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "my diary");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/writing/" name, TrkIndexFixture, NULL, trk_index_set_up, function,           \
              trk_index_tear_down)
  ADD ("damaged-index", test_damaged_index);
  ADD ("torn-index", test_torn_index);
  ADD ("torn-listing", test_torn_listing);
  ADD ("writers-at-once", test_writers_at_once);
  ADD ("killed-while-writing", test_killed_while_writing);
  ADD ("deleted-index", test_deleted_index);
  ADD ("deleted-beside-log", test_deleted_beside_log);
  for (guint i = 0; i < G_N_ELEMENTS (spoilings); i++)
    g_test_add (spoilings[i].name, TrkIndexFixture, &spoilings[i], trk_index_set_up,
                test_spoilt_beside_log, trk_index_tear_down);
  ADD ("earlier-beside-log", test_earlier_beside_log);
  ADD ("foreign-file", test_foreign_file);
  return g_test_run ();
}
