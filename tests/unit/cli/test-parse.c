/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-format.h"
#include "trk-parse.h"
#include "trk-process.h"
#include "trk-working-days.h"

#include <string.h>
#include <unistd.h>

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gint64 number; /* 0: refused */
  } rows[] = {
    { "1", 1 },   { "#12", 12 }, { "9223372036854775807", G_MAXINT64 },
    { "0", 0 },   { "-1", 0 },   { "9223372036854775808", 0 },
    { "", 0 },    { "#", 0 },    { "##1", 0 },
    { "1.0", 0 }, { " 1", 0 },   { "1 ", 0 },
    { "+1", 0 },  { "0x1", 0 },  { "one", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 number = 0;

      g_assert_cmpint (trk_parse_number (rows[i].text, "a task", &number, &error), ==,
                       rows[i].number != 0);
      if (rows[i].number != 0)
        g_assert_cmpint (number, ==, rows[i].number);
      else
        g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
    }
}

static void
test_decimals (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
    double value;
    const char *rest;
  } rows[] = {
    { "83.2", TRUE, 83.2, "" },   { "-0.5", TRUE, -0.5, "" }, { "12ms", TRUE, 12, "ms" },
    { "83.2%", TRUE, 83.2, "%" }, { ".5", TRUE, .5, "" },     { "1e3", TRUE, 1000, "" },
    { "inf", FALSE, 0, NULL },    { "nan", FALSE, 0, NULL },  { "1e999", FALSE, 0, NULL },
    { "83,2", FALSE, 0, NULL },   { "0x10", FALSE, 0, NULL }, { "", FALSE, 0, NULL },
    { "many", FALSE, 0, NULL },   { "ms12", FALSE, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *rest = NULL;
      double value = 0;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (trk_parse_decimal (rows[i].text, &value, &rest, &error), ==, rows[i].good);
      if (!rows[i].good)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          continue;
        }
      g_assert_cmpfloat (value, ==, rows[i].value);
      g_assert_cmpstr (rest, ==, rows[i].rest);
    }
  g_assert_false (trk_parse_decimal ("12ms", &(double){ 0 }, NULL, NULL));
}

static void
test_text (void)
{
  g_autofree char *longest = g_strnfill (TRK_LONGEST_TEXT, 'x');
  g_autofree char *longer = g_strnfill (TRK_LONGEST_TEXT + 1, 'x');
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = trk_parse_text (longest, "title", &error);
  g_autofree char *safe = trk_parse_text (" a\033[2J\n b\u202e ", "title", &error);

  g_assert_cmpstr (kept, ==, longest);
  g_assert_cmpstr (safe, ==, "a[2J b");
  g_assert_null (trk_parse_text (longer, "title", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (trk_parse_text ("\033\u202e", "title", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
}

static void
test_number_text (void)
{
  static const struct
  {
    double value;
    const char *text;
  } rows[] = {
    { 83.2, "83.2" }, { -0.5, "-0.5" }, { 412, "412" }, { 84.7 - 83.2, "1.5" }, { 0, "0" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = trk_format_number (rows[i].value);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_moments (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new ("Europe/Berlin", NULL);
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };
  TrkDay today = trk_day_from_ymd (2026, 11, 22);
  static const struct
  {
    const char *at, *text;
  } rows[] = {
    { "2026-11-22T09:05:00", "09:05" },
    { "2026-11-23T01:00:00", "01:00" }, /* the day ends at four */
    { "2026-11-22T01:00:00", "Sun 22 Nov 01:00" },
    { "2025-12-31T23:59:59", "Wed 31 Dec 2025 23:59" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;
      TrkInstant at;

      g_assert_true (trk_zone_parse (zone, rows[i].at, &at, NULL));
      text = trk_format_moment (&almanac, at, today);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_autofree char *day = trk_format_day (today, today);
  g_autofree char *other = trk_format_day (trk_day_from_ymd (2027, 1, 1), today);
  g_assert_cmpstr (day, ==, "Sunday 22 November");
  g_assert_cmpstr (other, ==, "Friday 1 January 2027");
}

/* Two ways to count working days agree, over every weekday and length. */
static void
test_working_days (void)
{
  TrkDay monday = trk_day_from_ymd (2026, 11, 23);

  g_assert_cmpint (trk_weekdays_last (monday, 10), ==, trk_day_from_ymd (2026, 12, 4));
  g_assert_cmpint (trk_weekdays_last (monday, 1), ==, monday);
  g_assert_cmpint (trk_weekdays_last (monday - 1, 1), ==, monday);
  for (TrkDay first = monday; first < monday + 7; first++)
    for (guint count = 1; count < 40; count++)
      {
        TrkDay last = trk_weekdays_last (first, count);

        g_assert_cmpuint (trk_weekdays_count (first, last), ==, count);
        g_assert_cmpuint (trk_weekdays_count (first, last - 1), ==, count - 1);
      }
}

/* The first process of the machine and this one: the order in which they started is known. */
static void
test_process (void)
{
  TrkProcess own, first;

  g_assert_true (trk_process_look ((guint) getpid (), &own));
  g_assert_cmpuint (own.memory, >, 1024 * 1024);
  g_assert_cmpint (own.started, >, 0);
  if (trk_process_look (1, &first))
    g_assert_cmpint (first.started, <=, own.started);
  g_assert_false (trk_process_look (0, &own));
  g_assert_false (trk_process_look (G_MAXUINT, &own));
}

static void
test_coming (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new ("Europe/Berlin", NULL);
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };
  TrkInstant now;

  g_assert_true (trk_zone_parse (zone, "2026-11-22T03:30:00", &now, NULL));
  g_autofree char *soon = trk_format_coming (&almanac, now + TRK_HOUR, now);
  g_autofree char *later = trk_format_coming (&almanac, now + 12 * TRK_HOUR, now);
  g_autofree char *past = trk_format_coming (&almanac, now - TRK_HOUR, now);
  g_assert_cmpstr (soon, ==, "04:30");
  g_assert_cmpstr (later, ==, "Sun 22 Nov 15:30");
  g_assert_cmpstr (past, ==, "02:30");
}

/* An end that the clock alone would put elsewhere has its day. */
static void
test_spans (void)
{
  static const struct
  {
    TrkDuration from, to; /* after the first of the month, 00:00 */
    const char *expected;
  } rows[] = {
    { 9 * TRK_HOUR, 10 * TRK_HOUR, "09:00–10:00" },
    { 23 * TRK_HOUR, 25 * TRK_HOUR, "23:00–01:00" },
    { 9 * TRK_HOUR, 33 * TRK_HOUR, "09:00–Mon 2 Nov 09:00" },
    { 33 * TRK_HOUR, 10 * TRK_HOUR, "09:00–Sun 1 Nov 10:00" },
    { 10 * TRK_HOUR, 9 * TRK_HOUR, "10:00–09:00" },
  };
  g_autoptr (TrkZone) zone = trk_zone_new ("UTC", NULL);
  TrkInstant first = trk_zone_instant (zone, (TrkLocal){ trk_day_from_ymd (2026, 11, 1), 0 });

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkPeriod period = { first + rows[i].from, first + rows[i].to };
      g_autofree char *got = trk_format_span (zone, period);

      g_assert_cmpstr (got, ==, rows[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/parse/numbers", test_numbers);
  g_test_add_func ("/cli/parse/decimals", test_decimals);
  g_test_add_func ("/cli/parse/text", test_text);
  g_test_add_func ("/cli/format/numbers", test_number_text);
  g_test_add_func ("/cli/format/moments", test_moments);
  g_test_add_func ("/cli/format/coming", test_coming);
  g_test_add_func ("/cli/process/look", test_process);
  g_test_add_func ("/cli/sprint/working-days", test_working_days);
  g_test_add_func ("/cli/format/spans", test_spans);
  return g_test_run ();
}
