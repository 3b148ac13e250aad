/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-zone.h"
#include "zones.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#define DAY (24 * TRK_HOUR)

static TrkZone *
open_zone (const char *id)
{
  g_autoptr (GError) error = NULL;
  TrkZone *zone = trk_zone_new (id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (zone);
  return zone;
}

/* What wall clocks show and when it is, around changes that are history: these rows stay true. */
static const struct
{
  const char *zone;
  const char *local;
  const char *utc;
  const char *back; /* local of the instant, where it differs from @local */
} readings[] = {
  /* the gap takes the offset before it, the doubled hour is the first (RFC 5545 3.3.5) */
  { "Europe/Berlin", "2025-03-30T01:59:59", "2025-03-30T00:59:59Z", NULL },
  { "Europe/Berlin", "2025-03-30T02:00:00", "2025-03-30T01:00:00Z", "2025-03-30T03:00:00+02:00" },
  { "Europe/Berlin", "2025-03-30T02:30:00", "2025-03-30T01:30:00Z", "2025-03-30T03:30:00+02:00" },
  { "Europe/Berlin", "2025-03-30T03:00:00", "2025-03-30T01:00:00Z", NULL },
  { "Europe/Berlin", "2025-10-26T01:59:59", "2025-10-25T23:59:59Z", NULL },
  { "Europe/Berlin", "2025-10-26T02:00:00", "2025-10-26T00:00:00Z", NULL },
  { "Europe/Berlin", "2025-10-26T02:30:00", "2025-10-26T00:30:00Z", NULL },
  { "Europe/Berlin", "2025-10-26T03:00:00", "2025-10-26T02:00:00Z", NULL },
  { "America/New_York", "2007-03-11T02:30:00", "2007-03-11T07:30:00Z",
    "2007-03-11T03:30:00-04:00" },
  { "America/New_York", "2007-11-04T01:30:00", "2007-11-04T05:30:00Z", NULL },
  { "America/New_York", "2006-03-12T02:30:00", "2006-03-12T07:30:00Z", NULL },
  /* half an hour */
  { "Australia/Lord_Howe", "2025-04-06T01:45:00", "2025-04-05T14:45:00Z", NULL },
  { "Australia/Lord_Howe", "2025-10-05T02:15:00", "2025-10-04T15:45:00Z",
    "2025-10-05T02:45:00+11:00" },
  { "Australia/Lord_Howe", "2025-10-05T02:30:00", "2025-10-04T15:30:00Z", NULL },
  /* the standard time that is an hour ahead, and its Ramadan */
  { "Africa/Casablanca", "2025-02-23T02:30:00", "2025-02-23T01:30:00Z", NULL },
  { "Africa/Casablanca", "2025-04-06T02:30:00", "2025-04-06T02:30:00Z",
    "2025-04-06T03:30:00+01:00" },
  { "Europe/Dublin", "2025-03-30T01:30:00", "2025-03-30T01:30:00Z", "2025-03-30T02:30:00+01:00" },
  { "Europe/Dublin", "2025-10-26T01:30:00", "2025-10-26T00:30:00Z", NULL },
  /* midnights that are not there, or twice */
  { "Asia/Beirut", "2025-03-30T00:00:00", "2025-03-29T22:00:00Z", "2025-03-30T01:00:00+03:00" },
  { "Asia/Beirut", "2025-10-25T23:30:00", "2025-10-25T20:30:00Z", NULL },
  { "Africa/Cairo", "2025-04-25T00:30:00", "2025-04-24T22:30:00Z", "2025-04-25T01:30:00+03:00" },
  { "Africa/Cairo", "2025-10-30T23:30:00", "2025-10-30T20:30:00Z", NULL },
  { "America/Havana", "2025-03-09T00:00:00", "2025-03-09T05:00:00Z", "2025-03-09T01:00:00-04:00" },
  { "America/Havana", "2025-11-02T00:30:00", "2025-11-02T04:30:00Z", NULL },
  { "America/Santiago", "2025-04-05T23:30:00", "2025-04-06T02:30:00Z", NULL },
  { "America/Santiago", "2025-09-07T00:00:00", "2025-09-07T04:00:00Z",
    "2025-09-07T01:00:00-03:00" },
  /* a day that never was, and one that was twice as an hour is */
  { "Pacific/Apia", "2011-12-29T23:59:59", "2011-12-30T09:59:59Z", NULL },
  { "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z", "2011-12-31T12:00:00+14:00" },
  { "Pacific/Apia", "2011-12-31T00:00:00", "2011-12-30T10:00:00Z", NULL },
  { "Pacific/Kwajalein", "1993-08-21T12:00:00", "1993-08-22T00:00:00Z",
    "1993-08-22T12:00:00+12:00" },
  /* no whole minutes, quarters, the date line's two sides */
  { "Asia/Kathmandu", "2026-01-01T00:00:00", "2025-12-31T18:15:00Z", NULL },
  { "Pacific/Kiritimati", "2026-01-01T00:00:00", "2025-12-31T10:00:00Z", NULL },
  { "Pacific/Pago_Pago", "2026-01-01T00:00:00", "2026-01-01T11:00:00Z", NULL },
  { "Africa/Monrovia", "1960-01-01T00:00:00", "1960-01-01T00:44:30Z", NULL },
  { "UTC", "2026-02-28T24:00:00", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00+00:00" },
};

static void
test_readings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (TrkZone) zone = open_zone (readings[i].zone);
      g_autoptr (GError) error = NULL;
      g_autofree char *utc = NULL;
      g_autofree char *back = NULL;
      TrkInstant instant;

      g_test_message ("%s %s", readings[i].zone, readings[i].local);
      g_assert_true (trk_zone_parse (zone, readings[i].local, &instant, &error));
      g_assert_no_error (error);
      utc = trk_instant_to_iso (instant);
      g_assert_cmpstr (utc, ==, readings[i].utc);
      back = trk_zone_format_iso (zone, instant);
      if (readings[i].back != NULL)
        g_assert_cmpstr (back, ==, readings[i].back);
      else
        g_assert_true (g_str_has_prefix (back, readings[i].local));
    }
}

static TrkDuration
offset_of (const TrkZone *zone, TrkInstant instant)
{
  return trk_local_to_wall (trk_zone_local (zone, instant)) - instant;
}

/* The C library reads the same data by other code. */
static void
test_agrees_with_libc (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (TrkZone) zone = open_zone (zones[i]);

      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      for (int n = 0; n < 4000; n++)
        {
          /* 1890 to 2105, with a step that meets every hour of the day and season */
          time_t at = -2524608000 + (time_t) n * 1694999;
          struct tm broken;

          g_assert_nonnull (localtime_r (&at, &broken));
          if (offset_of (zone, at * TRK_SECOND) != broken.tm_gmtoff * TRK_SECOND)
            {
              g_autofree char *iso = trk_instant_to_iso (at * TRK_SECOND);

              g_test_message ("%s at %s: libc has %ld", zones[i], iso, broken.tm_gmtoff);
              g_test_fail ();
              break;
            }
        }
    }
  g_unsetenv ("TZ");
  tzset ();
}

/* Of an instant's reading the instant is the answer, or an earlier one with the same reading. Every
 * reading has an answer, and in a gap it is one that no clock showed, moved on by the gap. */
static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (TrkZone) zone = open_zone (zones[i]);

      for (int n = 0; n < 4000; n++)
        {
          TrkInstant at = g_test_rand_int_range (G_MININT32 / 2, G_MAXINT32) * 2 * TRK_SECOND;
          TrkLocal local = trk_zone_local (zone, at);
          TrkInstant first = trk_zone_instant (zone, local);
          TrkInstant other = trk_zone_instant (zone, trk_local_from_wall (at));
          TrkInstant shown = trk_local_to_wall (trk_zone_local (zone, other));

          g_assert_cmpint (local.time, >=, 0);
          g_assert_cmpint (local.time, <, DAY);
          g_assert_cmpint (first, <=, at);
          g_assert_cmpint (trk_local_to_wall (trk_zone_local (zone, first)), ==,
                           trk_local_to_wall (local));
          if (first != at)
            g_assert_cmpint (offset_of (zone, first), >, offset_of (zone, at));
          if (shown != at)
            g_assert_cmpint (shown - at, ==,
                             offset_of (zone, other) - offset_of (zone, other - DAY));
        }
    }
}

static void
test_refused_names (void)
{
  static const char *const names[] = { "",
                                       "Nowhere/City",
                                       "/etc/localtime",
                                       "../../../etc/passwd",
                                       ":UTC",
                                       "Europe/../../passwd",
                                       "%s%n",
                                       "Europe/Berlin ",
                                       "Europe",
                                       "EST5EDT,M3.2.0,M11",
                                       "+02:00",
                                       "UTC+25",
                                       "Europe/B\n",
                                       "posix/../UTC",
                                       "-f",
                                       "zone.tab" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (trk_zone_new (names[i], &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
    }
}

static void
test_system_zone (void)
{
  static const struct
  {
    const char *tz;
    const char *id; /* NULL: whatever /etc/localtime says */
    const char *summer;
  } rows[] = {
    { "Europe/Berlin", "Europe/Berlin", "2026-07-01T14:00:00+02:00" },
    { ":Europe/Berlin", "Europe/Berlin", "2026-07-01T14:00:00+02:00" },
    { "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo", "2026-07-01T21:00:00+09:00" },
    { ":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo", "2026-07-01T21:00:00+09:00" },
    { "", "UTC", "2026-07-01T12:00:00+00:00" },
    { "CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T14:00:00+02:00" },
    { "<+0330>-3:30", "<+0330>-3:30", "2026-07-01T15:30:00+03:30" },
    { "JST-9", "JST-9", "2026-07-01T21:00:00+09:00" },
    { "JS-9", NULL, NULL }, /* POSIX wants three letters */
    { "CET-1CE", NULL, NULL },
    { "Middle/Earth", NULL, NULL },
    { "/nowhere/at/all", NULL, NULL },
    { ":/dev/null", NULL, NULL },
    { "/etc", NULL, NULL },
    { "%n%n%n,M99", NULL, NULL },
    { "../../etc/passwd", NULL, NULL },
  };
  TrkInstant noon;

  g_assert_true (trk_instant_from_iso ("2026-07-01T12:00:00Z", &noon, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkZone) zone = NULL;
      g_autoptr (TrkZone) fallback = NULL;
      g_autofree char *problem = NULL;
      g_autofree char *shown = NULL;

      g_test_message ("TZ='%s'", rows[i].tz);
      g_unsetenv ("TZ");
      fallback = open_zone (NULL);
      g_setenv ("TZ", rows[i].tz, TRUE);
      zone = trk_zone_new_system (&problem);
      shown = trk_zone_format_iso (zone, noon);
      g_assert_true ((problem != NULL) == (rows[i].id == NULL));
      g_assert_cmpstr (trk_zone_id (zone), ==,
                       (rows[i].id != NULL ? rows[i].id : trk_zone_id (fallback)));
      if (rows[i].summer != NULL)
        g_assert_cmpstr (shown, ==, rows[i].summer);
    }
  g_unsetenv ("TZ");
}

/* A file that changes under its name is read anew while the old zone is still held. */
static void
test_changed_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("trk-zone-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "localtime", NULL);
  static const char *const ids[] = { "Europe/Berlin", "Asia/Tokyo" };
  g_autoptr (TrkZone) before = NULL;

  g_setenv ("TZ", path, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *source = g_build_filename ("/usr/share/zoneinfo", ids[i], NULL);
      g_autofree char *bytes = NULL;
      g_autoptr (TrkZone) zone = NULL;
      g_autoptr (TrkZone) named = open_zone (ids[i]);
      gsize length;

      g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      zone = open_zone (NULL);
      g_assert_cmpint (offset_of (zone, 0), ==, offset_of (named, 0));
      if (before == NULL)
        before = trk_zone_ref (zone);
    }
  g_assert_cmpint (offset_of (before, 0), ==, TRK_HOUR);
  g_unsetenv ("TZ");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_iso (void)
{
  static const struct
  {
    const char *text;
    const char *utc; /* NULL: refused */
  } rows[] = {
    { "2026-11-23", "2026-11-22T23:00:00Z" },
    { "2026-11-23T09:00", "2026-11-23T08:00:00Z" },
    { "2026-11-23 09:00:30", "2026-11-23T08:00:30Z" },
    { "2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z" },
    { "2026-11-23t09:00:00z", "2026-11-23T09:00:00Z" },
    { "2026-11-23T09:00:00+05:30", "2026-11-23T03:30:00Z" },
    { "2026-11-23T09:00:00-0800", "2026-11-23T17:00:00Z" },
    { "2026-11-23T09:00:00.999999999+01", "2026-11-23T08:00:00Z" },
    { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
    { "2026-11-23T24:00:00Z", "2026-11-24T00:00:00Z" },
    { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
    { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
    { "", NULL },
    { "2026-02-29", NULL },
    { "2026-13-01", NULL },
    { "2026-00-10", NULL },
    { "0000-01-01", NULL },
    { "2026-11-23T", NULL },
    { "2026-11-23T9:00", NULL },
    { "2026-11-23T24:01", NULL },
    { "2026-11-23T09:60", NULL },
    { "2026-11-23T09:00:61", NULL },
    { "2026-11-23T09:00:00.", NULL },
    { "2026-11-23T09:00:00Zulu", NULL },
    { "2026-11-23T09:00:00+24:00", NULL },
    { "2026-11-23T09:00:00+01:60", NULL },
    { "2026-11-23T09:00:00+1", NULL },
    { " 2026-11-23", NULL },
    { "+026-11-23", NULL },
  };
  g_autoptr (TrkZone) zone = open_zone ("Europe/Berlin");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *utc = NULL;
      TrkInstant instant = 42;
      gboolean read = trk_zone_parse (zone, rows[i].text, &instant, &error);

      g_test_message ("'%s'", rows[i].text);
      g_assert_cmpint (read, ==, rows[i].utc != NULL);
      if (!read)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          g_assert_cmpint (instant, ==, 42);
          continue;
        }
      utc = trk_instant_to_iso (instant);
      g_assert_cmpstr (utc, ==, rows[i].utc);
    }
}

/* Extreme instants neither overflow nor hang. */
static void
test_extremes (void)
{
  static const TrkInstant extremes[] = { G_MININT64, G_MININT64 + 1, -1,
                                         0,          G_MAXINT64 - 1, TRK_NEVER };

  for (gsize z = 0; z < G_N_ELEMENTS (zones); z++)
    for (gsize i = 0; i < G_N_ELEMENTS (extremes); i++)
      {
        g_autoptr (TrkZone) zone = open_zone (zones[z]);
        TrkLocal local = trk_zone_local (zone, extremes[i]);
        g_autofree char *iso = trk_zone_format_iso (zone, extremes[i]);
        g_autofree char *time = trk_zone_format_time (zone, extremes[i]);

        trk_zone_instant (zone, local);
        g_assert_nonnull (iso);
        g_assert_cmpuint (strlen (time), ==, 5);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone/readings", test_readings);
  g_test_add_func ("/zone/agrees-with-libc", test_agrees_with_libc);
  g_test_add_func ("/zone/round-trip", test_round_trip);
  g_test_add_func ("/zone/refused-names", test_refused_names);
  g_test_add_func ("/zone/system", test_system_zone);
  g_test_add_func ("/zone/changed-file", test_changed_file);
  g_test_add_func ("/zone/iso", test_iso);
  g_test_add_func ("/zone/extremes", test_extremes);
  return g_test_run ();
}
