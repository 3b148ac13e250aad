/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-zone-names.h"

#include <string.h>

/* Zones by name and by a VTIMEZONE's own rules. */

static const TrkDuration one_day = 24 * TRK_HOUR;

static TrkInstant
at (int year, int month, int day, int hour, int minute)
{
  return trk_day_from_ymd (year, month, day) * one_day + hour * TRK_HOUR + minute * TRK_MINUTE;
}

static const char central[] = "BEGIN:VTIMEZONE\nTZID:Custom\n"
                              "BEGIN:DAYLIGHT\nDTSTART:19810329T020000\nTZOFFSETFROM:+0100\n"
                              "TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
                              "END:DAYLIGHT\n"
                              "BEGIN:STANDARD\nDTSTART:19961027T030000\nTZOFFSETFROM:+0200\n"
                              "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
                              "END:STANDARD\nEND:VTIMEZONE\n";

static TrkTimezone *
rules (const char *text, guint budget, GError **error)
{
  g_autoptr (TrkComponent) component = trk_component_parse (text, strlen (text), 1);

  return trk_timezone_new_rules (component, &budget, error);
}

/* The rules of a VTIMEZONE and the system's data of the same zone agree, hour by hour. */
static void
test_rules_agree_with_system (void)
{
  g_autoptr (TrkTimezone) own = rules (central, 1000000, NULL);
  g_autoptr (TrkTimezone) system = trk_timezone_new_system ("Europe/Berlin");

  g_assert_nonnull (own);
  g_assert_nonnull (system);
  for (TrkInstant wall = at (2026, 1, 1, 0, 30); wall < at (2027, 12, 31, 0, 0); wall += TRK_HOUR)
    {
      TrkInstant instant = trk_timezone_instant (own, wall);

      g_assert_cmpint (instant, ==, trk_timezone_instant (system, wall));
      g_assert_cmpint (trk_timezone_wall (own, instant), ==, trk_timezone_wall (system, instant));
    }
}

/* RFC 5545 3.3.5, erratum 4271. */
static void
test_gap_and_doubled_hour (void)
{
  g_autoptr (TrkTimezone) zone = rules (central, 1000000, NULL);

  g_assert_cmpint (trk_timezone_instant (zone, at (2026, 3, 29, 2, 30)), ==,
                   at (2026, 3, 29, 1, 30));
  g_assert_cmpint (trk_timezone_instant (zone, at (2026, 10, 25, 2, 30)), ==,
                   at (2026, 10, 25, 0, 30));
  g_assert_cmpint (trk_timezone_instant (zone, at (2090, 7, 1, 12, 0)), ==, at (2090, 7, 1, 10, 0));
}

static void
test_bad_rules (void)
{
  static const char *const bad[] = {
    "BEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\n",
    "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n",
    "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n",
    "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+9900\nEND:STANDARD\nEND:VTIMEZONE\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rules (bad[i], 1000000, &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
    }
}

static void
test_rules_are_bounded (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rules (central, 500, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
}

static TrkTimezone *
find (TrkZoneNames *names, const char *tzid)
{
  TrkTimezone *zone = trk_zone_names_system (names, tzid);

  return zone != NULL ? zone : trk_zone_names_foreign (names, tzid);
}

static void
test_names (void)
{
  static const struct
  {
    const char *tzid;
    int hours; /* local time of noon UTC on 1 July 2026; -1: not known */
  } table[] = {
    { "Europe/Berlin", 14 },
    { "/freeassociation.sourceforge.net/Europe/Berlin", 14 },
    { "/citadel.org/20210210_1/America/New_York", 8 },
    { "/a/b/c/d/e/f/Europe/Berlin", 14 },
    { "host.example/x/y/z/America/Argentina/Salta", 9 },
    { "/a/b/c/America/Argentina", -1 },
    { "W. Europe Standard Time", 14 },
    { "Eastern Standard Time", 8 },
    { "(UTC-05:00) Eastern Time (US and Canada)", 8 },
    { "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 14 },
    { "UTC+02:00", 14 },
    { "GMT-0300", 9 },
    { "UTC+2", 14 },
    { "+0200", 14 },
    { "(GMT +02:00)", 14 },
    { "GMT+130", -1 }, /* 1:30, or 13:00? */
    { "UTC+02:", -1 },
    { "UTC+2:3", -1 },
    { "UTC", 12 },
    { "Custom", -1 },
    { "", -1 },
    { "/", -1 },
    { "../../etc/passwd", -1 },
    { "/etc/localtime", -1 },
    { "%s%n", -1 },
    { "UTC+99:99", -1 },
  };
  g_autoptr (TrkZoneNames) names = trk_zone_names_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TrkTimezone *zone = find (names, table[i].tzid);

      g_test_message ("%s", table[i].tzid);
      g_assert_cmpint (zone != NULL, ==, table[i].hours >= 0);
      if (zone != NULL)
        g_assert_cmpint (trk_timezone_wall (zone, at (2026, 7, 1, 12, 0)), ==,
                         at (2026, 7, 1, table[i].hours, 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timezone/rules-agree-with-system", test_rules_agree_with_system);
  g_test_add_func ("/timezone/gap-and-doubled-hour", test_gap_and_doubled_hour);
  g_test_add_func ("/timezone/bad-rules", test_bad_rules);
  g_test_add_func ("/timezone/rules-are-bounded", test_rules_are_bounded);
  g_test_add_func ("/timezone/names", test_names);
  return g_test_run ();
}
