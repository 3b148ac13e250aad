/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

/* What ends or holds what runs. */

/* -- Stop, pause, resume ----------------------------------------------------------------------- */

/* Nothing of what is on starts by itself again. @other: it was other work, by hand, that was
 * stopped; of the work that is planned meanwhile the log says no more than that. */
static void
hold_current (TrkEngine *engine, gboolean other)
{
  TrkTrack *current;

  trk_engine_put_back (engine, NULL, engine->called, TRK_REASON_STOP);
  current = trk_engine_current (engine, engine->called);
  if (current == NULL)
    return;
  trk_track_hold (current,
                  other && !trk_track_rests (current) && trk_kind_is_work (current->block->kind)
                      ? TRK_HOLD_LEFT
                      : TRK_HOLD_STOP,
                  TRK_REASON_STOP);
  trk_engine_withdraw (engine, current, engine->called, TRK_REASON_STOP);
  if (trk_engine_leave_unplanned (engine)) /* what is planned in its time is not begun by a stop */
    hold_current (engine, TRUE);
}

gboolean
trk_action_stop (TrkEngine *engine, const TrkAction *action, GError **error)
{
  gboolean other = engine->hand != NULL;

  if (trk_action_holder (engine) == NULL)
    return trk_action_refuse (error, TRK_ERROR_STATE, "nothing runs now");
  trk_engine_drop (engine, &engine->rest, engine->called, TRK_REASON_STOP);
  trk_engine_drop (engine, &engine->hand, engine->called, TRK_REASON_STOP);
  hold_current (engine, other);
  trk_engine_settle (engine, engine->called, TRK_REASON_STOP);
  return TRUE;
}

gboolean
trk_action_pause (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track = engine->entry_of;

  if (track == NULL)
    return trk_action_refuse (error, TRK_ERROR_STATE,
                              engine->gap != NULL ? "it is paused already; tracker resume goes on"
                                                  : "nothing runs that could be paused");
  if (track->block->kind == TRK_KIND_BREAK)
    return trk_action_refuse (error, TRK_ERROR_STATE,
                              "a break is a pause already; tracker resume ends it");
  trk_track_hold (track, TRK_HOLD_PAUSE, TRK_REASON_PAUSE);
  trk_engine_settle (engine, engine->called, TRK_REASON_PAUSE);
  return TRUE;
}

gboolean
trk_action_resume (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);
  TrkTrack *track = engine->hand != NULL ? engine->hand : current;

  if (engine->rest == NULL && engine->entry != NULL && engine->entry->kind != TRK_KIND_BREAK)
    return trk_action_refuse (error, TRK_ERROR_STATE, "it runs already");
  if (track == NULL && engine->rest == NULL)
    return trk_action_refuse (error, TRK_ERROR_STATE,
                              "nothing is paused; tracker start begins something");
  trk_action_be_present (engine);
  trk_engine_drop (engine, &engine->rest, engine->called, TRK_REASON_RESUME);
  if (track != NULL && track->hold != TRK_HOLD_NONE)
    trk_track_hold (track, TRK_HOLD_NONE, TRK_REASON_RESUME);
  if (track != NULL && track->block->kind == TRK_KIND_BREAK)
    trk_track_take (track, FALSE);
  else if (track != NULL)
    trk_track_keep_on (track);
  trk_engine_settle (engine, engine->called, TRK_REASON_RESUME);
  return TRUE;
}

/* -- Skip, done, release ----------------------------------------------------------------------- */

static void
skip (TrkEngine *engine, TrkTrack *track, const char *note)
{
  g_free (track->state->note);
  track->state->note = g_strdup (note);
  trk_engine_finish (engine, track, engine->called, TRK_OUTCOME_SKIPPED, TRK_REASON_SKIP);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_SKIP);
}

/* What is skipped is the event: the pieces of it that come later are not begun either. They go
 * first, so that the day ends with the last of its work. */
static void
skip_later_pieces (TrkEngine *engine, const TrkTrack *first, const char *note)
{
  for (guint i = engine->tracks->len; i > 0; i--)
    {
      TrkTrack *track = engine->tracks->pdata[i - 1];

      if (!trk_track_is_over (track) && track->block->period.start > first->block->period.start
          && trk_blocks_are_of_one_event (track->block, first->block))
        skip (engine, track, note);
    }
}

gboolean
trk_action_skip (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track;

  if (!trk_action_running_or_next (engine, action, &track, error))
    return FALSE;
  if (track->by_hand)
    return trk_action_stop (engine, action, error);
  if (trk_track_is_over (track))
    return trk_action_refuse (error, TRK_ERROR_STATE, "that block is over");
  skip_later_pieces (engine, track, action->note);
  skip (engine, track, action->note);
  return TRUE;
}

/* @entry: what was kept of @track last; both are NULL when there is none. */
static void
complete_task (TrkEngine *engine, const TrkTrack *track, const TrkEntry *entry)
{
  if (entry != NULL && entry->task != 0)
    trk_engine_emit (engine, TRK_EFFECT_TASK_DONE, engine->called, TRK_REASON_DONE, track)->task =
        entry->task;
}

/* What "done" means where nobody names it and nothing runs: what has just ended, when there was
 * work on it. NULL: nothing. */
static TrkTrack *
just_worked_on (const TrkEngine *engine)
{
  TrkTrack *track = engine->ended != NULL ? engine->ended : trk_action_just_ended (engine);

  return track != NULL && track->last != NULL && trk_period_set_length (track->worked) > 0 ? track
                                                                                           : NULL;
}

/* Work by hand that was kept after @track (nullable) and has just ended; NULL: none. */
static const TrkEntry *
by_hand_since (const TrkEngine *engine, const TrkTrack *track)
{
  for (guint i = engine->past->len; i > 0; i--)
    {
      const TrkEntry *entry = engine->past->pdata[i - 1];

      if (entry->kind == TRK_KIND_BREAK)
        continue;
      if (entry->block_id != NULL || entry->end_reason == TRK_REASON_DONE
          || entry->period.end < engine->called - engine->policies.late
          || (track != NULL && entry->period.start < track->last->period.end))
        return NULL;
      return entry;
    }
  return NULL;
}

const TrkEntry *
trk_action_just_kept (const TrkEngine *engine)
{
  const TrkTrack *track = just_worked_on (engine);
  const TrkEntry *by_hand = by_hand_since (engine, track);

  return by_hand != NULL ? by_hand : track != NULL ? track->last : NULL;
}

/* What "done" means; NULL with @error: nothing. */
static TrkTrack *
to_be_done (const TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track;

  if (!trk_action_running (engine, action, &track, NULL)
      && !trk_action_named (engine, action, &track, error))
    return NULL;
  if (track == NULL)
    track = just_worked_on (engine);
  if (track != NULL && track->block->kind != TRK_KIND_OFF && trk_track_began (track)
      && track->state->outcome != TRK_OUTCOME_SKIPPED
      && track->state->outcome != TRK_OUTCOME_CANCELLED)
    return track;
  trk_action_refuse (error, TRK_ERROR_STATE, "nothing runs that could be done");
  return NULL;
}

/* Time that was stopped is over as it is: of it only a task can be done. */
static gboolean
finish_by_hand (TrkEngine *engine, const TrkEntry *entry, GError **error)
{
  if (entry->task != 0)
    {
      complete_task (engine, NULL, entry);
      return TRUE;
    }
  g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
               "%s is stopped already, and no task that could be done", entry->title);
  return FALSE;
}

static void
finish_track_by_hand (TrkEngine *engine, TrkTrack *track)
{
  TrkTrack **slot = track == engine->rest   ? &engine->rest
                    : track == engine->hand ? &engine->hand
                                            : &engine->ended;

  trk_engine_drop (engine, slot, engine->called, TRK_REASON_DONE);
  trk_engine_settle (engine, engine->called, TRK_REASON_DONE);
}

static void
finish_block (TrkEngine *engine, TrkTrack *track)
{
  if (!trk_track_is_over (track))
    {
      trk_engine_finish (engine, track, engine->called, TRK_OUTCOME_DONE, TRK_REASON_DONE);
      return;
    }
  track->state->outcome = TRK_OUTCOME_DONE;
  track->state->outcome_reason = TRK_REASON_DONE;
  trk_track_touch (track, TRK_REASON_DONE);
}

/* Work by hand that @action means, as nothing is named and nothing runs; NULL: none. */
static const TrkEntry *
by_hand_to_be_done (const TrkEngine *engine, const TrkAction *action)
{
  TrkTrack *track;

  if (trk_action_running (engine, action, &track, NULL)
      || !trk_action_named (engine, action, &track, NULL) || track != NULL)
    return NULL;
  return by_hand_since (engine, just_worked_on (engine));
}

gboolean
trk_action_done (TrkEngine *engine, const TrkAction *action, GError **error)
{
  const TrkEntry *by_hand = by_hand_to_be_done (engine, action);
  TrkTrack *track;

  if (by_hand != NULL)
    return finish_by_hand (engine, by_hand, error);
  track = to_be_done (engine, action, error);
  if (track == NULL)
    return FALSE;
  complete_task (engine, track, engine->entry_of == track ? engine->entry : track->last);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_DONE);
  if (track->by_hand)
    finish_track_by_hand (engine, track);
  else
    finish_block (engine, track);
  return TRUE;
}

gboolean
trk_action_release (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);

  trk_engine_drop (engine, &engine->rest, engine->called, TRK_REASON_STOP);
  trk_engine_drop (engine, &engine->hand, engine->called, TRK_REASON_STOP);
  trk_engine_drop (engine, &engine->ended, engine->called, TRK_REASON_STOP);
  if (current != NULL)
    trk_track_set (current, TRK_NOTICE_ENDING);
  hold_current (engine, FALSE);
  for (guint i = 0; i < engine->tracks->len; i++)
    trk_engine_withdraw (engine, engine->tracks->pdata[i], engine->called, TRK_REASON_STOP);
  trk_engine_settle (engine, engine->called, TRK_REASON_STOP);
  return TRUE;
}
