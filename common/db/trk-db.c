/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <sys/stat.h>

const char *
trk_db_path (const TrkDb *db)
{
  return db->path;
}

void
trk_db_set_patience (TrkDb *db, int milliseconds)
{
  db->patience = milliseconds;
  sqlite3_busy_timeout (db->handle, milliseconds);
}

void
trk_db_close (TrkDb *db)
{
  if (db == NULL)
    return;
  g_hash_table_unref (db->queries);
  sqlite3_close_v2 (db->handle);
  g_clear_pointer (&db->vfs, trk_db_vfs_free);
  g_free (db->path);
  g_free (db->name);
  g_free (db);
}

/* @taken: SQLite says which journal it has from now on, and that it cannot have this one is no
 * error to it. */
static gboolean
take_log (TrkDb *db, gboolean *taken, GError **error)
{
  TrkQuery *query = trk_db_query (db, error, "PRAGMA journal_mode = WAL", "");

  if (query == NULL)
    return FALSE;
  *taken = trk_query_next (query) && g_strcmp0 (trk_query_text (query, 0), "wal") == 0;
  return trk_query_end (query, error);
}

/* A write whose flush is that of the whole file; it changes nothing. */
static gboolean
flush (TrkDb *db, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 version;

  if (!trk_db_exec (db, "PRAGMA journal_mode = DELETE", error)
      || !trk_db_read_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  sql = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);
  return trk_db_exec (db, sql, error);
}

gboolean
trk_db_complete (TrkDb *db, GError **error)
{
  gboolean taken;

  if (!trk_db_exec (db, "PRAGMA synchronous = NORMAL", error) || !take_log (db, &taken, error))
    return FALSE;
  /* The change to that mode is a write of its own, too. */
  return taken || flush (db, error);
}

/* As SQLite has it open; NULL: it has none. */
static sqlite3_file *
log_of (TrkDb *db)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return file != NULL && file->pMethods != NULL ? file : NULL;
}

gint64
trk_db_log_size (TrkDb *db)
{
  sqlite3_file *log = log_of (db);
  sqlite3_int64 size = 0;

  return log != NULL && log->pMethods->xFileSize (log, &size) == SQLITE_OK ? size : 0;
}

void
trk_db_cut_log (TrkDb *db, gint64 size)
{
  if (trk_db_log_size (db) > size)
    {
      sqlite3_file *log = log_of (db);

      log->pMethods->xTruncate (log, size);
    }
}

gboolean
trk_db_has_short_log (const TrkDb *db)
{
  const goffset longest = TRK_DB_LOG_PAGES * 4096; /* SQLite's pages, unless told otherwise */
  g_autofree char *log = g_strconcat (db->path, "-wal", NULL);
  struct stat file;

  return stat (log, &file) == 0 && file.st_size > 0 && file.st_size <= longest;
}

void
trk_db_leave_log (TrkDb *db)
{
  const gboolean stays = trk_db_has_short_log (db);

  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, stays, NULL);
  if (stays)
    return;
  sqlite3_busy_timeout (db->handle, 0); /* a reader is not waited for */
  trk_db_checkpoint (db, NULL);
  sqlite3_busy_timeout (db->handle, db->patience);
}

gboolean
trk_db_checkpoint (TrkDb *db, GError **error)
{
  int code = sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  return trk_db_succeeded (db, code, error);
}

/* The file may need room for the pages that are new in the log, which then gives back more. */
static void
give_space_back (TrkDb *db)
{
  db->full = FALSE;
  sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

gboolean
trk_db_may_go_on (TrkDb *db, GError **error)
{
  g_autofree char *path = NULL;

  if (db->full && sqlite3_get_autocommit (db->handle))
    give_space_back (db);
  trk_db_vfs_forget (db->vfs);
  if (!db->in_transaction || !sqlite3_get_autocommit (db->handle))
    return TRUE;
  path = trk_path_display (db->path);
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE,
               "an earlier failure took the whole change back; nothing was changed (%s)", path);
  return FALSE;
}

gboolean
trk_db_exec (TrkDb *db, const char *sql, GError **error)
{
  if (!trk_db_may_go_on (db, error))
    return FALSE;
  return trk_db_succeeded (db, sqlite3_exec (db->handle, sql, NULL, NULL, NULL), error);
}

gboolean
trk_db_begin (TrkDb *db, GError **error)
{
  if (db->in_transaction)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE,
                           "a change is being written already; finish it first");
      return FALSE;
    }
  /* IMMEDIATE: a read that becomes a write meets SQLITE_BUSY_SNAPSHOT, which no waiting helps. */
  if (!trk_db_run (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;
  db->in_transaction = TRUE;
  return TRUE;
}

gboolean
trk_db_commit (TrkDb *db, GError **error)
{
  if (!db->in_transaction)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE, "there is no change to finish");
      return FALSE;
    }
  if (trk_db_run (db, error, "COMMIT", ""))
    {
      db->in_transaction = FALSE;
      return TRUE;
    }
  trk_db_rollback (db);
  return FALSE;
}

void
trk_db_rollback (TrkDb *db)
{
  if (!db->in_transaction)
    return;
  db->in_transaction = FALSE;
  if (!sqlite3_get_autocommit (db->handle))
    trk_db_run (db, NULL, "ROLLBACK", "");
}

gboolean
trk_db_hold (TrkDb *db, GError **error)
{
  if (db->in_transaction || !sqlite3_get_autocommit (db->handle))
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE,
                           "a state is held, or a change is being written, already");
      return FALSE;
    }
  return trk_db_run (db, error, "BEGIN", "");
}

void
trk_db_release (TrkDb *db)
{
  if (!db->in_transaction && !sqlite3_get_autocommit (db->handle))
    trk_db_run (db, NULL, "COMMIT", "");
}

gint64
trk_db_last_rowid (TrkDb *db)
{
  return sqlite3_last_insert_rowid (db->handle);
}

gint64
trk_db_changes (TrkDb *db)
{
  return sqlite3_changes64 (db->handle);
}

gboolean
trk_db_read_int (TrkDb *db, const char *sql, gint64 *value, GError **error)
{
  TrkQuery *query = trk_db_query (db, error, sql, "");

  if (query == NULL)
    return FALSE;
  *value = trk_query_next (query) ? trk_query_int (query, 0) : 0;
  return trk_query_end (query, error);
}

gboolean
trk_db_check (TrkDb *db, GError **error)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *path = trk_path_display (db->path);
  TrkQuery *query = trk_db_query (db, error, "PRAGMA integrity_check(5)", "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    g_string_append_printf (found, "%s%s", found->len > 0 ? "; " : "", trk_query_text (query, 0));
  if (!trk_query_end (query, error))
    return FALSE;
  if (g_str_equal (found->str, "ok"))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT, "%s is damaged: %s", path, found->str);
  return FALSE;
}
