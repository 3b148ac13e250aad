/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

static gboolean on_alarm (gpointer data);

TrkAlmanac
trk_daemon_almanac (TrkDaemon *daemon)
{
  return trk_config_almanac (daemon->config, trk_clock_zone (daemon->parts.clock));
}

TrkInstant
trk_daemon_now (gpointer data)
{
  return trk_clock_now (((TrkDaemon *) data)->parts.clock);
}

static gboolean
entry_is_open (TrkDaemon *daemon)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  return snapshot.entry != NULL;
}

void
trk_daemon_mark (TrkDaemon *daemon, TrkInstant now)
{
  daemon->marked = now;
  trk_recorder_mark (daemon->recorder, now);
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
      if (daemon->service != NULL && effect->type != TRK_EFFECT_ABSENCE)
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

/* What a command of @actor says to notices that go or are replaced by it. */
static char *
answer_of (TrkActor actor, const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 3);
  gboolean guard = g_strcmp0 (words[0], trk_verb_to_string (TRK_VERB_GUARD)) == 0;

  return g_strdup (actor == TRK_ACTOR_USER ? words[guard ? 1 : 0] : TRK_NOTICE_WITHDRAWN);
}

/* Keys of the notices that @effects of @actor answer. */
static GPtrArray *
answered_by (TrkActor actor, const GPtrArray *effects)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (effects, i);

      /* What is true after a restart is shown again then. */
      if (effect->type == TRK_EFFECT_WITHDRAW && effect->reason != TRK_REASON_SHUTDOWN)
        g_ptr_array_add (keys, g_strdup (effect->key));
      else if (effect->type == TRK_EFFECT_NOTIFY && actor == TRK_ACTOR_USER)
        g_ptr_array_add (keys, g_strdup (effect->notice->key));
    }
  return keys;
}

/* What looks at the engine, now that it may be in another state. */
static void
look_again (TrkDaemon *daemon)
{
  trk_daemon_watch_presence (daemon);
  trk_daemon_watch_calls (daemon);
  trk_daemon_guard (daemon);
  trk_daemon_publish (daemon);
  arm (daemon);
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
  g_autoptr (GPtrArray) answered = answered_by (actor, owned);
  g_autofree char *answer = answer_of (actor, command);
  TrkInstant now = trk_daemon_now (daemon);
  gboolean open = entry_is_open (daemon);
  TrkBatch batch = {
    .actor = actor,
    .command = command,
    .now = now,
    .zone = trk_zone_id (trk_clock_zone (daemon->parts.clock)),
    .plan = daemon->plan,
    .put = put,
    .effects = owned,
    .forget = forget,
    .answered = answered,
    .answer = answer,
    .mark = open && owned->len > 0 ? now : 0, /* one wait for the disk, not two */
  };
  guint64 ticket = trk_recorder_record (daemon->recorder, &batch);

  if (owned->len > 0 || put != NULL)
    trk_daemon_note_log_later (daemon);
  act_on_desktop (daemon, owned, ticket);
  if (batch.mark != 0)
    daemon->marked = now;
  else if (open && now < daemon->marked)
    trk_daemon_mark (daemon, now);
  daemon->awake = now;
  tell_effects (daemon, owned);
  trk_daemon_run_hooks (daemon, owned);
  look_again (daemon);
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

/* TRUE: the engine is at now. @heeded gets whether others changed the log. */
static gboolean
pass_absence (TrkDaemon *daemon, TrkReason why, gboolean *heeded)
{
  TrkInstant now = trk_daemon_now (daemon);
  TrkPeriod absence;
  gboolean absent = find_absence (daemon, now, &absence, &why);

  if (!absent)
    absence = (TrkPeriod){ now, now };
  *heeded = trk_daemon_heed_log (daemon, absence, why);
  if (absent && !*heeded)
    trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "step",
                      trk_engine_slept (daemon->engine, absence, why, now), NULL, NULL);
  return absent || *heeded;
}

gboolean
trk_daemon_catch_time (TrkDaemon *daemon)
{
  gboolean heeded;

  pass_absence (daemon, TRK_REASON_SLEEP, &heeded);
  return heeded;
}

void
trk_daemon_advance (TrkDaemon *daemon, TrkReason why)
{
  gboolean heeded;
  TrkInstant now;

  if (!pass_absence (daemon, why, &heeded))
    trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "step",
                      trk_engine_step (daemon->engine, trk_daemon_now (daemon)), NULL, NULL);
  now = trk_daemon_now (daemon);
  if (entry_is_open (daemon) && now - daemon->marked >= daemon->config->policies.mark_every)
    {
      trk_daemon_mark (daemon, now);
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

void
trk_daemon_follow_clock (TrkDaemon *daemon)
{
  g_signal_connect (daemon->parts.clock, "jumped", G_CALLBACK (on_jumped), daemon);
}

void
trk_daemon_leave_clock (TrkDaemon *daemon)
{
  g_signal_handlers_disconnect_by_data (daemon->parts.clock, daemon);
  trk_clock_arm (daemon->parts.clock, TRK_NEVER, NULL, NULL);
}
