/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

/* A break by hand, and what the user says about a gap. */

gboolean
trk_action_break (TrkEngine *engine, const TrkAction *action, GError **error)
{
  const TrkInstant now = engine->called;
  TrkTrack *current = trk_engine_current (engine, now);
  TrkDuration length = action->length > 0 ? action->length : engine->policies.take_break;
  TrkTrack *offered;

  if (!trk_action_named (engine, action, &offered, error))
    return FALSE;

  if (engine->rest != NULL)
    return trk_action_refuse (error, TRK_ERROR_STATE, "a break runs already");
  trk_action_be_present (engine);
  if (offered != NULL && trk_track_is_over (offered))
    trk_engine_withdraw (engine, offered, now, TRK_REASON_BREAK);
  if (current != NULL && current->block->kind == TRK_KIND_BREAK && action->length == 0)
    {
      trk_engine_drop (engine, &engine->hand, now, TRK_REASON_BREAK);
      trk_track_take (current, TRUE);
      trk_track_hold (current, TRK_HOLD_NONE, TRK_REASON_BREAK);
    }
  else
    {
      trk_engine_drop (engine, &engine->ended, now, TRK_REASON_BREAK);
      engine->rest =
          trk_track_new_by_hand (TRK_KIND_BREAK, "Break", (TrkPeriod){ now, now + length });
    }
  trk_engine_settle (engine, now, TRK_REASON_BREAK);
  return TRUE;
}

/* The last entry before @gap of what the gap interrupts; what the block was used for afterwards
 * says nothing of it. NULL: there was none. */
static const TrkEntry *
interrupted (const TrkEngine *engine, const TrkGap *gap)
{
  const TrkEntry *last = NULL;

  for (guint i = 0; i < engine->past->len; i++)
    {
      const TrkEntry *entry = engine->past->pdata[i];

      if (entry->period.end <= gap->period.start && g_strcmp0 (entry->block_id, gap->block_id) == 0
          && entry->kind != TRK_KIND_BREAK && !trk_period_is_empty (entry->period)
          && (last == NULL || entry->period.end >= last->period.end))
        last = entry;
    }
  return last;
}

static TrkEntry *
worked_entry (const TrkEngine *engine, const TrkGap *gap, const TrkTrack *track)
{
  const TrkEntry *before = interrupted (engine, gap);
  TrkEntry *entry = before != NULL ? trk_entry_copy (before) : trk_entry_new ();

  g_clear_pointer (&entry->id, g_free);
  if (before == NULL)
    entry->title = g_strdup (track->block->title);
  if (before == NULL || track != NULL)
    entry->kind = track->block->kind;
  g_free (entry->block_id);
  entry->block_id = g_strdup (gap->block_id);
  return entry;
}

static TrkEntry *
rest_entry (void)
{
  TrkEntry *entry = trk_entry_new ();

  entry->title = g_strdup ("Break");
  entry->kind = TRK_KIND_BREAK;
  return entry;
}

/* What of @gap the log does not have yet: entries may have been written into it meanwhile. */
static TrkPeriodSet *
left_of (const TrkEngine *engine, const TrkGap *gap)
{
  TrkPeriodSet *left = trk_period_set_new ();

  trk_period_set_add (left, gap->period);
  for (guint i = 0; i < engine->past->len; i++)
    trk_period_set_remove (left, ((const TrkEntry *) engine->past->pdata[i])->period);
  if (engine->entry != NULL)
    trk_period_set_remove (left, engine->entry->period);
  return left;
}

static void
rate_again (TrkTrack *track)
{
  if (track->state->outcome != TRK_OUTCOME_MISSED && track->state->outcome != TRK_OUTCOME_PARTIAL)
    return;
  track->state->outcome = trk_engine_rate (track);
  /* What is out of the plan is so all the same, and too little leaves it missed for its reason. */
  if (track->state->outcome_reason != TRK_REASON_PLAN
      && track->state->outcome != TRK_OUTCOME_MISSED)
    track->state->outcome_reason = TRK_REASON_BY_HAND;
  trk_track_touch (track, TRK_REASON_BY_HAND);
}

/* @entry (taken) is the log's in @period; where that was @worked, it is of @track (nullable). */
static void
add (TrkEngine *engine, TrkEntry *entry, TrkPeriod period, TrkTrack *track, gboolean worked)
{
  entry->number = 0;
  entry->period = period;
  entry->until = 0;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  g_free (entry->zone);
  entry->zone = g_strdup (trk_zone_id (engine->almanac.zone));
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_ADD, period.start, TRK_REASON_BY_HAND, track)->entry =
      entry;
  if (!worked || track == NULL)
    return;
  trk_period_set_add (track->worked, period);
  trk_engine_note_added (engine, track, entry);
}

/* Time that the user says was work, or a break, becomes an entry in the gap's place. */
static void
fill (TrkEngine *engine, const TrkGap *gap, TrkAnswer answer)
{
  TrkTrack *track = trk_engine_find (engine, gap->block_id);
  gboolean worked = answer == TRK_ANSWER_WORKED;
  g_autoptr (TrkEntry) entry = worked ? worked_entry (engine, gap, track) : rest_entry ();
  g_autoptr (TrkPeriodSet) left = left_of (engine, gap);

  for (guint i = 0; i < left->len; i++)
    add (engine, trk_entry_copy (entry), trk_period_set_nth (left, i), track, worked);
  if (worked && track != NULL && left->len > 0)
    rate_again (track);
}

/* Work needs a name: what ran before, or the block's. */
static gboolean
refuse_nameless (const TrkEngine *engine, GError **error)
{
  for (guint i = 0; i < engine->asked->len; i++)
    {
      const TrkGap *gap = engine->asked->pdata[i];
      g_autofree char *start = trk_action_clock (engine, gap->period.start);
      g_autofree char *end = trk_action_clock (engine, gap->period.end);

      if (trk_engine_find (engine, gap->block_id) != NULL || interrupted (engine, gap) != NULL)
        continue;
      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                   "nothing ran before %s that it could have been; say what it was: tracker log "
                   "add %s-%s TITLE",
                   start, start, end);
      return FALSE;
    }
  return TRUE;
}

gboolean
trk_action_answer (TrkEngine *engine, const TrkAction *action, GError **error)
{
  if (action->answer == TRK_ANSWER_NONE)
    return trk_action_refuse (error, TRK_ERROR_USAGE, "the answer is break, worked or discard");
  trk_action_be_present (engine);
  trk_engine_settle (engine, engine->called, TRK_REASON_BACK);
  if (engine->asked->len == 0)
    return trk_action_refuse (error, TRK_ERROR_STATE, "no gap waits for an answer");
  if (action->answer == TRK_ANSWER_WORKED && !refuse_nameless (engine, error))
    return FALSE;
  for (guint i = 0; i < engine->asked->len; i++)
    {
      TrkGap *gap = engine->asked->pdata[i];

      gap->answer = action->answer;
      trk_engine_emit (engine, TRK_EFFECT_GAP_ANSWER, gap->period.end, TRK_REASON_BY_HAND,
                       trk_engine_find (engine, gap->block_id))
          ->gap = trk_gap_copy (gap);
      if (action->answer == TRK_ANSWER_WORKED)
        engine->rested = (TrkPeriod){ 0, 0 };
      if (action->answer != TRK_ANSWER_DISCARD)
        fill (engine, gap, action->answer);
    }
  trk_engine_forget_asked (engine);
  if (engine->gap_live)
    trk_engine_emit (engine, TRK_EFFECT_WITHDRAW, engine->called, TRK_REASON_BY_HAND, NULL)->key =
        g_strdup ("gap");
  engine->gap_live = FALSE;
  return TRUE;
}
