/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recurrence.h"

#include <stdlib.h>

static const TrkDuration one_day = 24 * TRK_HOUR;

TrkRecurrence *
trk_recurrence_new (TrkFrequency freq)
{
  TrkRecurrence *rule = g_new0 (TrkRecurrence, 1);

  rule->freq = freq;
  rule->interval = 1;
  rule->week_start = 1;
  rule->month_days = g_array_new (FALSE, FALSE, sizeof (gint16));
  rule->year_days = g_array_new (FALSE, FALSE, sizeof (gint16));
  rule->week_numbers = g_array_new (FALSE, FALSE, sizeof (gint16));
  rule->days = g_array_new (FALSE, FALSE, sizeof (TrkByDay));
  rule->positions = g_array_new (FALSE, FALSE, sizeof (gint16));
  return rule;
}

void
trk_recurrence_free (TrkRecurrence *rule)
{
  if (rule == NULL)
    return;
  g_array_unref (rule->month_days);
  g_array_unref (rule->year_days);
  g_array_unref (rule->week_numbers);
  g_array_unref (rule->days);
  g_array_unref (rule->positions);
  g_free (rule);
}

/* What one expansion carries: the rule with the parts that DTSTART fills in (3.3.10: "information
 * not contained in the rule is derived from DTSTART"), and what was reached so far. */
typedef struct
{
  const TrkRecurrence *rule;
  TrkLocal first;   /* DTSTART */
  TrkInstant start; /* the same as one number */
  TrkInstant from, to;
  guint32 months; /* effective masks and days; 0: no limit */
  int month_day;
  int weekday;
  guint64 hours, minutes, seconds;
  guint *budget;
  guint counted;
  gboolean done; /* COUNT, UNTIL or the window's end was reached */
  GArray *out;   /* of TrkInstant */
  GArray *set;   /* of TrkInstant: candidates of one period, for BYSETPOS */
} Walk;

static gboolean
step (Walk *walk)
{
  if (*walk->budget == 0)
    return FALSE;
  --*walk->budget;
  return TRUE;
}

/* -- Does a day match? ------------------------------------------------------------------------- */

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

static int
days_in_month (int year, int month)
{
  TrkDay first = trk_day_from_ymd (year, month, 1);
  TrkDay next =
      month == 12 ? trk_day_from_ymd (year + 1, 1, 1) : trk_day_from_ymd (year, month + 1, 1);

  return next - first;
}

static TrkDay
week_begin (TrkDay day, int week_start)
{
  return day - (trk_day_weekday (day) - week_start + 7) % 7;
}

/* The first week of a year is the one with its fourth day in it (3.3.10, ISO 8601 with WKST). */
static TrkDay
first_week (int year, int week_start)
{
  return week_begin (trk_day_from_ymd (year, 1, 4), week_start);
}

static gboolean
week_matches (const TrkRecurrence *rule, TrkDay day)
{
  TrkDay begin = week_begin (day, rule->week_start);
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
nth_matches (const Walk *walk, int nth, TrkDay day, int year, int month, int mday)
{
  const TrkRecurrence *rule = walk->rule;
  int position, length;

  if (nth == 0 || rule->freq < TRK_FREQ_MONTHLY || rule->week_numbers->len > 0)
    return TRUE;
  if (rule->freq == TRK_FREQ_MONTHLY || rule->months != 0)
    {
      position = mday - 1;
      length = days_in_month (year, month);
    }
  else
    {
      position = day - trk_day_from_ymd (year, 1, 1);
      length = trk_day_from_ymd (year + 1, 1, 1) - trk_day_from_ymd (year, 1, 1);
    }
  return nth > 0 ? position / 7 + 1 == nth : (length - 1 - position) / 7 + 1 == -nth;
}

static gboolean
weekday_matches (const Walk *walk, TrkDay day, int year, int month, int mday)
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

static gboolean
day_matches (const Walk *walk, TrkDay day)
{
  const TrkRecurrence *rule = walk->rule;
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  if (walk->months != 0 && (walk->months & (1u << month)) == 0)
    return FALSE;
  if (walk->month_day != 0 && walk->month_day != mday)
    return FALSE;
  if (rule->month_days->len > 0
      && !has_position (rule->month_days, mday, days_in_month (year, month)))
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

/* -- What a period gives ----------------------------------------------------------------------- */

static void
take (Walk *walk, TrkInstant at)
{
  const TrkRecurrence *rule = walk->rule;

  if (at <= walk->start || walk->done)
    return;
  if (at >= walk->to || (rule->has_until && at > rule->until))
    {
      walk->done = TRUE;
      return;
    }
  if (at >= walk->from)
    g_array_append_val (walk->out, at);
  if (rule->count > 0 && ++walk->counted >= rule->count)
    walk->done = TRUE;
}

/* A candidate: taken at once, or kept until the period is complete when positions are asked for. */
static gboolean
candidate (Walk *walk, TrkInstant at)
{
  if (!step (walk))
    return FALSE;
  if (walk->rule->positions->len > 0)
    g_array_append_val (walk->set, at);
  else
    take (walk, at);
  return TRUE;
}

static gboolean
period_end (Walk *walk)
{
  const GArray *positions = walk->rule->positions;
  int length = (int) walk->set->len;

  for (int i = 0; positions->len > 0 && i < length && !walk->done; i++)
    if (has_position (positions, i + 1, length))
      take (walk, g_array_index (walk->set, TrkInstant, i));
  g_array_set_size (walk->set, 0);
  return step (walk);
}

/* The minutes and seconds of one hour that the masks name. */
static gboolean
hour_candidates (Walk *walk, TrkInstant hour)
{
  for (int minute = 0; minute < 60 && !walk->done; minute++)
    {
      if ((walk->minutes & (G_GUINT64_CONSTANT (1) << minute)) == 0)
        continue;
      for (int second = 0; second < 60 && !walk->done; second++)
        if ((walk->seconds & (G_GUINT64_CONSTANT (1) << second)) != 0
            && !candidate (walk, hour + minute * TRK_MINUTE + second * TRK_SECOND))
          return FALSE;
    }
  return TRUE;
}

static gboolean
day_candidates (Walk *walk, TrkDay day)
{
  if (!step (walk))
    return FALSE;
  if (!day_matches (walk, day))
    return TRUE;
  for (int hour = 0; hour < 24 && !walk->done; hour++)
    if ((walk->hours & (G_GUINT64_CONSTANT (1) << hour)) != 0
        && !hour_candidates (walk, day * one_day + hour * TRK_HOUR))
      return FALSE;
  return TRUE;
}

static gboolean
days_candidates (Walk *walk, TrkDay first, int n)
{
  for (int i = 0; i < n && !walk->done; i++)
    if (!day_candidates (walk, first + i))
      return FALSE;
  return TRUE;
}

/* -- Periods of a day and longer --------------------------------------------------------------- */

/* Months since year 0 of @day. */
static int
month_index (TrkDay day)
{
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  return year * 12 + month - 1;
}

static gboolean
month_candidates (Walk *walk, int index)
{
  int year = index / 12, month = index % 12 + 1;

  if (walk->months != 0 && (walk->months & (1u << month)) == 0)
    return TRUE;
  return days_candidates (walk, trk_day_from_ymd (year, month, 1), days_in_month (year, month));
}

static gboolean
year_candidates (Walk *walk, int year)
{
  for (int month = 0; month < 12 && !walk->done; month++)
    if (!month_candidates (walk, year * 12 + month))
      return FALSE;
  return TRUE;
}

/* The number of the period that holds @day, in units of the frequency. */
static int
period_number (const Walk *walk, TrkDay day)
{
  switch (walk->rule->freq)
    {
    case TRK_FREQ_YEARLY:
      return month_index (day) / 12;
    case TRK_FREQ_MONTHLY:
      return month_index (day);
    case TRK_FREQ_WEEKLY:
      /* days are counted from a Thursday; 10,000 years keep the quotient positive */
      return (week_begin (day, walk->rule->week_start) + 7 * 520000) / 7;
    default:
      return day;
    }
}

static TrkDay
period_first_day (const Walk *walk, int number)
{
  switch (walk->rule->freq)
    {
    case TRK_FREQ_YEARLY:
      return trk_day_from_ymd (number, 1, 1);
    case TRK_FREQ_MONTHLY:
      return trk_day_from_ymd (number / 12, number % 12 + 1, 1);
    case TRK_FREQ_WEEKLY:
      return week_begin (walk->first.day, walk->rule->week_start)
             + 7 * (number - period_number (walk, walk->first.day));
    default:
      return number;
    }
}

static gboolean
period_candidates (Walk *walk, int number)
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

static gboolean
expand_days (Walk *walk)
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
      if (!period_candidates (walk, (int) number) || !period_end (walk))
        return FALSE;
    }
  return TRUE;
}

/* -- Periods shorter than a day ---------------------------------------------------------------- */

static gboolean
has_bit (guint64 mask, gint64 bit)
{
  return mask == 0 || (mask & (G_GUINT64_CONSTANT (1) << bit)) != 0;
}

/* When the period at @at cannot match: where the next one that might begins. Else @at. */
static TrkInstant
next_possible (const Walk *walk, TrkInstant at)
{
  const TrkRecurrence *rule = walk->rule;
  TrkLocal local = trk_local_from_wall (at);

  if (!day_matches (walk, local.day))
    return (local.day + 1) * one_day;
  if (!has_bit (rule->hours, local.time / TRK_HOUR))
    return at - local.time % TRK_HOUR + TRK_HOUR;
  if (rule->freq <= TRK_FREQ_MINUTELY && !has_bit (rule->minutes, local.time / TRK_MINUTE % 60))
    return at - local.time % TRK_MINUTE + TRK_MINUTE;
  if (rule->freq == TRK_FREQ_SECONDLY && !has_bit (rule->seconds, local.time / TRK_SECOND % 60))
    return at + TRK_SECOND;
  return at;
}

static gboolean
short_period_candidates (Walk *walk, TrkInstant at)
{
  if (walk->rule->freq == TRK_FREQ_HOURLY)
    return hour_candidates (walk, at);
  if (walk->rule->freq == TRK_FREQ_SECONDLY)
    return candidate (walk, at);
  for (int second = 0; second < 60 && !walk->done; second++)
    if ((walk->seconds & (G_GUINT64_CONSTANT (1) << second)) != 0
        && !candidate (walk, at + second * TRK_SECOND))
      return FALSE;
  return TRUE;
}

static gboolean
expand_hours (Walk *walk)
{
  TrkDuration unit = walk->rule->freq == TRK_FREQ_HOURLY     ? TRK_HOUR
                     : walk->rule->freq == TRK_FREQ_MINUTELY ? TRK_MINUTE
                                                             : TRK_SECOND;
  TrkDuration stride = unit * walk->rule->interval;
  TrkInstant base = walk->start - walk->first.time % unit;
  TrkInstant at = base;

  if (walk->rule->count == 0 && walk->from - unit > base)
    at += (walk->from - unit - base) / stride * stride;
  while (at < walk->to && !walk->done)
    {
      TrkInstant possible = next_possible (walk, at);

      if (possible > at)
        at += (possible - at + stride - 1) / stride * stride;
      else if (!short_period_candidates (walk, at))
        return FALSE;
      else
        at += stride;
      if (!period_end (walk))
        return FALSE;
      if (walk->rule->has_until && at > walk->rule->until)
        break;
    }
  return TRUE;
}

/* -- The whole --------------------------------------------------------------------------------- */

/* Fills in from DTSTART what the rule does not say. */
static void
complete (Walk *walk)
{
  const TrkRecurrence *rule = walk->rule;
  gboolean no_days = rule->month_days->len == 0 && rule->year_days->len == 0
                     && rule->week_numbers->len == 0 && rule->days->len == 0;
  int year, month, mday;

  trk_day_to_ymd (walk->first.day, &year, &month, &mday);
  walk->months = rule->months;
  if (rule->freq == TRK_FREQ_YEARLY && no_days && rule->months == 0)
    walk->months = 1u << month;
  if (rule->freq >= TRK_FREQ_MONTHLY && no_days)
    walk->month_day = mday;
  if ((rule->freq == TRK_FREQ_WEEKLY && no_days)
      || (rule->freq == TRK_FREQ_YEARLY && rule->week_numbers->len > 0 && rule->days->len == 0
          && rule->month_days->len == 0 && rule->year_days->len == 0))
    walk->weekday = trk_day_weekday (walk->first.day);
  walk->hours =
      rule->hours != 0 ? rule->hours : G_GUINT64_CONSTANT (1) << (walk->first.time / TRK_HOUR);
  walk->minutes = rule->minutes != 0
                      ? rule->minutes
                      : G_GUINT64_CONSTANT (1) << (walk->first.time / TRK_MINUTE % 60);
  walk->seconds = rule->seconds != 0
                      ? rule->seconds
                      : G_GUINT64_CONSTANT (1) << (walk->first.time / TRK_SECOND % 60);
}

gboolean
trk_recurrence_expand (const TrkRecurrence *rule,
                       TrkInstant start,
                       TrkInstant from,
                       TrkInstant to,
                       guint *budget,
                       GArray *out)
{
  g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  Walk walk = { .rule = rule,
                .first = trk_local_from_wall (start),
                .start = start,
                .from = from,
                .to = rule->has_until ? MIN (to, rule->until + 1) : to,
                .budget = budget,
                .counted = 1,
                .out = out,
                .set = set };

  if (start >= from && start < to)
    g_array_append_val (out, start);
  if (rule->count == 1 || start >= walk.to)
    return TRUE;
  complete (&walk);
  return rule->freq >= TRK_FREQ_DAILY ? expand_days (&walk) : expand_hours (&walk);
}
