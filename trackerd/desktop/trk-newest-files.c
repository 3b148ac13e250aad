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

/* What lies in @folder and begins with @prefix: an array of Found, newest first. */
static GArray *
find (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
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
  return found;
}

GStrv
trk_newest_files (const char *given, const char *folder, const char *prefix)
{
  g_autoptr (GArray) found = find (folder, prefix);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  if (given != NULL && *given != '\0')
    g_ptr_array_add (paths, g_strdup (given));
  for (guint i = 0; i < found->len && i < MOST; i++)
    {
      const char *path = g_array_index (found, Found, i).path;

      if (g_strcmp0 (path, given) != 0)
        g_ptr_array_add (paths, g_strdup (path));
    }
  g_ptr_array_add (paths, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}
