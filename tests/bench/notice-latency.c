/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* notice-latency FIRST STEP A_DAY N: a daemon as it is, but for its clock, and a notification
 * server in a thread of its own. The clock is put to the start of N blocks in turn, A_DAY of them a
 * day from the instant FIRST (ISO) on, STEP minutes apart, whose titles are "Block 0", "Block 1" …
 * Prints the µs from each alarm to the Notify call that it makes, a line each, as the server sees
 * it; "-" when none came. */
#include "trk-bus-connection.h"
#include "trk-daemon.h"
#include "trk-fake-clock.h"
#include "trk-libnotify-notifier.h"
#include "trk-paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY (24 * TRK_HOUR)
#define PATIENCE (5 * G_USEC_PER_SEC) /* for one notice */

static const char server_xml[] =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/><arg type='s'/>"
    "<arg type='s'/><arg type='as'/><arg type='a{sv}'/><arg type='i'/>"
    "<arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u'/></method>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/></method>"
    "</interface></node>";

/* -- The server -------------------------------------------------------------------------------- */

/* A call of Notify. */
typedef struct
{
  gint64 at;  /* monotonic, µs */
  char *said; /* summary and body (owned) */
} Call;

typedef struct
{
  GAsyncQueue *calls; /* of Call (owned), the first item is no call: the name is owned */
  GMainLoop *loop;
  GMainContext *context;
  guint32 last; /* notification's number */
} Server;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->said);
  g_free (call);
}

static void
note_call (Server *server, GVariant *arguments)
{
  Call *call = g_new0 (Call, 1);
  const char *summary, *body;

  call->at = g_get_monotonic_time ();
  g_variant_get_child (arguments, 3, "&s", &summary);
  g_variant_get_child (arguments, 4, "&s", &body);
  call->said = g_strdup_printf ("%s\n%s\n", summary, body);
  g_async_queue_push (server->calls, call);
}

static void
on_method (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *arguments,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  const char *const abilities[] = { "actions", "body", NULL };
  Server *server = data;
  GVariant *answer = NULL;

  if (g_str_equal (method, "Notify"))
    {
      note_call (server, arguments);
      answer = g_variant_new ("(u)", ++server->last);
    }
  else if (g_str_equal (method, "GetCapabilities"))
    answer = g_variant_new ("(^as)", abilities);
  else if (g_str_equal (method, "GetServerInformation"))
    answer = g_variant_new ("(ssss)", "bench", "trackerd", "1", "1.2");
  g_dbus_method_invocation_return_value (invocation, answer);
}

static void
on_owned (GDBusConnection *connection, const char *name, gpointer data)
{
  g_async_queue_push (((Server *) data)->calls, g_new0 (Call, 1));
}

static void
on_refused (GDBusConnection *connection, const char *name, gpointer data)
{
  g_error ("another notification server is on this bus: give this program one of its own");
}

static gpointer
serve (gpointer data)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_method };
  Server *server = data;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (server_xml, NULL);
  g_autoptr (GDBusConnection) bus = NULL;
  guint name;

  g_main_context_push_thread_default (server->context);
  bus = trk_bus_connect (NULL);
  g_assert_nonnull (bus);
  g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", node->interfaces[0],
                                     &vtable, server, NULL, NULL);
  name = g_bus_own_name_on_connection (bus, "org.freedesktop.Notifications",
                                       G_BUS_NAME_OWNER_FLAGS_NONE, on_owned, on_refused, server,
                                       NULL);
  g_main_loop_run (server->loop);
  g_bus_unown_name (name);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

/* -- The daemon -------------------------------------------------------------------------------- */

/* Lets the daemon do what waits; a moment's sleep when nothing does. */
static void
turn (void)
{
  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (50);
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + 5 * 1000;

  while (g_get_monotonic_time () < end)
    turn ();
}

/* When a notice that speaks of @title came after @alarm; 0: none did. Before it there was one that
 * told of the start to come. */
static gint64
wait_for_notice (Server *server, const char *title, gint64 alarm)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  gint64 at = 0;

  while (at == 0 && g_get_monotonic_time () < end)
    {
      Call *call = g_async_queue_try_pop (server->calls);

      if (call == NULL)
        turn ();
      else if (call->at >= alarm && strstr (call->said, title) != NULL)
        at = call->at;
      if (call != NULL)
        call_free (call);
    }
  return at;
}

static void
measure (Server *server, TrkFakeClock *clock, TrkInstant start, guint n)
{
  g_autofree char *title = g_strdup_printf ("Block %u\n", n);
  gint64 alarm, notice;

  trk_fake_clock_advance_to (clock, start - TRK_SECOND);
  settle ();
  alarm = g_get_monotonic_time ();
  trk_fake_clock_advance_to (clock, start);
  notice = wait_for_notice (server, title, alarm);
  if (notice == 0)
    puts ("-");
  else
    printf ("%" G_GINT64_FORMAT "\n", notice - alarm);
}

static void
quit (gpointer data)
{
  g_error ("another daemon is on this bus: give this program one of its own");
}

static void
run (Server *server, TrkInstant first, TrkDuration step, guint a_day, guint n)
{
  g_autoptr (TrkFakeClock) clock = trk_fake_clock_new (first - TRK_HOUR, NULL);
  g_autofree char *folder = trk_path_data_dir ();
  g_autofree char *screen_file = g_build_filename (folder, "notifications", NULL);
  g_autofree char *quiet_file = g_build_filename (folder, "do-not-disturb", NULL);
  g_autoptr (TrkNotifier) notifier = TRK_NOTIFIER (trk_libnotify_notifier_new (screen_file));
  g_autoptr (TrkPresenceMonitor) presence = trk_presence_monitor_new (TRK_CLOCK (clock));
  g_autoptr (GError) error = NULL;
  TrkDaemonParts parts = { .clock = TRK_CLOCK (clock),
                           .notifier = notifier,
                           .presence = presence,
                           .quiet_file = quiet_file,
                           .quit = quit };
  g_autoptr (TrkDaemon) daemon = NULL;

  trk_path_ensure_dir (folder, &error); /* as main() does, for its lock */
  g_assert_no_error (error);
  daemon = trk_daemon_new (&parts, &error);
  g_assert_no_error (error);
  trk_daemon_start (daemon);
  for (int i = 0; i < 400; i++) /* the calendars are read on a thread */
    settle ();
  for (guint i = 0; i < n; i++)
    measure (server, clock, first + i / a_day * DAY + i % a_day * step, i);
  trk_daemon_stop (daemon);
}

int
main (int argc, char **argv)
{
  Server server = { .calls = g_async_queue_new_full (call_free) };
  TrkInstant first;
  GThread *thread;

  if (argc != 5 || !trk_instant_from_iso (argv[1], &first, NULL))
    return 2;
  server.context = g_main_context_new ();
  server.loop = g_main_loop_new (server.context, FALSE);
  thread = g_thread_new ("server", serve, &server);
  call_free (g_async_queue_pop (server.calls));
  run (&server, first, atoi (argv[2]) * TRK_MINUTE, (guint) atoi (argv[3]), (guint) atoi (argv[4]));
  g_main_loop_quit (server.loop);
  g_thread_join (thread);
  g_main_loop_unref (server.loop);
  g_main_context_unref (server.context);
  g_async_queue_unref (server.calls);
  return 0;
}
