/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

/* The journal is written by triggers, so that no writer can forget it; the triggers are made from
 * the tables themselves, so that they cannot forget a column. A row travels as a JSON object.
 *
 * They are temporary, made by each connection for the tables that it changes: nobody else need
 * parse them (they are half of the schema's text, and 0.6 ms of each start), no migration has to
 * renew them, and in a stored trigger SQLite 3.40 refuses json_object() when the schema is not
 * trusted. */

const char *const trk_store_journaled[] = { "sprint",      "task",         "sprint_task",
                                            "metric",      "entry",        "gap",
                                            "block_state", "interruption", NULL };

typedef struct
{
  char *name; /* (owned) */
  gboolean real;
} Column;

static void
column_clear (gpointer data)
{
  g_free (((Column *) data)->name);
}

static GArray *
columns_of (TrkDb *db, const char *table, GError **error)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  TrkQuery *query = trk_db_query (
      db, error, "SELECT name, type = 'REAL' FROM pragma_table_info (?1) ORDER BY cid", "s", table);

  g_array_set_clear_func (columns, column_clear);
  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      Column column = { trk_query_dup (query, 0), trk_query_int (query, 1) != 0 };

      g_array_append_val (columns, column);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&columns) : NULL;
}

/* "a, b, c", where a piece is made by @piece and @between stands between two. */
static char *
join_columns (GArray *columns, const char *between, char *(*piece) (const Column *column))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *part = piece (&g_array_index (columns, Column, i));

      g_string_append_printf (text, "%s%s", i > 0 ? between : "", part);
    }
  return g_string_free (text, FALSE);
}

/* json_object() writes a number with 15 digits, which is not always the same number. */
static char *
member (const Column *column, const char *row)
{
  if (column->real)
    return g_strdup_printf ("'%s', format ('%%!.17g', %s.\"%s\")", column->name, row, column->name);
  return g_strdup_printf ("'%s', %s.\"%s\"", column->name, row, column->name);
}

static char *
old_member (const Column *column)
{
  return member (column, "OLD");
}

static char *
new_member (const Column *column)
{
  return member (column, "NEW");
}

static char *
differs (const Column *column)
{
  return g_strdup_printf ("OLD.\"%s\" IS NOT NEW.\"%s\"", column->name, column->name);
}

static gboolean
make_trigger (TrkDb *db,
              const char *table,
              const char *event,
              const char *when,
              const char *row,
              const char *before,
              const char *after,
              GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("CREATE TEMP TRIGGER IF NOT EXISTS %s_%s_journal AFTER %s ON main.%s%s BEGIN"
                       "  INSERT INTO journal (command, source, row, before, after)"
                       "  VALUES ((SELECT max (number) FROM command), '%s', %s.number, %s, %s);"
                       "END;",
                       table, event, event, table, when, table, row, before, after);

  return trk_db_exec (db, sql, error);
}

static gboolean
make_triggers (TrkDb *db, const char *table, GError **error)
{
  g_autoptr (GArray) columns = columns_of (db, table, error);
  g_autofree char *old_members = NULL;
  g_autofree char *new_members = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *any = NULL;
  g_autofree char *when = NULL;

  if (columns == NULL)
    return FALSE;
  old_members = join_columns (columns, ", ", old_member);
  new_members = join_columns (columns, ", ", new_member);
  before = g_strdup_printf ("json_object (%s)", old_members);
  after = g_strdup_printf ("json_object (%s)", new_members);
  any = join_columns (columns, " OR ", differs);
  when = g_strdup_printf (" WHEN %s", any);
  return make_trigger (db, table, "insert", "", "NEW", "NULL", after, error)
         && make_trigger (db, table, "update", when, "NEW", before, after, error)
         && make_trigger (db, table, "delete", "", "OLD", before, "NULL", error);
}

gboolean
trk_store_journal_table (TrkStore *store, const char *table, GError **error)
{
  guint place = 0;

  while (!g_str_equal (trk_store_journaled[place], table))
    place++;
  if ((store->journaled & 1u << place) != 0)
    return TRUE;
  if (!make_triggers (store->db, table, error))
    return FALSE;
  store->journaled |= 1u << place;
  return TRUE;
}

/* -- Rows -------------------------------------------------------------------------------------- */

/* A column that the table got after the journal was written is in no object: it stays. A number is
 * the same, too, when it is written the same: SQLite does not read every one of 17 digits back to
 * the last bit, least of all where a long double is no longer than a double. */
static char *
same_value (const Column *column)
{
  if (column->real)
    return g_strdup_printf ("(json_type (?2, '$.%s') IS NULL OR json_extract (?2, '$.%s') IS \"%s\""
                            " OR json_extract (?2, '$.%s') IS format ('%%!.17g', \"%s\"))",
                            column->name, column->name, column->name, column->name, column->name);
  return g_strdup_printf ("(json_type (?2, '$.%s') IS NULL OR json_extract (?2, '$.%s') IS \"%s\")",
                          column->name, column->name, column->name);
}

static char *
assignment (const Column *column)
{
  return g_strdup_printf ("\"%s\" = CASE WHEN json_type (?2, '$.%s') IS NULL THEN \"%s\""
                          " ELSE json_extract (?2, '$.%s') END",
                          column->name, column->name, column->name, column->name);
}

static char *
plain_name (const Column *column)
{
  return g_strdup_printf ("\"%s\"", column->name);
}

static char *
extraction (const Column *column)
{
  return g_strdup_printf ("json_extract (?1, '$.%s')", column->name);
}

static gboolean
refuse_changed (const TrkStep *step, GError **error)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT, "%s %" G_GINT64_FORMAT " %s",
               g_str_equal (step->table, "block_state")   ? "the state of a block, row"
               : g_str_equal (step->table, "sprint_task") ? "a sprint's task, row"
                                                          : step->table,
               step->row, step->expected != NULL ? "has changed since" : "exists already");
  return FALSE;
}

/* Asks for the row of @step as the journal says that it is, or, when it is to be none, for any. */
static TrkQuery *
query_expected (TrkStore *store, const TrkStep *step, GError **error)
{
  g_autoptr (GArray) columns = columns_of (store->db, step->table, error);
  g_autofree char *same = columns != NULL ? join_columns (columns, " AND ", same_value) : NULL;
  g_autofree char *any_row = g_strdup_printf ("SELECT 1 FROM %s WHERE number = ?1", step->table);
  g_autofree char *same_row = g_strconcat (any_row, " AND ", same, NULL);

  if (columns == NULL)
    return NULL;
  return step->expected == NULL
             ? trk_db_query (store->db, error, any_row, "i", step->row)
             : trk_db_query (store->db, error, same_row, "is", step->row, step->expected);
}

gboolean
trk_store_expect_row (TrkStore *store, const TrkStep *step, GError **error)
{
  TrkQuery *query = query_expected (store, step, error);
  gboolean found;

  if (query == NULL)
    return FALSE;
  found = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  return found == (step->expected != NULL) || refuse_changed (step, error);
}

gboolean
trk_store_insert_row (TrkStore *store, const TrkStep *step, GError **error)
{
  g_autoptr (GArray) columns = columns_of (store->db, step->table, error);
  g_autofree char *names = columns != NULL ? join_columns (columns, ", ", plain_name) : NULL;
  g_autofree char *values = columns != NULL ? join_columns (columns, ", ", extraction) : NULL;
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO %s (%s) SELECT %s", step->table, names, values);

  return columns != NULL && trk_db_run (store->db, error, sql, "s", step->wanted);
}

gboolean
trk_store_update_row (TrkStore *store, const TrkStep *step, GError **error)
{
  g_autoptr (GArray) columns = columns_of (store->db, step->table, error);
  g_autofree char *assignments = columns != NULL ? join_columns (columns, ", ", assignment) : NULL;
  g_autofree char *sql =
      g_strdup_printf ("UPDATE %s SET %s WHERE number = ?1", step->table, assignments);

  return columns != NULL && trk_db_run (store->db, error, sql, "is", step->row, step->wanted);
}

gboolean
trk_store_delete_row (TrkStore *store, const TrkStep *step, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE number = ?1", step->table);

  return trk_db_run (store->db, error, sql, "i", step->row);
}
