/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

/* One calendar, its events, what they come to. */

typedef struct
{
  const char *name;
  const char *zone;
  const char *from, *to;
  const char *events;
  const char *want;
  const char *told; /* NULL: nothing may be told */
} Case;

static const Case cases[] = {
  { "gap", "Europe/Berlin", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z",
    EVENT ("a",
           "DTSTART;TZID=Europe/Berlin:20260328T023000\r\nDTEND;TZID=Europe/Berlin:"
           "20260328T033000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:s\r\n"),
    "2026-03-28T01:30:00Z/2026-03-28T02:30:00Z s\n2026-03-29T01:30:00Z/2026-03-29T02:30:00Z s\n"
    "2026-03-30T00:30:00Z/2026-03-30T01:30:00Z s\n",
    NULL },
  { "doubled-hour", "Europe/Berlin", "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z",
    EVENT ("a",
           "DTSTART;TZID=Europe/Berlin:20261024T023000\r\nDURATION:PT30M\r\n"
           "RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:s\r\n"),
    "2026-10-24T00:30:00Z/2026-10-24T01:00:00Z s\n2026-10-25T00:30:00Z/2026-10-25T01:00:00Z s\n"
    "2026-10-26T01:30:00Z/2026-10-26T02:00:00Z s\n",
    NULL },
  { "days-on-the-clock", "Europe/Berlin", "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z",
    EVENT ("a", "DTSTART;TZID=Europe/Berlin:20260328T120000\r\nDURATION:P1D\r\nSUMMARY:d\r\n")
        EVENT ("b",
               "DTSTART;TZID=Europe/Berlin:20260328T130000\r\nDURATION:PT24H\r\nSUMMARY:h\r\n"),
    "2026-03-28T11:00:00Z/2026-03-29T10:00:00Z d\n2026-03-28T12:00:00Z/2026-03-29T12:00:00Z h\n",
    NULL },
  { "floating-and-all-day", "America/New_York", "2026-11-22T00:00:00Z", "2026-11-26T00:00:00Z",
    EVENT ("a", "DTSTART:20261123T090000\r\nDTEND:20261123T100000\r\nSUMMARY:f\r\n")
        EVENT ("b", "DTSTART;VALUE=DATE:20261124\r\nSUMMARY:day\r\n"),
    "2026-11-23T14:00:00Z/2026-11-23T15:00:00Z f\n2026-11-24T05:00:00Z/2026-11-25T05:00:00Z day\n",
    NULL },
  { "over-midnight", "UTC", "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z",
    EVENT ("a", "DTSTART:20261123T220000Z\r\nDTEND:20261124T060000Z\r\nSUMMARY:night\r\n"),
    "2026-11-23T22:00:00Z/2026-11-24T06:00:00Z night\n", NULL },
  { "without-length", "UTC", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z",
    EVENT ("a", "DTSTART:20261123T090000Z\r\nSUMMARY:in\r\n")
        EVENT ("b", "DTSTART:20261123T100000Z\r\nSUMMARY:out\r\n"),
    "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z in\n", NULL },
  { "exceptions", "UTC", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z",
    EVENT ("a",
           "DTSTART:20261123T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=5\r\n"
           "EXDATE:20261124T090000Z\r\nEXDATE;VALUE=DATE:20261125\r\nSUMMARY:s\r\n")
        EVENT ("a",
               "RECURRENCE-ID:20261126T090000Z\r\nDTSTART:20261128T150000Z\r\nDURATION:PT2H\r\n"
               "SUMMARY:moved\r\n")
            EVENT ("a",
                   "RECURRENCE-ID:20261127T090000Z\r\nDTSTART:20261127T090000Z\r\n"
                   "STATUS:CANCELLED\r\n"),
    "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z s\n"
    "2026-11-28T15:00:00Z/2026-11-28T17:00:00Z moved\n",
    NULL },
  { "moved-out-of-and-into-the-window", "UTC", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z",
    EVENT ("a", "DTSTART:20261123T090000Z\r\nRRULE:FREQ=DAILY;COUNT=5\r\nSUMMARY:s\r\n") EVENT (
        "a", "RECURRENCE-ID:20261123T090000Z\r\nDTSTART:20270101T090000Z\r\nSUMMARY:away\r\n")
        EVENT ("a",
               "RECURRENCE-ID:20261127T090000Z\r\nDTSTART:20261123T120000Z\r\nSUMMARY:here\r\n"),
    "2026-11-23T12:00:00Z/2026-11-23T12:00:00Z here\n", NULL },
  { "this-and-future", "UTC", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z",
    EVENT ("a",
           "DTSTART:20261123T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4\r\n"
           "SUMMARY:s\r\n")
        EVENT ("a",
               "RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T090000Z\r\nDTSTART:20261125T110000Z\r\n"
               "DURATION:PT2H\r\nSUMMARY:t\r\n"),
    "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z s\n2026-11-24T09:00:00Z/2026-11-24T10:00:00Z s\n"
    "2026-11-25T11:00:00Z/2026-11-25T13:00:00Z t\n2026-11-26T11:00:00Z/2026-11-26T13:00:00Z t\n",
    NULL },
  { "extra-dates", "UTC", "2026-11-23T00:00:00Z", "2026-12-30T00:00:00Z",
    EVENT ("a",
           "DTSTART;TZID=Europe/Berlin:20261123T100000\r\nDURATION:PT1H\r\n"
           "RDATE;VALUE=PERIOD:20261124T090000Z/PT3H\r\n"
           "RDATE;TZID=America/New_York:20261125T040000\r\nSUMMARY:s\r\n"),
    "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z s\n2026-11-24T09:00:00Z/2026-11-24T12:00:00Z s\n"
    "2026-11-25T09:00:00Z/2026-11-25T10:00:00Z s\n",
    NULL },
  { "until-as-date", "Europe/Berlin", "2026-06-08T00:00:00Z", "2026-06-20T00:00:00Z",
    EVENT ("a",
           "DTSTART;TZID=Europe/Berlin:20260610T090000\r\nRRULE:FREQ=DAILY;UNTIL=20260611\r\n"
           "SUMMARY:s\r\n"),
    "2026-06-10T07:00:00Z/2026-06-10T07:00:00Z s\n2026-06-11T07:00:00Z/2026-06-11T07:00:00Z s\n",
    NULL },
  { "no-such-day", "UTC", "2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z",
    EVENT ("a", "DTSTART:20260230T090000Z\r\n") EVENT ("b", "DTSTART:20261301T090000Z\r\n") GOOD,
    GOOD_LINE, "there is no such day; this event is left out" },
  { "count-twice", "UTC", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z",
    EVENT ("a", "DTSTART:20261101T090000Z\r\nRRULE:FREQ=DAILY;COUNT=3;COUNT=5\r\n") GOOD, GOOD_LINE,
    "RRULE: “COUNT=5” names that part a second time" },
  { "endless-seconds", "UTC", "2026-11-20T00:00:00Z", "2027-01-01T00:00:00Z",
    EVENT ("a", "DTSTART:20200101T090000Z\r\nRRULE:FREQ=SECONDLY\r\n") GOOD, GOOD_LINE, "RRULE" },
  { "unknown-zone", "Europe/Berlin", "2026-11-20T00:00:00Z", "2026-11-25T00:00:00Z",
    EVENT ("a", "DTSTART;TZID=%s%n/../x:20261123T090000\r\nSUMMARY:s\r\n"),
    "2026-11-23T08:00:00Z/2026-11-23T08:00:00Z s\n", "is not known; read as your own" },
  { "hostile-text", "UTC", "2026-11-20T00:00:00Z", "2026-11-25T00:00:00Z",
    EVENT ("a", "DTSTART:20261123T090000Z\r\nSUMMARY:<b>%n &\r\n")
        EVENT ("b", "DTSTART:20261123T100000Z\r\nSUMMARY:caf\xe9\r\n"),
    "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z <b>%n &\n"
    "2026-11-23T10:00:00Z/2026-11-23T10:00:00Z café\n",
    "8859-1" },
  { "end-before-start", "UTC", "2026-11-20T00:00:00Z", "2026-11-25T00:00:00Z",
    EVENT ("a", "DTSTART:20261123T090000Z\r\nDTEND:20261123T080000Z\r\nSUMMARY:s\r\n") GOOD,
    "2026-11-23T09:00:00Z/2026-11-23T08:00:00Z s\n" GOOD_LINE, "end is before the start" },
  { "begun-long-before", "Europe/Berlin", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z",
    EVENT ("a", "DTSTART:20261023T000001Z\r\nDTEND:20261124T000001Z\r\nSUMMARY:32 days\r\n")
        EVENT ("b", "DTSTART:20261022T000001Z\r\nDTEND:20261123T000001Z\r\nSUMMARY:ends\r\n")
            EVENT ("c", "DTSTART:20261022T000000Z\r\nDTEND:20261123T000000Z\r\nSUMMARY:over\r\n")
                EVENT ("d", "DTSTART:20261021T000000Z\r\nDURATION:P33DT1S\r\nSUMMARY:33 days\r\n")
                    EVENT ("e",
                           "DTSTART;VALUE=DATE:20261023\r\nDTEND;VALUE=DATE:20261124\r\n"
                           "SUMMARY:32 on the wall\r\n")
                        EVENT ("f",
                               "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\n"
                               "SUMMARY:year\r\n"),
    "2025-12-31T23:00:00Z/2026-12-31T23:00:00Z year\n"
    "2026-10-21T00:00:00Z/2026-11-23T00:00:01Z 33 days\n"
    "2026-10-22T00:00:01Z/2026-11-23T00:00:01Z ends\n"
    "2026-10-22T22:00:00Z/2026-11-23T23:00:00Z 32 on the wall\n"
    "2026-10-23T00:00:01Z/2026-11-24T00:00:01Z 32 days\n",
    NULL },
};

static void
test_case (TrkIndexFixture *fixture, gconstpointer data)
{
  const Case *the_case = data;
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  fixture->window = (TrkPeriod){ trk_index_iso (the_case->from), trk_index_iso (the_case->to) };
  trk_index_write_events (fixture, "a.ics", the_case->events);
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
  got = trk_index_listing (index, the_case->zone, fixture->window);
  g_assert_cmpstr (got, ==, the_case->want);
  if (the_case->told != NULL)
    g_assert_true (trk_index_is_told (index, the_case->told));
  else
    g_assert_false (trk_index_is_told (index, ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/index/event/", cases[i].name, NULL);

      g_test_add (path, TrkIndexFixture, &cases[i], trk_index_set_up, test_case,
                  trk_index_tear_down);
    }
  return g_test_run ();
}
