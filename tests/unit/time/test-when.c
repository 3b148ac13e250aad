/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-when-words.h"
#include "trk-when.h"

#include <string.h>

/* Sunday 22 November 2026, 10:00 in Berlin, unless a row says otherwise. */
#define NOW "2026-11-22T10:00:00"

typedef struct
{
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkInstant now;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->zone = trk_zone_new ("Europe/Berlin", NULL);
  fixture->almanac = (TrkAlmanac){ fixture->zone, TRK_DEFAULT_START_OF_DAY, 1 };
  g_assert_true (trk_zone_parse (fixture->zone, NOW, &fixture->now, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  trk_zone_unref (fixture->zone);
}

static void
test_days (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *when;
    const char *first; /* NULL: refused */
    const char *last;
    TrkSpan span;
  } rows[] = {
    { "today", "2026-11-22", "2026-11-22", TRK_SPAN_DAY },
    { " Yesterday ", "2026-11-21", "2026-11-21", TRK_SPAN_DAY },
    { "tomorrow", "2026-11-23", "2026-11-23", TRK_SPAN_DAY },
    { "mon", "2026-11-16", "2026-11-16", TRK_SPAN_DAY },
    { "sun", "2026-11-22", "2026-11-22", TRK_SPAN_DAY },
    { "Thursday", "2026-11-19", "2026-11-19", TRK_SPAN_DAY },
    { "thurs", "2026-11-19", "2026-11-19", TRK_SPAN_DAY },
    { "last mon", "2026-11-16", "2026-11-16", TRK_SPAN_DAY },
    { "last sun", "2026-11-15", "2026-11-15", TRK_SPAN_DAY },
    { "next mon", "2026-11-23", "2026-11-23", TRK_SPAN_DAY },
    { "next sunday", "2026-11-29", "2026-11-29", TRK_SPAN_DAY },
    { "this fri", "2026-11-20", "2026-11-20", TRK_SPAN_DAY },
    { "2026-11-23", "2026-11-23", "2026-11-23", TRK_SPAN_DAY },
    { "2024-02-29", "2024-02-29", "2024-02-29", TRK_SPAN_DAY },
    { "23.11.", "2026-11-23", "2026-11-23", TRK_SPAN_DAY },
    { "1.2", "2026-02-01", "2026-02-01", TRK_SPAN_DAY },
    { "23.11.2025", "2025-11-23", "2025-11-23", TRK_SPAN_DAY },
    { "23 nov", "2026-11-23", "2026-11-23", TRK_SPAN_DAY },
    { "23 November 2025", "2025-11-23", "2025-11-23", TRK_SPAN_DAY },
    { "2026-W48", "2026-11-23", "2026-11-29", TRK_SPAN_WEEK },
    { "2026-W53", "2026-12-28", "2027-01-03", TRK_SPAN_WEEK },
    { "w1", "2025-12-29", "2026-01-04", TRK_SPAN_WEEK },
    { "week 48", "2026-11-23", "2026-11-29", TRK_SPAN_WEEK },
    { "2026-11", "2026-11-01", "2026-11-30", TRK_SPAN_MONTH },
    { "2024-02", "2024-02-01", "2024-02-29", TRK_SPAN_MONTH },
    { "dec", "2026-12-01", "2026-12-31", TRK_SPAN_MONTH },
    { "feb 2025", "2025-02-01", "2025-02-28", TRK_SPAN_MONTH },
    { "2026", "2026-01-01", "2026-12-31", TRK_SPAN_OTHER },
    { "week", "2026-11-16", "2026-11-22", TRK_SPAN_WEEK },
    { "this week", "2026-11-16", "2026-11-22", TRK_SPAN_WEEK },
    { "LAST  WEEK", "2026-11-09", "2026-11-15", TRK_SPAN_WEEK },
    { "next week", "2026-11-23", "2026-11-29", TRK_SPAN_WEEK },
    { "last month", "2026-10-01", "2026-10-31", TRK_SPAN_MONTH },
    { "next month", "2026-12-01", "2026-12-31", TRK_SPAN_MONTH },
    { "last year", "2025-01-01", "2025-12-31", TRK_SPAN_OTHER },
    { "-7d", "2026-11-16", "2026-11-22", TRK_SPAN_OTHER },
    { "-1d", "2026-11-22", "2026-11-22", TRK_SPAN_DAY },
    { "+2d", "2026-11-22", "2026-11-23", TRK_SPAN_OTHER },
    { "-2w", "2026-11-09", "2026-11-22", TRK_SPAN_OTHER },
    { "last 7 days", "2026-11-16", "2026-11-22", TRK_SPAN_OTHER },
    { "this 7 days", NULL },
    { "3 days ago", "2026-11-19", "2026-11-19", TRK_SPAN_DAY },
    { "2026-11-01..2026-11-15", "2026-11-01", "2026-11-15", TRK_SPAN_OTHER },
    { "2026-11-01 .. ", "2026-11-01", "2026-11-22", TRK_SPAN_OTHER },
    { "..tomorrow", "2026-11-22", "2026-11-23", TRK_SPAN_OTHER },
    { "mon..fri", "2026-11-16", "2026-11-20", TRK_SPAN_OTHER },
    { "last week..today", "2026-11-09", "2026-11-22", TRK_SPAN_OTHER },
    { "23.11...24.11.", "2026-11-23", "2026-11-24", TRK_SPAN_OTHER },
    { "today..today", "2026-11-22", "2026-11-22", TRK_SPAN_DAY },
    { "9999-12-31", "9999-12-31", "9999-12-31", TRK_SPAN_DAY },
    { "", NULL },
    { "..", NULL },
    { "fri..mon", NULL },
    { "tomorrow..", NULL },
    { "todayx", NULL },
    { "mo", NULL },
    { "last", NULL },
    { "next ", NULL },
    { "2026-02-29", NULL },
    { "30.2.", NULL },
    { "2026-W54", NULL },
    { "2025-W53", NULL },
    { "w0", NULL },
    { "2026-13", NULL },
    { "0000", NULL },
    { "-0d", NULL },
    { "-99999w", "0110-05-19", "2026-11-22", TRK_SPAN_OTHER },
    { "-999999d", NULL },
    { "+99999999999999999d", NULL },
    { "a..b..c", NULL },
    { "sprint", NULL },
    { "23 nov 2026 09:00", NULL },
    { "%s%n%x", NULL },
    { "today\xff", NULL },
    { "today; rm -rf /", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = g_strescape (rows[i].when, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      TrkPeriod period;
      TrkSpan span;
      gboolean read =
          trk_when_parse (rows[i].when, &fixture->almanac, fixture->now, &period, &span, &error);

      g_test_message ("'%s'", shown);
      g_assert_cmpint (read, ==, rows[i].first != NULL);
      if (!read)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          continue;
        }
      first = trk_day_to_iso (trk_almanac_day (&fixture->almanac, period.start));
      last = trk_day_to_iso (trk_almanac_day (&fixture->almanac, period.end - 1));
      g_assert_cmpstr (first, ==, rows[i].first);
      g_assert_cmpstr (last, ==, rows[i].last);
      g_assert_cmpint (span, ==, rows[i].span);
      g_assert_cmpint (trk_zone_local (fixture->zone, period.start).time, ==, 4 * TRK_HOUR);
    }
}

/* Over the year's end, and at the ends of the calendar. */
static void
test_years_end (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *today, *when;
    const char *first, *last; /* NULL: refused */
  } rows[] = {
    { "2026-01-31", "last month", "2025-12-01", "2025-12-31" },
    { "2026-01-31", "next month", "2026-02-01", "2026-02-28" },
    { "2026-12-31", "next month", "2027-01-01", "2027-01-31" },
    { "2026-12-31", "month", "2026-12-01", "2026-12-31" },
    { "2026-12-31", "next year", "2027-01-01", "2027-12-31" },
    { "9999-12-31", "today", "9999-12-31", "9999-12-31" },
    { "9999-12-31", "tomorrow", NULL },
    { "0001-01-01", "today", "0001-01-01", "0001-01-01" },
    { "0001-01-01", "yesterday", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkWhenDays days;
      TrkDay today;
      gboolean read;

      g_test_message ("%s of %s", rows[i].when, rows[i].today);
      g_assert_true (trk_day_from_iso (rows[i].today, &today));
      read = trk_when_days (rows[i].when, &f->almanac, today, &days);
      g_assert_cmpint (read, ==, rows[i].first != NULL);
      if (read)
        {
          g_autofree char *first = trk_day_to_iso (days.first);
          g_autofree char *last = trk_day_to_iso (days.last);

          g_assert_cmpstr (first, ==, rows[i].first);
          g_assert_cmpstr (last, ==, rows[i].last);
        }
    }
}

/* Of 80 bytes, blanks and all; not of 81. */
static void
test_length (Fixture *f, gconstpointer data)
{
  for (gsize length = 80; length <= 81; length++)
    {
      g_autofree char *text = g_strnfill (length, ' ');
      TrkPeriod period;

      memcpy (text, "today", strlen ("today"));
      g_assert_true (trk_when_parse (text, &f->almanac, f->now, &period, NULL, NULL)
                     == (length == 80));
    }
}

/* Weeks that begin on Sunday: the days keep their names, the weeks shift. */
static void
test_sunday_weeks (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *when;
    const char *first;
  } rows[] = { { "week", "2026-11-22" },      { "mon", "2026-11-23" },  { "sat", "2026-11-28" },
               { "last week", "2026-11-15" }, { "w48", "2026-11-22" },  { "sun", "2026-11-22" },
               { "last sat", "2026-11-21" },  { "today", "2026-11-22" } };

  fixture->almanac.week_start = 7;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *first = NULL;
      TrkPeriod period;

      g_assert_true (
          trk_when_parse (rows[i].when, &fixture->almanac, fixture->now, &period, NULL, NULL));
      first = trk_day_to_iso (trk_almanac_day (&fixture->almanac, period.start));
      g_assert_cmpstr (first, ==, rows[i].first);
    }
}

static void
test_moments (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *when;
    const char *local; /* NULL: refused */
  } rows[] = {
    { "now", "2026-11-22T10:00:00+01:00" },
    { "09:10", "2026-11-22T09:10:00+01:00" },
    { "9", "2026-11-22T09:00:00+01:00" },
    { "9:05:30", "2026-11-22T09:05:30+01:00" },
    { "9am", "2026-11-22T09:00:00+01:00" },
    { "5:30 PM", "2026-11-22T17:30:00+01:00" },
    { "12am", "2026-11-23T00:00:00+01:00" },
    { "12pm", "2026-11-22T12:00:00+01:00" },
    { "noon", "2026-11-22T12:00:00+01:00" },
    { "24:00", "2026-11-23T00:00:00+01:00" },
    { "01:30", "2026-11-23T01:30:00+01:00" }, /* the night that ends this day */
    { "tue 09:00", "2026-11-17T09:00:00+01:00" },
    { "09:00 tue", "2026-11-17T09:00:00+01:00" },
    { "next tue 9 am", "2026-11-24T09:00:00+01:00" },
    { "yesterday 17:30", "2026-11-21T17:30:00+01:00" },
    { "yesterday 01:30", "2026-11-22T01:30:00+01:00" },
    { "2026-11-23 01:30", "2026-11-23T01:30:00+01:00" }, /* a date is a date */
    { "23.11. 01:30", "2026-11-23T01:30:00+01:00" },
    { "2026-11-23 9", "2026-11-23T09:00:00+01:00" },
    { "2026-11-23T09:00", "2026-11-23T09:00:00+01:00" },
    { "2026-11-23T09:00:00Z", "2026-11-23T10:00:00+01:00" },
    { "2026-11-23T09:00:00-08:00", "2026-11-23T18:00:00+01:00" },
    { "2026-03-29 02:30", "2026-03-29T03:30:00+02:00" },
    { "-10m", "2026-11-22T09:50:00+01:00" },
    { "+1h", "2026-11-22T11:00:00+01:00" },
    { "10m ago", "2026-11-22T09:50:00+01:00" },
    { "1h 30m ago", "2026-11-22T08:30:00+01:00" },
    { "in 10 min", "2026-11-22T10:10:00+01:00" },
    { "yesterday", "2026-11-21T04:00:00+01:00" },
    { "2026-11-20", "2026-11-20T04:00:00+01:00" },
    { "", NULL },
    { "25", NULL },
    { "24:01", NULL },
    { "9:10:60", NULL },
    { "04:00", "2026-11-22T04:00:00+01:00" }, /* the first of this day */
    { "03:59", "2026-11-23T03:59:00+01:00" },
    { "9:60", NULL },
    { "13pm", NULL },
    { "0am", NULL },
    { "m", NULL },
    { "am", NULL },
    { "week 09:00", NULL },
    { "week", NULL },
    { "mon tue", NULL },
    { "-", NULL },
    { "+", NULL },
    { "in", NULL },
    { "in ", NULL },
    { " ago", NULL },
    { "-1000d", NULL },
    { "09:00 10:00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = g_strescape (rows[i].when, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *local = NULL;
      TrkInstant instant;
      gboolean read =
          trk_when_parse_instant (rows[i].when, &fixture->almanac, fixture->now, &instant, &error);

      g_test_message ("'%s'", shown);
      g_assert_cmpint (read, ==, rows[i].local != NULL);
      if (!read)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          continue;
        }
      local = trk_zone_format_iso (fixture->zone, instant);
      g_assert_cmpstr (local, ==, rows[i].local);
    }
}

static void
test_periods (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *when;
    const char *start; /* NULL: refused */
    const char *end;
  } rows[] = {
    { "09:10-10:00", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "09:10..10:00", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "09:10–10:00", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "09:10 — 10:00", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "9 - 10", "2026-11-22T09:00:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "9am to 5pm", "2026-11-22T09:00:00+01:00", "2026-11-22T17:00:00+01:00" },
    { "22:00-01:00", "2026-11-22T22:00:00+01:00", "2026-11-23T01:00:00+01:00" },
    { "09:00-09:00", "2026-11-22T09:00:00+01:00", "2026-11-23T09:00:00+01:00" },
    { "18:00-24:00", "2026-11-22T18:00:00+01:00", "2026-11-23T00:00:00+01:00" },
    { "yesterday 22:00-01:00", "2026-11-21T22:00:00+01:00", "2026-11-22T01:00:00+01:00" },
    { "tue 9-10:30", "2026-11-17T09:00:00+01:00", "2026-11-17T10:30:00+01:00" },
    { "2026-11-20 09:00-10:00", "2026-11-20T09:00:00+01:00", "2026-11-20T10:00:00+01:00" },
    { "2026-11-20 22:00-2026-11-21 01:00", "2026-11-20T22:00:00+01:00",
      "2026-11-21T01:00:00+01:00" },
    { "2026-11-20T09:00:00Z..2026-11-20T10:00:00Z", "2026-11-20T10:00:00+01:00",
      "2026-11-20T11:00:00+01:00" },
    { "09:10 50m", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "09:10 +1h 30m", "2026-11-22T09:10:00+01:00", "2026-11-22T10:40:00+01:00" },
    { "yesterday 9:10 for 2h", "2026-11-21T09:10:00+01:00", "2026-11-21T11:10:00+01:00" },
    { "9am 2h", "2026-11-22T09:00:00+01:00", "2026-11-22T11:00:00+01:00" },
    { "-50m..now", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "09:10-now", "2026-11-22T09:10:00+01:00", "2026-11-22T10:00:00+01:00" },
    { "2026-10-25 01:30-03:30", "2026-10-25T01:30:00+02:00", "2026-10-25T03:30:00+01:00" },
    { "", NULL, NULL },
    { "-", NULL, NULL },
    { "..", NULL, NULL },
    { "09:10", NULL, NULL },
    { "09:10-", NULL, NULL },
    { "-09:10", NULL, NULL },
    { "09:10 50", NULL, NULL },
    { "yesterday 2h", NULL, NULL },
    { "yesterday-today", NULL, NULL },
    { "11:00-now", NULL, NULL },
    { "09:10-25:00", NULL, NULL },
    { "now..now", NULL, NULL },
    { "---------------------------------------------------------------", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = g_strescape (rows[i].when, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *start = NULL;
      g_autofree char *end = NULL;
      TrkPeriod period;
      gboolean read =
          trk_when_parse_period (rows[i].when, &fixture->almanac, fixture->now, &period, &error);

      g_test_message ("'%s'", shown);
      g_assert_cmpint (read, ==, rows[i].start != NULL);
      if (!read)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          continue;
        }
      start = trk_zone_format_iso (fixture->zone, period.start);
      end = trk_zone_format_iso (fixture->zone, period.end);
      g_assert_cmpstr (start, ==, rows[i].start);
      g_assert_cmpstr (end, ==, rows[i].end);
    }
}

/* What is said to have happened lies behind; the fixture's day has its own rows above. */
static void
test_past_period (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *now, *when, *start, *end;
  } rows[] = {
    { "2026-11-23T10:00:00", "01:30-02:30", "2026-11-23T01:30:00", "2026-11-23T02:30:00" },
    { "2026-11-23T10:00:00", "01:30 1h", "2026-11-23T01:30:00", "2026-11-23T02:30:00" },
    { "2026-11-23T10:00:00", "23:00-01:00", "2026-11-22T23:00:00", "2026-11-23T01:00:00" },
    { "2026-11-23T10:00:00", "10pm-11pm", "2026-11-22T22:00:00", "2026-11-22T23:00:00" },
    { "2026-11-23T10:00:00", "10:00-11:00", "2026-11-22T10:00:00", "2026-11-22T11:00:00" },
    { "2026-11-23T10:00:00", "10:30 23h 30m", "2026-11-22T10:30:00", "2026-11-23T10:00:00" },
    { "2026-11-23T10:00:00", "10:30 23h 31m", "2026-11-23T10:30:00", "2026-11-24T10:01:00" },
    { "2026-11-23T10:00:00", "03:00-09:00", "2026-11-23T03:00:00", "2026-11-23T09:00:00" },
    { "2026-11-23T10:00:00", "09:00-10:00", "2026-11-23T09:00:00", "2026-11-23T10:00:00" },
    { "2026-11-23T01:00:00", "23:00-00:30", "2026-11-22T23:00:00", "2026-11-23T00:30:00" },
    /* the night in which the clock goes back is an hour longer */
    { "2026-10-25T10:00:00", "01:30-03:30", "2026-10-25T01:30:00", "2026-10-25T03:30:00" },
    /* what goes on, what says its day, what counts from now: as it was said */
    { "2026-11-23T10:00:00", "09:00-10:30", "2026-11-23T09:00:00", "2026-11-23T10:30:00" },
    { "2026-11-23T10:00:00", "today 23:00-23:30", "2026-11-23T23:00:00", "2026-11-23T23:30:00" },
    { "2026-11-23T10:00:00", "mon 11:00-12:00", "2026-11-23T11:00:00", "2026-11-23T12:00:00" },
    { "2026-11-23T10:00:00", "11:00 mon..12:00", "2026-11-23T11:00:00", "2026-11-23T12:00:00" },
    { "2026-11-23T10:00:00", "+1h..+2h", "2026-11-23T11:00:00", "2026-11-23T12:00:00" },
    { "2026-11-23T10:00:00", "2026-11-23 11:00-12:00", "2026-11-23T11:00:00",
      "2026-11-23T12:00:00" },
    /* a day earlier it would not be over either */
    { "2026-11-23T10:00:00", "11:00 24h", "2026-11-23T11:00:00", "2026-11-24T11:00:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkInstant now, start, end;
      TrkPeriod period;

      g_test_message ("%s at %s", rows[i].when, rows[i].now);
      g_assert_true (trk_zone_parse (fixture->zone, rows[i].now, &now, NULL));
      g_assert_true (trk_zone_parse (fixture->zone, rows[i].start, &start, NULL));
      g_assert_true (trk_zone_parse (fixture->zone, rows[i].end, &end, NULL));
      g_assert_true (
          trk_when_parse_past_period (rows[i].when, &fixture->almanac, now, &period, NULL));
      g_assert_cmpint (period.start, ==, start);
      g_assert_cmpint (period.end, ==, end);
    }
}

/* At two in the night "today" is still the day before, and times are of that day. */
static void
test_at_night (Fixture *fixture, gconstpointer data)
{
  TrkInstant night, instant;
  TrkPeriod period;
  g_autofree char *nine = NULL;
  g_autofree char *one = NULL;

  g_assert_true (trk_zone_parse (fixture->zone, "2026-11-23T02:00:00", &night, NULL));
  g_assert_true (trk_when_parse ("today", &fixture->almanac, night, &period, NULL, NULL));
  g_assert_true (trk_period_contains (period, fixture->now));
  g_assert_true (trk_when_parse_instant ("09:00", &fixture->almanac, night, &instant, NULL));
  nine = trk_zone_format_iso (fixture->zone, instant);
  g_assert_cmpstr (nine, ==, "2026-11-22T09:00:00+01:00");
  g_assert_true (trk_when_parse_instant ("01:30", &fixture->almanac, night, &instant, NULL));
  one = trk_zone_format_iso (fixture->zone, instant);
  g_assert_cmpstr (one, ==, "2026-11-23T01:30:00+01:00");
}

/* A written date is one of the calendar, and any other word a day that is lived. */
static void
test_dates (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][3] = {
    { "2026-11-24", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00" },
    { "24.11.", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00" },
    { "2026-11-24..2026-11-26", "2026-11-24T00:00:00+01:00", "2026-11-27T00:00:00+01:00" },
    { "tue", NULL, NULL },
    { "today", NULL, NULL },
    { "week", NULL, NULL },
    { "2026-11-26..2026-11-24", NULL, NULL },
    { "nonsense", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *start = NULL;
      g_autofree char *end = NULL;
      TrkPeriod dates;
      gboolean found = trk_when_parse_dates (rows[i][0], &fixture->almanac, fixture->now, &dates);

      g_test_message ("%s", rows[i][0]);
      g_assert_cmpint (found, ==, rows[i][1] != NULL);
      if (!found)
        continue;
      start = trk_zone_format_iso (fixture->zone, dates.start);
      end = trk_zone_format_iso (fixture->zone, dates.end);
      g_assert_cmpstr (start, ==, rows[i][1]);
      g_assert_cmpstr (end, ==, rows[i][2]);
    }
}

/* A message names what was typed, made safe to show, and what could be typed instead. */
static void
test_messages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (100000, '9');
  static const char *const texts[] = { "\033[2Jfoo", "%s%s%n", "\xff\xfe", "<b>x</b>" };
  TrkPeriod period;

  for (gsize i = 0; i <= G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *text = i < G_N_ELEMENTS (texts) ? texts[i] : endless;

      g_assert_false (
          trk_when_parse (text, &fixture->almanac, fixture->now, &period, NULL, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\033'));
      g_assert_cmpuint (strlen (error->message), <, 300);
      g_assert_nonnull (strstr (error->message, "yesterday"));
    }
}

#define ADD(name, function) g_test_add ("/when/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("days", test_days);
  ADD ("years-end", test_years_end);
  ADD ("length", test_length);
  ADD ("sunday-weeks", test_sunday_weeks);
  ADD ("moments", test_moments);
  ADD ("periods", test_periods);
  ADD ("past-period", test_past_period);
  ADD ("at-night", test_at_night);
  ADD ("dates", test_dates);
  ADD ("messages", test_messages);
  return g_test_run ();
}
