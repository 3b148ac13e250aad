/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-place.h"
#include "trk-scratch.h"

#include <glib/gstdio.h>

void
trk_db_place_set_up (TrkDbPlace *place, gconstpointer data)
{
  place->dir = g_dir_make_tmp ("trk-db-XXXXXX", NULL);
  place->path = g_build_filename (place->dir, "x.db", NULL);
}

void
trk_db_place_tear_down (TrkDbPlace *place, gconstpointer data)
{
  trk_scratch_remove (place->dir);
  g_free (place->path);
  g_free (place->dir);
}

gint64
trk_db_place_size (const TrkDbPlace *place, const char *suffix)
{
  g_autofree char *path = g_strconcat (place->path, suffix, NULL);
  GStatBuf file;

  return g_stat (path, &file) == 0 ? file.st_size : -1;
}
