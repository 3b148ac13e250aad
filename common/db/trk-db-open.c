/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first bytes of a database (SQLite's file format, section 1.3). */
#define HEADER_SIZE 100
#define OFFSET_WRITE_VERSION 18 /* 2: write-ahead log */
#define OFFSET_USER_VERSION 60
#define OFFSET_APPLICATION_ID 68

typedef struct
{
  gboolean empty;
  gboolean wal;
  gint32 user_version;
  gint32 application_id;
} Header;

static gint32
big_endian (const guint8 *bytes)
{
  return (gint32) ((guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8
                   | bytes[3]);
}

static gboolean
refuse (TrkDb *db, TrkErrorCode code, const char *what, GError **error)
{
  g_autofree char *path = trk_path_display (db->path);

  g_set_error (error, TRK_ERROR, code, "%s %s", path, what);
  return FALSE;
}

/* Reads the header through SQLite's own descriptor: opening and closing the file beside it would
 * drop the POSIX locks of every other connection of this process. */
static gboolean
read_header (TrkDb *db, Header *header, GError **error)
{
  guint8 bytes[HEADER_SIZE] = { 0 };
  sqlite3_file *file = NULL;
  int code;

  sqlite3_file_control (db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  code = file->pMethods->xRead (file, bytes, sizeof bytes, 0);
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
    return trk_db_succeeded (db, code, error);
  header->empty = code == SQLITE_IOERR_SHORT_READ && bytes[0] == 0;
  header->wal = bytes[OFFSET_WRITE_VERSION] == 2;
  header->user_version = big_endian (bytes + OFFSET_USER_VERSION);
  header->application_id = big_endian (bytes + OFFSET_APPLICATION_ID);
  if (!header->empty && memcmp (bytes, "SQLite format 3", 16) != 0)
    return refuse (db, TRK_ERROR_CORRUPT,
                   "is not a database; it was left as it is: move it away or put a backup in its "
                   "place",
                   error);
  if (!header->empty && code == SQLITE_IOERR_SHORT_READ)
    return refuse (db, TRK_ERROR_CORRUPT,
                   "is cut off in its first bytes; it was left as it is: move it away or put a "
                   "backup in its place",
                   error);
  return TRUE;
}

/* Is it ours to touch? Decided before SQLite looks at it. */
static gboolean
identify (TrkDb *db, const TrkDbSchema *schema, Header *header, GError **error)
{
  if (!read_header (db, header, error))
    return FALSE;
  if (header->empty)
    return TRUE;
  if (header->application_id != schema->application_id)
    return refuse (db, TRK_ERROR_CORRUPT,
                   "belongs to another program; it was left as it is: choose another place", error);
  return trk_db_refuse_newer (db, header->user_version, schema, error);
}

/* SQLite deletes a write-ahead log that has no database before it. */
static gboolean
refuse_orphan_log (TrkDb *db, const Header *header, GError **error)
{
  g_autofree char *log = g_strconcat (db->path, "-wal", NULL);
  struct stat file;

  if (!header->empty || stat (log, &file) != 0 || file.st_size == 0)
    return TRUE;
  return refuse (db, TRK_ERROR_CORRUPT,
                 "is empty, but its -wal file holds changes; nothing was touched: put a backup "
                 "beside it, or move the -wal file away to begin anew",
                 error);
}

/* Whatever the umask, and before the first byte: the files beside it take its mode. */
static gboolean
create_private (const char *path, GError **error)
{
  int descriptor = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int failure = errno;
  g_autofree char *shown = NULL;

  if (descriptor >= 0)
    {
      fchmod (descriptor, 0600);
      close (descriptor);
      return TRUE;
    }
  if (failure == EEXIST)
    return TRUE;
  shown = trk_path_display (path);
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot create %s: %s", shown,
               g_strerror (failure));
  return FALSE;
}

/* A file that others may read (restored from somewhere) becomes private, with those beside it. */
static void
make_private (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  struct stat file;

  if (stat (path, &file) != 0 || (file.st_mode & 077) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      chmod (name, 0600); /* not ours to change, or not there: opening it tells */
    }
}

/* The mark of ours goes in before the write-ahead log exists, so that the header always has it. */
static gboolean
begin_new (TrkDb *db, const TrkDbSchema *schema, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d", schema->application_id);
  gint64 id;

  if (!trk_db_begin (db, error))
    return FALSE;
  if (!trk_db_read_int (db, "PRAGMA application_id", &id, error)
      || (id == 0 && !trk_db_exec (db, sql, error)))
    {
      trk_db_rollback (db);
      return FALSE;
    }
  return trk_db_commit (db, error);
}

/* After a large change the log gives its space back. */
static gboolean
keep_log_short (TrkDb *db, GError **error)
{
  sqlite3_wal_autocheckpoint (db->handle, TRK_DB_LOG_PAGES);
  return trk_db_exec (db, "PRAGMA journal_size_limit = 0", error);
}

/* How a change becomes a part of the file. A new one has its journal in memory (none at all is
 * refused by defensive), where nothing of a file that only grows goes. */
static gboolean
set_durability (TrkDb *db, TrkDbMode mode, GError **error)
{
  switch (mode)
    {
    case TRK_DB_NEW:
      return trk_db_exec (db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", error);
    case TRK_DB_CACHE:
      return trk_db_exec (db, "PRAGMA synchronous = NORMAL", error);
    default:
      return trk_db_exec (db, "PRAGMA synchronous = FULL", error);
    }
}

static gboolean
set_up_writing (TrkDb *db, TrkDbMode mode, const TrkDbSchema *schema, GError **error)
{
  Header header = { 0 };

  if (!identify (db, schema, &header, error))
    return FALSE;
  if (mode == TRK_DB_WRITE && !refuse_orphan_log (db, &header, error))
    return FALSE;
  if (sqlite3_db_readonly (db->handle, "main") == 1)
    return trk_db_succeeded (db, SQLITE_READONLY, error);
  make_private (db->path);
  if (!set_durability (db, mode, error))
    return FALSE;
  /* Small pages for small changes: the empty log takes half, and so does what a command writes. */
  if (header.empty && mode == TRK_DB_WRITE && !trk_db_exec (db, "PRAGMA page_size = 2048", error))
    return FALSE;
  if (header.empty && !begin_new (db, schema, error))
    return FALSE;
  if (!trk_db_migrate (db, schema, error))
    return FALSE;
  /* After the first schema, which would else be written twice on what may be a small disk. */
  if (!header.wal && mode != TRK_DB_NEW && !trk_db_exec (db, "PRAGMA journal_mode = WAL", error))
    return FALSE;
  return mode != TRK_DB_WRITE || keep_log_short (db, error);
}

static gboolean
refuse_special (const char *path, GError **error)
{
  struct stat file;
  g_autofree char *shown = NULL;

  if (stat (path, &file) != 0 || S_ISREG (file.st_mode))
    return TRUE;
  shown = trk_path_display (path);
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "%s is not a regular file", shown);
  return FALSE;
}

static TrkDb *
open_write (const char *path, TrkDbMode mode, const TrkDbSchema *schema, GError **error)
{
  g_autoptr (TrkDb) db = NULL;

  if (!refuse_special (path, error) || !create_private (path, error))
    return NULL;
  db = trk_db_connect (path, path, schema->name, SQLITE_OPEN_READWRITE, error);
  if (db == NULL || !set_up_writing (db, mode, schema, error))
    return NULL;
  return g_steal_pointer (&db);
}

static TrkDb *
open_memory (const TrkDbSchema *schema, GError **error)
{
  g_autoptr (TrkDb) db = trk_db_connect (":memory:", ":memory:", schema->name,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (db == NULL || !trk_db_migrate (db, schema, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* The version as the write-ahead log has it; the header in the file may be older. */
static gboolean
check_version (TrkDb *db, const TrkDbSchema *schema, GError **error)
{
  gint64 version;

  if (!trk_db_read_int (db, "PRAGMA user_version", &version, error)
      || !trk_db_refuse_newer (db, version, schema, error))
    return FALSE;
  if (version == schema->n_migrations)
    return TRUE;
  return refuse (db, TRK_ERROR_STATE,
                 "is of an older version; the next command that writes upgrades it", error);
}

/* On a disk that cannot be written there is no shared memory beside the file. Then nobody writes
 * either, and it can be read without locks: the file alone, or with its write-ahead log. */
static TrkDb *
open_unlocked (const char *path, const TrkDbSchema *schema, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (TrkDb) db = NULL;
  struct stat file;

  if (stat (log, &file) == 0 && file.st_size > 0)
    db = trk_db_connect_alone (path, schema->name, error);
  else
    db = trk_db_connect_immutable (path, schema->name, error);
  if (db == NULL || !check_version (db, schema, error))
    return NULL;
  return g_steal_pointer (&db);
}

static gboolean
refuse_missing (const char *path, const TrkDbSchema *schema, GError **error)
{
  g_autofree char *shown = NULL;
  struct stat file;

  if (!refuse_special (path, error))
    return FALSE;
  if (stat (path, &file) == 0 || (errno != ENOENT && errno != ENOTDIR))
    return TRUE;
  shown = trk_path_display (path);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no %s yet (%s)", schema->name,
               shown);
  return FALSE;
}

static TrkDb *
open_read (const char *path, const TrkDbSchema *schema, GError **error)
{
  g_autoptr (TrkDb) db = NULL;
  g_autoptr (GError) failure = NULL;
  Header header = { 0 };

  if (!refuse_missing (path, schema, error))
    return NULL;
  db = trk_db_connect (path, path, schema->name, SQLITE_OPEN_READONLY, error);
  if (db == NULL || !identify (db, schema, &header, error))
    return NULL;
  if (header.empty)
    {
      refuse (db, TRK_ERROR_NOT_FOUND, "is empty", error);
      return NULL;
    }
  if (check_version (db, schema, &failure))
    return g_steal_pointer (&db);
  if (g_error_matches (failure, TRK_ERROR, TRK_ERROR_STORAGE))
    return open_unlocked (path, schema, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

TrkDb *
trk_db_open (const char *path, TrkDbMode mode, const TrkDbSchema *schema, GError **error)
{
  g_autofree char *absolute = NULL;

  if (mode == TRK_DB_MEMORY)
    return open_memory (schema, error);
  /* An absolute path is never one of SQLite's special names. */
  absolute = g_canonicalize_filename (path, NULL);
  if (mode == TRK_DB_READ)
    return open_read (absolute, schema, error);
  return open_write (absolute, mode, schema, error);
}
