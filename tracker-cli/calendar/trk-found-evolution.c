/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-url.h"
#include "trk-found.h"
#include "trk-paths.h"

#include <glib/gstdio.h>
#include <string.h>

/* Calendars of Evolution Data Server, which GNOME Calendar, Evolution and GNOME's online accounts
 * share: a key file UID.source each, those of accounts in the cache. The server is not asked. */

#define ENDING ".source"
#define SYSTEM "system-calendar" /* the one that is always there; its file is in the system */

static gboolean
has_exporter (void)
{
  g_autofree char *program = trk_path_program ("trackerd/evolution", "trackerd-evolution");

  return g_file_test (program, G_FILE_TEST_IS_EXECUTABLE);
}

/* Where the server keeps a calendar that is on this machine only. */
static char *
local_file (const char *uid)
{
  g_autofree char *data = trk_path_data_home ();

  return g_build_filename (data, "evolution", "calendar",
                           g_str_equal (uid, SYSTEM) ? "system" : uid, "calendar.ics", NULL);
}

static void
add_source (GPtrArray *found, const char *uid, const char *name, const char *backend)
{
  g_autofree char *whole = g_strconcat ("evolution:", uid, NULL);
  g_autofree char *url = trk_calendar_url_read (whole, NULL);
  g_autofree char *file = local_file (uid);
  gboolean local = g_strcmp0 (backend, "local") == 0;

  if (url == NULL)
    return;
  if (has_exporter ())
    trk_found_add (found, "Evolution", name, url, NULL);
  else if (!local)
    trk_found_add (found, "Evolution", name, url,
                   "this trackerd was built without Evolution Data Server (libecal)");
  else if (g_file_test (file, G_FILE_TEST_EXISTS))
    trk_found_add (found, "Evolution", name, file, NULL);
}

/* Birthdays and the weather make no plan. */
static gboolean
is_plan (const char *backend)
{
  return backend != NULL && !g_str_equal (backend, "contacts") && !g_str_equal (backend, "weather");
}

static void
read_source (GPtrArray *found, const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *uid = g_strndup (file, strlen (file) - strlen (ENDING));
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *backend = NULL;
  g_autofree char *name = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL))
    return;
  backend = g_key_file_get_string (keys, "Calendar", "BackendName", NULL);
  name = g_key_file_get_locale_string (keys, "Data Source", "DisplayName", NULL, NULL);
  if (!is_plan (backend)
      || (g_key_file_has_key (keys, "Data Source", "Enabled", NULL)
          && !g_key_file_get_boolean (keys, "Data Source", "Enabled", NULL)))
    return;
  add_source (found, uid, name != NULL ? name : uid, backend);
}

static void
read_sources (GPtrArray *found, const char *home)
{
  g_autofree char *path = g_build_filename (home, "evolution", "sources", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ENDING) && strlen (name) > strlen (ENDING))
      read_source (found, path, name);
}

void
trk_found_evolution (GPtrArray *found)
{
  g_autofree char *config = trk_path_config_home ();
  g_autofree char *cache = trk_path_cache_home ();
  g_autofree char *system_file = local_file (SYSTEM);

  if (g_file_test (system_file, G_FILE_TEST_EXISTS))
    add_source (found, SYSTEM, "Personal", "local");
  read_sources (found, config);
  read_sources (found, cache);
}
