/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include "trk-fingerprint.h"
#include "trk-index-files.h"
#include "trk-paths.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A child that dies. */

/* Puts a program in the indexer's place. */
static void
fake_indexer (TrkIndexFixture *fixture, const char *script)
{
  g_autofree char *folder = trk_index_path_of (fixture, "libexec");
  g_autofree char *program = trk_index_path_of (fixture, "libexec/trackerd-indexer");

  trk_index_write_bytes (fixture, "libexec/trackerd-indexer", script, -1);
  g_chmod (program, 0700);
  g_setenv ("TRACKERD_LIBEXEC_DIR", folder, TRUE);
}

static void
expect_failure (TrkIndexFixture *fixture, const char *words)
{
  const TrkIndexRequest request = { .index_path = fixture->index_path,
                                    .calendars = fixture->calendars,
                                    .window = fixture->window,
                                    .patience = TRK_SECOND / 2 };
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_index_update (&request, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_child_dies (TrkIndexFixture *fixture, gconstpointer data)
{
  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  trk_index_expect (fixture, GOOD_LINE);
  trk_index_write_events (fixture, "a.ics", OTHER);
  fake_indexer (fixture, "#!/bin/sh\nkill -SEGV $$\n");
  expect_failure (fixture, "crashed");
  fake_indexer (fixture, "#!/bin/sh\necho no luck >&2\nexit 1\n");
  expect_failure (fixture, "no luck");
  fake_indexer (fixture, "#!/bin/sh\nexec sleep 60\n");
  expect_failure (fixture, "hung");
  g_unsetenv ("TRACKERD_LIBEXEC_DIR");
  trk_index_expect (fixture, OTHER_LINE);
}

/* A program in the indexer's place that once names what it is at, as the indexer does (the
 * fingerprint of @content, 16 bytes into the page), and dies; it is the real one from then
 * on. */
static void
die_once_on (TrkIndexFixture *fixture, const char *content)
{
  const guint64 hash = GUINT64_TO_LE (trk_fingerprint (content, strlen (content)));
  g_autofree char *real = trk_path_program ("trackerd/indexer", "trackerd-indexer");
  g_autofree char *mark = trk_index_path_of (fixture, "died");
  g_autofree char *script = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (guint i = 0; i < sizeof hash; i++) /* as octal for printf(1) */
    g_string_append_printf (bytes, "\\%03o", ((const guint8 *) &hash)[i]);
  script =
      g_strdup_printf ("#!/bin/sh\nif [ -e %s ]; then exec %s; fi\n: >%s\n"
                       "printf '%s' | dd of=/proc/self/fd/3 bs=1 seek=16 conv=notrunc 2>/dev/null\n"
                       "kill -SEGV $$\n",
                       mark, real, mark, bytes->str);
  fake_indexer (fixture, script);
}

/* The child names what it is at; what killed it is set aside, and its neighbours come in with the
 * next run. */
static void
test_quarantine (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  trk_index_write_events (fixture, "a.ics",
                          EVENT ("bad", "DTSTART:20261123T080000Z\r\nSUMMARY:bad\r\n") GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  die_once_on (fixture, EVENT ("bad", "DTSTART:20261123T080000Z\r\nSUMMARY:bad\r\n"));
  index = trk_index_bring_up (fixture);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (trk_index_is_told (index, "crashed on it"));
}

/* The same for a file that kills before an event is reached: it is named by its path and state. */
static void
test_quarantined_file (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *bad = trk_index_path_of (fixture, "dir/bad.ics");
  g_autofree char *state = NULL;
  g_autofree char *got = NULL;
  g_autoptr (TrkIndex) index = NULL;
  TrkFileStamp stamp;

  trk_index_write_events (fixture, "dir/bad.ics", OTHER);
  trk_index_write_events (fixture, "dir/good.ics", GOOD);
  g_assert_true (trk_file_stamp (bad, &stamp));
  state =
      g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, bad, stamp.mtime, stamp.size);
  trk_index_add_calendar (fixture, "work", "dir");
  die_once_on (fixture, state);
  index = trk_index_bring_up (fixture);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (trk_index_is_told (index, "dir/bad.ics: set aside: the indexer crashed on it"));
  trk_index_write_events (fixture, "dir/bad.ics", OTHER GOOD); /* it changed: tried again */
  g_clear_pointer (&index, trk_index_close);
  index = trk_index_bring_up (fixture);
  g_assert_false (trk_index_is_told (index, "set aside"));
}

/* What one version of the program died on, another one tries; so does the same one with other zone
 * data. */
static void
test_tried_again (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *zones = trk_index_path_of (fixture, "zones");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  trk_index_write_events (fixture, "a.ics", OTHER GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  die_once_on (fixture, OTHER);
  index = trk_index_bring_up (fixture);
  g_clear_pointer (&index, trk_index_close);
  index = trk_index_bring_up (fixture); /* the same program: once is enough */
  g_assert_true (trk_index_is_told (index, "crashed on it"));
  g_clear_pointer (&index, trk_index_close);

  g_assert_cmpint (g_mkdir (zones, 0700), ==, 0);
  g_setenv ("TZDIR", zones, TRUE);
  index = trk_index_bring_up (fixture);
  g_unsetenv ("TZDIR");
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE OTHER_LINE);
  g_assert_false (trk_index_is_told (index, "set aside"));
}

/* The indexer itself enters the sandbox, not only its test. */
static void
test_confined (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkIndex) index = NULL;

  if (!WITH_SANDBOX || syscall (SYS_landlock_create_ruleset, NULL, 0, 1) < 1)
    {
      g_test_skip ("built without it, or this kernel has no Landlock");
      return;
    }
  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
  g_assert_true ((trk_index_confined (index) & TRK_INDEX_CONFINED_FILES) != 0);
}

/* -- What the child is given ------------------------------------------------------------------- */

static gpointer
bring_up_thread (gpointer fixture)
{
  return trk_index_bring_up (fixture);
}

/* As another writer would. */
static int
hold_lock (TrkIndexFixture *fixture)
{
  g_autofree char *path = g_strconcat (fixture->index_path, ".lock", NULL);
  int lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (lock, >=, 0);
  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  return lock;
}

/* The real indexer, once there is a file that says that it was started. */
static char *
tell_start (TrkIndexFixture *fixture)
{
  g_autofree char *real = trk_path_program ("trackerd/indexer", "trackerd-indexer");
  char *mark = trk_index_path_of (fixture, "started");
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\n: >%s\nexec %s\n", mark, real);

  fake_indexer (fixture, script);
  return mark;
}

/* A pipe's end that is open here, and handed on to programs that are started, is closed by the
 * indexer before it does anything: here it waits for the lock. */
static void
test_no_files_of_others (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autofree char *started = tell_start (fixture);
  g_autofree char *folder = g_path_get_dirname (fixture->index_path);
  g_autoptr (TrkIndex) index = NULL;
  struct pollfd end = { .events = POLLIN };
  GThread *thread;
  int ends[2], lock;

  trk_index_write_events (fixture, "a.ics", GOOD);
  trk_index_add_calendar (fixture, "work", "a.ics");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  lock = hold_lock (fixture);
  g_assert_cmpint (pipe (ends), ==, 0);
  fcntl (ends[0], F_SETFD, FD_CLOEXEC);
  end.fd = ends[0];
  thread = g_thread_new ("indexer", bring_up_thread, fixture);
  while (!g_file_test (started, G_FILE_TEST_EXISTS))
    g_usleep (1000);
  close (ends[1]);
  g_assert_cmpint (poll (&end, 1, 45 * 1000), ==, 1);
  g_assert_cmpint (end.revents & POLLHUP, !=, 0);
  close (lock);
  close (ends[0]);
  index = g_thread_join (thread);
  g_assert_nonnull (index);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/" name, TrkIndexFixture, NULL, trk_index_set_up, function,                   \
              trk_index_tear_down)
  /* Valgrind does not know the system calls that confine a process. */
  if (g_getenv ("TRACKERD_UNDER_VALGRIND") == NULL)
    ADD ("confined", test_confined);
  ADD ("child-dies", test_child_dies);
  ADD ("no-files-of-others", test_no_files_of_others);
  ADD ("quarantine", test_quarantine);
  ADD ("quarantined-file", test_quarantined_file);
  ADD ("quarantined-is-tried-again", test_tried_again);
  return g_test_run ();
}
