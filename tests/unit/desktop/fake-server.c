/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-server.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char xml[] = "<node><interface name='" NAME "'>"
                          "<method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/>"
                          "<arg type='s'/><arg type='s'/><arg type='as'/><arg type='a{sv}'/>"
                          "<arg type='i'/><arg type='u' direction='out'/></method>"
                          "<method name='CloseNotification'><arg type='u'/></method>"
                          "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
                          "<method name='GetServerInformation'>"
                          "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
                          "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
                          "</interface></node>";

struct _FakeServer
{
  GDBusConnection *connection;
  GStrv capabilities;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GAsyncQueue *calls; /* of GVariant */
  gint closed;        /* atomic */
  gint hang;          /* atomic */
  GQueue waiting;     /* of GDBusMethodInvocation: the thread's alone */
  guint last_id;      /* the thread's alone */
};

static void
answer (FakeServer *server, GDBusMethodInvocation *call)
{
  const char *method = g_dbus_method_invocation_get_method_name (call);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (call);
  guint id;

  if (g_str_equal (method, "Notify"))
    {
      g_variant_get_child (parameters, 1, "u", &id);
      g_dbus_method_invocation_return_value (
          call, g_variant_new ("(u)", id != 0 ? id : ++server->last_id));
    }
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (call, g_variant_new ("(^as)", server->capabilities));
  else if (g_str_equal (method, "GetServerInformation"))
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(ssss)", "fake", "nobody", "7", "1.2"));
  else
    g_dbus_method_invocation_return_value (call, NULL);
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *call,
         gpointer data)
{
  FakeServer *server = data;

  if (g_str_equal (method, "Notify"))
    g_async_queue_push (server->calls, g_variant_ref (parameters));
  if (g_str_equal (method, "CloseNotification"))
    g_atomic_int_inc (&server->closed);
  if (g_atomic_int_get (&server->hang))
    g_queue_push_tail (&server->waiting, call);
  else
    answer (server, call);
}

static gpointer
serve (gpointer data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  FakeServer *server = data;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  guint registration;

  g_main_context_push_thread_default (server->context);
  registration = g_dbus_connection_register_object (server->connection, PATH, node->interfaces[0],
                                                    &vtable, server, NULL, NULL);
  g_main_loop_run (server->loop);
  g_dbus_connection_unregister_object (server->connection, registration);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

FakeServer *
fake_server_new (const char *address, const char *capabilities)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  FakeServer *server = g_new0 (FakeServer, 1);

  server->connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  server->capabilities = g_strsplit (capabilities, " ", -1);
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->calls = g_async_queue_new_full ((GDestroyNotify) g_variant_unref);
  server->thread = g_thread_new ("fake-server", serve, server);
  while (!g_main_loop_is_running (server->loop))
    g_usleep (1000);
  reply = g_dbus_connection_call_sync (server->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", NAME, 4), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return server;
}

void
fake_server_free (FakeServer *server)
{
  g_main_loop_quit (server->loop);
  g_thread_join (server->thread);
  g_queue_clear_full (&server->waiting, g_object_unref);
  g_dbus_connection_close_sync (server->connection, NULL, NULL);
  g_object_unref (server->connection);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_async_queue_unref (server->calls);
  g_strfreev (server->capabilities);
  g_free (server);
}

GVariant *
fake_server_take (FakeServer *server)
{
  return g_async_queue_timeout_pop (server->calls, 20 * G_USEC_PER_SEC);
}

guint
fake_server_closed (FakeServer *server)
{
  return (guint) g_atomic_int_get (&server->closed);
}

static void
emit (FakeServer *server, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (server->connection, NULL, PATH, NAME, name, parameters, NULL);
}

void
fake_server_click (FakeServer *server, guint id, const char *action)
{
  emit (server, "ActionInvoked", g_variant_new ("(us)", id, action));
}

void
fake_server_close (FakeServer *server, guint id, guint reason)
{
  emit (server, "NotificationClosed", g_variant_new ("(uu)", id, reason));
}

static gboolean
answer_waiting (gpointer data)
{
  FakeServer *server = data;
  GDBusMethodInvocation *call;

  while ((call = g_queue_pop_head (&server->waiting)) != NULL)
    answer (server, call);
  return G_SOURCE_REMOVE;
}

void
fake_server_hang (FakeServer *server, gboolean hang)
{
  g_atomic_int_set (&server->hang, hang);
  if (!hang)
    g_main_context_invoke (server->context, answer_waiting, server);
}
