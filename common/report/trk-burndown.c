/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-burndown.h"

#include "trk-times.h"

gboolean
trk_membership_is_done (const TrkSprintTask *row, const TrkTask *task, TrkInstant at)
{
  return task->state == TRK_TASK_COMPLETED && task->completed <= at
         && (row->left == 0 || task->completed <= row->left);
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

/* Days of the sprint on which work is planned. Where nothing is planned at all, nobody said when he
 * works: then Monday to Friday. */
static void
mark_working (const TrkSprintInput *input, GArray *days)
{
  TrkDay first = input->sprint->first;
  gboolean any = FALSE;

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);
      TrkDay day = trk_almanac_day (&input->almanac, record->block->period.start) - first;

      if (!trk_record_is_planned (record) || !trk_kind_is_work (record->block->kind))
        continue;
      if (day < 0 || day >= (TrkDay) days->len)
        continue;
      g_array_index (days, TrkBurndownDay, day).working = any = TRUE;
    }
  for (guint i = 0; !any && i < days->len; i++)
    g_array_index (days, TrkBurndownDay, i).working = trk_day_weekday (first + (TrkDay) i) <= 5;
}

/* Neither done, cancelled nor taken out at @at. What the close carried over is still undone. */
static gboolean
is_remaining (const TrkSprintTask *row, const TrkTask *task, TrkInstant at)
{
  if (row->joined > at || trk_membership_is_done (row, task, at))
    return FALSE;
  if (row->left != 0 && row->left <= at && !row->carried)
    return FALSE;
  return task->state != TRK_TASK_CANCELLED || task->completed > at;
}

static double
remaining_at (const TrkSprintInput *input, TrkBurn burn, GHashTable *tasks, TrkInstant at)
{
  double sum = 0;

  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (input->memberships, TrkSprintTask, i);
      const TrkTask *task = g_hash_table_lookup (tasks, &row->task);

      if (row->sprint == input->sprint->number && task != NULL && is_remaining (row, task, at))
        sum += trk_burn_weight (burn, task);
    }
  return sum;
}

static double
committed_weight (const TrkSprintInput *input, TrkBurn burn, GHashTable *tasks)
{
  double sum = 0;

  for (guint i = 0; i < input->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (input->memberships, TrkSprintTask, i);
      const TrkTask *task = g_hash_table_lookup (tasks, &row->task);

      if (row->sprint == input->sprint->number && task != NULL && row->how != TRK_JOIN_ADDED)
        sum += trk_burn_weight (burn, task);
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
trk_burndown_new (const TrkSprintInput *input, TrkBurn burn, GHashTable *tasks)
{
  GArray *days = g_array_new (FALSE, TRUE, sizeof (TrkBurndownDay));

  for (TrkDay day = input->sprint->first; day <= input->sprint->last; day++)
    {
      TrkPeriod period = trk_almanac_day_period (&input->almanac, day);
      TrkBurndownDay row = { .day = day, .begun = period.start <= input->now };

      if (row.begun)
        row.remaining = remaining_at (input, burn, tasks, MIN (period.end - 1, input->now));
      g_array_append_val (days, row);
    }
  mark_working (input, days);
  draw_ideal (days, committed_weight (input, burn, tasks));
  return days;
}
