/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-comeback.h"

#include <gio/gio.h>

enum
{
  FIRST_PAUSE = 1, /* seconds */
  LAST_PAUSE = 64,
  MOMENT = 1, /* a socket is there before anybody listens */
};

struct _TrkComeback
{
  char *socket;
  GFileMonitor *monitor; /* (owned) (nullable): while it is lost */
  void (*again) (gpointer data);
  gpointer data;
  guint timer;
  guint pause; /* seconds */
};

static void
stop_waiting (TrkComeback *comeback)
{
  g_clear_handle_id (&comeback->timer, g_source_remove);
  if (comeback->monitor != NULL)
    g_signal_handlers_disconnect_by_data (comeback->monitor, comeback);
  g_clear_object (&comeback->monitor);
}

static gboolean
on_time (gpointer data)
{
  TrkComeback *comeback = data;

  comeback->timer = 0;
  stop_waiting (comeback);
  comeback->again (comeback->data);
  return G_SOURCE_REMOVE;
}

static void
try_in (TrkComeback *comeback, guint seconds)
{
  g_clear_handle_id (&comeback->timer, g_source_remove);
  comeback->timer = g_timeout_add_seconds (seconds, on_time, comeback);
}

/* The socket, or a folder on the way to it. */
static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  TrkComeback *comeback = data;

  if (event != G_FILE_MONITOR_EVENT_CREATED
      || !g_str_has_prefix (comeback->socket, g_file_peek_path (file)))
    return;
  comeback->pause = FIRST_PAUSE;
  try_in (comeback, MOMENT);
}

/* Of a folder that is not there GLib would look for again and again: the first one that is. */
static GFileMonitor *
watch_way (const char *socket)
{
  g_autofree char *folder = g_path_get_dirname (socket);
  g_autoptr (GFile) file = NULL;

  while (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      char *above = g_path_get_dirname (folder);

      g_free (folder);
      folder = above;
    }
  file = g_file_new_for_path (folder);
  return g_file_monitor_directory (file, G_FILE_MONITOR_NONE, NULL, NULL);
}

void
trk_comeback_lost (TrkComeback *comeback)
{
  stop_waiting (comeback);
  comeback->monitor = watch_way (comeback->socket);
  if (comeback->monitor != NULL)
    g_signal_connect (comeback->monitor, "changed", G_CALLBACK (on_event), comeback);
  if (comeback->pause > LAST_PAUSE)
    return;
  try_in (comeback, comeback->pause);
  comeback->pause *= 2;
}

void
trk_comeback_found (TrkComeback *comeback)
{
  stop_waiting (comeback);
  comeback->pause = FIRST_PAUSE;
}

TrkComeback *
trk_comeback_new (const char *socket, void (*again) (gpointer data), gpointer data)
{
  TrkComeback *comeback = g_new0 (TrkComeback, 1);

  comeback->socket = g_strdup (socket);
  comeback->again = again;
  comeback->data = data;
  comeback->pause = FIRST_PAUSE;
  return comeback;
}

void
trk_comeback_free (TrkComeback *comeback)
{
  if (comeback == NULL)
    return;
  stop_waiting (comeback);
  g_free (comeback->socket);
  g_free (comeback);
}
