/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file.h"

#include <string.h>

/* Bytes → content lines → events: what producers write and what hostile ones might. */

/* The unfolded lines of @text, joined by "|", with their numbers. */
static char *
lines_of (const char *text, gsize length)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  GString *out = g_string_new (NULL);
  TrkContentCursor cursor;
  guint number = 0;
  gboolean cut = FALSE;

  trk_content_cursor_init (&cursor, text, length, 1);
  while (trk_content_next (&cursor, 100, raw, &number, NULL, &cut))
    g_string_append_printf (out, "%s%u:%s", out->len > 0 ? "|" : "", number, raw->str);
  return g_string_free (out, FALSE);
}

static void
test_unfolding (void)
{
  static const char *const table[][2] = {
    { "A:1\r\nB:2\r\n", "1:A:1|2:B:2" },
    { "A:1\nB:2", "1:A:1|2:B:2" },
    { "A:1\rB:2\r", "1:A:1|2:B:2" },
    { "A:1\r\n 2\r\n\t3\r\nB:4\r\n", "1:A:123|4:B:4" },
    { "A:1\r\r\nB:2\r\r\n", "1:A:1|2:B:2" },
    { "\r\n\r\nA:1\r\n\r\nB:2", "3:A:1|5:B:2" },
    { "A:\xc3\r\n \xa4\r\n", "1:A:\xc3\xa4" },
    { "", "" },
    /* some lines ended by CR alone; a CR in a text is none of their ends */
    { "A:1\rB;X=2:3\r\nC:4\n", "1:A:1|2:B;X=2:3|3:C:4" },
    { "A:1\r2 3\nB:4\n", "1:A:1\r2 3|2:B:4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *got = lines_of (table[i][0], strlen (table[i][0]));

      g_assert_cmpstr (got, ==, table[i][1]);
    }
}

/* A line that is passed over ends where it would have ended being read. */
static void
assert_same_end (const char *text)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkContentCursor read, skipped;
  gboolean cut = FALSE;

  trk_content_cursor_init (&read, text, strlen (text), 1);
  skipped = read;
  g_assert_true (trk_content_next (&read, 100, raw, NULL, NULL, &cut));
  if (!trk_content_skip (&skipped))
    g_assert_cmpuint (skipped.at, ==, 0);
  else
    {
      g_assert_cmpuint (skipped.at, ==, read.at);
      g_assert_cmpuint (skipped.line, ==, read.line);
    }
}

static void
test_skipping (void)
{
  static const char *const pieces[] = {
    "A", "A:", ";ENCODING=QUOTED-PRINTABLE:", "=", "\r", "\n", "\r\n", " ", "\t", "B;"
  };

  for (guint n = 0; n < 20000; n++)
    {
      g_autoptr (GString) text = g_string_new ("S");

      for (gint i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      assert_same_end (text->str);
    }
}

/* Nearly all are passed over: those that may go on behind their end are not. */
static void
test_skipped (void)
{
  static const struct
  {
    const char *text;
    gsize at; /* 0: it is not */
  } table[] = {
    { "A:1\r\nB:2\r\n", 5 },  { "A:1\r\n 2\r\n\t3\r\nB:4\r\n", 13 },
    { "A:1\nB:2\n", 4 },      { "A:1\rB:2\r", 4 },
    { "A:1=2\r\n", 7 },       { "A:1=\r\n2\r\n", 0 },
    { "A:1\r\n 2=\r\n3", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TrkContentCursor cursor;

      trk_content_cursor_init (&cursor, table[i].text, strlen (table[i].text), 1);
      g_assert_true (trk_content_skip (&cursor) == (table[i].at > 0));
      g_assert_cmpuint (cursor.at, ==, table[i].at);
    }
}

static TrkContentLine *
parse (const char *text)
{
  g_autoptr (GString) raw = g_string_new (text);

  return trk_content_line_parse (raw, 7, FALSE);
}

/* Back to the middle of a line; not forward, whatever the bytes made of the place. */
static void
test_going_back (void)
{
  static const char text[] = "A:1\r\nB:2\r\nC:3\r\n";
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkContentCursor cursor;
  guint number = 0;
  gboolean cut = FALSE;

  trk_content_cursor_init (&cursor, text, strlen (text), 1);
  g_assert_true (trk_content_next (&cursor, 100, raw, &number, NULL, &cut));
  trk_content_cursor_go_back (&cursor, strlen (text) + 1, 9);
  g_assert_true (trk_content_next (&cursor, 100, raw, &number, NULL, &cut));
  g_assert_cmpstr (raw->str, ==, "B:2");
  g_assert_cmpuint (number, ==, 2);
  trk_content_cursor_go_back (&cursor, 1, 1);
  g_assert_true (trk_content_next (&cursor, 100, raw, &number, NULL, &cut));
  g_assert_cmpstr (raw->str, ==, ":1");
}

static void
test_line (void)
{
  g_autoptr (TrkContentLine) quoted =
      parse ("attendee;CN=\"A; B: C\";partstat=DECLINED:mailto:a@b");
  g_autoptr (TrkContentLine) colon =
      parse ("DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20261123T090000");
  g_autoptr (TrkContentLine) latin = parse ("SUMMARY:Caf\xe9");

  g_assert_cmpstr (quoted->name, ==, "ATTENDEE");
  g_assert_cmpstr (trk_content_line_param (quoted, "CN"), ==, "A; B: C");
  g_assert_cmpstr (trk_content_line_param (quoted, "PARTSTAT"), ==, "DECLINED");
  g_assert_null (trk_content_line_param (quoted, "TZID"));
  g_assert_cmpstr (quoted->value, ==, "mailto:a@b");
  g_assert_cmpuint (quoted->line, ==, 7);
  g_assert_cmpstr (trk_content_line_param (colon, "TZID"), ==, "(UTC+01:00) Amsterdam, Berlin");
  g_assert_cmpstr (colon->value, ==, "20261123T090000");
  g_assert_cmpstr (latin->value, ==, "Café");
  g_assert_null (parse ("no colon"));
  g_assert_null (parse (":value"));
  g_assert_null (parse ("<html>:x"));
}

static void
test_escapes (void)
{
  g_autofree char *text = trk_content_unescape ("a\\, b\\; c\\n\\\\d\\");
  g_auto (GStrv) list = trk_content_unescape_list ("Deep Work, a\\,b ,,c", 10);
  g_assert_cmpstr (text, ==, "a, b; c\n\\d\\");
  g_auto (GStrv) two = trk_content_unescape_list (",a,,b,c", 2);
  g_auto (GStrv) none = trk_content_unescape_list ("a", 0);

  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[1], ==, "b");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (list), ==, 3);
  g_assert_cmpstr (list[0], ==, "Deep Work");
  g_assert_cmpstr (list[1], ==, "a,b");
}

static TrkFile *
file_of (const char *bytes, gsize length)
{
  char *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  copy[length] = '\0';
  return trk_file_new ("work", "/work.ics", copy, length);
}

#define CALENDAR "BEGIN:VCALENDAR\r\n"
#define EVENT(uid) "BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTART:20261123T090000Z\r\n"

/* Events found and whether the file was written to its end. */
static void
test_structure (void)
{
  static const struct
  {
    const char *text;
    guint events;
    gboolean complete;
  } table[] = {
    { CALENDAR EVENT ("a") "END:VEVENT\r\nEND:VCALENDAR\r\n", 1, TRUE },
    { "\xef\xbb\xbf" CALENDAR EVENT ("a") "END:VEVENT\r\nEND:VCALENDAR\r\n", 1, TRUE },
    { "begin:vcalendar\nbegin:vevent\nuid:a\nend:vevent\nend:vcalendar\n", 1, TRUE },
    { CALENDAR EVENT ("a") EVENT ("b") "END:VEVENT\r\nEND:VCALENDAR\r\n", 2, TRUE },
    { CALENDAR EVENT ("a") "END:VCALENDAR\r\n", 1, TRUE },
    { CALENDAR EVENT ("a") "END:VEVENT\r\n", 1, FALSE },
    { CALENDAR EVENT ("a"), 1, FALSE },
    { CALENDAR "END:VCALENDAR\r\n" CALENDAR EVENT ("a") "END:VEVENT\r\nEND:VCALENDAR\r\n", 1,
      TRUE },
    { CALENDAR "BEGIN:VTODO\r\nUID:t\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VTODO\r\n" EVENT (
          "a") "END:VEVENT\r\nEND:VCALENDAR\r\n",
      1, TRUE },
    { CALENDAR "END:VCALENDAR\r\n", 0, TRUE },
    { CALENDAR "BEG\r\n IN:VEVENT\r\nSUMMARY:x\r\n BEGIN:VEVENT\r\nE\r\n ND:VEVENT\r\n"
               "END\r\n :VCALENDAR\r\n",
      1, TRUE },
    { "", 0, FALSE },
    { "<html>", 0, FALSE },
    { "\x1f\x8b", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TrkFile) file = file_of (table[i].text, strlen (table[i].text));

      g_test_message ("row %u", i);
      g_assert_cmpuint (file->events->len, ==, table[i].events);
      g_assert_cmpint (file->complete, ==, table[i].complete);
    }
}

/* What is looked for before the events are taken apart is found in whatever form, and in no text.
 */
static void
test_seen_in_scan (void)
{
  static const char *const lines[] = {
    "UID:a\r\nDTSTART:20261123T090000Z\r\n",
    "uid:a\ndtstart:20261123T090000Z\n",
    "SUMMARY:x\r\n DTSTART:20200101\r\nU\r\n ID:a\r\nDTS\r\n TART:20261123T090000Z\r\n",
    "DESCRIPTION:x\r\n UID:b\r\nUID;X=1:a\r\nDTSTAMP:20200101\r\nDTSTART;VALUE=DATE:20261123\r\n",
    "LOCATION;ENCODING=QUOTED-PRINTABLE:x=\r\nUID:b\r\nUID:a\r\nDTSTART:20261123\r\n",
    "DTSTART:20261123\r\nRRULE:FREQ=DAILY\r\nUI\r\n D:a\r\n",
    "CATEGORIES:U\r\n UID:b\r\nDUE:20200101\r\nDTSTART:20261123\r\nUID:a\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strconcat (CALENDAR "BEGIN:VEVENT\r\n", lines[i],
                                           "END:VEVENT\r\nEND:VCALENDAR\r\n", NULL);
      g_autoptr (TrkFile) file = file_of (text, strlen (text));
      const TrkEventRange *event;

      g_test_message ("row %u", i);
      g_assert_cmpuint (file->events->len, ==, 1);
      event = &g_array_index (file->events, TrkEventRange, 0);
      g_assert_cmpstr (event->uid, ==, "a");
      g_assert_cmpuint (event->day, ==, 20261123);
    }
}

/* Refused by name, or read with a word about it; never lost in silence. */
static void
test_told (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *word;
  } table[] = {
    { "", 0, "empty" },
    { "\xff\xfe"
      "B\0E\0",
      6, "UTF-16" },
    { "\0B\0E\0G", 6, "UTF-16" },
    { "\x1f\x8b\x08\0\0\0", 6, "gzip" },
    { "PK\x03\x04xx", 6, "ZIP" },
    { "<!DOCTYPE html>", 15, "HTML" },
    { "hello world", 11, "no iCalendar" },
    { "BEGIN:VCALENDAR\nX:\0\nEND:VCALENDAR\n", 34, "NUL" },
    { "BEGIN:VCALENDAR\nX:\xe9\nEND:VCALENDAR\n", 34, "8859-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (TrkFile) file = file_of (table[i].bytes, table[i].length);
      const TrkDiagnostic *first;

      g_assert_cmpuint (file->findings->list->len, >=, 1);
      first = g_ptr_array_index (file->findings->list, 0);
      g_test_message ("%s", first->reason);
      g_assert_nonnull (strstr (first->reason, table[i].word));
    }
}

/* The cost of unfolding is linear: four million folds in one line are read at once. */
static void
test_many_folds (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDESCRIPTION:x");
  g_autoptr (TrkFile) file = NULL;

  for (guint i = 0; i < 400000; i++)
    g_string_append (text, "\n y");
  g_string_append (text, "\nEND:VEVENT\nEND:VCALENDAR\n");
  file = file_of (text->str, text->len);
  g_assert_cmpuint (file->events->len, ==, 1);
}

/* Parameters without end: a line of more than a thousand is none, an event of more than 200,000 is
 * left out; what it takes to find that out is bounded. */
static void
test_many_params (void)
{
  g_autoptr (GString) raw = g_string_new ("DTSTART");
  g_autoptr (GString) text = g_string_new ("BEGIN:VEVENT\n");
  g_autoptr (TrkContentLine) most = NULL;
  g_autoptr (TrkComponent) component = NULL;

  for (guint i = 0; i < TRK_CONTENT_MAX_PARAMS; i++)
    g_string_append (raw, ";A=B");
  g_string_append (raw, ":20260101");
  most = trk_content_line_parse (raw, 1, FALSE);
  g_assert_nonnull (most);
  g_assert_cmpstr (most->value, ==, "20260101");
  for (guint i = 0; i < 201; i++)
    g_string_append_printf (text, "%s\n", raw->str);
  component = trk_component_parse (text->str, text->len, 1);
  g_assert_true (component->too_long);
  g_string_insert (raw, (gssize) strlen ("DTSTART"), ";A=B");
  g_assert_null (trk_content_line_parse (raw, 1, FALSE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content/unfolding", test_unfolding);
  g_test_add_func ("/content/skipping", test_skipping);
  g_test_add_func ("/content/skipped", test_skipped);
  g_test_add_func ("/content/going-back", test_going_back);
  g_test_add_func ("/content/line", test_line);
  g_test_add_func ("/content/escapes", test_escapes);
  g_test_add_func ("/file/structure", test_structure);
  g_test_add_func ("/file/seen-in-scan", test_seen_in_scan);
  g_test_add_func ("/file/told", test_told);
  g_test_add_func ("/file/many-folds", test_many_folds);
  g_test_add_func ("/file/many-params", test_many_params);
  return g_test_run ();
}
