/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#define TASK_COLUMNS                                                                               \
  "SELECT number, id, title, project, tags, note, state, parent, sprint, estimate, points,"        \
  " created, completed FROM task "

static TrkTask *
read_task (TrkQuery *query, GError **error)
{
  g_autoptr (TrkTask) task = trk_task_new ();

  task->number = trk_query_int (query, 0);
  task->id = trk_query_dup (query, 1);
  task->title = trk_query_dup (query, 2);
  task->project = trk_query_dup (query, 3);
  task->tags = trk_store_split_tags (trk_query_text (query, 4));
  task->note = trk_query_dup (query, 5);
  task->parent = trk_query_int (query, 7);
  task->sprint = trk_query_int (query, 8);
  task->estimate = trk_query_int (query, 9);
  task->points = trk_query_double (query, 10);
  task->created = trk_query_int (query, 11);
  task->completed = trk_query_int (query, 12);
  if (trk_task_state_from_string (trk_query_text (query, 6), &task->state))
    return g_steal_pointer (&task);
  trk_store_bad_word ("state", trk_query_text (query, 6), error);
  return NULL;
}

static GPtrArray *
collect (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_task_free);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkTask *task = read_task (query, error);

      if (task == NULL)
        {
          trk_query_free (query);
          return NULL;
        }
      g_ptr_array_add (tasks, task);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&tasks) : NULL;
}

GPtrArray *
trk_store_tasks (TrkStore *store, GError **error)
{
  return collect (trk_db_query (store->db, error, TASK_COLUMNS "ORDER BY number", ""), error);
}

TrkTask *
trk_store_task (TrkStore *store, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) tasks = collect (
      trk_db_query (store->db, error, TASK_COLUMNS "WHERE number = ?1", "i", number), error);

  if (tasks == NULL)
    return NULL;
  if (tasks->len > 0)
    return g_ptr_array_steal_index (tasks, 0);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no task %" G_GINT64_FORMAT, number);
  return NULL;
}

static gboolean
check_references (TrkStore *store, const TrkTask *task, GError **error)
{
  return trk_store_refer (store, "task", task->parent, error)
         && trk_store_refer (store, "sprint", task->sprint, error);
}

gboolean
trk_store_add_task (TrkStore *store, TrkTask *task, GError **error)
{
  g_autofree char *tags = trk_store_join_tags (task->tags);
  g_autofree char *id = NULL;

  if (!trk_store_ready (store, "task", error) || !check_references (store, task, error))
    return FALSE;
  id = trk_store_id_for (store, task->id);
  if (!trk_db_run (store->db, error,
                   "INSERT INTO task (id, title, project, tags, note, state, parent, sprint,"
                   " estimate, points, created, completed) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                   " nullif (?7, 0), nullif (?8, 0), ?9, ?10, ?11, nullif (?12, 0))",
                   "ssssssiiidii", id, task->title, task->project, tags, task->note,
                   trk_task_state_to_string (task->state), task->parent, task->sprint,
                   task->estimate, task->points, task->created, task->completed))
    return FALSE;
  trk_store_take_id (store, g_steal_pointer (&id), &task->id, &task->number);
  return TRUE;
}

gboolean
trk_store_update_task (TrkStore *store, const TrkTask *task, GError **error)
{
  g_autofree char *tags = trk_store_join_tags (task->tags);

  return trk_store_ready (store, "task", error) && check_references (store, task, error)
         && trk_db_run (store->db, error,
                        "UPDATE task SET title = ?2, project = ?3, tags = ?4, note = ?5,"
                        " state = ?6, parent = nullif (?7, 0), sprint = nullif (?8, 0),"
                        " estimate = ?9, points = ?10, created = ?11, completed = nullif (?12, 0)"
                        " WHERE number = ?1",
                        "isssssiiidii", task->number, task->title, task->project, tags, task->note,
                        trk_task_state_to_string (task->state), task->parent, task->sprint,
                        task->estimate, task->points, task->created, task->completed)
         && trk_store_changed (store, "task", task->number, error);
}
