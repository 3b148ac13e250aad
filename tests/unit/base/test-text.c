/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-text.h"

#include <string.h>

static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *line;
  } rows[] = {
    { NULL, 0, "" },
    { "", 5, "" },
    { "  plain  text\t", 0, "plain text" },
    { "two\r\nlines\n\nhere", 0, "two lines here" },
    { "\033[2J\033]0;owned\007x", 0, "[2J]0;ownedx" },
    { "a\x7f\x01\x08"
      "b",
      0, "ab" },
    { "C1 \xC2\x9B!", 0, "C1 !" },
    { "\xff\xfe!", 0, "\xEF\xBF\xBD\xEF\xBF\xBD!" },
    { "cut \xE2\x82", 0, "cut \xEF\xBF\xBD\xEF\xBF\xBD" },
    { "invoice\u202Efdp.exe", 0, "invoicefdp.exe" },
    { "\u2066a\u2069\u200E\u200F\u061C\uFEFF", 0, "a" },
    { "a\u2028b\u2029c\xC2\x85"
      "d",
      0, "a b c d" },
    { "<b>&amp;</b> %s%n", 0, "<b>&amp;</b> %s%n" },
    { "grüße 漢字", 0, "grüße 漢字" },
    { "abcde", 5, "abcde" },
    { "abcdef", 5, "abcd…" },
    { "abc def", 5, "abc…" },
    { "abc    ", 3, "abc" },
    { "漢字漢字", 3, "漢字…" },
    { "abcdé", 5, "abcdé" },
    { "abcdéf", 5, "abcd…" },
    { "abcd éf", 5, "abcd…" },
    { "abc d é", 5, "abc…" },
    { "abc  def é", 0, "abc def é" },
    { "abc \t\n", 4, "abc" },
    { "xy", 1, "…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = trk_text_line (rows[i].text, rows[i].max);

      g_assert_cmpstr (line, ==, rows[i].line);
    }
  g_assert_false (trk_text_is_line (NULL, 0));
}

static void
test_blocks (void)
{
  g_autofree char *block = trk_text_block (" one \r\n\r\n two\u2028three\033 \n", 0);
  g_autofree char *none = trk_text_block (NULL, 0);

  g_assert_cmpstr (block, ==, "one\ntwo\nthree");
  g_assert_cmpstr (none, ==, "");
}

/* Whatever bytes come in: valid UTF-8 without control characters, within the limit, trimmed. */
static void
test_any_bytes (void)
{
  for (int round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 40),
            max = (gsize) g_test_rand_int_range (0, 12);
      char bytes[41] = { 0 };
      gint32 top = g_test_rand_bit () ? 256 : 128; /* half of them as ASCII as most texts are */
      g_autofree char *line = NULL;
      g_autofree char *again = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = (char) g_test_rand_int_range (1, top);
      line = trk_text_line (bytes, max);
      g_assert_true (g_utf8_validate (line, -1, NULL));
      if (max > 0)
        g_assert_cmpint (g_utf8_strlen (line, -1), <=, (glong) max);
      for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
      g_assert_false (g_str_has_prefix (line, " ") || g_str_has_suffix (line, " "));
      g_assert_cmpint (trk_text_is_line (bytes, max), ==,
                       g_str_is_ascii (bytes) && g_str_equal (line, bytes));
      again = trk_text_line (line, max); /* what is clean stays as it is */
      g_assert_cmpstr (again, ==, line);
    }
}

/* As a line that is made up already wants it: nothing moves, and what was there is seen. */
static void
test_visible (void)
{
  static const struct
  {
    const char *text, *visible;
  } rows[] = {
    { "", "" },
    { "  two  spaces\nand a line ", "  two  spaces\nand a line " },
    { "Gr\303\274\303\237e \342\200\223 \344\274\232",
      "Gr\303\274\303\237e \342\200\223 \344\274\232" },
    { "\033[2J\a\r\t\177", "\357\277\275[2J\357\277\275\357\277\275\357\277\275\357\277\275" },
    { "a\302\23331m", "a\357\277\27531m" },                   /* CSI in one character */
    { "\342\200\256fdp.exe", "\357\277\275fdp.exe" },         /* right to left from here */
    { "\342\201\246x\330\234", "\357\277\275x\357\277\275" }, /* isolate, Arabic mark */
    { "bad \377 byte\302", "bad \357\277\275 byte\357\277\275" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *visible = trk_text_visible (rows[i].text);

      g_assert_cmpstr (visible, ==, rows[i].visible);
    }
}

/* All that Unicode calls a control, and of the rest only what steers how a line is shown. */
static void
test_controls (void)
{
  for (gunichar c = 0; c <= 0x10FFFF; c++)
    if (g_unichar_iscntrl (c))
      g_assert_true (trk_text_is_control (c));
    else if (trk_text_is_control (c))
      g_assert_cmpint (g_unichar_type (c), ==, G_UNICODE_FORMAT);
}

static void
test_megabyte (void)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, '\xff');
  g_autofree char *line = trk_text_line (huge, 80);
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autofree char *nothing = trk_text_line (spaces, 80);

  g_assert_cmpint (g_utf8_strlen (line, -1), ==, 80);
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_columns (void)
{
  static const struct
  {
    const char *text;
    gsize width, columns;
    const char *fitted;
  } rows[] = {
    { "abc", 3, 5, "abc  " },          { "abcdef", 6, 4, "abc…" }, { "漢字", 4, 4, "漢字" },
    { "漢字漢", 6, 4, "漢… " },        { "abc", 3, 0, "" },        { "abc", 3, 1, "…" },
    { "e\u0301a", 2, 3, "e\u0301a " }, { "", 0, 2, "  " },         { "a\xf0", 2, 2, "a\xf0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *fitted = trk_text_fit (rows[i].text, rows[i].columns);

      g_assert_cmpuint (trk_text_width (rows[i].text), ==, rows[i].width);
      g_assert_cmpstr (fitted, ==, rows[i].fitted);
      g_assert_cmpuint (trk_text_width (fitted), ==, rows[i].columns);
    }
}

static void
test_nearest (void)
{
  static const char *const words[] = { "agenda", "start", "stop", "status", "report", NULL };
  static const struct
  {
    const char *typed;
    const char *nearest;
  } rows[] = {
    { "agneda", "agenda" },
    { "strat", "start" },
    { "sotp", "stop" },
    { "statsu", "status" },
    { "start", "start" },
    { "raport", "report" },
    { "zzzzzz", NULL },
    { "", NULL },
    { "agendagendagendagendagendagendagendagenda", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (trk_text_nearest (rows[i].typed, words), ==, rows[i].nearest);
}

static void
test_reads_same (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean same;
  } rows[] = {
    { "", "", TRUE },
    { "Payment", "pAYMENT", TRUE },
    { "Payment", "Payments", FALSE },
    { "Caf\u00e9", "Cafe\u0301", TRUE },
    { "CAF\u00c9", "cafe\u0301", TRUE },
    { "Cafe", "Caf\u00e9", FALSE },
    { "Stra\u00dfe", "STRASSE", TRUE },
    { "\u1e69", "s\u0307\u0323", TRUE }, /* whatever the order of the dots */
    { "\u210c", "H", FALSE },            /* only looks like it */
    { "\xff", "\xEF\xBF\xBD", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (trk_text_reads_same (rows[i].a, rows[i].b), ==, rows[i].same);
      g_assert_cmpint (trk_text_reads_same (rows[i].b, rows[i].a), ==, rows[i].same);
    }
}

/* Whole words alone: half of one may be another. */
static void
test_first_words (void)
{
  static const struct
  {
    const char *title, *words;
    gboolean first;
  } rows[] = {
    { "Payment retries", "payment", TRUE },
    { "Payment retries", "PAYMENT retries", TRUE },
    { "Payment: retries", "payment", TRUE },
    { "Payment retries", "pay", FALSE },
    { "Payment retries", "retries", FALSE },
    { "Payment", "Payment retries", FALSE },
    { "Payment", "", FALSE },
    { "Caf\u00e9 au lait", "cafe\u0301", TRUE },
    { "Caf\u00e9 au lait", "cafe", FALSE },
    { "q\u0303 plan", "q", FALSE }, /* no letter has both in one */
    { "\u4f1a\u8b70 A", "\u4f1a", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (trk_text_first_words (rows[i].title, rows[i].words), ==, rows[i].first);
}

/* What a part of a title is looked for in: a letter with an accent holds none without. */
static void
test_folded (void)
{
  g_autofree char *title = trk_text_folded ("Zum Cafe\u0301 \xff");
  g_autofree char *part = trk_text_folded ("CAF\u00c9");
  g_autofree char *plain = trk_text_folded ("cafe");

  g_assert_cmpstr (title, ==, "zum caf\u00e9 \uFFFD");
  g_assert_nonnull (strstr (title, part));
  g_assert_null (strstr (title, plain));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/lines", test_lines);
  g_test_add_func ("/text/blocks", test_blocks);
  g_test_add_func ("/text/any-bytes", test_any_bytes);
  g_test_add_func ("/text/visible", test_visible);
  g_test_add_func ("/text/controls", test_controls);
  g_test_add_func ("/text/megabyte", test_megabyte);
  g_test_add_func ("/text/columns", test_columns);
  g_test_add_func ("/text/nearest", test_nearest);
  g_test_add_func ("/text/reads-same", test_reads_same);
  g_test_add_func ("/text/first-words", test_first_words);
  g_test_add_func ("/text/folded", test_folded);
  return g_test_run ();
}
