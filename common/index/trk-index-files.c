/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-files.h"

#include "trk-error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  MANY = 1000 /* files that are worth a thread */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DIR, closedir)

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
  stamp->mtime = status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
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
static TrkCalendarFile *
file_new (const char *prefix, gsize prefix_length, const char *name)
{
  gsize length = strlen (name) + 1;
  TrkCalendarFile *file = g_malloc (sizeof *file + prefix_length + length);

  file->may_lead_out = FALSE;
  memcpy (file->path, prefix, prefix_length);
  memcpy (file->path + prefix_length, name, length);
  return file;
}

TrkCalendarFile *
trk_calendar_file_new (const char *path)
{
  return file_new ("", 0, path);
}

/* Files that one thread looks at. */
typedef struct
{
  int folder;
  gsize prefix; /* bytes in front of a name */
  TrkCalendarFile **files;
  guint n;
} Share;

/* The name of @file in the folder; its whole path, when it is no longer than the folder's. */
static const char *
name_in (const Share *share, const TrkCalendarFile *file)
{
  return strlen (file->path) > share->prefix ? file->path + share->prefix : file->path;
}

static void *
stamp_share (void *data)
{
  const Share *share = data;

  for (guint i = 0; i < share->n; i++)
    trk_file_stamp_at (share->folder, name_in (share, share->files[i]), &share->files[i]->stamp);
  return NULL;
}

/* To look at a file is all waiting for the kernel, and of a large folder nearly all that an update
 * takes: so two look at it. */
static void
stamp_files (int folder, gsize prefix, GPtrArray *files)
{
  TrkCalendarFile **all = (TrkCalendarFile **) files->pdata;
  const guint half = files->len < MANY ? 0 : files->len / 2;
  Share other = { folder, prefix, all, half };
  Share own = { folder, prefix, all + half, files->len - half };
  pthread_t thread;
  gboolean shared = half > 0 && pthread_create (&thread, NULL, stamp_share, &other) == 0;

  stamp_share (&own);
  if (shared)
    pthread_join (thread, NULL);
  else
    stamp_share (&other);
}

/* What stands before the names of the files in @folder. */
static char *
prefix_of (const char *folder)
{
  return g_strconcat (folder, g_str_has_suffix (folder, "/") ? NULL : "/", NULL);
}

void
trk_calendar_files_look (GPtrArray *files, const char *path)
{
  g_autofree char *prefix = prefix_of (path);
  int folder = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);

  stamp_files (folder < 0 ? AT_FDCWD : folder, folder < 0 ? 0 : strlen (prefix), files);
  if (folder >= 0)
    close (folder);
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  const TrkCalendarFile *x = *(TrkCalendarFile *const *) a, *y = *(TrkCalendarFile *const *) b;

  return strcmp (x->path, y->path);
}

static GPtrArray *
folder_files (const char *path, GError **error)
{
  g_autoptr (DIR) folder = opendir (path);
  g_autofree char *prefix = prefix_of (path);
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
        TrkCalendarFile *file = file_new (prefix, length, entry->d_name);

        file->may_lead_out = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
        g_ptr_array_add (files, file);
      }
  stamp_files (dirfd (folder), length, files);
  g_ptr_array_sort (files, compare_paths);
  return files;
}

GPtrArray *
trk_calendar_files (const char *path, GError **error)
{
  TrkCalendarFile *file;
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
  file = trk_calendar_file_new (path);
  file->stamp = stamp;
  g_ptr_array_add (files, file);
  return files;
}
