/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-burndown.h"

#include "trk-sprint-scope.h"
#include "trk-working-days.h"

/* Neither done, cancelled nor taken out at @at. What the close carried over is still undone. */
static gboolean
is_remaining (const TrkSprintTask *stay, const TrkTask *task, TrkInstant at)
{
  if (stay->joined > at || (stay->left != 0 && stay->left <= at && !stay->carried))
    return FALSE;
  return trk_task_is_open (task) || task->completed > at;
}

/* The tasks of @members that the burndown counts, by number. */
static GHashTable *
burning (TrkBurn burn, const GArray *members)
{
  GHashTable *tasks = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (members, TrkSprintMember, i);

      if (member->measure == burn)
        g_hash_table_insert (tasks, (gpointer) &member->fact.task->number,
                             (gpointer) member->fact.task);
    }
  return tasks;
}

static double
remaining_at (const TrkSprintInput *input, TrkBurn burn, GHashTable *tasks, TrkInstant at)
{
  double sum = 0;

  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *stay = &g_array_index (input->memberships, TrkSprintTask, i);
      const TrkTask *task = g_hash_table_lookup (tasks, &stay->task);

      if (stay->sprint == input->sprint->number && task != NULL && is_remaining (stay, task, at))
        sum += trk_burn_weight (burn, task);
    }
  return sum;
}

static double
committed_weight (TrkBurn burn, const GArray *members)
{
  double sum = 0;

  for (guint i = 0; i < members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (members, TrkSprintMember, i);

      if (member->measure == burn && member->first->how != TRK_JOIN_ADDED)
        sum += trk_burn_weight (burn, member->fact.task);
    }
  return sum;
}

static void
draw_ideal (GArray *days, double committed)
{
  guint working = 0, passed = 0;

  for (guint i = 0; i < days->len; i++)
    working += g_array_index (days, TrkBurndownDay, i).working;
  for (guint i = 0; i < days->len; i++)
    {
      TrkBurndownDay *day = &g_array_index (days, TrkBurndownDay, i);

      passed += day->working;
      day->ideal = working > 0 ? committed * (1 - (double) passed / working) : committed;
    }
}

GArray *
trk_burndown_new (const TrkSprintInput *input, TrkBurn burn, const GArray *members)
{
  GArray *days = g_array_new (FALSE, TRUE, sizeof (TrkBurndownDay));
  g_autoptr (TrkWorkingDays) working = trk_working_days_new (input->blocks, &input->almanac);
  g_autoptr (GHashTable) tasks = burning (burn, members);
  TrkInstant until = trk_sprint_until (input->sprint, input->now);

  for (TrkDay day = input->sprint->first; day <= input->sprint->last; day++)
    {
      TrkPeriod period = trk_almanac_day_period (&input->almanac, day);
      TrkBurndownDay row = { .day = day,
                             .working = trk_working_days_has (working, day),
                             .begun = period.start <= input->now };

      if (row.begun)
        row.remaining = remaining_at (input, burn, tasks, MIN (period.end - 1, until));
      g_array_append_val (days, row);
    }
  draw_ideal (days, committed_weight (burn, members));
  return days;
}
