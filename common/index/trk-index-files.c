/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-files.h"

#include "trk-error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DIR, closedir)

/* In ns. A file may be of any time: what is too far off is the last that they can say. */
static gint64
nanoseconds (struct timespec time)
{
  gint64 all;

  if (__builtin_mul_overflow ((gint64) time.tv_sec, G_GINT64_CONSTANT (1000000000), &all)
      || __builtin_add_overflow (all, (gint64) time.tv_nsec, &all))
    return time.tv_sec < 0 ? G_MININT64 : G_MAXINT64;
  return all;
}

gboolean
trk_file_stamp (const char *path, TrkFileStamp *stamp)
{
  return trk_file_stamp_at (AT_FDCWD, path, stamp);
}

gboolean
trk_file_stamp_at (int folder, const char *name, TrkFileStamp *stamp)
{
  struct stat status;

  memset (stamp, 0, sizeof *stamp);
  if (fstatat (folder, name, &status, 0) != 0)
    return FALSE;
  stamp->device = (gint64) status.st_dev;
  stamp->inode = (gint64) status.st_ino;
  stamp->size = status.st_size;
  stamp->mtime = nanoseconds (status.st_mtim);
  stamp->is_folder = S_ISDIR (status.st_mode);
  return TRUE;
}

gboolean
trk_file_stamp_equal (const TrkFileStamp *a, const TrkFileStamp *b)
{
  return memcmp (a, b, TRK_FILE_STAMP_SIZE) == 0;
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

/* @name in the folder @prefix, which ends with a slash; without its stamp. */
static TrkSourceFile *
file_new (const char *prefix, gsize prefix_length, const char *name)
{
  gsize length = strlen (name) + 1;
  TrkSourceFile *file = g_malloc (sizeof *file + prefix_length + length);

  memcpy (file->path, prefix, prefix_length);
  memcpy (file->path + prefix_length, name, length);
  return file;
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  const TrkSourceFile *x = *(TrkSourceFile *const *) a, *y = *(TrkSourceFile *const *) b;

  return strcmp (x->path, y->path);
}

static GPtrArray *
folder_files (const char *path, GError **error)
{
  g_autoptr (DIR) folder = opendir (path);
  g_autofree char *prefix =
      g_str_has_suffix (path, "/") ? g_strdup (path) : g_strdup_printf ("%s/", path);
  const gsize length = strlen (prefix);
  const struct dirent *entry;
  GPtrArray *files;

  if (folder == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "the folder cannot be listed: %s",
                   g_strerror (errno));
      return NULL;
    }
  files = g_ptr_array_new_with_free_func (g_free);
  while ((entry = readdir (folder)) != NULL)
    if (is_calendar_name (entry->d_name))
      {
        TrkSourceFile *file = file_new (prefix, length, entry->d_name);

        file->may_lead_out = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
        trk_file_stamp_at (dirfd (folder), entry->d_name, &file->stamp);
        g_ptr_array_add (files, file);
      }
  g_ptr_array_sort (files, compare_paths);
  return files;
}

GPtrArray *
trk_calendar_files (const char *path, GError **error)
{
  TrkSourceFile *file;
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
  file = file_new ("", 0, path);
  file->stamp = stamp;
  file->may_lead_out = FALSE;
  g_ptr_array_add (files, file);
  return files;
}
