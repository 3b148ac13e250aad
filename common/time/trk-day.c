/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day.h"

enum
{
  DAYS_OF_400_YEARS = 146097,
  DAYS_TO_0000_03_01 = 719468, /* from 0000-03-01 to 1970-01-01 */
};

#define DAY (24 * TRK_HOUR)

/* Years are counted from March, so that the leap day is the last of its year, and in eras of 400
 * years, after which the Gregorian calendar repeats. */
TrkDay
trk_day_from_ymd (int year, int month, int mday)
{
  int shifted = month <= 2 ? year - 1 : year;
  int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  int year_of_era = shifted - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_OF_400_YEARS + day_of_era - DAYS_TO_0000_03_01;
}

void
trk_day_to_ymd (TrkDay day, int *year, int *month, int *mday)
{
  gint64 shifted = (gint64) day + DAYS_TO_0000_03_01;
  int era = (int) ((shifted >= 0 ? shifted : shifted - DAYS_OF_400_YEARS + 1) / DAYS_OF_400_YEARS);
  int day_of_era = (int) (shifted - (gint64) era * DAYS_OF_400_YEARS);
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;

  *mday = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static gboolean
is_leap (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

gboolean
trk_day_valid (int year, int month, int mday)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (year < 1 || year > 9999 || month < 1 || month > 12 || mday < 1)
    return FALSE;
  return mday <= lengths[month - 1] + (month == 2 && is_leap (year) ? 1 : 0);
}

int
trk_day_weekday (TrkDay day)
{
  int from_monday = (day % 7 + 3) % 7; /* day 0 was a Thursday */

  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

/* ISO 8601: a week belongs to the year of its Thursday. */
void
trk_day_iso_week (TrkDay day, int *year, int *week)
{
  TrkDay thursday = day - trk_day_weekday (day) + 4;
  int month, mday;

  trk_day_to_ymd (thursday, year, &month, &mday);
  *week = (thursday - trk_day_from_ymd (*year, 1, 1)) / 7 + 1;
}

char *
trk_day_to_iso (TrkDay day)
{
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

TrkInstant
trk_local_to_wall (TrkLocal local)
{
  TrkInstant wall;

  if (__builtin_mul_overflow ((TrkInstant) local.day, DAY, &wall)
      || __builtin_add_overflow (wall, local.time, &wall))
    return local.day < 0 ? G_MININT64 : TRK_NEVER;
  return wall;
}

TrkLocal
trk_local_from_wall (TrkInstant wall)
{
  TrkInstant day = wall / DAY - (wall % DAY < 0 ? 1 : 0);

  return (TrkLocal){ .day = (TrkDay) day, .time = (wall % DAY + DAY) % DAY };
}
