/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-session-watch.h"

#include <gio/gio.h>

#define X11_FOLDER "/tmp/.X11-unix"

enum
{
  MOMENT = 500, /* ms: a socket is there before anybody listens */
};

struct _TrkSessionWatch
{
  GFileMonitor *wayland; /* (owned) (nullable) */
  GFileMonitor *x11;     /* (owned) (nullable) */
  char *wayland_path;    /* (owned) (nullable): what it waits for */
  char *x11_path;        /* (owned) (nullable) */
  void (*came) (gpointer data);
  gpointer data;
  guint timer;
};

static gboolean
on_moment (gpointer data)
{
  TrkSessionWatch *watch = data;

  watch->timer = 0;
  watch->came (watch->data);
  return G_SOURCE_REMOVE;
}

static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  TrkSessionWatch *watch = data;
  const char *path = g_file_peek_path (file);

  if (event == G_FILE_MONITOR_EVENT_CREATED && watch->timer == 0
      && (g_strcmp0 (path, watch->wayland_path) == 0 || g_strcmp0 (path, watch->x11_path) == 0))
    watch->timer = g_timeout_add (MOMENT, on_moment, watch);
}

/* "wayland-0" in the folder of the session, or a path; NULL: there is no such folder. */
static char *
find_wayland (void)
{
  const char *folder = g_getenv ("XDG_RUNTIME_DIR");
  const char *display = g_getenv ("WAYLAND_DISPLAY");

  if (display == NULL || *display == '\0')
    display = "wayland-0";
  if (g_path_is_absolute (display))
    return g_strdup (display);
  return folder != NULL ? g_build_filename (folder, display, NULL) : NULL;
}

/* Of ":7.0" X7; NULL: none was named, or one of another machine. */
static char *
find_x11 (void)
{
  const char *display = g_getenv ("DISPLAY");

  if (display == NULL || display[0] != ':' || !g_ascii_isdigit (display[1]))
    return NULL;
  return g_strdup_printf (X11_FOLDER "/X%" G_GUINT64_FORMAT,
                          g_ascii_strtoull (display + 1, NULL, 10));
}

/* A whole folder, as the socket is not there yet. */
static GFileMonitor *
monitor (TrkSessionWatch *watch, const char *path)
{
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autoptr (GFile) file = folder != NULL ? g_file_new_for_path (folder) : NULL;
  GFileMonitor *made;

  /* What is not there GLib would look for again and again. */
  if (file == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return NULL;
  made = g_file_monitor_directory (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (made != NULL)
    g_signal_connect (made, "changed", G_CALLBACK (on_event), watch);
  return made;
}

TrkSessionWatch *
trk_session_watch_new (void (*came) (gpointer data), gpointer data)
{
  TrkSessionWatch *watch = g_new0 (TrkSessionWatch, 1);

  watch->came = came;
  watch->data = data;
  watch->wayland_path = find_wayland ();
  watch->x11_path = find_x11 ();
  watch->wayland = monitor (watch, watch->wayland_path);
  watch->x11 = monitor (watch, watch->x11_path);
  return watch;
}

static void
drop (GFileMonitor *old, TrkSessionWatch *watch)
{
  if (old == NULL)
    return;
  g_signal_handlers_disconnect_by_data (old, watch);
  g_file_monitor_cancel (old);
  g_object_unref (old);
}

void
trk_session_watch_free (TrkSessionWatch *watch)
{
  if (watch == NULL)
    return;
  drop (watch->wayland, watch);
  drop (watch->x11, watch);
  g_clear_handle_id (&watch->timer, g_source_remove);
  g_free (watch->wayland_path);
  g_free (watch->x11_path);
  g_free (watch);
}
