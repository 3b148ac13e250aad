/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-almanac.h"

#include "trk-locale.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

/* Farther from a change of the offset than this, a day's start and end know nothing of it: a day,
 * its neighbour's start, and the largest offset. */
#define AROUND (4 * 24 * TRK_HOUR)

static int
week_start_of (locale_t locale)
{
  const char *first = nl_langinfo_l (_NL_TIME_FIRST_WEEKDAY, locale);
  /* glibc hands this number over as the pointer itself; the date is the day that counts as 1. */
  guint base = GPOINTER_TO_UINT (nl_langinfo_l (_NL_TIME_WEEK_1STDAY, locale));
  int from_base = first != NULL ? first[0] - 1 : 0;

  if (from_base < 0 || from_base > 6)
    return 1;
  if (base == 19971201) /* a Monday */
    return from_base + 1;
  return (from_base + 6) % 7 + 1; /* 19971130, a Sunday */
}

int
trk_almanac_locale_week_start (void)
{
  const char *name = trk_locale_name ("LC_TIME");
  locale_t locale;
  int start;

  if (g_str_equal (name, "C") || g_str_equal (name, "POSIX") || g_str_has_prefix (name, "C."))
    return 1;
  locale = newlocale (LC_TIME_MASK, name, (locale_t) 0);
  if (locale == (locale_t) 0)
    return 1;
  start = week_start_of (locale);
  freelocale (locale);
  return start;
}

static TrkInstant
day_start (const TrkAlmanac *almanac, TrkDay day)
{
  TrkLocal local = { .day = day, .time = almanac->start_of_day };

  return trk_zone_instant (almanac->zone, local);
}

/* The wall clock tells the day but for the hours around a change of the offset, where the same
 * reading comes twice or never: there the days' own starts decide, so that every instant is in
 * exactly the day whose period holds it. */
TrkDay
trk_almanac_day (const TrkAlmanac *almanac, TrkInstant instant)
{
  TrkPeriod around = { trk_instant_add (instant, -AROUND), trk_instant_add (instant, AROUND) };
  TrkDuration offset;
  gboolean steady = trk_zone_is_steady (almanac->zone, around, &offset);
  TrkInstant wall = steady ? trk_instant_add (instant, offset)
                           : trk_local_to_wall (trk_zone_local (almanac->zone, instant));
  TrkDay day = trk_local_from_wall (trk_instant_add (wall, -almanac->start_of_day)).day;

  if (steady)
    return day;
  while (instant < day_start (almanac, day))
    day--;
  for (TrkInstant next; instant >= (next = day_start (almanac, day + 1)) && next != TRK_NEVER;)
    day++;
  return day;
}

TrkPeriod
trk_almanac_day_period (const TrkAlmanac *almanac, TrkDay day)
{
  return trk_almanac_days_period (almanac, day, day);
}

TrkDay
trk_almanac_week_first (const TrkAlmanac *almanac, TrkDay day)
{
  return day - (trk_day_weekday (day) - almanac->week_start + 7) % 7;
}

TrkPeriod
trk_almanac_days_period (const TrkAlmanac *almanac, TrkDay first, TrkDay last)
{
  return (TrkPeriod){ day_start (almanac, first), day_start (almanac, last + 1) };
}
