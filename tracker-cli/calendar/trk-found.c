/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-found.h"

#include "trk-paths.h"
#include "trk-text.h"
#include "trk-vdir.h"

enum
{
  MAX_NAME = 60,
  MAX_FOUND = 1000
};

static void
found_free (gpointer data)
{
  TrkFound *found = data;

  g_free (found->name);
  g_free (found->place);
  g_free (found->obstacle);
  g_free (found);
}

static gboolean
has_place (const GPtrArray *found, const char *place)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (((TrkFound *) g_ptr_array_index (found, i))->place, place))
      return TRUE;
  return FALSE;
}

void
trk_found_add (GPtrArray *found,
               const char *program,
               const char *name,
               const char *place,
               const char *obstacle)
{
  TrkFound *one;

  if (has_place (found, place) || found->len >= MAX_FOUND)
    return;
  one = g_new0 (TrkFound, 1);
  one->program = program;
  one->name = trk_text_line (name, MAX_NAME);
  one->place = g_strdup (place);
  one->obstacle = g_strdup (obstacle);
  g_ptr_array_add (found, one);
}

void
trk_found_add_folder (GPtrArray *found, const char *program, const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, "/");
  g_autoptr (GPtrArray) collections = trk_vdir_collections (whole);
  g_autofree char *name = trk_vdir_name (whole);

  for (guint i = 0; i < collections->len; i++)
    {
      g_autofree char *inner = trk_vdir_name (g_ptr_array_index (collections, i));

      trk_found_add (found, program, inner, g_ptr_array_index (collections, i), NULL);
    }
  if (collections->len == 0 && g_file_test (whole, G_FILE_TEST_EXISTS))
    trk_found_add (found, program, name, whole, NULL);
}

GPtrArray *
trk_found_all (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (found_free);

  trk_found_vdirsyncer (found);
  trk_found_khal (found);
  trk_found_evolution (found);
  trk_found_calcurse (found);
  return found;
}

void
trk_found_calcurse (GPtrArray *found)
{
  g_autofree char *data = trk_path_data_home ();
  g_autofree char *usual = g_build_filename (data, "calcurse", "apts", NULL);
  g_autofree char *old = trk_path_expand ("~/.calcurse/apts");

  /* calcurse itself prefers the old folder where there is one. */
  if (g_file_test (old, G_FILE_TEST_IS_REGULAR) || g_file_test (usual, G_FILE_TEST_IS_REGULAR))
    trk_found_add (found, "calcurse", "calcurse", "calcurse:", NULL);
}
