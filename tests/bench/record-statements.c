/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a command: writes every statement that it steps into the file that
 * TRACKERD_STATEMENTS names, with its values, for bare.c to step again. A record each: the
 * database's path, the values (number, 'i' or 't', value), the statement; fields end with \037,
 * records with \036. Values are those bound since the statement's last run: here all of them are
 * bound anew. */
#include <dlfcn.h>
#include <glib.h>
#include <sqlite3.h>
#include <stdio.h>

typedef int (*Step) (sqlite3_stmt *);
typedef int (*BindInt) (sqlite3_stmt *, int, sqlite3_int64);
typedef int (*BindText) (sqlite3_stmt *, int, const char *, int, void (*) (void *));

/* SQLite's own function of the name, which this module stands before. */
static gpointer
own (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

/* What was bound to @stmt and not yet run. */
static GString *
values_of (sqlite3_stmt *stmt)
{
  static GHashTable *values;
  GString *found;

  if (values == NULL)
    values = g_hash_table_new (NULL, NULL);
  found = g_hash_table_lookup (values, stmt);
  if (found == NULL)
    g_hash_table_insert (values, stmt, found = g_string_new (NULL));
  return found;
}

/* SQLite's own statements have no text, and a pragma or the end of a transaction reads nothing. */
static gboolean
is_read (const char *sql)
{
  return sql != NULL && (g_str_has_prefix (sql, "SELECT") || g_str_has_prefix (sql, "WITH"));
}

static void
record (sqlite3_stmt *stmt)
{
  static FILE *out;
  GString *values = values_of (stmt);

  if (out == NULL)
    out = fopen (g_getenv ("TRACKERD_STATEMENTS"), "we");
  if (out != NULL && is_read (sqlite3_sql (stmt)))
    {
      const char *path = sqlite3_db_filename (sqlite3_db_handle (stmt), "main");

      fprintf (out, "%s\037%s\037%s\037\036", path, values->str, sqlite3_sql (stmt));
      fflush (out);
    }
  g_string_truncate (values, 0);
}

int
sqlite3_bind_int64 (sqlite3_stmt *stmt, int number, sqlite3_int64 value)
{
  g_string_append_printf (values_of (stmt), "%di%" G_GINT64_FORMAT "\035", number, (gint64) value);
  return (__extension__(BindInt) own ("sqlite3_bind_int64")) (stmt, number, value);
}

int
sqlite3_bind_text (
    sqlite3_stmt *stmt, int number, const char *text, int length, void (*free_text) (void *))
{
  g_string_append_printf (values_of (stmt), "%dt%s\035", number, text != NULL ? text : "");
  return (__extension__(BindText) own ("sqlite3_bind_text")) (stmt, number, text, length,
                                                              free_text);
}

int
sqlite3_step (sqlite3_stmt *stmt)
{
  if (!sqlite3_stmt_busy (stmt))
    record (stmt);
  return (__extension__(Step) own ("sqlite3_step")) (stmt);
}
