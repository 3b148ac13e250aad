/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

TrkEngine *
trk_engine_new (const TrkPolicies *policies,
                const TrkAlmanac *almanac,
                const TrkEngineMemory *memory)
{
  TrkEngine *engine = g_new0 (TrkEngine, 1);

  engine->policies = *policies;
  engine->almanac = *almanac;
  engine->almanac.zone = trk_zone_ref ((TrkZone *) almanac->zone);
  engine->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_track_unref);
  engine->asked = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  engine->missed = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_track_unref);
  engine->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_effect_free);
  engine->told_hooks = g_ptr_array_new_with_free_func (g_free);
  engine->states =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) trk_block_state_free);
  engine->waiting = trk_engine_calm_new ();
  engine->guarded =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  engine->worked = trk_period_set_new ();
  engine->kept = trk_period_set_new ();
  engine->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  engine->past = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  engine->logged = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  engine->interrupted = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_interruption_free);
  if (memory != NULL)
    trk_engine_remember (engine, memory);
  return engine;
}

void
trk_engine_free (TrkEngine *engine)
{
  if (engine == NULL)
    return;
  trk_zone_unref ((TrkZone *) engine->almanac.zone);
  g_ptr_array_unref (engine->tracks);
  g_clear_pointer (&engine->plan, trk_plan_unref);
  g_clear_pointer (&engine->hand, trk_track_unref);
  g_clear_pointer (&engine->rest, trk_track_unref);
  g_clear_pointer (&engine->ended, trk_track_unref);
  g_clear_pointer (&engine->entry, trk_entry_free);
  g_clear_pointer (&engine->entry_of, trk_track_unref);
  g_clear_pointer (&engine->gap, trk_gap_free);
  g_clear_pointer (&engine->gap_of, trk_track_unref);
  g_clear_pointer (&engine->closed, trk_entry_free);
  g_clear_pointer (&engine->closed_of, trk_track_unref);
  g_clear_pointer (&engine->late, trk_track_unref);
  trk_engine_forget_owed (engine);
  g_ptr_array_unref (engine->waiting);
  g_free (engine->given_key);
  g_free (engine->engaged);
  trk_period_set_free (engine->worked);
  trk_period_set_free (engine->kept);
  g_ptr_array_unref (engine->asked);
  g_ptr_array_unref (engine->missed);
  g_ptr_array_unref (engine->effects);
  g_ptr_array_unref (engine->told_hooks);
  g_ptr_array_unref (engine->past);
  g_ptr_array_unref (engine->logged);
  g_ptr_array_unref (engine->interrupted);
  g_free (engine->front);
  g_clear_pointer (&engine->asked_about, trk_interruption_free);
  g_clear_pointer (&engine->asked_in, trk_track_unref);
  g_free (engine->asking);
  g_hash_table_unref (engine->guarded);
  g_hash_table_unref (engine->states);
  g_hash_table_unref (engine->live);
  g_free (engine);
}

const TrkPolicy *
trk_engine_policy (const TrkEngine *engine, const TrkTrack *track)
{
  return &engine->policies.of[track->block->kind];
}

TrkEffect *
trk_engine_emit (
    TrkEngine *engine, TrkEffectType type, TrkInstant at, TrkReason why, const TrkTrack *track)
{
  TrkEffect *effect = trk_effect_new (type, at, why);

  if (track != NULL && !track->by_hand)
    effect->block_id = g_strdup (track->block->id);
  g_ptr_array_add (engine->effects, effect);
  return effect;
}

void
trk_engine_withdraw (TrkEngine *engine, TrkTrack *track, TrkInstant at, TrkReason why)
{
  trk_engine_calm_forget (engine, track->block->id, why);
  track->answered = TRUE;
  track->lock_at = 0;
  if (!track->live)
    return;
  track->live = FALSE;
  trk_engine_emit (engine, TRK_EFFECT_WITHDRAW, at, why, track)->key = g_strdup (track->block->id);
}

/* -- One call ---------------------------------------------------------------------------------- */

static void
begin (TrkEngine *engine, TrkInstant now)
{
  engine->called = now;
  engine->given = MIN (engine->given, now);
  engine->there = MIN (engine->there, now);
  engine->away_from = MIN (engine->away_from, now);
  if (now >= engine->now)
    return;
  engine->now = now; /* the clock was set back: go on from here */
  engine->limit_told = MIN (engine->limit_told, now);
  engine->untold = MIN (engine->untold, trk_instant_add (now, TRK_TOLD_WITHIN)); /* 0 stays so */
  engine->commanded = 0;
  engine->touched = MIN (engine->touched, now);
  trk_engine_revive (engine, now);
  trk_engine_guard_revive (engine, now);
  trk_engine_cut_gaps (engine, now);
}

/* States that changed, once each, so that the log gets one row a block and call. */
static void
save_states (TrkEngine *engine)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track->dirty)
        trk_engine_emit (engine, TRK_EFFECT_BLOCK_STATE, engine->called, track->why, track)->state =
            trk_block_state_copy (track->state);
      track->dirty = FALSE;
    }
}

static GPtrArray *
end (TrkEngine *engine)
{
  GPtrArray *effects;

  if (engine->plan != NULL)
    {
      trk_engine_elapse (engine, engine->called);
      trk_engine_miss (engine);
      trk_engine_doubt_absence (engine);
      trk_engine_guard (engine);
      trk_engine_tell_passed (engine);
      trk_engine_note_absence (engine);
      save_states (engine);
    }
  effects = engine->effects;
  engine->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_effect_free);
  return effects;
}

GPtrArray *
trk_engine_set_plan (TrkEngine *engine, TrkPlan *plan, TrkInstant now)
{
  gboolean first = engine->plan == NULL;

  if (first)
    engine->now = engine->known > 0 ? engine->known : now;
  begin (engine, now);
  trk_engine_merge_plan (engine, plan);
  engine->comes_back = first;
  if (first)
    trk_engine_restore (engine);
  trk_engine_elapse (engine, now);
  trk_engine_settle (engine, now, first ? TRK_REASON_START_UP : TRK_REASON_PLAN);
  engine->zone_changed = engine->comes_back = FALSE;
  return end (engine);
}

void
trk_engine_set_policies (TrkEngine *engine, const TrkPolicies *policies)
{
  engine->policies = *policies;
}

void
trk_engine_set_almanac (TrkEngine *engine, const TrkAlmanac *almanac)
{
  TrkZone *before = (TrkZone *) engine->almanac.zone;

  engine->zone_changed = g_strcmp0 (trk_zone_id (before), trk_zone_id (almanac->zone)) != 0;
  engine->almanac = *almanac;
  engine->almanac.zone = trk_zone_ref ((TrkZone *) almanac->zone);
  trk_zone_unref (before);
}

GPtrArray *
trk_engine_step (TrkEngine *engine, TrkInstant now)
{
  begin (engine, now);
  return end (engine);
}

GPtrArray *
trk_engine_slept (TrkEngine *engine, TrkPeriod asleep, TrkReason why, TrkInstant now)
{
  TrkPeriod gone = { asleep.start, MIN (asleep.end, now) };

  begin (engine, now);
  if (engine->plan == NULL || trk_period_is_empty (gone))
    return end (engine);
  trk_engine_elapse (engine, gone.start);
  engine->absent = TRUE;
  engine->absent_why = why;
  engine->gone_from = gone.start;
  engine->gone_off = why == TRK_REASON_NOT_RUNNING;
  trk_engine_retract (engine, gone.start, why);
  trk_engine_elapse (engine, gone.end);
  engine->absent = FALSE;
  if (why == TRK_REASON_SLEEP && engine->presence != TRK_PRESENCE_AWAY)
    trk_engine_note_rest (engine, gone);
  engine->there = gone.end;
  engine->back_why = why == TRK_REASON_NOT_RUNNING ? TRK_REASON_START_UP : TRK_REASON_BACK;
  trk_engine_settle (engine, MAX (gone.end, engine->now), engine->back_why);
  return end (engine);
}

/* A source that has just been found may know a keyboard that nobody has touched for long, while the
 * user commands from elsewhere. Whoever typed the command touched it then, or a moment before. */
static gboolean
is_disproved (const TrkEngine *engine, TrkInstant since)
{
  return engine->called < engine->commanded + TRK_TOLD_WITHIN
         && since <= engine->commanded - TRK_MINUTE;
}

/* At the command he was there; of the time after it only the source knows. One that is disproved
 * does not tell again that he is away: the limit counts from the command. */
static void
believe_command (TrkEngine *engine, TrkPresence *presence, TrkInstant *since, TrkReason *why)
{
  if (*presence != TRK_PRESENCE_AWAY || *why != TRK_REASON_AWAY || engine->commanded == 0)
    return;
  if (engine->said_untold && is_disproved (engine, *since))
    {
      engine->touched = engine->commanded;
      engine->touched_why = *why;
      *presence = TRK_PRESENCE_ACTIVE;
      *why = TRK_REASON_BACK;
    }
  *since = MAX (*since, engine->commanded);
}

GPtrArray *
trk_engine_presence (
    TrkEngine *engine, TrkPresence presence, TrkInstant since, TrkReason why, TrkInstant now)
{
  TrkPresence before = engine->presence;

  begin (engine, now);
  if (engine->plan != NULL)
    trk_engine_elapse (engine, now);
  engine->untold = engine->touched = 0;
  believe_command (engine, &presence, &since, &why);
  engine->presence = presence;
  engine->presence_why = why;
  if (presence != TRK_PRESENCE_UNKNOWN)
    engine->said_untold = FALSE;
  since = MIN (since, now);
  if (presence == TRK_PRESENCE_AWAY && presence != before)
    engine->away_from = since;
  if (presence == before || engine->plan == NULL)
    return end (engine);

  if (presence == TRK_PRESENCE_AWAY)
    trk_engine_leave (engine, since, why);
  else
    {
      if (before == TRK_PRESENCE_AWAY)
        {
          trk_engine_note_rest (engine, (TrkPeriod){ engine->away_from, since });
          engine->there = since;
        }
      trk_engine_settle (engine, since, why);
    }
  return end (engine);
}

GPtrArray *
trk_engine_engage (TrkEngine *engine, const char *cause, TrkInstant now)
{
  begin (engine, now);
  if (engine->plan != NULL)
    trk_engine_elapse (engine, now);
  g_free (engine->engaged);
  engine->engaged = g_strdup (cause);
  return end (engine);
}

/* What is seen before the first plan is known with it. */
GPtrArray *
trk_engine_front (TrkEngine *engine, const char *program, TrkInstant now)
{
  begin (engine, now);
  if (g_strcmp0 (engine->front, program) != 0)
    {
      g_free (engine->front);
      engine->front = g_strdup (program);
      engine->front_since = now;
    }
  return end (engine);
}

void
trk_engine_forget_front (TrkEngine *engine)
{
  g_clear_pointer (&engine->front, g_free);
}

GPtrArray *
trk_engine_started (TrkEngine *engine, const char *program, TrkInstant now)
{
  begin (engine, now);
  if (engine->plan != NULL)
    {
      trk_engine_elapse (engine, now);
      if (engine->entry_of != NULL && trk_engine_guards (engine, engine->entry_of, program))
        trk_engine_post_guard (engine, engine->entry_of, program, now, TRK_REASON_STARTED);
    }
  return end (engine);
}

/* What elapsed before the command is handled first: "nothing was changed" means by the command. Its
 * effects wait for the next call when the command is refused; that who commands is there stays
 * true. */
GPtrArray *
trk_engine_act (TrkEngine *engine, const TrkAction *action, TrkInstant now, GError **error)
{
  TrkPresence presence = engine->presence;

  if (engine->plan == NULL)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE,
                           "the plan is not known yet; try again");
      return NULL;
    }
  begin (engine, now);
  trk_engine_elapse (engine, now);
  if (!trk_engine_do (engine, action, error))
    {
      if (engine->presence != presence)
        trk_engine_settle (engine, now, TRK_REASON_BACK);
      return NULL;
    }
  return end (engine);
}

GPtrArray *
trk_engine_shut_down (TrkEngine *engine, TrkInstant now)
{
  begin (engine, now);
  if (engine->plan == NULL)
    return end (engine);
  trk_engine_elapse (engine, now);
  engine->absent = TRUE;
  engine->absent_why = TRK_REASON_SHUTDOWN;
  trk_engine_drop (engine, &engine->rest, now, TRK_REASON_SHUTDOWN);
  trk_engine_drop (engine, &engine->hand, now, TRK_REASON_SHUTDOWN);
  trk_engine_drop (engine, &engine->ended, now, TRK_REASON_SHUTDOWN);
  trk_engine_settle (engine, now, TRK_REASON_SHUTDOWN);
  for (guint i = 0; i < engine->tracks->len; i++)
    trk_engine_withdraw (engine, engine->tracks->pdata[i], now, TRK_REASON_SHUTDOWN);
  return end (engine);
}

TrkInstant
trk_engine_next_deadline (const TrkEngine *engine)
{
  TrkInstant due = engine->plan != NULL ? trk_engine_next_due (engine) : TRK_NEVER;

  due = MIN (due, trk_engine_calm_due (engine));
  due = MIN (due, trk_engine_guard_due (engine));
  due = MIN (due, trk_engine_doubt_due (engine));
  due = MIN (due, trk_engine_miss_due (engine));

  if (engine->effects->len > 0) /* left by a refused command */
    return engine->called + 1;
  return due == TRK_NEVER ? due : MAX (due, engine->called + 1);
}

/* -- What is now ------------------------------------------------------------------------------- */

static const char *const states[] = { "idle", "running", "paused", "break", "off" };

const char *
trk_state_to_string (TrkState state)
{
  return (gsize) state < G_N_ELEMENTS (states) ? states[state] : "unknown";
}

static TrkState
state_of (const TrkEngine *engine, const TrkTrack *current)
{
  if (engine->entry != NULL)
    return engine->entry->kind == TRK_KIND_BREAK ? TRK_STATE_BREAK : TRK_STATE_RUNNING;
  if (engine->gap != NULL)
    return TRK_STATE_PAUSED;
  if (current != NULL && current->block->kind == TRK_KIND_BREAK && !trk_track_rests (current))
    return TRK_STATE_BREAK;
  if (current != NULL && current->block->kind == TRK_KIND_OFF)
    return TRK_STATE_OFF;
  return TRK_STATE_IDLE;
}

void
trk_engine_snapshot (const TrkEngine *engine, TrkSnapshot *snapshot)
{
  TrkTrack *current = trk_engine_current (engine, engine->now);
  TrkTrack *holder = engine->entry_of != NULL ? engine->entry_of : engine->gap_of;
  TrkTrack *next = trk_engine_upcoming (engine, engine->now);

  if (holder == NULL)
    holder = current;
  *snapshot = (TrkSnapshot){
    .state = state_of (engine, current),
    .presence = engine->presence,
    .block = holder != NULL && !holder->by_hand ? holder->block : NULL,
    .since = holder != NULL ? holder->span.start : 0,
    .kept = holder != NULL ? trk_period_set_length (holder->worked) : 0,
    .entry = engine->entry,
    .gap = engine->gap,
    .paused = engine->gap_of != NULL ? engine->gap_of->last : NULL, /* none before the first plan */
    .until = holder != NULL ? holder->span.end : TRK_NEVER,
    .next = next != NULL ? next->block : NULL,
    .next_start = next != NULL ? next->span.start : 0,
    .focus = engine->quiet,
    .busy = engine->engaged != NULL,
    .postponed = trk_action_postponed (engine, engine->now),
    .ended = trk_action_just_kept (engine),
  };
}
