/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-wire.h"

#include "trk-build.h"
#include "trk-bus-connection.h"
#include "trk-bus-error.h"
#include "trk-bus-follow.h"
#include "trk-system-clock.h"

static gpointer
connect (GError **error)
{
  return trk_bus_connect (error);
}

static void
on_answered (GObject *connection, GAsyncResult *result, gpointer data)
{
  TrkBusAnswer *answer = data;
  GError *error = NULL;
  const char *why;

  answer->results = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  if (answer->results == NULL)
    {
      answer->reply = trk_bus_error_remote_reply (error, &why);
      answer->why = g_strdup (why);
      answer->error = trk_bus_error_from_remote (error);
    }
  answer->came = TRUE;
}

static void
send (gpointer connection, const TrkBusCall *wanted, TrkBusAnswer *answer)
{
  GDBusCallFlags flags = wanted->start ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START;

  g_dbus_connection_call (connection, wanted->name, wanted->path, wanted->interface, wanted->method,
                          wanted->arguments, NULL, flags, TRK_BUS_TIMEOUT, NULL, on_answered,
                          answer);
}

static void
call (gpointer connection, const TrkBusCall *calls, guint n, TrkBusAnswer *answers)
{
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (guint i = 0; i < n; i++)
    send (connection, &calls[i], &answers[i]);
  for (guint i = 0; i < n; i++)
    while (!answers[i].came)
      g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
}

static gboolean
follow (const TrkBusFollower *follower, GError **error)
{
  g_autoptr (TrkClock) clock = trk_system_clock_new (TRUE);

  return trk_bus_follow (clock, follower, error);
}

__attribute__ ((visibility ("default"))) const TrkBusWire trk_bus_wire = {
  .version = TRK_VERSION,
  .layout = TRK_BUS_WIRE_LAYOUT,
  .connect = connect,
  .disconnect = g_object_unref,
  .call = call,
  .follow = follow,
};
