/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-style.h"

#include <math.h>

static const TrkStyle ascii = { .columns = 80 };
static const TrkStyle unicode = { .columns = 80, .unicode = TRUE };
static const TrkStyle coloured = { .columns = 80, .unicode = TRUE, .colour = TRUE };

static void
test_bar (void)
{
  static const struct
  {
    const TrkStyle *style;
    double fraction;
    guint width;
    const char *expected;
  } rows[] = {
    { &ascii, 0, 4, "...." },     { &ascii, 0.5, 4, "##.." },   { &ascii, 1, 4, "####" },
    { &ascii, 0.99, 4, "###." },  { &ascii, 0.001, 4, "#..." }, { &ascii, 7, 4, "####" },
    { &ascii, -1, 4, "...." },    { &ascii, NAN, 4, "...." },   { &ascii, 0.5, 0, "" },
    { &unicode, 0.5, 4, "██··" }, { &unicode, 0.75, 2, "█▌" },  { &unicode, 0.001, 2, "▏·" },
    { &unicode, 0.999, 2, "█▉" }, { &unicode, 1, 2, "██" },     { &unicode, INFINITY, 1, "█" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *bar = trk_style_bar (rows[i].style, rows[i].fraction, rows[i].width);

      g_assert_cmpstr (bar, ==, rows[i].expected);
    }
}

static void
test_fill (void)
{
  g_autofree char *fill = trk_style_fill (&unicode, 0.5, 3);

  g_assert_cmpstr (fill, ==, "█▌ ");
}

static void
test_paint (void)
{
  g_autofree char *plain = trk_style_paint (&unicode, TRK_PAINT_BAD, "x");
  g_autofree char *red = trk_style_paint (&coloured, TRK_PAINT_BAD, "x");
  g_autofree char *none = trk_style_paint (&coloured, TRK_PAINT_PLAIN, "x");

  g_assert_cmpstr (plain, ==, "x");
  g_assert_cmpstr (red, ==, "\033[31mx\033[0m");
  g_assert_cmpstr (none, ==, "x");
}

static void
test_text (void)
{
  g_autofree char *same = trk_style_text (&unicode, "Grüße – 3 · 4");
  g_autofree char *plain = trk_style_text (&ascii, "Grüße – 3 · 4 → 5 ×1.4");
  g_autofree char *tame = trk_style_text (&unicode, "\033[2J\n");
  g_autofree char *tame_plain = trk_style_text (&ascii, "\033[2J\n");
  g_autofree char *page = trk_style_page (&ascii, "\033[1m– ✓\033[0m");

  g_assert_cmpstr (same, ==, "Grüße – 3 · 4");
  g_assert_cmpstr (plain, ==, "Gr??e - 3 - 4 -> 5 x1.4");
  g_assert_cmpstr (tame, ==, "\357\277\275[2J\n");
  g_assert_cmpstr (tame_plain, ==, "?[2J\n");
  g_assert_cmpstr (page, ==, "\033[1m- ok\033[0m");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/style/bar", test_bar);
  g_test_add_func ("/style/fill", test_fill);
  g_test_add_func ("/style/paint", test_paint);
  g_test_add_func ("/style/text", test_text);
  return g_test_run ();
}
