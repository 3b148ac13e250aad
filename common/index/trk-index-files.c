/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-files.h"

#include "trk-error.h"

#include <string.h>
#include <sys/stat.h>

gboolean
trk_file_stamp (const char *path, TrkFileStamp *stamp)
{
  struct stat status;

  memset (stamp, 0, sizeof *stamp);
  if (stat (path, &status) != 0)
    return FALSE;
  stamp->device = (gint64) status.st_dev;
  stamp->inode = (gint64) status.st_ino;
  stamp->size = status.st_size;
  stamp->mtime = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
  stamp->is_folder = S_ISDIR (status.st_mode);
  return TRUE;
}

gboolean
trk_file_stamp_equal (const TrkFileStamp *a, const TrkFileStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size
         && a->mtime == b->mtime;
}

static gboolean
is_calendar_name (const char *name)
{
  static const char *const suffixes[] = { ".ics", ".ical", ".vcs" };
  const char *suffix = strrchr (name, '.');

  for (guint i = 0; suffix != NULL && i < G_N_ELEMENTS (suffixes); i++)
    if (*name != '.' && g_ascii_strcasecmp (suffix, suffixes[i]) == 0)
      return TRUE;
  return FALSE;
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
folder_files (const char *path, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &failure);
  const char *slash = g_str_has_suffix (path, "/") ? "" : "/";
  GPtrArray *files;
  const char *name;

  if (folder == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "%s", failure->message);
      return NULL;
    }
  files = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (is_calendar_name (name))
      g_ptr_array_add (files, g_strconcat (path, slash, name, NULL));
  g_ptr_array_sort (files, compare_paths);
  return files;
}

GPtrArray *
trk_calendar_files (const char *path, GError **error)
{
  TrkFileStamp stamp;
  GPtrArray *files;

  if (!trk_file_stamp (path, &stamp))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no such file or folder");
      return NULL;
    }
  if (stamp.is_folder)
    return folder_files (path, error);
  files = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (files, g_strdup (path));
  return files;
}
