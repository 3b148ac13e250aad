/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-client.h"

#include "trk-build.h"
#include "trk-bus-address.h"
#include "trk-bus-error-name.h"
#include "trk-bus-socket.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <dlfcn.h>
#include <string.h>

enum
{
  MOST_CALLS = 3 /* at a time */
};

/* Over a local socket, or by GIO. */
struct _TrkBusClient
{
  TrkBusSocket *socket;   /* (owned) (nullable) */
  const TrkBusWire *wire; /* of the module, which stays loaded (nullable) */
  gpointer connection;    /* (owned) (nullable) */

  gboolean done_perhaps; /* of the last order */
  guint asked;           /* calls that are on their way, and what came of them so far */
  TrkBusAnswer answers[MOST_CALLS];
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

/* -- Connecting -------------------------------------------------------------------------------- */

static gboolean
connect_by_gio (TrkBusClient *client, GError **error)
{
  client->wire = load_wire (error);
  if (client->wire == NULL)
    return FALSE;
  client->connection = client->wire->connect (error);
  return client->connection != NULL;
}

static gboolean
connect_to (TrkBusClient *client, const char *address, GError **error)
{
  g_autoptr (GArray) endpoints = trk_bus_endpoints (address);

  if (endpoints == NULL)
    return connect_by_gio (client, error);
  client->socket = trk_bus_socket_open (endpoints, error);
  return client->socket != NULL;
}

static void
forget_answers (TrkBusClient *client)
{
  for (guint i = 0; i < client->asked; i++)
    {
      g_clear_pointer (&client->answers[i].results, g_variant_unref);
      g_clear_error (&client->answers[i].error);
      g_clear_pointer (&client->answers[i].why, g_free);
      client->answers[i].reply = TRK_BUS_ANSWERED;
      client->answers[i].came = FALSE;
    }
  client->asked = 0;
}

TrkBusClient *
trk_bus_client_begin (GError **error)
{
  g_autofree char *address = trk_bus_session_address ();
  g_autoptr (TrkBusClient) client = g_new0 (TrkBusClient, 1);

  if (address != NULL)
    return connect_to (client, address, error) ? g_steal_pointer (&client) : NULL;
  g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, "no session bus");
  return NULL;
}

gboolean
trk_bus_client_enter (TrkBusClient *client, GError **error)
{
  return client->socket == NULL || trk_bus_socket_enter (client->socket, error);
}

TrkBusClient *
trk_bus_client_new (GError **error)
{
  g_autoptr (TrkBusClient) client = trk_bus_client_begin (error);

  if (client == NULL || !trk_bus_client_enter (client, error))
    return NULL;
  return g_steal_pointer (&client);
}

void
trk_bus_client_free (TrkBusClient *client)
{
  if (client == NULL)
    return;
  forget_answers (client);
  g_clear_pointer (&client->socket, trk_bus_socket_close);
  if (client->connection != NULL)
    client->wire->disconnect (client->connection);
  g_free (client);
}

/* -- Calls ------------------------------------------------------------------------------------- */

/* Of the daemon's own interface. */
static TrkBusCall
method_call (const char *method, GVariant *arguments, gboolean start)
{
  return (TrkBusCall){ TRK_BUS_NAME, TRK_BUS_PATH, TRK_BUS_NAME, method, arguments, start };
}

static TrkBusCall
status_call (void)
{
  return (TrkBusCall){ .name = TRK_BUS_NAME,
                       .path = TRK_BUS_PATH,
                       .interface = "org.freedesktop.DBus.Properties",
                       .method = "GetAll",
                       .arguments = g_variant_new ("(s)", TRK_BUS_NAME) };
}

/* About the daemon, of the bus itself. */
static TrkBusCall
bus_call (const char *method)
{
  return (TrkBusCall){ .name = "org.freedesktop.DBus",
                       .path = "/org/freedesktop/DBus",
                       .interface = "org.freedesktop.DBus",
                       .method = method,
                       .arguments = g_variant_new ("(s)", TRK_BUS_NAME) };
}

/* The answers to what was asked before are forgotten by that. */
static void
ask (TrkBusClient *client, const TrkBusCall *calls, guint n)
{
  forget_answers (client);
  client->done_perhaps = FALSE;
  client->asked = n;
  if (client->socket != NULL)
    trk_bus_socket_send (client->socket, calls, n);
  else
    client->wire->call (client->connection, calls, n, client->answers);
}

/* One for each call, in the client. */
static TrkBusAnswer *
hear (TrkBusClient *client)
{
  if (client->socket != NULL)
    trk_bus_socket_receive (client->socket, client->asked, client->answers);
  return client->answers;
}

static TrkBusAnswer *
ask_one (TrkBusClient *client, TrkBusCall call)
{
  ask (client, &call, 1);
  return hear (client);
}

/* Both take what they return from @answer. */
static GVariant *
take_results (TrkBusAnswer *answer, GError **error)
{
  if (answer->results == NULL)
    g_propagate_error (error, g_steal_pointer (&answer->error));
  return g_steal_pointer (&answer->results);
}

/* The same of an order: one that was sent may have been done, whether an answer comes or not. */
static GVariant *
take_done (TrkBusClient *client, TrkBusAnswer *answer, GError **error)
{
  client->done_perhaps = answer->reply == TRK_BUS_LOST;
  if (client->done_perhaps)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, TRK_BUS_UNANSWERED, answer->why);
      return NULL;
    }
  return take_results (answer, error);
}

static TrkDaemonStatus *
take_status (TrkBusAnswer *answer, GError **error)
{
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) reply = take_results (answer, error);

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

static gboolean
says_yes (const TrkBusAnswer *answer)
{
  gboolean yes = FALSE;

  if (answer->results != NULL && g_variant_is_of_type (answer->results, G_VARIANT_TYPE ("(b)")))
    g_variant_get (answer->results, "(b)", &yes);
  return yes;
}

gboolean
trk_bus_client_daemon_runs (TrkBusClient *client)
{
  return says_yes (ask_one (client, bus_call ("NameHasOwner")));
}

guint
trk_bus_client_daemon_pid (TrkBusClient *client)
{
  const TrkBusAnswer *answer = ask_one (client, bus_call ("GetConnectionUnixProcessID"));
  guint pid = 0;

  if (answer->results != NULL && g_variant_is_of_type (answer->results, G_VARIANT_TYPE ("(u)")))
    g_variant_get (answer->results, "(u)", &pid);
  return pid;
}

TrkBusReply
trk_bus_client_reply (const TrkBusClient *client, const char **why)
{
  *why = client->answers[0].why;
  return client->answers[0].reply;
}

gboolean
trk_bus_client_done_perhaps (const TrkBusClient *client)
{
  return client->done_perhaps;
}

GVariant *
trk_bus_client_call (TrkBusClient *client, const char *method, GVariant *arguments, GError **error)
{
  return take_done (client, ask_one (client, method_call (method, arguments, TRUE)), error);
}

void
trk_bus_client_begin_status (TrkBusClient *client)
{
  const TrkBusCall call = status_call ();

  ask (client, &call, 1);
}

TrkDaemonStatus *
trk_bus_client_end_status (TrkBusClient *client, GError **error)
{
  return take_status (hear (client), error);
}

TrkDaemonStatus *
trk_bus_client_status (TrkBusClient *client, GError **error)
{
  trk_bus_client_begin_status (client);
  return trk_bus_client_end_status (client, error);
}

/* The daemon's properties are read in turn with its methods, so that they are those before and
 * after this one. */
void
trk_bus_client_begin_act (TrkBusClient *client,
                          const char *method,
                          GVariant *arguments,
                          gboolean before)
{
  TrkBusCall calls[MOST_CALLS];
  guint n = 0;

  if (before)
    calls[n++] = status_call ();
  calls[n++] = method_call (method, arguments, !before);
  calls[n++] = status_call ();
  ask (client, calls, n);
}

gboolean
trk_bus_client_end_act (TrkBusClient *client,
                        TrkDaemonStatus **before,
                        TrkDaemonStatus **after,
                        GError **error)
{
  TrkBusAnswer *answers = hear (client);
  guint n = client->asked;
  g_autoptr (GVariant) results = take_done (client, &answers[n - 2], error);

  if (results == NULL)
    return FALSE;
  if (before != NULL)
    *before = take_status (&answers[0], NULL);
  *after = take_status (&answers[n - 1], NULL);
  if (*after == NULL) /* it was started only now */
    *after = trk_bus_client_status (client, NULL);
  return TRUE;
}

gboolean
trk_bus_client_reload (TrkBusClient *client, GError **error)
{
  const TrkBusCall calls[] = { bus_call ("NameHasOwner"), method_call ("Reload", NULL, FALSE) };
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) why = NULL;
  TrkBusAnswer *answers;
  gboolean runs;

  ask (client, calls, G_N_ELEMENTS (calls));
  answers = hear (client);
  runs = says_yes (&answers[0]);
  reply = take_results (&answers[1], &why);
  if (reply == NULL && runs)
    g_propagate_error (error, g_steal_pointer (&why));
  return reply != NULL || !runs;
}

gboolean
trk_bus_client_follow (const TrkBusFollower *follower, GError **error)
{
  const TrkBusWire *wire = load_wire (error);

  return wire != NULL && wire->follow (follower, error);
}
