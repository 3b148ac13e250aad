/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recurrence-walk.h"

/* Which days a rule names. */

static gboolean
has_number (const GArray *list, int number)
{
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, gint16, i) == number)
      return TRUE;
  return FALSE;
}

/* Is the @nth of @length, counted from 1 or from the end, in @list? */
static gboolean
has_position (const GArray *list, int nth, int length)
{
  return has_number (list, nth) || has_number (list, nth - length - 1);
}

int
trk_days_in_month (int year, int month)
{
  TrkDay first = trk_day_from_ymd (year, month, 1);
  TrkDay next =
      month == 12 ? trk_day_from_ymd (year + 1, 1, 1) : trk_day_from_ymd (year, month + 1, 1);

  return next - first;
}

TrkDay
trk_week_begin (TrkDay day, int week_start)
{
  return day - (trk_day_weekday (day) - week_start + 7) % 7;
}

/* The first week of a year is the one with its fourth day in it (3.3.10, ISO 8601 with WKST). */
static TrkDay
first_week (int year, int week_start)
{
  return trk_week_begin (trk_day_from_ymd (year, 1, 4), week_start);
}

static gboolean
week_matches (const TrkRecurrence *rule, TrkDay day)
{
  TrkDay begin = trk_week_begin (day, rule->week_start);
  TrkDay first;
  int year, month, mday, weeks;

  trk_day_to_ymd (begin + 3, &year, &month, &mday);
  first = first_week (year, rule->week_start);
  weeks = (first_week (year + 1, rule->week_start) - first) / 7;
  return has_position (rule->week_numbers, (begin - first) / 7 + 1, weeks);
}

/* Does BYDAY's @nth count, and within what? RFC 5545 3.3.10: only in MONTHLY and YEARLY rules,
 * within the month when there is one, and never beside BYWEEKNO. */
static gboolean
nth_matches (const TrkWalk *walk, int nth, TrkDay day, int year, int month, int mday)
{
  const TrkRecurrence *rule = walk->rule;
  int position, length;

  if (nth == 0 || rule->freq < TRK_FREQ_MONTHLY || rule->week_numbers->len > 0)
    return TRUE;
  if (rule->freq == TRK_FREQ_MONTHLY || rule->months != 0)
    {
      position = mday - 1;
      length = trk_days_in_month (year, month);
    }
  else
    {
      position = day - trk_day_from_ymd (year, 1, 1);
      length = trk_day_from_ymd (year + 1, 1, 1) - trk_day_from_ymd (year, 1, 1);
    }
  return nth > 0 ? position / 7 + 1 == nth : (length - 1 - position) / 7 + 1 == -nth;
}

static gboolean
weekday_matches (const TrkWalk *walk, TrkDay day, int year, int month, int mday)
{
  const GArray *days = walk->rule->days;
  int weekday = trk_day_weekday (day);

  if (days->len == 0)
    return walk->weekday == 0 || walk->weekday == weekday;
  for (guint i = 0; i < days->len; i++)
    {
      TrkByDay by = g_array_index (days, TrkByDay, i);

      if (by.weekday == weekday && nth_matches (walk, by.nth, day, year, month, mday))
        return TRUE;
    }
  return FALSE;
}

gboolean
trk_walk_day_matches (const TrkWalk *walk, TrkDay day)
{
  const TrkRecurrence *rule = walk->rule;
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  if (walk->months != 0 && (walk->months & (1u << month)) == 0)
    return FALSE;
  if (walk->month_day != 0 && walk->month_day != mday)
    return FALSE;
  if (rule->month_days->len > 0
      && !has_position (rule->month_days, mday, trk_days_in_month (year, month)))
    return FALSE;
  if (rule->year_days->len > 0)
    {
      TrkDay first = trk_day_from_ymd (year, 1, 1);
      int length = trk_day_from_ymd (year + 1, 1, 1) - first;

      if (!has_position (rule->year_days, day - first + 1, length))
        return FALSE;
    }
  if (rule->week_numbers->len > 0 && !week_matches (rule, day))
    return FALSE;
  return weekday_matches (walk, day, year, month, mday);
}
