/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-idle-memory.h"

#include <gio/gio.h>
#include <string.h>

/* KiB of files that are mapped and present (proc(5)); -1 where the kernel does not tell. */
static gint64
resident_file_pages (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return -1;
  line = strstr (text, "\nRssFile:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("\nRssFile:"), NULL, 10) : -1;
}

/* Something from several libraries, with data that their code has and data that start-up made. */
static char *
work (void)
{
  g_autoptr (GVariant) value = g_variant_new ("(sd)", "naïve", 0.5);
  g_autofree char *printed = g_variant_print (value, TRUE);
  g_autofree char *folded = g_utf8_casefold (printed, -1);

  return g_strdup_printf ("%s %s %d", folded, g_type_name (G_TYPE_DBUS_CONNECTION),
                          g_variant_type_is_tuple (g_variant_get_type (value)));
}

static void
test_goes_and_comes_back (void)
{
  g_autofree char *before = work ();
  g_autofree char *after = NULL;
  gint64 used = resident_file_pages ();
  gint64 left;

  trk_idle_memory_give_back ();
  left = resident_file_pages ();
  after = work ();
  g_assert_cmpstr (after, ==, before);
  trk_idle_memory_give_back (); /* and again, of what came back */
  if (used < 0)
    g_test_skip ("this kernel does not tell what is resident");
  else
    g_assert_cmpint (left, <, used);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/idle-memory/goes-and-comes-back", test_goes_and_comes_back);
  return g_test_run ();
}
