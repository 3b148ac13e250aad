/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#define SPRINT_COLUMNS "SELECT number, id, name, goal, first, last, started, closed FROM sprint "

static TrkSprint *
read_sprint (TrkQuery *query)
{
  TrkSprint *sprint = trk_sprint_new ();

  sprint->number = trk_query_int (query, 0);
  sprint->id = trk_query_dup (query, 1);
  sprint->name = trk_query_dup (query, 2);
  sprint->goal = trk_query_dup (query, 3);
  sprint->first = (TrkDay) trk_query_int (query, 4);
  sprint->last = (TrkDay) trk_query_int (query, 5);
  sprint->started = trk_query_int (query, 6);
  sprint->closed = trk_query_int (query, 7);
  return sprint;
}

GPtrArray *
trk_store_sprints (TrkStore *store, GError **error)
{
  g_autoptr (GPtrArray) sprints = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_sprint_free);
  TrkQuery *query = trk_db_query (store->db, error, SPRINT_COLUMNS "ORDER BY started, number", "");

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (sprints, read_sprint (query));
  return trk_query_end (query, error) ? g_steal_pointer (&sprints) : NULL;
}

TrkSprint *
trk_store_current_sprint (TrkStore *store, GError **error)
{
  g_autoptr (TrkSprint) sprint = NULL;
  TrkQuery *query = trk_db_query (
      store->db, error,
      SPRINT_COLUMNS "WHERE closed IS NULL ORDER BY started DESC, number DESC LIMIT 1", "");

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    sprint = read_sprint (query);
  return trk_query_end (query, error) ? g_steal_pointer (&sprint) : NULL;
}

static gboolean
refuse_same_name (TrkStore *store, const TrkSprint *sprint, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error, "SELECT 1 FROM sprint WHERE name = ?1 AND number <> ?2", "si",
                    sprint->name, sprint->number);
  gboolean found;

  if (query == NULL)
    return FALSE;
  found = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  if (found)
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT, "there is a sprint “%s” already",
                 sprint->name);
  return !found;
}

gboolean
trk_store_add_sprint (TrkStore *store, TrkSprint *sprint, GError **error)
{
  g_autofree char *id = NULL;

  sprint->number = 0;
  if (!trk_store_ready (store, "sprint", error) || !refuse_same_name (store, sprint, error))
    return FALSE;
  id = trk_store_id_for (store, sprint->id);
  if (!trk_db_run (store->db, error,
                   "INSERT INTO sprint (id, name, goal, first, last, started, closed)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif (?7, 0))",
                   "sssiiii", id, sprint->name, sprint->goal, (gint64) sprint->first,
                   (gint64) sprint->last, sprint->started, sprint->closed))
    return FALSE;
  trk_store_take_id (store, g_steal_pointer (&id), &sprint->id, &sprint->number);
  return TRUE;
}

gboolean
trk_store_update_sprint (TrkStore *store, const TrkSprint *sprint, GError **error)
{
  return trk_store_ready (store, "sprint", error) && refuse_same_name (store, sprint, error)
         && trk_db_run (store->db, error,
                        "UPDATE sprint SET name = ?2, goal = ?3, first = ?4, last = ?5,"
                        " started = ?6, closed = nullif (?7, 0) WHERE number = ?1",
                        "issiiii", sprint->number, sprint->name, sprint->goal,
                        (gint64) sprint->first, (gint64) sprint->last, sprint->started,
                        sprint->closed)
         && trk_store_changed (store, "sprint", sprint->number, error);
}

/* -- Membership -------------------------------------------------------------------------------- */

static gboolean
read_sprint_task (TrkQuery *query, TrkSprintTask *row, GError **error)
{
  row->sprint = trk_query_int (query, 0);
  row->task = trk_query_int (query, 1);
  row->joined = trk_query_int (query, 3);
  row->left = trk_query_int (query, 4);
  row->carried = trk_query_int (query, 5) != 0;
  return trk_join_from_string (trk_query_text (query, 2), &row->how)
         || trk_store_bad_word ("way into a sprint", trk_query_text (query, 2), error);
}

GArray *
trk_store_sprint_tasks (TrkStore *store, gint64 sprint, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (TrkSprintTask));
  TrkQuery *query = trk_db_query (store->db, error,
                                  "SELECT sprint, task, how, joined, left, carried"
                                  " FROM sprint_task WHERE ?1 = 0 OR sprint = ?1"
                                  " ORDER BY sprint, joined, task",
                                  "i", sprint);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkSprintTask row = { 0 };

      if (!read_sprint_task (query, &row, error))
        {
          trk_query_free (query);
          return NULL;
        }
      g_array_append_val (rows, row);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&rows) : NULL;
}

/* A task that left and came back has a row for each stay. */
gboolean
trk_store_put_sprint_task (TrkStore *store, const TrkSprintTask *row, GError **error)
{
  return trk_store_ready (store, "sprint_task", error)
         && trk_store_refer (store, "sprint", row->sprint, error)
         && trk_store_refer (store, "task", row->task, error)
         && trk_db_run (store->db, error,
                        "INSERT INTO sprint_task (sprint, task, how, joined, left, carried)"
                        " VALUES (?1, ?2, ?3, ?4, nullif (?5, 0), ?6)"
                        " ON CONFLICT (sprint, task, joined) DO UPDATE SET how = excluded.how,"
                        " left = excluded.left, carried = excluded.carried",
                        "iisiii", row->sprint, row->task, trk_join_to_string (row->how),
                        row->joined, row->left, (gint64) (row->carried != FALSE));
}
