/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-new-log.h"
#include "trk-paths.h"

enum
{
  PATIENCE = 2, /* seconds for the first reading of the calendars; then the log's plan serves */
};

static void
on_recorder_failed (const char *message, gpointer data)
{
  g_warning ("the log cannot be written (%s); what happens is kept in memory and tried again",
             message);
}

static gboolean
on_caught_up (gpointer data)
{
  TrkDaemon *daemon = data;

  daemon->catch_up = 0;
  trk_daemon_catch_up (daemon);
  return G_SOURCE_REMOVE;
}

/* Told from within a change that is being made: the engine must not be replaced under it. */
static void
on_recorder_recovered (gpointer data)
{
  TrkDaemon *daemon = data;

  if (daemon->catch_up == 0)
    daemon->catch_up = g_idle_add (on_caught_up, daemon);
  g_message ("the log can be written again; nothing was lost");
}

static void
on_recorder_lost (guint changes, gpointer data)
{
  g_warning ("the log could not be written to the end: %u change%s that waited for it %s lost",
             changes, changes == 1 ? "" : "s", changes == 1 ? "is" : "are");
}

static void
on_backend_changed (gpointer data)
{
  trk_daemon_publish (data);
}

static void
on_name_taken (gint64 owner, gpointer data)
{
  TrkDaemon *daemon = data;

  g_message ("another trackerd (process %" G_GINT64_FORMAT
             ") serves this session bus; nothing to do",
             owner);
  daemon->parts.quit (daemon->parts.data);
}

static gboolean
reload (gpointer data, GError **error)
{
  trk_daemon_reload (data);
  return TRUE;
}

static void
on_files_changed (TrkCalendarMonitor *monitor, gpointer data)
{
  trk_daemon_read_again (data, FALSE);
}

/* What could not be shown while there was no bus may still be true. */
static void
on_bus (GDBusConnection *bus, gpointer data)
{
  TrkDaemon *daemon = data;

  trk_presence_monitor_set_bus (daemon->parts.presence, bus);
  trk_do_not_disturb_set_bus (daemon->quiet, bus);
  trk_daemon_watch_inhibitors (daemon, bus);
  trk_daemon_guard_again (daemon);
  if (bus != NULL)
    trk_notice_board_retry (daemon->board, trk_daemon_now (daemon));
}

/* A first command that is about to make the log goes first. Whatever keeps us from waiting for it
 * keeps us from opening the log, too, or is that it takes too long. */
static TrkStore *
open_store (const char *path, GError **error)
{
  g_autoptr (TrkNewLog) first = trk_new_log_begin (path, NULL);

  return trk_store_open (path, TRK_STORE_WRITE, error);
}

static gboolean
open_log (TrkDaemon *daemon, GError **error)
{
  g_autofree char *path = trk_path_log ();
  TrkInstant last = 0;

  daemon->store = open_store (path, error);
  if (daemon->store == NULL || !trk_store_last_mark (daemon->store, &last, error))
    return FALSE;
  daemon->marked = daemon->awake = last;
  trk_daemon_find_start (daemon);
  return trk_daemon_build_engine (daemon, last, error);
}

void
trk_daemon_warn (const char *message)
{
  g_warning ("%s", message);
}

TrkDaemon *
trk_daemon_new (const TrkDaemonParts *parts, GError **error)
{
  static const TrkRecorderEvents recorder_events = { on_recorder_failed, on_recorder_recovered,
                                                     on_recorder_lost };
  static const TrkNoticeBoardEvents board_events = {
    .shown = trk_daemon_shown,
    .pressed = trk_daemon_press,
    .is_due = trk_daemon_is_due,
    .changed = on_backend_changed,
    .dismissed = trk_daemon_see,
  };
  g_autoptr (TrkDaemon) daemon = g_new0 (TrkDaemon, 1);

  daemon->parts = *parts;
  g_object_ref (parts->clock);
  g_object_ref (parts->notifier);
  g_object_ref (parts->presence);
  trk_daemon_begin_config (daemon);
  if (!open_log (daemon, error))
    return NULL;
  trk_daemon_keep_config (daemon);
  daemon->recorder = trk_recorder_new (daemon->store, &recorder_events, daemon);
  trk_recorder_begin (daemon->recorder, trk_daemon_now (daemon));
  daemon->board = trk_notice_board_new (parts->notifier, &board_events, daemon);
  daemon->quiet = trk_do_not_disturb_new (parts->quiet_file, trk_daemon_warn);
  trk_daemon_begin_hooks (daemon);
  daemon->monitor = trk_calendar_monitor_new ();
  daemon->probes = g_ptr_array_new ();
  g_signal_connect (daemon->monitor, "changed", G_CALLBACK (on_files_changed), daemon);
  trk_daemon_follow_clock (daemon);
  return g_steal_pointer (&daemon);
}

static gboolean
on_impatient (gpointer data)
{
  TrkDaemon *daemon = data;

  daemon->patience = 0;
  g_message ("reading the calendars takes long; meanwhile the plan is what the log has of today");
  trk_daemon_plan_from_log (daemon);
  return G_SOURCE_REMOVE;
}

void
trk_daemon_start (TrkDaemon *daemon)
{
  static const TrkServiceVerbs verbs = {
    .act = trk_daemon_act,
    .reload = reload,
    .test_notice = trk_daemon_test_notice,
    .probe_presence = trk_daemon_probe_presence,
    .probe_programs = trk_daemon_probe_programs,
    .taken = on_name_taken,
    .postpone = trk_daemon_postpone,
    .done = trk_daemon_done,
    .bus = on_bus,
  };

  daemon->service = trk_service_new (&verbs, daemon);
  daemon->patience = g_timeout_add_seconds (PATIENCE, on_impatient, daemon);
  trk_daemon_watch (daemon);
  trk_daemon_follow_presence (daemon);
  trk_daemon_replan (daemon);
}

void
trk_daemon_stop (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);

  if (daemon->plan != NULL)
    {
      trk_daemon_advance (daemon, TRK_REASON_SLEEP);
      trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "shutdown",
                        trk_engine_shut_down (daemon->engine, now), NULL, NULL);
      trk_daemon_mark (daemon, now);
    }
  trk_recorder_end (daemon->recorder, now);
}

void
trk_daemon_free (TrkDaemon *daemon)
{
  if (daemon == NULL)
    return;
  daemon->ended = TRUE;
  g_clear_handle_id (&daemon->patience, g_source_remove);
  trk_daemon_leave_clock (daemon);
  trk_daemon_leave_presence (daemon);
  trk_presence_monitor_set_bus (daemon->parts.presence, NULL);
  trk_daemon_watch_inhibitors (daemon, NULL);
  trk_daemon_watch_calls (daemon);
  if (daemon->probes != NULL)
    trk_daemon_end_guard (daemon);
  g_clear_pointer (&daemon->probes, g_ptr_array_unref);
  g_clear_object (&daemon->monitor);
  g_clear_pointer (&daemon->board, trk_notice_board_free);
  g_clear_pointer (&daemon->quiet, trk_do_not_disturb_free); /* says its last words on the bus */
  g_clear_pointer (&daemon->service, trk_service_free);
  trk_daemon_end_hooks (daemon);
  g_clear_pointer (&daemon->recorder,
                   trk_recorder_free); /* its last words may be that it recovered */
  g_clear_handle_id (&daemon->catch_up, g_source_remove);
  g_clear_handle_id (&daemon->noting, g_source_remove);
  g_clear_pointer (&daemon->engine, trk_engine_free);
  g_clear_pointer (&daemon->plan, trk_plan_unref);
  g_clear_pointer (&daemon->store, trk_store_close);
  g_clear_pointer (&daemon->config, trk_config_unref);
  g_object_unref (daemon->parts.clock);
  g_object_unref (daemon->parts.notifier);
  g_object_unref (daemon->parts.presence);
  g_free (daemon->zone);
  g_free (daemon->engaged_by);
  g_free (daemon->noted);
  g_free (daemon);
}
