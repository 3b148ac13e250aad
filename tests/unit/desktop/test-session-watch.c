/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-session-watch.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* The user's display is waited for, and displays of others are no news. */

enum
{
  PATIENCE = 60 /* seconds, for what must come */
};

static void
on_came (gpointer data)
{
  (*(guint *) data)++;
}

static gboolean
on_overdue (gpointer data)
{
  g_error ("the display came, and nobody was told");
  return G_SOURCE_REMOVE;
}

static void
touch (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

typedef struct
{
  const char *display; /* $WAYLAND_DISPLAY */
  const char *other;   /* comes first: somebody else's */
  const char *ours;
} Case;

/* That the first was no news is seen when the second is the only one that was told. */
static void
test_wayland (gconstpointer data)
{
  const Case *display = data;
  g_autofree char *folder = g_dir_make_tmp ("trackerd-test-XXXXXX", NULL);
  g_autofree char *other = g_build_filename (folder, display->other, NULL);
  g_autofree char *ours = g_build_filename (folder, display->ours, NULL);
  guint came = 0, overdue = g_timeout_add_seconds (PATIENCE, on_overdue, NULL);
  TrkSessionWatch *watch;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  if (display->display != NULL)
    g_setenv ("WAYLAND_DISPLAY", display->display, TRUE);
  watch = trk_session_watch_new (on_came, &came);
  touch (folder, display->other);
  for (int i = 0; i < 200; i++) /* long past the moment that it waits before it tells */
    {
      g_usleep (5000);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (came, ==, 0);
  touch (folder, display->ours);
  while (came == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (came, ==, 1);
  g_source_remove (overdue);
  trk_session_watch_free (watch);
  g_unsetenv ("WAYLAND_DISPLAY");
  g_assert_cmpint (g_unlink (other) | g_unlink (ours) | g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  static const Case by_default = { NULL, "wayland-1", "wayland-0" };
  static const Case named = { "wayland-1", "wayland-0", "wayland-1" };
  static const Case lock = { NULL, "wayland-0.lock", "wayland-0" };

  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("WAYLAND_DISPLAY");
  g_unsetenv ("DISPLAY");
  g_test_add_data_func ("/session-watch/by-default", &by_default, test_wayland);
  g_test_add_data_func ("/session-watch/named", &named, test_wayland);
  g_test_add_data_func ("/session-watch/a-lock-file", &lock, test_wayland);
  return g_test_run ();
}
