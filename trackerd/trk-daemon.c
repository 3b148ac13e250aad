/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-config-last.h"

#include "trk-paths.h"

enum
{
  PATIENCE = 2, /* seconds for the first reading of the calendars; then the log's plan serves */
};

static gboolean on_alarm (gpointer data);

TrkAlmanac
trk_daemon_almanac (TrkDaemon *daemon)
{
  return trk_config_almanac (daemon->config, trk_clock_zone (daemon->parts.clock));
}

static TrkInstant
clock_now (gpointer data)
{
  return trk_clock_now (((TrkDaemon *) data)->parts.clock);
}

/* -- The one path --------------------------------------------------------------------------------
 */

static gboolean
entry_is_open (TrkDaemon *daemon)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  return snapshot.entry != NULL;
}

static void
mark (TrkDaemon *daemon, TrkInstant now)
{
  daemon->marked = now;
  trk_recorder_mark (daemon->recorder, now);
}

void
trk_daemon_mark (TrkDaemon *daemon)
{
  mark (daemon, clock_now (daemon));
}

/* The only wake-ups there are: what the engine waits for, the next day, and the mark. */
static void
arm (TrkDaemon *daemon)
{
  TrkInstant at = daemon->today.end;

  if (daemon->plan == NULL)
    return;
  at = MIN (at, trk_engine_next_deadline (daemon->engine));
  if (entry_is_open (daemon))
    at = MIN (at, trk_instant_add (daemon->marked, daemon->config->policies.mark_every));
  trk_clock_arm (daemon->parts.clock, at, on_alarm, daemon);
}

static void
act_on_desktop (TrkDaemon *daemon, const GPtrArray *effects, guint64 ticket)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (effects, i);

      if (effect->type == TRK_EFFECT_NOTIFY)
        trk_notice_board_show (daemon->board, effect->notice, ticket++, effect->at);
      else if (effect->type == TRK_EFFECT_WITHDRAW)
        trk_notice_board_withdraw (daemon->board, effect->key);
      else if (effect->type == TRK_EFFECT_FOCUS_ON || effect->type == TRK_EFFECT_FOCUS_OFF)
        trk_do_not_disturb_want (daemon->quiet, effect->type == TRK_EFFECT_FOCUS_ON);
      else if (effect->type == TRK_EFFECT_LOCK)
        trk_daemon_lock_screen (daemon);
    }
}

void
trk_daemon_settle_focus (TrkDaemon *daemon)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  trk_do_not_disturb_want (daemon->quiet, snapshot.focus);
}

static void
tell_effects (TrkDaemon *daemon, const GPtrArray *effects)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (effects, i);
      g_autofree char *line = trk_effect_to_line (effect);

      g_debug ("%s", line);
      if (daemon->service != NULL)
        trk_service_happened (daemon->service, effect);
    }
}

/* A block was left before its end: what it displaced is planned anew. */
static gboolean
gives_time_back (const GPtrArray *effects)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (effects, i);

      if (effect->type == TRK_EFFECT_BLOCK_STATE && effect->state->outcome != TRK_OUTCOME_NONE
          && effect->state->outcome != TRK_OUTCOME_CANCELLED && effect->state->end != 0)
        return TRUE;
    }
  return FALSE;
}

/* What becomes of notices that go or are replaced by a command: it was the answer. It is written
 * before the batch, whose notice of that key would take it else. */
static void
note_answers (TrkDaemon *daemon, TrkActor actor, const char *command, const GPtrArray *effects)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 2);
  const char *answer = actor == TRK_ACTOR_USER ? words[0] : TRK_NOTICE_WITHDRAWN;
  TrkInstant now = clock_now (daemon);

  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (effects, i);

      /* What is true after a restart is shown again then. */
      if (effect->type == TRK_EFFECT_WITHDRAW && effect->reason != TRK_REASON_SHUTDOWN)
        trk_recorder_answer (daemon->recorder, effect->key, now, answer);
      else if (effect->type == TRK_EFFECT_NOTIFY && actor == TRK_ACTOR_USER)
        trk_recorder_answer (daemon->recorder, effect->notice->key, now, answer);
    }
}

void
trk_daemon_apply (TrkDaemon *daemon,
                  TrkActor actor,
                  const char *command,
                  GPtrArray *effects,
                  GPtrArray *put,
                  GPtrArray *forget)
{
  g_autoptr (GPtrArray) owned = effects;
  TrkInstant now = trk_clock_now (daemon->parts.clock);
  TrkBatch batch = {
    .actor = actor,
    .command = command,
    .now = now,
    .zone = trk_zone_id (trk_clock_zone (daemon->parts.clock)),
    .plan = daemon->plan,
    .put = put,
    .effects = owned,
    .forget = forget,
  };
  guint64 ticket;

  note_answers (daemon, actor, command, owned);
  ticket = trk_recorder_record (daemon->recorder, &batch);

  if (owned->len > 0 || put != NULL)
    trk_daemon_note_log (daemon);
  act_on_desktop (daemon, owned, ticket);
  if (entry_is_open (daemon) && (owned->len > 0 || now < daemon->marked))
    mark (daemon, now);
  daemon->awake = now;
  tell_effects (daemon, owned);
  trk_daemon_watch_presence (daemon);
  trk_daemon_publish (daemon);
  arm (daemon);
  if (gives_time_back (owned))
    trk_daemon_replan (daemon);
}

/* Time for which nobody can speak: told by the clock, or seen because a mark that was due did not
 * come in time (a stopped process, a machine without the clock that tells). @why is what it was
 * when the clock does not say that it slept. */
static gboolean
find_absence (TrkDaemon *daemon, TrkInstant now, TrkPeriod *absence, TrkReason *why)
{
  if (trk_clock_take_sleep (daemon->parts.clock, absence))
    {
      *why = TRK_REASON_SLEEP;
      absence->end = MIN (absence->end, now);
      return !trk_period_is_empty (*absence);
    }
  *absence = (TrkPeriod){ daemon->awake, now };
  return entry_is_open (daemon)
         && trk_period_length (*absence) > 2 * daemon->config->policies.mark_every;
}

void
trk_daemon_advance (TrkDaemon *daemon, TrkReason why)
{
  TrkInstant now = trk_clock_now (daemon->parts.clock);
  TrkPeriod absence;

  if (find_absence (daemon, now, &absence, &why))
    trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "step",
                      trk_engine_slept (daemon->engine, absence, why, now), NULL, NULL);
  else
    trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "step", trk_engine_step (daemon->engine, now), NULL,
                      NULL);
  if (entry_is_open (daemon) && now - daemon->marked >= daemon->config->policies.mark_every)
    {
      mark (daemon, now);
      trk_presence_monitor_check (daemon->parts.presence);
      arm (daemon);
    }
  if (now >= daemon->today.end)
    trk_daemon_replan (daemon);
}

static gboolean
on_alarm (gpointer data)
{
  trk_daemon_advance (data, TRK_REASON_SLEEP);
  return G_SOURCE_REMOVE;
}

/* Set, slept or moved to another zone: all the same to us. */
static void
on_jumped (TrkClock *clock, gpointer data)
{
  TrkDaemon *daemon = data;
  TrkAlmanac almanac = trk_daemon_almanac (daemon);
  const char *zone = trk_zone_id (almanac.zone);

  if (daemon->plan == NULL)
    return;
  if (g_strcmp0 (zone, daemon->zone) != 0)
    {
      g_message ("the time zone is %s now", zone);
      g_free (daemon->zone);
      daemon->zone = g_strdup (zone);
    }
  trk_engine_set_almanac (daemon->engine, &almanac);
  trk_daemon_advance (daemon, TRK_REASON_CLOCK);
  trk_daemon_replan (daemon);
}

/* -- What the notice board asks and says
 * -------------------------------------------------------------
 */

static void
on_shown (guint64 ticket, gboolean worked, const char *backend, gpointer data)
{
  TrkDaemon *daemon = data;

  TrkSnapshot snapshot;
  g_autofree char *quiet = NULL;

  trk_engine_snapshot (daemon->engine, &snapshot);
  if (worked && snapshot.focus) /* whether it was seen is the server's matter then */
    quiet = g_strconcat (backend, ", do-not-disturb wanted", NULL);
  trk_recorder_confirm (daemon->recorder, ticket, worked ? clock_now (daemon) : 0,
                        quiet != NULL ? quiet : backend);
}

/* A start stays true while its block runs, a warning until it begins; everything else is news only
 * for a while. */
gboolean
trk_daemon_is_due (const TrkNotice *notice, TrkInstant at, gpointer data)
{
  TrkDaemon *daemon = data;
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  if (notice->kind == TRK_NOTICE_START && snapshot.block != NULL)
    return g_str_equal (snapshot.block->id, notice->key);
  if (notice->kind == TRK_NOTICE_LEAD)
    return snapshot.next != NULL && g_str_equal (snapshot.next->id, notice->key);
  return clock_now (daemon) - at <= daemon->config->policies.late;
}

static void
test_notice (TrkTestAnswer answer, gpointer call, gpointer data)
{
  TrkDaemon *daemon = data;

  trk_notice_board_test (daemon->board, clock_now (daemon), answer, call, clock_now);
}

/* -- Reading again -------------------------------------------------------------------------------
 */

/* What was good is kept for the next start; that it cannot be is no reason to stop. */
static void
keep_config (const char *path)
{
  g_autofree char *copy = trk_path_config_kept ();
  g_autoptr (GError) error = NULL;

  if (!trk_config_keep (path, copy, &error))
    g_message ("%s", error->message);
}

/* A broken file leaves what there was. */
static gboolean
read_config (TrkDaemon *daemon, GError **error)
{
  g_autofree char *path = trk_path_config_file ();
  TrkConfig *config = trk_config_load (path, error);

  if (config == NULL)
    return FALSE;
  keep_config (path);
  for (guint i = 0; i < config->warnings->len; i++)
    g_warning ("%s", (const char *) g_ptr_array_index (config->warnings, i));
  g_clear_pointer (&daemon->config, trk_config_unref);
  daemon->config = config;
  daemon->config_broken = FALSE;
  return TRUE;
}

/* At the start there is nothing in memory yet: then what the daemon before has kept. */
static void
begin_config (TrkDaemon *daemon)
{
  g_autofree char *path = trk_path_config_file ();
  g_autofree char *copy = trk_path_config_kept ();
  g_autoptr (GError) error = NULL;

  if (read_config (daemon, &error))
    return;
  daemon->config = trk_config_load_kept (path, copy);
  daemon->config_broken = daemon->config == NULL;
  g_warning ("%s; until it is mended %s", error->message,
             daemon->config_broken ? "the plan is what the log has of today"
                                   : "the last good configuration holds");
  if (daemon->config_broken)
    daemon->config = trk_config_new_default ();
}

static void
read_everything (TrkDaemon *daemon, gboolean log)
{
  TrkAlmanac almanac;
  g_autoptr (GError) error = NULL;

  if (!read_config (daemon, &error))
    g_warning ("%s; the configuration stays as it was", error->message);
  almanac = trk_daemon_almanac (daemon);
  trk_engine_set_policies (daemon->engine, &daemon->config->policies);
  trk_engine_set_almanac (daemon->engine, &almanac);
  trk_daemon_watch (daemon);
  if (log && daemon->plan != NULL)
    trk_daemon_follow_log (daemon);
  trk_daemon_replan (daemon);
}

void
trk_daemon_reload (TrkDaemon *daemon)
{
  if (daemon->plan != NULL)
    trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  read_everything (daemon, TRUE);
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
  read_everything (data, FALSE);
}

/* -- Life ----------------------------------------------------------------------------------------
 */

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

/* What could not be shown while there was no bus may still be true. */
static void
on_bus (GDBusConnection *bus, gpointer data)
{
  TrkDaemon *daemon = data;

  trk_presence_monitor_set_bus (daemon->parts.presence, bus);
  trk_do_not_disturb_set_bus (daemon->quiet, bus);
  trk_daemon_watch_inhibitors (daemon, bus);
  if (bus != NULL)
    trk_notice_board_retry (daemon->board, clock_now (daemon));
}

/* A log that cannot be written now is told of with the first batch. */
static void
begin_run (TrkDaemon *daemon)
{
  gint64 run = 0;

  if (trk_store_begin_run (daemon->store, clock_now (daemon), &run, NULL))
    trk_recorder_set_run (daemon->recorder, run);
}

static gboolean
open_log (TrkDaemon *daemon, GError **error)
{
  g_autofree char *path = trk_path_log ();
  TrkInstant last = 0;

  daemon->store = trk_store_open (path, TRK_STORE_WRITE, error);
  if (daemon->store == NULL || !trk_store_last_mark (daemon->store, &last, error))
    return FALSE;
  daemon->marked = daemon->awake = last;
  trk_daemon_find_start (daemon);
  return trk_daemon_build_engine (daemon, last, error);
}

TrkDaemon *
trk_daemon_new (const TrkDaemonParts *parts, GError **error)
{
  static const TrkRecorderEvents recorder_events = { on_recorder_failed, on_recorder_recovered };
  static const TrkNoticeBoardEvents board_events = { on_shown, trk_daemon_press, trk_daemon_is_due,
                                                     on_backend_changed, trk_daemon_see };
  g_autoptr (TrkDaemon) daemon = g_new0 (TrkDaemon, 1);

  daemon->parts = *parts;
  g_object_ref (parts->clock);
  g_object_ref (parts->notifier);
  g_object_ref (parts->presence);
  begin_config (daemon);
  if (!open_log (daemon, error))
    return NULL;
  daemon->recorder = trk_recorder_new (daemon->store, &recorder_events, daemon);
  begin_run (daemon);
  daemon->board = trk_notice_board_new (parts->notifier, &board_events, daemon);
  daemon->quiet = trk_do_not_disturb_new (parts->quiet_file);
  daemon->monitor = trk_calendar_monitor_new ();
  g_signal_connect (daemon->monitor, "changed", G_CALLBACK (on_files_changed), daemon);
  g_signal_connect (parts->clock, "jumped", G_CALLBACK (on_jumped), daemon);
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
  static const TrkServiceVerbs verbs = { trk_daemon_act, reload,
                                         test_notice,    trk_daemon_probe_presence,
                                         on_name_taken,  trk_daemon_postponed,
                                         on_bus };

  daemon->service = trk_service_new (&verbs, daemon);
  daemon->patience = g_timeout_add_seconds (PATIENCE, on_impatient, daemon);
  trk_daemon_watch (daemon);
  trk_daemon_follow_presence (daemon);
  trk_daemon_replan (daemon);
}

void
trk_daemon_stop (TrkDaemon *daemon)
{
  TrkInstant now = clock_now (daemon);

  if (daemon->plan == NULL)
    return;
  trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "shutdown",
                    trk_engine_shut_down (daemon->engine, now), NULL, NULL);
  mark (daemon, now);
  trk_recorder_touch (daemon->recorder, now);
  trk_clock_arm (daemon->parts.clock, TRK_NEVER, NULL, NULL);
}

void
trk_daemon_free (TrkDaemon *daemon)
{
  if (daemon == NULL)
    return;
  daemon->ended = TRUE;
  g_clear_handle_id (&daemon->patience, g_source_remove);
  g_signal_handlers_disconnect_by_data (daemon->parts.clock, daemon);
  trk_daemon_leave_presence (daemon);
  trk_presence_monitor_set_bus (daemon->parts.presence, NULL);
  trk_daemon_watch_inhibitors (daemon, NULL);
  g_clear_object (&daemon->monitor);
  g_clear_pointer (&daemon->board, trk_notice_board_free);
  g_clear_pointer (&daemon->quiet, trk_do_not_disturb_free); /* says its last words on the bus */
  g_clear_pointer (&daemon->service, trk_service_free);
  g_clear_pointer (&daemon->recorder,
                   trk_recorder_free); /* its last words may be that it recovered */
  g_clear_handle_id (&daemon->catch_up, g_source_remove);
  g_clear_pointer (&daemon->engine, trk_engine_free);
  g_clear_pointer (&daemon->plan, trk_plan_unref);
  g_clear_pointer (&daemon->store, trk_store_close);
  g_clear_pointer (&daemon->config, trk_config_unref);
  g_object_unref (daemon->parts.clock);
  g_object_unref (daemon->parts.notifier);
  g_object_unref (daemon->parts.presence);
  g_free (daemon->zone);
  g_free (daemon->noted);
  g_free (daemon);
}
