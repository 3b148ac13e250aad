/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day-figures.h"

#include "trk-working-days.h"

/* The length of @set by day, in one walk over both. */
static void
spread (const TrkPeriodSet *set, GArray *days, TrkTime time)
{
  guint d = 0, i = 0;

  while (i < set->len && d < days->len)
    {
      TrkDayFigures *day = &g_array_index (days, TrkDayFigures, d);
      TrkPeriod part = trk_period_set_nth (set, i);

      day->time[time] += trk_period_length (trk_period_intersect (part, day->period));
      if (part.end <= day->period.end)
        i++;
      else
        d++;
    }
}

GArray *
trk_day_figures_new (const TrkFigureInput *input, const TrkTimes *times)
{
  GArray *days = g_array_new (FALSE, TRUE, sizeof (TrkDayFigures));
  g_autoptr (TrkWorkingDays) plan = trk_working_days_new (input->blocks, &input->almanac);
  TrkDay day = trk_almanac_day (&input->almanac, input->period.start);
  TrkPeriod period;

  while (!trk_period_is_empty (input->period)
         && (period = trk_almanac_day_period (&input->almanac, day)).start < input->period.end)
    {
      TrkDayFigures row = { .day = day,
                            .period = trk_period_intersect (period, input->period),
                            .planned = trk_working_days_is_planned (plan, day) };

      g_array_append_val (days, row);
      day++;
    }
  for (guint time = 0; time < TRK_N_TIMES; time++)
    spread (times->of[time], days, (TrkTime) time);
  return days;
}

/* Where the arrays begin; TRK_NEVER when they are empty. */
static TrkInstant
beginning (const TrkFigureInput *input)
{
  TrkInstant start = TRK_NEVER;

  if (input->entries->len > 0)
    start = ((TrkEntry *) g_ptr_array_index (input->entries, 0))->period.start;
  if (input->blocks != NULL && input->blocks->len > 0)
    start =
        MIN (start, ((TrkBlockRecord *) g_ptr_array_index (input->blocks, 0))->block->period.start);
  return start;
}

guint
trk_streak (const TrkFigureInput *input, const TrkTimes *times, GArray *days, gboolean *is_least)
{
  g_autoptr (TrkWorkingDays) plan = trk_working_days_new (input->blocks, &input->almanac);
  TrkInstant begin = beginning (input);
  TrkInstant last = MIN (input->period.end - 1, input->now);
  TrkDay day = trk_almanac_day (&input->almanac, last);
  guint streak = 0;

  *is_least = FALSE;
  if (input->focus_goal <= 0 || begin == TRK_NEVER)
    return 0;
  for (;; day--)
    {
      TrkPeriod period = trk_almanac_day_period (&input->almanac, day);

      if (period.end <= begin)
        break;
      if (!trk_working_days_is_planned (plan, day))
        continue;
      if (days != NULL)
        g_array_append_val (days, day);
      if (trk_length_within (times->focus_whole, period) >= input->focus_goal)
        streak++;
      else if (period.end <= input->now)
        return streak;
    }
  *is_least = streak > 0;
  return streak;
}

void
trk_goal_figures (const TrkFigureInput *input, const TrkTimes *times, TrkFigures *figures)
{
  for (guint i = 0; i < figures->days->len; i++)
    {
      const TrkDayFigures *day = &g_array_index (figures->days, TrkDayFigures, i);

      figures->planned_days += day->planned && day->period.start < input->now;
    }
  figures->has_goal = input->focus_goal > 0;
  if (!figures->has_goal)
    return;
  figures->goal = trk_ratio ((double) figures->time[TRK_TIME_FOCUS],
                             (double) input->focus_goal * figures->planned_days);
  figures->streak = trk_streak (input, times, NULL, &figures->streak_is_least);
}
