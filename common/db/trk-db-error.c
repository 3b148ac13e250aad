/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

/* In KiB; G_MAXUINT64 where the system does not say. */
static guint64
free_space (const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  struct statvfs disk;

  if (statvfs (dir, &disk) != 0)
    return G_MAXUINT64;
  return (guint64) disk.f_bavail * disk.f_frsize / 1024;
}

/* "12 KiB free"; "" when it is not known. */
static char *
format_space (guint64 kib)
{
  if (kib == G_MAXUINT64)
    return g_strdup ("");
  if (kib < 10 * 1024)
    return g_strdup_printf (", %" G_GUINT64_FORMAT " KiB free", kib);
  if (kib < 10 * 1024 * 1024)
    return g_strdup_printf (", %" G_GUINT64_FORMAT " MiB free", kib / 1024);
  return g_strdup_printf (", %" G_GUINT64_FORMAT " GiB free", kib / (1024 * 1024));
}

/* Some of SQLite's checks for room in its shared memory (32 KiB) leave no number. */
static gboolean
is_full (int code, int number, guint64 kib)
{
  return code == SQLITE_FULL || number == ENOSPC || number == EDQUOT
         || ((code & 0xff) == SQLITE_IOERR && number == 0 && kib < 32);
}

/* To SQLite many a failure is an "I/O error"; the system's @number tells them apart. */
static const char *
storage_words (int code, int number, guint64 kib)
{
  if (is_full (code, number, kib) && number != EDQUOT)
    return "disk full while saving; nothing was changed";
  if (number == EDQUOT)
    return "your quota of the disk is used up; nothing was changed";
  if ((code & 0xff) == SQLITE_READONLY || number == EROFS)
    return "the disk or the file is read-only; nothing was changed";
  if ((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_PERM)
    return "the file cannot be opened";
  if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
    return "the disk did not confirm that the change is saved; it counts as not made";
  return "the disk failed while it was read or written; nothing was changed";
}

static void
set_storage_error (TrkDb *db, int code, GError **error)
{
  guint64 kib = free_space (db->path);
  g_autofree char *path = trk_path_display (db->path);
  g_autofree char *space = format_space (kib);
  int number = trk_db_vfs_failure (db->vfs);

  if (number == 0)
    number = sqlite3_system_errno (db->handle);
  db->full = is_full (code, number, kib);
  if ((code & 0xff) == SQLITE_CANTOPEN && number != 0)
    g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot open %s: %s", path,
                 g_strerror (number));
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "%s (%s%s)",
                 storage_words (code, number, kib), path, space);
}

/* A CHECK is named by the sentence that a person should read; SQLite puts its own words before. */
static void
set_conflict (TrkDb *db, GError **error)
{
  const char *prefix = "CHECK constraint failed: ";
  const char *message = sqlite3_errmsg (db->handle);

  if (g_str_has_prefix (message, prefix))
    message += strlen (prefix);
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CONFLICT, message);
}

void
trk_db_set_error (TrkDb *db, int code, GError **error)
{
  g_autofree char *path = trk_path_display (db->path);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      set_storage_error (db, code, error);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: /* many programs open it at once */
      g_set_error (error, TRK_ERROR, TRK_ERROR_BUSY,
                   "another program is writing to %s and did not finish within %g s; "
                   "nothing was changed, try again",
                   path, db->patience / 1000.0);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT,
                   "%s is damaged (%s); it was left as it is: move it away or put a backup in "
                   "its place",
                   path, sqlite3_errmsg (db->handle));
      break;
    case SQLITE_CONSTRAINT:
      set_conflict (db, error);
      break;
    default:
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%s: %s", path, sqlite3_errmsg (db->handle));
    }
}

gboolean
trk_db_succeeded (TrkDb *db, int code, GError **error)
{
  if (code == SQLITE_OK)
    return TRUE;
  trk_db_set_error (db, code, error);
  return FALSE;
}
