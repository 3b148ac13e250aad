/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-file.h"

#include "trk-calendar.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define DRAFT ".trackerd-" /* and six more signs: hidden, and no name of a calendar */

enum
{
  PATIENCE = 100, /* looks for the lock … */
  LOOK = 50000    /* … and µs between them */
};

static gboolean
fail (GError **error, TrkErrorCode code, const char *path, const char *why)
{
  g_autofree char *shown = trk_path_display (path);

  g_set_error (error, TRK_ERROR, (gint) code, "%s: %s; nothing was changed", shown, why);
  return FALSE;
}

static gboolean
fail_errno (GError **error, const char *path)
{
  return fail (error, TRK_ERROR_STORAGE, path, g_strerror (errno));
}

char *
trk_calendar_file_hash (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/* -- Opening ----------------------------------------------------------------------------------- */

/* Where @path leads, also through a link to what does not exist yet. Owned by the caller. */
static char *
behind_links (const char *path)
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

static gboolean
lock_folder (TrkCalendarFile *file, GError **error)
{
  file->lock = open (file->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file->lock < 0)
    return fail_errno (error, file->folder);
  for (int i = 0; i < PATIENCE; i++)
    {
      if (flock (file->lock, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
      if (errno != EWOULDBLOCK && errno != EINTR)
        return fail_errno (error, file->folder);
      g_usleep (LOOK);
    }
  return fail (error, TRK_ERROR_BUSY, file->folder, "another command is changing calendars in it");
}

/* What a command that was killed left beside the files; nobody else is at work here now. */
static void
clear_drafts (const TrkCalendarFile *file)
{
  g_autoptr (GDir) dir = g_dir_open (file->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, DRAFT) && strlen (name) == strlen (DRAFT "XXXXXX"))
      {
        g_autofree char *path = g_build_filename (file->folder, name, NULL);

        g_unlink (path);
      }
}

static gboolean
is_usable (const TrkCalendarFile *file, GError **error)
{
  if (!S_ISREG (file->status.st_mode))
    return fail (error, TRK_ERROR_INVALID, file->path, "it is no plain file");
  if (file->status.st_nlink > 1)
    return fail (error, TRK_ERROR_INVALID, file->path,
                 "it has a second name (a hard link), which would keep the old content");
  if (file->status.st_size > TRK_CALENDAR_MAX_FILE)
    return fail (error, TRK_ERROR_INVALID, file->path, "it is larger than 64 MB");
  if (access (file->path, W_OK) != 0)
    return fail_errno (error, file->path);
  return TRUE;
}

/* All of @fd's bytes; NULL with errno. */
static GBytes *
read_all (int fd, gsize size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) size + 1);
  guint8 chunk[65536];
  ssize_t n;

  while ((n = read (fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      g_byte_array_append (bytes, chunk, (guint) n);
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static gboolean
read_file (TrkCalendarFile *file, GError **error)
{
  int fd = open (file->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  gboolean good;

  if (fd < 0 && errno == ENOENT)
    {
      file->bytes = g_bytes_new (NULL, 0);
      return TRUE;
    }
  if (fd < 0)
    return fail_errno (error, file->path);
  good = fstat (fd, &file->status) == 0 ? is_usable (file, error) : fail_errno (error, file->path);
  if (good)
    file->bytes = read_all (fd, (gsize) file->status.st_size);
  if (good && file->bytes == NULL)
    good = fail_errno (error, file->path);
  close (fd);
  if (!good)
    return FALSE;
  file->exists = TRUE;
  file->hash = trk_calendar_file_hash (file->bytes);
  return TRUE;
}

TrkCalendarFile *
trk_calendar_file_open (const char *path, GError **error)
{
  g_autoptr (TrkCalendarFile) file = g_new0 (TrkCalendarFile, 1);

  file->path = behind_links (path);
  file->folder = g_path_get_dirname (file->path);
  if (!lock_folder (file, error))
    return NULL;
  clear_drafts (file);
  return read_file (file, error) ? g_steal_pointer (&file) : NULL;
}

void
trk_calendar_file_close (TrkCalendarFile *file)
{
  if (file == NULL)
    return;
  if (file->draft != NULL)
    g_unlink (file->draft);
  if (file->lock >= 0)
    close (file->lock);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file->draft);
  g_free (file->hash);
  g_free (file->folder);
  g_free (file->path);
  g_free (file);
}

/* -- Writing ----------------------------------------------------------------------------------- */

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      data += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* Whoever could read the file can read it afterwards, and nobody else. */
static gboolean
keep_owner (const TrkCalendarFile *file, int fd)
{
  mode_t mode = file->exists ? file->status.st_mode & 07777 : 0600;
  struct stat now;

  if (fstat (fd, &now) != 0)
    return FALSE;
  if (file->exists && (now.st_uid != file->status.st_uid || now.st_gid != file->status.st_gid)
      && fchown (fd, file->status.st_uid, file->status.st_gid) != 0)
    return FALSE;
  return fchmod (fd, mode) == 0;
}

gboolean
trk_calendar_file_draft (TrkCalendarFile *file, GBytes *wanted, GError **error)
{
  int fd;
  gboolean good;

  file->draft = g_build_filename (file->folder, DRAFT "XXXXXX", NULL);
  fd = g_mkstemp_full (file->draft, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_clear_pointer (&file->draft, g_free);
      return fail_errno (error, file->folder);
    }
  good = write_all (fd, wanted) && keep_owner (file, fd) && fsync (fd) == 0;
  if (!good)
    fail_errno (error, file->path);
  if (close (fd) != 0 && good)
    good = fail_errno (error, file->path);
  return good;
}

gboolean
trk_calendar_file_is_unchanged (const TrkCalendarFile *file, GError **error)
{
  g_autoptr (TrkCalendarFile) now = g_new0 (TrkCalendarFile, 1);

  now->lock = -1;
  now->path = g_strdup (file->path);
  if (!read_file (now, error))
    return FALSE;
  if (now->exists == file->exists && g_strcmp0 (now->hash, file->hash) == 0
      && (!now->exists
          || (now->status.st_ino == file->status.st_ino && now->status.st_dev == file->status.st_dev
              && now->status.st_mtim.tv_sec == file->status.st_mtim.tv_sec
              && now->status.st_mtim.tv_nsec == file->status.st_mtim.tv_nsec)))
    return TRUE;
  return fail (error, TRK_ERROR_CONFLICT, file->path,
               "another program changed it in this moment; try again");
}

/* A name that exists belongs to somebody who was faster. */
static gboolean
put_in_place (const TrkCalendarFile *file)
{
  if (file->draft == NULL)
    return unlink (file->path) == 0;
  if (file->exists)
    return rename (file->draft, file->path) == 0;
  if (renameat2 (AT_FDCWD, file->draft, AT_FDCWD, file->path, RENAME_NOREPLACE) == 0)
    return TRUE;
  return errno == EINVAL && link (file->draft, file->path) == 0 && unlink (file->draft) == 0;
}

gboolean
trk_calendar_file_replace (TrkCalendarFile *file, GError **error)
{
  if (!trk_calendar_file_is_unchanged (file, error))
    return FALSE;
  if (!put_in_place (file))
    return fail_errno (error, file->path);
  g_clear_pointer (&file->draft, g_free);
  fsync (file->lock); /* the folder: the change is made, whatever it says */
  return TRUE;
}
