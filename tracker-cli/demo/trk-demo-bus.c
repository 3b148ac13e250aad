/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo-bus.h"

#include "trk-atomic-file.h"
#include "trk-error.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum
{
  PATIENCE = 3 /* seconds for a child to end in order */
};

/* Without service folders: nothing that is installed here may be started by the demo. */
static const char bus_config[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
    " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><listen>unix:dir=%s</listen>\n"
    "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\n"
    "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n";

/* -- Children ---------------------------------------------------------------------------------- */

/* Between fork and exec: only calls that are safe there. */
static void
become_child (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  setpgid (0, 0);
}

GSubprocessLauncher *
trk_demo_launcher (GStrv env, GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_set_environ (launcher, env);
  g_subprocess_launcher_set_child_setup (launcher, become_child, NULL, NULL);
  return launcher;
}

static gboolean
on_late (gpointer data)
{
  g_subprocess_force_exit (data);
  return G_SOURCE_REMOVE;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_main_loop_quit (data);
}

void
trk_demo_end_process (GSubprocess *process)
{
  g_autoptr (GMainLoop) loop = NULL;
  guint late;

  if (process == NULL)
    return;
  if (g_subprocess_get_identifier (process) != NULL)
    {
      loop = g_main_loop_new (NULL, FALSE);
      g_subprocess_send_signal (process, SIGTERM);
      late = g_timeout_add_seconds (PATIENCE, on_late, process);
      g_subprocess_wait_async (process, NULL, on_ended, loop);
      g_main_loop_run (loop);
      if (g_main_context_find_source_by_id (NULL, late) != NULL)
        g_source_remove (late);
    }
  g_object_unref (process);
}

/* -- The user's bus ---------------------------------------------------------------------------- */

static gboolean
has_owner (GDBusConnection *connection, const char *name)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "NameHasOwner", g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE,
      1000, NULL, NULL);
  gboolean owned = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* Never started by us: only an address that is there already. */
static char *
session_address (void)
{
  const char *given = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *path = NULL;

  if (given != NULL && *given != '\0')
    return g_str_has_prefix (given, "autolaunch:") ? NULL : g_strdup (given);
  path = runtime != NULL ? g_build_filename (runtime, "bus", NULL) : NULL;
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return g_strconcat ("unix:path=", path, NULL);
}

static GDBusConnection *
connect_to (const char *address, GError **error)
{
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, error);

  if (connection != NULL)
    g_dbus_connection_set_exit_on_close (connection, FALSE);
  return connection;
}

/* The session bus when the demo may use it; else NULL and @why. */
static char *
usable_session (const char **why)
{
  g_autofree char *address = session_address ();
  g_autoptr (GDBusConnection) connection = address != NULL ? connect_to (address, NULL) : NULL;

  if (connection == NULL)
    *why = "There is no session bus here";
  else if (has_owner (connection, "org.trackerd.Tracker1"))
    *why = "A trackerd of yours runs in this session";
  else if (!has_owner (connection, "org.freedesktop.Notifications"))
    *why = "No notification server runs in this session";
  else
    return g_steal_pointer (&address);
  return NULL;
}

/* -- An own bus -------------------------------------------------------------------------------- */

static char *
write_bus_config (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "bus.conf", NULL);
  g_autofree char *escaped = g_dbus_address_escape_value (dir);
  g_autofree char *markup = g_markup_escape_text (escaped, -1);
  g_autofree char *text = g_strdup_printf (bus_config, markup);

  if (!trk_atomic_file_save (path, text, strlen (text), error))
    return NULL;
  return g_steal_pointer (&path);
}

static gboolean
start_bus (TrkDemoBus *bus, const char *dir, GError **error)
{
  g_auto (GStrv) env = g_get_environ ();
  g_autoptr (GSubprocessLauncher) launcher =
      trk_demo_launcher (env, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *config = write_bus_config (dir, error);
  g_autofree char *option = config != NULL ? g_strconcat ("--config-file=", config, NULL) : NULL;
  g_autoptr (GDataInputStream) lines = NULL;

  if (config == NULL)
    return FALSE;
  bus->daemon = g_subprocess_launcher_spawn (launcher, error, "dbus-daemon", option, "--nofork",
                                             "--print-address=1", NULL);
  if (bus->daemon == NULL)
    {
      g_prefix_error (error, "a message bus for the demo is needed (Debian: apt install dbus): ");
      return FALSE;
    }
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus->daemon));
  bus->address = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, error);
  if (bus->address != NULL)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_FAILED,
                         "dbus-daemon ended without giving an address");
  return FALSE;
}

TrkDemoBus *
trk_demo_bus_new (const char *dir, GError **error)
{
  TrkDemoBus *bus = g_new0 (TrkDemoBus, 1);

  bus->address = usable_session (&bus->why_own);
  if (bus->address != NULL)
    return bus;
  if (start_bus (bus, dir, error))
    bus->connection = connect_to (bus->address, error);
  if (bus->connection == NULL)
    {
      trk_demo_bus_end (bus);
      return NULL;
    }
  return bus;
}

void
trk_demo_bus_end (TrkDemoBus *bus)
{
  if (bus == NULL)
    return;
  if (bus->connection != NULL)
    g_dbus_connection_close_sync (bus->connection, NULL, NULL);
  g_clear_object (&bus->connection);
  trk_demo_end_process (g_steal_pointer (&bus->daemon));
  g_free (bus->address);
  g_free (bus);
}
