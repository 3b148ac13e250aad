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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/index/" name, TrkIndexFixture, NULL, trk_index_set_up, function,                   \
              trk_index_tear_down)
  ADD ("long-line-and-nul", test_long_line_and_nul);
  ADD ("many-bare-crs", test_many_bare_crs);
  return g_test_run ();
}
