/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-fixture.h"

#include "trk-scratch.h"

void
config_set_up (ConfigFixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("trk-config-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "conf", "trackerd.conf", NULL);
  g_setenv ("HOME", fixture->dir, TRUE);
}

void
config_tear_down (ConfigFixture *fixture, gconstpointer data)
{
  trk_scratch_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

void
config_write (ConfigFixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

void
config_assert_file (ConfigFixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}
