/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-figures.h"

#include "trk-burndown.h"
#include "trk-median.h"
#include "trk-project-figures.h"
#include "trk-sprint-scope.h"
#include "trk-times.h"

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

/* -- What went in and came out ----------------------------------------------------------------- */

static void
count_member (TrkSprintFigures *figures, const TrkSprintMember *member)
{
  TrkAmount *const by_fate[] = { &figures->open, &figures->done, &figures->dropped,
                                 &figures->carried };
  const TrkTask *task = member->fact.task;

  add_to (member->first->how == TRK_JOIN_ADDED ? &figures->added : &figures->committed, task);
  if (member->first->how == TRK_JOIN_CARRIED)
    add_to (&figures->carried_in, task);
  add_to (by_fate[member->fate], task);
  if (member->fate != TRK_FATE_DROPPED)
    add_to (&figures->scope, task);
}

static void
count_members (TrkSprintFigures *figures)
{
  for (guint i = 0; i < figures->members->len; i++)
    count_member (figures, &g_array_index (figures->members, TrkSprintMember, i));
}

const TrkSprintMember *
trk_sprint_figures_member (const TrkSprintFigures *figures, gint64 task)
{
  for (guint i = 0; i < figures->members->len; i++)
    if (g_array_index (figures->members, TrkSprintMember, i).fact.task->number == task)
      return &g_array_index (figures->members, TrkSprintMember, i);
  return NULL;
}

/* -- Velocity ---------------------------------------------------------------------------------- */

gboolean
trk_sprint_velocity (const TrkSprintInput *input, const TrkSprint *sprint, double *points)
{
  g_autoptr (GArray) members = trk_sprint_members_new (input, sprint);
  gboolean any = FALSE;

  *points = 0;
  for (guint i = 0; i < members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (members, TrkSprintMember, i);

      any = any || member->fact.task->points > 0;
      *points += member->fate == TRK_FATE_DONE ? member->fact.task->points : 0;
    }
  return any;
}

GPtrArray *
trk_sprint_velocity_sprints (const TrkSprintInput *input)
{
  GPtrArray *closed = g_ptr_array_new ();

  for (guint i = input->sprints->len; i > 0 && closed->len < 3; i--)
    {
      TrkSprint *sprint = g_ptr_array_index (input->sprints, i - 1);
      double points;

      if (sprint->closed != 0 && sprint->closed <= input->now
          && sprint->started <= input->sprint->started
          && trk_sprint_velocity (input, sprint, &points))
        g_ptr_array_add (closed, sprint);
    }
  return closed;
}

static void
velocity (const TrkSprintInput *input, TrkSprintFigures *figures)
{
  g_autoptr (GPtrArray) closed = trk_sprint_velocity_sprints (input);
  double sum = 0;

  for (guint i = 0; i < closed->len; i++)
    {
      const TrkSprint *sprint = g_ptr_array_index (closed, i);
      double points;

      trk_sprint_velocity (input, sprint, &points);
      if (!figures->velocity_last.known && sprint->number != input->sprint->number)
        figures->velocity_last = (TrkRatio){ TRUE, points };
      sum += points;
    }
  figures->velocity_of = closed->len;
  figures->velocity_mean = trk_ratio (sum, closed->len);
}

/* -- Tasks ------------------------------------------------------------------------------------- */

/* The facts of the tasks that were done in the sprint. */
static GArray *
done_facts (const GArray *members)
{
  GArray *done = g_array_new (FALSE, TRUE, sizeof (TrkTaskFact));

  for (guint i = 0; i < members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (members, TrkSprintMember, i);

      if (member->fate == TRK_FATE_DONE)
        g_array_append_vals (done, &member->fact, 1);
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
estimates (TrkSprintFigures *figures)
{
  g_autoptr (GArray) done = done_facts (figures->members);

  figures->estimate_ratio = trk_task_facts_ratio (done);
  figures->projects = trk_project_figures_of_facts (done);
  cycle_time (done, figures);
}

TrkDuration
trk_sprint_worked_in (const TrkSprintFigures *figures, const TrkEntry *entry)
{
  TrkPeriod done = trk_period_until (entry->period, figures->now);

  if (!trk_kind_is_work (entry->kind) || trk_sprint_figures_member (figures, entry->task) == NULL)
    return 0;
  return trk_period_length (trk_period_intersect (done, figures->period));
}

static void
worked (const GPtrArray *entries, TrkSprintFigures *figures)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      TrkDuration length = trk_sprint_worked_in (figures, entry);

      figures->worked += length;
      figures->unverified += entry->evidence == TRK_EVIDENCE_PLAN ? length : 0;
    }
}

/* -- Days -------------------------------------------------------------------------------------- */

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

static gboolean
is_planned_before (const TrkSprintInput *input, TrkPeriod period, TrkInstant since)
{
  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);
      TrkPeriod planned = record->block->period;

      if (trk_record_is_planned (record) && trk_kind_is_work (record->block->kind)
          && planned.end <= since && trk_period_contains (period, planned.start))
        return TRUE;
    }
  return FALSE;
}

/* Was a working day, or a block of work, over before anybody kept time? */
static gboolean
is_kept_late (const TrkSprintInput *input, const TrkSprintFigures *figures)
{
  TrkInstant since = MIN (input->kept_since, input->now);

  for (guint i = 0; i < figures->burndown->len; i++)
    {
      const TrkBurndownDay *day = &g_array_index (figures->burndown, TrkBurndownDay, i);

      if (day->working && trk_almanac_day_period (&input->almanac, day->day).end <= since)
        return TRUE;
    }
  return is_planned_before (input, figures->period, since);
}

TrkSprintFigures *
trk_sprint_figures_new (const TrkSprintInput *input)
{
  TrkSprintFigures *figures = g_new0 (TrkSprintFigures, 1);

  figures->sprint = input->sprint;
  figures->now = input->now;
  figures->kept_since = input->kept_since;
  figures->period = trk_sprint_period (input->sprint, &input->almanac);
  figures->finished = (input->sprint->closed != 0 && input->sprint->closed <= input->now)
                      || figures->period.end <= input->now;
  figures->members = trk_sprint_members_new (input, input->sprint);
  count_members (figures);
  figures->burn = trk_sprint_burn (figures->members);
  trk_sprint_measure (figures->members, figures->burn, figures->progress);
  figures->burndown = trk_burndown_new (input, figures->burn, figures->members);
  count_days (figures);
  figures->kept_late = is_kept_late (input, figures);
  velocity (input, figures);
  worked (input->entries, figures);
  estimates (figures);
  return figures;
}

void
trk_sprint_figures_free (TrkSprintFigures *figures)
{
  if (figures == NULL)
    return;
  g_clear_pointer (&figures->burndown, g_array_unref);
  g_clear_pointer (&figures->projects, g_ptr_array_unref);
  g_clear_pointer (&figures->members, g_array_unref);
  g_free (figures);
}
