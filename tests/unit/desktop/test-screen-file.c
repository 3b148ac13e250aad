/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-screen-file.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define SERVER "guid/:1.5"

typedef struct
{
  char *dir, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->dir = g_dir_make_tmp ("trackerd-screen-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  fixture->path = g_build_filename (fixture->dir, "screen", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_unlink (fixture->path);
  /* Nothing but the file was left there. */
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
save (const Fixture *fixture, guint n)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 1; i <= n; i++)
    g_array_append_val (ids, i);
  trk_screen_file_save (fixture->path, SERVER, ids);
}

static void
assert_loaded (const Fixture *fixture, const char *server, guint n)
{
  g_autoptr (GArray) ids = trk_screen_file_load (fixture->path, server);

  g_assert_cmpuint (ids->len, ==, n);
  for (guint32 i = 0; i < n; i++)
    g_assert_cmpuint (g_array_index (ids, guint32, i), ==, i + 1);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_loaded (fixture, SERVER, 0);
  save (fixture, 3);
  assert_loaded (fixture, SERVER, 3);
  assert_loaded (fixture, "guid/:1.6", 0);
  save (fixture, 100);
  assert_loaded (fixture, SERVER, 64);
  save (fixture, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* Whatever the umask is and whoever could read it before. */
static void
test_private (Fixture *fixture, gconstpointer data)
{
  static const mode_t masks[] = { 0, 022, 077, 0277, 0777 };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      GStatBuf after;
      mode_t before;

      g_assert_true (g_file_set_contents (fixture->path, "old\n", -1, NULL));
      g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
      before = umask (masks[i]);
      save (fixture, 2);
      umask (before);
      g_assert_cmpint (g_stat (fixture->path, &after), ==, 0);
      g_assert_cmphex (after.st_mode & 0777, ==, 0600);
      assert_loaded (fixture, SERVER, 2);
    }
}

/* The draft of a daemon that was killed is neither read nor kept. */
static void
test_draft_of_the_dead (Fixture *fixture, gconstpointer data)
{
  g_autofree char *draft = g_strconcat (fixture->path, ".part", NULL);

  (void) data;
  save (fixture, 1);
  g_assert_true (g_file_set_contents (draft, SERVER "\n1\n2\n", -1, NULL));
  assert_loaded (fixture, SERVER, 1);
  save (fixture, 2);
  assert_loaded (fixture, SERVER, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/screen-file/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/screen-file/private", Fixture, NULL, set_up, test_private, tear_down);
  g_test_add ("/screen-file/draft-of-the-dead", Fixture, NULL, set_up, test_draft_of_the_dead,
              tear_down);
  return g_test_run ();
}
