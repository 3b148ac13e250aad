/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"

#include <sqlite3.h>

/* What the files of this folder share; nobody else includes it. */

#define TRK_DB_PATIENCE 5000 /* ms */

/* The write-ahead log is brought into the file when it has so many pages. Readers who come first
 * read all of it, and on a small disk it takes room that the file needs. */
#define TRK_DB_LOG_PAGES 100

/* Remembers what the system said; see trk-db-vfs.c. */
typedef struct _TrkDbVfs TrkDbVfs;

struct _TrkDb
{
  sqlite3 *handle;
  TrkDbVfs *vfs;       /* (owned) */
  char *path;          /* (owned) ":memory:" for one that has no file */
  char *name;          /* "log": for messages (owned) */
  GHashTable *queries; /* address of the SQL → TrkQuery (owned) */
  int patience;        /* ms for a lock */
  gboolean in_transaction;
  gboolean full; /* the disk was full: the write-ahead log may take what there is */
};

TrkDbVfs *trk_db_vfs_new (void);
void trk_db_vfs_free (TrkDbVfs *vfs);
const char *trk_db_vfs_name (const TrkDbVfs *vfs);
/* The system's number (errno) of the first failure since trk_db_vfs_forget(); 0: none. */
int trk_db_vfs_failure (const TrkDbVfs *vfs);
void trk_db_vfs_forget (TrkDbVfs *vfs);

/* Turns the connection's last failure, whose extended code is @code, into @error. */
void trk_db_set_error (TrkDb *db, int code, GError **error);

/* TRUE when @code is SQLITE_OK, else sets @error. */
gboolean trk_db_succeeded (TrkDb *db, int code, GError **error);

/* Before each statement. SQLite rolls a whole transaction back by itself when the disk is full or
 * fails. What follows in the same transaction must not run on its own: FALSE with @error then.
 * After a full disk the write-ahead log gives its space back first. */
gboolean trk_db_may_go_on (TrkDb *db, GError **error);

/* The first column of the first row of @sql. */
gboolean trk_db_read_int (TrkDb *db, const char *sql, gint64 *value, GError **error);

/* Brings the schema from its version to the newest. */
gboolean trk_db_migrate (TrkDb *db, const TrkDbSchema *schema, GError **error);

/* TRK_ERROR_NEWER when @version is beyond what @schema knows. */
gboolean trk_db_refuse_newer (TrkDb *db, gint64 version, const TrkDbSchema *schema, GError **error);

/* A hardened connection to the database at @path, which @uri names to SQLite with @flags (of
 * sqlite3_open_v2), and messages by @name. Nothing is read, locked, recovered or written yet. */
TrkDb *
trk_db_connect (const char *path, const char *uri, const char *name, int flags, GError **error);

/* To a file that nobody writes: without locks and without files beside it. */
TrkDb *trk_db_connect_immutable (const char *path, const char *name, GError **error);

/* The same where a write-ahead log holds changes: its index is kept in this process. */
TrkDb *trk_db_connect_alone (const char *path, const char *name, GError **error);

/* GDestroyNotify of a kept statement. */
void trk_query_destroy (gpointer query);
