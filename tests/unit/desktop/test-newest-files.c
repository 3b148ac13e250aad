/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-newest-files.h"

#include <glib/gstdio.h>
#include <utime.h>

/* Seconds of the last change; the name says the order that is expected. */
static const struct
{
  const char *name;
  time_t changed;
} files[] = { { "sock.old", 1000 }, { "sock.new", 3000 }, { "other", 9000 }, { "sock.mid", 2000 } };

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("trackerd-newest-XXXXXX", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      g_assert_cmpint (g_utime (path, &(struct utimbuf){ files[i].changed, files[i].changed }), ==,
                       0);
    }
  return folder;
}

static void
remove_folder (const char *folder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* The last parts of the paths, with spaces between. */
static char *
names_of (const char *given, const char *folder)
{
  g_auto (GStrv) paths = trk_newest_files (given, folder, "sock.");

  for (char **path = paths; *path != NULL; path++)
    {
      char *name = g_path_get_basename (*path);

      g_free (*path);
      *path = name;
    }
  return g_strjoinv (" ", paths);
}

static void
test_order (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *old = g_build_filename (folder, "sock.old", NULL);
  g_autofree char *all = names_of (NULL, folder);
  g_autofree char *empty = names_of ("", folder);
  g_autofree char *once = names_of (old, folder);
  g_autofree char *elsewhere = names_of ("/nowhere/mine", folder);

  g_assert_cmpstr (all, ==, "sock.new sock.mid sock.old");
  g_assert_cmpstr (empty, ==, "sock.new sock.mid sock.old");
  g_assert_cmpstr (once, ==, "sock.old sock.new sock.mid");
  g_assert_cmpstr (elsewhere, ==, "mine sock.new sock.mid sock.old");
  remove_folder (folder);
}

static void
test_no_folder (void)
{
  g_autofree char *none = names_of (NULL, "/nowhere");
  g_autofree char *given = names_of ("/nowhere/mine", "/nowhere");

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (given, ==, "mine");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/newest-files/order", test_order);
  g_test_add_func ("/newest-files/no-folder", test_no_folder);
  return g_test_run ();
}
