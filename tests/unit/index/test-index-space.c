/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include "trk-index-writer.h"

#include <glib/gstdio.h>

/* What the index takes of the disk while it is written, and when that fails. */

static gint64
size_of (const TrkIndexFixture *fixture, const char *suffix)
{
  g_autofree char *path = g_strconcat (fixture->index_path, suffix, NULL);
  GStatBuf file;

  return g_stat (path, &file) == 0 ? file.st_size : -1;
}

static gint64
size_of_log (const TrkIndexFixture *fixture)
{
  return MAX (size_of (fixture, "-wal"), 0);
}

/* A writer who has written more than SQLite keeps in memory. */
static TrkIndexWriter *
write_much (const TrkIndexFixture *fixture)
{
  TrkIndexWriter *writer = trk_index_writer_open (fixture->index_path, NULL);
  g_autoptr (TrkOccurrence) about = trk_occurrence_new ();
  const TrkIndexEvent event = { .about = about, .first = G_MAXINT64, .last = G_MININT64 };
  gint64 source = 0, id;

  g_assert_nonnull (writer);
  about->uid = g_strnfill (1000, 'u');
  about->summary = g_strdup ("much");
  g_assert_true (trk_index_writer_set_source (writer, "work", "a.ics", 1, &source, NULL));
  for (guint i = 0; i < 10000; i++)
    g_assert_true (trk_index_writer_add_event (writer, source, &event, &id, NULL));
  return writer;
}

/* Nobody reads it before it is whole: there is nothing to write twice. */
static void
test_new_without_log (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkIndexWriter) writer = write_much (fixture);

  g_assert_cmpint (size_of (fixture, ".new"), >, 1000000);
  g_assert_cmpint (size_of (fixture, ".new-wal"), <=, 0);
  g_assert_cmpint (size_of (fixture, ".new-journal"), <=, 0);
  g_assert_true (trk_index_writer_commit (writer, NULL));
  g_assert_cmpint (size_of (fixture, ".new"), ==, -1);
  g_assert_cmpint (size_of (fixture, ""), >, 10000000);
}

/* Half of an index is of no use to anybody, and may be what filled the disk. */
static void
test_new_given_up (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const left[] = { "", ".new", ".new-wal", ".new-shm", ".new-journal" };

  trk_index_writer_close (write_much (fixture));
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_cmpint (size_of (fixture, left[i]), ==, -1);
}

/* What was written of a change that is given up goes from the log again, and nothing else does. */
static void
test_change_given_up (TrkIndexFixture *fixture, gconstpointer data)
{
  static const char *const events[] = { OTHER, GOOD, OTHER GOOD };
  static const char *const lines[] = { OTHER_LINE, GOOD_LINE, GOOD_LINE OTHER_LINE };

  trk_index_add_calendar (fixture, "work", "a.ics");
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autoptr (TrkIndex) reader = NULL; /* the last who leaves would bring the log in */
      TrkIndexWriter *writer;
      gint64 log;

      trk_index_write_events (fixture, "a.ics", events[i]);
      trk_index_expect (fixture, lines[i]);
      log = size_of_log (fixture);
      g_assert_true ((log > 0) == (i > 0));
      reader = trk_index_open (fixture->index_path, NULL);
      g_assert_nonnull (reader);
      trk_index_release (reader);
      writer = write_much (fixture);
      g_assert_cmpint (size_of_log (fixture), >, log + 1000000);
      trk_index_writer_close (writer);
      g_assert_cmpint (size_of_log (fixture), ==, log);
      trk_index_expect (fixture, lines[i]);
      g_assert_cmpuint (fixture->taken_apart, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/space/" name, TrkIndexFixture, NULL, trk_index_set_up, function,             \
              trk_index_tear_down)
  ADD ("new-without-log", test_new_without_log);
  ADD ("new-given-up", test_new_given_up);
  ADD ("change-given-up", test_change_given_up);
  return g_test_run ();
}
