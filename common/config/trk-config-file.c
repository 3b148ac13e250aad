/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-file.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct _TrkConfigFile
{
  int folder;  /* open and locked */
  char *path;  /* of the file itself, no link */
  char *name;  /* in the folder */
  char *fresh; /* in the folder: what is written before it takes the name */
};

/* The file that @path is in the end; also where that file does not exist yet. */
static char *
resolve (const char *path)
{
  char *real = realpath (path, NULL);
  g_autofree char *copy = g_strdup (real);
  g_autofree char *target = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  free (real);
  if (copy != NULL)
    return g_steal_pointer (&copy);
  target = g_file_read_link (path, NULL);
  return target != NULL ? g_canonicalize_filename (target, folder) : g_strdup (path);
}

/* Always FALSE: the caller returns it. */
static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot save %s: %s; nothing was changed", path,
               g_strerror (errno));
  return FALSE;
}

static int
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  while (fd >= 0 && flock (fd, LOCK_EX) != 0)
    if (errno != EINTR)
      {
        int reason = errno;

        close (fd);
        errno = reason;
        return -1;
      }
  return fd;
}

TrkConfigFile *
trk_config_file_open (const char *path, GError **error)
{
  g_autofree char *real = resolve (path);
  g_autofree char *folder = g_path_get_dirname (real);
  TrkConfigFile *file;
  int fd;

  if (!trk_path_ensure_dir (folder, error))
    return NULL;
  fd = lock_folder (folder);
  if (fd < 0)
    {
      fail (real, error);
      return NULL;
    }
  file = g_new0 (TrkConfigFile, 1);
  file->folder = fd;
  file->name = g_path_get_basename (real);
  file->fresh = g_strconcat (file->name, ".new", NULL);
  file->path = g_steal_pointer (&real);
  return file;
}

void
trk_config_file_free (TrkConfigFile *file)
{
  if (file == NULL)
    return;
  close (file->folder);
  g_free (file->path);
  g_free (file->name);
  g_free (file->fresh);
  g_free (file);
}

static gboolean
write_whole (int fd, const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      text += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* Text on disk under the passing name. What stands there was left by a kill, and is replaced as a
 * name: a link or another's file is never written through. */
static gboolean
write_fresh (const TrkConfigFile *file, const char *text)
{
  gboolean good;
  int fd, reason;

  unlinkat (file->folder, file->fresh, 0);
  fd = openat (file->folder, file->fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  good = fchmod (fd, 0600) == 0 && write_whole (fd, text) && fsync (fd) == 0;
  reason = errno;
  if (close (fd) != 0 && good)
    return FALSE;
  errno = reason;
  return good;
}

gboolean
trk_config_file_replace (TrkConfigFile *file, const char *text, GError **error)
{
  if (write_fresh (file, text)
      && renameat (file->folder, file->fresh, file->folder, file->name) == 0)
    {
      fsync (file->folder); /* the name; a file system that cannot has its own order */
      return TRUE;
    }
  fail (file->path, error);
  unlinkat (file->folder, file->fresh, 0);
  return FALSE;
}
