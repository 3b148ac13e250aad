/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-text.h"
#include "trk-when-words.h"

#include <string.h>

#define WANTED                                                                                     \
  "a day or period: try today, yesterday, mon, 2026-11-23, week, last month, -7d or "              \
  "2026-11-01..2026-11-15"

static gboolean
one_day (TrkDay day, TrkWhenDays *days)
{
  *days = (TrkWhenDays){ .first = day, .last = day, .span = TRK_SPAN_DAY };
  return TRUE;
}

static gboolean
by_name (const char *text, TrkDay today, TrkWhenDays *days)
{
  static const char *const names[] = { "yesterday", "today", "tomorrow" };

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      return one_day (today + i - 1, days);
  return FALSE;
}

/* Takes "last " (-1), "this " or "next " (1) off the front of @text. */
static int
take_direction (const char **text, gboolean *given)
{
  static const char *const words[] = { "last ", "this ", "next " };

  *given = FALSE;
  for (int i = 0; i < (int) G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (*text, words[i]))
      {
        *text += strlen (words[i]);
        *given = TRUE;
        return i - 1;
      }
  return 0;
}

/* "mon" is that of the current week; "last" and "next" the nearest before and after today. */
static gboolean
by_weekday (const char *text, const TrkAlmanac *almanac, TrkDay today, TrkWhenDays *days)
{
  gboolean given;
  int weekday, direction = take_direction (&text, &given);
  TrkDay day;

  if (!trk_when_weekday (text, &weekday))
    return FALSE;
  day = trk_almanac_week_first (almanac, today) + (weekday - almanac->week_start + 7) % 7;
  if (direction < 0)
    day = today - 1 - (trk_day_weekday (today - 1) - weekday + 7) % 7;
  else if (direction > 0)
    day = today + 1 + (weekday - trk_day_weekday (today + 1) + 7) % 7;
  return one_day (day, days);
}

static gboolean
date (int year, int month, int mday, TrkWhenDays *days)
{
  if (!trk_day_valid (year, month, mday))
    return FALSE;
  one_day (trk_day_from_ymd (year, month, mday), days);
  days->civil = TRUE;
  return TRUE;
}

static gboolean
by_date (const char *text, TrkDay today, TrkWhenDays *days)
{
  int year, month, mday, v[3];

  trk_day_to_ymd (today, &year, &month, &mday);
  if (trk_when_scan (text, "4-2-2", v))
    return date (v[0], v[1], v[2], days);
  if (trk_when_scan (text, "2.2.4", v))
    return date (v[2], v[1], v[0], days);
  if (trk_when_scan (text, "2.2.", v) || trk_when_scan (text, "2.2", v))
    return date (year, v[1], v[0], days);
  return FALSE;
}

static gboolean
month_of (int year, int month, TrkWhenDays *days)
{
  int next = month == 12 ? 1 : month + 1;

  if (!trk_day_valid (year, month, 1))
    return FALSE;
  days->first = trk_day_from_ymd (year, month, 1);
  days->last = trk_day_from_ymd (month == 12 ? year + 1 : year, next, 1) - 1;
  days->span = TRK_SPAN_MONTH;
  return TRUE;
}

static gboolean
year_of (int year, TrkWhenDays *days)
{
  if (!trk_day_valid (year, 1, 1))
    return FALSE;
  days->first = trk_day_from_ymd (year, 1, 1);
  days->last = trk_day_from_ymd (year, 12, 31);
  return TRUE;
}

/* The user's week with the Thursday of that ISO week: the ISO week itself when weeks begin on
 * Monday. */
static gboolean
iso_week (int year, int week, const TrkAlmanac *almanac, TrkWhenDays *days)
{
  TrkDay fourth = trk_day_from_ymd (year, 1, 4); /* always in week 1 */
  TrkDay thursday = fourth - trk_day_weekday (fourth) + 4 + 7 * (week - 1);
  int real_year, real_week;

  trk_day_iso_week (thursday, &real_year, &real_week);
  if (year < 1 || real_year != year || real_week != week)
    return FALSE;
  days->first = trk_almanac_week_first (almanac, thursday);
  days->last = days->first + 6;
  days->span = TRK_SPAN_WEEK;
  return TRUE;
}

static gboolean
by_number (const char *text, const TrkAlmanac *almanac, TrkDay today, TrkWhenDays *days)
{
  int year, week, v[2];

  trk_day_iso_week (today, &year, &week);
  if (trk_when_scan (text, "4-w2", v))
    return iso_week (v[0], v[1], almanac, days);
  if (trk_when_scan (text, "w2", v) || trk_when_scan (text, "week 2", v))
    return iso_week (year, v[0], almanac, days);
  if (trk_when_scan (text, "4-2", v))
    return month_of (v[0], v[1], days);
  return trk_when_scan (text, "4", v) && year_of (v[0], days);
}

/* "nov", "nov 2026", "23 nov", "23 nov 2026". */
static gboolean
by_month_name (const char *text, TrkDay today, TrkWhenDays *days)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 4);
  guint n = g_strv_length (words);
  int year, month, mday = 0, ignored;
  guint i = 0;

  trk_day_to_ymd (today, &year, &ignored, &ignored);
  if (i < n && trk_when_scan (words[i], "2", &mday))
    i++;
  if (i == n || !trk_when_month (words[i++], &month))
    return FALSE;
  if (i < n && !trk_when_scan (words[i++], "4", &year))
    return FALSE;
  if (i < n)
    return FALSE;
  return mday > 0 ? date (year, month, mday, days) : month_of (year, month, days);
}

/* "[this|last|next] week|month|year". */
static gboolean
by_unit (const char *text, const TrkAlmanac *almanac, TrkDay today, TrkWhenDays *days)
{
  gboolean given;
  int direction = take_direction (&text, &given);
  int year, month, mday;

  trk_day_to_ymd (today, &year, &month, &mday);
  if (g_str_equal (text, "week"))
    {
      days->first = trk_almanac_week_first (almanac, today) + 7 * direction;
      days->last = days->first + 6;
      days->span = TRK_SPAN_WEEK;
      return TRUE;
    }
  if (g_str_equal (text, "month"))
    {
      month += direction;
      return month_of (year + (month > 12) - (month < 1), (month + 11) % 12 + 1, days);
    }
  return g_str_equal (text, "year") && year_of (year + direction, days);
}

/* @count days from today on, or up to and with today. */
static gboolean
around_today (TrkDay today, int count, gboolean ahead, TrkWhenDays *days)
{
  if (count < 1)
    return FALSE;
  days->first = ahead ? today : today - count + 1;
  days->last = ahead ? today + count - 1 : today;
  days->span = count == 1 ? TRK_SPAN_DAY : TRK_SPAN_OTHER;
  return TRUE;
}

/* "-7d", "+2w", "last 7 days", "next 2 weeks", "3 days ago". */
static gboolean
by_count (const char *text, TrkDay today, TrkWhenDays *days)
{
  gboolean given;
  int direction, n;

  if (trk_when_scan (text, "-nd", &n) || trk_when_scan (text, "+nd", &n))
    return around_today (today, n, *text == '+', days);
  if (trk_when_scan (text, "-nw", &n) || trk_when_scan (text, "+nw", &n))
    return around_today (today, 7 * n, *text == '+', days);
  if (trk_when_scan (text, "n days ago", &n) || trk_when_scan (text, "n day ago", &n))
    return one_day (today - n, days);
  if (trk_when_scan (text, "n weeks ago", &n) || trk_when_scan (text, "n week ago", &n))
    return one_day (today - 7 * n, days);
  direction = take_direction (&text, &given);
  if (!given || direction == 0)
    return FALSE;
  if (trk_when_scan (text, "n days", &n))
    return around_today (today, n, direction > 0, days);
  return trk_when_scan (text, "n weeks", &n) && around_today (today, 7 * n, direction > 0, days);
}

gboolean
trk_when_days (const char *text, const TrkAlmanac *almanac, TrkDay today, TrkWhenDays *days)
{
  *days = (TrkWhenDays){ .span = TRK_SPAN_OTHER };
  if (!by_name (text, today, days) && !by_weekday (text, almanac, today, days)
      && !by_date (text, today, days) && !by_number (text, almanac, today, days)
      && !by_month_name (text, today, days) && !by_unit (text, almanac, today, days)
      && !by_count (text, today, days))
    return FALSE;
  return days->first >= trk_day_from_ymd (1, 1, 1) && days->last <= trk_day_from_ymd (9999, 12, 31);
}

/* Where the ".." of "A..B" stands, or NULL. In "23.11...24.11." the first dot belongs to A. */
static char *
find_dots (const char *text)
{
  char *dots = strstr (text, "..");

  while (dots != NULL && dots[2] == '.')
    dots++;
  return dots;
}

/* "A..B" of normalised terms, cut at @dots. */
static gboolean
days_of_range (char *text, char *dots, const TrkAlmanac *almanac, TrkDay today, TrkWhenDays *days)
{
  const char *from, *to;
  TrkWhenDays a, b;

  *dots = '\0';
  from = g_strstrip (text);
  to = g_strstrip (dots + 2);
  if (*from == '\0' && *to == '\0')
    return FALSE;
  one_day (today, &a);
  one_day (today, &b);
  if (*from != '\0' && !trk_when_days (from, almanac, today, &a))
    return FALSE;
  if (*to != '\0' && !trk_when_days (to, almanac, today, &b))
    return FALSE;
  days->first = a.first;
  days->last = b.last;
  days->span = days->first == days->last ? TRK_SPAN_DAY : TRK_SPAN_OTHER;
  days->civil = a.civil;
  return TRUE;
}

/* A term, or a range of two. @normal (nullable) is cut. */
static gboolean
days_of_text (char *normal, const TrkAlmanac *almanac, TrkInstant now, TrkWhenDays *days)
{
  char *dots = normal != NULL ? find_dots (normal) : NULL;
  TrkDay today = trk_almanac_day (almanac, now);

  if (normal == NULL)
    return FALSE;
  return dots != NULL ? days_of_range (normal, dots, almanac, today, days)
                      : trk_when_days (normal, almanac, today, days);
}

/* @text, as typed, is none of the days; what a misspelt word may have meant is said first. */
static gboolean
fail_days (const char *text, const char *normal, GError **error)
{
  static const char *const words[] = { "today",     "yesterday", "tomorrow",  "week",
                                       "month",     "sprint",    "monday",    "tuesday",
                                       "wednesday", "thursday",  "friday",    "saturday",
                                       "sunday",    "last week", "next week", "last month",
                                       NULL };
  const char *near =
      normal != NULL && strlen (normal) > 2 ? trk_text_nearest (normal, words) : NULL;
  g_autofree char *wanted = NULL;

  if (near == NULL)
    return trk_when_fail (text, WANTED, error);
  wanted = g_strdup_printf ("a day or period. Nearest: %s", near);
  return trk_when_fail (text, wanted, error);
}

gboolean
trk_when_parse (const char *text,
                const TrkAlmanac *almanac,
                TrkInstant now,
                TrkPeriod *period,
                TrkSpan *span,
                GError **error)
{
  g_autofree char *normal = trk_when_normalise (text);
  TrkWhenDays days = { 0 };

  if (!days_of_text (normal, almanac, now, &days))
    return fail_days (text, normal, error);
  if (days.last < days.first)
    return trk_when_fail (text, "a period: it ends before it begins", error);
  *period = trk_almanac_days_period (almanac, days.first, days.last);
  if (span != NULL)
    *span = days.span;
  return TRUE;
}

gboolean
trk_when_parse_dates (const char *text, const TrkAlmanac *almanac, TrkInstant now, TrkPeriod *dates)
{
  g_autofree char *normal = trk_when_normalise (text);
  TrkWhenDays days = { 0 };

  if (!days_of_text (normal, almanac, now, &days) || !days.civil || days.last < days.first)
    return FALSE;
  dates->start = trk_zone_instant (almanac->zone, (TrkLocal){ .day = days.first });
  dates->end = trk_zone_instant (almanac->zone, (TrkLocal){ .day = days.last + 1 });
  return TRUE;
}
