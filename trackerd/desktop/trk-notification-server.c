/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notification-server.h"

#include "trk-notifier.h"
#include "trk-screen-file.h"
#include "trk-server-text.h"
#include "trk-text.h"

#include <libnotify/notify.h>

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
#define DESKTOP_ENTRY "trackerd"
#define ICON "trackerd"

enum
{
  ANSWER_WITHIN = 4500, /* ms: under the notifier's limit of five seconds */
  MAX_BACKEND = 80,
};

struct _TrkNotificationServer
{
  const TrkNotificationServerEvents *events;
  gpointer data;
  char *screen_file;           /* (owned) (nullable): nothing is written down */
  GDBusConnection *connection; /* (owned) (nullable) the session bus */
  guint watch;
  char *owner;   /* unique name (owned) (nullable) */
  char *backend; /* "dunst 1.9.0" (owned) (nullable): it has not answered yet */
  TrkServerCapabilities capabilities; /* with backend */
  gboolean silent;                    /* somebody has the name, but the last question timed out */
  GHashTable *live;                   /* key → NotifyNotification */
  GPtrArray *spent;                   /* of NotifyNotification that may still be on the stack */
};

/* -- What is on the screen, for the next daemon if this one is killed -------------------------- */

/* Whose IDs these are; NULL when nobody has the name. Owned by the caller. */
static char *
server_name (TrkNotificationServer *server)
{
  if (server->connection == NULL || server->owner == NULL)
    return NULL;
  return g_strdup_printf ("%s/%s", g_dbus_connection_get_guid (server->connection), server->owner);
}

static void
write_down (TrkNotificationServer *server)
{
  g_autofree char *name = server_name (server);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  GHashTableIter iter;
  gpointer notification;

  if (server->screen_file == NULL || name == NULL)
    return;
  g_hash_table_iter_init (&iter, server->live);
  while (g_hash_table_iter_next (&iter, NULL, &notification))
    {
      int id = 0;

      g_object_get (notification, "id", &id, NULL);
      if (id != 0)
        g_array_append_vals (ids, &(guint32){ (guint32) id }, 1);
    }
  trk_screen_file_save (server->screen_file, name, ids);
}

/* Nobody waits for the answer: a server that hangs would be found out by the next notice. */
static void
close_by_id (TrkNotificationServer *server, guint32 id)
{
  g_dbus_connection_call (server->connection, SERVER_NAME, SERVER_PATH, SERVER_NAME,
                          "CloseNotification", g_variant_new ("(u)", id), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN, NULL, NULL, NULL);
}

/* What a daemon that was killed left there: buttons that nobody listens to any more. */
static void
clear_screen (TrkNotificationServer *server)
{
  g_autofree char *name = server_name (server);
  g_autoptr (GArray) ids = NULL;

  if (server->screen_file == NULL || name == NULL || g_hash_table_size (server->live) > 0)
    return;
  ids = trk_screen_file_load (server->screen_file, name);
  for (guint i = 0; i < ids->len; i++)
    close_by_id (server, g_array_index (ids, guint32, i));
  write_down (server);
}

static void
forget_server (TrkNotificationServer *server)
{
  g_clear_pointer (&server->backend, g_free);
  g_clear_pointer (&server->owner, g_free);
  g_hash_table_remove_all (server->live);
  g_ptr_array_set_size (server->spent, 0);
}

/* -- Who is it, and what can it do ------------------------------------------------------------- */

static GVariant *
ask (TrkNotificationServer *server, const char *method, const char *type, GDBusCallFlags flags)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (server->connection, SERVER_NAME, SERVER_PATH,
                                                 SERVER_NAME, method, NULL, G_VARIANT_TYPE (type),
                                                 flags, ANSWER_WITHIN, NULL, &error);

  server->silent = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  if (reply == NULL)
    g_debug ("the notification server does not answer %s: %s", method, error->message);
  return reply;
}

static void
read_capabilities (TrkNotificationServer *server, GVariant *reply)
{
  g_autofree const char **names = NULL;

  server->capabilities = (TrkServerCapabilities){ 0 };
  g_variant_get (reply, "(^a&s)", &names);
  server->capabilities.actions = g_strv_contains (names, "actions");
  server->capabilities.body = g_strv_contains (names, "body");
  server->capabilities.body_markup = g_strv_contains (names, "body-markup");
}

/* A server may own its name before its methods answer: FALSE, and the next notice asks again. */
static gboolean
probe (TrkNotificationServer *server, GDBusCallFlags flags)
{
  g_autoptr (GVariant) info = NULL;
  g_autoptr (GVariant) capabilities = NULL;
  g_autofree char *words = NULL;
  const char *name, *version;

  if (server->backend != NULL)
    return TRUE;
  info = ask (server, "GetServerInformation", "(ssss)", flags);
  capabilities = info != NULL ? ask (server, "GetCapabilities", "(as)", flags) : NULL;
  if (capabilities == NULL)
    return FALSE;
  read_capabilities (server, capabilities);
  g_variant_get (info, "(&s&s&s&s)", &name, NULL, &version, NULL);
  words = g_strdup_printf ("%s %s", name, version);
  server->backend = trk_text_line (words, MAX_BACKEND);
  clear_screen (server);
  server->events->found (server->backend, server->data);
  return TRUE;
}

static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  TrkNotificationServer *server = data;

  if (g_strcmp0 (server->owner, owner) == 0)
    return;
  if (server->owner != NULL)
    {
      forget_server (server);
      server->events->lost (server->data);
    }
  server->owner = g_strdup (owner);
  probe (server, G_DBUS_CALL_FLAGS_NO_AUTO_START);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer data)
{
  TrkNotificationServer *server = data;

  if (server->owner == NULL)
    return;
  forget_server (server);
  server->events->lost (server->data);
}

/* -- The bus ----------------------------------------------------------------------------------- */

static void
disconnect (TrkNotificationServer *server)
{
  forget_server (server);
  if (server->watch != 0)
    g_bus_unwatch_name (server->watch);
  server->watch = 0;
  if (notify_is_initted ())
    notify_uninit ();
  if (server->connection != NULL)
    g_signal_handlers_disconnect_by_data (server->connection, server);
  g_clear_object (&server->connection);
}

/* Arrives on this thread: GDBus emits it on the context in which the connection was asked for. */
static void
on_closed (GDBusConnection *connection, gboolean by_peer, GError *error, gpointer data)
{
  TrkNotificationServer *server = data;
  gboolean had_one = server->owner != NULL; /* else its vanishing was told already */

  disconnect (server);
  if (had_one)
    server->events->lost (server->data);
}

/* libnotify takes the process's shared connection, and so do we: what it sends and what we hear is
 * the same conversation. By default that connection ends the program when the bus dies. */
static gboolean
connect_to_bus (TrkNotificationServer *server)
{
  g_autoptr (GError) error = NULL;

  if (server->connection != NULL && !g_dbus_connection_is_closed (server->connection))
    return TRUE;
  disconnect (server);
  server->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  /* The shared one may have died a moment ago and still be what everybody gets: none, for now. */
  if (server->connection != NULL && g_dbus_connection_is_closed (server->connection))
    g_clear_object (&server->connection);
  if (server->connection == NULL)
    return FALSE;
  g_dbus_connection_set_exit_on_close (server->connection, FALSE);
  g_signal_connect (server->connection, "closed", G_CALLBACK (on_closed), server);
  notify_init ("trackerd");
  server->watch = g_bus_watch_name_on_connection (server->connection, SERVER_NAME,
                                                  G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared,
                                                  on_vanished, server, NULL);
  return TRUE;
}

/* Buttons that nobody listens to any more must not stay on the screen. */
static void
close_all (TrkNotificationServer *server)
{
  GHashTableIter iter;
  gpointer notification;

  g_hash_table_iter_init (&iter, server->live);
  while (g_hash_table_iter_next (&iter, NULL, &notification))
    notify_notification_close (notification, NULL);
  g_hash_table_remove_all (server->live);
  write_down (server);
}

TrkNotificationServer *
trk_notification_server_new (const TrkNotificationServerEvents *events,
                             gpointer data,
                             const char *screen_file)
{
  TrkNotificationServer *server = g_new0 (TrkNotificationServer, 1);

  server->events = events;
  server->data = data;
  server->screen_file = g_strdup (screen_file);
  server->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  server->spent = g_ptr_array_new_with_free_func (g_object_unref);
  connect_to_bus (server);
  return server;
}

void
trk_notification_server_free (TrkNotificationServer *server)
{
  if (server == NULL)
    return;
  close_all (server);
  disconnect (server);
  g_hash_table_unref (server->live);
  g_ptr_array_unref (server->spent);
  g_free (server->screen_file);
  g_free (server);
}

/* -- Notifications ----------------------------------------------------------------------------- */

/* The notification is over; it is let go later, because libnotify still holds it in its hands. */
static void
retire (TrkNotificationServer *server, const char *key)
{
  gpointer stolen_key, notification;

  if (!g_hash_table_steal_extended (server->live, key, &stolen_key, &notification))
    return;
  g_signal_handlers_disconnect_by_data (notification, server);
  g_ptr_array_add (server->spent, notification);
  g_free (stolen_key);
  write_down (server);
}

static const char *
key_of (NotifyNotification *notification)
{
  return g_object_get_data (G_OBJECT (notification), "trk-key");
}

static gboolean
is_live (TrkNotificationServer *server, NotifyNotification *notification)
{
  return g_hash_table_lookup (server->live, key_of (notification)) == notification;
}

static void
on_action (NotifyNotification *notification, char *action, gpointer data)
{
  TrkNotificationServer *server = data;
  TrkButton button;

  if (!is_live (server, notification) || !trk_button_from_string (action, &button))
    return;
  retire (server, key_of (notification));
  server->events->pressed (key_of (notification), button, server->data);
}

static void
on_notification_closed (NotifyNotification *notification, gpointer data)
{
  TrkNotificationServer *server = data;
  int reason = notify_notification_get_closed_reason (notification);

  if (!is_live (server, notification))
    return;
  retire (server, key_of (notification));
  if (reason == NOTIFY_CLOSED_REASON_DISMISSED)
    server->events->dismissed (key_of (notification), server->data);
}

static NotifyNotification *
obtain (TrkNotificationServer *server, const TrkNotice *notice)
{
  g_autofree char *summary = trk_server_text_summary (notice, &server->capabilities);
  g_autofree char *body = trk_server_text_body (notice, &server->capabilities);
  NotifyNotification *notification = g_hash_table_lookup (server->live, notice->key);

  if (notification != NULL)
    {
      notify_notification_update (notification, summary, body, ICON);
      return notification;
    }
  notification = notify_notification_new (summary, body, ICON);
  g_object_set_data_full (G_OBJECT (notification), "trk-key", g_strdup (notice->key), g_free);
  g_signal_connect (notification, "closed", G_CALLBACK (on_notification_closed), server);
  g_hash_table_insert (server->live, g_strdup (notice->key), notification);
  return notification;
}

static void
set_hints (NotifyNotification *notification, const TrkNotice *notice)
{
  g_autofree char *tag = trk_server_text_tag (notice);
  g_autofree char *category =
      g_strdup_printf ("x-trackerd.%s", trk_notice_kind_to_string (notice->kind));

  notify_notification_clear_hints (notification);
  notify_notification_set_urgency (notification, notice->urgent ? NOTIFY_URGENCY_CRITICAL
                                                                : NOTIFY_URGENCY_NORMAL);
  notify_notification_set_category (notification, category);
  notify_notification_set_hint (notification, "desktop-entry",
                                g_variant_new_string (DESKTOP_ENTRY));
  notify_notification_set_hint (notification, "x-canonical-private-synchronous",
                                g_variant_new_string (tag));
  notify_notification_set_hint (notification, "x-dunst-stack-tag", g_variant_new_string (tag));
  if (notice->transient)
    notify_notification_set_hint (notification, "transient", g_variant_new_boolean (TRUE));
}

static void
set_actions (TrkNotificationServer *server,
             NotifyNotification *notification,
             const TrkNotice *notice)
{
  notify_notification_clear_actions (notification);
  if (!server->capabilities.actions)
    return;
  for (guint i = 0; i < notice->n_buttons; i++)
    {
      g_autofree char *label = trk_text_line (notice->button_labels[i], 40);

      notify_notification_add_action (notification, trk_button_to_string (notice->buttons[i]),
                                      label, on_action, server, NULL);
    }
}

/* Why nobody answered, in the notifier's words. */
static char *
failure (TrkNotificationServer *server)
{
  if (server->connection == NULL || g_dbus_connection_is_closed (server->connection))
    return g_strdup (TRK_NOTIFIER_FAILED "no session bus");
  if (server->silent)
    return g_strdup (TRK_NOTIFIER_FAILED "the notification server does not answer");
  return g_strdup (TRK_NOTIFIER_FAILED "no notification server");
}

char *
trk_notification_server_show (TrkNotificationServer *server, const TrkNotice *notice)
{
  g_autoptr (GError) error = NULL;
  NotifyNotification *notification;

  g_ptr_array_set_size (server->spent, 0);
  if (!connect_to_bus (server) || !probe (server, G_DBUS_CALL_FLAGS_NONE))
    return failure (server);
  notification = obtain (server, notice);
  set_hints (notification, notice);
  set_actions (server, notification, notice);
  if (notify_notification_show (notification, &error))
    {
      write_down (server);
      return g_strdup (server->backend);
    }
  retire (server, notice->key);
  g_clear_pointer (&server->backend, g_free);
  g_dbus_error_strip_remote_error (error);
  return g_strconcat (TRK_NOTIFIER_FAILED, error->message, NULL);
}

void
trk_notification_server_withdraw (TrkNotificationServer *server, const char *key)
{
  NotifyNotification *notification = g_hash_table_lookup (server->live, key);

  if (notification == NULL)
    return;
  retire (server, key);
  notify_notification_close (notification, NULL);
}
