/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-client.h"
#include "trk-bus-connection.h"
#include "trk-bus-error.h"
#include "trk-private-bus.h"
#include "trk-tracker1.h"

#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A bus of its own for each test, and a daemon of paper on a thread of its own. */
typedef struct
{
  TrkPrivateBus *bus;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GDBusConnection *connection;
  TrkTracker1 *skeleton;
} Fixture;

/* Skip("usage") fails with that code's error; the word comes from the test's table. */
static gboolean
on_skip (TrkTracker1 *skeleton, GDBusMethodInvocation *call, const char *reason, gpointer data)
{
  int code = (int) g_ascii_strtoll (reason, NULL, 10);

  if (code < 0)
    trk_tracker1_complete_skip (skeleton, call);
  else
    g_dbus_method_invocation_return_error (call, TRK_ERROR, code, "words of %d", code);
  return TRUE;
}

/* Never answered. */
static gboolean
on_stop (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  g_object_set_data_full (G_OBJECT (skeleton), "hanging", call, g_object_unref);
  return TRUE;
}

static gboolean
on_reload (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  trk_tracker1_set_title (skeleton, "reloaded");
  trk_tracker1_complete_reload (skeleton, call);
  return TRUE;
}

static gpointer
serve (gpointer data)
{
  Fixture *fixture = data;

  g_main_context_push_thread_default (fixture->context);
  fixture->skeleton = trk_tracker1_skeleton_new ();
  g_signal_connect (fixture->skeleton, "handle-skip", G_CALLBACK (on_skip), NULL);
  g_signal_connect (fixture->skeleton, "handle-stop", G_CALLBACK (on_stop), NULL);
  g_signal_connect (fixture->skeleton, "handle-reload", G_CALLBACK (on_reload), NULL);
  trk_tracker1_set_state (fixture->skeleton, "running");
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->skeleton),
                                    fixture->connection, TRK_BUS_PATH, NULL);
  g_main_loop_run (fixture->loop);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (fixture->skeleton));
  g_clear_object (&fixture->skeleton);
  g_main_context_pop_thread_default (fixture->context);
  return NULL;
}

static void
request_name (GDBusConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", TRK_BUS_NAME, 4), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
      NULL, &error);

  g_assert_no_error (error);
}

static void
start_bus (Fixture *fixture, gconstpointer data)
{
  fixture->bus = trk_private_bus_new ();
}

static void
start_daemon (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_bus (fixture, data);
  fixture->connection = trk_bus_connect (&error);
  g_assert_no_error (error);
  fixture->context = g_main_context_new ();
  fixture->loop = g_main_loop_new (fixture->context, FALSE);
  fixture->thread = g_thread_new ("daemon", serve, fixture);
  while (!g_main_loop_is_running (fixture->loop))
    g_usleep (1000);
  request_name (fixture->connection);
}

static void
stop (Fixture *fixture, gconstpointer data)
{
  if (fixture->thread != NULL)
    {
      g_main_loop_quit (fixture->loop);
      g_thread_join (fixture->thread);
      g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
      g_object_unref (fixture->connection);
      g_main_loop_unref (fixture->loop);
      g_main_context_unref (fixture->context);
    }
  trk_private_bus_free (fixture->bus);
}

static void
test_errors_travel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkBusClient) client = trk_bus_client_new (NULL);

  for (int code = 0; code <= TRK_ERROR_BUSY; code++)
    {
      g_autofree char *word = g_strdup_printf ("%d", code);
      g_autofree char *message = g_strdup_printf ("words of %d", code);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) reply =
          trk_bus_client_call (client, "Skip", g_variant_new ("(s)", word), &error);

      g_assert_null (reply);
      g_assert_error (error, TRK_ERROR, code);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkBusClient) client = trk_bus_client_new (&error);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) wrong = NULL;
  g_autoptr (TrkDaemonStatus) status = NULL;

  g_assert_no_error (error);
  g_assert_true (trk_bus_client_daemon_runs (client));
  g_assert_cmpuint (trk_bus_client_daemon_pid (client), ==, (guint) getpid ());
  reply = trk_bus_client_call (client, "Skip", g_variant_new ("(s)", "-1"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
  g_assert_true (trk_bus_client_reload (client, &error));
  status = trk_bus_client_status (client, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (status->state, ==, "running");
  g_assert_cmpstr (status->title, ==, "reloaded");
  wrong =
      trk_bus_client_call (client, "Skip", g_variant_new ("(x)", G_GINT64_CONSTANT (3)), &error);
  g_assert_null (wrong);
  g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
}

/* What is no local socket is for GIO, and so is a list with such a one in it. */
static void
leave_to_gio (Fixture *fixture)
{
  g_autofree char *address = g_strconcat ("nonce-tcp:host=127.0.0.1,port=1,noncefile=/nonexistent;",
                                          trk_private_bus_address (fixture->bus), NULL);

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

static void
test_no_daemon (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkBusClient) client = trk_bus_client_new (&error);

  g_assert_no_error (error);
  g_assert_false (trk_bus_client_daemon_runs (client));
  g_assert_cmpuint (trk_bus_client_daemon_pid (client), ==, 0);
  g_assert_null (trk_bus_client_status (client, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "the daemon does not run"));
  g_clear_error (&error);
  g_assert_null (trk_bus_client_call (client, "Stop", NULL, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_true (trk_bus_client_reload (client, &error));
  g_assert_no_error (error);
}

static void
test_no_daemon_by_gio (Fixture *fixture, gconstpointer data)
{
  leave_to_gio (fixture);
  test_no_daemon (fixture, data);
}

static void
test_by_gio (Fixture *fixture, gconstpointer data)
{
  leave_to_gio (fixture);
  test_call (fixture, data);
  test_errors_travel (fixture, data);
}

static void
test_bus_dies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkBusClient) client = trk_bus_client_new (&error);

  g_assert_no_error (error);
  trk_private_bus_stop (fixture->bus);
  g_assert_null (trk_bus_client_call (client, "Stop", NULL, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE);
}

static void
test_daemon_hangs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkBusClient) client = trk_bus_client_new (&error);

  g_assert_null (trk_bus_client_call (client, "Stop", NULL, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==,
                   "no answer came (the daemon does not answer); what was asked may have been done "
                   "all the same. What runs now: tracker; what was kept: tracker log");
}

static void
expect_unreachable (const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (trk_bus_client_new (&error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_no_bus (void)
{
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("DISPLAY", ":4711", TRUE); /* must not make anybody launch a bus */
  expect_unreachable ("no session bus");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  expect_unreachable ("no session bus");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "nonsense", TRUE);
  expect_unreachable ("no session bus");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
}

/* A socket at $XDG_RUNTIME_DIR/bus that takes connections and never speaks. */
static void
test_deaf_bus (void)
{
  g_autofree char *dir = g_dir_make_tmp ("trk-bus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "bus", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 4), ==, 0);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("XDG_RUNTIME_DIR", dir, TRUE);
  expect_unreachable ("does not answer");
  g_unsetenv ("XDG_RUNTIME_DIR");
  close (fd);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
#define ADD(path, up, test) g_test_add ("/bus-client/" path, Fixture, NULL, up, test, stop)
  ADD ("errors-travel", start_daemon, test_errors_travel);
  ADD ("call", start_daemon, test_call);
  ADD ("by-gio", start_daemon, test_by_gio);
  ADD ("no-daemon-by-gio", start_bus, test_no_daemon_by_gio);
  ADD ("no-daemon", start_bus, test_no_daemon);
  ADD ("bus-dies", start_bus, test_bus_dies);
  ADD ("daemon-hangs", start_daemon, test_daemon_hangs);
  g_test_add_func ("/bus-client/no-bus", test_no_bus);
  g_test_add_func ("/bus-client/deaf-bus", test_deaf_bus);
  return g_test_run ();
}
