/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* Opening and closing of entries and gaps. There is one decision, wanted(): what should hold the
 * time at an instant, by the facts. Everything else makes it so. */

typedef enum
{
  TRK_WANT_NOTHING,
  TRK_WANT_ENTRY,
  TRK_WANT_GAP,
} TrkWant;

typedef struct
{
  TrkWant want;
  TrkTrack *track; /* borrowed; NULL: nothing */
  TrkEvidence evidence;
  TrkReason gone; /* GAP: why */
} TrkWanted;

TrkTrack *
trk_engine_holder (const TrkEngine *engine, TrkInstant at)
{
  if (engine->rest != NULL)
    return engine->rest;
  if (engine->hand != NULL)
    return engine->hand;
  return trk_engine_current (engine, at);
}

static TrkEvidence
evidence_of (const TrkEngine *engine, const TrkTrack *track)
{
  if (trk_track_is_taken (track))
    return TRK_EVIDENCE_MANUAL;
  return engine->presence == TRK_PRESENCE_ACTIVE ? TRK_EVIDENCE_OBSERVED : TRK_EVIDENCE_PLAN;
}

/* A break is taken by being away (a sleeping machine is nobody's screen either), or by hand. With
 * nothing that could tell, the plan stands, unverified like any other block. */
static TrkWanted
wanted_of_break (const TrkEngine *engine, TrkTrack *track)
{
  gboolean away = engine->absent ? engine->absent_why == TRK_REASON_SLEEP
                                 : engine->presence == TRK_PRESENCE_AWAY;
  TrkWanted wanted = { TRK_WANT_ENTRY, track, TRK_EVIDENCE_OBSERVED, 0 };

  if (engine->absent && !away)
    wanted.want = TRK_WANT_NOTHING;
  else if (trk_track_is_taken (track))
    wanted.evidence = TRK_EVIDENCE_MANUAL;
  else if (!away && engine->presence == TRK_PRESENCE_UNKNOWN)
    wanted.evidence = TRK_EVIDENCE_PLAN;
  else if (!away)
    wanted.want = TRK_WANT_NOTHING;
  return wanted;
}

/* A daemon that was stopped in order is no power cut. */
TrkReason
trk_engine_why_absent (const TrkEngine *engine)
{
  return engine->stopped ? TRK_REASON_SHUTDOWN : engine->absent_why;
}

static TrkWanted
wanted_of_work (const TrkEngine *engine, TrkTrack *track)
{
  const TrkPolicy *policy = trk_engine_policy (engine, track);
  TrkWanted wanted = { TRK_WANT_ENTRY, track, evidence_of (engine, track), 0 };

  if (!policy->auto_start && !trk_track_is_taken (track))
    wanted.want = TRK_WANT_NOTHING;
  else if (track->hold == TRK_HOLD_PAUSE)
    wanted.want = TRK_WANT_GAP, wanted.gone = TRK_REASON_PAUSE;
  else if (engine->absent)
    wanted.want = TRK_WANT_GAP, wanted.gone = trk_engine_why_absent (engine);
  else if (policy->away_pauses && engine->presence == TRK_PRESENCE_AWAY)
    wanted.want = TRK_WANT_GAP, wanted.gone = engine->presence_why;
  return wanted;
}

/* Does @entry go on under what is @wanted? Evidence that gets better or worse begins a new entry,
 * except where nobody looks (a meeting: whether the user types says nothing). */
static gboolean
serves (const TrkEngine *engine, const TrkEntry *entry, const TrkWanted *wanted)
{
  return entry->evidence == wanted->evidence
         || (entry->kind != TRK_KIND_BREAK && !engine->policies.of[entry->kind].away_pauses);
}

/* What ended with a daemon that is just started again keeps its evidence. */
static void
keep_evidence (const TrkEngine *engine, TrkWanted *wanted)
{
  const TrkEntry *last = wanted->track->last;

  if (engine->comes_back && !engine->replaces && last != NULL
      && last->end_reason == TRK_REASON_SHUTDOWN && last->period.end == engine->known
      && trk_engine_is_brief (engine, (TrkPeriod){ engine->known, engine->called })
      && serves (engine, last, wanted))
    wanted->evidence = last->evidence;
}

static TrkWanted
wanted_at (const TrkEngine *engine, TrkInstant at)
{
  TrkTrack *track = trk_engine_holder (engine, at);
  TrkWanted wanted;

  if (track == NULL || trk_track_rests (track) || track->block->kind == TRK_KIND_OFF
      || (engine->absent && engine->absent_why == TRK_REASON_SHUTDOWN))
    return (TrkWanted){ TRK_WANT_NOTHING };
  wanted = track->block->kind == TRK_KIND_BREAK ? wanted_of_break (engine, track)
                                                : wanted_of_work (engine, track);
  keep_evidence (engine, &wanted);
  return wanted;
}

/* -- Opening and closing ----------------------------------------------------------------------- */

/* Where a new period may begin: not before what the log has, nor before its block. */
static TrkInstant
opening (const TrkEngine *engine, const TrkTrack *track, TrkInstant at)
{
  at = MAX (at, MAX (engine->written, engine->written_gap));
  return track->span.start <= engine->called ? MAX (at, track->span.start) : at;
}

static void
open_entry (TrkEngine *engine, const TrkWanted *wanted, TrkInstant at, TrkReason why)
{
  TrkTrack *track = wanted->track;
  TrkEntry *entry = track->last != NULL ? trk_entry_copy (track->last) : trk_entry_new ();

  entry->number = 0;
  g_clear_pointer (&entry->id, g_free);
  entry->period = (TrkPeriod){ opening (engine, track, at), TRK_NEVER };
  entry->kind = track->block->kind;
  entry->evidence = wanted->evidence;
  entry->start_reason = why;
  entry->end_reason = 0;
  if (entry->title == NULL)
    entry->title = g_strdup (track->block->title);
  entry->until = trk_track_limit (track);
  if (entry->block_id == NULL && !track->by_hand)
    entry->block_id = g_strdup (track->block->id);
  g_free (entry->zone);
  entry->zone = g_strdup (trk_zone_id (engine->almanac.zone));

  engine->entry = entry;
  engine->entry_of = trk_track_ref (track);
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_OPEN, entry->period.start, why, track)->entry =
      trk_entry_copy (entry);
}

/* What ran before a gap is looked for there; nobody asks about one of the day before yesterday. */
static void
keep_past (TrkEngine *engine, const TrkEntry *entry)
{
  const TrkEntry *first;
  guint at = engine->past->len;

  while (at > 0
         && ((const TrkEntry *) engine->past->pdata[at - 1])->period.start > entry->period.start)
    at--;
  g_ptr_array_insert (engine->past, (gint) at, trk_entry_copy (entry));
  first = engine->past->pdata[0];
  if (first->period.end < entry->period.end - 48 * TRK_HOUR)
    g_ptr_array_remove_index (engine->past, 0);
}

static void
replace_closed (TrkEngine *engine, TrkTrack *track, const TrkEntry *entry)
{
  trk_entry_free (engine->closed);
  engine->closed = trk_entry_copy (entry);
  trk_track_ref (track);
  trk_track_unref (engine->closed_of);
  engine->closed_of = track;
}

void
trk_engine_note_added (TrkEngine *engine, TrkTrack *track, const TrkEntry *entry)
{
  keep_past (engine, entry);
  if (track->last == NULL || track->last->period.end <= entry->period.start)
    trk_track_note_last (track, entry);
  if (engine->closed == NULL || engine->closed->period.end <= entry->period.start)
    replace_closed (engine, track, entry);
}

void
trk_engine_close (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  g_autoptr (TrkTrack) track = g_steal_pointer (&engine->entry_of);
  g_autoptr (TrkEntry) entry = g_steal_pointer (&engine->entry);

  entry->period.end = MAX (at, entry->period.start);
  entry->end_reason = why;
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_CLOSE, entry->period.end, why, track)->entry =
      trk_entry_copy (entry);
  engine->written = MAX (engine->written, entry->period.end);
  trk_period_set_add (track->worked, entry->period);
  trk_engine_add_work (engine, entry);
  trk_track_note_last (track, entry);
  keep_past (engine, entry);
  replace_closed (engine, track, entry);
}

void
trk_engine_forget_asked (TrkEngine *engine)
{
  engine->written = MAX (engine->written, engine->written_gap);
  g_ptr_array_set_size (engine->asked, 0);
  engine->told = engine->question = FALSE;
}

/* The gap that ended with the daemon, where the next one finds it; it goes on as what it was. NULL:
 * none did. */
static const TrkGap *
lasting_gap (const TrkEngine *engine, const TrkWanted *wanted, TrkInstant at)
{
  const TrkGap *last = engine->comes_back && engine->asked->len > 0
                           ? engine->asked->pdata[engine->asked->len - 1]
                           : NULL;

  return last != NULL && wanted->gone != TRK_REASON_PAUSE && last->period.end == at
                 && trk_engine_is_of_absence (engine, last)
                 && g_strcmp0 (last->block_id, wanted->track->block->id) == 0
             ? last
             : NULL;
}

gboolean
trk_engine_is_worth_asking (TrkReason why, gboolean worked_before)
{
  if (why == TRK_REASON_PAUSE)
    return FALSE;
  return worked_before || why == TRK_REASON_AWAY || why == TRK_REASON_LOCK
         || why == TRK_REASON_SWITCHED;
}

static void
open_gap (TrkEngine *engine, const TrkWanted *wanted, TrkInstant at, gboolean worked_before)
{
  const TrkGap *lasting = lasting_gap (engine, wanted, at);
  TrkGap *gap = trk_gap_new ();

  gap->period = (TrkPeriod){ at, TRK_NEVER };
  gap->reason = lasting != NULL ? lasting->reason : wanted->gone;
  if (!wanted->track->by_hand)
    gap->block_id = g_strdup (wanted->track->block->id);
  if (engine->told && wanted->gone != TRK_REASON_PAUSE) /* which asks nothing */
    trk_engine_forget_asked (engine);
  engine->question |= trk_engine_is_worth_asking (wanted->gone, worked_before);
  engine->gap = gap;
  engine->gap_of = trk_track_ref (wanted->track);
  trk_engine_emit (engine, TRK_EFFECT_GAP_OPEN, gap->period.start, gap->reason, wanted->track)
      ->gap = trk_gap_copy (gap);
}

/* A pause by hand needs no question: the user said that it was no work. */
static void
close_gap (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  g_autoptr (TrkTrack) track = g_steal_pointer (&engine->gap_of);
  TrkGap *gap = g_steal_pointer (&engine->gap);

  gap->period.end = MAX (at, gap->period.start);
  if (gap->reason == TRK_REASON_PAUSE)
    gap->answer = TRK_ANSWER_DISCARD;
  trk_engine_emit (engine, TRK_EFFECT_GAP_CLOSE, gap->period.end, why, track)->gap =
      trk_gap_copy (gap);
  if (gap->answer == TRK_ANSWER_NONE && !trk_period_is_empty (gap->period))
    {
      engine->written_gap = MAX (engine->written_gap, gap->period.end);
      g_ptr_array_add (engine->asked, gap);
      return;
    }
  engine->written = MAX (engine->written, gap->period.end);
  trk_gap_free (gap);
}

void
trk_engine_ask_about (TrkEngine *engine, TrkTrack *track, TrkPeriod period, TrkReason why)
{
  if (trk_period_is_empty (period))
    return;
  open_gap (engine, &(TrkWanted){ TRK_WANT_GAP, track, 0, why }, period.start, TRUE);
  close_gap (engine, period.end, why);
}

/* -- Do-not-disturb ---------------------------------------------------------------------------- */

static void
settle_quiet (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  gboolean quiet = engine->entry != NULL && engine->policies.of[engine->entry->kind].do_not_disturb;
  TrkTrack *track = engine->entry_of != NULL ? engine->entry_of : engine->closed_of;

  if (quiet != engine->quiet)
    trk_engine_emit (engine, quiet ? TRK_EFFECT_FOCUS_ON : TRK_EFFECT_FOCUS_OFF, at, why, track);
  engine->quiet = quiet;
}

/* -- Making it so ------------------------------------------------------------------------------ */

static gboolean
entry_serves (const TrkEngine *engine, const TrkWanted *wanted)
{
  return wanted->want == TRK_WANT_ENTRY && engine->entry_of == wanted->track
         && serves (engine, engine->entry, wanted);
}

/* The user turned out to have been there all along. */
static void
verify_entry (TrkEngine *engine, const TrkWanted *wanted, TrkInstant at, TrkReason why)
{
  if (engine->entry == NULL || entry_serves (engine, wanted) || wanted->want != TRK_WANT_ENTRY
      || engine->entry_of != wanted->track || engine->entry->period.start < at)
    return;
  engine->entry->evidence = wanted->evidence;
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_AMEND, at, why, wanted->track)->entry =
      trk_entry_copy (engine->entry);
}

/* One begins and that ends the other; any better reason stands for both. */
static gboolean
is_switch (const TrkEngine *engine, const TrkWanted *wanted, TrkReason why)
{
  return wanted->want == TRK_WANT_ENTRY && wanted->track != engine->entry_of
         && (why == TRK_REASON_BLOCK_START || why == TRK_REASON_BY_HAND);
}

/* Why what is open ends, where @why is why something does. */
static TrkReason
why_closed (const TrkEngine *engine, const TrkWanted *wanted, TrkReason why)
{
  const TrkTrack *track = engine->entry_of;

  if (track->state->outcome == TRK_OUTCOME_CANCELLED
      && (why == TRK_REASON_PLAN || why == TRK_REASON_BLOCK_START))
    return TRK_REASON_LEFT_CALENDAR;
  return is_switch (engine, wanted, why) ? TRK_REASON_SWITCH : why;
}

void
trk_engine_settle (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  TrkWanted wanted = wanted_at (engine, at);
  gboolean working = engine->entry != NULL;

  trk_engine_tell_block_starts (engine, at, why);
  verify_entry (engine, &wanted, at, why);
  if (engine->entry != NULL && !entry_serves (engine, &wanted))
    trk_engine_close (engine, at, why_closed (engine, &wanted, why));
  if (engine->gap != NULL && (wanted.want != TRK_WANT_GAP || wanted.track != engine->gap_of))
    close_gap (engine, at, why);
  if (wanted.want == TRK_WANT_GAP && engine->gap == NULL)
    open_gap (engine, &wanted, opening (engine, wanted.track, at), working);
  if (wanted.want == TRK_WANT_ENTRY && engine->entry == NULL)
    open_entry (engine, &wanted, at, why);
  settle_quiet (engine, at, why);
  trk_engine_tell_hooks (engine, at, why);
}

/* Did something begin by itself at @at? */
static gboolean
began_by_itself (const TrkEngine *engine, TrkInstant at)
{
  const TrkEntry *entry = engine->entry;

  for (guint i = engine->past->len; i > 0; i--)
    {
      if (entry != NULL && entry->period.start == at
          && entry->start_reason == TRK_REASON_BLOCK_START)
        return TRUE;
      entry = engine->past->pdata[i - 1];
    }
  return FALSE;
}

/* Was @over ended by time alone or with the daemon, and not by a word of the user, who was there
 * then? */
static gboolean
ended_by_itself (const TrkEngine *engine, const TrkEntry *over)
{
  return over->end_reason == TRK_REASON_SHUTDOWN || over->end_reason == TRK_REASON_BLOCK_END
         || over->end_reason == TRK_REASON_BLOCK_START || over->end_reason == TRK_REASON_LIMIT
         || (over->end_reason == TRK_REASON_SWITCH && began_by_itself (engine, over->period.end));
}

/* Was @over kept up to a block's end, or to the start of another one, although the user had already
 * gone? What ended after now was kept by a clock that was set back since. */
static gboolean
is_to_cut (const TrkEngine *engine, const TrkEntry *over, TrkInstant since)
{
  return !trk_period_is_empty (over->period) && over->period.end > since
         && over->period.end <= engine->called && engine->policies.of[over->kind].away_pauses
         && ended_by_itself (engine, over) && engine->gap == NULL;
}

/* Whose @over was; of what is not followed any more a name is enough. Owned by the caller. */
static TrkTrack *
track_of_past (const TrkEngine *engine, const TrkEntry *over, gboolean last)
{
  TrkTrack *track = last ? engine->closed_of : trk_engine_find (engine, over->block_id);

  return track != NULL ? trk_track_ref (track)
                       : trk_track_new_by_hand (over->kind, over->title, over->period);
}

static void
rate_anew (TrkTrack *track, TrkReason why)
{
  if (track->state->outcome != TRK_OUTCOME_DONE
      || track->state->outcome_reason != TRK_REASON_BLOCK_END)
    return;
  track->state->outcome = trk_engine_rate (track);
  trk_track_touch (track, why);
}

/* The gap takes the place of what is cut. */
static void
cut (TrkEngine *engine, TrkEntry *over, TrkInstant since, TrkReason why)
{
  gboolean last = engine->closed != NULL && engine->closed->period.start == over->period.start
                  && engine->closed->period.end == over->period.end;
  TrkPeriod gone = { MAX (since, over->period.start), over->period.end };
  g_autoptr (TrkTrack) track = track_of_past (engine, over, last);
  TrkReason ended = over->end_reason;

  over->period.end = gone.start;
  over->end_reason = why;
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_CUT, gone.start, why, track)->entry =
      trk_entry_copy (over);
  trk_period_set_remove (track->worked, gone);
  trk_period_set_remove (engine->worked, gone);
  if (last)
    {
      trk_entry_free (engine->closed);
      engine->closed = trk_entry_copy (over);
      engine->written = gone.start;
    }
  open_gap (engine, &(TrkWanted){ TRK_WANT_GAP, track, 0, why }, gone.start, TRUE);
  close_gap (engine, gone.end, ended);
  rate_anew (track, why);
}

static void
cut_past (TrkEngine *engine, TrkInstant since, TrkReason why)
{
  for (guint i = 0; i < engine->past->len; i++)
    if (is_to_cut (engine, engine->past->pdata[i], since))
      cut (engine, engine->past->pdata[i], since, why);
}

void
trk_engine_cut_gaps (TrkEngine *engine, TrkInstant now)
{
  engine->written_gap = 0;
  for (guint i = engine->asked->len; i > 0; i--)
    {
      TrkGap *gap = engine->asked->pdata[i - 1];

      if (gap->period.end > now)
        {
          gap->period.end = MAX (gap->period.start, now);
          trk_engine_emit (engine, TRK_EFFECT_GAP_CUT, now, TRK_REASON_CLOCK,
                           trk_engine_find (engine, gap->block_id))
              ->gap = trk_gap_copy (gap);
        }
      engine->written_gap = MAX (engine->written_gap, gap->period.end);
      if (trk_period_is_empty (gap->period))
        g_ptr_array_remove_index (engine->asked, i - 1);
    }
}

void
trk_engine_retract (TrkEngine *engine, TrkInstant since, TrkReason why)
{
  cut_past (engine, since, why);
  trk_engine_settle (engine, since, why);
}

void
trk_engine_drop (TrkEngine *engine, TrkTrack **track, TrkInstant at, TrkReason why)
{
  if (*track != NULL)
    trk_engine_withdraw (engine, *track, at, why);
  g_clear_pointer (track, trk_track_unref);
}
