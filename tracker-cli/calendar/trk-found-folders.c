/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-found.h"
#include "trk-ini.h"
#include "trk-paths.h"
#include "trk-vdir.h"

#include <glob.h>
#include <string.h>

/* Folders of khal and vdirsyncer. Paths may begin with ~; those with variables are passed over. */

static gboolean
is_plain (const char *path)
{
  return path != NULL && *path != '\0' && strchr (path, '$') == NULL;
}

/* @pattern with * and ? in it; folders alone unless @files. */
static void
add_matching (GPtrArray *found, const char *program, const char *pattern, gboolean files)
{
  glob_t matches = { 0 };

  if (glob (pattern, GLOB_NOSORT, NULL, &matches) == 0)
    for (size_t i = 0; i < matches.gl_pathc; i++)
      if (files || g_file_test (matches.gl_pathv[i], G_FILE_TEST_IS_DIR))
        trk_found_add_folder (found, program, matches.gl_pathv[i]);
  globfree (&matches);
}

/* -- khal -------------------------------------------------------------------------------------- */

static void
add_khal (GPtrArray *found, const TrkIniSection *section)
{
  const char *path = trk_ini_value (section, "path");
  const char *type = trk_ini_value (section, "type");
  const char *name = strchr (section->section, '/') + 1;
  g_autofree char *expanded = is_plain (path) ? trk_path_expand (path) : NULL;
  g_autofree char *whole = NULL;

  if (expanded == NULL || g_strcmp0 (type, "birthdays") == 0)
    return;
  if (g_strcmp0 (type, "discover") == 0)
    {
      add_matching (found, "khal", expanded, FALSE);
      return;
    }
  whole = g_canonicalize_filename (expanded, "/");
  if (g_file_test (whole, G_FILE_TEST_IS_DIR))
    trk_found_add (found, "khal", name, whole, NULL);
}

void
trk_found_khal (GPtrArray *found)
{
  g_autofree char *folder = trk_path_config_home ();
  g_autofree char *path = g_build_filename (folder, "khal", "config", NULL);
  g_autoptr (GPtrArray) sections = trk_ini_read (path);

  for (guint i = 0; i < sections->len; i++)
    {
      const TrkIniSection *section = g_ptr_array_index (sections, i);

      if (g_str_has_prefix (section->section, "calendars/"))
        add_khal (found, section);
    }
}

/* -- vdirsyncer -------------------------------------------------------------------------------- */

static void
add_storage (GPtrArray *found, const TrkIniSection *section)
{
  const char *type = trk_ini_value (section, "type");
  const char *path = trk_ini_value (section, "path");
  const char *ending = trk_ini_value (section, "fileext");
  g_autofree char *expanded = is_plain (path) ? trk_path_expand (path) : NULL;

  if (expanded == NULL)
    return;
  if (g_strcmp0 (type, "filesystem") == 0 && (ending == NULL || g_str_equal (ending, ".ics")))
    trk_found_add_folder (found, "vdirsyncer", expanded);
  else if (g_strcmp0 (type, "singlefile") == 0 && g_str_has_suffix (expanded, ".ics"))
    {
      g_auto (GStrv) parts = g_strsplit (expanded, "%s", -1);
      g_autofree char *pattern = g_strjoinv ("*", parts);

      add_matching (found, "vdirsyncer", pattern, TRUE);
    }
}

/* The one that vdirsyncer itself would take. */
static char *
vdirsyncer_config (void)
{
  const char *named = g_getenv ("VDIRSYNCER_CONFIG");
  g_autofree char *old = trk_path_expand ("~/.vdirsyncer/config");
  g_autofree char *folder = trk_path_config_home ();

  if (named != NULL && g_path_is_absolute (named))
    return g_strdup (named);
  if (g_file_test (old, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&old);
  return g_build_filename (folder, "vdirsyncer", "config", NULL);
}

void
trk_found_vdirsyncer (GPtrArray *found)
{
  g_autofree char *path = vdirsyncer_config ();
  g_autoptr (GPtrArray) sections = trk_ini_read (path);

  for (guint i = 0; i < sections->len; i++)
    {
      const TrkIniSection *section = g_ptr_array_index (sections, i);

      if (g_str_has_prefix (section->section, "storage "))
        add_storage (found, section);
    }
}
