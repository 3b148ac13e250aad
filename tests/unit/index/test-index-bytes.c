/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

#include <string.h>

/* Bytes of every kind. */

static void
test_long_line_and_nul (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n" GOOD "BEGIN:VEVENT\nUID:l\n"
                                           "DTSTART:20261124T090000Z\nSUMMARY:");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, "0123456789");
  g_string_append_len (text, "\nX-NUL:\0\nEND:VEVENT\nEND:VCALENDAR\n", 33);
  trk_index_write_bytes (fixture, "a.ics", text->str, (gssize) text->len);
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_true (g_str_has_prefix (got, GOOD_LINE));
  g_assert_cmpuint (strlen (got), <, 100000);
  g_assert_cmpuint (strlen (got), >, 60000);
}

/* Lines that end by CR alone before one LF far behind: each is found without looking for that LF
 * again, or the file would need hours and be set aside. */
static void
test_many_bare_crs (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 2000000; i++)
    g_string_append (text, "A:\r");
  g_string_append (text, "BEGIN:VEVENT\rUID:good\rDTSTART:20261123T090000Z\rSUMMARY:good\r"
                         "END:VEVENT\rEND:VCALENDAR\r\n");
  trk_index_write_bytes (fixture, "a.ics", text->str, (gssize) text->len);
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z good\n");
  g_assert_false (trk_index_is_told (index, ""));
}

/* Brings @text in as the only calendar. */
static TrkIndex *
index_of (TrkIndexFixture *fixture, const GString *text)
{
  trk_index_write_bytes (fixture, "a.ics", text->str, (gssize) text->len);
  trk_index_add_calendar (fixture, "work", "a.ics");
  return trk_index_bring_up (fixture);
}

/* Beginnings and ends are no events of people: of a small file not more than a hundred thousand
 * are read. */
static void
test_more_events_than_bytes_for_them (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n" GOOD);
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "BEGIN:VEVENT\nEND:VEVENT\n");
  g_string_append (text, "END:VCALENDAR\n");
  index = index_of (fixture, text);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, GOOD_LINE);
  g_assert_true (
      trk_index_is_told (index, "more than 100,000 events, the most that is read of one"));
}

/* Names of no zone are not looked for without end; zones that there are still are found behind
 * them, and what is not looked for is told. */
static void
test_many_unknown_zones (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 1100; i++)
    g_string_append_printf (text,
                            "BEGIN:VEVENT\nUID:%u\nDTSTART;TZID=Nowhere/%u:20200101T090000\n"
                            "END:VEVENT\n",
                            i, i);
  g_string_append (text, "BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Europe/Berlin:20261123T090000\n"
                         "SUMMARY:found\nEND:VEVENT\nEND:VCALENDAR\n");
  index = index_of (fixture, text);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, "2026-11-23T08:00:00Z/2026-11-23T08:00:00Z found\n");
  g_assert_true (trk_index_is_told (index, "the time zone “Nowhere/0” is not known"));
  g_assert_true (trk_index_is_told (index, "1,000 more from here on, 0 left out"));
}

static void
test_endless_categories (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:c\n"
                                           "DTSTART:20261123T090000Z\nSUMMARY:cut\nCATEGORIES:");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append (text, "a,");
  g_string_append (text, "\nEND:VEVENT\nEND:VCALENDAR\n");
  index = index_of (fixture, text);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_cmpstr (got, ==, "2026-11-23T09:00:00Z/2026-11-23T09:00:00Z cut\n");
  g_assert_true (trk_index_is_told (index, "the first 1,000 are kept"));
}

/* When rules have used up what their calendar may cost, what happens once stays. */
static void
test_event_behind_rules_that_cost_all (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n");
  g_autoptr (TrkIndex) index = NULL;
  g_autofree char *got = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text,
                            "BEGIN:VEVENT\nUID:%u\nDTSTART:19700101T090000Z\n"
                            "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=1,2,3,4,5;"
                            "BYMINUTE=1,2,3,4,5,6;BYSETPOS=-1\nEND:VEVENT\n",
                            i);
  g_string_append (text, GOOD "END:VCALENDAR\n");
  index = index_of (fixture, text);
  got = trk_index_listing (index, "UTC", fixture->window);
  g_assert_true (g_str_has_prefix (got, GOOD_LINE));
  g_assert_true (trk_index_is_told (index, "the rule takes more than"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/" name, TrkIndexFixture, NULL, trk_index_set_up, function,                   \
              trk_index_tear_down)
  ADD ("long-line-and-nul", test_long_line_and_nul);
  ADD ("many-bare-crs", test_many_bare_crs);
  ADD ("more-events-than-bytes-for-them", test_more_events_than_bytes_for_them);
  ADD ("event-behind-rules-that-cost-all", test_event_behind_rules_that_cost_all);
  ADD ("many-unknown-zones", test_many_unknown_zones);
  ADD ("endless-categories", test_endless_categories);
  return g_test_run ();
}
