/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-paths.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* Relative and empty values of the variables are ignored, as the specification asks. */
static void
test_xdg (void)
{
  static const struct
  {
    const char *config_home;
    const char *home;
    const char *path;
  } rows[] = {
    { "/x", "/home/ada", "/x/trackerd/trackerd.conf" },
    { "", "/home/ada", "/home/ada/.config/trackerd/trackerd.conf" },
    { "relative/x", "/home/ada", "/home/ada/.config/trackerd/trackerd.conf" },
    { "../../etc", "/home/ada", "/home/ada/.config/trackerd/trackerd.conf" },
    { NULL, "/home/ada", "/home/ada/.config/trackerd/trackerd.conf" },
    { "/%s%n", "/home/ada", "/%s%n/trackerd/trackerd.conf" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = NULL;

      g_setenv ("HOME", rows[i].home, TRUE);
      if (rows[i].config_home != NULL)
        g_setenv ("XDG_CONFIG_HOME", rows[i].config_home, TRUE);
      else
        g_unsetenv ("XDG_CONFIG_HOME");
      path = trk_path_config_file ();
      g_assert_cmpstr (path, ==, rows[i].path);
    }
}

static void
test_no_home (void)
{
  static const char *const homes[] = { "", "relative", NULL };

  g_unsetenv ("XDG_DATA_HOME");
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autofree char *path = NULL;

      if (homes[i] != NULL)
        g_setenv ("HOME", homes[i], TRUE);
      else
        g_unsetenv ("HOME");
      path = trk_path_log ();
      g_assert_true (g_path_is_absolute (path));
      g_assert_true (g_str_has_suffix (path, "/.local/share/trackerd/trackerd.db"));
    }
}

/* 0700 for what is made, whatever the umask; what stands there already keeps its mode. */
static void
test_ensure_dir (void)
{
  static const mode_t masks[] = { 0, 0022, 0777 };

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autofree char *top = g_dir_make_tmp ("trk-paths-XXXXXX", NULL);
      g_autofree char *middle = g_build_filename (top, "a", NULL);
      g_autofree char *dir = g_build_filename (middle, "b", NULL);
      g_autoptr (GError) error = NULL;
      struct stat status;
      mode_t before;

      g_assert_cmpint (g_chmod (top, 0750), ==, 0);
      before = umask (masks[i]);
      g_assert_true (trk_path_ensure_dir (dir, &error));
      g_assert_true (trk_path_ensure_dir (dir, &error));
      g_assert_cmpint (umask (before), ==, masks[i]);
      g_assert_cmpint (g_stat (middle, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0700);
      g_assert_cmpint (g_stat (dir, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0700);
      g_assert_cmpint (g_stat (top, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0750);
      g_assert_true (g_rmdir (dir) == 0 && g_rmdir (middle) == 0 && g_rmdir (top) == 0);
    }
}

static void
test_ensure_dir_fails (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_path_ensure_dir ("/proc/version/a", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
  g_assert_nonnull (g_strstr_len (error->message, -1, "/proc/version/a"));
}

static void
test_home_sign (void)
{
  static const struct
  {
    const char *path;
    const char *shown;
  } rows[] = {
    { "/home/ada", "/home/ada" },
    { "/home/ada/x", "~/x" },
    { "/home/adam/x", "/home/adam/x" },
    { "/etc/passwd", "/etc/passwd" },
    { "", "" },
  };

  g_setenv ("HOME", "/home/ada", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = trk_path_display (rows[i].path);
      g_autofree char *expanded = trk_path_expand (shown);

      g_assert_cmpstr (shown, ==, rows[i].shown);
      g_assert_cmpstr (expanded, ==, rows[i].path);
    }
}

static void
test_exit_status (void)
{
  static const struct
  {
    TrkErrorCode code;
    int status;
  } rows[] = {
    { TRK_ERROR_FAILED, 1 },      { TRK_ERROR_USAGE, 2 },   { TRK_ERROR_NOT_FOUND, 4 },
    { TRK_ERROR_UNREACHABLE, 3 }, { TRK_ERROR_INVALID, 1 }, { TRK_ERROR_STORAGE, 1 },
  };
  g_autoptr (GError) foreign = g_error_new_literal (G_FILE_ERROR, TRK_ERROR_USAGE, "x");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (TRK_ERROR, (int) rows[i].code, "x");

      g_assert_cmpint (trk_error_exit_status (error), ==, rows[i].status);
    }
  g_assert_cmpint (trk_error_exit_status (foreign), ==, 1);
  g_assert_cmpint (trk_error_exit_status (NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/xdg", test_xdg);
  g_test_add_func ("/paths/no-home", test_no_home);
  g_test_add_func ("/paths/ensure-dir", test_ensure_dir);
  g_test_add_func ("/paths/ensure-dir-fails", test_ensure_dir_fails);
  g_test_add_func ("/paths/home-sign", test_home_sign);
  g_test_add_func ("/error/exit-status", test_exit_status);
  return g_test_run ();
}
