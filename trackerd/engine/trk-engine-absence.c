/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* What the next daemon must know of the user's absence, and what it makes of that. */

static gboolean
is_same (const TrkAbsence *a, const TrkAbsence *b)
{
  return a->away == b->away && a->there == b->there && a->rested.start == b->rested.start
         && a->rested.end == b->rested.end && a->asked == b->asked;
}

static TrkInstant
first_asked (const TrkEngine *engine)
{
  return engine->asked->len > 0 ? ((const TrkGap *) engine->asked->pdata[0])->period.start
                                : TRK_NEVER;
}

void
trk_engine_note_absence (TrkEngine *engine)
{
  TrkAbsence absence = {
    .away = engine->presence == TRK_PRESENCE_AWAY ? engine->away_from : 0,
    .there = engine->there,
    .rested = engine->rested,
    .asked = first_asked (engine),
  };

  if (is_same (&absence, &engine->noted))
    return;
  engine->noted = absence;
  trk_engine_emit (engine, TRK_EFFECT_ABSENCE, engine->called, engine->presence_why, NULL)
      ->absence = absence;
}

void
trk_engine_remember_absence (TrkEngine *engine, const TrkAbsence *absence)
{
  engine->noted = *absence;
  engine->there = absence->there;
  engine->rested = absence->rested;
}

gboolean
trk_engine_is_of_absence (const TrkEngine *engine, const TrkGap *gap)
{
  return !engine->replaces && engine->noted.away != 0 && gap->reason != TRK_REASON_PAUSE
         && gap->period.start >= engine->noted.away;
}

/* Why the user is away, by what the log has of it. */
static TrkReason
why_away (const TrkEngine *engine)
{
  for (guint i = engine->asked->len; i > 0; i--)
    {
      const TrkGap *gap = engine->asked->pdata[i - 1];

      if (trk_engine_is_of_absence (engine, gap)
          && (gap->reason == TRK_REASON_LOCK || gap->reason == TRK_REASON_SWITCHED
              || gap->reason == TRK_REASON_SLEEP))
        return gap->reason;
    }
  return TRK_REASON_AWAY;
}

static void
stay_away (TrkEngine *engine, TrkInstant away)
{
  engine->presence = TRK_PRESENCE_AWAY;
  engine->presence_why = why_away (engine);
  engine->away_from = away;
  engine->untold = trk_instant_add (engine->called, TRK_TOLD_WITHIN);
}

TrkInstant
trk_engine_doubt_due (const TrkEngine *engine)
{
  return engine->untold != 0 ? engine->untold : TRK_NEVER;
}

/* The absence was no rest then: who knows whether it was one? */
void
trk_engine_doubt_absence (TrkEngine *engine)
{
  if (engine->called < trk_engine_doubt_due (engine))
    return;
  engine->untold = 0;
  engine->presence = TRK_PRESENCE_UNKNOWN;
  engine->presence_why = TRK_REASON_BACK;
  trk_engine_settle (engine, engine->called, TRK_REASON_BACK);
}

TrkDuration
trk_engine_away_limit (const TrkEngine *engine)
{
  const TrkTrack *holder =
      engine->gap_of != NULL ? engine->gap_of : trk_engine_current (engine, engine->now);
  TrkKind kind = TRK_KIND_FOCUS;
  TrkDuration limit;

  if (engine->entry != NULL)
    kind = engine->entry->kind;
  else if (holder != NULL && !holder->by_hand)
    kind = holder->block->kind;
  limit = engine->policies.of[kind].away_limit;
  return limit > 0 ? limit : engine->policies.of[TRK_KIND_FOCUS].away_limit;
}

TrkInstant
trk_engine_miss_due (const TrkEngine *engine)
{
  if (engine->touched == 0 || engine->plan == NULL)
    return TRK_NEVER;
  return trk_instant_add (engine->touched, trk_engine_away_limit (engine));
}

void
trk_engine_miss (TrkEngine *engine)
{
  TrkInstant since = engine->touched;

  if (engine->called < trk_engine_miss_due (engine))
    return;
  engine->touched = 0;
  engine->presence = TRK_PRESENCE_AWAY;
  engine->presence_why = engine->touched_why;
  engine->away_from = since;
  trk_engine_leave (engine, since, engine->touched_why);
}

void
trk_engine_leave (TrkEngine *engine, TrkInstant since, TrkReason why)
{
  engine->gone_from = since;
  engine->gone_off = FALSE;
  trk_engine_retract (engine, since, why);
}

/* Over a longer time without a daemon nobody knows whether the user was there in between. */
void
trk_engine_resume_absence (TrkEngine *engine, TrkInstant known)
{
  TrkInstant away = engine->noted.away;

  if (engine->replaces || away == 0
      || !trk_engine_is_brief (engine, (TrkPeriod){ known, engine->called }))
    return;
  if (engine->presence == TRK_PRESENCE_UNKNOWN)
    stay_away (engine, away);
  else if (engine->presence == TRK_PRESENCE_AWAY)
    engine->away_from = MIN (engine->away_from, away);
  else
    {
      trk_engine_note_rest (engine, (TrkPeriod){ away, engine->called });
      engine->there = engine->called;
    }
}
