/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-do-not-disturb.h"

#include <stdio.h>
#include <stdlib.h>

/* quiet-driver FILE block: do-not-disturb is switched on, stays for a moment and is put back.
 * quiet-driver FILE after: what a daemon that was killed left is put back.
 * Status 0 when the file is gone in the end. */

enum
{
  PATIENCE = 20000 /* ms */
};

static void
on_problem (const char *message)
{
  fprintf (stderr, "%s\n", message);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Until the file is there, or gone. */
static void
wait_for (const char *file, gboolean there)
{
  for (int i = 0; i < PATIENCE / 10 && g_file_test (file, G_FILE_TEST_EXISTS) != there; i++)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  guint tick = g_timeout_add (10, on_tick, NULL);
  TrkDoNotDisturb *quiet;

  if (argc != 3 || bus == NULL)
    return EXIT_FAILURE;
  quiet = trk_do_not_disturb_new (argv[1], on_problem);
  trk_do_not_disturb_set_bus (quiet, bus);
  if (g_str_equal (argv[2], "block"))
    {
      trk_do_not_disturb_want (quiet, TRUE);
      wait_for (argv[1], TRUE);
      for (int i = 0; i < 20; i++) /* its answer comes */
        g_main_context_iteration (NULL, TRUE);
    }
  trk_do_not_disturb_want (quiet, FALSE);
  wait_for (argv[1], FALSE);
  trk_do_not_disturb_free (quiet);
  g_source_remove (tick);
  return g_file_test (argv[1], G_FILE_TEST_EXISTS) ? EXIT_FAILURE : EXIT_SUCCESS;
}
