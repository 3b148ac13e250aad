/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-paths.h"

#include "trk-screen-lock.h"

enum
{
  PROBE_WITHIN = 4000, /* ms: less than a caller waits */
};

/* Known before the first plan, it is what the engine begins with. */
static void
on_changed (TrkPresenceMonitor *monitor, int presence, gint64 since, int why, gpointer data)
{
  TrkDaemon *daemon = data;
  TrkInstant now = trk_daemon_now (daemon);
  GPtrArray *effects;

  g_debug ("presence: %s (%s), by %s", trk_presence_to_string ((TrkPresence) presence),
           trk_reason_to_string ((TrkReason) why), trk_presence_monitor_source (monitor));
  if (daemon->plan != NULL)
    trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  effects = trk_engine_presence (daemon->engine, (TrkPresence) presence, MIN (since, now),
                                 (TrkReason) why, now);
  if (daemon->plan != NULL)
    trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "presence", effects, NULL, NULL);
  else
    g_ptr_array_unref (effects);
}

static void
on_described (TrkPresenceMonitor *monitor, gpointer data)
{
  g_debug ("presence is told by %s, the session's by %s", trk_presence_monitor_source (monitor),
           trk_logind_describe (trk_presence_monitor_logind (monitor)));
  trk_daemon_publish (data);
}

/* The last moment awake is written before the machine sleeps: it may never wake up. */
static void
on_sleeping (TrkLogind *logind, gboolean begins, gpointer data)
{
  TrkDaemon *daemon = data;

  if (daemon->plan == NULL)
    return;
  trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  if (begins)
    {
      trk_daemon_mark (daemon, trk_daemon_now (daemon));
      trk_logind_let_sleep (logind);
    }
}

static void engage (TrkDaemon *daemon);

static void
on_engaged (gpointer data)
{
  engage (data);
}

void
trk_daemon_follow_presence (TrkDaemon *daemon)
{
  TrkPresenceMonitor *monitor = daemon->parts.presence;

  g_signal_connect (monitor, "changed", G_CALLBACK (on_changed), daemon);
  g_signal_connect (monitor, "described", G_CALLBACK (on_described), daemon);
  g_signal_connect (trk_presence_monitor_logind (monitor), "sleeping", G_CALLBACK (on_sleeping),
                    daemon);
  g_signal_connect_swapped (trk_presence_monitor_logind (monitor), "kept-awake",
                            G_CALLBACK (on_engaged), daemon);
  trk_daemon_watch_presence (daemon);
}

void
trk_daemon_leave_presence (TrkDaemon *daemon)
{
  TrkLogind *logind = trk_presence_monitor_logind (daemon->parts.presence);

  g_signal_handlers_disconnect_by_data (daemon->parts.presence, daemon);
  g_signal_handlers_disconnect_by_data (logind, daemon);
}

void
trk_daemon_watch_presence (TrkDaemon *daemon)
{
  TrkDuration limit = trk_engine_away_limit (daemon->engine);

  trk_presence_monitor_watch (daemon->parts.presence,
                              (guint) (CLAMP (limit, TRK_SECOND, 24 * TRK_HOUR) / 1000));
}

/* -- Calls and presentations ------------------------------------------------------------------- */

/* What says now that breaks have to wait; NULL. */
static const char *
find_cause (const TrkDaemon *daemon)
{
  const char *cause = daemon->calls != NULL ? trk_call_watch_cause (daemon->calls) : NULL;

  if (cause == NULL && daemon->inhibitors != NULL)
    cause = trk_inhibitor_watch_cause (daemon->inhibitors);
  if (cause == NULL)
    cause = trk_logind_kept_awake_by (trk_presence_monitor_logind (daemon->parts.presence));
  return cause;
}

static void
engage (TrkDaemon *daemon)
{
  const char *cause = daemon->ended ? NULL : find_cause (daemon);
  GPtrArray *effects;

  if (g_strcmp0 (cause, daemon->engaged_by) == 0)
    return;
  g_free (daemon->engaged_by);
  daemon->engaged_by = g_strdup (cause);
  if (daemon->ended)
    return;
  if (daemon->plan != NULL)
    trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  effects = trk_engine_engage (daemon->engine, daemon->engaged_by, trk_daemon_now (daemon));
  if (daemon->plan != NULL)
    trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, daemon->engaged_by != NULL ? "call" : "call over",
                      effects, NULL, NULL);
  else
    g_ptr_array_unref (effects);
}

/* A new watch begins with nobody holding, and that is no change to it: the engine would believe in
 * the call of the bus before for ever. */
void
trk_daemon_watch_inhibitors (TrkDaemon *daemon, GDBusConnection *bus)
{
  g_clear_pointer (&daemon->inhibitors, trk_inhibitor_watch_free);
  engage (daemon);
  if (bus != NULL)
    daemon->inhibitors = trk_inhibitor_watch_new (bus, on_engaged, daemon);
}

/* It costs a process with libraries of its own: only while a break may have to wait. */
void
trk_daemon_watch_calls (TrkDaemon *daemon)
{
  gboolean wanted = !daemon->ended && trk_engine_awaits_break (daemon->engine, daemon->today.end);
  g_autofree char *program = NULL;

  if (wanted == (daemon->calls != NULL))
    return;
  g_clear_pointer (&daemon->calls, trk_call_watch_free);
  if (wanted)
    {
      program = trk_path_program ("trackerd/capture", "trackerd-capture");
      daemon->calls = trk_call_watch_new (program, on_engaged, daemon);
    }
  engage (daemon);
}

void
trk_daemon_lock_screen (TrkDaemon *daemon)
{
  if (!trk_screen_lock (trk_presence_monitor_logind (daemon->parts.presence),
                        trk_service_connection (daemon->service), trk_daemon_warn))
    g_warning ("the screen cannot be locked for the break: logind knows of no session of ours, and "
               "there is no session bus");
}

void
trk_daemon_probe_presence (TrkPresenceAnswer answer, gpointer call, gpointer data)
{
  trk_presence_monitor_probe (((TrkDaemon *) data)->parts.presence, PROBE_WITHIN, answer, call);
}
