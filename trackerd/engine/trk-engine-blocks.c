/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* The life of a block as a table of steps: when each is due, and what it does. A step that was
 * handled leaves its bit in the block's state, so that a restart finds the same place. */

#define MAX_LEADS 8
#define LEAD_BIT(n) (1u << (16 + (n))) /* the n-th lead, the one nearest to the start first */

/* -- Leads ------------------------------------------------------------------------------------- */

static gint
compare_durations (gconstpointer a, gconstpointer b)
{
  TrkDuration x = *(const TrkDuration *) a;
  TrkDuration y = *(const TrkDuration *) b;

  return x < y ? -1 : x > y;
}

/* Leads of a block, the nearest to its start first; 0 of them: none. A later alarm than the start
 * is no lead. */
static guint
leads_of (const TrkEngine *engine, const TrkTrack *track, TrkDuration *leads)
{
  const GArray *own = track->block->leads;
  guint n = 0;

  if (own == NULL)
    {
      leads[0] = trk_engine_policy (engine, track)->lead;
      return leads[0] > 0 ? 1 : 0;
    }
  for (guint i = 0; i < own->len && n < MAX_LEADS; i++)
    if (g_array_index (own, TrkDuration, i) > 0)
      leads[n++] = g_array_index (own, TrkDuration, i);
  qsort (leads, n, sizeof *leads, compare_durations);
  return n;
}

/* The farthest lead that is still to come; those beyond one that was given do not count. */
static gboolean
next_lead (const TrkEngine *engine, const TrkTrack *track, guint *index, TrkInstant *due)
{
  TrkDuration leads[MAX_LEADS];
  guint n = leads_of (engine, track, leads);

  for (guint i = 0; i < n; i++)
    if ((track->state->notices & LEAD_BIT (i)) != 0)
      n = i;
  if (n == 0)
    return FALSE;
  *index = n - 1;
  *due = track->span.start - leads[n - 1];
  return TRUE;
}

/* What the end of the daemon left out is the next one's to tell. */
TrkInstant
trk_engine_lead_due (const TrkEngine *engine, const TrkTrack *track)
{
  TrkInstant due = TRK_NEVER;
  guint index;

  if (engine->absent && engine->absent_why == TRK_REASON_SHUTDOWN)
    return due;
  if (!trk_track_began (track) && next_lead (engine, track, &index, &due))
    return due;
  return TRK_NEVER;
}

void
trk_engine_untell_lead (TrkTrack *track)
{
  for (guint i = 0; i < MAX_LEADS; i++)
    if ((track->state->notices & LEAD_BIT (i)) != 0)
      {
        track->state->notices &= ~LEAD_BIT (i);
        trk_track_touch (track, TRK_REASON_LEAD);
        return;
      }
}

static void
on_lead (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  TrkInstant due, following;
  guint index;

  next_lead (engine, track, &index, &due);
  track->state->notices |= LEAD_BIT (index);
  trk_track_touch (track, TRK_REASON_LEAD);
  following = MIN (trk_engine_lead_due (engine, track), track->span.start);
  if (following > engine->called)
    trk_engine_notify (engine, track, TRK_NOTICE_LEAD, at, TRK_REASON_LEAD);
  else /* the next notice says it better */
    trk_engine_withhold (engine, track, TRK_NOTICE_LEAD, at, TRK_REASON_LATE);
}

/* -- Start ------------------------------------------------------------------------------------- */

/* A break waits while the user cannot take it, until no time is left of it. */
TrkInstant
trk_engine_start_due (const TrkEngine *engine, const TrkTrack *track)
{
  if (trk_track_began (track))
    return TRK_NEVER;
  return track->block->kind == TRK_KIND_BREAK && trk_engine_is_engaged (engine) ? track->span.end
                                                                                : track->span.start;
}

/* Others wait in a meeting, so it ends what was started by hand; other work only what does not run
 * just now. A planned break takes over one that was taken early. */
static void
take_over (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  TrkKind kind = track->block->kind;

  if (kind == TRK_KIND_BREAK && engine->rest != NULL)
    {
      trk_track_take (track, TRUE);
      trk_engine_drop (engine, &engine->rest, at, TRK_REASON_BLOCK_START);
    }
  else if (kind == TRK_KIND_MEETING)
    {
      trk_engine_drop (engine, &engine->rest, at, TRK_REASON_SWITCH);
      trk_engine_drop (engine, &engine->hand, at, TRK_REASON_SWITCH);
    }
  else if (trk_kind_is_work (kind) && engine->rest == NULL && engine->entry_of != engine->hand)
    trk_engine_drop (engine, &engine->hand, at, TRK_REASON_SWITCH);
}

/* Notifications of what was over before make room; one that ends just now keeps its buttons. */
static void
clear_stage (TrkEngine *engine, const TrkTrack *track, TrkInstant at)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *other = engine->tracks->pdata[i];

      if (other != track && trk_track_is_over (other) && other->span.end < at)
        trk_engine_withdraw (engine, other, at, TRK_REASON_BLOCK_START);
    }
  trk_engine_drop (engine, &engine->ended, at, TRK_REASON_BLOCK_START);
}

static void
announce_start (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  gboolean told = trk_engine_policy (engine, track)->notify_start;
  TrkInstant due = track->block->kind == TRK_KIND_BREAK ? at : track->span.start; /* it waited */

  if (engine->called - due < 5 * TRK_SECOND && track->span.end > engine->called)
    {
      if (told)
        trk_engine_notify (engine, track, TRK_NOTICE_START, at, TRK_REASON_BLOCK_START);
      else
        trk_engine_withhold (engine, track, TRK_NOTICE_START, at, TRK_REASON_BLOCK_START);
      return;
    }
  if (track->span.end <= engine->called)
    {
      g_ptr_array_add (engine->missed, trk_track_ref (track));
      trk_engine_withhold (engine, track, TRK_NOTICE_START, at, TRK_REASON_LATE);
    }
  else
    {
      track->quiet_from = engine->called;
      if (engine->late != NULL)
        trk_engine_withhold (engine, engine->late, TRK_NOTICE_START, at, TRK_REASON_LATE);
      trk_track_unref (engine->late);
      engine->late = trk_track_ref (track);
    }
}

static void
on_start (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  if (trk_engine_lose_rest (engine, track, at))
    return;
  if (trk_engine_is_credited (engine, track, at))
    {
      trk_engine_credit (engine, track, at);
      return;
    }
  if (track->span.end > track->span.start) /* while it waits still: that is when it was due */
    trk_engine_put_back (engine, track, at, TRK_REASON_SWITCH);
  trk_track_set (track, TRK_NOTICE_START);
  trk_track_touch (track, TRK_REASON_BLOCK_START);
  track->quiet_from = at;
  track->answered = FALSE;
  if (track->span.end <= track->span.start)
    {
      trk_engine_withhold (engine, track, TRK_NOTICE_START, at, TRK_REASON_OVERLAP);
      trk_engine_finish (engine, track, at, TRK_OUTCOME_MISSED, TRK_REASON_OVERLAP);
      return;
    }
  take_over (engine, track, at);
  clear_stage (engine, track, at);
  if (track->block->kind != TRK_KIND_OFF)
    announce_start (engine, track, at);
  trk_engine_settle (engine, at, TRK_REASON_BLOCK_START);
}

/* -- During ------------------------------------------------------------------------------------ */

static TrkInstant
ending_due (const TrkEngine *engine, const TrkTrack *track)
{
  TrkDuration before = trk_engine_policy (engine, track)->ending;

  if (!trk_track_began (track) || trk_track_was (track, TRK_NOTICE_ENDING) || before <= 0
      || track->span.end == TRK_NEVER || track->span.end - before <= track->span.start)
    return TRK_NEVER;
  return track->span.end - before;
}

/* Why nobody works on @track, whose time it is. */
static TrkReason
why_not_kept (const TrkEngine *engine, const TrkTrack *track)
{
  if (trk_track_rests (track))
    return trk_track_hold_reason (track);
  if (engine->gap_of == track && engine->gap != NULL)
    return engine->gap->reason;
  if (engine->absent)
    return trk_engine_why_absent (engine);
  if (engine->presence == TRK_PRESENCE_AWAY)
    return engine->presence_why;
  return TRK_REASON_BY_HAND; /* something else is worked on, or it was never begun */
}

static void
on_ending (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  trk_track_set (track, TRK_NOTICE_ENDING);
  trk_track_touch (track, TRK_REASON_BLOCK_END);
  if (engine->entry_of == track && track->span.end > engine->called)
    trk_engine_notify (engine, track, TRK_NOTICE_ENDING, at, TRK_REASON_BLOCK_END);
  else
    trk_engine_withhold (engine, track, TRK_NOTICE_ENDING, at,
                         engine->entry_of != track ? why_not_kept (engine, track)
                                                   : TRK_REASON_LATE);
}

/* -- End --------------------------------------------------------------------------------------- */

static TrkInstant
end_due (const TrkEngine *engine, const TrkTrack *track)
{
  return trk_track_began (track) ? track->span.end : TRK_NEVER;
}

TrkOutcome
trk_engine_rate (const TrkTrack *track)
{
  TrkDuration worked = trk_period_set_length (track->worked);
  TrkDuration planned = trk_period_length (track->block->period);

  return trk_outcome_of_work (planned, worked);
}

static TrkReason
why_missed (const TrkEngine *engine, const TrkTrack *track, gboolean passed)
{
  if (trk_track_rests (track))
    return trk_track_hold_reason (track);
  if (passed)
    return TRK_REASON_LATE;
  if (track->block->kind == TRK_KIND_BREAK && trk_engine_is_engaged (engine))
    return TRK_REASON_OVERLAP;
  if (engine->hand != NULL)
    return TRK_REASON_BY_HAND;
  if (track->block->kind == TRK_KIND_BREAK)
    return TRK_REASON_REMINDER;
  return engine->presence == TRK_PRESENCE_AWAY ? engine->presence_why : TRK_REASON_BLOCK_END;
}

static gboolean
in_missed (const TrkEngine *engine, TrkTrack *track)
{
  return g_ptr_array_find (engine->missed, track, NULL);
}

/* No more work block of this day after @track? */
static gboolean
is_last_of_day (const TrkEngine *engine, const TrkTrack *track, TrkInstant at)
{
  TrkDay day = trk_almanac_day (&engine->almanac, track->span.start);

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *other = engine->tracks->pdata[i];

      if (!trk_track_is_over (other) && trk_kind_is_work (other->block->kind)
          && trk_almanac_day (&engine->almanac, other->span.start) == day)
        return FALSE;
    }
  return trk_kind_is_work (track->block->kind);
}

static void
end_day (TrkEngine *engine, TrkTrack *track, TrkInstant at, TrkReason why)
{
  if (in_missed (engine, track) || !is_last_of_day (engine, track, at))
    return;
  trk_engine_tell_day_end (engine, track, at, why);
  trk_engine_end_day (engine, at);
}

void
trk_engine_finish (
    TrkEngine *engine, TrkTrack *track, TrkInstant at, TrkOutcome outcome, TrkReason why)
{
  gboolean began = trk_track_began (track);

  trk_track_end_pause (track);
  if (at < track->span.end) /* the rest of its time is free: what it displaced may have it */
    track->state->end = at;
  track->state->outcome = outcome;
  track->state->outcome_reason = why;
  trk_track_set (track, TRK_NOTICE_START);
  trk_track_set (track, TRK_NOTICE_END);
  trk_track_touch (track, why);
  trk_engine_arrange (engine);
  trk_engine_settle (engine, at, why);
  if (began && !track->by_hand)
    end_day (engine, track, at, why);
}

/* What was started by hand with a length. */
static void
end_by_hand (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  gboolean worked = engine->entry_of == track;
  TrkTrack **slot = engine->rest == track ? &engine->rest : &engine->hand;
  TrkTrack *ended = g_steal_pointer (slot);

  trk_engine_drop (engine, &engine->ended, at, TRK_REASON_LIMIT);
  engine->ended = ended;
  trk_track_set (ended, TRK_NOTICE_END);
  trk_engine_settle (engine, at, TRK_REASON_LIMIT);
  if (worked && trk_engine_policy (engine, ended)->notify_end
      && engine->called - at <= engine->policies.late)
    trk_engine_notify (engine, ended, TRK_NOTICE_END, at, TRK_REASON_LIMIT);
  else
    trk_engine_withdraw (engine, ended, at, TRK_REASON_LIMIT);
}

/* The next block's notice says that this one is over. */
static gboolean
is_told_by_next (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkTrack *next = trk_engine_upcoming (engine, track->span.end);

  return next != NULL && next->span.start == track->span.end && next->block->kind != TRK_KIND_OFF
         && trk_engine_policy (engine, next)->notify_start;
}

/* Is the end of @track told? @why gets what speaks against it. */
static gboolean
tells_end (const TrkEngine *engine, TrkTrack *track, TrkInstant at, TrkReason *why)
{
  gboolean kept = engine->entry_of == track || track->block->kind == TRK_KIND_BREAK;

  if (!kept || trk_track_rests (track))
    *why = why_not_kept (engine, track);
  else if (in_missed (engine, track) || engine->called - at > engine->policies.late)
    *why = TRK_REASON_LATE;
  else if (is_told_by_next (engine, track))
    *why = TRK_REASON_BLOCK_START;
  else
    return TRUE;
  return FALSE;
}

static void
on_end (TrkEngine *engine, TrkTrack *track, TrkInstant at)
{
  gboolean wanted = trk_engine_policy (engine, track)->notify_end;
  TrkReason against = TRK_REASON_BLOCK_END;
  gboolean told = wanted && tells_end (engine, track, at, &against);
  TrkOutcome outcome = TRK_OUTCOME_NONE;
  TrkReason why = why_missed (engine, track, in_missed (engine, track));

  if (track->by_hand)
    {
      end_by_hand (engine, track, at);
      return;
    }
  trk_engine_settle (engine, at, TRK_REASON_BLOCK_END);
  if (track->block->kind != TRK_KIND_OFF)
    outcome = trk_engine_rate (track);
  trk_engine_finish (engine, track, at, outcome,
                     outcome == TRK_OUTCOME_MISSED ? why : TRK_REASON_BLOCK_END);
  if (told)
    trk_engine_notify (engine, track, TRK_NOTICE_END, at, TRK_REASON_BLOCK_END);
  else
    trk_engine_withdraw (engine, track, at, TRK_REASON_BLOCK_END);
  if (wanted && !told)
    trk_engine_withhold (engine, track, TRK_NOTICE_END, at, against);
  trk_engine_offer_owed (engine, track, at);
}

/* -- The table --------------------------------------------------------------------------------- */

typedef struct
{
  TrkInstant (*due) (const TrkEngine *engine, const TrkTrack *track);
  void (*handle) (TrkEngine *engine, TrkTrack *track, TrkInstant at);
} Step;

/* At the same instant the first row goes first: what ends makes room for what starts. */
static const Step steps[] = {
  { end_due, on_end },
  { ending_due, on_ending },
  { trk_engine_lead_due, on_lead },
  { trk_engine_start_due, on_start },
  { trk_engine_wait_due, trk_engine_on_wait },
  { trk_engine_lock_due, trk_engine_on_lock },
  { trk_engine_lock_told_due, trk_engine_on_lock_told },
  { trk_engine_remind_due, trk_engine_on_remind },
};

typedef struct
{
  const Step *step;
  TrkTrack *track;
  TrkInstant at;
} Due;

static void
consider (const TrkEngine *engine, TrkTrack *track, Due *first)
{
  if (track == NULL || trk_track_is_over (track))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      TrkInstant at = steps[i].due (engine, track);

      if (at < first->at || (at == first->at && at != TRK_NEVER && &steps[i] < first->step))
        *first = (Due){ &steps[i], track, at };
    }
}

static Due
first_due (const TrkEngine *engine)
{
  Due first = { NULL, NULL, TRK_NEVER };

  consider (engine, engine->rest, &first);
  consider (engine, engine->hand, &first);
  for (guint i = 0; i < engine->tracks->len; i++)
    consider (engine, engine->tracks->pdata[i], &first);
  return first;
}

/* The limit of a day's work is of no block. */
static gboolean
handle_first (TrkEngine *engine, TrkInstant now)
{
  Due due = first_due (engine);
  TrkInstant limit = trk_engine_limit_due (engine);
  g_autoptr (TrkTrack) track = NULL;

  if (MIN (due.at, limit) > now)
    return FALSE;
  engine->now = MAX (engine->now, MIN (due.at, limit));
  if (limit < due.at)
    {
      trk_engine_on_limit (engine, engine->now);
      return TRUE;
    }
  track = trk_track_ref (due.track);
  due.step->handle (engine, track, engine->now);
  return TRUE;
}

void
trk_engine_elapse (TrkEngine *engine, TrkInstant now)
{
  while (handle_first (engine, now))
    ;
  engine->now = MAX (engine->now, now);
}

TrkInstant
trk_engine_next_due (const TrkEngine *engine)
{
  return MIN (first_due (engine).at, trk_engine_limit_due (engine));
}
