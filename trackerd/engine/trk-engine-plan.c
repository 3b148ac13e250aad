/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

#include "trk-places.h"
#include "trk-plan.h"

/* What is followed: the plan's blocks with what the log knows of them, and where they lie now. */

/* -- Where blocks lie -------------------------------------------------------------------------- */

void
trk_engine_arrange (TrkEngine *engine)
{
  guint n = engine->tracks->len;
  g_autofree TrkPlace *places = g_new (TrkPlace, n);

  for (guint i = 0; i < n; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];

      places[i] = (TrkPlace){ .block = track->block, .state = track->state };
    }
  trk_places_arrange (places, n);
  for (guint i = 0; i < n; i++)
    ((TrkTrack *) engine->tracks->pdata[i])->span = places[i].span;
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
      const TrkPlace place = { track->block, track->state, track->span };

      if (trk_place_comes (&place, at) && (next == NULL || track->span.start < next->span.start))
        next = track;
    }
  return next;
}

static gboolean
is_before_its_time (const TrkTrack *track, TrkInstant at)
{
  return trk_track_began_early (track) && track->planned && trk_track_covers (track, at)
         && track->block->period.start > at;
}

void
trk_engine_put_back (TrkEngine *engine, const TrkTrack *but, TrkInstant at, TrkReason why)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track == but || !is_before_its_time (track, at))
        continue;
      track->state->start = 0;
      trk_track_take (track, FALSE);
      trk_track_forget_choice (track);
      trk_track_forget (track, TRK_NOTICE_START);
      trk_track_hold (track, TRK_HOLD_NONE, why);
      trk_engine_withdraw (engine, track, at, why);
      trk_engine_arrange (engine);
    }
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
  if (engine->plan == NULL) /* what is open has no holder yet */
    return trk_engine_has_open (engine, track->block->id);
  return engine->entry_of == track || engine->gap_of == track;
}

/* It left the calendar, and is not in the plan with what was kept of it either. */
static void
call_off (TrkEngine *engine, TrkTrack *track)
{
  trk_track_end_pause (track);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_PLAN);
  track->state->runs_unplanned = FALSE;
  track->state->outcome = TRK_OUTCOME_CANCELLED;
  track->state->outcome_reason = TRK_REASON_PLAN;
  trk_track_touch (track, TRK_REASON_PLAN);
}

/* A block that left the calendar; should it come back in its time, it goes on. What was over by
 * then was planned, and ends by its own time: some calendars publish only what is to come. */
static void
let_go (TrkEngine *engine, TrkTrack *track)
{
  if (trk_track_is_over (track) || track->span.end <= engine->called)
    return;
  if (trk_block_state_outlives_event (track->state))
    trk_track_run_unplanned (track);
  else
    call_off (engine, track);
}

gboolean
trk_engine_leave_unplanned (TrkEngine *engine)
{
  gboolean left = FALSE;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track->planned || trk_track_is_over (track)
          || trk_block_state_outlives_event (track->state))
        continue;
      call_off (engine, track);
      left = TRUE;
    }
  if (left)
    trk_engine_arrange (engine);
  return left;
}

/* What was kept of it is known of it, too, were it to begin anew since. */
static gboolean
has_history (const TrkTrack *track)
{
  const TrkBlockState *state = track->state;

  return trk_block_state_was_handled (state) || state->start != 0 || state->end != 0
         || track->worked->len > 0;
}

/* Nothing is known of it, or it is long over. */
static gboolean
is_forgettable (const TrkEngine *engine, const TrkTrack *track, const TrkPlan *plan)
{
  if (holds_time (engine, track))
    return FALSE;
  if (trk_track_is_over (track) && track->span.end <= plan->period.start)
    return TRUE;
  return trk_plan_block (plan, track->block->id) == NULL
         && (!has_history (track) || track->span.end < engine->called - 48 * TRK_HOUR);
}

/* Its start lies in the future again: what was said of its old time does not count. */
static void
announce_again (TrkEngine *engine, TrkTrack *track)
{
  TrkBlockState *state = track->state;

  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_PLAN);
  trk_block_state_forget_handled (state);
  state->reminders = 0;
  state->outcome = TRK_OUTCOME_NONE;
  state->outcome_reason = 0;
  if (state->end <= track->block->period.end)
    state->end = 0;
  track->hold = TRK_HOLD_NONE;
  trk_track_forget_choice (track);
  trk_track_touch (track, TRK_REASON_PLAN);
}

/* Did the calendar move @track into the future, or something new take the time at which it began,
 * or was announced to? The same move by a change of the zone is no news. */
static gboolean
begins_anew (const TrkEngine *engine, const TrkTrack *track, const TrkBlock *block)
{
  const TrkBlock *before = track->block;

  if (block->period.start <= engine->called || engine->zone_changed
      || !trk_block_state_was_handled (track->state))
    return FALSE;
  if (before->planned.start != block->planned.start)
    return TRUE;
  return before->period.start != block->period.start && track->state->start == 0
         && !trk_track_is_over (track) && !trk_track_rests (track);
}

/* Does @track, which the user began or went on with by a word, go on although its event begins
 * later now? Not where that is all after the time that it had. */
static gboolean
goes_on_early (const TrkEngine *engine, const TrkTrack *track, const TrkBlock *block)
{
  return trk_block_state_outlives_event (track->state) && trk_track_covers (track, engine->called)
         && block->period.start < track->span.end;
}

/* As if it had been begun early. */
static void
go_on_early (TrkTrack *track, TrkInstant start)
{
  track->state->start = start;
  trk_track_begin_early (track);
  trk_track_touch (track, TRK_REASON_PLAN);
}

/* It is in the plan, and has time left there: it goes on, were it over by the plan @before; but not
 * where it came back after the fact. */
static void
take_back (TrkEngine *engine, TrkTrack *track, const TrkBlock *before, const TrkBlock *block)
{
  TrkBlockState *state = track->state;

  if (state->runs_unplanned)
    {
      state->runs_unplanned = FALSE;
      trk_track_touch (track, TRK_REASON_PLAN);
    }
  if (!trk_block_state_goes_on (state, before, block, engine->called))
    return;
  trk_block_state_take_back (state);
  trk_track_touch (track, TRK_REASON_PLAN);
}

static void
entitle (TrkEntry *entry, const char *before, const char *title)
{
  if (entry == NULL || entry->task != 0 || g_strcmp0 (entry->title, before) != 0)
    return;
  g_free (entry->title);
  entry->title = g_strdup (title);
}

/* The event was called @before, and its title is another one now: what is kept of it is called so
 * from here on, but for what the user calls by a title or a task of their own. */
static void
follow_title (TrkEngine *engine, TrkTrack *track, const char *before)
{
  const char *title = track->block->title;
  gboolean runs = engine->entry != NULL && engine->entry->task == 0
                  && g_strcmp0 (engine->entry->block_id, track->block->id) == 0
                  && g_strcmp0 (engine->entry->title, before) == 0;

  if (g_strcmp0 (before, title) == 0)
    return;
  entitle (track->last, before, title);
  if (!runs)
    return;
  entitle (engine->entry, before, title);
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_AMEND, engine->called, TRK_REASON_PLAN, track)->entry =
      trk_entry_copy (engine->entry);
}

static void
follow (TrkEngine *engine, TrkTrack *track, TrkBlock *block)
{
  g_autoptr (TrkBlock) called = trk_block_ref (track->block);
  TrkBlockState *state = track->state;
  TrkInstant before = track->block->planned.start, start = track->span.start;
  gboolean goes_on = goes_on_early (engine, track, block);
  gboolean anew;

  take_back (engine, track, track->block, block);
  track->planned = TRUE;
  /* A postponed break may lie behind its planned end: its own end moved with it. */
  if (state->start != 0
      && (state->start >= MAX (block->period.end, state->end) || before != block->planned.start))
    state->start = 0, trk_track_touch (track, TRK_REASON_PLAN);
  if (state->end != 0 && state->end <= block->period.end && !trk_track_is_over (track))
    state->end = 0, trk_track_touch (track, TRK_REASON_PLAN);
  anew = begins_anew (engine, track, block);
  trk_block_ref (block);
  trk_block_unref (track->block);
  track->block = block;
  follow_title (engine, track, called->title);
  if (anew && goes_on)
    go_on_early (track, start);
  else if (anew)
    announce_again (engine, track);
}

/* A block that is new here but already past: nobody could be told of it. A postponed break and
 * what waits lie behind their time in the calendar. */
static void
pass_over (TrkEngine *engine, TrkTrack *track)
{
  if (MAX (track->span.start, track->span.end) > engine->now || trk_track_is_over (track)
      || trk_track_began (track))
    return;
  trk_track_set (track, TRK_NOTICE_START);
  trk_track_set (track, TRK_NOTICE_END);
  if (track->block->kind != TRK_KIND_OFF && !trk_block_came_late (track->block))
    {
      track->state->outcome = trk_engine_rate (track);
      track->state->outcome_reason =
          track->state->outcome == TRK_OUTCOME_MISSED ? TRK_REASON_LATE : TRK_REASON_BLOCK_END;
    }
  trk_track_touch (track, TRK_REASON_LATE);
}

static void
remember_work (TrkTrack *track, const TrkEntry *entry)
{
  if (g_strcmp0 (entry->block_id, track->block->id) != 0)
    return;
  if (!trk_entry_is_open (entry) && trk_kind_counts_for (entry->kind, track->block->kind))
    trk_period_set_add (track->worked, entry->period);
  trk_track_note_last (track, entry);
}

/* Was it kept by the user's word until the daemon was stopped? Older versions kept the time alone,
 * and not the word. */
static gboolean
was_taken (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkEntry *last = engine->past->len > 0 ? engine->past->pdata[engine->past->len - 1] : NULL;

  return engine->plan == NULL && !engine->replaces && engine->entry == NULL && last != NULL
         && last->evidence == TRK_EVIDENCE_MANUAL && last->end_reason == TRK_REASON_SHUTDOWN
         && last->period.end == engine->known && g_strcmp0 (last->block_id, track->block->id) == 0
         && trk_track_began (track) && !trk_track_is_over (track) && !trk_track_rests (track);
}

static TrkTrack *
adopt (TrkEngine *engine, TrkBlock *block)
{
  TrkTrack *track = trk_track_new (block, g_hash_table_lookup (engine->states, block->id));

  if (was_taken (engine, track))
    trk_track_take (track, TRUE);
  for (guint i = 0; i < engine->past->len; i++)
    remember_work (track, engine->past->pdata[i]);
  if (engine->entry != NULL)
    remember_work (track, engine->entry);
  track->live = g_hash_table_remove (engine->live, block->id);
  trk_engine_guard_recall (engine, track);
  g_ptr_array_add (engine->tracks, track);
  return track;
}

/* It may come back, and is then as the log has it by now. */
static void
forget (TrkEngine *engine, guint index)
{
  TrkTrack *track = engine->tracks->pdata[index];
  TrkBlockState *state = trk_block_state_copy (track->state);

  trk_engine_guard_keep (engine, track);
  g_hash_table_replace (engine->states, state->block_id, state);
  g_ptr_array_remove_index (engine->tracks, index);
}

/* Blocks that were on or over when the log was written are followed, in the plan or not, as far as
 * @plan can tell: they may have left the calendar while no engine was there. */
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
}

/* What is up about blocks that nobody follows any more: nothing else would ever take it down. */
static void
withdraw_lost (TrkEngine *engine)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, engine->live);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    trk_engine_emit (engine, TRK_EFFECT_WITHDRAW, engine->called, TRK_REASON_PLAN, NULL)->key =
        g_strdup (id);
  g_hash_table_remove_all (engine->live);
}

static void
forget_lost (TrkEngine *engine, const TrkPlan *plan)
{
  for (guint i = engine->tracks->len; i > 0; i--)
    {
      TrkTrack *track = engine->tracks->pdata[i - 1];

      if (is_forgettable (engine, track, plan))
        forget (engine, i - 1);
      else
        track->planned = trk_plan_block (plan, track->block->id) != NULL;
    }
}

/* The piece of the event of @lost that is planned for now; NULL. */
static TrkTrack *
piece_for_now (const TrkEngine *engine, const TrkTrack *lost)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track->planned && !trk_track_is_over (track)
          && trk_blocks_are_of_one_event (track->block, lost->block)
          && trk_period_contains (track->span, engine->called))
        return track;
    }
  return NULL;
}

/* What the user uses the one piece for is what the other is used for. */
static void
pass_choice (const TrkTrack *lost, TrkTrack *heir)
{
  TrkEntry *last;

  if (lost->last == NULL || !trk_track_is_taken (lost))
    return;
  trk_track_note_last (heir, lost->last);
  last = heir->last;
  g_free (last->block_id);
  last->block_id = g_strdup (heir->block->id);
  entitle (last, lost->block->title, heir->block->title);
}

/* What cut the event is gone: the user's word about the one piece holds for the other. */
static void
pass_word (TrkEngine *engine, TrkTrack *lost, TrkTrack *heir)
{
  if (engine->entry_of == lost)
    trk_engine_close (engine, engine->called, TRK_REASON_PLAN);
  trk_track_set (heir, TRK_NOTICE_START);
  heir->state->taken = lost->state->taken;
  heir->state->kept_on = lost->state->kept_on;
  trk_track_hold (heir, lost->hold, TRK_REASON_PLAN);
  pass_choice (lost, heir);
  trk_track_take (lost, FALSE);
}

/* What the plan has not any more. */
static void
leave_lost (TrkEngine *engine)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];
      TrkTrack *heir = NULL;

      if (track->planned || trk_track_is_over (track))
        continue;
      if (trk_track_covers (track, engine->called))
        heir = piece_for_now (engine, track);
      if (heir != NULL)
        pass_word (engine, track, heir);
      let_go (engine, track);
    }
}

/* The block as it was planned by the log: itself when that does not say. */
static const TrkBlock *
as_logged (const TrkEngine *engine, const TrkBlock *block)
{
  for (guint i = 0; i < engine->logged->len; i++)
    {
      const TrkBlock *logged = engine->logged->pdata[i];

      if (g_str_equal (logged->id, block->id))
        return logged;
    }
  return block;
}

/* Returns what is new in @plan, of TrkTrack that @engine owns; owned by the caller. */
static GPtrArray *
follow_all (TrkEngine *engine, const TrkPlan *plan)
{
  GPtrArray *fresh = g_ptr_array_new ();

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = plan->blocks->pdata[i];
      TrkTrack *track = trk_engine_find (engine, block->id);
      const TrkBlock *logged;

      if (track == NULL)
        {
          track = adopt (engine, block);
          logged = as_logged (engine, block);
          take_back (engine, track, logged, block);
          follow_title (engine, track, logged->title);
          g_ptr_array_add (fresh, track);
        }
      else
        follow (engine, track, block);
    }
  return fresh;
}

void
trk_engine_merge_plan (TrkEngine *engine, TrkPlan *plan)
{
  g_autoptr (TrkPlan) before = engine->plan;
  g_autoptr (GPtrArray) fresh = NULL;

  adopt_logged (engine, plan);
  forget_lost (engine, plan);
  fresh = follow_all (engine, plan);
  g_ptr_array_set_size (engine->logged, 0);
  withdraw_lost (engine);
  engine->plan = trk_plan_ref (plan);
  g_ptr_array_sort (engine->tracks, compare_tracks);
  trk_engine_arrange (engine);
  leave_lost (engine);
  trk_engine_arrange (engine);
  for (guint i = 0; i < fresh->len; i++)
    pass_over (engine, fresh->pdata[i]);
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
      if (!track->planned) /* it left the calendar meanwhile, and before it began after all */
        let_go (engine, track);
      trk_engine_arrange (engine);
    }
}
