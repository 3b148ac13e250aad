/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day.h"
#include "trk-duration.h"
#include "trk-error.h"

static void
test_days (void)
{
  static const struct
  {
    int year, month, mday;
    TrkDay day;
    int weekday, week_year, week;
  } rows[] = {
    { 1970, 1, 1, 0, 4, 1970, 1 },          { 1969, 12, 31, -1, 3, 1970, 1 },
    { 2000, 2, 29, 11016, 2, 2000, 9 },     { 2026, 11, 23, 20780, 1, 2026, 48 },
    { 2021, 1, 3, 18630, 7, 2020, 53 },     { 2024, 12, 30, 20087, 1, 2025, 1 },
    { 2027, 1, 3, 20821, 7, 2026, 53 },     { 1, 1, 1, -719162, 1, 1, 1 },
    { 9999, 12, 31, 2932896, 5, 9999, 52 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int year, month, mday, week_year, week;

      g_assert_cmpint (trk_day_from_ymd (rows[i].year, rows[i].month, rows[i].mday), ==,
                       rows[i].day);
      trk_day_to_ymd (rows[i].day, &year, &month, &mday);
      g_assert_cmpint (year, ==, rows[i].year);
      g_assert_cmpint (month, ==, rows[i].month);
      g_assert_cmpint (mday, ==, rows[i].mday);
      g_assert_cmpint (trk_day_weekday (rows[i].day), ==, rows[i].weekday);
      trk_day_iso_week (rows[i].day, &week_year, &week);
      g_assert_cmpint (week_year, ==, rows[i].week_year);
      g_assert_cmpint (week, ==, rows[i].week);
    }
}

/* Every day of 3,000 years follows the one before, by GLib's calendar too. */
static void
test_every_day (void)
{
  TrkDay last = trk_day_from_ymd (3000, 12, 31);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1);
  for (TrkDay day = trk_day_from_ymd (1, 1, 1); day <= last; day++, g_date_add_days (&date, 1))
    {
      int year, month, mday;

      trk_day_to_ymd (day, &year, &month, &mday);
      g_assert_cmpint (year, ==, g_date_get_year (&date));
      g_assert_cmpint (month, ==, (int) g_date_get_month (&date));
      g_assert_cmpint (mday, ==, g_date_get_day (&date));
      g_assert_cmpint (trk_day_from_ymd (year, month, mday), ==, day);
      g_assert_cmpint (trk_day_weekday (day), ==, (int) g_date_get_weekday (&date));
      g_assert_true (trk_day_valid (year, month, mday));
    }
  for (int i = 0; i < 100000; i++) /* as far as instants reach */
    {
      TrkDay day = g_test_rand_int_range (-106751991, 106751992);
      int year, month, mday, before_year, before_month, before_mday;

      trk_day_to_ymd (day, &year, &month, &mday);
      g_assert_cmpint (trk_day_from_ymd (year, month, mday), ==, day);
      trk_day_to_ymd (day - mday, &before_year, &before_month, &before_mday);
      g_assert_cmpint (before_year * 12 + before_month, ==, year * 12 + month - 1);
    }
  for (int era = -5; era <= 5; era++)
    g_assert_cmpint (trk_day_from_ymd (400 * era, 3, 1) - 1, ==,
                     trk_day_from_ymd (400 * era, 2, 29));
  g_assert_false (trk_day_valid (2025, 2, 29));
  g_assert_false (trk_day_valid (1900, 2, 29));
  g_assert_false (trk_day_valid (10000, 1, 1));
  g_assert_false (trk_day_valid (2026, 4, 31));
}

static void
test_wall (void)
{
  for (int i = 0; i < 100000; i++)
    {
      TrkInstant wall = g_test_rand_int () * (TrkInstant) g_test_rand_int ();
      TrkLocal local = trk_local_from_wall (wall);

      g_assert_cmpint (local.time, >=, 0);
      g_assert_cmpint (local.time, <, 24 * TRK_HOUR);
      g_assert_cmpint (trk_local_to_wall (local), ==, wall);
    }
  g_assert_cmpint (trk_local_to_wall ((TrkLocal){ .day = G_MAXINT32 }), ==, TRK_NEVER);
  g_assert_cmpint (trk_local_to_wall ((TrkLocal){ .day = G_MININT32 }), ==, G_MININT64);
}

static void
test_iso_days (void)
{
  TrkDay day = 7;

  g_assert_true (trk_day_from_iso ("2026-11-23", &day));
  g_assert_cmpint (day, ==, 20780);
  g_assert_false (trk_day_from_iso ("2026-11-23T09:00", &day));
  g_assert_false (trk_day_from_iso ("23.11.2026", &day));
  g_assert_cmpint (day, ==, 20780);
  for (int i = 0; i < 1000; i++)
    {
      TrkDay one = g_test_rand_int_range (trk_day_from_ymd (1, 1, 1), 2932897);
      g_autofree char *iso = trk_day_to_iso (one);

      g_assert_true (trk_day_from_iso (iso, &day));
      g_assert_cmpint (day, ==, one);
    }
}

static void
test_instants (void)
{
  g_autofree char *never = trk_instant_to_iso (TRK_NEVER);
  g_autofree char *cut = trk_instant_to_iso (-1);
  g_autoptr (GError) error = NULL;
  TrkInstant instant;

  g_assert_cmpstr (never, ==, "never");
  g_assert_cmpstr (cut, ==, "1969-12-31T23:59:59Z");
  g_assert_true (trk_instant_from_iso ("2026-11-23T10:00:00.25+01:00", &instant, NULL));
  g_assert_cmpint (instant, ==, G_GINT64_CONSTANT (1795424400250000));
  g_assert_false (trk_instant_from_iso ("2026-11-23T10:00:00", &instant, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
  g_assert_cmpint (trk_instant_add (TRK_NEVER, -TRK_HOUR), ==, TRK_NEVER);
  g_assert_cmpint (trk_instant_add (TRK_NEVER - 1, TRK_HOUR), ==, TRK_NEVER);
  g_assert_cmpint (trk_instant_add (G_MININT64 + 1, -TRK_HOUR), ==, G_MININT64);
}

static void
test_duration_parse (void)
{
  static const struct
  {
    const char *text;
    TrkDuration length; /* 0: refused */
  } rows[] = {
    { "50m", 50 * TRK_MINUTE },
    { "1h30", 90 * TRK_MINUTE },
    { "1h30m", 90 * TRK_MINUTE },
    { "1h 30m", 90 * TRK_MINUTE },
    { "1 h 30", 90 * TRK_MINUTE },
    { "90", 90 * TRK_MINUTE },
    { "90 min", 90 * TRK_MINUTE },
    { "90 Minutes", 90 * TRK_MINUTE },
    { "2 h", 2 * TRK_HOUR },
    { "1.5h", 90 * TRK_MINUTE },
    { "1,5 h", 90 * TRK_MINUTE },
    { "0.333333333h", 1199998800 },
    { "45s", 45 * TRK_SECOND },
    { "5m30", 330 * TRK_SECOND },
    { "1d", 24 * TRK_HOUR },
    { "1d 2h 3m 4s", 93784 * TRK_SECOND },
    { "0:45", 45 * TRK_MINUTE },
    { "1:30", 90 * TRK_MINUTE },
    { "1:30:15", 5415 * TRK_SECOND },
    { "  25m  ", 25 * TRK_MINUTE },
    { "366d", 366 * 24 * TRK_HOUR },
    { "8784h", 366 * 24 * TRK_HOUR },
    { "", 0 },
    { " ", 0 },
    { "0", 0 },
    { "0m", 0 },
    { "0:00", 0 },
    { "-5m", 0 },
    { "+5m", 0 },
    { "m", 0 },
    { "5x", 0 },
    { "5 m 3", 303 * TRK_SECOND },
    { "30m 1h", 0 },
    { "1h 2h", 0 },
    { "1:60", 0 },
    { "1:5", 0 },
    { "1:30:", 0 },
    { ":30", 0 },
    { "1:30:15:01", 0 },
    { "1e3", 0 },
    { "5m!", 0 },
    { "1.h", 0 },
    { ".5h", 30 * TRK_MINUTE },
    { "367d", 0 },
    { "999999999d", 0 },
    { "99999999999999999999h", 0 },
    { "999999999:00", 0 },
    { "0.0000001s", 0 },
    { "١٢m", 0 },
    { "5\xff", 0 },
    { "5m                                                                    x", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = g_strescape (rows[i].text, NULL);
      g_autoptr (GError) error = NULL;
      TrkDuration length = 7;
      gboolean read = trk_duration_parse (rows[i].text, &length, &error);

      g_test_message ("'%s'", shown);
      g_assert_cmpint (read, ==, rows[i].length != 0);
      g_assert_cmpint (length, ==, read ? rows[i].length : 7);
      if (!read)
        g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
    }
}

static void
test_duration_format (void)
{
  static const struct
  {
    TrkDuration length;
    const char *people;
    const char *clock;
  } rows[] = {
    { 0, "0 min", "0:00" },
    { TRK_SECOND - 1, "0 min", "0:00" },
    { TRK_SECOND, "1 s", "<0:01" },
    { 40 * TRK_SECOND, "40 s", "<0:01" },
    { TRK_MINUTE, "1 min", "0:01" },
    { 52 * TRK_MINUTE + 59 * TRK_SECOND, "52 min", "0:52" },
    { TRK_HOUR, "1 h", "1:00" },
    { 88 * TRK_MINUTE, "1 h 28", "1:28" },
    { 65 * TRK_MINUTE, "1 h 05", "1:05" },
    { 10 * TRK_HOUR - TRK_SECOND, "9 h 59", "9:59" },
    { 10 * TRK_HOUR, "10 h", "10:00" },
    { 24 * TRK_HOUR, "24 h", "24:00" },
    { 1000 * TRK_HOUR, "1000 h", "1000:00" },
    { -5 * TRK_MINUTE, "-5 min", "-0:05" },
    { -88 * TRK_MINUTE, "-1 h 28", "-1:28" },
    { -TRK_SECOND / 2, "0 min", "0:00" },
    { -40 * TRK_SECOND, "-40 s", "0:00" },
    { TRK_NEVER, "open", "open" },
    { G_MININT64, "-2562047788 h", "-2562047788:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *people = trk_duration_format (rows[i].length);
      g_autofree char *clock = trk_duration_format_clock (rows[i].length);

      g_assert_cmpstr (people, ==, rows[i].people);
      g_assert_cmpstr (clock, ==, rows[i].clock);
    }
}

/* What is typed can be read back, to the second. */
static void
test_duration_typed (void)
{
  static const struct
  {
    TrkDuration length;
    const char *text;
  } rows[] = {
    { 5 * TRK_MINUTE, "5m" },
    { 45 * TRK_SECOND, "45s" },
    { TRK_HOUR, "1h" },
    { 90 * TRK_MINUTE, "1h30m" },
    { TRK_HOUR + TRK_SECOND, "1h1s" },
    { 26 * TRK_HOUR, "26h" },
    { TRK_MINUTE + TRK_SECOND / 2, "1m" },
    { TRK_SECOND / 2, "0s" },
    { 0, "0s" },
    { -TRK_HOUR, "0s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = trk_duration_format_typed (rows[i].length);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
  for (guint round = 0; round < 1000; round++)
    {
      TrkDuration length = g_test_rand_int_range (1, 366 * 24 * 3600) * TRK_SECOND, back;
      g_autofree char *text = trk_duration_format_typed (length);

      g_assert_true (trk_duration_parse (text, &back, NULL));
      g_assert_cmpint (back, ==, length);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/table", test_days);
  g_test_add_func ("/day/every", test_every_day);
  g_test_add_func ("/day/wall", test_wall);
  g_test_add_func ("/day/iso", test_iso_days);
  g_test_add_func ("/instant/iso", test_instants);
  g_test_add_func ("/duration/parse", test_duration_parse);
  g_test_add_func ("/duration/format", test_duration_format);
  g_test_add_func ("/duration/typed", test_duration_typed);
  return g_test_run ();
}
