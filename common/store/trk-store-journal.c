/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

/* The journal is written by triggers, so that no writer can forget it; the triggers are made from
 * the tables themselves, so that they cannot forget a column. A row travels as a JSON object. */

const char *const trk_store_journaled[] = { "sprint", "task", "sprint_task", "metric",
                                            "entry",  "gap",  "block_state", NULL };

static GStrv
columns_of (TrkDb *db, const char *table, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  TrkQuery *query =
      trk_db_query (db, error, "SELECT name FROM pragma_table_info (?1) ORDER BY cid", "s", table);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (columns, trk_query_dup (query, 0));
  g_ptr_array_add (columns, NULL);
  if (!trk_query_end (query, error))
    return NULL;
  return (GStrv)g_ptr_array_steal (columns, NULL);
}

/* "a, b, c", where a piece is made by @piece and @between stands between two. */
static char *
join_columns (GStrv columns, const char *between, char *(*piece) (const char *column))
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *part = piece (columns[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? between : "", part);
    }
  return g_string_free (text, FALSE);
}

static char *
old_member (const char *column)
{
  return g_strdup_printf ("'%s', OLD.\"%s\"", column, column);
}

static char *
new_member (const char *column)
{
  return g_strdup_printf ("'%s', NEW.\"%s\"", column, column);
}

static char *
differs (const char *column)
{
  return g_strdup_printf ("OLD.\"%s\" IS NOT NEW.\"%s\"", column, column);
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
      g_strdup_printf ("DROP TRIGGER IF EXISTS %s_%s_journal;"
                       "CREATE TRIGGER %s_%s_journal AFTER %s ON %s%s BEGIN"
                       "  INSERT INTO journal (command, source, row, before, after)"
                       "  VALUES ((SELECT max (number) FROM command), '%s', %s.number, %s, %s);"
                       "END;",
                       table, event, table, event, event, table, when, table, row, before, after);

  return trk_db_exec (db, sql, error);
}

gboolean
trk_store_journal_table (TrkDb *db, const char *table, GError **error)
{
  g_auto (GStrv) columns = columns_of (db, table, error);
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
  before = g_strdup_printf ("trk_json_object (%s)", old_members);
  after = g_strdup_printf ("trk_json_object (%s)", new_members);
  any = join_columns (columns, " OR ", differs);
  when = g_strdup_printf (" WHEN %s", any);
  return make_trigger (db, table, "insert", "", "NEW", "NULL", after, error)
         && make_trigger (db, table, "update", when, "NEW", before, after, error)
         && make_trigger (db, table, "delete", "", "OLD", before, "NULL", error);
}

/* -- Replay ------------------------------------------------------------------------------------ */

/* A change to make: the row must be @expected (JSON; NULL: must not be there) and becomes @wanted
 * (NULL: goes). */
typedef struct
{
  char *table; /* (owned) */
  gint64 row;
  char *expected; /* (owned) (nullable) */
  char *wanted;   /* (owned) (nullable) */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->table);
  g_free (step->expected);
  g_free (step->wanted);
  g_free (step);
}

static GPtrArray *
steps_of (TrkStore *store, gint64 command, gboolean forward, GError **error)
{
  const char *sql = forward ? "SELECT source, row, before, after FROM journal WHERE command = ?1"
                              " ORDER BY number"
                            : "SELECT source, row, after, before FROM journal WHERE command = ?1"
                              " ORDER BY number DESC";
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (step_free);
  TrkQuery *query = trk_db_query (store->db, error, sql, "i", command);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      Step *step = g_new0 (Step, 1);

      step->table = trk_query_dup (query, 0);
      step->row = trk_query_int (query, 1);
      step->expected = trk_query_dup (query, 2);
      step->wanted = trk_query_dup (query, 3);
      g_ptr_array_add (steps, step);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&steps) : NULL;
}

/* A column that the table got after the journal was written is in no object: it stays. */
static char *
same_value (const char *column)
{
  return g_strdup_printf ("(json_type (?2, '$.%s') IS NULL OR json_extract (?2, '$.%s') IS \"%s\")",
                          column, column, column);
}

static char *
assignment (const char *column)
{
  return g_strdup_printf ("\"%s\" = CASE WHEN json_type (?2, '$.%s') IS NULL THEN \"%s\""
                          " ELSE json_extract (?2, '$.%s') END",
                          column, column, column, column);
}

static char *
plain_name (const char *column)
{
  return g_strdup_printf ("\"%s\"", column);
}

static char *
extraction (const char *column)
{
  return g_strdup_printf ("json_extract (?1, '$.%s')", column);
}

static gboolean
refuse_changed (const Step *step, GError **error)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT, "%s %" G_GINT64_FORMAT " %s",
               g_str_equal (step->table, "block_state")   ? "the state of a block, row"
               : g_str_equal (step->table, "sprint_task") ? "a sprint's task, row"
                                                          : step->table,
               step->row, step->expected != NULL ? "has changed since" : "exists already");
  return FALSE;
}

/* Is the row there, and is it as the journal says? */
static gboolean
meets_expectation (TrkStore *store, const Step *step, GStrv columns, GError **error)
{
  g_autofree char *same = join_columns (columns, " AND ", same_value);
  g_autofree char *sql = NULL;
  gboolean found;
  TrkQuery *query;

  if (step->expected == NULL)
    sql = g_strdup_printf ("SELECT 1 FROM %s WHERE number = ?1", step->table);
  else
    sql = g_strdup_printf ("SELECT 1 FROM %s WHERE number = ?1 AND %s", step->table, same);
  query = step->expected == NULL
              ? trk_db_query (store->db, error, sql, "i", step->row)
              : trk_db_query (store->db, error, sql, "is", step->row, step->expected);
  if (query == NULL)
    return FALSE;
  found = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  return found == (step->expected != NULL) || refuse_changed (step, error);
}

static gboolean
insert_row (TrkStore *store, const Step *step, GStrv columns, GError **error)
{
  g_autofree char *names = join_columns (columns, ", ", plain_name);
  g_autofree char *values = join_columns (columns, ", ", extraction);
  g_autofree char *sql =
      g_strdup_printf ("INSERT INTO %s (%s) SELECT %s", step->table, names, values);

  return trk_db_run (store->db, error, sql, "s", step->wanted);
}

static gboolean
update_row (TrkStore *store, const Step *step, GStrv columns, GError **error)
{
  g_autofree char *assignments = join_columns (columns, ", ", assignment);
  g_autofree char *sql =
      g_strdup_printf ("UPDATE %s SET %s WHERE number = ?1", step->table, assignments);

  return trk_db_run (store->db, error, sql, "is", step->row, step->wanted);
}

static gboolean
delete_row (TrkStore *store, const Step *step, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE number = ?1", step->table);

  return trk_db_run (store->db, error, sql, "i", step->row);
}

static gboolean
take_step (TrkStore *store, const Step *step, GError **error)
{
  g_auto (GStrv) columns = columns_of (store->db, step->table, error);

  if (columns == NULL || !meets_expectation (store, step, columns, error))
    return FALSE;
  if (step->wanted == NULL)
    return delete_row (store, step, error);
  if (step->expected == NULL)
    return insert_row (store, step, columns, error);
  return update_row (store, step, columns, error);
}

gboolean
trk_store_replay (TrkStore *store, gint64 command, gboolean forward, GError **error)
{
  g_autoptr (GPtrArray) steps = steps_of (store, command, forward, error);

  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (!take_step (store, steps->pdata[i], error))
      return FALSE;
  return TRUE;
}
