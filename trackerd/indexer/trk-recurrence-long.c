/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recurrence-walk.h"

/* Rules of DAILY and longer: period by period, day by day. */

static const TrkDuration one_day = 24 * TRK_HOUR;

static gboolean
day_candidates (TrkWalk *walk, TrkDay day)
{
  if (!trk_walk_step (walk))
    return FALSE;
  if (!trk_walk_day_matches (walk, day))
    return TRUE;
  for (guint64 hours = walk->hours; hours != 0 && !walk->done; hours &= hours - 1)
    if (!trk_walk_hour (walk, day * one_day + trk_lowest_bit (hours) * TRK_HOUR))
      return FALSE;
  return TRUE;
}

static gboolean
days_candidates (TrkWalk *walk, TrkDay first, int n)
{
  for (int i = 0; i < n && !walk->done; i++)
    if (!day_candidates (walk, first + i))
      return FALSE;
  return TRUE;
}

/* Months since year 0 of @day. */
static int
month_index (TrkDay day)
{
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  return year * 12 + month - 1;
}

static gboolean
month_candidates (TrkWalk *walk, int index)
{
  int year = index / 12, month = index % 12 + 1;

  if (walk->months != 0 && (walk->months & (1u << month)) == 0)
    return TRUE;
  return days_candidates (walk, trk_day_from_ymd (year, month, 1), trk_days_in_month (year, month));
}

static gboolean
year_candidates (TrkWalk *walk, int year)
{
  for (int month = 0; month < 12 && !walk->done; month++)
    if (!month_candidates (walk, year * 12 + month))
      return FALSE;
  return TRUE;
}

/* The number of the period that holds @day, in units of the frequency. */
static int
period_number (const TrkWalk *walk, TrkDay day)
{
  switch (walk->rule->freq)
    {
    case TRK_FREQ_YEARLY:
      return month_index (day) / 12;
    case TRK_FREQ_MONTHLY:
      return month_index (day);
    case TRK_FREQ_WEEKLY:
      /* days are counted from a Thursday; 10,000 years keep the quotient positive */
      return (trk_week_begin (day, walk->rule->week_start) + 7 * 520000) / 7;
    default:
      return day;
    }
}

static TrkDay
period_first_day (const TrkWalk *walk, int number)
{
  switch (walk->rule->freq)
    {
    case TRK_FREQ_YEARLY:
      return trk_day_from_ymd (number, 1, 1);
    case TRK_FREQ_MONTHLY:
      return trk_day_from_ymd (number / 12, number % 12 + 1, 1);
    case TRK_FREQ_WEEKLY:
      return trk_week_begin (walk->first.day, walk->rule->week_start)
             + 7 * (number - period_number (walk, walk->first.day));
    default:
      return number;
    }
}

static gboolean
period_candidates (TrkWalk *walk, int number)
{
  switch (walk->rule->freq)
    {
    case TRK_FREQ_YEARLY:
      return year_candidates (walk, number);
    case TRK_FREQ_MONTHLY:
      return month_candidates (walk, number);
    case TRK_FREQ_WEEKLY:
      return days_candidates (walk, period_first_day (walk, number), 7);
    default:
      return days_candidates (walk, number, 1);
    }
}

gboolean
trk_walk_days (TrkWalk *walk)
{
  gint64 interval = walk->rule->interval;
  gint64 number = period_number (walk, walk->first.day);
  gint64 last = period_number (walk, trk_local_from_wall (walk->to).day);
  gint64 near = period_number (walk, trk_local_from_wall (walk->from).day) - 1;

  /* Without COUNT nothing before the window matters. */
  if (walk->rule->count == 0 && near > number)
    number += (near - number) / interval * interval;
  for (; number <= last && !walk->done; number += interval)
    {
      if (!period_candidates (walk, (int) number) || !trk_walk_period_end (walk))
        return FALSE;
    }
  return TRUE;
}
