/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-index-files.h"
#include "trk-index-update.h"
#include "trk-paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The whole way: files → the real indexer in a process of its own → the index → its reader. */

typedef struct
{
  char *folder;         /* (owned) */
  char *index_path;     /* (owned) */
  GPtrArray *calendars; /* of TrkCalendar, (owned) */
  TrkPeriod window;
} Fixture;

static TrkInstant
iso (const char *text)
{
  TrkInstant instant = 0;

  g_assert_true (trk_instant_from_iso (text, &instant, NULL));
  return instant;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("test-index-XXXXXX", NULL);
  fixture->index_path = g_build_filename (fixture->folder, "cache", "index.db", NULL);
  fixture->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  fixture->window = (TrkPeriod){ iso ("2026-01-01T00:00:00Z"), iso ("2027-01-01T00:00:00Z") };
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unsetenv ("TRACKERD_LIBEXEC_DIR");
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->index_path);
  g_ptr_array_unref (fixture->calendars);
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_bytes (Fixture *fixture, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = path_of (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

/* A whole calendar around @events. */
static void
write_events (Fixture *fixture, const char *name, const char *events)
{
  g_autofree char *text =
      g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", events, "END:VCALENDAR\r\n", NULL);

  write_bytes (fixture, name, text, -1);
}

static void
add_calendar (Fixture *fixture, const char *name, const char *file)
{
  g_autofree char *path = path_of (fixture, file);

  g_ptr_array_add (fixture->calendars, trk_calendar_new (name, path));
}

static TrkIndex *
update (Fixture *fixture)
{
  const TrkIndexRequest request = { .index_path = fixture->index_path,
                                    .calendars = fixture->calendars,
                                    .window = fixture->window };
  g_autoptr (GError) error = NULL;
  TrkIndex *index;

  trk_index_update (&request, &error);
  g_assert_no_error (error);
  index = trk_index_open (fixture->index_path, &error);
  g_assert_no_error (error);
  return index;
}

/* Occurrences as "start/end summary" lines. */
static char *
listing (TrkIndex *index, const char *zone_name, TrkPeriod period)
{
  g_autoptr (TrkZone) zone = trk_zone_new (zone_name, NULL);
  g_autoptr (GPtrArray) occurrences = trk_index_occurrences (index, period, zone, NULL);
  GString *out = g_string_new (NULL);

  g_assert_nonnull (occurrences);
  for (guint i = 0; i < occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      g_autofree char *start = trk_instant_to_iso (occurrence->period.start);
      g_autofree char *end = trk_instant_to_iso (occurrence->period.end);

      g_string_append_printf (out, "%s/%s %s\n", start, end, occurrence->summary);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_told (TrkIndex *index, const char *words)
{
  g_autoptr (GPtrArray) diagnostics = trk_index_diagnostics (index, NULL, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < diagnostics->len; i++)
    {
      g_autofree char *text = trk_diagnostic_format (g_ptr_array_index (diagnostics, i));

      g_test_message ("%s", text);
      found |= strstr (text, words) != NULL;
    }
  return found;
}

#define EVENT(uid, lines) "BEGIN:VEVENT\r\nUID:" uid "\r\n" lines "END:VEVENT\r\n"
#define GOOD EVENT ("good", "DTSTART:20261123T090000Z\r\nDURATION:PT1H\r\nSUMMARY:good\r\n")
#define GOOD_LINE "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z good\n"

/* -- One calendar, its events, what they come to ----------------------------------------------- */

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
  { "count-with-until", "UTC", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z",
    EVENT ("a", "DTSTART:20261101T090000Z\r\nRRULE:FREQ=DAILY;COUNT=3;UNTIL=20261201\r\n") GOOD,
    GOOD_LINE, "RRULE: “FREQ=DAILY;COUNT=3;UNTIL=20261201” has COUNT and UNTIL" },
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
};

static void
test_case (Fixture *fixture, gconstpointer data)
{
  const Case *the_case = data;
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  fixture->window = (TrkPeriod){ iso (the_case->from), iso (the_case->to) };
  write_events (fixture, "a.ics", the_case->events);
  add_calendar (fixture, "work", "a.ics");
  index = update (fixture);
  got = listing (index, the_case->zone, fixture->window);
  g_assert_cmpstr (got, ==, the_case->want);
  if (the_case->told != NULL)
    g_assert_true (is_told (index, the_case->told));
  else
    g_assert_false (is_told (index, ""));
}

/* -- Everything else about an event ------------------------------------------------------------ */

static void
test_about (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) occurrences = NULL;
  g_autoptr (TrkZone) utc = trk_zone_new_utc ();
  const TrkOccurrence *occurrence;

  write_events (
      fixture, "a.ics",
      EVENT ("a", "DTSTART:20261123T090000Z\r\nDURATION:PT1H\r\nSUMMARY:a\\, b\r\n"
                  "CATEGORIES:Deep Work,x\r\nCLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\n"
                  "STATUS:TENTATIVE\r\nX-TRACKERD-KIND:focus\r\n"
                  "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org\r\n"
                  "ATTENDEE;CN=\"X: Y\":MAILTO:you@example.org\r\n"
                  "DESCRIPTION:see file:///etc/passwd\\nhttps://example.org/doc or "
                  "https://us02web.zoom.us/j/1?pwd=x.\r\n"
                  "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"
                  "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;RELATED=END:-PT10M\r\nEND:VALARM\r\n"
                  "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;VALUE=DATE-TIME:20261123T083000Z\r\n"
                  "END:VALARM\r\n"
                  "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;VALUE=DATE-TIME:20261323T083000Z\r\n"
                  "END:VALARM\r\n"
                  "BEGIN:VALARM\r\nACTION:PROCEDURE\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n"));
  add_calendar (fixture, "work", "a.ics");
  index = update (fixture);
  occurrences = trk_index_occurrences (index, fixture->window, utc, NULL);
  g_assert_cmpuint (occurrences->len, ==, 1);
  occurrence = g_ptr_array_index (occurrences, 0);
  g_assert_cmpstr (occurrence->calendar, ==, "work");
  g_assert_cmpstr (occurrence->uid, ==, "a");
  g_assert_null (occurrence->recurrence_id);
  g_assert_cmpstr (occurrence->summary, ==, "a, b");
  g_assert_cmpstr (occurrence->link, ==, "https://us02web.zoom.us/j/1?pwd=x");
  g_assert_cmpstr (occurrence->kind, ==, "focus");
  g_assert_cmpstr (occurrence->categories[0], ==, "Deep Work");
  g_assert_cmpuint (g_strv_length (occurrence->attendees), ==, 2);
  g_assert_cmpstr (occurrence->attendees[1], ==, "you@example.org");
  g_assert_cmpuint (g_strv_length (occurrence->declined), ==, 1);
  g_assert_cmpstr (occurrence->declined[0], ==, "me@example.org");
  g_assert_true (occurrence->transparent && occurrence->is_private && !occurrence->floating);
  g_assert_cmpint (occurrence->status, ==, TRK_STATUS_TENTATIVE);
  g_assert_cmpuint (occurrence->leads->len, ==, 3);
  g_assert_cmpint (g_array_index (occurrence->leads, TrkDuration, 0), ==, 15 * TRK_MINUTE);
  g_assert_cmpint (g_array_index (occurrence->leads, TrkDuration, 1), ==, -50 * TRK_MINUTE);
  g_assert_cmpint (g_array_index (occurrence->leads, TrkDuration, 2), ==, 30 * TRK_MINUTE);
}

/* An alarm at an instant belongs to one start: of a series, or of an event whose start the reader's
 * zone decides, it says nothing. */
static void
test_absolute_alarms (Fixture *fixture, gconstpointer data)
{
#define ALARM                                                                                      \
  "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;VALUE=DATE-TIME:20261123T083000Z\r\nEND:VALARM\r\n"
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) occurrences = NULL;
  g_autoptr (TrkZone) utc = trk_zone_new_utc ();

  write_events (fixture, "a.ics",
                EVENT ("a", "DTSTART;TZID=Europe/Berlin:20261123T100000\r\n" ALARM)
                    EVENT ("b", "DTSTART:20261123T110000Z\r\nRRULE:FREQ=DAILY;COUNT=1\r\n" ALARM)
                        EVENT ("c", "DTSTART:20261123T120000\r\n" ALARM));
  add_calendar (fixture, "work", "a.ics");
  index = update (fixture);
  occurrences = trk_index_occurrences (index, fixture->window, utc, NULL);
  g_assert_cmpuint (occurrences->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const GArray *leads = ((TrkOccurrence *) g_ptr_array_index (occurrences, i))->leads;

      g_assert_cmpuint (leads != NULL ? leads->len : 0, ==, i == 0 ? 1 : 0);
      g_assert_true (i > 0 || g_array_index (leads, TrkDuration, 0) == 30 * TRK_MINUTE);
    }
#undef ALARM
}

/* -- Files that change, vanish, break ---------------------------------------------------------- */

static void
expect (Fixture *fixture, const char *want)
{
  g_autoptr (TrkIndex) index = update (fixture);
  g_autofree char *got = listing (index, "UTC", fixture->window);

  g_assert_cmpstr (got, ==, want);
  g_assert_true (trk_index_is_fresh (index, fixture->calendars, fixture->window));
}

#define OTHER EVENT ("other", "DTSTART:20261124T090000Z\r\nSUMMARY:other\r\n")
#define OTHER_LINE "2026-11-24T09:00:00Z/2026-11-24T09:00:00Z other\n"

static void
test_freshness (Fixture *fixture, gconstpointer data)
{
  const TrkPeriod later = { iso ("2030-01-01T00:00:00Z"), iso ("2030-02-01T00:00:00Z") };
  g_autoptr (TrkIndex) index = NULL;

  g_assert_null (trk_index_open (fixture->index_path, NULL));
  write_events (fixture, "dir/a.ics", GOOD);
  add_calendar (fixture, "work", "dir");
  expect (fixture, GOOD_LINE);
  index = trk_index_open (fixture->index_path, NULL);
  g_assert_false (trk_index_is_fresh (index, fixture->calendars, later));
  write_events (fixture, "dir/b.ics", OTHER);
  g_assert_false (trk_index_is_fresh (index, fixture->calendars, fixture->window));
  expect (fixture, GOOD_LINE OTHER_LINE);
  add_calendar (fixture, "second", "none.ics");
  g_assert_false (trk_index_is_fresh (index, fixture->calendars, fixture->window));
}

/* A file that left its folder was deleted; a folder that is gone is not "everything cancelled". */
static void
test_deleted_file_and_vanished_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = path_of (fixture, "dir/b.ics");
  g_autofree char *folder = path_of (fixture, "dir");
  g_autofree char *away = path_of (fixture, "away");

  write_events (fixture, "dir/a.ics", GOOD);
  write_events (fixture, "dir/b.ics", OTHER);
  add_calendar (fixture, "work", "dir");
  expect (fixture, GOOD_LINE OTHER_LINE);
  g_unlink (file);
  expect (fixture, GOOD_LINE);
  g_rename (folder, away);
  expect (fixture, GOOD_LINE);
  g_rename (away, folder);
  write_events (fixture, "dir/b.ics", OTHER);
  expect (fixture, GOOD_LINE OTHER_LINE);
}

static void
test_last_good_state (Fixture *fixture, gconstpointer data)
{
  static const char *const broken[] = { "", "<html>", "BEGIN:VCALENDAR\r\n",
                                        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTST",
                                        "garbage" };
  g_autofree char *path = path_of (fixture, "a.ics");

  write_events (fixture, "a.ics", GOOD);
  add_calendar (fixture, "work", "a.ics");
  expect (fixture, GOOD_LINE);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (TrkIndex) index = NULL;

      write_bytes (fixture, "a.ics", broken[i], -1);
      expect (fixture, GOOD_LINE);
      index = trk_index_open (fixture->index_path, NULL);
      g_assert_true (is_told (index, "last good state"));
    }
  g_unlink (path);
  expect (fixture, GOOD_LINE);
  write_events (fixture, "a.ics", OTHER);
  expect (fixture, OTHER_LINE);
}

static void
test_never_waits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe_path = path_of (fixture, "dir/x.ics");
  g_autofree char *loop = path_of (fixture, "dir/loop.ics");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  write_events (fixture, "dir/a.ics", GOOD);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (symlink ("loop.ics", loop), ==, 0);
  add_calendar (fixture, "work", "dir");
  index = update (fixture);
  got = listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (is_told (index, "it is a pipe"));
}

/* -- One UID twice ----------------------------------------------------------------------------- */

#define VERSION(sequence, summary)                                                                 \
  EVENT ("u", "DTSTART:20261123T090000Z\r\nSEQUENCE:" sequence "\r\nSUMMARY:" summary "\r\n")

static void
test_same_uid (Fixture *fixture, gconstpointer data)
{
  g_autofree char *newer = path_of (fixture, "dir/a.ics");

  write_events (fixture, "dir/a.ics", VERSION ("3", "new"));
  write_events (fixture, "dir/b.ics", VERSION ("2", "old"));
  add_calendar (fixture, "work", "dir");
  expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z new\n");
  g_unlink (newer); /* the other file did not change, and yet counts now */
  expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z old\n");
  write_events (fixture, "c.ics", VERSION ("1", "else"));
  add_calendar (fixture, "home", "c.ics");
  expect (fixture, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z else\n"
                   "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z old\n");
}

/* -- Bytes of every kind ----------------------------------------------------------------------- */

static void
test_long_line_and_nul (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n" GOOD "BEGIN:VEVENT\nUID:l\n"
                                           "DTSTART:20261124T090000Z\nSUMMARY:");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, "0123456789");
  g_string_append_len (text, "\nX-NUL:\0\nEND:VEVENT\nEND:VCALENDAR\n", 33);
  write_bytes (fixture, "a.ics", text->str, (gssize) text->len);
  add_calendar (fixture, "work", "a.ics");
  index = update (fixture);
  got = listing (index, "UTC", fixture->window);
  g_assert_true (g_str_has_prefix (got, GOOD_LINE));
  g_assert_cmpuint (strlen (got), <, 100000);
  g_assert_cmpuint (strlen (got), >, 60000);
}

/* Lines that end by CR alone before one LF far behind: each is found without looking for that LF
 * again, or the file would need hours and be set aside. */
static void
test_many_bare_crs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 2000000; i++)
    g_string_append (text, "A:\r");
  g_string_append (text, "BEGIN:VEVENT\rUID:good\rDTSTART:20261123T090000Z\rSUMMARY:good\r"
                         "END:VEVENT\rEND:VCALENDAR\r\n");
  write_bytes (fixture, "a.ics", text->str, (gssize) text->len);
  add_calendar (fixture, "work", "a.ics");
  index = update (fixture);
  got = listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z good\n");
  g_assert_false (is_told (index, ""));
}

static void
test_damaged_index (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  write_events (fixture, "a.ics", GOOD);
  add_calendar (fixture, "work", "a.ics");
  expect (fixture, GOOD_LINE);
  g_assert_true (g_file_get_contents (fixture->index_path, &bytes, &length, NULL));
  memset (bytes + 100, 0x5a, length - 100);
  write_bytes (fixture, "cache/index.db", bytes, (gssize) length);
  expect (fixture, GOOD_LINE);
}

/* -- A child that dies ------------------------------------------------------------------------- */

/* Puts a program in the indexer's place. */
static void
fake_indexer (Fixture *fixture, const char *script)
{
  g_autofree char *folder = path_of (fixture, "libexec");
  g_autofree char *program = path_of (fixture, "libexec/trackerd-indexer");

  write_bytes (fixture, "libexec/trackerd-indexer", script, -1);
  g_chmod (program, 0700);
  g_setenv ("TRACKERD_LIBEXEC_DIR", folder, TRUE);
}

static void
expect_failure (Fixture *fixture, const char *words)
{
  const TrkIndexRequest request = { .index_path = fixture->index_path,
                                    .calendars = fixture->calendars,
                                    .window = fixture->window,
                                    .patience = TRK_SECOND / 2 };
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_index_update (&request, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_child_dies (Fixture *fixture, gconstpointer data)
{
  write_events (fixture, "a.ics", GOOD);
  add_calendar (fixture, "work", "a.ics");
  expect (fixture, GOOD_LINE);
  write_events (fixture, "a.ics", OTHER);
  fake_indexer (fixture, "#!/bin/sh\nkill -SEGV $$\n");
  expect_failure (fixture, "crashed");
  fake_indexer (fixture, "#!/bin/sh\necho no luck >&2\nexit 1\n");
  expect_failure (fixture, "no luck");
  fake_indexer (fixture, "#!/bin/sh\nexec sleep 60\n");
  expect_failure (fixture, "hung");
  g_unsetenv ("TRACKERD_LIBEXEC_DIR");
  expect (fixture, OTHER_LINE);
}

/* The child names what it is at; what killed it is set aside, and its neighbours come in with the
 * next run. The program in its place names the event by its content's hash once, dies, and is the
 * real one from then on. */
static void
test_quarantine (Fixture *fixture, gconstpointer data)
{
  static const char bad[] = EVENT ("bad", "DTSTART:20261123T080000Z\r\nSUMMARY:bad\r\n");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, bad, -1);
  g_autofree char *real = trk_path_program ("trackerd/indexer", "trackerd-indexer");
  g_autofree char *mark = path_of (fixture, "died");
  g_autofree char *script = g_strdup_printf (
      "#!/bin/sh\nif [ -e %s ]; then exec %s; fi\n: >%s\n"
      "printf %%s %s | dd of=/proc/self/fd/3 bs=1 seek=16 conv=notrunc 2>/dev/null\n"
      "kill -SEGV $$\n",
      mark, real, mark, hash);
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  write_events (fixture, "a.ics",
                EVENT ("bad", "DTSTART:20261123T080000Z\r\nSUMMARY:bad\r\n") GOOD);
  add_calendar (fixture, "work", "a.ics");
  fake_indexer (fixture, script);
  index = update (fixture);
  got = listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (is_told (index, "crashed on it"));
}

/* The same for a file that kills before an event is reached: it is named by line 0 and its path. */
static void
test_quarantined_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *real = trk_path_program ("trackerd/indexer", "trackerd-indexer");
  g_autofree char *mark = path_of (fixture, "died");
  g_autofree char *script = NULL;
  g_autofree char *bad = path_of (fixture, "dir/bad.ics");
  g_autofree char *state = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *got = NULL;
  g_autoptr (TrkIndex) index = NULL;
  TrkFileStamp stamp;

  write_events (fixture, "dir/bad.ics", OTHER);
  write_events (fixture, "dir/good.ics", GOOD);
  g_assert_true (trk_file_stamp (bad, &stamp));
  state =
      g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, bad, stamp.mtime, stamp.size);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
  script = g_strdup_printf (
      "#!/bin/sh\nif [ -e %s ]; then exec %s; fi\n: >%s\n"
      "printf %%s %s | dd of=/proc/self/fd/3 bs=1 seek=16 conv=notrunc 2>/dev/null\n"
      "kill -SEGV $$\n",
      mark, real, mark, hash);
  add_calendar (fixture, "work", "dir");
  fake_indexer (fixture, script);
  index = update (fixture);
  got = listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (is_told (index, "dir/bad.ics: set aside: the indexer crashed on it"));
  write_events (fixture, "dir/bad.ics", OTHER GOOD); /* it changed: tried again */
  g_clear_pointer (&index, trk_index_close);
  index = update (fixture);
  g_assert_false (is_told (index, "set aside"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/index/event/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_case, tear_down);
    }
#define ADD(name, function) g_test_add ("/index/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("about", test_about);
  ADD ("absolute-alarms", test_absolute_alarms);
  ADD ("freshness", test_freshness);
  ADD ("deleted-file-and-vanished-folder", test_deleted_file_and_vanished_folder);
  ADD ("last-good-state", test_last_good_state);
  ADD ("never-waits", test_never_waits);
  ADD ("same-uid", test_same_uid);
  ADD ("long-line-and-nul", test_long_line_and_nul);
  ADD ("many-bare-crs", test_many_bare_crs);
  ADD ("damaged-index", test_damaged_index);
  ADD ("child-dies", test_child_dies);
  ADD ("quarantine", test_quarantine);
  ADD ("quarantined-file", test_quarantined_file);
  return g_test_run ();
}
