/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* Reminders: work in off time, a break that is typed through, a start that nobody answers; and the
 * lock of the screen, where the user asked for it. */

#define INSIST_EVERY (2 * TRK_MINUTE) /* where the kind has no reminders of its own */
#define INSIST_TIMES 3

TrkDuration
trk_engine_remind_every (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkPolicy *policy = trk_engine_policy (engine, track);

  return policy->remind_every > 0 || !policy->unmissable ? policy->remind_every : INSIST_EVERY;
}

guint
trk_engine_remind_times (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkPolicy *policy = trk_engine_policy (engine, track);

  return policy->remind_every > 0 || !policy->unmissable ? policy->remind_times : INSIST_TIMES;
}

/* Does the block wait for the user, who is there but does something else (types in a break, has not
 * started)? What must not be missed waits for an answer, whatever the user does. */
gboolean
trk_engine_wants_reminder (const TrkEngine *engine, const TrkTrack *track)
{
  gboolean rest = track->block->kind == TRK_KIND_BREAK;

  if (!trk_track_began (track) || trk_track_is_over (track) || track->by_hand
      || track->hold != TRK_HOLD_NONE || engine->absent)
    return FALSE;
  if (trk_engine_policy (engine, track)->unmissable && !rest)
    return !track->answered;
  return engine->presence != TRK_PRESENCE_AWAY && engine->rest == NULL
         && (engine->hand == NULL || rest) && engine->entry_of != track && engine->gap_of != track
         && !(rest && trk_engine_is_engaged (engine));
}

static TrkInstant
quiet_since (const TrkTrack *track)
{
  TrkInstant worked =
      track->last != NULL && track->last->period.end != TRK_NEVER ? track->last->period.end : 0;

  return MAX (MAX (track->quiet_from, track->span.start), worked);
}

/* Off time: once in a while as long as work goes on. */
static TrkInstant
overtime_due (const TrkEngine *engine, const TrkTrack *track)
{
  if (!trk_track_began (track) || track->hold != TRK_HOLD_NONE || engine->absent
      || engine->entry == NULL || !trk_kind_is_work (engine->entry->kind)
      || engine->policies.overtime_every <= 0)
    return TRK_NEVER;
  return MAX (quiet_since (track), engine->entry->period.start) + engine->policies.overtime_every;
}

TrkInstant
trk_engine_remind_due (const TrkEngine *engine, const TrkTrack *track)
{
  TrkDuration every = trk_engine_remind_every (engine, track);

  if (track->block->kind == TRK_KIND_OFF)
    return overtime_due (engine, track);
  if (every <= 0 || track->state->reminders >= trk_engine_remind_times (engine, track)
      || track->lock_at != 0 || !trk_engine_wants_reminder (engine, track))
    return TRK_NEVER;
  return quiet_since (track) + every;
}

void
trk_engine_on_remind (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  gboolean off = track->block->kind == TRK_KIND_OFF;
  TrkNoticeKind kind = off ? TRK_NOTICE_OVERTIME : TRK_NOTICE_REMINDER;
  TrkReason why = off ? TRK_REASON_OVERTIME : TRK_REASON_REMINDER;

  track->quiet_from = MAX (at, engine->called);
  track->state->reminders++;
  trk_track_touch (track, why);
  if (track->span.end > engine->called)
    trk_engine_notify (engine, track, kind, at, why);
  else
    trk_engine_withhold (engine, track, kind, at, TRK_REASON_LATE);
}

/* -- The lock ---------------------------------------------------------------------------------- */

static gboolean
may_lock (const TrkEngine *engine, const TrkTrack *track)
{
  return track->block->kind == TRK_KIND_BREAK && trk_engine_policy (engine, track)->strict
         && engine->presence == TRK_PRESENCE_ACTIVE && trk_engine_wants_reminder (engine, track);
}

/* In place of the first reminder, and once a break: who unlocks has been told. */
TrkInstant
trk_engine_lock_told_due (const TrkEngine *engine, const TrkTrack *track)
{
  TrkDuration every = trk_engine_remind_every (engine, track);

  if (trk_track_was (track, TRK_NOTICE_LOCK) || !may_lock (engine, track))
    return TRK_NEVER;
  return quiet_since (track) + MAX (0, every - TRK_LOCK_NOTICE);
}

void
trk_engine_on_lock_told (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  trk_track_set (track, TRK_NOTICE_LOCK);
  trk_track_touch (track, TRK_REASON_REMINDER);
  track->quiet_from = MAX (at, engine->called);
  if (track->span.end > engine->called + TRK_LOCK_NOTICE)
    trk_engine_notify (engine, track, TRK_NOTICE_LOCK, at, TRK_REASON_REMINDER);
  else
    trk_engine_withhold (engine, track, TRK_NOTICE_LOCK, at, TRK_REASON_LATE);
}

/* Half a minute after it was really told. */
TrkInstant
trk_engine_lock_due (const TrkEngine *engine, const TrkTrack *track)
{
  return track->lock_at != 0 ? track->lock_at : TRK_NEVER;
}

void
trk_engine_on_lock (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  gboolean late = engine->called - track->lock_at >= TRK_MINUTE; /* asleep, most likely */

  track->lock_at = 0;
  track->quiet_from = MAX (at, engine->called);
  if (!late && track->span.end > engine->called && may_lock (engine, track))
    trk_engine_emit (engine, TRK_EFFECT_LOCK, at, TRK_REASON_REMINDER, track);
}
