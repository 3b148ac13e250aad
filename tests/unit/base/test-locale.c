/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-locale.h"

static void
set_or_unset (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

/* LC_ALL goes before the category's variable, and that before LANG; an empty one is none. */
static void
test_name (void)
{
  static const struct
  {
    const char *all, *category, *lang, *expected;
  } rows[] = {
    { NULL, NULL, NULL, "C" },
    { "", "", "", "C" },
    { NULL, NULL, "de_DE.UTF-8", "de_DE.UTF-8" },
    { NULL, "fr_FR", "de_DE.UTF-8", "fr_FR" },
    { "C", "fr_FR", "de_DE.UTF-8", "C" },
    { "", "", "de_DE.UTF-8", "de_DE.UTF-8" },
  };

  g_setenv ("LC_CTYPE", "not asked for", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_or_unset ("LC_ALL", rows[i].all);
      set_or_unset ("LC_TIME", rows[i].category);
      set_or_unset ("LANG", rows[i].lang);
      g_assert_cmpstr (trk_locale_name ("LC_TIME"), ==, rows[i].expected);
    }
}

static void
test_utf8 (void)
{
  static const struct
  {
    const char *name;
    gboolean utf8;
  } rows[] = {
    { "C", FALSE },
    { "POSIX", FALSE },
    { "C.UTF-8", TRUE },
    { "de_DE.utf8", TRUE },
    { "ca_ES.UTF-8@valencia", TRUE },
    { "de_DE.ISO-8859-1", FALSE },
    { "de_DE.ISO-8859-15@euro", FALSE },
    { "de_DE.UTF-16", FALSE },
    { "de_DE.", FALSE },
    { "xx_XX", FALSE }, /* no system has it */
    { "not a locale", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_setenv ("LC_ALL", rows[i].name, TRUE);
      g_test_message ("%s", rows[i].name);
      g_assert_cmpint (trk_locale_is_utf8 (), ==, rows[i].utf8);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locale/name", test_name);
  g_test_add_func ("/locale/utf8", test_utf8);
  return g_test_run ();
}
