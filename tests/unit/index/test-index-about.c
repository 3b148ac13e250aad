/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-fixture.h"

/* Everything about an event but when it is. */

static void
test_about (TrkIndexFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) occurrences = NULL;
  g_autoptr (TrkZone) utc = trk_zone_new_utc ();
  const TrkOccurrence *occurrence;

  trk_index_write_events (
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
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
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
test_absolute_alarms (TrkIndexFixture *fixture, gconstpointer data)
{
#define ALARM                                                                                      \
  "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;VALUE=DATE-TIME:20261123T083000Z\r\nEND:VALARM\r\n"
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) occurrences = NULL;
  g_autoptr (TrkZone) utc = trk_zone_new_utc ();

  trk_index_write_events (
      fixture, "a.ics",
      EVENT ("a", "DTSTART;TZID=Europe/Berlin:20261123T100000\r\n" ALARM)
          EVENT ("b", "DTSTART:20261123T110000Z\r\nRRULE:FREQ=DAILY;COUNT=1\r\n" ALARM)
              EVENT ("c", "DTSTART:20261123T120000\r\n" ALARM));
  trk_index_add_calendar (fixture, "work", "a.ics");
  index = trk_index_bring_up (fixture);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/" name, TrkIndexFixture, NULL, trk_index_set_up, function,                   \
              trk_index_tear_down)
  ADD ("about", test_about);
  ADD ("absolute-alarms", test_absolute_alarms);
  return g_test_run ();
}
