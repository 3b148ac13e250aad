/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

/* What undo and redo make of the journal: every change of a command, taken back. */

static void
step_free (gpointer data)
{
  TrkStep *step = data;

  g_free (step->table);
  g_free (step->expected);
  g_free (step->wanted);
  g_free (step);
}

/* What takes @command back, its newest change first. */
static GPtrArray *
steps_of (TrkStore *store, gint64 command, GError **error)
{
  const char *sql = "SELECT source, row, after, before FROM journal WHERE command = ?1"
                    " ORDER BY number DESC";
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (step_free);
  TrkQuery *query = trk_db_query (store->db, error, sql, "i", command);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkStep *step = g_new0 (TrkStep, 1);

      step->table = trk_query_dup (query, 0);
      step->row = trk_query_int (query, 1);
      step->expected = trk_query_dup (query, 2);
      step->wanted = trk_query_dup (query, 3);
      g_ptr_array_add (steps, step);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&steps) : NULL;
}

/* SQLite would say so at the end only, and not which. */
static gboolean
is_unused (TrkStore *store, const TrkStep *step, GError **error)
{
  TrkQuery *query;
  gboolean used;

  if (step->wanted != NULL || !g_str_equal (step->table, "task"))
    return TRUE;
  query = trk_db_query (store->db, error, "SELECT 1 FROM entry WHERE task = ?1", "i", step->row);
  if (query == NULL)
    return FALSE;
  used = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  if (used)
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                 "there are entries of task %" G_GINT64_FORMAT, step->row);
  return !used;
}

static gboolean
take_step (TrkStore *store, const TrkStep *step, GError **error)
{
  if (g_str_equal (step->table, TRK_STORE_FILE))
    return trk_store_take_file (store, step->expected, step->wanted, error);
  if (!trk_store_expect_row (store, step, error) || !is_unused (store, step, error)
      || !trk_store_may_change (store, step, error))
    return FALSE;
  if (step->wanted == NULL)
    return trk_store_delete_row (store, step, error);
  if (step->expected == NULL)
    return trk_store_insert_row (store, step, error);
  return trk_store_update_row (store, step, error);
}

static gboolean
take_steps (TrkStore *store, const GPtrArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++)
    if (!take_step (store, steps->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Before a savepoint: rolling back to it would take the triggers away. */
static gboolean
journal_tables (TrkStore *store, const GPtrArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const TrkStep *step = steps->pdata[i];

      if (!g_str_equal (step->table, TRK_STORE_FILE)
          && !trk_store_journal_table (store, step->table, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
bound_rows (TrkStore *store, gint64 command, const GPtrArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++)
    if (!trk_store_bound_row (store, command, steps->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
trk_store_take_back (TrkStore *store, gint64 command, GPtrArray *left, GError **error)
{
  g_autoptr (GPtrArray) steps = steps_of (store, command, error);
  guint files = store->files != NULL ? store->files->len : 0;
  g_autoptr (GError) failure = NULL;

  if (steps == NULL || !bound_rows (store, command, steps, error)
      || !journal_tables (store, steps, error)
      || !trk_db_exec (store->db, "SAVEPOINT exact", error))
    return FALSE;
  if (take_steps (store, steps, &failure))
    return trk_db_exec (store->db, "RELEASE exact", error) && trk_store_go_on (store, left, error);
  if (!g_error_matches (failure, TRK_ERROR, TRK_ERROR_CONFLICT))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (store->files != NULL)
    g_ptr_array_set_size (store->files, (int) files);
  return trk_db_exec (store->db, "ROLLBACK TO exact; RELEASE exact", error)
         && trk_store_merge (store, command, steps, left, error)
         && trk_store_go_on (store, left, error);
}
