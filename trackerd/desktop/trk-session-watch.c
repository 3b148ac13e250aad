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
  g_autofree char *name = g_file_get_basename (file);

  if (event != G_FILE_MONITOR_EVENT_CREATED || watch->timer != 0
      || !(g_str_has_prefix (name, "wayland-") || name[0] == 'X')
      || g_str_has_suffix (name, ".lock"))
    return;
  watch->timer = g_timeout_add (MOMENT, on_moment, watch);
}

static GFileMonitor *
monitor (TrkSessionWatch *watch, const char *folder)
{
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
  watch->wayland = monitor (watch, g_getenv ("XDG_RUNTIME_DIR"));
  watch->x11 = monitor (watch, X11_FOLDER);
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
  g_free (watch);
}
