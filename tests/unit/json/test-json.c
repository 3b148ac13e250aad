/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-json-reader.h"

#include <math.h>
#include <string.h>

static char *
text_of (double value)
{
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autofree char *text = NULL;

  trk_json_begin_object (builder);
  trk_json_double (builder, "x", value);
  trk_json_end_object (builder);
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
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autofree char *text = NULL;

  trk_json_begin_object (builder);
  trk_json_string (builder, "83.200000000000003", "\"1.10000000000000009\\");
  trk_json_int (builder, "most", G_MAXINT64);
  trk_json_int (builder, "least", G_MININT64);
  trk_json_bool (builder, "true", TRUE);
  trk_json_string (builder, "none", NULL);
  trk_json_end_object (builder);
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

/* What is empty stands on one line; an element of an array, like a member, on a line of its own. */
static void
test_form (void)
{
  static const char *const tags[] = { "a", "b", NULL };
  g_autoptr (TrkJson) json = trk_json_new ();
  g_autofree char *text = NULL;

  trk_json_begin_array (json);
  trk_json_begin_object (json);
  trk_json_strings (json, "tags", tags);
  trk_json_strings (json, "none", NULL);
  trk_json_name (json, "empty");
  trk_json_begin_object (json);
  trk_json_end_object (json);
  trk_json_number (json, "zero", 0);
  trk_json_length (json, "length", 90 * TRK_SECOND);
  trk_json_instant (json, "never", TRK_NEVER);
  trk_json_end_object (json);
  trk_json_add_int (json, 7);
  trk_json_add_string (json, NULL);
  trk_json_end_array (json);
  text = trk_json_text (json);
  g_assert_cmpstr (text, ==,
                   "[\n"
                   "  {\n"
                   "    \"tags\" : [\n"
                   "      \"a\",\n"
                   "      \"b\"\n"
                   "    ],\n"
                   "    \"none\" : [],\n"
                   "    \"empty\" : {},\n"
                   "    \"zero\" : null,\n"
                   "    \"length\" : 90,\n"
                   "    \"never\" : null\n"
                   "  },\n"
                   "  7,\n"
                   "  null\n"
                   "]");
}

/* Every byte, alone and between others, as a value and as a key: whatever a calendar holds, another
 * implementation reads the same text, and no control character is left in the document. */
static void
test_any_text (void)
{
  for (guint c = 1; c < 256; c++)
    {
      const char given[] = { 'a', (char) c, '"', (char) c, '\\', '\0' };
      g_autofree char *valid = g_utf8_make_valid (given, -1);
      g_autoptr (TrkJson) json = trk_json_new ();
      g_autoptr (JsonNode) root = NULL;
      g_autofree char *text = NULL;

      trk_json_begin_object (json);
      trk_json_string (json, given, given);
      trk_json_end_object (json);
      root = trk_json_read_back (json);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), valid), ==,
                       valid);
      text = trk_json_text (json);
      for (const char *p = text; *p != '\0'; p++)
        g_assert_true (*p == '\n' || !g_ascii_iscntrl (*p));
    }
}

/* A terminal that gets a document obeys nothing in it: the controls of C1, and what reorders. */
static void
test_no_control (void)
{
  static const char given[] = "\302\205 \302\23331m \342\200\256 \342\201\246 Gr\303\274n";
  g_autoptr (TrkJson) json = trk_json_new_line ();
  g_autofree char *text = NULL;

  trk_json_begin_array (json);
  trk_json_add_string (json, given);
  trk_json_end_array (json);
  text = trk_json_text (json);
  g_assert_nonnull (strstr (text, "\"\\u0085 \\u009b31m \\u202e \\u2066 Gr\303\274n\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/no-control", test_no_control);
  g_test_add_func ("/json/double", test_double);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/the-rest-stays", test_the_rest_stays);
  g_test_add_func ("/json/form", test_form);
  g_test_add_func ("/json/any-text", test_any_text);
  return g_test_run ();
}
