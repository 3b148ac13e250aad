/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-session-bus.h"

#include "trk-bus-address.h"

enum
{
  FIRST_PAUSE = 1, /* seconds */
  LAST_PAUSE = 60,
  END_WITHIN = 500, /* ms */
};

struct _TrkSessionBus
{
  const TrkSessionBusEvents *events;
  gpointer data;
  GDBusConnection *connection; /* (owned) (nullable) */
  GCancellable *connecting;    /* (owned) (nullable) */
  guint name;                  /* of g_bus_own_name, 0 none */
  guint timer;                 /* gives up connecting, or tries again */
  guint pause;
  gboolean ready;
  gboolean had_name;
  gboolean told; /* that there is no bus */
};

static void connect_to_bus (TrkSessionBus *bus);

/* -- The name ---------------------------------------------------------------------------------- */

static gint64
process_of_owner (GDBusConnection *connection)
{
  guint pid = 0;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "GetConnectionUnixProcessID", g_variant_new ("(s)", TRK_BUS_NAME), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, 1000, NULL, NULL);

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return pid;
}

static void
on_name_acquired (GDBusConnection *connection, const char *name, gpointer data)
{
  TrkSessionBus *bus = data;

  bus->had_name = TRUE;
  g_debug ("on the session bus as %s", name);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer data)
{
  TrkSessionBus *bus = data;

  if (connection == NULL || g_dbus_connection_is_closed (connection))
    return;
  if (bus->had_name)
    g_warning ("another daemon has the name %s on this bus; this one goes on without it", name);
  else
    bus->events->taken (process_of_owner (connection), bus->data);
}

static void
own_name (TrkSessionBus *bus)
{
  if (bus->ready && bus->connection != NULL && bus->name == 0)
    bus->name = g_bus_own_name_on_connection (bus->connection, TRK_BUS_NAME,
                                              G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, on_name_acquired,
                                              on_name_lost, bus, NULL);
}

void
trk_session_bus_own_name (TrkSessionBus *bus)
{
  bus->ready = TRUE;
  own_name (bus);
}

GDBusConnection *
trk_session_bus_connection (TrkSessionBus *bus)
{
  return bus->connection;
}

/* -- The connection ---------------------------------------------------------------------------- */

static void
drop_connection (TrkSessionBus *bus)
{
  g_clear_handle_id (&bus->name, g_bus_unown_name);
  if (bus->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (bus->connection, bus);
  g_clear_object (&bus->connection);
}

static gboolean
on_try_again (gpointer data)
{
  TrkSessionBus *bus = data;

  bus->timer = 0;
  connect_to_bus (bus);
  return G_SOURCE_REMOVE;
}

static void
try_later (TrkSessionBus *bus, const char *why)
{
  if (!bus->told)
    g_warning ("no session bus (%s): time is kept, but nobody can be told or asked; it is looked "
               "for again",
               why);
  bus->told = TRUE;
  bus->timer = g_timeout_add_seconds (bus->pause, on_try_again, bus);
  bus->pause = MIN (bus->pause * 2, LAST_PAUSE);
}

static void
on_closed (GDBusConnection *connection, gboolean by_peer, GError *error, gpointer data)
{
  TrkSessionBus *bus = data;

  bus->events->left (bus->data);
  drop_connection (bus);
  try_later (bus, "it went away");
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);
  TrkSessionBus *bus = data;

  g_clear_handle_id (&bus->timer, g_source_remove);
  g_clear_object (&bus->connecting);
  bus->connection = connection;
  if (connection == NULL || !bus->events->arrived (connection, bus->data, &error))
    {
      g_clear_object (&bus->connection);
      try_later (bus, error->message);
      return;
    }
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), bus);
  if (bus->told)
    g_message ("the session bus is there (again)");
  bus->told = FALSE;
  bus->pause = FIRST_PAUSE;
  own_name (bus);
  bus->events->usable (connection, bus->data);
}

static gboolean
on_connect_overdue (gpointer data)
{
  TrkSessionBus *bus = data;

  bus->timer = 0;
  g_cancellable_cancel (bus->connecting);
  return G_SOURCE_REMOVE;
}

static void
connect_to_bus (TrkSessionBus *bus)
{
  g_autofree char *address = trk_bus_session_address ();

  if (address == NULL)
    {
      try_later (bus, "none is running");
      return;
    }
  bus->connecting = g_cancellable_new ();
  bus->timer = g_timeout_add (TRK_BUS_TIMEOUT, on_connect_overdue, bus);
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, bus->connecting, on_connected, bus);
}

TrkSessionBus *
trk_session_bus_new (const TrkSessionBusEvents *events, gpointer data)
{
  TrkSessionBus *bus = g_new0 (TrkSessionBus, 1);

  bus->events = events;
  bus->data = data;
  bus->pause = FIRST_PAUSE;
  connect_to_bus (bus);
  return bus;
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = TRUE;
  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, NULL);
}

static gboolean
on_flush_overdue (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* In a context of its own: nothing else may happen at the end. FALSE: the bus did not take it. */
static gboolean
flush (GDBusConnection *connection)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) limit = g_timeout_source_new (END_WITHIN);
  gboolean over = FALSE;

  g_source_set_callback (limit, on_flush_overdue, cancellable, NULL);
  g_source_attach (limit, context);
  g_main_context_push_thread_default (context);
  g_dbus_connection_flush (connection, cancellable, on_flushed, &over);
  while (!over)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  g_source_destroy (limit);
  return !g_cancellable_is_cancelled (cancellable);
}

/* The name goes with the connection. To give it back would be to wait for an answer, for 25 s from
 * a bus that hangs; and one that takes nothing any more is left alone: the process ends. */
static void
leave_bus (TrkSessionBus *bus)
{
  if (bus->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (bus->connection, bus);
  if (flush (bus->connection))
    g_dbus_connection_close_sync (bus->connection, NULL, NULL);
  else
    bus->name = 0;
  drop_connection (bus);
}

void
trk_session_bus_free (TrkSessionBus *bus)
{
  if (bus == NULL)
    return;
  if (bus->connecting != NULL)
    g_cancellable_cancel (bus->connecting);
  while (bus->connecting != NULL) /* its answer still points here; cancelled, it comes at once */
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&bus->timer, g_source_remove);
  leave_bus (bus);
  g_free (bus);
}
