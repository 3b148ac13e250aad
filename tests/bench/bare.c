/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* bare RECORD: what a reading command cannot do without: the databases of RECORD opened
 * (record-statements.c), its statements prepared once each and stepped with their values, every
 * column looked at, and nothing made of it but a sum. */
#include <glib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A field of a record: up to @end, which becomes its NUL; @rest is moved behind it. */
static char *
field (char **rest, char end)
{
  char *begin = *rest, *stop = strchr (begin, end);

  if (stop == NULL)
    return NULL;
  *stop = '\0';
  *rest = stop + 1;
  return begin;
}

/* The database at @path, opened when it is met first, within one transaction as a command reads. */
static sqlite3 *
database (GHashTable *databases, const char *path)
{
  sqlite3 *db = g_hash_table_lookup (databases, path);

  if (db != NULL)
    return db;
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK
      || sqlite3_exec (db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
    exit (2);
  g_hash_table_insert (databases, (char *) path, db);
  return db;
}

static sqlite3_stmt *
statement (GHashTable *statements, sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (statements, sql);

  if (stmt != NULL)
    return stmt;
  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    exit (3);
  g_hash_table_insert (statements, (char *) sql, stmt);
  return stmt;
}

static void
bind (sqlite3_stmt *stmt, char *values)
{
  for (char *value = field (&values, '\035'); value != NULL; value = field (&values, '\035'))
    {
      int number = (int) strtol (value, &value, 10);

      if (*value == 'i')
        sqlite3_bind_int64 (stmt, number, g_ascii_strtoll (value + 1, NULL, 10));
      else
        sqlite3_bind_text (stmt, number, value + 1, -1, SQLITE_STATIC);
    }
}

static void
close_database (gpointer db)
{
  sqlite3_close_v2 (db);
}

static void
end_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static gint64
run (sqlite3_stmt *stmt)
{
  gint64 sum = 0;

  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      sum += sqlite3_column_type (stmt, i) == SQLITE_INTEGER ? sqlite3_column_int64 (stmt, i)
                                                             : sqlite3_column_bytes (stmt, i);
  sqlite3_reset (stmt);
  return sum;
}

int
main (int argc, char **argv)
{
  g_autoptr (GHashTable) databases =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, close_database);
  g_autoptr (GHashTable) statements =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, end_statement);
  g_autofree char *text = NULL;
  char *rest, *line;
  gint64 sum = 0;

  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0); /* as the commands do */
  if (argc != 2 || !g_file_get_contents (argv[1], &text, NULL, NULL))
    return 1;
  for (rest = text; (line = field (&rest, '\036')) != NULL;)
    {
      char *path = field (&line, '\037'), *values = field (&line, '\037');
      sqlite3_stmt *stmt =
          statement (statements, database (databases, path), field (&line, '\037'));

      bind (stmt, values);
      sum += run (stmt);
    }
  printf ("%" G_GINT64_FORMAT "\n", sum);
  return 0;
}
