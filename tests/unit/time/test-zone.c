/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-tzif.h"
#include "trk-zone.h"

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

/* Zones with every habit that there is: both halves of the earth, half hours, negative summer
 * times, midnights, a changed date line, none at all. */
static const char *const zones[] = {
  "Europe/Berlin",       "Europe/Dublin",     "Europe/London",
  "Europe/Lisbon",       "America/New_York",  "America/St_Johns",
  "America/Havana",      "America/Santiago",  "America/Sao_Paulo",
  "America/Nuuk",        "America/Adak",      "Australia/Lord_Howe",
  "Australia/Sydney",    "Pacific/Auckland",  "Pacific/Chatham",
  "Pacific/Apia",        "Pacific/Kwajalein", "Pacific/Kiritimati",
  "Antarctica/Troll",    "Africa/Casablanca", "Africa/Cairo",
  "Asia/Beirut",         "Asia/Gaza",         "Asia/Tehran",
  "Asia/Kathmandu",      "Asia/Jerusalem",    "Europe/Chisinau",
  "Asia/Pyongyang",      "Etc/GMT+12",        "Etc/UTC",
  "America/Los_Angeles", "Antarctica/Casey",
};

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

/* Every beginning of a zone file is refused, and no flipped byte does worse than another answer. */
static void
test_damaged_file (void)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Europe/Berlin", &bytes, &length, NULL));
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree guint8 *part = g_memdup2 (bytes, cut);

      g_assert_null (trk_tzif_new (part, cut));
    }
  for (int i = 0; i < 20000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, length);
      g_autoptr (TrkTzif) tzif = NULL;

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        copy[g_test_rand_int_range (0, i % 2 == 0 ? 64 : (int) length)] =
            (guint8) g_test_rand_int ();
      tzif = trk_tzif_new (copy, length);
      if (tzif != NULL)
        g_assert_cmpint (ABS (trk_tzif_offset (tzif, g_test_rand_int () * TRK_SECOND)), <=,
                         28 * TRK_HOUR);
    }
}

/* A stretch that is called steady has one offset, and of short ones nearly all are: as a file has
 * it, and as a rule alone. */
static void
test_steady (void)
{
  static const char *const rules[] = { "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3",
                                       "IST-1GMT0,M10.5.0,M3.5.0/1", "<-03>3<-02>,J60/0,300/24" };

  for (gsize i = 0; i < G_N_ELEMENTS (zones) + G_N_ELEMENTS (rules); i++)
    {
      gboolean named = i < G_N_ELEMENTS (zones);
      g_autofree char *path =
          named ? g_build_filename ("/usr/share/zoneinfo", zones[i], NULL) : NULL;
      g_autoptr (TrkTzif) tzif = named ? trk_tzif_new_from_file (path)
                                       : trk_tzif_new_from_rule (rules[i - G_N_ELEMENTS (zones)]);
      int steady = 0;

      for (int n = 0; n < 1000; n++)
        {
          TrkInstant at = g_test_rand_int_range (0, G_MAXINT32) * 2 * TRK_SECOND;
          TrkPeriod period = { at, at + g_test_rand_int_range (1, 10 * 24) * TRK_HOUR };
          TrkDuration offset = -1;
          gboolean is = trk_tzif_is_steady (tzif, period, &offset);

          g_assert_cmpint (offset, ==, trk_tzif_offset (tzif, at));
          for (; is && at < period.end; at += TRK_HOUR / 2)
            g_assert_cmpint (trk_tzif_offset (tzif, at), ==, offset);
          if (is)
            g_assert_cmpint (trk_tzif_offset (tzif, period.end - 1), ==, offset);
          steady += is;
        }
      g_test_message ("%s: %d", named ? zones[i] : rules[i - G_N_ELEMENTS (zones)], steady);
      g_assert_cmpint (steady, >, 850);
    }
}

/* A rule's offset at a moment, and a microsecond before it. */
static void
test_rules (void)
{
  static const struct
  {
    const char *rule, *at;
    int before, then; /* hours */
  } rows[] = {
    { "CET-1CEST,M3.5.0,M10.5.0/3", "2040-03-25T01:00:00Z", 1, 2 },
    { "CET-1CEST,M3.5.0,M10.5.0/3", "2040-10-28T01:00:00Z", 2, 1 },
    { "AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-03-31T16:00:00Z", 11, 10 },
    { "AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-10-06T16:00:00Z", 10, 11 },
    { "AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 0, 1 }, /* not 29 February */
    { "AAA0BBB,J59/0,J300/0", "2028-02-28T00:00:00Z", 0, 1 },
    { "AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 0, 1 },
    { "AAA0BBB,59/0,300/0", "2027-03-01T00:00:00Z", 0, 1 },
    { "AAA0BBB,M3.1.0/167,M10.5.0", "2027-03-13T23:00:00Z", 0, 1 }, /* a week less an hour on */
    { "AAA0BBB,M3.5.0/-1,M10.5.0", "2027-03-27T23:00:00Z", 0, 1 },
    { "AAA0BBB,M3.4.6/0,M10.5.0", "2027-03-27T00:00:00Z", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkTzif) tzif = trk_tzif_new_from_rule (rows[i].rule);
      TrkInstant at;

      g_test_message ("%s", rows[i].rule);
      g_assert_nonnull (tzif);
      g_assert_true (trk_instant_from_iso (rows[i].at, &at, NULL));
      g_assert_cmpint (trk_tzif_offset (tzif, at - 1), ==, rows[i].before * TRK_HOUR);
      g_assert_cmpint (trk_tzif_offset (tzif, at), ==, rows[i].then * TRK_HOUR);
    }
}

/* A file of version 1: @changes of four bytes, the type of each, and the types' offsets. */
static GBytes *
zone_bytes (const gint32 *changes, const guint8 *kinds, guint n, const gint32 *offsets, guint types)
{
  GByteArray *bytes = g_byte_array_new ();
  const guint32 counts[] = { 0, 0, 0, n, types, 4 };
  static const guint8 head[20] = { 'T', 'Z', 'i', 'f' }, rest[2] = { 0 };

  g_byte_array_append (bytes, head, sizeof head);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint32 count = GUINT32_TO_BE (counts[i]);

      g_byte_array_append (bytes, (const guint8 *) &count, 4);
    }
  for (guint i = 0; i < n; i++)
    {
      gint32 change = GINT32_TO_BE (changes[i]);

      g_byte_array_append (bytes, (const guint8 *) &change, 4);
    }
  g_byte_array_append (bytes, kinds, n);
  for (guint i = 0; i < types; i++)
    {
      gint32 offset = GINT32_TO_BE (offsets[i]);

      g_byte_array_append (bytes, (const guint8 *) &offset, 4);
      g_byte_array_append (bytes, rest, 2);
    }
  g_byte_array_append (bytes, rest, 2); /* would be good offsets, if they were some */
  g_byte_array_append (bytes, rest, 2);
  return g_byte_array_free_to_bytes (bytes);
}

static TrkTzif *
tzif_of (const gint32 *changes, const guint8 *kinds, guint n, const gint32 *offsets, guint types)
{
  g_autoptr (GBytes) bytes = zone_bytes (changes, kinds, n, offsets, types);

  return trk_tzif_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Written by hand: what is out of order, of no type, or too far from UTC is no zone. */
static void
test_written_file (void)
{
  static const gint32 changes[] = { -1000, 1000 }, back[] = { 1000, 1000 };
  static const gint32 offsets[] = { 3600, 7200 }, far_off[] = { 26 * 3600, -26 * 3600 };
  static const gint32 too_far[] = { 26 * 3600 + 1, 0 }, too_far_back[] = { 0, -26 * 3600 - 1 };
  static const guint8 kinds[] = { 1, 0 }, no_kind[] = { 1, 2 };
  g_autoptr (TrkTzif) good = tzif_of (changes, kinds, 2, offsets, 2);
  g_autoptr (TrkTzif) far = tzif_of (changes, kinds, 2, far_off, 2);

  g_assert_nonnull (far);
  g_assert_cmpint (trk_tzif_offset (good, -1000 * TRK_SECOND - 1), ==, TRK_HOUR);
  g_assert_cmpint (trk_tzif_offset (good, -1000 * TRK_SECOND), ==, 2 * TRK_HOUR);
  g_assert_cmpint (trk_tzif_offset (good, 1000 * TRK_SECOND - 1), ==, 2 * TRK_HOUR);
  g_assert_cmpint (trk_tzif_offset (good, 1000 * TRK_SECOND), ==, TRK_HOUR);
  g_assert_null (tzif_of (back, kinds, 2, offsets, 2));
  g_assert_null (tzif_of (changes, no_kind, 2, offsets, 2));
  g_assert_null (tzif_of (changes, kinds, 2, too_far, 2));
  g_assert_null (tzif_of (changes, kinds, 2, too_far_back, 2));
}

/* Without a rule the last offset is for ever. */
static void
test_no_rule (void)
{
  g_autofree char *bytes = NULL;
  g_autoptr (TrkTzif) tzif = NULL;
  gsize length;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Europe/Berlin", &bytes, &length, NULL));
  for (length--; bytes[length - 1] != '\n';)
    length--;
  bytes[length] = '\n';
  tzif = trk_tzif_new ((const guint8 *) bytes, length + 1);
  g_assert_nonnull (tzif);
  g_assert_cmpint (trk_tzif_offset (tzif, 2524608000 * TRK_SECOND), ==,
                   trk_tzif_offset (tzif, 2540246400 * TRK_SECOND)); /* 2050, January and July */
}

/* No zone is so large: TZ may name any file. */
static void
test_large_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("trk-zone-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "large", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Asia/Tokyo", &bytes, &length, NULL));
  for (gsize size = 256 * 1024; size <= 256 * 1024 + 1; size++)
    {
      g_autofree char *large = g_malloc0 (size); /* what stands behind the end is not looked at */
      g_autoptr (TrkTzif) tzif = NULL;

      memcpy (large, bytes, length);
      g_assert_true (g_file_set_contents (path, large, (gssize) size, NULL));
      tzif = trk_tzif_new_from_file (path);
      g_assert_true ((tzif != NULL) == (size == 256 * 1024));
    }
  g_remove (path);
  g_rmdir (dir);
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
  g_test_add_func ("/zone/damaged-file", test_damaged_file);
  g_test_add_func ("/zone/steady", test_steady);
  g_test_add_func ("/zone/rules", test_rules);
  g_test_add_func ("/zone/written-file", test_written_file);
  g_test_add_func ("/zone/no-rule", test_no_rule);
  g_test_add_func ("/zone/large-file", test_large_file);
  g_test_add_func ("/zone/iso", test_iso);
  g_test_add_func ("/zone/extremes", test_extremes);
  return g_test_run ();
}
