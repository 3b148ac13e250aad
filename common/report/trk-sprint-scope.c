/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-scope.h"

const char *
trk_fate_to_string (TrkFate fate)
{
  static const char *const names[] = { "open", "done", "dropped", "carried over" };

  return names[fate];
}

TrkInstant
trk_sprint_until (const TrkSprint *sprint, TrkInstant now)
{
  return sprint->closed != 0 ? MIN (sprint->closed, now) : now;
}

/* -- Members ----------------------------------------------------------------------------------- */

/* The first and the last stay of each task in one sprint. */
typedef struct
{
  const TrkSprintTask *first, *last;
} Stays;

static GHashTable *
stays_by_task (const TrkSprintInput *input, gint64 sprint)
{
  GHashTable *all = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (input->memberships, TrkSprintTask, i);
      Stays *stays = g_hash_table_lookup (all, &row->task);

      if (row->sprint != sprint || row->joined > input->now)
        continue;
      if (stays == NULL)
        {
          stays = g_new0 (Stays, 1);
          stays->first = stays->last = row;
          g_hash_table_insert (all, (gpointer) &row->task, stays);
        }
      stays->first = row->joined < stays->first->joined ? row : stays->first;
      stays->last = row->joined > stays->last->joined ? row : stays->last;
    }
  return all;
}

static gboolean
is_over (const TrkTask *task, TrkTaskState state, TrkInstant until)
{
  return task->state == state && task->completed <= until;
}

/* What the user took out of the running sprint was dropped from it, also when it was done. */
static TrkFate
fate_of (const TrkSprintTask *stay, const TrkTask *task, TrkInstant until)
{
  if (stay->left != 0 && stay->carried)
    return TRK_FATE_CARRIED;
  if ((stay->left != 0 && stay->left <= until) || is_over (task, TRK_TASK_CANCELLED, until))
    return TRK_FATE_DROPPED;
  return is_over (task, TRK_TASK_COMPLETED, until) ? TRK_FATE_DONE : TRK_FATE_OPEN;
}

static gboolean
has_stay (const TrkTask *task, gconstpointer data)
{
  return g_hash_table_contains ((GHashTable *) data, &task->number);
}

GArray *
trk_sprint_members_new (const TrkSprintInput *input, const TrkSprint *sprint)
{
  GArray *members = g_array_new (FALSE, TRUE, sizeof (TrkSprintMember));
  g_autoptr (GHashTable) stays = stays_by_task (input, sprint->number);
  g_autoptr (GArray) facts =
      trk_task_facts_new (input->tasks, input->entries, input->now, has_stay, stays);
  TrkInstant until = trk_sprint_until (sprint, input->now);

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);
      const Stays *of_task = g_hash_table_lookup (stays, &fact->task->number);
      TrkSprintMember member = { .fact = *fact,
                                 .first = of_task->first,
                                 .last = of_task->last,
                                 .fate = fate_of (of_task->last, fact->task, until) };

      g_array_append_val (members, member);
    }
  return members;
}

/* -- Measures ---------------------------------------------------------------------------------- */

const char *
trk_burn_to_string (TrkBurn burn)
{
  static const char *const names[] = { "points", "hours", "tasks" };

  return names[burn];
}

double
trk_burn_weight (TrkBurn burn, const TrkTask *task)
{
  switch (burn)
    {
    case TRK_BURN_POINTS:
      return task->points;
    case TRK_BURN_HOURS:
      return (double) task->estimate / TRK_HOUR;
    case TRK_BURN_TASKS:
      break;
    }
  return 1;
}

TrkBurn
trk_sprint_burn (const GArray *members)
{
  guint points = 0, hours = 0;

  for (guint i = 0; i < members->len; i++)
    {
      const TrkTask *task = g_array_index (members, TrkSprintMember, i).fact.task;

      points += task->points > 0;
      hours += task->estimate > 0;
    }
  if (points == 0 && hours == 0)
    return TRK_BURN_TASKS;
  return points >= hours ? TRK_BURN_POINTS : TRK_BURN_HOURS;
}

static gboolean
is_made_of_others (const GArray *members, const TrkTask *task)
{
  for (guint i = 0; i < members->len; i++)
    if (g_array_index (members, TrkSprintMember, i).fact.task->parent == task->number)
      return TRUE;
  return FALSE;
}

static TrkBurn
measure_of (const TrkTask *task, TrkBurn burn)
{
  TrkBurn other = burn == TRK_BURN_POINTS ? TRK_BURN_HOURS : TRK_BURN_POINTS;

  if (trk_burn_weight (burn, task) > 0)
    return burn;
  return trk_burn_weight (other, task) > 0 ? other : TRK_BURN_TASKS;
}

void
trk_sprint_measure (GArray *members, TrkBurn burn, TrkSprintProgress progress[TRK_N_BURNS])
{
  for (guint i = 0; i < members->len; i++)
    {
      TrkSprintMember *member = &g_array_index (members, TrkSprintMember, i);
      const TrkTask *task = member->fact.task;
      TrkSprintProgress *sum;
      double weight;

      member->measure = measure_of (task, burn);
      weight = trk_burn_weight (member->measure, task);
      sum = &progress[member->measure];
      /* Its parts say how far it is. */
      if (member->fate == TRK_FATE_DROPPED
          || (member->measure != burn && member->measure == TRK_BURN_TASKS
              && is_made_of_others (members, task)))
        continue;
      sum->tasks++;
      sum->total += weight;
      sum->tasks_done += member->fate == TRK_FATE_DONE;
      sum->done += member->fate == TRK_FATE_DONE ? weight : 0;
    }
}
