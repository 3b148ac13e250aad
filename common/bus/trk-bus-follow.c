/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-follow.h"

#include "trk-bus-address.h"
#include "trk-bus-error.h"

#include <gio/gio.h>
#include <glib-unix.h>

#define PROPERTIES "org.freedesktop.DBus.Properties"

typedef struct
{
  TrkClock *clock;
  const TrkBusFollower *follower;
  GMainLoop *loop;
  GCancellable *cancellable;   /* of what is asked and not answered yet */
  GDBusConnection *connection; /* (owned) (nullable) */
  GSource *limit;              /* of the attempt to connect (owned) (nullable) */
  guint watch;                 /* of the name, 0 none */
  guint subscription;          /* to changes, 0 none */
  guint pending;               /* callbacks that will come and point here */
  TrkDaemonStatus *status;     /* (owned) (nullable): nobody answers */
  GError *lost;                /* the bus (owned) (nullable) */
  gboolean over;
} Follow;

static gboolean on_alarm (gpointer data);

static void
end (Follow *follow)
{
  follow->over = TRUE;
  g_main_loop_quit (follow->loop);
}

static void
tell (Follow *follow)
{
  const TrkBusFollower *follower = follow->follower;
  TrkInstant next;

  if (follow->over)
    return;
  next = follower->told (follow->status, trk_clock_now (follow->clock), follower->data);
  if (next == 0)
    end (follow);
  else
    trk_clock_arm (follow->clock, next, on_alarm, follow);
}

static gboolean
on_alarm (gpointer data)
{
  tell (data);
  return G_SOURCE_REMOVE;
}

static void
on_jumped (TrkClock *clock, gpointer data)
{
  tell (data);
}

static void
lose_bus (Follow *follow, const char *why)
{
  if (follow->over)
    return;
  g_clear_pointer (&follow->status, trk_daemon_status_free);
  tell (follow);
  g_clear_error (&follow->lost);
  follow->lost = trk_bus_error_nobody (why);
  end (follow);
}

/* -- The daemon -------------------------------------------------------------------------------- */

static void
on_properties (GObject *source, GAsyncResult *result, gpointer data)
{
  Follow *follow = data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) properties = NULL;

  follow->pending--;
  if (follow->over)
    return;
  g_clear_pointer (&follow->status, trk_daemon_status_free);
  if (reply != NULL)
    {
      properties = g_variant_get_child_value (reply, 0);
      follow->status = trk_daemon_status_from_variant (properties);
    }
  tell (follow);
}

static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  Follow *follow = data;

  follow->pending++;
  g_dbus_connection_call (connection, owner, TRK_BUS_PATH, PROPERTIES, "GetAll",
                          g_variant_new ("(s)", TRK_BUS_NAME), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, TRK_BUS_TIMEOUT, follow->cancellable,
                          on_properties, follow);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer data)
{
  Follow *follow = data;

  if (connection == NULL || g_dbus_connection_is_closed (connection))
    return;
  g_clear_pointer (&follow->status, trk_daemon_status_free);
  tell (follow);
}

/* What comes before the answer to GetAll is part of that answer; a daemon that did not give one,
 * but speaks, is asked again. */
static void
on_changed (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *arguments,
            gpointer data)
{
  Follow *follow = data;
  g_autoptr (GVariant) properties = NULL;

  if (follow->status == NULL && follow->pending == 0)
    on_appeared (connection, TRK_BUS_NAME, sender, follow);
  if (follow->status == NULL || !g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  properties = g_variant_get_child_value (arguments, 1);
  trk_daemon_status_update (follow->status, properties);
  tell (follow);
}

/* -- The bus ----------------------------------------------------------------------------------- */

static void
on_closed (GDBusConnection *connection, gboolean by_peer, GError *error, gpointer data)
{
  lose_bus (data, "the session bus went away");
}

static void
watch (Follow *follow)
{
  g_signal_connect (follow->connection, "closed", G_CALLBACK (on_closed), follow);
  follow->subscription = g_dbus_connection_signal_subscribe (
      follow->connection, TRK_BUS_NAME, PROPERTIES, "PropertiesChanged", TRK_BUS_PATH, TRK_BUS_NAME,
      G_DBUS_SIGNAL_FLAGS_NONE, on_changed, follow, NULL);
  follow->watch = g_bus_watch_name_on_connection (follow->connection, TRK_BUS_NAME,
                                                  G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared,
                                                  on_vanished, follow, NULL);
}

static void
drop_limit (Follow *follow)
{
  if (follow->limit != NULL)
    g_source_destroy (follow->limit);
  g_clear_pointer (&follow->limit, g_source_unref);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Follow *follow = data;
  g_autoptr (GError) error = NULL;

  follow->pending--;
  drop_limit (follow);
  follow->connection = g_dbus_connection_new_for_address_finish (result, &error);
  if (follow->connection != NULL)
    watch (follow);
  else
    lose_bus (follow, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                          ? "the session bus does not answer"
                          : error->message);
}

static gboolean
on_overdue (gpointer data)
{
  g_cancellable_cancel (((Follow *) data)->cancellable);
  return G_SOURCE_REMOVE;
}

static void
connect_to_bus (Follow *follow)
{
  g_autofree char *address = trk_bus_session_address ();

  if (address == NULL)
    {
      lose_bus (follow, "no session bus");
      return;
    }
  follow->limit = g_timeout_source_new (TRK_BUS_TIMEOUT);
  g_source_set_callback (follow->limit, on_overdue, follow, NULL);
  g_source_attach (follow->limit, NULL);
  follow->pending++;
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, follow->cancellable, on_connected, follow);
}

static void
leave (Follow *follow)
{
  g_signal_handlers_disconnect_by_data (follow->clock, follow);
  trk_clock_arm (follow->clock, TRK_NEVER, NULL, NULL);
  drop_limit (follow);
  g_cancellable_cancel (follow->cancellable);
  g_clear_handle_id (&follow->watch, g_bus_unwatch_name);
  if (follow->subscription != 0)
    g_dbus_connection_signal_unsubscribe (follow->connection, follow->subscription);
  if (follow->connection != NULL)
    g_signal_handlers_disconnect_by_data (follow->connection, follow);
  while (follow->pending > 0)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&follow->connection);
  g_clear_pointer (&follow->status, trk_daemon_status_free);
}

/* -- The reader -------------------------------------------------------------------------------- */

/* The bar was closed: without this a follower would stay until it had something to say. */
static gboolean
on_reader_gone (int fd, GIOCondition condition, gpointer data)
{
  end (data);
  return G_SOURCE_REMOVE;
}

gboolean
trk_bus_follow (TrkClock *clock, const TrkBusFollower *follower, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) reader = g_unix_fd_source_new (follower->reader, G_IO_ERR | G_IO_HUP);
  Follow follow = {
    .clock = clock, .follower = follower, .loop = loop, .cancellable = cancellable
  };

  g_source_set_callback (reader, G_SOURCE_FUNC (on_reader_gone), &follow, NULL);
  g_source_attach (reader, NULL);
  g_signal_connect (clock, "jumped", G_CALLBACK (on_jumped), &follow);
  connect_to_bus (&follow);
  if (!follow.over)
    g_main_loop_run (loop);
  g_source_destroy (reader);
  leave (&follow);
  if (follow.lost == NULL)
    return TRUE;
  g_propagate_error (error, follow.lost);
  return FALSE;
}
