/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-paths.h"

#include "trk-error.h"

#include "trk-build.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

/* $HOME when absolute, else what the user database says (g_get_home_dir() believes a relative
 * HOME). */
static const char *
home_dir (void)
{
  const char *home = g_getenv ("HOME");
  const struct passwd *user;

  if (home != NULL && g_path_is_absolute (home))
    return home;
  user = getpwuid (getuid ());
  return user != NULL && g_path_is_absolute (user->pw_dir) ? user->pw_dir : "/";
}

/* $@variable when absolute, else @fallback in the home folder. */
static char *
base_dir (const char *variable, const char *fallback)
{
  const char *value = g_getenv (variable);

  if (value != NULL && g_path_is_absolute (value))
    return g_strdup (value);
  return g_build_filename (home_dir (), fallback, NULL);
}

static char *
own_path (const char *variable, const char *fallback, const char *name)
{
  g_autofree char *dir = base_dir (variable, fallback);

  return g_build_filename (dir, "trackerd", name, NULL);
}

char *
trk_path_config_home (void)
{
  return base_dir ("XDG_CONFIG_HOME", ".config");
}

char *
trk_path_data_home (void)
{
  return base_dir ("XDG_DATA_HOME", ".local/share");
}

char *
trk_path_cache_home (void)
{
  return base_dir ("XDG_CACHE_HOME", ".cache");
}

char *
trk_path_config_dir (void)
{
  return own_path ("XDG_CONFIG_HOME", ".config", NULL);
}

char *
trk_path_config_file (void)
{
  return own_path ("XDG_CONFIG_HOME", ".config", "trackerd.conf");
}

char *
trk_path_data_dir (void)
{
  return own_path ("XDG_DATA_HOME", ".local/share", NULL);
}

char *
trk_path_config_kept (void)
{
  return own_path ("XDG_DATA_HOME", ".local/share", "trackerd.conf.good");
}

char *
trk_path_log (void)
{
  return own_path ("XDG_DATA_HOME", ".local/share", "trackerd.db");
}

char *
trk_path_lock (void)
{
  return own_path ("XDG_DATA_HOME", ".local/share", "trackerd.lock");
}

char *
trk_path_calendars (void)
{
  return own_path ("XDG_DATA_HOME", ".local/share", "calendars");
}

char *
trk_path_subscriptions (void)
{
  return own_path ("XDG_DATA_HOME", ".local/share", "subscriptions");
}

char *
trk_path_cache_dir (void)
{
  return own_path ("XDG_CACHE_HOME", ".cache", NULL);
}

char *
trk_path_index (void)
{
  return own_path ("XDG_CACHE_HOME", ".cache", "index.db");
}

gboolean
trk_path_ensure_dir (const char *dir, GError **error)
{
  mode_t before = umask (0077);
  int result = g_mkdir_with_parents (dir, 0700);
  int saved = errno;

  umask (before);
  if (result == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot create the folder %s: %s", dir,
               g_strerror (saved));
  return FALSE;
}

char *
trk_path_expand (const char *path)
{
  if (!g_str_has_prefix (path, "~/"))
    return g_strdup (path);
  return g_build_filename (home_dir (), path + 2, NULL);
}

char *
trk_path_display (const char *path)
{
  const char *home = home_dir ();

  if (!g_str_has_prefix (path, home))
    return g_strdup (path);
  if (path[strlen (home)] != '/')
    return g_strdup (path);
  return g_strconcat ("~", path + strlen (home), NULL);
}

/* The folder of the running executable, or NULL where /proc does not tell. */
static char *
executable_dir (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  return self != NULL ? g_path_get_dirname (self) : NULL;
}

/* The root of the build directory when the running executable stands one or more folders below it,
 * else NULL. A build directory is known by the file that Meson always leaves there. */
static char *
build_root (void)
{
  g_autofree char *dir = executable_dir ();

  while (dir != NULL && !g_str_equal (dir, "/"))
    {
      g_autofree char *mark = g_build_filename (dir, "meson-private", "coredata.dat", NULL);
      char *parent;

      if (g_file_test (mark, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&dir);
      parent = g_path_get_dirname (dir);
      g_free (dir);
      dir = parent;
    }
  return NULL;
}

char *
trk_path_program (const char *subdir, const char *name)
{
  const char *given = g_getenv ("TRACKERD_LIBEXEC_DIR");
  g_autofree char *root = NULL;

  if (given != NULL && g_path_is_absolute (given))
    return g_build_filename (given, name, NULL);
  root = build_root ();
  if (root != NULL)
    return g_build_filename (root, subdir, name, NULL);
  return g_build_filename (TRK_LIBEXEC_DIR, name, NULL);
}

/* Where the sources of the build directory @root lie; NULL when it does not say. */
static char *
source_root (const char *root)
{
  g_autofree char *place = g_build_filename (root, "common", "base", "source-root", NULL);
  char *text = NULL;

  return g_file_get_contents (place, &text, NULL, NULL) ? text : NULL;
}

char *
trk_path_shared (const char *relative)
{
  const char *given = g_getenv ("TRACKERD_DATA_DIR");
  g_autofree char *root = NULL;
  g_autofree char *source = NULL;

  if (given != NULL && g_path_is_absolute (given))
    return g_build_filename (given, relative, NULL);
  root = build_root ();
  source = root != NULL ? source_root (root) : NULL;
  if (source != NULL)
    return g_build_filename (source, "data", relative, NULL);
  return g_build_filename (TRK_DATA_DIR, relative, NULL);
}
