/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-text.h"
#include "trk-wrap.h"

#include <string.h>

static void
test_wrap (void)
{
  static const struct
  {
    const char *text;
    guint columns, indent;
    const char *expected;
  } rows[] = {
    { "", 20, 0, "" },
    { "one two", 20, 0, "one two\n" },
    { "one two three", 9, 0, "one two\nthree\n" },
    { "one two three", 9, 2, "  one two\n  three\n" },
    { "one  two", 20, 0, "one  two\n" },
    { "one    two", 20, 0, "one  two\n" },
    { "one  two three", 8, 0, "one  two\nthree\n" },
    { "one  two", 7, 0, "one\ntwo\n" },
    { "a_word_longer_than_the_line x", 10, 0, "a_word_longer_than_the_line\nx\n" },
    { "one\n\ntwo", 20, 0, "one\n\ntwo\n" },
    { "one\n\n an  example", 5, 0, "one\n\n an  example\n" },
    { " first\n second\n\nlast", 20, 2, "   first\n   second\n\n  last\n" },
    { "会議 会議", 5, 0, "会議\n会議\n" },
    { "one two  ", 20, 1, " one two\n" },
    { "one two", 3, 5, "     one\n     two\n" },
    { "one\n\n", 20, 2, "  one\n\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *got = trk_wrap (rows[i].text, rows[i].columns, rows[i].indent);

      g_assert_cmpstr (got, ==, rows[i].expected);
    }
}

/* What is printed in a terminal of so many columns. */
static char *
print (const TrkColumns *columns, const char *width)
{
  char *text = NULL;
  gsize length = 0;
  FILE *out = open_memstream (&text, &length);
  TrkSession *session;

  g_setenv ("COLUMNS", width, TRUE);
  session = trk_session_new (0, NULL, out, out);
  trk_columns_print (columns, session);
  trk_session_free (session);
  fclose (out);
  return text;
}

static void
test_columns (void)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlfro");

  trk_columns_add_heading (columns, "Heading");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "1", NULL, "A rather long title that will be cut",
                   "0:30", "@project +tag");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "12", NULL, "Short", "10:00", NULL);
  g_autofree char *wide = print (columns, "80");
  g_autofree char *middle = print (columns, "50");
  g_autofree char *narrow = print (columns, "30");

  g_assert_cmpstr (wide, ==,
                   "Heading\n"
                   "  1  A rather long title that will be cut   0:30  @project +tag\n"
                   " 12  Short                                 10:00\n");
  g_assert_cmpstr (middle, ==,
                   "Heading\n"
                   "  1  A rather long title that will be cut   0:30\n"
                   " 12  Short                                 10:00\n");
  g_assert_cmpstr (narrow, ==,
                   "Heading\n"
                   "  1  A rather long t...   0:30\n"
                   " 12  Short               10:00\n");
}

/* What may not be missing stands below its row where there is no room in it. */
static void
test_notes (void)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlfn");

  trk_columns_add (columns, TRK_PAINT_PLAIN, "7", "focus", "A rather long title", "unverified");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "8", "focus", "Short", NULL);
  g_autofree char *wide = print (columns, "60");
  g_autofree char *narrow = print (columns, "30");

  g_assert_cmpstr (wide, ==,
                   " 7  focus  A rather long title  unverified\n"
                   " 8  focus  Short\n");
  g_assert_cmpstr (narrow, ==,
                   " 7  focus  A rather long title\n"
                   "           unverified\n"
                   " 8  focus  Short\n");
}

/* A note is broken between words, not cut. */
static void
test_long_notes (void)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlfn");

  trk_columns_add (columns, TRK_PAINT_PLAIN, "7", "focus", "A rather long title",
                   "manual, begun Mon 23 Nov (5 h of it there)");
  g_autofree char *narrow = print (columns, "40");

  g_assert_cmpstr (narrow, ==,
                   " 7  focus  A rather long title\n"
                   "           manual, begun Mon 23 Nov (5 h\n"
                   "           of it there)\n");
}

/* A title is broken between words, behind the blanks that it begins with; one of many lines is cut.
 */
static void
test_titles (void)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rltr");

  trk_columns_add (columns, TRK_PAINT_PLAIN, "1", "x", "Short", "0:30");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "2", NULL, "  A title below another one", "0:40");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "3", NULL,
                   "one two three four five six seven eight nine ten eleven twelve thirteen",
                   "1:00");
  g_autofree char *narrow = print (columns, "30");

  g_assert_cmpstr (narrow, ==,
                   " 1  x  Short              0:30\n"
                   " 2       A title below    0:40\n"
                   "         another one\n"
                   " 3     one two three      1:00\n"
                   "       four five six\n"
                   "       seven eight nine\n"
                   "       ten eleven twe...\n");
}

/* A path is whole: in its row where it fits, else below. */
static void
test_paths (void)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("llp");

  trk_columns_add (columns, TRK_PAINT_PLAIN, "a", "3 events", "~/a.ics");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "b", NULL, "/a/long path/with blanks/to a file/b.ics");
  trk_columns_add (columns, TRK_PAINT_PLAIN, "c", NULL, "https://example.org, copy of 5 min ago");
  g_autofree char *narrow = print (columns, "30");

  g_assert_cmpstr (narrow, ==,
                   " a  3 events  ~/a.ics\n"
                   " b\n"
                   "    /a/long path/with blanks/to a file/b.ics\n"
                   " c\n"
                   "    https://example.org, copy\n"
                   "    of 5 min ago\n");
}

/* No line is wider than the terminal, and every first cell is there. */
/* A log that was damaged, or written by somebody else, may hold bytes that are no text. */
static void
test_broken_titles (void)
{
  static const struct
  {
    const char *title, *expected;
  } rows[] = {
    { "ab\xf0", " 7  ab?\n" },
    { "\xe2\x82", " 7  ??\n" },
    { "\x1b[31m", " 7  ?[31m\n" },
    { "", " 7\n" },
    { "   ", " 7\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkColumns) columns = trk_columns_new ("rt");
      g_autofree char *got = NULL;

      trk_columns_add (columns, TRK_PAINT_PLAIN, "7", rows[i].title);
      got = print (columns, "80");
      g_assert_cmpstr (got, ==, rows[i].expected);
    }
}

static void
test_columns_fit (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (TrkColumns) columns = trk_columns_new (round % 2 == 0 ? "rfo" : "rtn");
      guint width = (guint) g_test_rand_int_range (30, 120);
      g_autofree char *width_text = g_strdup_printf ("%u", width);
      g_autofree char *title = g_strnfill ((gsize) g_test_rand_int_range (0, 150), 'x');
      g_autofree char *labels = g_strnfill ((gsize) g_test_rand_int_range (0, 150), 'y');
      g_autofree char *got = NULL;
      g_auto (GStrv) lines = NULL;

      trk_columns_add (columns, TRK_PAINT_PLAIN, "7", title, labels);
      got = print (columns, width_text);
      g_assert_true (g_str_has_prefix (got, " 7"));
      lines = g_strsplit (g_strchomp (got), "\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        g_assert_cmpuint (trk_text_width (lines[i]), <=, width);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C", TRUE); /* plain ASCII */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/layout/wrap", test_wrap);
  g_test_add_func ("/cli/layout/columns", test_columns);
  g_test_add_func ("/cli/layout/notes", test_notes);
  g_test_add_func ("/cli/layout/long-notes", test_long_notes);
  g_test_add_func ("/cli/layout/titles", test_titles);
  g_test_add_func ("/cli/layout/paths", test_paths);
  g_test_add_func ("/cli/layout/broken-titles", test_broken_titles);
  g_test_add_func ("/cli/layout/columns-fit", test_columns_fit);
  return g_test_run ();
}
