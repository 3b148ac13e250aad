/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-ics-change.h"
#include "trk-ics-new.h"

#include <string.h>

/* Random files of random events, of which one is changed: all else is the same to the byte, and in
 * that one all lines but those that tell its time and its revision. */

#define MONDAY (1795424400 * TRK_SECOND) /* 2026-11-23T09:00Z */

static const char *const odd_lines[] = {
  "X-ODD;A=\"b:c;d\":e\\,f", "summary:ünïcödé that is long enough to be folded by whoever wrote it",
  "no content line at all",  "ATTENDEE;PARTSTAT=DECLINED;CN=\"A, B\":mailto:a@b",
  "DESCRIPTION:a\\nb",       "CATEGORIES:a,b",
};

/* Folds at random places, also inside a character. */
static void
append (GString *out, const char *line, const char *eol)
{
  for (gsize i = 0; line[i] != '\0'; i++)
    {
      if (i > 0 && g_test_rand_int_range (0, 40) == 0)
        g_string_append_printf (out, "%s%c", eol, g_test_rand_bit () ? ' ' : '\t');
      g_string_append_c (out, line[i]);
    }
  g_string_append (out, eol);
}

static void
append_odd (GString *out, const char *eol)
{
  int n = g_test_rand_int_range (0, 4);

  for (int i = 0; i < n; i++)
    append (out, odd_lines[g_test_rand_int_range (0, G_N_ELEMENTS (odd_lines))], eol);
}

static void
append_times (GString *out, const char *eol, int form, gboolean series)
{
  static const char *const starts[] = { "DTSTART:20261123T090000Z",
                                        "DTSTART;TZID=Europe/Berlin:20261123T100000",
                                        "DTSTART:20261123T100000" };
  static const char *const ends[] = { "DTEND:20261123T100000Z", "DURATION:PT1H",
                                      "DTEND:20261123T110000" };

  append (out, starts[form], eol);
  append_odd (out, eol);
  append (out, ends[form], eol);
  if (series)
    append (out, "RRULE:FREQ=DAILY;COUNT=5", eol);
}

static void
append_event (GString *out, const char *eol, guint uid, int form, gboolean series)
{
  g_autofree char *line = g_strdup_printf ("UID:%u", uid);

  append (out, g_test_rand_bit () ? "BEGIN:VEVENT" : "begin:vevent", eol);
  append_odd (out, eol);
  append (out, line, eol);
  append_times (out, eol, form, series);
  append_odd (out, eol);
  if (g_test_rand_bit ())
    {
      append (out, "BEGIN:VALARM", eol);
      append (out, "TRIGGER:-PT5M", eol);
      append (out, "END:VALARM", eol);
    }
  append (out, "END:VEVENT", eol);
}

typedef struct
{
  GString *bytes;
  int forms[5];
  gboolean series[5];
} Random;

static void
random_file (Random *random)
{
  static const char *const eols[] = { "\r\n", "\n", "\r" };
  const char *eol = eols[g_test_rand_int_range (0, 3)];

  random->bytes = g_string_new (g_test_rand_bit () ? "\xEF\xBB\xBF" : "");
  g_string_append_printf (random->bytes, "BEGIN:VCALENDAR%sVERSION:2.0%s", eol, eol);
  for (guint i = 0; i < G_N_ELEMENTS (random->forms); i++)
    {
      random->forms[i] = g_test_rand_int_range (0, 3);
      random->series[i] = g_test_rand_bit ();
      append_event (random->bytes, eol, i, random->forms[i], random->series[i]);
    }
  g_string_append_printf (random->bytes, "END:VCALENDAR%sbehind", eol);
}

static TrkOccurrence *
occurrence_of (const Random *random, guint n)
{
  static const char *const ids[] = { "20261123T090000Z", "20261123T090000Z", "20261123T100000" };
  TrkOccurrence *occurrence = trk_occurrence_new ();

  occurrence->uid = g_strdup_printf ("%u", n);
  occurrence->summary = g_strdup ("");
  occurrence->period = (TrkPeriod){ MONDAY, MONDAY + TRK_HOUR };
  occurrence->floating = random->forms[n] == 2;
  if (random->series[n])
    occurrence->recurrence_id = g_strdup (ids[random->forms[n]]);
  return occurrence;
}

/* The lines of @event that a change may not touch. */
static char *
lasting (const TrkIcsFile *file, const TrkIcsEvent *event)
{
  static const char *const changing[] = { "DTSTART",  "DTEND",         "DURATION", "DTSTAMP",
                                          "SEQUENCE", "LAST-MODIFIED", NULL };
  g_autoptr (GPtrArray) lines = trk_ics_event_lines (file, event);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const TrkIcsLine *line = g_ptr_array_index (lines, i);

      if (line->content == NULL || !g_strv_contains (changing, line->content->name))
        g_string_append_len (out, file->bytes + line->offset,
                             (gssize) (line->behind - line->offset));
    }
  return g_strdup (out->str);
}

static void
assert_same_around (const TrkIcsFile *file, const TrkIcsEvent *event, const GString *text)
{
  gsize rest = file->length - event->behind;

  g_assert_cmpuint (text->len, >=, event->begin + rest);
  g_assert_cmpmem (text->str, event->begin, file->bytes, event->begin);
  g_assert_cmpmem (text->str + text->len - rest, rest, file->bytes + event->behind, rest);
}

static const char *
value_of (GPtrArray *lines, const char *name)
{
  const TrkIcsLine *line = trk_ics_line_named (lines, name);

  return line != NULL ? line->content->value : NULL;
}

/* Tuesday at eleven in Berlin, in the form that it had. */
static void
assert_moved (const TrkIcsFile *file, guint n, gboolean override, int form)
{
  static const char *const starts[] = { "20261124T100000Z", "20261124T110000", "20261124T110000" };
  static const char *const ids[] = { "20261123T090000Z", "20261123T100000", "20261123T100000" };
  const TrkIcsEvent *event = &g_array_index (file->events, TrkIcsEvent, n + override);
  g_autoptr (GPtrArray) lines = trk_ics_event_lines (file, event);

  g_assert_cmpstr (value_of (lines, "DTSTART"), ==, starts[form]);
  g_assert_cmpstr (value_of (lines, "RECURRENCE-ID"), ==, override ? ids[form] : NULL);
  g_assert_cmpstr (value_of (lines, "RRULE"), ==, NULL);
  g_assert_cmpstr (value_of (lines, "SEQUENCE"), ==, "1");
  g_assert_cmpstr (value_of (lines, "DTSTAMP"), ==, "20261123T090000Z");
}

static void
check_move (const Random *random, const TrkIcsFile *file, guint n, const TrkZone *home)
{
  const TrkIcsEvent *event = &g_array_index (file->events, TrkIcsEvent, n);
  const TrkPeriod wanted = { MONDAY + 25 * TRK_HOUR, MONDAY + 26 * TRK_HOUR };
  g_autoptr (TrkOccurrence) occurrence = occurrence_of (random, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkIcsSeries) series =
      trk_ics_series_new (file, occurrence->uid, home, NULL, MONDAY, &error);
  g_autoptr (GString) text = NULL;
  g_autoptr (TrkIcsFile) after = NULL;
  g_autofree char *before_lines = lasting (file, event);
  g_autofree char *after_lines = NULL;

  g_assert_no_error (error);
  text = trk_ics_move (series, occurrence, wanted, &error);
  g_assert_no_error (error);
  assert_same_around (file, event, text);
  after = trk_ics_file_new (text->str, text->len, &error);
  g_assert_no_error (error);
  assert_moved (after, n, random->series[n], random->forms[n]);
  after_lines = lasting (after, &g_array_index (after->events, TrkIcsEvent, n));
  g_assert_cmpstr (after_lines, ==, before_lines);
  if (random->series[n]) /* the series itself is as it was */
    g_assert_cmpmem (text->str + event->begin, event->behind - event->begin,
                     file->bytes + event->begin, event->behind - event->begin);
}

static void
check_remove (const Random *random, const TrkIcsFile *file, guint n, const TrkZone *home)
{
  const TrkIcsEvent *event = &g_array_index (file->events, TrkIcsEvent, n);
  g_autoptr (TrkOccurrence) occurrence = occurrence_of (random, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkIcsSeries) series =
      trk_ics_series_new (file, occurrence->uid, home, NULL, MONDAY, &error);
  g_autoptr (GString) text = trk_ics_remove (series, occurrence, &error);
  g_autoptr (GString) all = trk_ics_remove_all (series, NULL);
  g_autoptr (TrkIcsFile) after = trk_ics_file_new (text->str, text->len, NULL);

  g_assert_no_error (error);
  assert_same_around (file, event, text);
  assert_same_around (file, event, all);
  g_assert_cmpuint (all->len, ==, file->length - (event->behind - event->begin));
  g_assert_cmpuint (after->events->len, ==, file->events->len - !random->series[n]);
  if (random->series[n])
    {
      const TrkIcsEvent *same = &g_array_index (after->events, TrkIcsEvent, n);
      g_autoptr (GPtrArray) lines = trk_ics_event_lines (after, same);

      g_assert_cmpstr (value_of (lines, "EXDATE"), ==,
                       random->forms[n] == 0 ? "20261123T090000Z" : "20261123T100000");
    }
}

static void
test_random (void)
{
  g_autoptr (TrkZone) home = trk_zone_new ("Europe/Berlin", NULL);

  for (guint round = 0; round < 300; round++)
    {
      Random random = { NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkIcsFile) file = NULL;
      guint n = (guint) g_test_rand_int_range (0, 5);

      random_file (&random);
      file = trk_ics_file_new (random.bytes->str, random.bytes->len, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (file->events->len, ==, 5);
      check_move (&random, file, n, home);
      check_remove (&random, file, n, home);
      g_clear_pointer (&file, trk_ics_file_free);
      g_string_free (random.bytes, TRUE);
    }
}

/* What is not whole is never written. */
static void
test_refused (void)
{
  static const char *const rows[] = {
    "",
    "BEGIN:VCALENDAR\nVERSION:2.0\n",
    "BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n",
    "BEGIN:VEVENT\nUID:1\nEND:VEVENT\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n",
    "<html>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (trk_ics_file_new (rows[i], strlen (rows[i]), &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
    }
}

/* A zone that the system does not know: one event goes to UTC, a series is not moved as a whole. */
static void
test_unknown_zone (void)
{
  static const char text[] = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\n"
                             "DTSTART;TZID=Odd Time:20261123T100000\nDURATION:PT1H\n%sEND:VEVENT\n"
                             "END:VCALENDAR\n";
  g_autofree char *one = g_strdup_printf (text, "");
  g_autofree char *series_text = g_strdup_printf (text, "RRULE:FREQ=DAILY\n");
  g_autoptr (TrkZone) home = trk_zone_new ("Europe/Berlin", NULL);
  g_autoptr (TrkIcsFile) file = trk_ics_file_new (one, strlen (one), NULL);
  g_autoptr (TrkIcsFile) many = trk_ics_file_new (series_text, strlen (series_text), NULL);
  g_autoptr (TrkIcsSeries) single = trk_ics_series_new (file, "1", home, NULL, MONDAY, NULL);
  g_autoptr (TrkIcsSeries) series = trk_ics_series_new (many, "1", home, NULL, MONDAY, NULL);
  g_autoptr (TrkOccurrence) occurrence = trk_occurrence_new ();
  const TrkPeriod wanted = { MONDAY + TRK_HOUR, MONDAY + 2 * TRK_HOUR };
  g_autoptr (GString) moved = NULL;
  g_autoptr (GString) removed = NULL;
  g_autoptr (GError) error = NULL;

  occurrence->uid = g_strdup ("1");
  occurrence->period = (TrkPeriod){ MONDAY, MONDAY + TRK_HOUR };
  moved = trk_ics_move (single, occurrence, wanted, NULL);
  g_assert_nonnull (strstr (moved->str, "\nDTSTART:20261123T100000Z\n"));
  occurrence->recurrence_id = g_strdup ("20261123T090000Z");
  removed = trk_ics_remove (series, occurrence, NULL);
  g_assert_nonnull (strstr (removed->str, "\nEXDATE:20261123T090000Z\n"));
  g_assert_null (trk_ics_move_all (series, occurrence, wanted, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ics/change/random", test_random);
  g_test_add_func ("/ics/change/refused", test_refused);
  g_test_add_func ("/ics/change/unknown-zone", test_unknown_zone);
  return g_test_run ();
}
