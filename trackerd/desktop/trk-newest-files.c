/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-newest-files.h"

#include <glib/gstdio.h>

enum
{
  MOST = 16,
};

typedef struct
{
  char *path;  /* (owned) */
  gint64 time; /* of the last change, in seconds */
} Found;

static void
clear_found (gpointer data)
{
  g_free (((Found *) data)->path);
}

static gint
newest_first (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  return x->time != y->time ? (x->time > y->time ? -1 : 1) : g_strcmp0 (x->path, y->path);
}

GStrv
trk_newest_files (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  const char *name;

  g_array_set_clear_func (found, clear_found);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Found file = { NULL, 0 };
      GStatBuf status;

      if (!g_str_has_prefix (name, prefix))
        continue;
      file.path = g_build_filename (folder, name, NULL);
      file.time = g_stat (file.path, &status) == 0 ? status.st_mtime : 0;
      g_array_append_val (found, file);
    }
  g_array_sort (found, newest_first);
  for (guint i = 0; i < found->len && i < MOST; i++)
    g_ptr_array_add (paths, g_strdup (g_array_index (found, Found, i).path));
  g_ptr_array_add (paths, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}
