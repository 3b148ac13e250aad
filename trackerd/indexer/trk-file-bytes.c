/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file-bytes.h"

#include "trk-content.h"
#include "trk-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (GError **error, TrkErrorCode code, const char *why)
{
  g_set_error (error, TRK_ERROR, (gint) code, "%s", why);
  return FALSE;
}

static const char *
kind_of_file (mode_t mode)
{
  if (S_ISDIR (mode))
    return "it is a folder";
  if (S_ISFIFO (mode))
    return "it is a pipe, not a file";
  if (S_ISSOCK (mode))
    return "it is a socket, not a file";
  return "it is a device, not a file";
}

static gboolean
read_all (int fd, GByteArray *bytes)
{
  guint8 chunk[65536];
  ssize_t n;

  do
    {
      n = read (fd, chunk, sizeof chunk);
      if (n > 0)
        g_byte_array_append (bytes, chunk, (guint) n);
    }
  while ((n > 0 && bytes->len <= TRK_CONTENT_MAX_FILE) || (n < 0 && errno == EINTR));
  return n >= 0;
}

static char *
read_fd (int fd, gsize *length, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail (error, TRK_ERROR_INVALID, g_strerror (errno)), NULL;
  if (!S_ISREG (status.st_mode))
    return fail (error, TRK_ERROR_INVALID, kind_of_file (status.st_mode)), NULL;
  if (status.st_size > TRK_CONTENT_MAX_FILE)
    return fail (error, TRK_ERROR_INVALID, "it is larger than 64 MB"), NULL;
  bytes = g_byte_array_sized_new ((guint) status.st_size + 1);
  if (!read_all (fd, bytes))
    return fail (error, TRK_ERROR_INVALID, g_strerror (errno)), NULL;
  if (bytes->len > TRK_CONTENT_MAX_FILE)
    return fail (error, TRK_ERROR_INVALID, "it is larger than 64 MB"), NULL;
  *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

char *
trk_file_read_bytes (const char *path, gsize *length, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  int saved = errno;
  char *bytes;

  if (fd < 0)
    {
      fail (error, saved == ENOENT ? TRK_ERROR_NOT_FOUND : TRK_ERROR_INVALID, g_strerror (saved));
      return NULL;
    }
  bytes = read_fd (fd, length, error);
  close (fd);
  return bytes;
}
