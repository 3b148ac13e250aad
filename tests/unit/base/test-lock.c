/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-lock.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("trackerd-lock-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "lock", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* A process that has the lock until it is ended. */
static pid_t
holder (const char *path)
{
  int ready[2];
  char byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      gint64 owner;
      TrkLock *lock = trk_lock_take (path, &owner, NULL);

      byte = lock != NULL ? 'y' : 'n';
      if (write (ready[1], &byte, 1) == 1)
        pause ();
      _exit (0);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  close (ready[0]);
  close (ready[1]);
  return child;
}

static void
end (pid_t child)
{
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

/* The kernel says who has it, and nobody once that one is killed: whatever the file says. */
static void
test_owner (Fixture *fixture, gconstpointer data)
{
  gint64 owner = -1;
  pid_t child;

  g_assert_false (trk_lock_is_held (fixture->path, &owner));
  g_assert_cmpint (owner, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS)); /* asking makes nothing */
  child = holder (fixture->path);
  end (child);
  g_assert_false (trk_lock_is_held (fixture->path, &owner));
  child = holder (fixture->path);
  g_assert_true (trk_lock_is_held (fixture->path, &owner));
  g_assert_cmpint (owner, ==, child);
  end (child);
  g_assert_false (trk_lock_is_held (fixture->path, &owner));
}

/* Who asks is in nobody's way: the lock can be taken while it is looked at, and is still one. */
static void
test_asking_takes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkLock) second = NULL;
  pid_t child = holder (fixture->path);
  gint64 owner;

  for (int i = 0; i < 100; i++)
    g_assert_true (trk_lock_is_held (fixture->path, &owner));
  second = trk_lock_take (fixture->path, &owner, &error);
  g_assert_no_error (error);
  g_assert_null (second);
  g_assert_cmpint (owner, ==, child);
  end (child);
  second = trk_lock_take (fixture->path, &owner, &error);
  g_assert_no_error (error);
  g_assert_nonnull (second);
}

/* A link there is not followed, and nothing that is no file is waited for. */
static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner;

  g_assert_cmpint (symlink ("/etc/passwd", fixture->path), ==, 0);
  g_assert_false (trk_lock_is_held (fixture->path, &owner));
  g_assert_null (trk_lock_take (fixture->path, &owner, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/lock/owner", Fixture, NULL, set_up, test_owner, tear_down);
  g_test_add ("/lock/asking-takes-nothing", Fixture, NULL, set_up, test_asking_takes_nothing,
              tear_down);
  g_test_add ("/lock/no-file", Fixture, NULL, set_up, test_no_file, tear_down);
  return g_test_run ();
}
