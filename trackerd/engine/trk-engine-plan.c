/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* What is followed: the plan's blocks with what the log knows of them, and where they lie now. */

/* -- Where blocks lie -------------------------------------------------------------------------- */

static TrkInstant
next_fixed_start (const TrkEngine *engine, guint after, TrkInstant from)
{
  for (guint i = after + 1; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];

      if (trk_track_is_fixed (track) && !trk_track_is_over (track)
          && track->block->period.start >= from)
        return track->state->start != 0 ? track->state->start : track->block->period.start;
    }
  return TRK_NEVER;
}

void
trk_engine_arrange (TrkEngine *engine)
{
  TrkInstant busy = G_MININT64;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];
      TrkPeriod planned = track->block->period;
      const TrkBlockState *state = track->state;

      track->span.start = state->start != 0 ? state->start : planned.start;
      track->span.end = state->end != 0 ? state->end : planned.end;
      if (!trk_track_is_fixed (track) && !trk_track_began (track))
        track->span.start = MAX (track->span.start, busy);
      if (state->end > planned.end)
        {
          track->span.end = MIN (state->end, next_fixed_start (engine, i, planned.end));
          busy = MAX (busy, track->span.end);
        }
    }
}

TrkTrack *
trk_engine_current (const TrkEngine *engine, TrkInstant at)
{
  TrkTrack *current = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (trk_track_covers (track, at)
          && (current == NULL || track->span.start >= current->span.start))
        current = track;
    }
  return current;
}

TrkTrack *
trk_engine_find (const TrkEngine *engine, const char *block_id)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (g_strcmp0 (track->block->id, block_id) == 0)
        return track;
    }
  return NULL;
}

TrkTrack *
trk_engine_upcoming (const TrkEngine *engine, TrkInstant at)
{
  TrkTrack *next = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (!trk_track_began (track) && !trk_track_is_over (track) && track->span.end > at
          && (next == NULL || track->span.start < next->span.start))
        next = track;
    }
  return next;
}

/* -- A new plan -------------------------------------------------------------------------------- */

static gint
compare_tracks (gconstpointer a, gconstpointer b)
{
  const TrkTrack *x = *(const TrkTrack *const *) a;
  const TrkTrack *y = *(const TrkTrack *const *) b;

  return trk_block_compare (&x->block, &y->block);
}

static gboolean
holds_time (const TrkEngine *engine, const TrkTrack *track)
{
  const char *id = track->block->id;

  if (engine->plan == NULL) /* what is open has no holder yet */
    return (engine->entry != NULL && g_strcmp0 (engine->entry->block_id, id) == 0)
           || (engine->gap != NULL && g_strcmp0 (engine->gap->block_id, id) == 0);
  return engine->entry_of == track || engine->gap_of == track;
}

/* A block that left the calendar. What runs goes on until its end; what was announced is remembered
 * for a while, should it come back. What was worked on was not cancelled. */
static void
let_go (TrkEngine *engine, TrkTrack *track)
{
  track->planned = FALSE;
  if (trk_track_is_over (track) || holds_time (engine, track))
    return;
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_PLAN);
  track->state->outcome =
      trk_period_set_length (track->worked) > 0 ? trk_engine_rate (track) : TRK_OUTCOME_CANCELLED;
  track->state->outcome_reason = TRK_REASON_PLAN;
  trk_track_touch (track, TRK_REASON_PLAN);
}

/* Nothing is known of it, or it is long over. */
static gboolean
is_forgettable (const TrkEngine *engine, const TrkTrack *track, const TrkPlan *plan)
{
  const TrkBlockState *state = track->state;

  if (holds_time (engine, track))
    return FALSE;
  if (trk_track_is_over (track) && track->span.end <= plan->period.start)
    return TRUE;
  return trk_plan_block (plan, track->block->id) == NULL
         && ((state->notices == 0 && state->start == 0 && state->end == 0)
             || track->span.end < engine->called - 48 * TRK_HOUR);
}

/* Its start lies in the future again: what was said of its old time does not count. */
static void
announce_again (TrkEngine *engine, TrkTrack *track)
{
  TrkBlockState *state = track->state;

  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_PLAN);
  state->notices = 0;
  state->reminders = 0;
  state->outcome = TRK_OUTCOME_NONE;
  state->outcome_reason = 0;
  if (state->end <= track->block->period.end)
    state->end = 0;
  track->hold = TRK_HOLD_NONE;
  track->taken = FALSE;
  trk_track_touch (track, TRK_REASON_PLAN);
}

/* Did the calendar move @track into the future, or something new take the time at which it began?
 * The same move by a change of the zone is no news. */
static gboolean
begins_anew (const TrkEngine *engine, const TrkTrack *track, const TrkBlock *block)
{
  const TrkBlock *before = track->block;

  if (block->period.start <= engine->called || engine->zone_changed || track->state->notices == 0)
    return FALSE;
  if (before->planned.start != block->planned.start)
    return TRUE;
  return before->period.start != block->period.start && trk_track_began (track)
         && !trk_track_is_over (track) && track->state->start == 0 && track->hold != TRK_HOLD_STOP;
}

static void
follow (TrkEngine *engine, TrkTrack *track, TrkBlock *block)
{
  TrkBlockState *state = track->state;
  TrkInstant before = track->block->planned.start;
  gboolean anew;

  if (!track->planned && state->outcome != TRK_OUTCOME_NONE
      && state->outcome_reason == TRK_REASON_PLAN)
    {
      state->outcome = TRK_OUTCOME_NONE;
      state->outcome_reason = track->hold == TRK_HOLD_STOP ? TRK_REASON_STOP : 0;
      trk_track_touch (track, TRK_REASON_PLAN);
    }
  track->planned = TRUE;
  if (state->start != 0 && (state->start >= block->period.end || before != block->planned.start))
    state->start = 0, trk_track_touch (track, TRK_REASON_PLAN);
  if (state->end != 0 && state->end <= block->period.end && !trk_track_is_over (track))
    state->end = 0, trk_track_touch (track, TRK_REASON_PLAN);
  anew = begins_anew (engine, track, block);
  trk_block_ref (block);
  trk_block_unref (track->block);
  track->block = block;
  if (anew)
    announce_again (engine, track);
}

/* A block that is new here but already past: nobody could be told of it. */
static void
pass_over (TrkEngine *engine, TrkTrack *track)
{
  if (track->block->period.end > engine->now || trk_track_is_over (track)
      || trk_track_began (track))
    return;
  trk_track_set (track, TRK_NOTICE_START);
  trk_track_set (track, TRK_NOTICE_END);
  if (track->block->kind != TRK_KIND_OFF)
    {
      track->state->outcome = trk_engine_rate (track);
      track->state->outcome_reason =
          track->state->outcome == TRK_OUTCOME_MISSED ? TRK_REASON_LATE : TRK_REASON_BLOCK_END;
    }
  trk_track_touch (track, TRK_REASON_LATE);
}

static TrkTrack *
adopt (TrkEngine *engine, TrkBlock *block)
{
  TrkTrack *track = trk_track_new (block, g_hash_table_lookup (engine->states, block->id));

  for (guint i = 0; i < engine->remembered->len; i++)
    {
      const TrkEntry *entry = engine->remembered->pdata[i];

      if (g_strcmp0 (entry->block_id, block->id) != 0)
        continue;
      if (!trk_entry_is_open (entry))
        trk_period_set_add (track->worked, entry->period);
      trk_entry_free (track->last);
      track->last = trk_entry_copy (entry);
    }
  track->live = g_hash_table_remove (engine->live, block->id);
  g_ptr_array_add (engine->tracks, track);
  return track;
}

/* It may come back, and is then as the log has it by now. */
static void
forget (TrkEngine *engine, guint index)
{
  const TrkTrack *track = engine->tracks->pdata[index];
  TrkBlockState *state = trk_block_state_copy (track->state);

  g_hash_table_replace (engine->states, state->block_id, state);
  g_ptr_array_remove_index (engine->tracks, index);
}

/* Blocks that were on when the log was written are followed, in the plan or not, as far as @plan
 * can tell: they may have left the calendar while no engine was there. */
static void
adopt_logged (TrkEngine *engine, const TrkPlan *plan)
{
  for (guint i = 0; i < engine->logged->len; i++)
    {
      TrkBlock *block = engine->logged->pdata[i];

      if (trk_plan_block (plan, block->id) == NULL
          && trk_period_overlaps (block->period, plan->period))
        adopt (engine, block);
    }
  g_ptr_array_set_size (engine->logged, 0);
}

void
trk_engine_merge_plan (TrkEngine *engine, TrkPlan *plan)
{
  g_autoptr (TrkPlan) before = engine->plan;

  adopt_logged (engine, plan);
  for (guint i = engine->tracks->len; i > 0; i--)
    {
      TrkTrack *track = engine->tracks->pdata[i - 1];

      if (is_forgettable (engine, track, plan))
        forget (engine, i - 1);
      else if (trk_plan_block (plan, track->block->id) == NULL)
        let_go (engine, track);
    }
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = plan->blocks->pdata[i];
      TrkTrack *track = trk_engine_find (engine, block->id);

      if (track != NULL)
        follow (engine, track, block);
      else
        pass_over (engine, adopt (engine, block));
    }
  engine->plan = trk_plan_ref (plan);
  g_ptr_array_sort (engine->tracks, compare_tracks);
  trk_engine_arrange (engine);
}

void
trk_engine_revive (TrkEngine *engine, TrkInstant now)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track->state->outcome != TRK_OUTCOME_MISSED
          || track->state->outcome_reason != TRK_REASON_LATE || track->span.start <= now)
        continue;
      track->state->outcome = TRK_OUTCOME_NONE;
      track->state->outcome_reason = 0;
      trk_track_forget (track, TRK_NOTICE_START);
      trk_track_forget (track, TRK_NOTICE_END);
      trk_track_touch (track, TRK_REASON_CLOCK);
    }
}

/* -- What the log remembers -------------------------------------------------------------------- */

/* Written into the log afterwards: no sign that the daemon was there. */
static gboolean
is_hand_made (const TrkEntry *entry)
{
  return entry->end_reason == TRK_REASON_BY_HAND || entry->end_reason == TRK_REASON_EDIT
         || entry->end_reason == TRK_REASON_IMPORT;
}

static void
remember_entries (TrkEngine *engine, const GPtrArray *entries)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];

      g_ptr_array_add (engine->remembered, trk_entry_copy (entry));
      if (trk_entry_is_open (entry))
        {
          trk_entry_free (engine->entry);
          engine->entry = trk_entry_copy (entry);
          engine->known = MAX (engine->known, entry->period.start);
        }
      else
        {
          engine->written = MAX (engine->written, entry->period.end);
          if (!is_hand_made (entry))
            engine->known = MAX (engine->known, entry->period.end);
          g_ptr_array_add (engine->past, trk_entry_copy (entry));
          trk_engine_add_work (engine, entry);
        }
    }
}

/* The last absence without an answer can still be answered; it was asked about then. */
static void
remember_gaps (TrkEngine *engine, const GPtrArray *gaps)
{
  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    {
      const TrkGap *gap = gaps->pdata[i];

      if (gap->period.end == TRK_NEVER)
        {
          trk_gap_free (engine->gap);
          engine->gap = trk_gap_copy (gap);
          engine->known = MAX (engine->known, gap->period.start);
          continue;
        }
      engine->known = MAX (engine->known, gap->period.end);
      if (gap->answer != TRK_ANSWER_NONE)
        {
          engine->written = MAX (engine->written, gap->period.end);
          continue;
        }
      trk_engine_forget_asked (engine);
      engine->written_gap = gap->period.end;
      g_ptr_array_add (engine->asked, trk_gap_copy (gap));
      engine->told = TRUE;
    }
}

static TrkTrack *
carried (TrkTrack *track, gboolean lost)
{
  return track != NULL && !lost ? trk_track_ref (track) : NULL;
}

/* What only an engine knows. Something by hand whose open entry is gone was ended by whoever
 * removed that entry. */
static void
carry_over (TrkEngine *engine, const TrkEngine *before)
{
  gboolean removed = before->entry != NULL && engine->entry == NULL;

  engine->presence = before->presence;
  engine->there = before->there;
  engine->presence_why = before->presence_why;
  engine->quiet = before->quiet;
  trk_engine_remember_hooks (engine, before->told_hooks);
  engine->gap_live = before->gap_live;
  engine->engaged = g_strdup (before->engaged);
  engine->rested = before->rested;
  engine->limit_told = before->limit_told;
  engine->front = g_strdup (before->front);
  engine->front_since = before->front_since;
  engine->asking = g_strdup (before->asking);
  trk_engine_calm_carry (engine, before);
  engine->hand = carried (before->hand, removed && before->entry_of == before->hand);
  engine->rest = carried (before->rest, removed && before->entry_of == before->rest);
  engine->ended = carried (before->ended, FALSE);
  for (guint i = 0; i < before->tracks->len; i++)
    {
      const TrkTrack *track = before->tracks->pdata[i];

      if (track->live)
        g_hash_table_add (engine->live, g_strdup (track->block->id));
    }
}

/* Of blocks that are on by the log, those of this machine: another one's may be in no calendar
 * here, and hooks are told of ours alone. */
static void
remember_blocks (TrkEngine *engine, const GPtrArray *blocks)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      TrkBlock *block = blocks->pdata[i];
      const TrkBlockState *state = g_hash_table_lookup (engine->states, block->id);

      if (state != NULL && state->outcome == TRK_OUTCOME_NONE
          && trk_engine_told_block (engine, block->id))
        g_ptr_array_add (engine->logged, trk_block_ref (block));
    }
}

void
trk_engine_remember (TrkEngine *engine, const TrkEngineMemory *memory)
{
  engine->known = memory->last_mark;
  engine->stopped = memory->stopped;
  engine->given = memory->last_notice;
  remember_entries (engine, memory->entries);
  remember_gaps (engine, memory->gaps);
  trk_engine_remember_hooks (engine, memory->told_hooks);
  for (guint i = 0; memory->states != NULL && i < memory->states->len; i++)
    {
      TrkBlockState *state = trk_block_state_copy (memory->states->pdata[i]);

      g_hash_table_replace (engine->states, state->block_id, state);
    }
  remember_blocks (engine, memory->blocks);
  for (guint i = 0; memory->interruptions != NULL && i < memory->interruptions->len; i++)
    g_ptr_array_add (engine->interrupted, trk_interruption_copy (memory->interruptions->pdata[i]));
  if (memory->before != NULL)
    carry_over (engine, memory->before);
}

/* Until when something by hand goes on is what the log says: a command may have been undone. */
static TrkInstant
end_by_hand (const TrkEngine *engine, const TrkEntry *entry)
{
  if (entry->until != 0)
    return entry->until;
  return entry->kind == TRK_KIND_BREAK ? entry->period.start + engine->policies.take_break
                                       : TRK_NEVER;
}

/* Who holds the open entry? Its block, or what was started by hand. */
static TrkTrack *
holder_of_entry (TrkEngine *engine)
{
  TrkEntry *entry = engine->entry;
  TrkTrack *track = trk_engine_find (engine, entry->block_id);
  TrkPeriod span = { entry->period.start, end_by_hand (engine, entry) };

  if (track != NULL)
    return trk_track_ref (track);
  track = entry->kind == TRK_KIND_BREAK ? engine->rest : engine->hand;
  if (track != NULL)
    {
      track->span.end = span.end;
      return trk_track_ref (track);
    }
  track = trk_track_new_by_hand (entry->kind, entry->title, span);
  track->last = trk_entry_copy (entry);
  if (entry->kind == TRK_KIND_BREAK)
    engine->rest = track;
  else
    engine->hand = track;
  return trk_track_ref (track);
}

static void
restore_entry (TrkEngine *engine)
{
  engine->entry_of = holder_of_entry (engine);
  engine->entry_of->taken |= engine->entry->evidence == TRK_EVIDENCE_MANUAL;
}

/* A gap of something by hand has nobody to go on with: the user starts again. */
static void
restore_gap (TrkEngine *engine)
{
  TrkTrack *track = engine->gap->block_id != NULL ? trk_engine_find (engine, engine->gap->block_id)
                                                  : engine->hand;

  engine->gap_of = track != NULL
                       ? trk_track_ref (track)
                       : trk_track_new_by_hand (TRK_KIND_SHALLOW, "", engine->gap->period);
  if (engine->gap->reason == TRK_REASON_PAUSE)
    engine->gap_of->hold = TRK_HOLD_PAUSE;
}

static void
begin_quietly (TrkEngine *engine)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    ((TrkTrack *) engine->tracks->pdata[i])->quiet_from = engine->called;
}

/* Nothing was open, and the user wrote by hand what happened after the daemon's last moment: the
 * machine had power and only the daemon was not there. Nothing is a gap of that. */
static gboolean
was_not_kept (const TrkEngine *engine)
{
  return engine->entry == NULL && engine->gap == NULL && engine->written > engine->known;
}

/* Was it to go on in the absence? Whether it did is asked then; what the plan has at @known asks
 * for itself. */
static gboolean
was_to_go_on (const TrkEngine *engine, TrkInstant known)
{
  return engine->hand_cut && trk_track_limit (engine->hand) > known
         && trk_engine_current (engine, known) == NULL;
}

/* A longer absence ends what was open and was by hand. One of seconds is bridged, but not by what
 * lies wholly in it. */
static void
restore_absence (TrkEngine *engine, TrkInstant known)
{
  engine->absent_why = was_not_kept (engine) ? TRK_REASON_SHUTDOWN : TRK_REASON_POWER;
  if (engine->called - known <= 2 * engine->policies.mark_every)
    {
      engine->unseen = (TrkPeriod){ known, engine->called };
      return;
    }
  engine->absent = TRUE;
  engine->gone_from = known;
  engine->there = engine->called;
  engine->hand_cut = engine->entry != NULL && engine->entry_of == engine->hand;
  trk_engine_drop (engine, &engine->rest, known, TRK_REASON_POWER);
  if (!was_to_go_on (engine, known))
    trk_engine_drop (engine, &engine->hand, known, TRK_REASON_POWER);
}

void
trk_engine_restore (TrkEngine *engine)
{
  TrkInstant known = engine->known;

  trk_engine_calm_rebind (engine);
  trk_engine_recall_limit (engine, known);
  if (engine->entry != NULL)
    restore_entry (engine);
  if (engine->gap != NULL)
    restore_gap (engine);
  trk_engine_guard_restore (engine);
  begin_quietly (engine);
  if (known == 0)
    return;
  if (engine->called > known)
    restore_absence (engine, known);
  if (engine->absent || engine->entry != NULL || engine->gap != NULL)
    trk_engine_settle (engine, known, engine->called != known ? TRK_REASON_POWER : TRK_REASON_PLAN);
  trk_engine_elapse (engine, engine->called);
  if (engine->absent) /* it is over all the same: the user starts again */
    trk_engine_drop (engine, &engine->hand, engine->called, TRK_REASON_POWER);
  engine->absent = engine->stopped = FALSE;
  engine->unseen = (TrkPeriod){ 0, 0 };
}
