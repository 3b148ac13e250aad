/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-file.h"

#include "trk-calendar.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

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

  file->atomic = trk_atomic_file_open (path, error);
  if (file->atomic == NULL)
    return NULL;
  file->path = g_strdup (trk_atomic_file_path (file->atomic));
  file->access = TRK_ATOMIC_ALIKE;
  return read_file (file, error) ? g_steal_pointer (&file) : NULL;
}

void
trk_calendar_file_close (TrkCalendarFile *file)
{
  if (file == NULL)
    return;
  g_clear_pointer (&file->atomic, trk_atomic_file_free);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file->hash);
  g_free (file->path);
  g_free (file);
}

/* -- Writing ----------------------------------------------------------------------------------- */

gboolean
trk_calendar_file_draft (TrkCalendarFile *file, GBytes *wanted, GError **error)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (wanted, &length);

  return trk_atomic_file_begin (file->atomic, error)
         && trk_atomic_file_append (file->atomic, bytes, length, error)
         && trk_atomic_file_finish (file->atomic, file->access, error);
}

gboolean
trk_calendar_file_is_unchanged (const TrkCalendarFile *file, GError **error)
{
  g_autoptr (TrkCalendarFile) now = g_new0 (TrkCalendarFile, 1);

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

gboolean
trk_calendar_file_replace (TrkCalendarFile *file, GError **error)
{
  if (!trk_calendar_file_is_unchanged (file, error))
    return FALSE;
  if (trk_atomic_file_draft (file->atomic) == NULL)
    return trk_atomic_file_remove (file->atomic, error);
  /* A name that exists belongs to somebody who was faster. */
  return trk_atomic_file_commit (file->atomic, !file->exists, error);
}
