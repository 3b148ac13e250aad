/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-figures.h"

#include "trk-burndown.h"
#include "trk-median.h"
#include "trk-times.h"

const char *
trk_burn_to_string (TrkBurn burn)
{
  static const char *const names[] = { "points", "hours", "tasks" };

  return names[burn];
}

TrkPeriod
trk_sprint_period (const TrkSprint *sprint, const TrkAlmanac *almanac)
{
  return trk_almanac_days_period (almanac, sprint->first, sprint->last);
}

static void
add_to (TrkAmount *amount, const TrkTask *task)
{
  amount->tasks++;
  amount->points += task->points;
  amount->estimate += task->estimate;
}

static GHashTable *
tasks_by_number (const GPtrArray *tasks)
{
  GHashTable *index = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < tasks->len; i++)
    {
      TrkTask *task = g_ptr_array_index (tasks, i);

      g_hash_table_insert (index, &task->number, task);
    }
  return index;
}

/* -- What went in and came out ----------------------------------------------------------------- */

static void
count_membership (TrkSprintFigures *figures,
                  const TrkSprintTask *row,
                  const TrkTask *task,
                  TrkInstant now)
{
  add_to (row->how == TRK_JOIN_ADDED ? &figures->added : &figures->committed, task);
  if (trk_membership_is_done (row, task, now))
    add_to (&figures->done, task);
  else if (row->left != 0 && row->carried)
    add_to (&figures->carried, task);
  else if (row->left != 0 || task->state == TRK_TASK_CANCELLED)
    add_to (&figures->dropped, task);
  else
    add_to (&figures->open, task);
}

static void
count_memberships (const TrkSprintInput *input, GHashTable *tasks, TrkSprintFigures *figures)
{
  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (input->memberships, TrkSprintTask, i);
      const TrkTask *task = g_hash_table_lookup (tasks, &row->task);

      if (row->sprint == input->sprint->number && task != NULL && row->joined <= input->now)
        count_membership (figures, row, task, input->now);
    }
}

static TrkBurn
burn_of (const TrkSprintFigures *figures)
{
  if (figures->committed.points + figures->added.points > 0)
    return TRK_BURN_POINTS;
  return figures->committed.estimate + figures->added.estimate > 0 ? TRK_BURN_HOURS
                                                                   : TRK_BURN_TASKS;
}

/* -- Velocity ---------------------------------------------------------------------------------- */

static double
points_done (const TrkSprintInput *input, GHashTable *tasks, const TrkSprint *sprint)
{
  double points = 0;

  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (input->memberships, TrkSprintTask, i);
      const TrkTask *task = g_hash_table_lookup (tasks, &row->task);

      if (row->sprint == sprint->number && task != NULL
          && trk_membership_is_done (row, task, sprint->closed))
        points += task->points;
    }
  return points;
}

static void
velocity (const TrkSprintInput *input, GHashTable *tasks, TrkSprintFigures *figures)
{
  double sum = 0;

  for (guint i = input->sprints->len; i > 0 && figures->velocity_of < 3; i--)
    {
      const TrkSprint *sprint = g_ptr_array_index (input->sprints, i - 1);
      double points;

      if (sprint->closed == 0 || sprint->closed > input->now
          || sprint->started > input->sprint->started)
        continue;
      points = points_done (input, tasks, sprint);
      if (!figures->velocity_last.known && sprint->number != input->sprint->number)
        figures->velocity_last = (TrkRatio){ TRUE, points };
      sum += points;
      figures->velocity_of++;
    }
  figures->velocity_mean = trk_ratio (sum, figures->velocity_of);
}

/* -- Tasks ------------------------------------------------------------------------------------- */

static const TrkSprintTask *
membership_of (const TrkSprintInput *input, gint64 task)
{
  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (input->memberships, TrkSprintTask, i);

      if (row->task == task && row->sprint == input->sprint->number)
        return row;
    }
  return NULL;
}

static gboolean
is_member (const TrkTask *task, gconstpointer data)
{
  return membership_of (data, task->number) != NULL;
}

/* The facts of the tasks that were done in the sprint. */
static GArray *
done_facts (const TrkSprintInput *input, const GArray *facts)
{
  GArray *done = g_array_new (FALSE, TRUE, sizeof (TrkTaskFact));

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);

      if (trk_membership_is_done (membership_of (input, fact->task->number), fact->task,
                                  input->now))
        g_array_append_vals (done, fact, 1);
    }
  return done;
}

static void
cycle_time (const GArray *done, TrkSprintFigures *figures)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < done->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (done, TrkTaskFact, i);
      double time = (double) (fact->task->completed - fact->first);

      if (fact->first != 0 && time >= 0)
        g_array_append_val (times, time);
    }
  figures->cycle_of = times->len;
  figures->cycle_time.known = trk_median (times, &figures->cycle_time.value);
}

static void
project_free (gpointer data)
{
  TrkProjectRatio *project = data;

  g_free (project->project);
  g_free (project);
}

static TrkProjectRatio *
project_named (GPtrArray *projects, const char *name)
{
  TrkProjectRatio *project;

  for (guint i = 0; i < projects->len; i++)
    {
      project = g_ptr_array_index (projects, i);
      if (g_strcmp0 (project->project, name) == 0)
        return project;
    }
  project = g_new0 (TrkProjectRatio, 1);
  project->project = g_strdup (name);
  g_ptr_array_add (projects, project);
  return project;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const TrkProjectRatio *x = *(const TrkProjectRatio *const *) a;
  const TrkProjectRatio *y = *(const TrkProjectRatio *const *) b;

  return g_strcmp0 (x->project, y->project);
}

static GPtrArray *
project_ratios (const GArray *done)
{
  GPtrArray *projects = g_ptr_array_new_with_free_func (project_free);

  for (guint i = 0; i < done->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (done, TrkTaskFact, i);
      TrkProjectRatio *project;

      if (!fact->ratio.known)
        continue;
      project = project_named (projects, fact->task->project);
      project->tasks++;
      project->worked += fact->worked;
      project->estimate += fact->task->estimate;
      project->ratio = trk_ratio ((double) project->worked, (double) project->estimate);
    }
  g_ptr_array_sort (projects, by_name);
  return projects;
}

static TrkDuration
worked_within (const TrkSprintInput *input, TrkPeriod period)
{
  TrkDuration worked = 0;

  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod part = trk_period_intersect (trk_period_until (entry->period, input->now), period);

      if (trk_kind_is_work (entry->kind) && entry->task != 0
          && membership_of (input, entry->task) != NULL)
        worked += trk_period_length (part);
    }
  return worked;
}

static void
count_days (TrkSprintFigures *figures)
{
  for (guint i = 0; i < figures->burndown->len; i++)
    {
      const TrkBurndownDay *day = &g_array_index (figures->burndown, TrkBurndownDay, i);

      figures->working_days += day->working;
      figures->working_days_begun += day->working && day->begun;
    }
}

TrkSprintFigures *
trk_sprint_figures_new (const TrkSprintInput *input)
{
  TrkSprintFigures *figures = g_new0 (TrkSprintFigures, 1);
  g_autoptr (GHashTable) tasks = tasks_by_number (input->tasks);
  g_autoptr (GArray) done = NULL;

  figures->sprint = input->sprint;
  figures->period = trk_sprint_period (input->sprint, &input->almanac);
  figures->finished = (input->sprint->closed != 0 && input->sprint->closed <= input->now)
                      || figures->period.end <= input->now;
  count_memberships (input, tasks, figures);
  figures->burn = burn_of (figures);
  figures->burndown = trk_burndown_new (input, figures->burn, tasks);
  count_days (figures);
  velocity (input, tasks, figures);
  figures->tasks = trk_task_facts_new (input->tasks, input->entries, input->now, is_member, input);
  done = done_facts (input, figures->tasks);
  figures->worked = worked_within (input, figures->period);
  figures->estimate_ratio = trk_task_facts_ratio (done);
  figures->projects = project_ratios (done);
  cycle_time (done, figures);
  return figures;
}

void
trk_sprint_figures_free (TrkSprintFigures *figures)
{
  if (figures == NULL)
    return;
  g_clear_pointer (&figures->burndown, g_array_unref);
  g_clear_pointer (&figures->projects, g_ptr_array_unref);
  g_clear_pointer (&figures->tasks, g_array_unref);
  g_free (figures);
}
