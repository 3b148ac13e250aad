/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-figures.h"

#include "trk-block-figures.h"
#include "trk-day-figures.h"
#include "trk-metric-figures.h"
#include "trk-project-figures.h"
#include "trk-stretches.h"
#include "trk-task-figures.h"

static void
ratios (TrkFigures *figures)
{
  const TrkDuration *time = figures->time;

  figures->adherence = trk_ratio ((double) time[TRK_TIME_ON_PLAN], (double) time[TRK_TIME_PLANNED]);
  figures->adherence_by_now =
      trk_ratio ((double) time[TRK_TIME_ON_PLAN], (double) time[TRK_TIME_PLANNED_BY_NOW]);
  figures->focus_share = trk_ratio ((double) time[TRK_TIME_FOCUS], (double) time[TRK_TIME_WORK]);
}

/* One interruption of a minute's work is no 60 an hour: of less focus no rate is told. */
#define LEAST_RATED (15 * TRK_MINUTE)

static void
stretches (const TrkFigureInput *input, const TrkTimes *times, TrkFigures *figures)
{
  g_autoptr (GArray) interruptions = trk_interruptions_new (input);
  g_autoptr (TrkPeriodSet) all = trk_stretches_new (times, input->period, 0);
  g_autoptr (TrkPeriodSet) deep = trk_stretches_new (times, input->period, TRK_DEEP_STRETCH);

  figures->interruptions = interruptions->len;
  figures->interruptions_by = trk_interruptions_by_reason (interruptions);
  if (figures->time[TRK_TIME_FOCUS] >= LEAST_RATED)
    figures->interruptions_an_hour =
        trk_ratio (interruptions->len, (double) figures->time[TRK_TIME_FOCUS] / TRK_HOUR);
  figures->longest_stretch = trk_stretches_longest (all);
  figures->deep_stretches = deep->len;
}

TrkFigures *
trk_figures_new (const TrkFigureInput *input)
{
  TrkFigures *figures = g_new0 (TrkFigures, 1);
  g_autoptr (TrkTimes) times = trk_times_new (input);
  g_autoptr (GArray) facts = trk_block_facts_new (input);

  figures->period = input->period;
  figures->now = input->now;
  figures->finished = input->now >= input->period.end;
  for (guint i = 0; i < TRK_N_TIMES; i++)
    figures->time[i] = trk_period_set_length (times->of[i]);
  figures->ahead = trk_planned_ahead (input, times);
  ratios (figures);
  stretches (input, times, figures);
  trk_block_figures (facts, figures);
  trk_task_figures (input, figures);
  figures->days = trk_day_figures_new (input, times);
  trk_goal_figures (input, times, figures);
  figures->projects = trk_project_figures_new (input);
  figures->metrics = trk_metric_figures_new (input);
  return figures;
}
