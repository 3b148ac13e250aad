/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-build.h"
#include "trk-bus-connection.h"
#include "trk-daemon.h"
#include "trk-libnotify-notifier.h"
#include "trk-lock.h"
#include "trk-paths.h"
#include "trk-system-clock.h"

#include <glib-unix.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
is_ours (const GLogField *fields, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      return g_strcmp0 (fields[i].value, G_LOG_DOMAIN) == 0;
  return FALSE;
}

/* The libraries' own debugging words are no decisions of ours. */
static GLogWriterOutput
write_ours (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) != 0 && !is_ours (fields, n))
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n, data);
}

/* Whoever names domains by G_MESSAGES_DEBUG gets those. */
static void
be_verbose (void)
{
  if (g_getenv ("G_MESSAGES_DEBUG") == NULL)
    g_log_set_writer_func (write_ours, NULL, NULL);
  g_log_set_debug_enabled (TRUE);
}

static gboolean
parse_options (int *argc, char ***argv, int *status)
{
  gboolean version = FALSE;
  gboolean verbose = FALSE;
  const GOptionEntry entries[] = {
    { "version", 'V', 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Log every decision", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- keeps time by your calendar");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, "It runs in the foreground; a session or systemd "
                                             "starts it. The command for people is tracker.");
  *status = 0;
  if (!g_option_context_parse (context, argc, argv, &error) || *argc > 1)
    {
      fprintf (stderr, "trackerd: %s\n", error != NULL ? error->message : "it takes no arguments");
      *status = 2;
      return FALSE;
    }
  if (version)
    printf ("trackerd %s\n", TRK_VERSION);
  if (verbose)
    be_verbose ();
  return !version;
}

/* Names the place where a session bus will be when there is none yet: a library that found nothing
 * there would launch a bus of its own under X11. */
static void
name_the_bus (void)
{
  g_autofree char *address = trk_bus_session_address ();
  g_autofree char *place = NULL;

  if (address != NULL)
    return;
  place = g_strdup_printf ("unix:path=/run/user/%d/bus", (int) getuid ());
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", place, TRUE);
}

/* It lives for days and does little: one arena for its few threads instead of one each, and what is
 * free at the end goes back at once. */
static void
be_small (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 1);
  mallopt (M_TOP_PAD, 0);
  mallopt (M_TRIM_THRESHOLD, 64 * 1024);
#endif
}

static TrkLock *
take_lock (int *status)
{
  g_autofree char *folder = trk_path_data_dir ();
  g_autofree char *path = trk_path_lock ();
  g_autoptr (GError) error = NULL;
  gint64 owner = 0;
  TrkLock *lock =
      trk_path_ensure_dir (folder, &error) ? trk_lock_take (path, &owner, &error) : NULL;

  *status = error != NULL ? 1 : 0;
  if (error != NULL)
    fprintf (stderr, "trackerd: %s\n", error->message);
  else if (lock == NULL)
    fprintf (stderr, "trackerd: already running (process %" G_GINT64_FORMAT "); nothing to do\n",
             owner);
  return lock;
}

static gboolean
on_end_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_reload_signal (gpointer daemon)
{
  trk_daemon_reload (daemon);
  return G_SOURCE_CONTINUE;
}

static void
quit (gpointer loop)
{
  g_main_loop_quit (loop);
}

static int
run (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (TrkClock) clock = trk_system_clock_new (TRUE);
  g_autofree char *folder = trk_path_data_dir (); /* whoever has its lock may write there */
  g_autofree char *screen_file = g_build_filename (folder, "notifications", NULL);
  g_autofree char *quiet_file = g_build_filename (folder, "do-not-disturb", NULL);
  g_autoptr (TrkNotifier) notifier = trk_libnotify_notifier_new (screen_file);
  g_autoptr (TrkPresenceMonitor) presence = trk_presence_monitor_new (clock);
  g_autoptr (GError) error = NULL;
  TrkDaemonParts parts = { .clock = clock,
                           .notifier = notifier,
                           .presence = presence,
                           .quiet_file = quiet_file,
                           .quit = quit,
                           .data = loop };
  g_autoptr (TrkDaemon) daemon = trk_daemon_new (&parts, &error);

  if (daemon == NULL)
    {
      fprintf (stderr, "trackerd: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, on_end_signal, loop);
  g_unix_signal_add (SIGINT, on_end_signal, loop);
  g_unix_signal_add (SIGHUP, on_reload_signal, daemon);
  trk_daemon_start (daemon);
  g_main_loop_run (loop);
  trk_daemon_stop (daemon);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (TrkLock) lock = NULL;
  int status;

  be_small ();
  setlocale (LC_ALL, "");
  umask (0077);
  if (!parse_options (&argc, &argv, &status))
    return status;
  lock = take_lock (&status);
  if (lock == NULL)
    return status;
  name_the_bus ();
  return run ();
}
