/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-ics-change.h"

#include <string.h>

/* What becomes of a file's events, line by line, and what is refused. */

#define NOW "20261123T090000Z"
#define BERLIN ";TZID=Europe/Berlin:"

/* Five days from Monday, 23 November, at ten. */
#define SERIES "DTSTART" BERLIN "20261123T100000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=5"
/* The same as whole days. */
#define DAYS "DTSTART;VALUE=DATE:20261123|RRULE:FREQ=DAILY;COUNT=5"
/* Tuesday's, at one, and from Thursday on at eleven. */
#define MOVED                                                                                      \
  "RECURRENCE-ID" BERLIN "20261124T100000|DTSTART" BERLIN "20261124T130000|DURATION:PT1H"
#define RANGE                                                                                      \
  "RECURRENCE-ID;RANGE=THISANDFUTURE" BERLIN "20261126T100000|DTSTART" BERLIN                      \
  "20261126T110000|DURATION:PT1H"

/* Of a series: the ID of the instance, where it is and where it is to be. */
#define TUESDAY "20261124T090000Z", "20261124T090000Z/20261124T100000Z"
#define AT_ONE "20261124T120000Z/20261124T130000Z"
#define LATER "20261124T103000Z/20261124T113000Z"    /* by an hour and a half */
#define NEXT_DAY "20261125T090000Z/20261125T100000Z" /* by a day */
#define LONGER "20261124T103000Z/20261124T123000Z"   /* the first, for twice as long */

typedef enum
{
  MOVE,
  MOVE_ALL,
  REMOVE,
  REMOVE_ALL,
} Action;

typedef struct
{
  const char *name;
  const char *events; /* their lines but the UID, parted by "|"; events by " & " */
  Action action;
  const char *id, *from; /* the occurrence: RECURRENCE-ID and period, of dates when it is all day */
  const char *to;        /* (MOVE, MOVE_ALL) */
  const char *after;     /* the events then; "*": DTSTAMP and LAST-MODIFIED are now, SEQUENCE 1.
                            NULL: refused */
  const char *said;      /* then */
} Case;

static const Case cases[] = {
  /* one */
  { "single", "DTSTART:20261123T090000Z|DTEND:20261123T100000Z", MOVE, NULL,
    "20261123T090000Z/20261123T100000Z", "20261124T090000Z/20261124T103000Z",
    "*DTSTART:20261124T090000Z|DTEND:20261124T103000Z" },
  { "single-without-a-length", "DTSTART:20261123T090000Z", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T090000Z",
    "*DTSTART:20261124T090000Z" },
  { "single-gets-a-length", "DTSTART:20261123T090000Z|SUMMARY:x", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T093000Z",
    "*DTSTART:20261124T090000Z|DURATION:PT30M|SUMMARY:x" },
  { "single-of-another-length", "DTSTART:20261123T090000Z|DURATION:PT1H", MOVE, NULL,
    "20261123T090000Z/20261123T100000Z", "20261123T090000Z/20261123T104500Z",
    "*DTSTART:20261123T090000Z|DURATION:PT1H45M" },
  { "day-to-a-longer-one", "DTSTART;VALUE=DATE:20261024", MOVE, NULL, "20261024/20261025",
    "20261025/20261026", "*DTSTART;VALUE=DATE:20261025" },
  { "day-to-two", "DTSTART;VALUE=DATE:20261024", MOVE, NULL, "20261024/20261025",
    "20261024/20261026", "*DTSTART;VALUE=DATE:20261024|DURATION:P2D" },
  { "zoned-to-the-second-half-past-two", "DTSTART" BERLIN "20261024T100000|DURATION:PT1H", MOVE,
    NULL, "20261024T080000Z/20261024T090000Z", "20261025T013000Z/20261025T023000Z",
    "*DTSTART:20261025T013000Z|DURATION:PT1H" },
  { "floating-to-the-second-half-past-two", "DTSTART:20261024T100000|DURATION:PT1H", MOVE, NULL,
    "20261024T080000Z/20261024T090000Z", "20261025T013000Z/20261025T023000Z", NULL,
    "cannot be changed to that" },
  { "remove-single", "DTSTART:20261123T090000Z|DURATION:PT1H", REMOVE, NULL,
    "20261123T090000Z/20261123T100000Z", NULL, "" },
  { "twice-in-the-file", "DTSTART:20261123T090000Z & DTSTART:20261124T090000Z", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", AT_ONE, NULL, "a second time" },
  { "no-start", "SUMMARY:x", REMOVE, NULL, "20261123T090000Z/20261123T090000Z", NULL, NULL,
    "no DTSTART" },
  { "start-is-no-time", "DTSTART:soon", REMOVE, NULL, "20261123T090000Z/20261123T090000Z", NULL,
    NULL, "no DTSTART that can be changed" },

  /* revisions */
  { "another-organiser", "DTSTART:20261123T090000Z|ORGANIZER:mailto:x@y|SEQUENCE:7", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T090000Z",
    "DTSTART:20261124T090000Z|DTSTAMP:" NOW "|LAST-MODIFIED:" NOW
    "|ORGANIZER:mailto:x@y|SEQUENCE:7" },
  { "organiser-is-the-user", "DTSTART:20261123T090000Z|ORGANIZER:MAILTO:Me@Example.org", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T090000Z",
    "*DTSTART:20261124T090000Z|ORGANIZER:MAILTO:Me@Example.org" },
  { "organiser-without-a-scheme", "DTSTART:20261123T090000Z|ORGANIZER:me@example.org", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T090000Z",
    "*DTSTART:20261124T090000Z|ORGANIZER:me@example.org" },
  { "revised-before", "DTSTART:20261123T090000Z|DTSTAMP:20260101T000000Z|SEQUENCE:4", MOVE, NULL,
    "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T090000Z",
    "DTSTART:20261124T090000Z|LAST-MODIFIED:" NOW "|DTSTAMP:" NOW "|SEQUENCE:5" },
  { "revision-is-no-number", "DTSTART:20261123T090000Z|DTSTAMP:20260101T000000Z|SEQUENCE:four",
    MOVE, NULL, "20261123T090000Z/20261123T090000Z", "20261124T090000Z/20261124T090000Z",
    "DTSTART:20261124T090000Z|LAST-MODIFIED:" NOW "|DTSTAMP:" NOW "|SEQUENCE:four" },

  /* one of a series */
  { "instance", SERIES, MOVE, TUESDAY, AT_ONE,
    SERIES " & *DTSTART" BERLIN "20261124T130000|RECURRENCE-ID" BERLIN
           "20261124T100000|DURATION:PT1H" },
  { "instance-without-its-rules",
    SERIES "|RDATE" BERLIN "20261201T100000|EXDATE" BERLIN "20261125T100000|EXRULE:FREQ=YEARLY",
    MOVE, TUESDAY, AT_ONE,
    SERIES "|RDATE" BERLIN "20261201T100000|EXDATE" BERLIN
           "20261125T100000|EXRULE:FREQ=YEARLY & *DTSTART" BERLIN
           "20261124T130000|RECURRENCE-ID" BERLIN "20261124T100000|DURATION:PT1H" },
  { "instance-beside-a-range", SERIES " & " RANGE, MOVE, TUESDAY, AT_ONE, NULL,
    "changed from one instance on" },
  { "range-itself", SERIES " & " RANGE, MOVE, "20261126T090000Z",
    "20261126T100000Z/20261126T110000Z", AT_ONE, NULL, "changes all that follow" },
  { "remove-range", SERIES " & " RANGE, REMOVE, "20261126T090000Z",
    "20261126T100000Z/20261126T110000Z", NULL, NULL, "changes all that follow" },
  { "override-again", SERIES " & " MOVED, MOVE, "20261124T090000Z", AT_ONE,
    "20261124T140000Z/20261124T150000Z",
    SERIES " & *RECURRENCE-ID" BERLIN "20261124T100000|DTSTART" BERLIN
           "20261124T150000|DURATION:PT1H" },
  { "override-to-the-second-half-past-two",
    "DTSTART" BERLIN "20261023T100000|DURATION:PT1H|RRULE:FREQ=DAILY & RECURRENCE-ID" BERLIN
    "20261025T100000|DTSTART" BERLIN "20261025T110000|DURATION:PT1H",
    MOVE, "20261025T090000Z", "20261025T100000Z/20261025T110000Z",
    "20261025T013000Z/20261025T023000Z",
    "DTSTART" BERLIN "20261023T100000|DURATION:PT1H|RRULE:FREQ=DAILY & *RECURRENCE-ID" BERLIN
    "20261025T100000|DTSTART:20261025T013000Z|DURATION:PT1H" },
  { "remove-instance", SERIES "|SUMMARY:x", REMOVE, TUESDAY, NULL,
    "*" SERIES "|EXDATE" BERLIN "20261124T100000|SUMMARY:x" },
  { "remove-one-more", SERIES "|EXDATE" BERLIN "20261125T100000|SUMMARY:x", REMOVE, TUESDAY, NULL,
    "*" SERIES "|EXDATE" BERLIN "20261125T100000|EXDATE" BERLIN "20261124T100000|SUMMARY:x" },
  { "override-named-in-utc-with-a-zone",
    SERIES " & RECURRENCE-ID" BERLIN "20261124T090000Z|DTSTART" BERLIN
           "20261124T120000Z|DURATION:PT1H",
    MOVE, "20261124T090000Z", AT_ONE, "20261124T140000Z/20261124T150000Z",
    SERIES " & *RECURRENCE-ID" BERLIN "20261124T090000Z|DTSTART" BERLIN
           "20261124T140000Z|DURATION:PT1H" },
  { "remove-override-named-in-utc-with-a-zone",
    SERIES " & RECURRENCE-ID" BERLIN "20261124T090000Z|DTSTART" BERLIN
           "20261124T130000|DURATION:PT1H",
    REMOVE, "20261124T090000Z", AT_ONE, NULL, "*" SERIES "|EXDATE" BERLIN "20261124T100000" },
  { "instance-of-a-series-in-utc-with-a-zone",
    "DTSTART" BERLIN "20261123T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY", MOVE, TUESDAY, AT_ONE,
    "DTSTART" BERLIN "20261123T090000Z|DURATION:PT1H|RRULE:FREQ=DAILY & *DTSTART" BERLIN
    "20261124T120000Z|RECURRENCE-ID:20261124T090000Z|DURATION:PT1H" },
  { "remove-override", SERIES " & " MOVED, REMOVE, "20261124T090000Z", AT_ONE, NULL,
    "*" SERIES "|EXDATE" BERLIN "20261124T100000" },
  { "remove-a-day", DAYS, REMOVE, "20261124", "20261124/20261125", NULL,
    "*" DAYS "|EXDATE;VALUE=DATE:20261124" },
  { "remove-all", SERIES " & " MOVED, REMOVE_ALL, TUESDAY, NULL, "" },
  { "override-alone", MOVED, REMOVE, "20261124T090000Z", AT_ONE, NULL, "" },
  { "move-of-a-series-elsewhere", MOVED, MOVE, "20261125T090000Z", NEXT_DAY, AT_ONE, NULL,
    "does not hold the series" },
  { "remove-of-a-series-elsewhere", MOVED, REMOVE, "20261125T090000Z", NEXT_DAY, NULL, NULL,
    "does not hold the series" },

  { "override-of-a-day", DAYS " & RECURRENCE-ID;VALUE=DATE:20261124|DTSTART;VALUE=DATE:20261126",
    MOVE, "20261124", "20261126/20261127", "20261125/20261126",
    DAYS " & *RECURRENCE-ID;VALUE=DATE:20261124|DTSTART;VALUE=DATE:20261125" },

  /* all of it */
  { "all", SERIES, MOVE_ALL, TUESDAY, LATER,
    "*DTSTART" BERLIN "20261123T113000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=5" },
  { "all-until-an-instant",
    "DTSTART" BERLIN "20261123T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261127T090000Z",
    MOVE_ALL, TUESDAY, LATER,
    "*DTSTART" BERLIN "20261123T113000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261127T103000Z" },
  { "all-until-a-local-time",
    "DTSTART" BERLIN "20261123T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261127T100000",
    MOVE_ALL, TUESDAY, LATER,
    "*DTSTART" BERLIN "20261123T113000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261127T113000" },
  { "all-until-a-day",
    "DTSTART" BERLIN "20261123T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261127", MOVE_ALL,
    TUESDAY, NEXT_DAY,
    "*DTSTART" BERLIN "20261124T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261128" },
  { "all-until-nonsense",
    "DTSTART" BERLIN "20261123T100000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=soon", MOVE_ALL, TUESDAY,
    LATER, NULL, "end of its rule cannot be moved" },
  { "all-by-hours", SERIES ";BYHOUR=10", MOVE_ALL, TUESDAY, LATER, NULL, "names hours" },
  { "all-by-minutes", SERIES ";BYMINUTE=0", MOVE_ALL, TUESDAY, LATER, NULL, "names hours" },
  { "all-by-excluded-hours", SERIES "|EXRULE:FREQ=DAILY;BYHOUR=10", MOVE_ALL, TUESDAY, LATER, NULL,
    "names hours" },
  { "all-by-days-within-them", SERIES ";BYDAY=MO,TU", MOVE_ALL, TUESDAY, LATER,
    "*DTSTART" BERLIN "20261123T113000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=5;BYDAY=MO,TU" },
  { "all-by-days-to-others", SERIES ";BYDAY=MO,TU", MOVE_ALL, TUESDAY, NEXT_DAY, NULL,
    "names days" },
  { "all-by-days-first",
    "DTSTART" BERLIN "20261123T100000|DURATION:PT1H|RRULE:BYDAY=MO,TU;FREQ=WEEKLY", MOVE_ALL,
    TUESDAY, NEXT_DAY, NULL, "names days" },
  { "all-monthly", "DTSTART" BERLIN "20261124T100000|DURATION:PT1H|RRULE:FREQ=MONTHLY", MOVE_ALL,
    TUESDAY, NEXT_DAY, NULL, "names days" },
  { "all-yearly", "DTSTART" BERLIN "20261124T100000|DURATION:PT1H|RRULE:FREQ=YEARLY", MOVE_ALL,
    TUESDAY, NEXT_DAY, NULL, "names days" },
  { "all-with-dates",
    SERIES
    "|RDATE;VALUE=PERIOD:20261201T090000Z/PT1H,20261202T090000Z/20261202T100000Z|EXDATE" BERLIN
    "20261125T100000,20261126T100000",
    MOVE_ALL, TUESDAY, LATER,
    "*DTSTART" BERLIN "20261123T113000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=5"
    "|RDATE;VALUE=PERIOD:20261201T103000Z/PT1H,20261202T103000Z/20261202T113000Z|EXDATE" BERLIN
    "20261125T113000,20261126T113000" },
  { "all-with-a-date-that-is-none", SERIES "|EXDATE" BERLIN "soon", MOVE_ALL, TUESDAY, LATER, NULL,
    "one of its dates cannot be moved" },
  /* ten o'clock in Berlin is another time in New York where the one sets its clock back alone */
  { "all-with-a-date-of-another-zone",
    "DTSTART" BERLIN "20261020T100000|DURATION:PT1H|RRULE:FREQ=DAILY"
    "|EXDATE;TZID=America/New_York:20261024T040000",
    MOVE_ALL, "20261021T080000Z", "20261021T080000Z/20261021T090000Z",
    "20261022T080000Z/20261022T090000Z",
    "*DTSTART" BERLIN "20261021T100000|DURATION:PT1H|RRULE:FREQ=DAILY"
    "|EXDATE;TZID=America/New_York:20261025T050000" },
  /* each value by its own Z: the series is at ten on both sides of the change */
  { "all-with-dates-in-utc-and-local",
    "DTSTART" BERLIN "20261021T100000|DURATION:PT1H|RRULE:FREQ=DAILY"
    "|EXDATE" BERLIN "20261023T080000Z,20261026T100000"
    "|RDATE" BERLIN "20261101T120000,20261102T120000Z",
    MOVE_ALL, "20261021T080000Z", "20261021T080000Z/20261021T090000Z",
    "20261021T093000Z/20261021T103000Z",
    "*DTSTART" BERLIN "20261021T113000|DURATION:PT1H|RRULE:FREQ=DAILY"
    "|EXDATE" BERLIN "20261023T093000Z,20261026T113000"
    "|RDATE" BERLIN "20261101T133000,20261102T133000Z" },
  { "all-with-other-words",
    SERIES " & RECURRENCE-ID" BERLIN "20261125T100000|DTSTART" BERLIN
           "20261125T100000|DURATION:PT1H|SUMMARY:w & " MOVED,
    MOVE_ALL, "20261126T090000Z", "20261126T090000Z/20261126T100000Z",
    "20261126T103000Z/20261126T113000Z",
    "*DTSTART" BERLIN
    "20261123T113000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=5 & *RECURRENCE-ID" BERLIN
    "20261125T113000|DTSTART" BERLIN "20261125T113000|DURATION:PT1H|SUMMARY:w"
    " & *RECURRENCE-ID" BERLIN "20261124T113000|DTSTART" BERLIN "20261124T130000|DURATION:PT1H" },
  { "all-longer",
    SERIES " & RECURRENCE-ID" BERLIN "20261125T100000|DTSTART" BERLIN "20261125T100000|DTEND" BERLIN
           "20261125T110000 & RECURRENCE-ID" BERLIN "20261126T100000|DTSTART" BERLIN
           "20261126T100000|DURATION:PT30M & RECURRENCE-ID" BERLIN "20261127T100000|DTSTART" BERLIN
           "20261127T100000|DURATION:PT1H",
    MOVE_ALL, TUESDAY, LONGER,
    "*DTSTART" BERLIN
    "20261123T113000|DURATION:PT2H|RRULE:FREQ=DAILY;COUNT=5 & *RECURRENCE-ID" BERLIN
    "20261125T113000|DTSTART" BERLIN "20261125T113000|DTEND" BERLIN
    "20261125T133000 & *RECURRENCE-ID" BERLIN "20261126T113000|DTSTART" BERLIN
    "20261126T113000|DURATION:PT30M & *RECURRENCE-ID" BERLIN "20261127T113000|DTSTART" BERLIN
    "20261127T113000|DURATION:PT2H" },
  { "all-beside-a-range", SERIES " & " RANGE, MOVE_ALL, TUESDAY, LATER, NULL,
    "changes all that follow" },
  { "all-by-one-that-was-moved", SERIES " & " MOVED, MOVE_ALL, "20261124T090000Z", AT_ONE, LATER,
    NULL, "was moved already" },
  { "all-by-one-with-other-words",
    SERIES " & RECURRENCE-ID" BERLIN "20261124T100000|DTSTART" BERLIN
           "20261124T100000|DURATION:PT1H|SUMMARY:w",
    MOVE_ALL, TUESDAY, LATER, NULL, "was moved already" },
  { "all-by-one-that-stands-elsewhere", SERIES, MOVE_ALL, "20261124T090000Z", AT_ONE, LATER, NULL,
    "was moved already" },
  { "all-of-a-series-elsewhere", MOVED, MOVE_ALL, TUESDAY, LATER, NULL,
    "does not hold the series" },
  { "all-to-an-end-that-is-twice",
    "DTSTART" BERLIN "20261024T013000|DTEND" BERLIN "20261024T033000|RRULE:FREQ=DAILY", MOVE_ALL,
    "20261023T233000Z", "20261023T233000Z/20261024T013000Z", "20261024T233000Z/20261025T013000Z",
    NULL, "does not say that time" },
  { "all-days", DAYS "|EXDATE;VALUE=DATE:20261125", MOVE_ALL, "20261124", "20261124/20261125",
    "20261126/20261127",
    "*DTSTART;VALUE=DATE:20261125|RRULE:FREQ=DAILY;COUNT=5|EXDATE;VALUE=DATE:20261127" },
  /* the day that is named is an hour shorter than the first */
  { "all-days-by-a-shorter-one",
    "DTSTART;VALUE=DATE:20260326|DTEND;VALUE=DATE:20260327|RRULE:FREQ=DAILY", MOVE_ALL, "20260327",
    "20260327/20260328", "20260329/20260330",
    "*DTSTART;VALUE=DATE:20260328|DTEND;VALUE=DATE:20260329|RRULE:FREQ=DAILY" },
  /* that one stands at half past three because half past two was not there */
  { "all-by-one-in-a-gap", "DTSTART" BERLIN "20260327T023000|DURATION:PT1H|RRULE:FREQ=DAILY",
    MOVE_ALL, "20260329T013000Z", "20260329T013000Z/20260329T023000Z",
    "20260329T023000Z/20260329T033000Z",
    "*DTSTART" BERLIN "20260327T043000|DURATION:PT1H|RRULE:FREQ=DAILY" },
};

/* -- A file ------------------------------------------------------------------------------------ */

static GString *
file_of (const char *events)
{
  g_auto (GStrv) parts = g_strsplit (events, " & ", -1);
  GString *text = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");

  for (char **part = parts; *part != NULL; part++)
    {
      g_auto (GStrv) lines = g_strsplit (*part, "|", -1);
      g_autofree char *joined = g_strjoinv ("\r\n", lines);

      g_string_append_printf (text, "BEGIN:VEVENT\r\nUID:1\r\n%s\r\nEND:VEVENT\r\n", joined);
    }
  g_string_append (text, "END:VCALENDAR\r\n");
  return text;
}

/* What a revision writes: all of it stands as "*", less of it as it is. */
static char *
event_text (const char *bytes)
{
  static const char *const revision[] = { "DTSTAMP:" NOW, "LAST-MODIFIED:" NOW, "SEQUENCE:1" };
  g_auto (GStrv) lines = g_strsplit (bytes, "\r\n", -1);
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  gboolean revised = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (revision); i++)
    revised = revised && g_strv_contains ((const char *const *) lines, revision[i]);
  for (char **line = lines; *line != NULL; line++)
    {
      gboolean known = line[1] == NULL || g_str_equal (*line, "UID:1");

      for (gsize i = 0; revised && i < G_N_ELEMENTS (revision); i++)
        known = known || g_str_equal (*line, revision[i]);
      if (!known)
        g_ptr_array_add (rest, *line);
    }
  g_ptr_array_add (rest, NULL);
  joined = g_strjoinv ("|", (GStrv) rest->pdata);
  return g_strconcat (revised ? "*" : "", joined, NULL);
}

static char *
events_text (const GString *file)
{
  g_auto (GStrv) parts = g_strsplit (file->str, "BEGIN:VEVENT\r\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (char **part = parts + 1; *part != NULL; part++)
    {
      g_autofree char *text = NULL;

      *strstr (*part, "END:VEVENT") = '\0';
      text = event_text (*part);
      g_string_append_printf (out, "%s%s", out->len > 0 ? " & " : "", text);
    }
  return g_strdup (out->str);
}

/* -- A change ---------------------------------------------------------------------------------- */

static TrkPeriod
period_of (const char *text, const TrkZone *home, gboolean *days)
{
  g_auto (GStrv) ends = g_strsplit (text, "/", 2);
  TrkInstant at[2];

  for (guint i = 0; i < 2; i++)
    {
      TrkIcsTime time;

      g_assert_true (trk_ics_time_read (ends[i], &time));
      *days = time.form == TRK_ICS_DATE;
      at[i] = *days ? trk_zone_instant (home, time.local) : trk_local_to_wall (time.local);
    }
  return (TrkPeriod){ at[0], at[1] };
}

static TrkOccurrence *
occurrence_of (const Case *row, const TrkZone *home)
{
  TrkOccurrence *occurrence = trk_occurrence_new ();
  gboolean days;

  occurrence->uid = g_strdup ("1");
  occurrence->recurrence_id = g_strdup (row->id);
  occurrence->period = period_of (row->from, home, &days);
  occurrence->all_day = days;
  return occurrence;
}

static GString *
change (const Case *row, const TrkIcsFile *file, const TrkZone *home, GError **error)
{
  static const char *const me[] = { "x@example.org", "me@example.org", NULL };
  g_autoptr (TrkOccurrence) occurrence = occurrence_of (row, home);
  TrkPeriod wanted = { 0, 0 };
  gboolean days;
  g_autoptr (TrkIcsSeries) series = NULL;

  wanted.start = period_of (NOW "/" NOW, home, &days).start;
  series = trk_ics_series_new (file, "1", home, me, wanted.start, error);
  if (series == NULL)
    return NULL;
  if (row->to != NULL)
    wanted = period_of (row->to, home, &days);
  switch (row->action)
    {
    case MOVE:
      return trk_ics_move (series, occurrence, wanted, error);
    case MOVE_ALL:
      return trk_ics_move_all (series, occurrence, wanted, error);
    case REMOVE:
      return trk_ics_remove (series, occurrence, error);
    default:
      return trk_ics_remove_all (series, error);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TrkZone) home = trk_zone_new ("Europe/Berlin", NULL);
  g_autoptr (GString) before = file_of (row->events);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkIcsFile) file = trk_ics_file_new (before->str, before->len, &error);
  g_autoptr (GString) changed = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  changed = change (row, file, home, &error);
  if (row->after == NULL)
    {
      g_assert_null (changed);
      g_assert_nonnull (error);
      if (strstr (error->message, row->said) == NULL)
        g_assert_cmpstr (error->message, ==, row->said);
      return;
    }
  g_assert_no_error (error);
  after = events_text (changed);
  g_assert_cmpstr (after, ==, row->after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ics/edits/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
