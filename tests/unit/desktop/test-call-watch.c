/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-call-watch.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* Says what a microphone does and ends at once, as one that crashes does. */
static const char script[] = "#!/bin/sh\n"
                             "printf 'microphone\\tfree\\t\\n'\n"
                             "cut -d ' ' -f 1 /proc/uptime >>\"$0.starts\"\n";

static void
on_change (gpointer data)
{
}

/* When it was started: seconds, of which there are at least @count. */
static char **
wait_for_starts (const char *path, guint count)
{
  for (;;)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        lines = g_strsplit (text, "\n", -1);
      if (lines != NULL && g_strv_length (lines) > count)
        return g_steal_pointer (&lines);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
}

/* A slow machine makes each wait longer, never shorter. */
static void
test_a_line_does_not_shorten_the_pause (void)
{
  g_autofree char *folder = g_dir_make_tmp ("trackerd-call-XXXXXX", NULL);
  g_autofree char *program = g_build_filename (folder, "capture", NULL);
  g_autofree char *starts = g_strconcat (program, ".starts", NULL);
  g_auto (GStrv) started = NULL;

  g_assert_true (g_file_set_contents (program, script, -1, NULL));
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  {
    g_autoptr (TrkCallWatch) watch = trk_call_watch_new (program, on_change, NULL);

    started = wait_for_starts (starts, 3);
  }
  g_assert_cmpfloat (g_ascii_strtod (started[2], NULL) - g_ascii_strtod (started[1], NULL), >, 6);
  g_unlink (starts);
  g_unlink (program);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-watch/a-line-does-not-shorten-the-pause",
                   test_a_line_does_not_shorten_the_pause);
  return g_test_run ();
}
