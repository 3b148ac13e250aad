/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-connection.h"

#include "trk-bus-error.h"

typedef struct
{
  GDBusConnection *connection;
  GError *error;
  gboolean done;
} Attempt;

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Attempt *attempt = data;

  attempt->connection = g_dbus_connection_new_for_address_finish (result, &attempt->error);
  attempt->done = TRUE;
}

static gboolean
on_timeout (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static GDBusConnection *
connect_within (const char *address, guint milliseconds, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) timeout = g_timeout_source_new (milliseconds);
  Attempt attempt = { 0 };

  g_main_context_push_thread_default (context);
  g_source_set_callback (timeout, on_timeout, cancellable, NULL);
  g_source_attach (timeout, context);
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, cancellable, on_connected, &attempt);
  while (!attempt.done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timeout);
  g_main_context_pop_thread_default (context);
  if (attempt.error != NULL)
    g_propagate_error (error, attempt.error);
  return attempt.connection;
}

GDBusConnection *
trk_bus_connect (GError **error)
{
  g_autofree char *address = trk_bus_session_address ();
  g_autoptr (GError) why = NULL;
  GDBusConnection *connection;

  trk_bus_error_register ();
  if (address == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, "no session bus");
      return NULL;
    }
  connection = connect_within (address, TRK_BUS_TIMEOUT, &why);
  if (connection != NULL)
    return connection;
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, "the session bus does not answer");
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE, "no session bus (%s)", why->message);
  return NULL;
}
