/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"

#include <sqlite3.h>

/* What the files of this folder share; nobody else includes it. */

#define TRK_DB_PATIENCE 5000 /* ms */

struct _TrkDb
{
  sqlite3 *handle;
  char *path;          /* (owned) ":memory:" for one that has no file */
  char *name;          /* "log": for messages (owned) */
  GHashTable *queries; /* address of the SQL → TrkQuery (owned) */
  int patience;        /* ms for a lock */
  gboolean in_transaction;
};

/* Turns the connection's last failure, whose extended code is @code, into @error. */
void trk_db_set_error (TrkDb *db, int code, GError **error);

/* TRUE when @code is SQLITE_OK, else sets @error. */
gboolean trk_db_succeeded (TrkDb *db, int code, GError **error);

/* SQLite rolls a whole transaction back by itself when the disk is full or fails. What follows in
 * the same transaction must not run on its own: FALSE with @error then. */
gboolean trk_db_transaction_stands (TrkDb *db, GError **error);

/* The first column of the first row of @sql. */
gboolean trk_db_read_int (TrkDb *db, const char *sql, gint64 *value, GError **error);

/* Brings the schema from its version to the newest. */
gboolean trk_db_migrate (TrkDb *db, const TrkDbSchema *schema, GError **error);

/* TRK_ERROR_NEWER when @version is beyond what @schema knows. */
gboolean trk_db_refuse_newer (TrkDb *db, gint64 version, const TrkDbSchema *schema, GError **error);

/* A connection to a file that nobody writes, without locks and without files beside it. */
TrkDb *trk_db_connect_immutable (const char *path, const char *name, GError **error);

/* GDestroyNotify of a kept statement. */
void trk_query_destroy (gpointer query);
