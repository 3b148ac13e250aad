/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include "trk-error.h"

#include <stdarg.h>
#include <string.h>

struct _TrkQuery
{
  TrkDb *db;
  sqlite3_stmt *statement;
  gboolean busy; /* handed out */
  gboolean done; /* no more rows: another step would begin again */
  gboolean kept; /* belongs to the connection's table */
  GError *error; /* of the last step (owned) (nullable) */
};

void
trk_query_destroy (gpointer data)
{
  TrkQuery *query = data;

  sqlite3_finalize (query->statement);
  g_clear_error (&query->error);
  g_free (query);
}

static TrkQuery *
prepare (TrkDb *db, const char *sql, gboolean keep, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v3 (db->handle, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0,
                                 &statement, NULL);
  TrkQuery *query;

  if (!trk_db_succeeded (db, code, error))
    return NULL;
  query = g_new0 (TrkQuery, 1);
  query->db = db;
  query->statement = statement;
  query->kept = keep;
  if (keep)
    g_hash_table_insert (db->queries, (gpointer) sql, query);
  return query;
}

/* Statements are found by the address of their text, a literal; it is compared all the same, for a
 * text that is none may lie where another one lay. */
static gboolean
is_of (const TrkQuery *query, const char *sql)
{
  return strcmp (sqlite3_sql (query->statement), sql) == 0;
}

/* The kept statement, or a passing one when that is in use (a query inside its own loop). */
static TrkQuery *
obtain (TrkDb *db, const char *sql, GError **error)
{
  TrkQuery *query = g_hash_table_lookup (db->queries, sql);

  if (query == NULL)
    query = prepare (db, sql, TRUE, error);
  else if (query->busy || !is_of (query, sql))
    query = prepare (db, sql, FALSE, error);
  if (query != NULL)
    query->busy = TRUE;
  return query;
}

static int
bind_one (
    sqlite3_stmt *statement, int place, char type, va_list *values, sqlite3_destructor_type keeping)
{
  gconstpointer bytes;

  switch (type)
    {
    case 'i':
      return sqlite3_bind_int64 (statement, place, va_arg (*values, gint64));
    case 'd':
      return sqlite3_bind_double (statement, place, va_arg (*values, double));
    case 's':
      return sqlite3_bind_text (statement, place, va_arg (*values, const char *), -1, keeping);
    case 'b':
      bytes = va_arg (*values, gconstpointer);
      return sqlite3_bind_blob64 (statement, place, bytes, va_arg (*values, gsize), keeping);
    default:
      return SQLITE_MISUSE;
    }
}

/* @keeping: SQLITE_TRANSIENT, or SQLITE_STATIC when the values outlive the query. */
static TrkQuery *
query_valist (TrkDb *db,
              const char *sql,
              const char *types,
              va_list *values,
              sqlite3_destructor_type keeping,
              GError **error)
{
  TrkQuery *query;

  if (!trk_db_may_go_on (db, error))
    return NULL;
  query = obtain (db, sql, error);
  for (int i = 0; query != NULL && types[i] != '\0'; i++)
    {
      int code = bind_one (query->statement, i + 1, types[i], values, keeping);

      if (code == SQLITE_OK)
        continue;
      trk_db_set_error (db, code, error);
      g_clear_pointer (&query, trk_query_free);
    }
  return query;
}

TrkQuery *
trk_db_query (TrkDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list values;
  TrkQuery *query;

  va_start (values, types);
  query = query_valist (db, sql, types, &values, SQLITE_TRANSIENT, error);
  va_end (values);
  return query;
}

gboolean
trk_db_run (TrkDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list values;
  TrkQuery *query;

  va_start (values, types);
  query = query_valist (db, sql, types, &values, SQLITE_STATIC, error);
  va_end (values);
  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    ;
  return trk_query_end (query, error);
}

void
trk_query_set_int (TrkQuery *query, int place, gint64 value)
{
  sqlite3_bind_int64 (query->statement, place, value); /* fails for a wrong place alone */
}

gboolean
trk_query_next (TrkQuery *query)
{
  int code;

  if (query->done)
    return FALSE;
  code = sqlite3_step (query->statement);
  if (code == SQLITE_ROW)
    return TRUE;
  query->done = TRUE;
  if (code != SQLITE_DONE)
    trk_db_set_error (query->db, code, &query->error);
  return FALSE;
}

gint64
trk_query_int (TrkQuery *query, int column)
{
  return sqlite3_column_int64 (query->statement, column);
}

double
trk_query_double (TrkQuery *query, int column)
{
  return sqlite3_column_double (query->statement, column);
}

gboolean
trk_query_is_null (TrkQuery *query, int column)
{
  return sqlite3_column_type (query->statement, column) == SQLITE_NULL;
}

const char *
trk_query_text (TrkQuery *query, int column)
{
  return (const char *) sqlite3_column_text (query->statement, column);
}

char *
trk_query_dup (TrkQuery *query, int column)
{
  return g_strdup (trk_query_text (query, column));
}

gconstpointer
trk_query_blob (TrkQuery *query, int column, gsize *size)
{
  gconstpointer bytes = sqlite3_column_blob (query->statement, column);

  *size = (gsize) sqlite3_column_bytes (query->statement, column);
  return bytes;
}

gboolean
trk_query_end (TrkQuery *query, GError **error)
{
  GError *failure = g_steal_pointer (&query->error);

  sqlite3_reset (query->statement);
  sqlite3_clear_bindings (query->statement);
  query->busy = query->done = FALSE;
  if (!query->kept)
    trk_query_destroy (query);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

void
trk_query_free (TrkQuery *query)
{
  if (query != NULL)
    trk_query_end (query, NULL);
}
