/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-json.h"

#include <math.h>
#include <string.h>

static char *
text_of (double value)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  trk_json_double (builder, "x", value);
  json_builder_end_object (builder);
  text = trk_json_text (builder);
  g_assert_true (g_str_has_prefix (text, "{\n  \"x\" : "));
  g_assert_true (g_str_has_suffix (text, "\n}"));
  return g_strndup (text + 10, strlen (text) - 12);
}

static void
test_double (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 83.2, "83.2" },
    { 0.1, "0.1" },
    { -2.5, "-2.5" },
    { 1.0 / 3, "0.3333333333333333" },
    { 5e-324, "4.94065645841247e-324" },
    { 1e300, "1e+300" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { NAN, "null" },
    { -INFINITY, "null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = text_of (cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Whatever the double, its text reads back as it. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
      g_autofree char *text = NULL;
      double value;

      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;
      text = text_of (value);
      g_assert_true (g_ascii_strtod (text, NULL) == value);
    }
}

/* What stands in quotes is nobody's number, and whole numbers stay as they are. */
static void
test_the_rest_stays (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  trk_json_string (builder, "83.200000000000003", "\"1.10000000000000009\\");
  trk_json_int (builder, "most", G_MAXINT64);
  trk_json_int (builder, "least", G_MININT64);
  trk_json_bool (builder, "true", TRUE);
  trk_json_string (builder, "none", NULL);
  json_builder_end_object (builder);
  text = trk_json_text (builder);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"83.200000000000003\" : \"\\\"1.10000000000000009\\\\\",\n"
                   "  \"most\" : 9223372036854775807,\n"
                   "  \"least\" : -9223372036854775808,\n"
                   "  \"true\" : true,\n"
                   "  \"none\" : null\n"
                   "}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/double", test_double);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/the-rest-stays", test_the_rest_stays);
  return g_test_run ();
}
