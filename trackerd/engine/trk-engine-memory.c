/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

/* What the log remembers, and how it goes on with the first plan. */

/* -- What the log tells ------------------------------------------------------------------------ */

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

static gboolean
asked_about (const TrkEngine *before, const TrkGap *gap)
{
  for (guint i = 0; before != NULL && i < before->asked->len; i++)
    {
      TrkPeriod asked = ((const TrkGap *) before->asked->pdata[i])->period;

      if (asked.start == gap->period.start && asked.end == gap->period.end)
        return TRUE;
    }
  return FALSE;
}

/* Does the log say which gaps can be answered? Others may have changed it since. */
static gboolean
knows_asked (const TrkEngine *engine)
{
  return !engine->replaces && engine->noted.asked != 0;
}

/* Is @gap of the absence that the one before it belongs to? Else that one is not asked about any
 * more. An absence over two blocks may have time between them that is nobody's: only the engine
 * @before (nullable) knows that. */
static void
begin_absence (TrkEngine *engine, const TrkEngine *before, const TrkGap *gap)
{
  const TrkGap *last = engine->asked->len > 0 ? engine->asked->pdata[engine->asked->len - 1] : NULL;

  if (last == NULL || last->period.end == gap->period.start || knows_asked (engine))
    return;
  if (!asked_about (before, last) || !(gap->period.end == TRK_NEVER || asked_about (before, gap)))
    trk_engine_forget_asked (engine);
}

/* Nobody came back yet who could be asked. */
static void
remember_open_gap (TrkEngine *engine, const TrkEngine *before, const TrkGap *gap)
{
  trk_gap_free (engine->gap);
  engine->gap = trk_gap_copy (gap);
  engine->known = MAX (engine->known, gap->period.start);
  if (gap->reason == TRK_REASON_PAUSE)
    return;
  begin_absence (engine, before, gap);
  engine->told = FALSE;
  engine->question = TRUE;
}

static gboolean
was_worth_a_question (const TrkEngine *engine, const TrkGap *gap)
{
  gboolean worked = FALSE;

  for (guint i = 0; i < engine->past->len && !worked; i++)
    worked = ((const TrkEntry *) engine->past->pdata[i])->period.end == gap->period.start;
  return trk_engine_is_worth_asking (gap->reason, worked);
}

/* The last absence without an answer can still be answered; it was asked about when it ended, but
 * for one that lasts. */
static void
remember_gaps (TrkEngine *engine, const TrkEngine *before, const GPtrArray *gaps)
{
  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    {
      const TrkGap *gap = gaps->pdata[i];

      if (gap->period.end == TRK_NEVER)
        {
          remember_open_gap (engine, before, gap);
          continue;
        }
      if (gap->reason != TRK_REASON_EDIT) /* undo writes it, and needs no daemon */
        engine->known = MAX (engine->known, gap->period.end);
      if (gap->answer != TRK_ANSWER_NONE
          || (knows_asked (engine) && gap->period.start < engine->noted.asked))
        {
          engine->written = MAX (engine->written, gap->period.end);
          continue;
        }
      begin_absence (engine, before, gap);
      engine->written_gap = gap->period.end;
      g_ptr_array_add (engine->asked, trk_gap_copy (gap));
      engine->told = !trk_engine_is_of_absence (engine, gap);
      engine->question |= !engine->told && was_worth_a_question (engine, gap);
    }
}

/* Is it the same entry, as it was or as somebody has changed it? */
static gboolean
is_same_entry (const TrkEntry *a, const TrkEntry *b)
{
  return a->kind == b->kind && a->block_id == NULL && b->block_id == NULL
         && (a->period.start == b->period.start
             || (a->task == b->task && g_strcmp0 (a->title, b->title) == 0));
}

static gboolean
is_logged (const TrkEngine *engine, const TrkEntry *entry)
{
  for (guint i = engine->past->len; i > 0; i--)
    if (is_same_entry (entry, engine->past->pdata[i - 1]))
      return TRUE;
  return FALSE;
}

/* Does what was started by hand go on by the log? It may have been undone: then its entry is not
 * the open one, and what it had kept before is not there either. */
static gboolean
goes_on (const TrkEngine *engine, const TrkEngine *before, const TrkTrack *track)
{
  gboolean ran = before->entry_of == track;
  const TrkEntry *last = ran ? before->entry : track->last;

  if (last == NULL)
    return TRUE;
  if (trk_period_is_empty (last->period)) /* of that the log never had a row */
    return engine->gap != NULL && engine->gap->block_id == NULL;
  if (engine->entry != NULL && is_same_entry (last, engine->entry))
    return TRUE;
  if (ran && engine->gap == NULL)
    return FALSE;
  return track->last != NULL && is_logged (engine, track->last);
}

/* Another thing may run in a pause, and then the log has no open gap of it either. */
static gboolean
pause_is_undone (const TrkEngine *engine, const TrkEngine *before, const TrkTrack *track)
{
  if (engine->gap != NULL)
    return FALSE;
  return before->gap_of == track
         || (engine->entry != NULL && track->last != NULL
             && is_same_entry (track->last, engine->entry));
}

static TrkTrack *
carried (TrkEngine *engine, const TrkEngine *before, TrkTrack *track)
{
  if (track == NULL)
    return NULL;
  if (!goes_on (engine, before, track))
    {
      trk_engine_withdraw (engine, track, before->called, TRK_REASON_BY_HAND);
      return NULL;
    }
  if (track->hold == TRK_HOLD_PAUSE && pause_is_undone (engine, before, track))
    track->hold = TRK_HOLD_NONE;
  return trk_track_ref (track);
}

/* The absence is over by the log, but nobody came back yet who could be asked. */
static void
carry_question (TrkEngine *engine, const TrkEngine *before)
{
  if (engine->gap != NULL || before->gap != NULL || before->asked->len == 0 || before->told)
    return;
  engine->told = FALSE;
  engine->question = before->question;
}

static void
carry_kept (TrkEngine *engine, const TrkEngine *before)
{
  for (guint i = 0; i < before->past->len; i++)
    trk_period_set_add (engine->kept, ((const TrkEntry *) before->past->pdata[i])->period);
  if (before->entry != NULL)
    trk_period_set_add (engine->kept, before->entry->period);
}

/* What only an engine knows. */
static void
carry_over (TrkEngine *engine, const TrkEngine *before)
{
  engine->presence = before->presence;
  engine->there = before->there;
  engine->away_from = before->away_from;
  engine->untold = before->untold;
  engine->commanded = before->commanded;
  engine->touched = before->touched;
  engine->touched_why = before->touched_why;
  engine->said_untold = before->said_untold;
  carry_kept (engine, before);
  engine->presence_why = before->presence_why;
  engine->quiet = before->quiet;
  trk_engine_remember_hooks (engine, before->told_hooks);
  engine->gap_live = before->gap_live;
  carry_question (engine, before);
  engine->engaged = g_strdup (before->engaged);
  engine->rested = before->rested;
  engine->limit_told = before->limit_told;
  engine->front = g_strdup (before->front);
  engine->front_since = before->front_since;
  engine->asking = g_strdup (before->asking);
  trk_engine_calm_carry (engine, before);
  engine->hand = carried (engine, before, before->hand);
  engine->rest = carried (engine, before, before->rest);
  engine->ended = before->ended != NULL ? trk_track_ref (before->ended) : NULL;
  trk_engine_guard_carry (engine, before);
  for (guint i = 0; i < before->tracks->len; i++)
    {
      const TrkTrack *track = before->tracks->pdata[i];

      if (track->live)
        g_hash_table_add (engine->live, g_strdup (track->block->id));
    }
}

gboolean
trk_engine_has_open (const TrkEngine *engine, const char *block_id)
{
  return (engine->entry != NULL && g_strcmp0 (engine->entry->block_id, block_id) == 0)
         || (engine->gap != NULL && g_strcmp0 (engine->gap->block_id, block_id) == 0);
}

/* Of blocks that are on by the log, those of this machine: another one's may be in no calendar
 * here, and hooks are told of ours alone. What is open here is ours, whatever was told since: its
 * end may be undone. What is over may have made others wait; what left the calendar may come back,
 * or be asked about. */
static gboolean
is_to_follow (const TrkEngine *engine, const TrkBlockState *state)
{
  if (state->outcome == TRK_OUTCOME_NONE)
    return trk_engine_told_block (engine, state->block_id)
           || trk_engine_has_open (engine, state->block_id);
  return trk_block_state_began (state) || state->outcome_reason == TRK_REASON_PLAN;
}

static void
remember_blocks (TrkEngine *engine, const GPtrArray *blocks)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      TrkBlock *block = blocks->pdata[i];
      const TrkBlockState *state = g_hash_table_lookup (engine->states, block->id);

      if (state != NULL && is_to_follow (engine, state))
        g_ptr_array_add (engine->logged, trk_block_ref (block));
    }
}

void
trk_engine_remember (TrkEngine *engine, const TrkEngineMemory *memory)
{
  engine->known = memory->last_mark;
  engine->replaces = memory->before != NULL;
  engine->stopped = memory->stopped;
  engine->given = memory->last_notice;
  trk_engine_remember_absence (engine, &memory->absence);
  remember_entries (engine, memory->entries);
  remember_gaps (engine, memory->before, memory->gaps);
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

/* -- The first plan ---------------------------------------------------------------------------- */

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
  if (engine->entry->evidence == TRK_EVIDENCE_MANUAL)
    trk_track_take (engine->entry_of, TRUE);
}

/* Until when what began @at was kept by the engine before, which may be keeping it still. */
static TrkInstant
kept_until (const TrkEngine *engine, TrkInstant at)
{
  for (guint i = 0; i < engine->kept->len; i++)
    if (trk_period_contains (trk_period_set_nth (engine->kept, i), at))
      return trk_period_set_nth (engine->kept, i).end;
  return TRK_NEVER;
}

/* A command that is taken back gives no time to what is not in the calendar any more. */
static TrkInstant
end_of_open (const TrkEngine *engine)
{
  const TrkTrack *track = engine->entry_of;

  if (track->by_hand)
    return end_by_hand (engine, engine->entry);
  if (track->state->outcome == TRK_OUTCOME_CANCELLED)
    return kept_until (engine, engine->entry->period.start);
  return track->span.end;
}

static TrkReason
why_over (const TrkTrack *track)
{
  if (track->by_hand)
    return TRK_REASON_LIMIT;
  return track->state->outcome == TRK_OUTCOME_CANCELLED ? TRK_REASON_LEFT_CALENDAR
                                                        : TRK_REASON_BLOCK_END;
}

/* Whoever wrote it open, it is over: its evidence ends with its block, or with its own time, and
 * not where somebody looks. What a daemon had open that is not there any more was kept until its
 * last mark, wherever the calendar has the block since. Returns when it was over; 0: it is not. */
static TrkInstant
end_what_is_over (TrkEngine *engine, TrkInstant known)
{
  TrkInstant over = end_of_open (engine);

  if (!engine->replaces || over >= known)
    return 0;
  over = MAX (over, engine->entry->period.start);
  trk_engine_close (engine, over, why_over (engine->entry_of));
  return over;
}

/* What comes after takes the time since @over, as long as somebody is known to have been there. It
 * was kept, and so nothing of it goes without a word: the rest is asked about. */
static void
go_on_from (TrkEngine *engine, TrkInstant over, TrkInstant known)
{
  TrkInstant from = MAX (over, engine->there);

  if (engine->presence == TRK_PRESENCE_AWAY)
    from = known;
  engine->now = MIN (from, known);
  trk_engine_ask_about (engine, engine->closed_of, (TrkPeriod){ over, engine->now },
                        TRK_REASON_EDIT);
}

static void
ask_about_rest (TrkEngine *engine, TrkTrack *track)
{
  g_autoptr (TrkPeriodSet) rest = trk_period_set_copy (engine->kept);

  for (guint i = 0; i < engine->past->len; i++)
    trk_period_set_remove (rest, ((const TrkEntry *) engine->past->pdata[i])->period);
  for (guint i = 0; i < engine->asked->len; i++)
    trk_period_set_remove (rest, ((const TrkGap *) engine->asked->pdata[i])->period);
  if (engine->entry != NULL)
    trk_period_set_remove (rest, engine->entry->period);
  for (guint i = 0; i < rest->len && engine->gap == NULL; i++)
    trk_engine_ask_about (engine, track, trk_period_set_nth (rest, i), TRK_REASON_EDIT);
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

/* Does the plan's block at @known ask for itself about the time in which nobody was there? Not what
 * the user had stopped, nor a break, nor off time. */
static gboolean
plan_asks (const TrkEngine *engine, TrkInstant known)
{
  const TrkTrack *track = trk_engine_current (engine, known);

  return track != NULL && !trk_track_rests (track) && trk_kind_is_work (track->block->kind)
         && (trk_track_is_taken (track) || trk_engine_policy (engine, track)->auto_start);
}

/* Was it to go on in the absence? Whether it did is asked then, but where the plan asks. */
static gboolean
was_to_go_on (const TrkEngine *engine, TrkInstant known)
{
  return engine->hand_cut && trk_track_limit (engine->hand) > known && !plan_asks (engine, known);
}

/* Nothing is known of the time since @known, were it seconds: no entry reaches over it. A longer
 * absence ends what was by hand, too. */
static void
restore_absence (TrkEngine *engine, TrkInstant known)
{
  engine->absent = TRUE;
  engine->absent_why = was_not_kept (engine) ? TRK_REASON_SHUTDOWN : TRK_REASON_NOT_RUNNING;
  engine->gone_from = known;
  engine->gone_off = TRUE;
  engine->brief = trk_engine_is_brief (engine, (TrkPeriod){ known, engine->called });
  if (!engine->brief || engine->presence != TRK_PRESENCE_AWAY) /* else one absence goes on */
    engine->there = engine->called;
  if (engine->brief)
    return;
  engine->hand_cut = engine->entry != NULL && engine->entry_of == engine->hand;
  trk_engine_drop (engine, &engine->rest, known, TRK_REASON_NOT_RUNNING);
  if (!was_to_go_on (engine, known))
    trk_engine_drop (engine, &engine->hand, known, TRK_REASON_NOT_RUNNING);
}

gboolean
trk_engine_is_brief (const TrkEngine *engine, TrkPeriod absence)
{
  return trk_period_length (absence) <= 2 * engine->policies.mark_every;
}

/* What was closed last may be extended still, from its end on, or since somebody is there again. */
static void
restore_closed (TrkEngine *engine)
{
  const TrkEntry *last = engine->past->len > 0 ? engine->past->pdata[engine->past->len - 1] : NULL;
  TrkTrack *track;

  if (last == NULL || engine->closed != NULL)
    return;
  track = last->block_id != NULL                 ? trk_engine_find (engine, last->block_id)
          : last->end_reason == TRK_REASON_LIMIT ? engine->ended
                                                 : NULL;
  if (track == NULL)
    return;
  engine->closed = trk_entry_copy (last);
  engine->closed_of = trk_track_ref (track);
}

/* The log says what is open; returns since when that is over, 0 when it is not. */
static TrkInstant
restore_open (TrkEngine *engine, TrkInstant known)
{
  TrkInstant over = 0;

  if (engine->entry != NULL)
    {
      restore_entry (engine);
      over = end_what_is_over (engine, known);
    }
  if (engine->gap != NULL)
    restore_gap (engine);
  return over;
}

void
trk_engine_restore (TrkEngine *engine)
{
  TrkInstant over, known = engine->known;
  g_autoptr (TrkTrack) ended = NULL;

  trk_engine_calm_rebind (engine);
  trk_engine_recall_limit (engine, known);
  over = restore_open (engine, known);
  restore_closed (engine);
  trk_engine_guard_restore (engine);
  begin_quietly (engine);
  if (known == 0)
    {
      engine->there = engine->called;
      return;
    }
  trk_engine_resume_absence (engine, known);
  trk_period_set_clip (engine->kept, (TrkPeriod){ over, over != 0 ? known : 0 });
  if (engine->kept->len > 0)
    {
      ended = trk_track_ref (engine->closed_of);
      go_on_from (engine, trk_period_set_nth (engine->kept, 0).start, known);
    }
  if (engine->called > known)
    restore_absence (engine, known);
  if (engine->absent || engine->entry != NULL || engine->gap != NULL)
    trk_engine_settle (engine, known,
                       engine->called != known ? TRK_REASON_NOT_RUNNING : TRK_REASON_PLAN);
  trk_engine_elapse (engine, engine->called);
  if (ended != NULL)
    ask_about_rest (engine, ended);
  if (engine->absent && !engine->brief) /* it is over all the same: the user starts again */
    trk_engine_drop (engine, &engine->hand, engine->called, TRK_REASON_NOT_RUNNING);
  engine->absent = engine->stopped = engine->brief = FALSE;
}
