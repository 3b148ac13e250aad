/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-client.h"

#include "trk-build.h"
#include "trk-bus-address.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <dlfcn.h>
#include <string.h>

struct _TrkBusClient
{
  const TrkBusWire *wire; /* of the module, which stays loaded */
  gpointer connection;    /* (owned) */
};

/* -- The module -------------------------------------------------------------------------------- */

static const TrkBusWire *
load_wire (GError **error)
{
  g_autofree char *path = trk_path_program ("common/bus", "tracker-bus.so");
  void *module = dlopen (path, RTLD_LAZY | RTLD_LOCAL);
  const TrkBusWire *wire = module != NULL ? dlsym (module, TRK_BUS_WIRE) : NULL;
  const char *why = wire == NULL ? dlerror () : NULL;

  if (wire == NULL)
    g_set_error (
        error, TRK_ERROR, TRK_ERROR_FAILED,
        "a part of this program that speaks to the daemon is missing: %s; install it again",
        why != NULL ? why : path);
  else if (strcmp (wire->version, TRK_VERSION) != 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
                   "%s is of version %s, this program of %s; install both again", path,
                   wire->version, TRK_VERSION);
      return NULL;
    }
  else if (wire->layout != TRK_BUS_WIRE_LAYOUT)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
                   "%s is of another build of version %s; install both again", path, TRK_VERSION);
      return NULL;
    }
  return wire;
}

static gpointer
connect_over (const TrkBusWire *wire, GError **error)
{
  g_autoptr (GError) why = NULL;
  gpointer connection = wire->connect (&why);

  if (connection == NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, TRK_BUS_NOBODY, why->message);
  return connection;
}

TrkBusClient *
trk_bus_client_new (GError **error)
{
  g_autofree char *address = trk_bus_session_address ();
  const TrkBusWire *wire;
  gpointer connection;
  TrkBusClient *client;

  if (address == NULL) /* nothing has to be loaded to know that */
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, TRK_BUS_NOBODY, "no session bus");
      return NULL;
    }
  wire = load_wire (error);
  connection = wire != NULL ? connect_over (wire, error) : NULL;
  if (connection == NULL)
    return NULL;
  client = g_new0 (TrkBusClient, 1);
  client->wire = wire;
  client->connection = connection;
  return client;
}

void
trk_bus_client_free (TrkBusClient *client)
{
  if (client == NULL)
    return;
  client->wire->disconnect (client->connection);
  g_free (client);
}

/* -- Calls ------------------------------------------------------------------------------------- */

static GVariant *
call_daemon (TrkBusClient *client,
             const char *interface,
             const char *method,
             GVariant *arguments,
             gboolean start,
             GError **error)
{
  const TrkBusCall call = {
    TRK_BUS_NAME, TRK_BUS_PATH, interface, method, arguments, start,
  };

  return client->wire->call (client->connection, &call, error);
}

/* What the bus itself knows of the daemon; NULL when it does not answer with a tuple of @type. */
static GVariant *
ask_bus (TrkBusClient *client, const char *method, const char *type)
{
  const TrkBusCall call = {
    .name = "org.freedesktop.DBus",
    .path = "/org/freedesktop/DBus",
    .interface = "org.freedesktop.DBus",
    .method = method,
    .arguments = g_variant_new ("(s)", TRK_BUS_NAME),
  };
  g_autoptr (GVariant) reply = client->wire->call (client->connection, &call, NULL);

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE (type)))
    return NULL;
  return g_steal_pointer (&reply);
}

gboolean
trk_bus_client_daemon_runs (TrkBusClient *client)
{
  g_autoptr (GVariant) reply = ask_bus (client, "NameHasOwner", "(b)");
  gboolean runs = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &runs);
  return runs;
}

guint
trk_bus_client_daemon_pid (TrkBusClient *client)
{
  g_autoptr (GVariant) reply = ask_bus (client, "GetConnectionUnixProcessID", "(u)");
  guint pid = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return pid;
}

GVariant *
trk_bus_client_call (TrkBusClient *client, const char *method, GVariant *arguments, GError **error)
{
  return call_daemon (client, TRK_BUS_NAME, method, arguments, TRUE, error);
}

TrkDaemonStatus *
trk_bus_client_status (TrkBusClient *client, GError **error)
{
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) reply = call_daemon (client, "org.freedesktop.DBus.Properties", "GetAll",
                                            g_variant_new ("(s)", TRK_BUS_NAME), FALSE, error);

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
  reply = call_daemon (client, TRK_BUS_NAME, "Reload", NULL, FALSE, error);
  return reply != NULL;
}

gboolean
trk_bus_client_follow (const TrkBusFollower *follower, GError **error)
{
  const TrkBusWire *wire = load_wire (error);

  return wire != NULL && wire->follow (follower, error);
}
