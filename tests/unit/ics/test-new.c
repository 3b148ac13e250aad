/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-ics-new.h"
#include "trk-ics-time.h"
#include "trk-ics-timezone.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Events that are written anew, and the time zones beside them. */

static TrkInstant
at (const char *utc)
{
  TrkIcsTime time;

  g_assert_true (trk_ics_time_read (utc, &time));
  return trk_local_to_wall (time.local);
}

/* -- How times are written --------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *zone; /* a name, or a rule of POSIX, as TZ has it */
  const char *start, *end;
  guint weekdays;
  const char *said[3]; /* lines that are there */
  const char *unsaid;  /* and what is nowhere */
} Case;

#define BERLIN ";TZID=Europe/Berlin:"
#define RULE "CET-1CEST,M3.5.0,M10.5.0/3"
#define LOCAL ";TZID=trackerd-local:"
#define SUNDAYS (1u << 6)

static const Case cases[] = {
  { "zoned",
    "Europe/Berlin",
    "20261123T090000Z",
    "20261123T100000Z",
    0,
    { "DTSTART" BERLIN "20261123T100000", "DTEND" BERLIN "20261123T110000", "TZID:Europe/Berlin" },
    "RRULE:FREQ=WEEKLY" },
  { "weekly",
    "Europe/Berlin",
    "20261123T090000Z",
    "20261123T100000Z",
    1 | 1 << 2 | 1 << 4,
    { "DTSTART" BERLIN "20261123T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR",
      "TZID:Europe/Berlin" },
    "DURATION" },
  { "by-utc",
    "Etc/UTC",
    "20261123T090000Z",
    "20261123T100000Z",
    0,
    { "DTSTART:20261123T090000Z", "DTEND:20261123T100000Z", "SEQUENCE:0" },
    "VTIMEZONE" },
  { "weekly-by-utc",
    "UTC",
    "20261123T090000Z",
    "20261123T100000Z",
    1,
    { "DTSTART:20261123T090000Z", "DTEND:20261123T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO" },
    "TZID" },
  /* half past two is twice */
  { "at-the-first-of-two",
    "Europe/Berlin",
    "20261025T003000Z",
    "20261025T004500Z",
    0,
    { "DTSTART" BERLIN "20261025T023000", "DTEND" BERLIN "20261025T024500", "TZID:Europe/Berlin" },
    "DURATION" },
  { "at-the-second-of-two",
    "Europe/Berlin",
    "20261025T013000Z",
    "20261025T023000Z",
    0,
    { "DTSTART:20261025T013000Z", "DTEND:20261025T023000Z", "SEQUENCE:0" },
    "VTIMEZONE" },
  { "weekly-at-the-second-of-two",
    "Europe/Berlin",
    "20261025T013000Z",
    "20261025T023000Z",
    SUNDAYS,
    { "DTSTART" BERLIN "20261025T023000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=SU" },
    "DTEND" },
  { "to-the-second-of-two",
    "Europe/Berlin",
    "20261024T233000Z",
    "20261025T013000Z",
    0,
    { "DTSTART" BERLIN "20261025T013000", "DURATION:PT2H", "TZID:Europe/Berlin" },
    "DTEND" },
  /* a clock without a name */
  { "by-a-rule",
    RULE,
    "20261123T090000Z",
    "20261123T100000Z",
    0,
    { "DTSTART:20261123T090000Z", "DTEND:20261123T100000Z", "SEQUENCE:0" },
    "VTIMEZONE" },
  { "weekly-by-a-rule",
    RULE,
    "20261123T090000Z",
    "20261123T100000Z",
    1,
    { "DTSTART" LOCAL "20261123T100000", "DTEND" LOCAL "20261123T110000", "TZID:trackerd-local" },
    RULE },
};

static TrkZone *
zone_of (const char *name)
{
  TrkZone *zone;

  g_setenv ("TZ", name, TRUE);
  zone = trk_zone_new_system (NULL);
  g_unsetenv ("TZ");
  return zone;
}

static gboolean
has_line (const GString *text, const char *line)
{
  g_autofree char *whole = g_strconcat ("\r\n", line, "\r\n", NULL);

  return strstr (text->str, whole) != NULL;
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TrkZone) home = zone_of (row->zone);
  const TrkIcsNewEvent event = { .uid = "1",
                                 .summary = "a, b",
                                 .kind = row->weekdays != 0 ? "focus" : NULL,
                                 .period = { at (row->start), at (row->end) },
                                 .weekdays = row->weekdays };
  g_autoptr (GString) text = trk_ics_new_file (&event, home, at ("20261101T000000Z"));

  for (gsize i = 0; i < G_N_ELEMENTS (row->said); i++)
    if (!has_line (text, row->said[i]))
      g_assert_cmpstr (text->str, ==, row->said[i]);
  g_assert_null (strstr (text->str, row->unsaid));
  g_assert_true (has_line (text, "SUMMARY:a\\, b"));
  g_assert_true (has_line (text, "DTSTAMP:20261101T000000Z"));
  g_assert_true (has_line (text, "X-TRACKERD-KIND:focus") == (event.kind != NULL));
  g_assert_true ((strstr (text->str, "BEGIN:VTIMEZONE") != NULL)
                 == (strstr (row->said[0], "TZID") != NULL));
}

/* Into a file that has the zone already, or another one, or takes nothing. */
static void
test_add (void)
{
  static const struct
  {
    const char *rest;
    guint zones; /* then */
  } rows[] = {
    { "", 1 },
    { "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n", 1 },
    { "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nEND:VTIMEZONE\r\n", 2 },
    { "METHOD:CANCEL\r\n", 0 },
  };
  const TrkIcsNewEvent event = { .uid = "1",
                                 .summary = "x",
                                 .period = { at ("20261123T090000Z"), at ("20261123T100000Z") } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *before = g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", rows[i].rest,
                                             "END:VCALENDAR\r\n", NULL);
      g_autoptr (TrkZone) home = zone_of ("Europe/Berlin");
      g_autoptr (TrkIcsFile) file = trk_ics_file_new (before, strlen (before), NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = trk_ics_add (file, &event, home, 0, &error);
      g_auto (GStrv) parts = NULL;

      g_assert_true ((text != NULL) == (rows[i].zones > 0));
      if (text == NULL)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
          continue;
        }
      parts = g_strsplit (text->str, "BEGIN:VTIMEZONE", -1);
      g_assert_cmpuint (g_strv_length (parts) - 1, ==, rows[i].zones);
    }
}

/* -- Time zones -------------------------------------------------------------------------------- */

typedef struct
{
  TrkInstant from; /* when it begins */
  TrkDuration offset;
} Onset;

static TrkDuration
offset_read (const char *text, const char *name)
{
  const char *value = strstr (text, name) + strlen (name) + 1;
  int hours = 0, minutes = 0, seconds = 0;

  g_assert_cmpint (sscanf (value + 1, "%2d%2d%2d", &hours, &minutes, &seconds), >=, 2);
  return (*value == '-' ? -1 : 1)
         * (hours * TRK_HOUR + minutes * TRK_MINUTE + seconds * TRK_SECOND);
}

/* The @n-th of that weekday in the month; -1: the last one. */
static TrkDay
nth_weekday (int year, int month, int n, int weekday)
{
  TrkDay first = trk_day_from_ymd (year, month, 1);
  TrkDay next = trk_day_from_ymd (month == 12 ? year + 1 : year, month % 12 + 1, 1);

  if (n > 0)
    return first + (weekday - trk_day_weekday (first) + 7) % 7 + 7 * (n - 1);
  return next - 1 - (trk_day_weekday (next - 1) - weekday + 7) % 7;
}

static void
add_onsets (GArray *onsets, const char *observance, int last_year)
{
  static const char days[] = "MOTUWETHFRSASU";
  const char *rule = strstr (observance, "RRULE:FREQ=YEARLY;BYMONTH=");
  TrkDuration from = offset_read (observance, "TZOFFSETFROM");
  Onset onset = { 0, offset_read (observance, "TZOFFSETTO") };
  g_autofree char *start = g_strndup (strstr (observance, "DTSTART:") + 8, 15);
  TrkIcsTime time;
  int year, month, n, ignored;
  char day[3];

  g_assert_true (trk_ics_time_read (start, &time));
  trk_day_to_ymd (time.local.day, &year, &ignored, &ignored);
  onset.from = trk_local_to_wall (time.local) - from;
  g_array_append_val (onsets, onset);
  if (rule == NULL)
    return;
  g_assert_cmpint (sscanf (rule, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%2s", &month, &n, day), ==,
                   3);
  g_assert_cmpint (nth_weekday (year, month, n, (int) (strstr (days, day) - days) / 2 + 1), ==,
                   time.local.day);
  for (year++; year <= last_year; year++)
    {
      time.local.day = nth_weekday (year, month, n, (int) (strstr (days, day) - days) / 2 + 1);
      onset.from = trk_local_to_wall (time.local) - from;
      g_array_append_val (onsets, onset);
    }
}

static TrkDuration
offset_said (const GArray *onsets, TrkInstant instant)
{
  Onset last = { G_MININT64, 0 };

  for (guint i = 0; i < onsets->len; i++)
    {
      Onset onset = g_array_index (onsets, Onset, i);

      if (onset.from <= instant && onset.from > last.from)
        last = onset;
    }
  g_assert_cmpint (last.from, >, G_MININT64);
  return last.offset;
}

/* What a VTIMEZONE of ours says of the years from @year on is what the zone says. */
static void
assert_says (const char *name, int year)
{
  g_autoptr (TrkZone) zone = zone_of (name);
  g_autofree char *text = trk_ics_timezone_text (zone, "x", year, "\r\n");
  g_auto (GStrv) parts = g_strsplit (text, "BEGIN:", -1);
  g_autoptr (GArray) onsets = g_array_new (FALSE, FALSE, sizeof (Onset));
  const TrkInstant end = trk_day_from_ymd (year + 10, 1, 1) * 24 * TRK_HOUR;

  for (char **part = parts + 2; *part != NULL; part++) /* behind VTIMEZONE */
    add_onsets (onsets, *part, year + 9);
  for (TrkInstant now = trk_day_from_ymd (year, 1, 1) * 24 * TRK_HOUR; now < end;
       now += 30 * TRK_MINUTE)
    if (offset_said (onsets, now) != trk_local_to_wall (trk_zone_local (zone, now)) - now)
      {
        g_autofree char *iso = trk_instant_to_iso (now);

        g_error ("%s at %s: %s", name, iso, text);
      }
}

static void
test_time_zones (void)
{
  static const struct
  {
    const char *zone;
    int year;
  } rows[] = {
    { "Europe/Berlin", 2026 },       { "America/New_York", 2026 }, { "Australia/Sydney", 2026 },
    { "Australia/Lord_Howe", 2026 }, { "Europe/Dublin", 2026 },    { "Africa/Casablanca", 2026 },
    { "Africa/Cairo", 2026 },        { "America/Santiago", 2026 }, { "America/Havana", 2026 },
    { "America/New_York", 2003 },    { "Asia/Gaza", 2026 },        { "Antarctica/Troll", 2026 },
    { "Asia/Tokyo", 2026 },          { "Africa/Monrovia", 1970 },  { "America/Sao_Paulo", 2012 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_says (rows[i].zone, rows[i].year);
}

/* When clocks change in one year: forward by an hour, or what @offset says, and back. */
typedef struct
{
  int month, nth, weekday, hour; /* of winter's clock */
  TrkDuration offset;            /* of summer */
  int back_month, back_nth, back_weekday, back_hour;
} Summer;

static void
append_number (GByteArray *out, gint64 number)
{
  const guint32 bytes = GUINT32_TO_BE ((guint32) number);

  g_byte_array_append (out, (const guint8 *) &bytes, sizeof bytes);
}

static gint64
second_of (int year, int month, int nth, int weekday, int hour)
{
  return (nth_weekday (year, month, nth, weekday) * 24 + hour) * 3600;
}

/* A file of the zone whose summers are @usual, but for that of @odd_year, which is @odd; winter is
 * UTC. */
static void
write_zone (const char *file, const Summer *usual, int odd_year, const Summer *odd)
{
  enum
  {
    FIRST = 2020,
    YEARS = 17 /* an instant of version 1 ends in 2038 */
  };
  const gint64 counts[] = { 0, 0, 0, 2 * YEARS, 3, 1 };
  const TrkDuration offsets[] = { 0, usual->offset, odd->offset };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 zeroes[16] = { 0 };

  g_byte_array_append (out, (const guint8 *) "TZif", 4);
  g_byte_array_append (out, zeroes, 16);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    append_number (out, counts[i]);
  for (int year = FIRST; year < FIRST + YEARS; year++)
    {
      const Summer *s = year == odd_year ? odd : usual;

      append_number (out, second_of (year, s->month, s->nth, s->weekday, s->hour));
      append_number (out,
                     second_of (year, s->back_month, s->back_nth, s->back_weekday, s->back_hour));
    }
  for (int year = FIRST; year < FIRST + YEARS; year++)
    g_byte_array_append (out, (const guint8[]){ year == odd_year ? 2 : 1, 0 }, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      append_number (out, offsets[i] / TRK_SECOND);
      g_byte_array_append (out, zeroes, 2);
    }
  g_byte_array_append (out, zeroes, 1);
  g_assert_true (g_file_set_contents (file, (const char *) out->data, out->len, NULL));
}

/* One year in which one thing is another is enough that no rule says when clocks change. */
static void
test_moving_changes (void)
{
  const Summer last = { 3, -1, 7, 2, TRK_HOUR, 10, -1, 7, 2 };
  const Summer second = { 3, 2, 7, 2, TRK_HOUR, 11, 1, 7, 2 };
  const struct
  {
    const Summer *usual;
    Summer odd;
    gboolean by_rule;
  } rows[] = {
    { &last, last, TRUE },
    { &second, second, TRUE },
    { &last, { 4, -1, 7, 2, TRK_HOUR, 10, -1, 7, 2 }, FALSE },
    { &last, { 3, -1, 6, 2, TRK_HOUR, 10, -1, 7, 2 }, FALSE },
    { &last, { 3, 3, 7, 2, TRK_HOUR, 10, -1, 7, 2 }, FALSE },
    { &last, { 3, -1, 7, 3, TRK_HOUR, 10, -1, 7, 2 }, FALSE },
    { &last, { 3, -1, 7, 2, 2 * TRK_HOUR, 10, -1, 7, 1 }, FALSE },
    { &last, { 3, -1, 7, 2, TRK_HOUR, 9, -1, 7, 2 }, FALSE },
    { &last, { 3, -1, 7, 2, TRK_HOUR, 10, -1, 6, 2 }, FALSE },
    { &last, { 3, -1, 7, 2, TRK_HOUR, 10, 2, 7, 2 }, FALSE },
    { &last, { 3, -1, 7, 2, TRK_HOUR, 10, -1, 7, 3 }, FALSE },
    { &second, { 4, 2, 7, 2, TRK_HOUR, 11, 1, 7, 2 }, FALSE },
    { &second, { 3, 2, 1, 2, TRK_HOUR, 11, 1, 7, 2 }, FALSE },
    { &second, { 3, 3, 7, 2, TRK_HOUR, 11, 1, 7, 2 }, FALSE },
    { &second, { 3, 2, 7, 2, TRK_HOUR, 11, 2, 7, 2 }, FALSE },
  };
  g_autofree char *folder = g_dir_make_tmp ("trk-zone-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "moving", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int odd_year = 2025; odd_year < 2034; odd_year += 4)
      {
        write_zone (file, rows[i].usual, odd_year, &rows[i].odd);
        g_autoptr (TrkZone) zone = zone_of (file);
        g_autofree char *text = trk_ics_timezone_text (zone, "x", 2026, "\r\n");

        g_assert_true ((strstr (text, "RRULE") != NULL) == rows[i].by_rule);
        assert_says (file, 2026);
      }
  g_unlink (file);
  g_rmdir (folder);
}

/* A clock that never changes has always been so. */
static void
test_steady_zone (void)
{
  g_autoptr (TrkZone) zone = zone_of ("Asia/Tokyo");
  g_autofree char *text = trk_ics_timezone_text (zone, "a,b", 2026, "\n");

  g_assert_cmpstr (text, ==,
                   "BEGIN:VTIMEZONE\nTZID:a\\,b\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
                   "TZOFFSETFROM:+0900\nTZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ics/new/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/ics/new/add", test_add);
  g_test_add_func ("/ics/new/time-zones", test_time_zones);
  g_test_add_func ("/ics/new/moving-changes", test_moving_changes);
  g_test_add_func ("/ics/new/steady-zone", test_steady_zone);
  return g_test_run ();
}
