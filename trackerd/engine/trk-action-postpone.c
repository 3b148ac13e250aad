/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

/* Postponing a break, within a budget for the day, and the sign that a notice was seen. */

guint
trk_action_postponed (const TrkEngine *engine, TrkInstant at)
{
  TrkDay day = trk_almanac_day (&engine->almanac, at);
  guint sum = 0;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];

      if (track->block->kind == TRK_KIND_BREAK
          && trk_almanac_day (&engine->almanac, track->block->period.start) == day)
        sum += track->state->postponed;
    }
  return sum;
}

guint
trk_action_postpones_left (const TrkEngine *engine, const TrkTrack *track)
{
  guint used = trk_action_postponed (engine, track->block->period.start);

  return used < engine->policies.postpones ? engine->policies.postpones - used : 0;
}

/* The block of work that the break interrupts, when it was being worked on. */
static TrkTrack *
interrupted_by (const TrkEngine *engine, const TrkTrack *rest)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];
      gboolean ended = track->state->outcome_reason == TRK_REASON_BLOCK_END
                       && trk_period_set_length (track->worked) > 0;

      if (trk_kind_is_work (track->block->kind) && !trk_track_is_fixed (track)
          && track->span.end == rest->span.start && trk_track_began (track)
          && track->hold == TRK_HOLD_NONE && (!trk_track_is_over (track) || ended))
        return track;
    }
  return NULL;
}

static void
go_on_until (TrkEngine *engine, TrkTrack *track, TrkInstant until)
{
  track->state->end = until;
  track->state->outcome = TRK_OUTCOME_NONE;
  track->state->outcome_reason = 0;
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_forget (track, TRK_NOTICE_END);
  if (!track->planned)
    trk_track_run_unplanned (track);
  trk_track_touch (track, TRK_REASON_EXTEND);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_EXTEND);
}

/* So much of @rest was taken, up to now. */
static TrkDuration
taken_of (const TrkEngine *engine, const TrkTrack *rest)
{
  TrkDuration taken = trk_period_set_length (rest->worked);

  return engine->entry_of == rest ? taken + engine->called - engine->entry->period.start : taken;
}

/* What is left of it is rounded up to what is worth keeping, though not beyond what was planned.
 * Where @rest would lie is what trk_engine_arrange() says: a meeting or off time may cut it. */
static gboolean
move (TrkEngine *engine, TrkTrack *rest, TrkInstant until, GError **error)
{
  TrkBlockState *state = rest->state;
  TrkInstant start = state->start, end = state->end;
  TrkDuration planned = trk_period_length (rest->block->period);
  TrkDuration left = planned - taken_of (engine, rest);
  TrkDuration least = MIN (planned, engine->policies.smallest_piece);

  state->start = until;
  state->end = until + MAX (left, least);
  trk_engine_arrange (engine);
  if (rest->span.end - until >= MIN (least, MAX (left, TRK_MINUTE)))
    return TRUE;
  state->start = start;
  state->end = end;
  trk_engine_arrange (engine);
  return trk_action_refuse (error, TRK_ERROR_STATE,
                            "no time is left for it then, as a meeting or off time begins; "
                            "tracker skip leaves it out");
}

gboolean
trk_action_postpone_to (TrkEngine *engine, TrkTrack *rest, TrkInstant until, GError **error)
{
  TrkTrack *before = interrupted_by (engine, rest);
  TrkInstant from = before != NULL && trk_track_is_over (before)
                        ? trk_action_went_on_since (engine, before)
                        : engine->called;

  if (trk_action_postpones_left (engine, rest) == 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                   "breaks were postponed %u of %u times today; tracker skip leaves this one out",
                   trk_action_postponed (engine, rest->block->period.start),
                   engine->policies.postpones);
      return FALSE;
    }
  if (!move (engine, rest, until, error))
    return FALSE;
  rest->state->postponed++;
  rest->state->reminders = 0;
  g_clear_pointer (&rest->waits_for, g_free);
  trk_track_take (rest, FALSE);
  trk_track_forget (rest, TRK_NOTICE_START);
  trk_track_forget (rest, TRK_NOTICE_ENDING);
  trk_track_forget (rest, TRK_NOTICE_LOCK);
  trk_track_hold (rest, TRK_HOLD_NONE, TRK_REASON_SNOOZE);
  trk_engine_withdraw (engine, rest, engine->called, TRK_REASON_SNOOZE);
  if (before != NULL)
    go_on_until (engine, before, until);
  trk_action_rearrange (engine, from, TRK_REASON_SNOOZE);
  return TRUE;
}

/* In a break by hand nobody waits for the next one, unless its time has come. */
static gboolean
may_be_meant (const TrkEngine *engine, const TrkTrack *track)
{
  return track->block->kind == TRK_KIND_BREAK && !trk_track_began (track)
         && !trk_track_is_over (track) && track->span.end > engine->called
         && (engine->rest == NULL || track->span.start <= engine->called);
}

/* The break that is on, else the next one. */
static TrkTrack *
next_break (const TrkEngine *engine)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);
  TrkTrack *next = NULL;

  if (current != NULL && current->block->kind == TRK_KIND_BREAK)
    return current;
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (may_be_meant (engine, track) && (next == NULL || track->span.start < next->span.start))
        next = track;
    }
  return next;
}

static gboolean
refuse_none (const TrkEngine *engine, GError **error)
{
  return trk_action_refuse (error, TRK_ERROR_STATE,
                            engine->rest != NULL ? "the break that is on was begun by hand, and no "
                                                   "planned one waits; tracker resume ends it"
                                                 : "no break is on, and none is next");
}

const TrkBlock *
trk_engine_to_postpone (const TrkEngine *engine)
{
  const TrkTrack *rest = engine->plan != NULL ? next_break (engine) : NULL;

  return rest != NULL ? rest->block : NULL;
}

TrkInstant
trk_engine_start_of (const TrkEngine *engine, const char *block_id)
{
  const TrkTrack *track = trk_engine_find (engine, block_id);

  return track != NULL ? track->span.start : 0;
}

gboolean
trk_action_postpone (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkDuration length = action->length > 0 ? action->length : engine->policies.snooze;
  TrkTrack *rest;

  if (!trk_action_named (engine, action, &rest, error))
    return FALSE;
  if (rest == NULL)
    rest = next_break (engine);
  if (rest == NULL || rest->block->kind != TRK_KIND_BREAK || trk_track_is_over (rest))
    return refuse_none (engine, error);
  if (!trk_action_may_come (rest, error))
    return FALSE;
  return trk_action_postpone_to (
      engine, rest, MAX (engine->called, trk_track_began (rest) ? 0 : rest->span.start) + length,
      error);
}

gboolean
trk_action_seen (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track;

  if (!trk_action_named (engine, action, &track, error))
    return FALSE;
  if (track == NULL)
    return TRUE;
  track->answered = TRUE;
  track->live = FALSE;
  if (trk_engine_policy (engine, track)->unmissable && !trk_track_is_over (track)
      && trk_track_began (track))
    {
      track->state->reminders = trk_engine_remind_times (engine, track); /* after a restart too */
      trk_track_touch (track, TRK_REASON_BY_HAND);
    }
  return TRUE;
}
