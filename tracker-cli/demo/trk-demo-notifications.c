/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo-notifications.h"

#include "trk-build.h"
#include "trk-error.h"
#include "trk-system-time.h"
#include "trk-text.h"

#include <string.h>

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char introspection[] =
    "<node><interface name='" NAME "'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
    "<method name='Notify'>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
    "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
    "</interface></node>";

struct _TrkDemoNotifications
{
  TrkSession *session;
  GDBusConnection *connection;
  GDBusNodeInfo *node;
  guint object; /* registration */
  guint name;   /* ownership */
  guint32 last;
};

/* The labels of @actions (key, label, key, label …) as buttons. */
static char *
buttons_in_words (const char *const *actions)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; actions[i] != NULL && actions[i + 1] != NULL; i += 2)
    {
      g_autofree char *label = trk_text_line (actions[i + 1], 40);

      if (strcmp (actions[i], "default") != 0)
        g_string_append_printf (out, "%s[%s]", out->len > 0 ? " " : "", label);
    }
  return g_string_free (out, FALSE);
}

/* The title is printed as it is: what is said by the session has no colours. */
static void
print_notice (TrkDemoNotifications *server,
              const char *summary,
              const char *body,
              const char *const *actions)
{
  TrkSession *session = server->session;
  const TrkStyle *style = trk_session_style (session);
  TrkLocal local = trk_zone_local (trk_session_zone (session), trk_system_time ());
  int seconds = (int) (local.time / TRK_SECOND);
  g_autofree char *title = trk_text_line (summary, 120);
  g_autofree char *shown = trk_style_text (style, title);
  g_autofree char *bold = trk_style_paint (style, TRK_PAINT_BOLD, shown);
  g_autofree char *text = trk_text_line (body, 300);
  g_autofree char *buttons = buttons_in_words (actions);
  const char *edge = style->unicode ? "▌" : "|";

  fprintf (trk_session_out (session), "  %s %02d:%02d:%02d  %s\n", edge, seconds / 3600,
           seconds / 60 % 60, seconds % 60, bold);
  if (*text != '\0')
    trk_session_say (session, "  %s           %s", edge, text);
  if (*buttons != '\0')
    trk_session_say (session, "  %s           %s", edge, buttons);
  trk_session_say (session, "%s", "");
  fflush (trk_session_out (session));
}

static void
notify (TrkDemoNotifications *server, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autofree const char **actions = NULL;
  const char *summary, *body;
  guint32 replaces;

  g_variant_get (parameters, "(&su&s&s&s^a&s@a{sv}i)", NULL, &replaces, NULL, &summary, &body,
                 &actions, NULL, NULL);
  if (replaces == 0)
    replaces = ++server->last;
  print_notice (server, summary, body, actions);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", replaces));
}

static void
close_notice (TrkDemoNotifications *server, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  guint32 id;

  g_variant_get (parameters, "(u)", &id);
  g_dbus_connection_emit_signal (server->connection, NULL, PATH, NAME, "NotificationClosed",
                                 g_variant_new ("(uu)", id, 3u), NULL);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  static const char *const capabilities[] = { "actions", "body", NULL };
  TrkDemoNotifications *server = data;

  if (strcmp (method, "Notify") == 0)
    notify (server, parameters, invocation);
  else if (strcmp (method, "CloseNotification") == 0)
    close_notice (server, parameters, invocation);
  else if (strcmp (method, "GetCapabilities") == 0)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
  else
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(ssss)", "tracker demo", "trackerd", TRK_VERSION, "1.2"));
}

TrkDemoNotifications *
trk_demo_notifications_new (TrkSession *session, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  TrkDemoNotifications *server = g_new0 (TrkDemoNotifications, 1);

  server->session = session;
  server->connection = g_object_ref (connection);
  server->node = g_dbus_node_info_new_for_xml (introspection, error);
  if (server->node != NULL)
    server->object = g_dbus_connection_register_object (
        connection, PATH, server->node->interfaces[0], &vtable, server, NULL, error);
  if (server->object == 0)
    {
      trk_demo_notifications_free (server);
      return NULL;
    }
  server->name = g_bus_own_name_on_connection (connection, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                               NULL, NULL, NULL);
  return server;
}

void
trk_demo_notifications_free (TrkDemoNotifications *server)
{
  if (server == NULL)
    return;
  if (server->name != 0)
    g_bus_unown_name (server->name);
  if (server->object != 0)
    g_dbus_connection_unregister_object (server->connection, server->object);
  g_clear_pointer (&server->node, g_dbus_node_info_unref);
  g_clear_object (&server->connection);
  g_free (server);
}
