/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-read.h"

#include <string.h>

static TrkConfig *
read_config (const char *text)
{
  return trk_config_read (text, strlen (text), "/etc/trackerd.conf", NULL);
}

/* What is listed, parted by "|"; NULL: it is refused. */
static const struct
{
  const char *value;
  const char *listed;
} rows[] = {
  { "", "" },
  { " ; ,; ", "" },
  { "steam", "steam" },
  { "steam;discord", "steam|discord" },
  { "steam, discord;", "steam|discord" },
  { "  org.telegram.desktop ;\tDéjà   vu ", "org.telegram.desktop|Déjà vu" },
  { "a\033[2Jb\xe2\x80\xae", "a[2Jb" },
  { "%s%n; $(x)", "%s%n|$(x)" },
  { "/usr/bin/steam", NULL },
  { "steam; games/steam", NULL },
};

static void
test_programs (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("[guard]\nprograms = %s\n", rows[i].value);
      g_autoptr (TrkConfig) config = read_config (text);
      g_autofree char *listed = config != NULL ? g_strjoinv ("|", config->guarded) : NULL;

      g_test_message ("%s", rows[i].value);
      g_assert_cmpstr (listed, ==, rows[i].listed);
    }
}

/* At most 64, of at most 128 bytes. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("[guard]\nprograms = ");
  g_autofree char *longest = g_strnfill (128, 'x');
  g_autofree char *more = NULL;
  g_autofree char *longer = NULL;
  g_autoptr (TrkConfig) config = NULL;

  for (int i = 0; i < 63; i++)
    g_string_append_printf (text, "p%d;", i);
  g_string_append (text, longest);
  config = read_config (text->str);
  g_assert_nonnull (config);
  g_assert_cmpuint (g_strv_length (config->guarded), ==, 64);
  g_assert_cmpstr (config->guarded[63], ==, longest);
  more = g_strconcat (text->str, ";p", NULL);
  longer = g_strconcat (text->str, "x", NULL);
  g_assert_null (read_config (more));
  g_assert_null (read_config (longer));
}

static void
test_defaults (void)
{
  g_autoptr (TrkConfig) config = read_config ("");
  g_autoptr (TrkConfig) set = read_config ("[guard]\nallow = 7m\nprogram = steam\n");

  g_assert_cmpuint (g_strv_length (config->guarded), ==, 0);
  g_assert_cmpint (config->policies.guard_allow, ==, 5 * TRK_MINUTE);
  g_assert_cmpint (set->policies.guard_allow, ==, 7 * TRK_MINUTE);
  g_assert_cmpuint (set->warnings->len, ==, 1);
  g_assert_nonnull (strstr (set->warnings->pdata[0], ":3: unknown key 'program' in [guard]"));
  g_assert_nonnull (strstr (set->warnings->pdata[0], "nearest: programs"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-guard/programs", test_programs);
  g_test_add_func ("/config-guard/bounds", test_bounds);
  g_test_add_func ("/config-guard/defaults", test_defaults);
  return g_test_run ();
}
