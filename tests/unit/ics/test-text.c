/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-content.h"
#include "trk-ics-edit.h"
#include "trk-ics-file.h"
#include "trk-ics-text.h"
#include "trk-ics-time.h"

#include <string.h>

static void
test_escape (void)
{
  static const struct
  {
    const char *text, *escaped;
  } rows[] = {
    { "", "" },         { "a;b,c\\d", "a\\;b\\,c\\\\d" }, { "a\nb\r\x01", "a\\nb" },
    { "\\n", "\\\\n" }, { "\"q\": ü", "\"q\": ü" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *escaped = trk_ics_escape (rows[i].text);

      g_assert_cmpstr (escaped, ==, rows[i].escaped);
    }
}

/* The parameter, in quotes only where it must be. */
static void
test_param (void)
{
  g_autofree char *plain = trk_ics_param ("Europe/Berlin");
  g_autofree char *quoted = trk_ics_param ("(UTC+01:00) \"x\"");

  g_autofree char *comma = trk_ics_param ("Berlin, Vienna");

  g_assert_cmpstr (comma, ==, "\"Berlin, Vienna\"");
  g_assert_cmpstr (plain, ==, "Europe/Berlin");
  g_assert_cmpstr (quoted, ==, "\"(UTC+01:00) 'x'\"");
}

static char *
random_text (void)
{
  static const char *const pieces[] = { "a", "ü", "€", "𝄞", " ", "\t", ":", ";" };
  GString *text = g_string_new ("X:");
  int n = g_test_rand_int_range (0, 400);

  for (int i = 0; i < n; i++)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* No line is longer than 75 octets or cut inside a character, and unfolding gives the text. */
static void
test_fold (void)
{
  for (guint n = 0; n < 500; n++)
    {
      g_autofree char *text = random_text ();
      g_autoptr (GString) folded = g_string_new (NULL);
      g_autoptr (GString) unfolded = g_string_new (NULL);
      g_auto (GStrv) lines = NULL;
      TrkContentCursor cursor;
      gboolean cut = FALSE;

      trk_ics_append_line (folded, text, "\r\n");
      g_assert_true (g_str_has_suffix (folded->str, "\r\n"));
      lines = g_strsplit (folded->str, "\r\n", -1);
      for (char **line = lines; *line != NULL; line++)
        {
          g_assert_cmpuint (strlen (*line), <=, 75);
          g_assert_true (g_utf8_validate (*line, -1, NULL));
        }
      trk_content_cursor_init (&cursor, folded->str, folded->len, 1);
      g_assert_true (trk_content_next (&cursor, 1 << 20, unfolded, NULL, NULL, &cut));
      g_assert_cmpstr (unfolded->str, ==, text);
      g_assert_cmpuint (cursor.at, ==, folded->len);
    }
}

/* What is no UTF-8 is cut anywhere. */
static void
test_fold_of_no_characters (void)
{
  g_autofree char *text = g_strnfill (300, '\x80');
  g_autoptr (GString) folded = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  trk_ics_append_line (folded, text, "\n");
  lines = g_strsplit (folded->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6); /* 75 and thrice 74 of 300, 3, and the end */
  for (char **line = lines; *line != NULL; line++)
    g_assert_cmpuint (strlen (*line), <=, 75);
}

/* A TZID is a zone by its name or by what stands behind a slash, unless that is a single word. */
static void
test_clocks (void)
{
  static const struct
  {
    const char *tzid, *value;
    TrkIcsForm form;
    const char *zone; /* NULL: unknown */
  } rows[] = {
    { "Europe/Berlin", "20261123T090000", TRK_ICS_ZONED, "Europe/Berlin" },
    { "/example.org/2026/Europe/Berlin", "20261123T090000", TRK_ICS_ZONED, "Europe/Berlin" },
    { "Other/UTC", "20261123T090000", TRK_ICS_ZONED, NULL },
    { "Europe/Berlin", "20261123T090000Z", TRK_ICS_UTC, "UTC" },
    { "Europe/Berlin", "20261123", TRK_ICS_DATE, "Asia/Tokyo" },
    { NULL, "20261123T090000", TRK_ICS_FLOATING, "Asia/Tokyo" },
  };
  g_autoptr (TrkZone) home = trk_zone_new ("Asia/Tokyo", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART",
                                           rows[i].tzid != NULL ? ";TZID=" : "",
                                           rows[i].tzid != NULL ? rows[i].tzid : "", ":",
                                           rows[i].value, "\nEND:VEVENT\nEND:VCALENDAR\n", NULL);
      g_autoptr (TrkIcsFile) file = trk_ics_file_new (text, strlen (text), NULL);
      g_autoptr (GPtrArray) lines =
          trk_ics_event_lines (file, &g_array_index (file->events, TrkIcsEvent, 0));
      g_autoptr (TrkIcsClock) clock =
          trk_ics_clock_of_line (trk_ics_line_named (lines, "DTSTART")->content, home);

      g_test_message ("%s", text);
      g_assert_cmpint (clock->form, ==, rows[i].form);
      g_assert_cmpstr (clock->zone != NULL ? trk_zone_id (clock->zone) : NULL, ==, rows[i].zone);
    }
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
    TrkIcsForm form;
  } rows[] = {
    { "20261123", TRUE, TRK_ICS_DATE },           { "20261123T090000", TRUE, TRK_ICS_FLOATING },
    { "20261123T090001Z", TRUE, TRK_ICS_UTC },    { "20260230", FALSE, TRK_ICS_DATE },
    { "20261123T240000", FALSE, TRK_ICS_DATE },   { "20261123T235960Z", FALSE, TRK_ICS_DATE },
    { "20261123T0900", FALSE, TRK_ICS_DATE },     { "20261123T090000z", FALSE, TRK_ICS_DATE },
    { "20261123T090000Z ", FALSE, TRK_ICS_DATE }, { "", FALSE, TRK_ICS_DATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *again = NULL;
      TrkIcsTime time;

      g_assert_cmpint (trk_ics_time_read (rows[i].text, &time), ==, rows[i].good);
      if (!rows[i].good)
        continue;
      g_assert_cmpint (time.form, ==, rows[i].form);
      again = trk_ics_time_write (time.local, time.form);
      g_assert_cmpstr (again, ==, rows[i].text);
    }
}

static void
test_durations (void)
{
  static const struct
  {
    TrkDuration length;
    const char *text;
  } rows[] = {
    { 2 * TRK_HOUR, "PT2H" },
    { 90 * TRK_MINUTE, "PT1H30M" },
    { TRK_HOUR + TRK_SECOND, "PT1H0M1S" },
    { 45 * TRK_SECOND, "PT45S" },
    { 26 * TRK_HOUR, "PT26H" },
    { 0, "PT0S" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = trk_ics_duration_write (rows[i].length, FALSE);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* A clock does not write what it would not mean: the second 02:30 of the night in October. */
static void
test_clock_says_what_it_means (void)
{
  g_autoptr (TrkZone) berlin = trk_zone_new ("Europe/Berlin", NULL);
  g_autoptr (TrkIcsClock) clock = trk_ics_clock_new (TRK_ICS_ZONED, "Europe/Berlin", berlin);
  const TrkInstant first = 1792888200 * TRK_SECOND; /* 2026-10-25T00:30Z */
  g_autofree char *once = trk_ics_clock_write (clock, first);
  g_autofree char *twice = trk_ics_clock_write (clock, first + TRK_HOUR);

  g_assert_cmpstr (once, ==, "20261025T023000");
  g_assert_null (twice);
}

static void
test_edit (void)
{
  static const char bytes[] = "0123456789";
  g_autoptr (TrkIcsEdit) edit = trk_ics_edit_new (bytes, 10);
  g_autoptr (GString) all = NULL;
  g_autoptr (GString) part = NULL;

  trk_ics_edit_replace (edit, 8, 1, "");
  trk_ics_edit_replace (edit, 3, 2, "xyz");
  trk_ics_edit_replace (edit, 3, 0, "a");
  trk_ics_edit_replace (edit, 3, 0, "b");
  trk_ics_edit_replace (edit, 10, 0, "end");
  all = trk_ics_edit_apply (edit, 0, 10);
  part = trk_ics_edit_apply (edit, 5, 9);
  g_assert_cmpstr (all->str, ==, "012abxyz5679end");
  g_assert_cmpstr (part->str, ==, "567");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ics/text/escape", test_escape);
  g_test_add_func ("/ics/text/param", test_param);
  g_test_add_func ("/ics/text/fold", test_fold);
  g_test_add_func ("/ics/text/fold-of-no-characters", test_fold_of_no_characters);
  g_test_add_func ("/ics/text/clocks", test_clocks);
  g_test_add_func ("/ics/text/times", test_times);
  g_test_add_func ("/ics/text/durations", test_durations);
  g_test_add_func ("/ics/text/clock-says-what-it-means", test_clock_says_what_it_means);
  g_test_add_func ("/ics/text/edit", test_edit);
  return g_test_run ();
}
