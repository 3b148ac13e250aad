/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A thin wrapper of SQLite: what every database of ours shares, and no table's meaning. One
 * connection belongs to one thread at a time. Every error is a TRK_ERROR with the path and, for
 * storage, the free space: STORAGE (full, read-only, I/O), BUSY, CORRUPT, NEWER, CONFLICT (a
 * constraint or a trigger said no; the trigger's own words, or the name of the CHECK, are the
 * message), FAILED. */
typedef struct _TrkDb TrkDb;

typedef enum
{
  TRK_DB_WRITE,  /* created when missing (0600); WAL, synchronous=FULL, foreign keys, defensive */
  TRK_DB_CACHE,  /* the same with synchronous=NORMAL: disposable data */
  TRK_DB_NEW,    /* disposable data begun anew, which nobody opens before trk_db_complete(): no log,
                    nothing flushed; killed half way, it is to be thrown away */
  TRK_DB_READ,   /* must exist (TRK_ERROR_NOT_FOUND); never written, works on a read-only disk;
                    one of an older version is TRK_ERROR_STATE: open it for writing once */
  TRK_DB_MEMORY, /* @path is ignored */
} TrkDbMode;

/* One step of a schema: brings version n to n + 1. Runs inside the transaction that also writes the
 * version; an error rolls both back. */
typedef gboolean (*TrkDbMigration) (TrkDb *db, GError **error);

typedef struct
{
  gint32 application_id;            /* PRAGMA application_id: a foreign file is refused untouched */
  const char *name;                 /* "log", "index": for messages */
  const TrkDbMigration *migrations; /* version = number of steps done */
  guint n_migrations;
  gboolean backup_first; /* a verified copy beside the file before an upgrade */
} TrkDbSchema;

TrkDb *trk_db_open (const char *path, TrkDbMode mode, const TrkDbSchema *schema, GError **error);
/* The last connection brings the write-ahead log into the file: a copy of the file alone is whole,
 * and one put in its place meets no changes of another. */
void trk_db_close (TrkDb *db);
/* What was opened as TRK_DB_NEW is filled: flushes it, and makes it one like the others. */
gboolean trk_db_complete (TrkDb *db, GError **error);
/* After a change to disposable data: a short log stays as it is, also when this connection is the
 * last, for the next one to add to, so that most changes wait for no flush of the disk at all. A
 * longer one, all of which the first who reads must read, is brought into the file, if nobody reads
 * an older state. */
void trk_db_leave_log (TrkDb *db);
/* Bytes of the log; 0: there is none. */
gint64 trk_db_log_size (TrkDb *db);
/* After a change that was taken back: cuts from the log what that left in it, down to @size, what
 * it had before. Only for who keeps every other writer away. */
void trk_db_cut_log (TrkDb *db, gint64 size);
/* Is there one that was left so? Until it is brought into the file, nobody writes to that. */
gboolean trk_db_has_short_log (const TrkDb *db);
/* How long a statement waits for a lock that somebody else holds, in ms; 5000 unless set. */
void trk_db_set_patience (TrkDb *db, int milliseconds);
const char *trk_db_path (const TrkDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDb, trk_db_close)

/* Runs one or more statements without parameters. */
gboolean trk_db_exec (TrkDb *db, const char *sql, GError **error);

/* BEGIN IMMEDIATE … COMMIT. They do not nest. Rollback without a transaction does nothing. */
gboolean trk_db_begin (TrkDb *db, GError **error);
gboolean trk_db_commit (TrkDb *db, GError **error);
void trk_db_rollback (TrkDb *db);

/* From now on every read sees one state of the database, and the locks are taken once for all of
 * them; until trk_db_release() or the connection's end. For a few questions in a row only: what is
 * held keeps the write-ahead log from getting shorter. Not while a change is being written. */
gboolean trk_db_hold (TrkDb *db, GError **error);
void trk_db_release (TrkDb *db); /* without a hold it does nothing */

gint64 trk_db_last_rowid (TrkDb *db);
gint64 trk_db_changes (TrkDb *db); /* rows changed by the last statement */

/* Brings all of the write-ahead log into the file and empties it. BUSY while somebody reads an
 * older state. */
gboolean trk_db_checkpoint (TrkDb *db, GError **error);

/* PRAGMA integrity_check; CORRUPT with its first lines. */
gboolean trk_db_check (TrkDb *db, GError **error);

/* A verified copy at @path (VACUUM INTO a temporary file, checked, renamed). */
gboolean trk_db_backup (TrkDb *db, const char *path, GError **error);

/* A prepared statement, kept by the connection and handed out again for the same @sql (a string
 * literal). Finish with trk_query_end() (or the autoptr). */
typedef struct _TrkQuery TrkQuery;

/* @types: a letter for each parameter: i gint64, d double, s const char* (NULL is NULL), b
 * const void*, gsize. NULL with @error on failure. */
TrkQuery *trk_db_query (TrkDb *db, GError **error, const char *sql, const char *types, ...);

/* The same, run to its end; FALSE with @error on failure. */
gboolean trk_db_run (TrkDb *db, GError **error, const char *sql, const char *types, ...);

/* Gives a parameter that @types left out, and which is NULL until then, a value: before the first
 * step. @place: from 1. */
void trk_query_set_int (TrkQuery *query, int place, gint64 value);

/* TRUE: a row is there. FALSE: no more, or an error: trk_query_end() tells. */
gboolean trk_query_next (TrkQuery *query);
gint64 trk_query_int (TrkQuery *query, int column);
double trk_query_double (TrkQuery *query, int column);
gboolean trk_query_is_null (TrkQuery *query, int column);
const char *trk_query_text (TrkQuery *query, int column); /* borrowed until the next step */
char *trk_query_dup (TrkQuery *query, int column);        /* NULL for NULL */
/* Borrowed until the next step; NULL for NULL and for one without bytes. */
gconstpointer trk_query_blob (TrkQuery *query, int column, gsize *size);

/* Gives the statement back. FALSE with @error when stepping it had failed. */
gboolean trk_query_end (TrkQuery *query, GError **error);
void trk_query_free (TrkQuery *query); /* the same, for autoptr; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkQuery, trk_query_free)

G_END_DECLS
