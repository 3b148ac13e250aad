/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static gboolean
failed (const char *what, const char *path, int failure, GError **error)
{
  g_autofree char *shown = trk_path_display (path);

  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot %s %s: %s", what, shown,
               g_strerror (failure));
  return FALSE;
}

/* Flushes a file or folder to the disk; VACUUM INTO does not. */
static gboolean
flush (const char *path, GError **error)
{
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean flushed;
  int failure;

  if (descriptor < 0)
    return failed ("open", path, errno, error);
  flushed = fsync (descriptor) == 0;
  failure = errno;
  close (descriptor);
  return flushed || failed ("save", path, failure, error);
}

/* Does the copy read back whole, and is it of the same version? */
static gboolean
verify (TrkDb *db, const char *path, GError **error)
{
  TrkDb *copy = trk_db_connect_immutable (path, db->name, error);
  gint64 expected, version;
  gboolean good;

  if (copy == NULL)
    return FALSE;
  good = trk_db_check (copy, error) && trk_db_read_int (db, "PRAGMA user_version", &expected, error)
         && trk_db_read_int (copy, "PRAGMA user_version", &version, error);
  trk_db_close (copy);
  if (good && version != expected)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CORRUPT, "the copy differs from the log");
      good = FALSE;
    }
  return good;
}

/* A new empty file of a name of its own beside @path, for its owner alone. */
static char *
temporary_beside (const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".XXXXXX", NULL);
  int descriptor = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);

  if (descriptor < 0)
    {
      failed ("create a file beside", path, errno, error);
      return NULL;
    }
  fchmod (descriptor, 0600);
  close (descriptor);
  return g_steal_pointer (&name);
}

static gboolean
put_in_place (const char *temporary, const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);

  if (g_rename (temporary, path) != 0)
    return failed ("write", path, errno, error);
  return flush (dir, error);
}

gboolean
trk_db_backup (TrkDb *db, const char *path, GError **error)
{
  g_autofree char *temporary = temporary_beside (path, error);

  if (temporary == NULL)
    return FALSE;
  if (trk_db_run (db, error, "VACUUM INTO ?1", "s", temporary) && flush (temporary, error)
      && verify (db, temporary, error) && put_in_place (temporary, path, error))
    return TRUE;
  g_unlink (temporary);
  return FALSE;
}
