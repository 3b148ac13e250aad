/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* Breaks that know what goes on: they wait for the end of a call, count as taken when the user has
 * just rested, and are owed when there was no room for them. */

/* In a call, before an audience, or in a meeting that was started by hand? */
gboolean
trk_engine_is_engaged (const TrkEngine *engine)
{
  return engine->engaged != NULL
         || (engine->hand != NULL && engine->hand->block->kind == TRK_KIND_MEETING
             && engine->entry_of == engine->hand);
}

gboolean
trk_engine_awaits_break (const TrkEngine *engine, TrkInstant until)
{
  if (engine->owed != NULL)
    return TRUE;
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];

      if (track->block->kind == TRK_KIND_BREAK && !trk_track_is_over (track)
          && track->span.start < until)
        return TRUE;
    }
  return FALSE;
}

/* What keeps the user from a break now, as a sentence for afterwards; NULL: nothing. Owned by the
 * caller. */
static char *
engagement (const TrkEngine *engine)
{
  if (!trk_engine_is_engaged (engine))
    return NULL;
  return engine->engaged != NULL ? g_strdup (engine->engaged)
                                 : trk_engine_taken_by (engine->hand->block);
}

char *
trk_engine_taken_by (const TrkBlock *block)
{
  return g_strdup_printf ("%s took its time", block->title);
}

/* -- Waiting ----------------------------------------------------------------------------------- */

TrkInstant
trk_engine_wait_due (const TrkEngine *engine, const TrkTrack *track)
{
  if (trk_track_began (track) || track->waits_for != NULL || track->block->kind != TRK_KIND_BREAK
      || !trk_engine_is_engaged (engine))
    return TRK_NEVER;
  return track->span.start;
}

void
trk_engine_on_wait (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  track->waits_for = engagement (engine);
  trk_engine_withhold_for (engine, track, TRK_NOTICE_START, at, TRK_REASON_CALL,
                           g_strdup (track->waits_for));
}

/* -- Credit ------------------------------------------------------------------------------------ */

/* Is @rest as good as @wanted? What makes a block done makes a break taken. */
static gboolean
suffices (TrkPeriod rest, TrkPeriod wanted)
{
  return trk_outcome_of_work (trk_period_length (wanted), trk_period_length (rest))
         == TRK_OUTCOME_DONE;
}

gboolean
trk_engine_is_credited (const TrkEngine *engine, const TrkTrack *track, TrkInstant at)
{
  return track->block->kind == TRK_KIND_BREAK && engine->policies.natural_break > 0
         && at - engine->rested.end <= engine->policies.natural_break
         && suffices (engine->rested, track->block->period);
}

/* What the log has of @rest as the reason why no break is told. Owned by the caller. */
static char *
evidence_of (const TrkEngine *engine, TrkPeriod rest)
{
  g_autofree char *from = trk_zone_format_time (engine->almanac.zone, rest.start);
  g_autofree char *to = trk_zone_format_time (engine->almanac.zone, rest.end);

  return g_strdup_printf ("away %s–%s", from, to);
}

/* The break @track was taken before it began, or in part. The log says by what: where nothing was
 * planned it has nothing else of an absence. */
void
trk_engine_credit (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  TrkNoticeKind kind = trk_track_began (track) ? TRK_NOTICE_END : TRK_NOTICE_START;

  trk_engine_withhold_for (engine, track, kind, at, TRK_REASON_AWAY,
                           evidence_of (engine, engine->rested));
  engine->rested = (TrkPeriod){ 0, 0 };
  trk_engine_finish (engine, track, at, TRK_OUTCOME_DONE, TRK_REASON_AWAY);
  trk_engine_withdraw (engine, track, at, TRK_REASON_AWAY);
}

/* What was owed is not offered. @cause is taken (nullable: the rule says it). */
static void
drop_owed (TrkEngine *engine, TrkReason why, char *cause)
{
  if (engine->owed != NULL)
    trk_engine_withhold_for (engine, engine->owed_by, TRK_NOTICE_OWED, engine->called, why, cause);
  trk_engine_forget_owed (engine);
}

/* What kept him away was no meeting and no call. Before he was last seen to come back, or the
 * daemon came, nobody saw him rest, whatever a keyboard that nobody touched knows. */
void
trk_engine_note_rest (TrkEngine *engine, TrkPeriod rest)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);

  rest.start = MAX (rest.start, engine->there);
  if (trk_period_is_empty (rest) || trk_engine_is_engaged (engine)
      || (current != NULL && current->block->kind == TRK_KIND_MEETING))
    return;
  engine->rested = rest;
  if (engine->owed != NULL && suffices (rest, engine->owed->period))
    drop_owed (engine, TRK_REASON_AWAY, evidence_of (engine, rest));
  if (current != NULL && !trk_track_is_taken (current) && current->hold == TRK_HOLD_NONE
      && rest.start < current->span.start && trk_engine_is_credited (engine, current, rest.end))
    trk_engine_credit (engine, current, engine->called);
}

/* -- Owed -------------------------------------------------------------------------------------- */

void
trk_engine_forget_owed (TrkEngine *engine)
{
  g_clear_pointer (&engine->owed, trk_block_unref);
  g_clear_pointer (&engine->owed_by, trk_track_unref);
  g_clear_pointer (&engine->owed_to, g_free);
}

void
trk_engine_owe (TrkEngine *engine, TrkBlock *rest, TrkTrack *by, const char *cause)
{
  drop_owed (engine, TRK_REASON_SWITCH, NULL);
  engine->owed = trk_block_ref (rest);
  engine->owed_by = trk_track_ref (by);
  engine->owed_to = g_strdup (cause);
}

/* The first moment at which a break is possible again. */
void
trk_engine_offer_rest (TrkEngine *engine)
{
  const TrkTrack *current = trk_engine_current (engine, engine->called);

  if (engine->owed == NULL || trk_engine_is_engaged (engine) || engine->absent
      || engine->presence == TRK_PRESENCE_AWAY || engine->rest != NULL
      || (current != NULL && current->block->kind == TRK_KIND_MEETING))
    return;
  trk_engine_post (engine, TRK_NOTICE_OWED, engine->owed_by,
                   trk_engine_compose_owed (engine, engine->owed_by, engine->owed, engine->owed_to),
                   engine->called, TRK_REASON_OWED);
  trk_engine_forget_owed (engine);
}

/* -- A break that could not begin -------------------------------------------------------------- */

/* The meeting that ran over @rest; NULL: none did. */
static const TrkTrack *
meeting_over (const TrkEngine *engine, const TrkTrack *rest, TrkInstant at)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];

      if (track->block->kind == TRK_KIND_MEETING && trk_track_began (track)
          && track->span.start < at && track->span.end > rest->block->period.start)
        return track;
    }
  return NULL;
}

/* Who took the time of @rest, as a sentence; NULL: nobody who would owe it. Owned by the caller. */
static char *
who_took (const TrkEngine *engine, const TrkTrack *rest, TrkInstant at)
{
  const TrkTrack *meeting = meeting_over (engine, rest, at);

  if (meeting != NULL)
    return trk_engine_taken_by (meeting->block);
  return trk_engine_is_engaged (engine) ? engagement (engine) : g_strdup (rest->waits_for);
}

gboolean
trk_engine_lose_rest (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  TrkDuration least =
      MIN (engine->policies.smallest_piece, trk_period_length (track->block->period));
  g_autofree char *cause = who_took (engine, track, at);

  if (track->block->kind != TRK_KIND_BREAK || track->span.end - at >= least || cause == NULL
      || engine->called - at > engine->policies.late)
    return FALSE;
  trk_engine_owe (engine, track->block, track, cause);
  if (track->waits_for == NULL)
    trk_engine_withhold (engine, track, TRK_NOTICE_START, at, TRK_REASON_OVERLAP);
  trk_engine_finish (engine, track, at, TRK_OUTCOME_MISSED, TRK_REASON_OVERLAP);
  return TRUE;
}
