/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo-home.h"

#include "trk-atomic-file.h"
#include "trk-demo-history.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

/* The shipped day is around this instant. */
#define TEMPLATE_NOW "2026-01-05T12:00:00Z"

/* Under XDG_RUNTIME_DIR a Wayland socket is named by its file alone; in another one it would not
 * be found, and with it the user's presence. */
static void
keep_wayland (TrkDemoHome *home)
{
  const char *display = g_environ_getenv (home->env, "WAYLAND_DISPLAY");
  const char *runtime = g_environ_getenv (home->env, "XDG_RUNTIME_DIR");
  g_autofree char *path = NULL;

  if (display == NULL || runtime == NULL || g_path_is_absolute (display))
    return;
  path = g_build_filename (runtime, display, NULL);
  home->env = g_environ_setenv (home->env, "WAYLAND_DISPLAY", path, TRUE);
}

static gboolean
make_folders (TrkDemoHome *home, GError **error)
{
  static const char *const folders[][2] = {
    { "XDG_CONFIG_HOME", "config" }, { "XDG_DATA_HOME", "data" },  { "XDG_CACHE_HOME", "cache" },
    { "XDG_STATE_HOME", "state" },   { "XDG_RUNTIME_DIR", "run" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (home->dir, folders[i][1], "trackerd", NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      home->env = g_environ_setenv (home->env, folders[i][0], folder, TRUE);
      if (!trk_path_ensure_dir (path, error))
        return FALSE;
    }
  return TRUE;
}

TrkDemoHome *
trk_demo_home_new (GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("tracker-demo-XXXXXX", error);
  TrkDemoHome *home;

  if (dir == NULL)
    return NULL;
  home = g_new0 (TrkDemoHome, 1);
  home->dir = g_steal_pointer (&dir);
  home->env = g_get_environ ();
  keep_wayland (home);
  if (!make_folders (home, error))
    {
      trk_demo_home_end (home, FALSE);
      return NULL;
    }
  home->config = g_build_filename (home->dir, "config", "trackerd", "trackerd.conf", NULL);
  home->log = g_build_filename (home->dir, "data", "trackerd", "trackerd.db", NULL);
  return home;
}

static int
remove_one (const char *path, const struct stat *status, int type, struct FTW *walk)
{
  remove (path);
  return 0;
}

void
trk_demo_home_end (TrkDemoHome *home, gboolean keep)
{
  if (home == NULL)
    return;
  if (!keep)
    nftw (home->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  g_free (home->dir);
  g_free (home->config);
  g_free (home->log);
  g_strfreev (home->env);
  g_free (home);
}

/* -- The calendar ------------------------------------------------------------------------------ */

/* "20260105T120000Z" moved by @by; NULL when @value is none. Owned by the caller. */
static char *
moved_value (const char *value, TrkDuration by)
{
  int year, month, day, hour, minute, second, length = 0;
  TrkLocal local;
  int seconds;

  if (sscanf (value, "%4d%2d%2dT%2d%2d%2dZ%n", &year, &month, &day, &hour, &minute, &second,
              &length)
          != 6
      || length != 16)
    return NULL;
  local.day = trk_day_from_ymd (year, month, day);
  local.time = hour * TRK_HOUR + minute * TRK_MINUTE + second * TRK_SECOND;
  local = trk_local_from_wall (trk_local_to_wall (local) + by);
  trk_day_to_ymd (local.day, &year, &month, &day);
  seconds = (int) (local.time / TRK_SECOND);
  return g_strdup_printf ("%04d%02d%02dT%02d%02d%02dZ", year, month, day, seconds / 3600,
                          seconds / 60 % 60, seconds % 60);
}

char *
trk_demo_move_calendar (const char *text, TrkDuration by)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');
      g_autofree char *moved = colon != NULL ? moved_value (colon + 1, by) : NULL;

      if (i > 0)
        g_string_append_c (out, '\n');
      if (moved != NULL)
        g_string_append_printf (out, "%.*s%s\r", (int) (colon + 1 - lines[i]), lines[i], moved);
      else
        g_string_append (out, lines[i]);
    }
  return g_string_free (out, FALSE);
}

/* The shipped day around @now, as a file in @home. Its path, owned by the caller. */
static char *
write_day (const TrkDemoHome *home, TrkInstant now, GError **error)
{
  g_autofree char *from = trk_path_shared ("demo/today.ics");
  g_autofree char *to = g_build_filename (home->dir, "data", "demo.ics", NULL);
  g_autofree char *text = NULL;
  g_autofree char *moved = NULL;
  TrkInstant template_now = 0;

  if (!trk_instant_from_iso (TEMPLATE_NOW, &template_now, error)
      || !g_file_get_contents (from, &text, NULL, error))
    return NULL;
  moved = trk_demo_move_calendar (text, now - now % TRK_SECOND - template_now);
  if (!trk_atomic_file_save (to, moved, strlen (moved), error))
    return NULL;
  return g_steal_pointer (&to);
}

/* -- The rest ---------------------------------------------------------------------------------- */

static gboolean
write_config (const TrkDemoHome *home, const char *path, GError **error)
{
  static const char defaults[] = "[trackerd]\nfocus_goal = 3h\n";
  g_autoptr (TrkCalendar) calendar = trk_calendar_new ("demo", path);

  return trk_atomic_file_save (home->config, defaults, strlen (defaults), error)
         && trk_config_add_calendar (home->config, calendar, error);
}

static gboolean
load_history (const TrkDemoHome *home, const TrkZone *zone, TrkInstant now, GError **error)
{
  g_autoptr (TrkConfig) config = trk_config_load (home->config, error);
  g_autoptr (TrkStore) store =
      config != NULL ? trk_store_open (home->log, TRK_STORE_WRITE, error) : NULL;
  TrkAlmanac almanac;

  if (store == NULL)
    return FALSE;
  almanac = trk_config_almanac (config, zone);
  return trk_demo_load (store, "history.tsv", &almanac, now, error)
         && trk_demo_load (store, "today.tsv", &almanac, now, error);
}

gboolean
trk_demo_home_fill (
    TrkDemoHome *home, const char *calendar, const TrkZone *zone, TrkInstant now, GError **error)
{
  g_autofree char *path = calendar != NULL ? g_strdup (calendar) : write_day (home, now, error);

  return path != NULL && write_config (home, path, error)
         && (calendar != NULL || load_history (home, zone, now, error));
}
