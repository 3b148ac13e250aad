/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-client.h"

#include "trk-bus-connection.h"
#include "trk-bus-error.h"

struct _TrkBusClient
{
  GDBusConnection *connection;
};

TrkBusClient *
trk_bus_client_new (GError **error)
{
  g_autoptr (GError) why = NULL;
  GDBusConnection *connection = trk_bus_connect (&why);
  TrkBusClient *client;

  if (connection == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, TRK_BUS_NOBODY, why->message);
      return NULL;
    }
  client = g_new0 (TrkBusClient, 1);
  client->connection = connection;
  return client;
}

void
trk_bus_client_free (TrkBusClient *client)
{
  if (client == NULL)
    return;
  g_object_unref (client->connection);
  g_free (client);
}

GDBusConnection *
trk_bus_client_connection (TrkBusClient *client)
{
  return client->connection;
}

static GVariant *
call (TrkBusClient *client,
      const char *interface,
      const char *method,
      GVariant *arguments,
      GDBusCallFlags flags,
      GError **error)
{
  GError *why = NULL;
  GVariant *results =
      g_dbus_connection_call_sync (client->connection, TRK_BUS_NAME, TRK_BUS_PATH, interface,
                                   method, arguments, NULL, flags, TRK_BUS_TIMEOUT, NULL, &why);

  if (results == NULL)
    g_propagate_error (error, trk_bus_error_from_remote (why));
  return results;
}

gboolean
trk_bus_client_daemon_runs (TrkBusClient *client)
{
  gboolean runs = FALSE;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      client->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "NameHasOwner", g_variant_new ("(s)", TRK_BUS_NAME), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, TRK_BUS_TIMEOUT, NULL, NULL);

  if (reply != NULL)
    g_variant_get (reply, "(b)", &runs);
  return runs;
}

GVariant *
trk_bus_client_call (TrkBusClient *client, const char *method, GVariant *arguments, GError **error)
{
  return call (client, TRK_BUS_NAME, method, arguments, G_DBUS_CALL_FLAGS_NONE, error);
}

TrkDaemonStatus *
trk_bus_client_status (TrkBusClient *client, GError **error)
{
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) reply =
      call (client, "org.freedesktop.DBus.Properties", "GetAll",
            g_variant_new ("(s)", TRK_BUS_NAME), G_DBUS_CALL_FLAGS_NO_AUTO_START, error);

  if (reply == NULL)
    return NULL;
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
                   "who answers as %s is not this program's daemon", TRK_BUS_NAME);
      return NULL;
    }
  properties = g_variant_get_child_value (reply, 0);
  return trk_daemon_status_from_variant (properties);
}

gboolean
trk_bus_client_reload (TrkBusClient *client, GError **error)
{
  g_autoptr (GVariant) reply = NULL;

  if (!trk_bus_client_daemon_runs (client))
    return TRUE;
  reply = call (client, TRK_BUS_NAME, "Reload", NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, error);
  return reply != NULL;
}
