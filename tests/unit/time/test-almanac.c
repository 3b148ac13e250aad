/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-almanac.h"

#include <locale.h>

static const char *const zones[] = { "Europe/Berlin",
                                     "America/New_York",
                                     "Australia/Lord_Howe",
                                     "Africa/Casablanca",
                                     "Europe/Dublin",
                                     "Asia/Beirut",
                                     "Africa/Cairo",
                                     "America/Havana",
                                     "America/Santiago",
                                     "Pacific/Apia",
                                     "UTC" };

/* The days of a stretch tile it without gap or overlap, each instant is in the day whose period
 * holds it, and their lengths sum up to the whole: at every start of the day, over every change. */
static void
test_days_tile (void)
{
  static const TrkDuration starts[] = { 0, 90 * TRK_MINUTE, 2 * TRK_HOUR + 30 * TRK_MINUTE,
                                        4 * TRK_HOUR, 23 * TRK_HOUR + 59 * TRK_MINUTE };
  TrkDay first = trk_day_from_ymd (2011, 1, 1), last = trk_day_from_ymd (2030, 12, 31);

  for (gsize z = 0; z < G_N_ELEMENTS (zones); z++)
    for (gsize s = 0; s < G_N_ELEMENTS (starts); s++)
      {
        g_autoptr (TrkZone) zone = trk_zone_new (zones[z], NULL);
        TrkAlmanac almanac = { zone, starts[s], 1 };
        TrkPeriod whole = trk_almanac_days_period (&almanac, first, last);
        TrkInstant reached = whole.start;

        for (TrkDay day = first; day <= last; day++)
          {
            TrkPeriod period = trk_almanac_day_period (&almanac, day);

            g_assert_cmpint (period.start, ==, reached);
            g_assert_cmpint (period.end, >=, period.start);
            reached = period.end;
            if (trk_period_is_empty (period))
              continue;
            g_assert_cmpint (trk_almanac_day (&almanac, period.start), ==, day);
            g_assert_cmpint (trk_almanac_day (&almanac, period.end - 1), ==, day);
          }
        g_assert_cmpint (reached, ==, whole.end);
      }
}

static void
test_day_lengths (void)
{
  static const struct
  {
    const char *zone;
    TrkDuration start_of_day;
    int year, month, mday;
    TrkDuration length;
  } rows[] = {
    { "Europe/Berlin", 0, 2025, 3, 30, 23 * TRK_HOUR },
    { "Europe/Berlin", 0, 2025, 10, 26, 25 * TRK_HOUR },
    { "Europe/Berlin", 0, 2025, 7, 1, 24 * TRK_HOUR },
    { "Europe/Berlin", 4 * TRK_HOUR, 2025, 3, 29, 23 * TRK_HOUR }, /* the night after it */
    { "Europe/Berlin", 4 * TRK_HOUR, 2025, 3, 30, 24 * TRK_HOUR },
    { "Europe/Berlin", 4 * TRK_HOUR, 2025, 10, 25, 25 * TRK_HOUR },
    { "Australia/Lord_Howe", 0, 2025, 4, 6, 24 * TRK_HOUR + 30 * TRK_MINUTE },
    { "Australia/Lord_Howe", 0, 2025, 10, 5, 23 * TRK_HOUR + 30 * TRK_MINUTE },
    { "America/Havana", 0, 2025, 3, 9, 23 * TRK_HOUR },
    { "America/Havana", 0, 2025, 11, 2, 25 * TRK_HOUR },
    { "Pacific/Apia", 0, 2011, 12, 30, 0 }, /* the day that never was */
    { "Pacific/Apia", 4 * TRK_HOUR, 2011, 12, 30, 0 },
    { "Pacific/Apia", 0, 2011, 12, 31, 24 * TRK_HOUR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkZone) zone = trk_zone_new (rows[i].zone, NULL);
      TrkAlmanac almanac = { zone, rows[i].start_of_day, 1 };
      TrkDay day = trk_day_from_ymd (rows[i].year, rows[i].month, rows[i].mday);

      g_assert_cmpint (trk_period_length (trk_almanac_day_period (&almanac, day)), ==,
                       rows[i].length);
    }
}

static void
test_start_of_day (void)
{
  static const struct
  {
    const char *local;
    const char *day;
  } rows[] = {
    { "2026-11-23T03:59:59.999999", "2026-11-22" },
    { "2026-11-23T04:00:00", "2026-11-23" },
    { "2026-11-23T23:59:59", "2026-11-23" },
    { "2026-11-24T00:30:00", "2026-11-23" },
  };
  g_autoptr (TrkZone) zone = trk_zone_new ("Europe/Berlin", NULL);
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *day = NULL;
      TrkInstant instant;

      g_assert_true (trk_zone_parse (zone, rows[i].local, &instant, NULL));
      day = trk_day_to_iso (trk_almanac_day (&almanac, instant));
      g_assert_cmpstr (day, ==, rows[i].day);
    }
}

static void
test_weeks (void)
{
  for (int start = 1; start <= 7; start++)
    {
      TrkAlmanac almanac = { NULL, 0, start };

      for (TrkDay day = -10; day < 400; day++)
        {
          TrkDay first = trk_almanac_week_first (&almanac, day);

          g_assert_cmpint (trk_day_weekday (first), ==, start);
          g_assert_cmpint (day - first, >=, 0);
          g_assert_cmpint (day - first, <, 7);
        }
    }
}

static void
test_extremes (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new ("Pacific/Apia", NULL);
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };

  g_assert_cmpint (trk_almanac_day (&almanac, TRK_NEVER), >, 100000000);
  g_assert_cmpint (trk_almanac_day (&almanac, G_MININT64), <, -100000000);
}

/* A locale without an opinion (C), or that this system does not have, begins its weeks on Monday,
 * as ISO 8601 does. */
static void
test_locale (void)
{
  static const struct
  {
    const char *name;
    int start;
  } rows[] = { { "C", 1 },           { "C.UTF-8", 1 },     { "POSIX", 1 },
               { "xx_XX.UTF-8", 1 }, { "en_US.UTF-8", 7 }, { "de_DE.UTF-8", 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      locale_t locale = newlocale (LC_TIME_MASK, rows[i].name, (locale_t) 0);
      gboolean had = locale != (locale_t) 0;

      if (had)
        freelocale (locale);
      g_setenv ("LC_ALL", rows[i].name, TRUE);
      g_assert_cmpint (trk_almanac_locale_week_start (), ==, had ? rows[i].start : 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/almanac/days-tile", test_days_tile);
  g_test_add_func ("/almanac/day-lengths", test_day_lengths);
  g_test_add_func ("/almanac/start-of-day", test_start_of_day);
  g_test_add_func ("/almanac/weeks", test_weeks);
  g_test_add_func ("/almanac/extremes", test_extremes);
  g_test_add_func ("/almanac/locale", test_locale);
  return g_test_run ();
}
