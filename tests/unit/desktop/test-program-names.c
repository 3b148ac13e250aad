/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bounded-json.h"
#include "trk-program-list.h"
#include "trk-systemd-starts.h"

#include <string.h>

/* Which listed program a stranger's name is, and JSON from a stranger. */

static void
test_find (void)
{
  static const char *const programs[] = { "Chess",    "org.example.Mail.desktop", "café",
                                          ".desktop", "../../etc/passwd",         NULL };
  static const struct
  {
    const char *name, *found;
  } rows[] = {
    { "chess", "Chess" },
    { "CHESS.desktop", "Chess" },
    { "org.gnome.chess", "Chess" },
    { "chess2", NULL },
    { "xchess", NULL },
    { "org.chess.other", NULL },
    { "org.example.mail", "org.example.Mail.desktop" },
    { "mail", NULL },
    { "CAFÉ", "café" },
    { "", NULL },
    { ".", NULL },
    { "org.", NULL },
    { ".desktop", ".desktop" },
    { "passwd", NULL },
  };
  g_autoptr (TrkProgramList) list = trk_program_list_new (programs);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *names[] = { "nobody", rows[i].name, NULL };

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (trk_program_list_find (list, names), ==, rows[i].found);
    }
}

static void
test_nobody (void)
{
  static const char *const none[] = { NULL };
  static const char *const names[] = { "", "chess", NULL };
  g_autoptr (TrkProgramList) list = trk_program_list_new (none);

  g_assert_null (trk_program_list_find (list, names));
  g_assert_null (trk_program_list_find (list, none));
}

/* What is nested without end is refused before anything recurses; so is what is cut off. */
static void
test_hostile_json (void)
{
  static const char *const broken[] = { "", "{", "[", "{\"a\":", "\"a", "[}", "{\"a\":\"\\" };
  g_autofree char *deep = g_strnfill (1 << 20, '[');

  g_assert_null (trk_bounded_json_parse (deep, 1 << 20));
  memset (deep + (1 << 19), ']', 1 << 19);
  g_assert_null (trk_bounded_json_parse (deep, 1 << 20));
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (JsonNode) node = trk_bounded_json_parse (broken[i], strlen (broken[i]));

      g_assert_null (trk_bounded_json_root (node));
    }
}

/* Missing members, and those of another type, are none. */
static void
test_members (void)
{
  static const char text[] = "{\"s\":\"x\",\"n\":7,\"o\":{},\"a\":[],\"z\":null}";
  g_autoptr (JsonNode) node = trk_bounded_json_parse (text, strlen (text));
  JsonObject *root = trk_bounded_json_root (node);
  static const char *const names[] = { "s", "n", "o", "a", "z", "missing" };

  g_assert_nonnull (root);
  g_assert_cmpstr (trk_bounded_json_string (root, "s"), ==, "x");
  g_assert_cmpint (trk_bounded_json_int (root, "n"), ==, 7);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true ((trk_bounded_json_string (root, names[i]) != NULL) == (i == 0));
      g_assert_true ((trk_bounded_json_int (root, names[i]) != 0) == (i == 1));
      g_assert_true ((trk_bounded_json_object (root, names[i]) != NULL) == (i == 2));
      g_assert_true ((trk_bounded_json_array (root, names[i]) != NULL) == (i == 3));
      g_assert_null (trk_bounded_json_string (NULL, names[i]));
    }
}

static void
test_units (void)
{
  static const struct
  {
    const char *unit, *application;
  } rows[] = {
    { "app-gnome-org.gnome.Chess-1234.scope", "org.gnome.Chess" },
    { "app-chess-1234.scope", "chess" },
    { "app-chess@f00.service", "chess" },
    { "app-kde-a\\x2db@1.service", "a-b" },
    { "dbus-:1.2-org.gnome.Chess@0.service", "org.gnome.Chess" },
    { "app-chess-\\xzz-1.scope", "\\xzz" },
    { "app-chess.scope", NULL },
    { "app-.service", NULL },
    { "app-chess-1.slice", NULL },
    { "session-2.scope", NULL },
    { "", NULL },
    { ".scope", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *application = trk_systemd_application (rows[i].unit);

      g_test_message ("%s", rows[i].unit);
      g_assert_cmpstr (application, ==, rows[i].application);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program-names/find", test_find);
  g_test_add_func ("/program-names/nobody", test_nobody);
  g_test_add_func ("/program-names/hostile-json", test_hostile_json);
  g_test_add_func ("/program-names/members", test_members);
  g_test_add_func ("/program-names/units", test_units);
  return g_test_run ();
}
