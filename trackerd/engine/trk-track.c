/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* As the log has it while the block is not over. */
static const TrkReason hold_reasons[] = {
  [TRK_HOLD_NONE] = 0,
  [TRK_HOLD_PAUSE] = TRK_REASON_PAUSE,
  [TRK_HOLD_STOP] = TRK_REASON_STOP,
  [TRK_HOLD_LEFT] = TRK_REASON_BY_HAND,
};

static TrkHold
hold_of (TrkReason reason)
{
  return reason == TRK_REASON_STOP      ? TRK_HOLD_STOP
         : reason == TRK_REASON_BY_HAND ? TRK_HOLD_LEFT
         : reason == TRK_REASON_PAUSE   ? TRK_HOLD_PAUSE
                                        : TRK_HOLD_NONE;
}

TrkTrack *
trk_track_new (TrkBlock *block, const TrkBlockState *state)
{
  TrkTrack *track = g_rc_box_new0 (TrkTrack);

  track->block = trk_block_ref (block);
  track->state = state != NULL ? trk_block_state_copy (state) : trk_block_state_new (block->id);
  track->span = block->period;
  track->worked = trk_period_set_new ();
  track->planned = TRUE;
  if (track->state->outcome == TRK_OUTCOME_NONE)
    track->hold = hold_of (track->state->outcome_reason);
  else if (track->state->left)
    track->hold = TRK_HOLD_LEFT;
  else if (track->state->stopped)
    track->hold = TRK_HOLD_STOP;
  return track;
}

void
trk_track_hold (TrkTrack *track, TrkHold hold, TrkReason why)
{
  track->hold = hold;
  track->state->stopped = hold == TRK_HOLD_STOP;
  track->state->left = hold == TRK_HOLD_LEFT;
  track->state->outcome_reason = hold_reasons[hold];
  trk_track_touch (track, why);
}

void
trk_track_end_pause (TrkTrack *track)
{
  if (track->hold == TRK_HOLD_PAUSE)
    trk_track_hold (track, TRK_HOLD_STOP, TRK_REASON_PAUSE);
}

TrkReason
trk_track_hold_reason (const TrkTrack *track)
{
  return hold_reasons[track->hold];
}

gboolean
trk_track_rests (const TrkTrack *track)
{
  return track->hold == TRK_HOLD_STOP || track->hold == TRK_HOLD_LEFT;
}

TrkTrack *
trk_track_new_by_hand (TrkKind kind, const char *title, TrkPeriod span)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  TrkTrack *track;

  block->id = g_strdup (kind == TRK_KIND_BREAK ? "break" : "hand");
  block->title = g_strdup (title);
  block->kind = kind;
  block->period = block->planned = span;
  track = trk_track_new (block, NULL);
  track->by_hand = TRUE;
  trk_track_take (track, TRUE);
  track->planned = FALSE;
  trk_track_set (track, TRK_NOTICE_START);
  return track;
}

TrkTrack *
trk_track_ref (TrkTrack *track)
{
  return g_rc_box_acquire (track);
}

static void
clear (gpointer data)
{
  TrkTrack *track = data;

  trk_block_unref (track->block);
  trk_block_state_free (track->state);
  trk_period_set_free (track->worked);
  trk_entry_free (track->last);
  g_free (track->waits_for);
  g_clear_pointer (&track->guarded, g_ptr_array_unref);
}

void
trk_track_unref (TrkTrack *track)
{
  if (track != NULL)
    g_rc_box_release_full (track, clear);
}

gboolean
trk_track_was (const TrkTrack *track, TrkNoticeKind kind)
{
  return (track->state->notices & (1u << kind)) != 0;
}

void
trk_track_set (TrkTrack *track, TrkNoticeKind kind)
{
  track->state->notices |= 1u << kind;
}

void
trk_track_forget (TrkTrack *track, TrkNoticeKind kind)
{
  track->state->notices &= ~(1u << kind);
  if (kind == TRK_NOTICE_START)
    track->state->begun_early = FALSE;
}

gboolean
trk_track_began (const TrkTrack *track)
{
  return trk_block_state_began (track->state);
}

void
trk_track_begin_early (TrkTrack *track)
{
  trk_track_set (track, TRK_NOTICE_START);
  track->state->begun_early = TRUE;
}

gboolean
trk_track_began_early (const TrkTrack *track)
{
  return track->state->begun_early;
}

void
trk_track_run_unplanned (TrkTrack *track)
{
  if (track->state->runs_unplanned)
    return;
  track->state->runs_unplanned = TRUE;
  trk_track_touch (track, TRK_REASON_PLAN);
}

void
trk_track_take (TrkTrack *track, gboolean taken)
{
  if (taken == trk_track_is_taken (track) && (taken || !track->state->kept_on))
    return;
  track->state->taken = taken;
  track->state->kept_on = track->state->kept_on && taken;
  trk_track_touch (track, TRK_REASON_BY_HAND);
}

void
trk_track_keep_on (TrkTrack *track)
{
  if (track->state->kept_on)
    return;
  track->state->kept_on = TRUE;
  trk_track_touch (track, TRK_REASON_BY_HAND);
}

void
trk_track_forget_choice (TrkTrack *track)
{
  TrkEntry *last = track->last;

  if (last == NULL)
    return;
  g_free (last->title);
  last->title = g_strdup (track->block->title);
  g_clear_pointer (&last->project, g_free);
  g_clear_pointer (&last->note, g_free);
  last->task = 0;
}

/* Of what was by the user's word, and is not any more, the word is forgotten too. */
void
trk_track_note_last (TrkTrack *track, const TrkEntry *entry)
{
  trk_entry_free (track->last);
  track->last = trk_entry_copy (entry);
  if (entry->evidence == TRK_EVIDENCE_MANUAL && !trk_track_is_taken (track))
    trk_track_forget_choice (track);
}

gboolean
trk_track_is_taken (const TrkTrack *track)
{
  return track->state->taken;
}

gboolean
trk_track_is_over (const TrkTrack *track)
{
  return trk_block_state_is_over (track->state);
}

gboolean
trk_track_is_fixed (const TrkTrack *track)
{
  return trk_block_is_fixed (track->block);
}

gboolean
trk_track_covers (const TrkTrack *track, TrkInstant at)
{
  return trk_track_began (track) && !trk_track_is_over (track) && at < track->span.end;
}

TrkInstant
trk_track_limit (const TrkTrack *track)
{
  return track->by_hand && track->span.end != TRK_NEVER ? track->span.end : 0;
}

void
trk_track_touch (TrkTrack *track, TrkReason why)
{
  track->dirty = !track->by_hand;
  track->why = why;
}
