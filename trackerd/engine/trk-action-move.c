/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

/* Moving the end (extend) or the start (snooze) of what is planned; the calendar is not written. */

/* Blocks that an extension makes wait begin again when it is over. */
static void
send_back (TrkEngine *engine, TrkTrack *extended)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track == extended || !trk_track_covers (track, engine->called)
          || trk_track_is_fixed (track) || track->span.start < extended->block->period.start)
        continue;
      trk_track_forget (track, TRK_NOTICE_START);
      trk_track_touch (track, TRK_REASON_EXTEND);
      trk_engine_withdraw (engine, track, engine->called, TRK_REASON_EXTEND);
    }
}

/* Was @track what ran last? What is over as soon as it begins is not kept, and ran no time. */
static gboolean
ran_last (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkEntry *last = NULL;

  if (track->by_hand)
    return engine->closed_of == track;
  for (guint i = engine->past->len; i > 0 && last == NULL; i--)
    if (!trk_period_is_empty (((const TrkEntry *) engine->past->pdata[i - 1])->period))
      last = engine->past->pdata[i - 1];
  return last != NULL && g_strcmp0 (last->block_id, track->block->id) == 0;
}

TrkInstant
trk_action_went_on_since (const TrkEngine *engine, const TrkTrack *track)
{
  gboolean unbroken = engine->entry == NULL && engine->gap == NULL
                      && MAX (engine->written, engine->written_gap) <= track->span.end
                      && ran_last (engine, track);

  return unbroken && engine->presence != TRK_PRESENCE_AWAY
             ? MIN (MAX (track->span.end, engine->there), engine->called)
             : engine->called;
}

/* The log knows until when what runs by hand is meant to. */
static void
move_limit (TrkEngine *engine, const TrkTrack *track)
{
  if (engine->entry_of != track || engine->entry->until == trk_track_limit (track))
    return;
  engine->entry->until = trk_track_limit (track);
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_AMEND, engine->called, TRK_REASON_EXTEND, track)
      ->entry = trk_entry_copy (engine->entry);
}

static gboolean
extend_by_hand (TrkEngine *engine, TrkTrack *track, TrkDuration length, GError **error)
{
  TrkInstant from;

  if (track->span.end == TRK_NEVER)
    return trk_action_refuse (
        error, TRK_ERROR_STATE,
        "it has no end that could be moved; to give it one: tracker start TITLE --for 50m");
  from = trk_action_went_on_since (engine, track);
  track->span.end = MAX (track->span.end, engine->called) + length;
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_forget (track, TRK_NOTICE_END);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_EXTEND);
  trk_engine_settle (engine, from, TRK_REASON_EXTEND);
  move_limit (engine, track);
  return TRUE;
}

static gboolean
extend_block (TrkEngine *engine, TrkTrack *track, TrkDuration length, GError **error)
{
  const TrkInstant now = engine->called;
  TrkInstant before = track->state->end;
  TrkInstant from = trk_track_is_over (track) ? trk_action_went_on_since (engine, track) : now;

  track->state->end = MAX (track->span.end, now) + length;
  if (track->state->end <= track->block->period.end) /* it was left early, and goes on after all */
    track->state->end = 0;
  trk_engine_arrange (engine);
  if (track->span.end <= now)
    {
      track->state->end = before;
      trk_engine_arrange (engine);
      return trk_action_refuse (error, TRK_ERROR_STATE,
                                "a meeting or off time has begun; it cannot be longer");
    }
  if (trk_track_is_over (track))
    {
      trk_track_take (track, TRUE);
      track->state->outcome = TRK_OUTCOME_NONE;
      trk_track_hold (track, TRK_HOLD_NONE, TRK_REASON_EXTEND);
    }
  trk_track_keep_on (track);
  if (!track->planned)
    trk_track_run_unplanned (track);
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_forget (track, TRK_NOTICE_END);
  trk_track_touch (track, TRK_REASON_EXTEND);
  send_back (engine, track);
  trk_engine_arrange (engine);
  trk_engine_withdraw (engine, track, now, TRK_REASON_EXTEND);
  trk_engine_settle (engine, from, TRK_REASON_EXTEND);
  return TRUE;
}

/* What is meant where nobody names it. NULL with @error: nothing that could be longer. */
static TrkTrack *
to_extend (TrkEngine *engine, GError **error)
{
  TrkTrack *track = trk_action_holder (engine);

  if (track == NULL && engine->ended != NULL
      && engine->ended->span.end >= engine->called - engine->policies.late)
    {
      engine->hand = g_steal_pointer (&engine->ended);
      return engine->hand;
    }
  if (track == NULL)
    track = trk_engine_current (engine, engine->called);
  if (track != NULL)
    return track;
  track = trk_action_just_ended (engine);
  if (track != NULL && track->block->kind == TRK_KIND_BREAK)
    trk_action_refuse (error, TRK_ERROR_STATE,
                       "nothing runs, and what has just ended was a break; to rest longer: "
                       "tracker break 10m");
  else if (track == NULL || trk_period_set_length (track->worked) == 0)
    trk_action_refuse (error, TRK_ERROR_STATE, "nothing runs, and nothing has just ended");
  else
    return track;
  return NULL;
}

gboolean
trk_action_extend (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkDuration length = action->length > 0 ? action->length : engine->policies.extend;
  TrkTrack *track;

  if (!trk_action_named (engine, action, &track, error)
      || (track == NULL && (track = to_extend (engine, error)) == NULL))
    return FALSE;
  if (track->block->kind == TRK_KIND_OFF || !trk_track_began (track))
    return trk_action_refuse (error, TRK_ERROR_STATE, "nothing runs, and nothing has just ended");
  if (trk_track_is_over (track) && !track->by_hand
      && (track->span.end < engine->called - engine->policies.late
          || track->state->outcome == TRK_OUTCOME_SKIPPED
          || track->state->outcome == TRK_OUTCOME_CANCELLED))
    return trk_action_refuse (error, TRK_ERROR_STATE,
                              "that block is over; tracker start begins something new");
  trk_action_be_present (engine);
  return track->by_hand ? extend_by_hand (engine, track, length, error)
                        : extend_block (engine, track, length, error);
}

gboolean
trk_action_snooze (TrkEngine *engine, const TrkAction *action, GError **error)
{
  const TrkInstant now = engine->called;
  TrkDuration length = action->length > 0 ? action->length : engine->policies.snooze;
  TrkInstant until;
  TrkTrack *track;

  if (!trk_action_running_or_next (engine, action, &track, error))
    return FALSE;
  if (track->by_hand || trk_track_is_over (track) || track->block->kind == TRK_KIND_OFF)
    return trk_action_refuse (error, TRK_ERROR_STATE,
                              "only a planned block that is not over can be snoozed");
  if (!trk_action_may_come (track, error))
    return FALSE;
  until = action->until != 0
              ? action->until
              : MAX (now, trk_track_began (track) ? now : track->span.start) + length;
  if (until <= now)
    return trk_action_refuse (error, TRK_ERROR_USAGE, "that moment has passed");
  if (track->block->kind == TRK_KIND_BREAK)
    return trk_action_postpone_to (engine, track, until, error);
  if (until >= track->span.end)
    {
      g_autofree char *end = trk_action_clock (engine, track->span.end);

      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                   "the block ends at %s, before that; tracker skip leaves it out", end);
      return FALSE;
    }
  track->state->start = until;
  track->state->postponed++;
  trk_track_forget (track, TRK_NOTICE_START);
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_hold (track, TRK_HOLD_NONE, TRK_REASON_SNOOZE);
  trk_engine_withdraw (engine, track, now, TRK_REASON_SNOOZE);
  trk_action_rearrange (engine, now, TRK_REASON_SNOOZE);
  return TRUE;
}
