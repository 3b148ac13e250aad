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

static GVariant *
call (gpointer connection, const TrkBusCall *wanted, GError **error)
{
  GDBusCallFlags flags = wanted->start ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START;
  GError *why = NULL;
  GVariant *results = g_dbus_connection_call_sync (
      connection, wanted->name, wanted->path, wanted->interface, wanted->method, wanted->arguments,
      NULL, flags, TRK_BUS_TIMEOUT, NULL, &why);

  if (results == NULL)
    g_propagate_error (error, trk_bus_error_from_remote (why));
  return results;
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
