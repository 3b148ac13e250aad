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
      current->taken = TRUE;
      current->hold = TRK_HOLD_NONE;
    }
  else
    {
      trk_engine_drop (engine, &engine->ended, now, TRK_REASON_BREAK);
      engine->rest =
          trk_track_new_by_hand (TRK_KIND_BREAK, "Break", (TrkPeriod){ now, now + length });
      trk_engine_hook (engine, "break-start", now, TRK_REASON_BREAK, NULL);
    }
  trk_engine_settle (engine, now, TRK_REASON_BREAK);
  return TRUE;
}

/* Time that the user says was work, or a break, becomes an entry in the gap's place. */
static void
fill (TrkEngine *engine, const TrkGap *gap, TrkAnswer answer)
{
  TrkTrack *track = trk_engine_find (engine, gap->block_id);
  TrkEntry *entry =
      track != NULL && track->last != NULL ? trk_entry_copy (track->last) : trk_entry_new ();
  gboolean worked = answer == TRK_ANSWER_WORKED;

  entry->number = 0;
  g_clear_pointer (&entry->id, g_free);
  entry->period = gap->period;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  entry->kind = !worked ? TRK_KIND_BREAK : track != NULL ? track->block->kind : TRK_KIND_SHALLOW;
  if (entry->title == NULL || !worked)
    {
      g_free (entry->title);
      entry->title = g_strdup (!worked ? "Break" : track != NULL ? track->block->title : "Work");
    }
  if (!worked)
    entry->task = 0;
  g_free (entry->block_id);
  entry->block_id = worked ? g_strdup (gap->block_id) : NULL;
  g_free (entry->zone);
  entry->zone = g_strdup (trk_zone_id (engine->almanac.zone));
  if (worked && track != NULL)
    {
      trk_period_set_add (track->worked, gap->period);
      if (track->state->outcome == TRK_OUTCOME_MISSED
          || track->state->outcome == TRK_OUTCOME_PARTIAL)
        {
          track->state->outcome = trk_engine_rate (track);
          track->state->outcome_reason = TRK_REASON_BY_HAND;
          trk_track_touch (track, TRK_REASON_BY_HAND);
        }
    }
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_ADD, gap->period.start, TRK_REASON_BY_HAND, track)
      ->entry = entry;
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
