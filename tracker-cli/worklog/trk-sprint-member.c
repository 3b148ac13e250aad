/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-member.h"

#include "trk-error.h"

/* The sprint that runs, TRK_ERROR_NOT_FOUND none. */
static TrkSprint *
current (TrkStore *store, GError **error)
{
  g_autoptr (GError) local = NULL;
  TrkSprint *sprint = store != NULL ? trk_store_current_sprint (store, &local) : NULL;

  if (sprint != NULL)
    return sprint;
  if (local == NULL)
    g_set_error_literal (&local, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                         "no sprint runs; to start one: tracker sprint start NAME");
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
trk_sprint_member_current (TrkStore *store, gint64 *number, GError **error)
{
  g_autoptr (TrkSprint) sprint = current (store, error);

  if (sprint != NULL)
    *number = sprint->number;
  return sprint != NULL;
}

static gboolean
set_sprint (TrkStore *store, TrkTask *task, gint64 sprint, GError **error)
{
  task->sprint = sprint;
  return trk_store_update_task (store, task, error);
}

static gboolean
put (TrkStore *store, TrkTask *task, gint64 sprint, TrkJoin how, TrkInstant now, GError **error)
{
  TrkSprintTask row = { .sprint = sprint, .task = task->number, .how = how, .joined = now };

  return set_sprint (store, task, sprint, error) && trk_store_put_sprint_task (store, &row, error);
}

/* Planning takes a while: what comes in on the first day was meant from the start. */
static TrkJoin
join_at (TrkSession *session, const TrkSprint *sprint)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));

  return today <= sprint->first ? TRK_JOIN_COMMITTED : TRK_JOIN_ADDED;
}

/* What is done or dropped is no work that a sprint could take on. */
static gboolean
check_open (const TrkTask *task, GError **error)
{
  if (trk_task_is_open (task))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
               "task %" G_GINT64_FORMAT " is %s; first: tracker task reopen %" G_GINT64_FORMAT,
               task->number, task->state == TRK_TASK_COMPLETED ? "done" : "dropped", task->number);
  return FALSE;
}

gboolean
trk_sprint_member_join (TrkSession *session, TrkStore *store, TrkTask *task, GError **error)
{
  g_autoptr (TrkSprint) sprint = current (store, error);

  if (sprint == NULL)
    return FALSE;
  if (task->sprint == sprint->number)
    return TRUE;
  if (!check_open (task, error))
    return FALSE;
  if (task->sprint != 0 && !trk_sprint_member_leave (session, store, task, error))
    return FALSE;
  return put (store, task, sprint->number, join_at (session, sprint), trk_session_now (session),
              error);
}

/* Marks the row of @task in @sprint as left. */
static gboolean
leave (
    TrkStore *store, gint64 sprint, gint64 task, gboolean carried, TrkInstant now, GError **error)
{
  g_autoptr (GArray) rows = trk_store_sprint_tasks (store, sprint, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      TrkSprintTask *row = &g_array_index (rows, TrkSprintTask, i);

      if (row->task != task || row->left != 0)
        continue;
      row->left = now;
      row->carried = carried;
      if (!trk_store_put_sprint_task (store, row, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
trk_sprint_member_leave (TrkSession *session, TrkStore *store, TrkTask *task, GError **error)
{
  gint64 sprint = task->sprint;

  if (sprint == 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE, "task %" G_GINT64_FORMAT " is in no sprint",
                   task->number);
      return FALSE;
    }
  return leave (store, sprint, task->number, FALSE, trk_session_now (session), error)
         && set_sprint (store, task, 0, error);
}

gboolean
trk_sprint_member_release_open (
    TrkSession *session, TrkStore *store, gint64 sprint, guint *carried, GError **error)
{
  g_autoptr (GPtrArray) tasks = trk_store_tasks (store, error);

  *carried = 0;
  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      TrkTask *task = g_ptr_array_index (tasks, i);

      if (task->sprint != sprint || !trk_task_is_open (task))
        continue;
      if (!leave (store, sprint, task->number, TRUE, trk_session_now (session), error)
          || !set_sprint (store, task, 0, error))
        return FALSE;
      *carried += 1;
    }
  return TRUE;
}

/* The newest closed sprint but @sprint; 0 none. */
static gint64
last_closed (const GPtrArray *sprints, gint64 sprint)
{
  gint64 last = 0;
  TrkInstant closed = 0;

  for (guint i = 0; i < sprints->len; i++)
    {
      const TrkSprint *one = g_ptr_array_index (sprints, i);

      if (one->number != sprint && one->closed > closed)
        {
          last = one->number;
          closed = one->closed;
        }
    }
  return last;
}

/* @task came out of the sprint before; @carried counts it when it goes on in @sprint: it may have
 * been done since, or be in another one. */
static gboolean
carry_over (
    TrkStore *store, gint64 task, gint64 sprint, TrkInstant now, guint *carried, GError **error)
{
  g_autoptr (TrkTask) one = trk_store_task (store, task, error);

  if (one == NULL)
    return FALSE;
  if (!trk_task_is_open (one) || one->sprint != 0)
    return TRUE;
  *carried += 1;
  return put (store, one, sprint, TRK_JOIN_CARRIED, now, error);
}

gboolean
trk_sprint_member_take_carried (
    TrkSession *session, TrkStore *store, gint64 sprint, guint *carried, GError **error)
{
  g_autoptr (GPtrArray) sprints = trk_store_sprints (store, error);
  g_autoptr (GArray) rows = NULL;
  gint64 before;

  *carried = 0;
  if (sprints == NULL)
    return FALSE;
  before = last_closed (sprints, sprint);
  if (before == 0)
    return TRUE;
  rows = trk_store_sprint_tasks (store, before, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (rows, TrkSprintTask, i);

      if (row->carried
          && !carry_over (store, row->task, sprint, trk_session_now (session), carried, error))
        return FALSE;
    }
  return rows != NULL;
}
