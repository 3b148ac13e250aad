/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

#include "trk-duration.h"
#include "trk-error.h"

/* What a command or a button does: each verb checks that it is possible now, changes facts, and
 * settles. Nothing is changed when it is not. */

static const char *const verbs[] = { "start", "stop",  "pause", "resume",  "extend", "snooze",
                                     "skip",  "break", "done",  "release", "answer" };
G_STATIC_ASSERT (G_N_ELEMENTS (verbs) == TRK_VERB_ANSWER + 1);

const char *
trk_verb_to_string (TrkVerb verb)
{
  return (gsize)verb < G_N_ELEMENTS (verbs) ? verbs[verb] : "unknown";
}

gboolean
trk_verb_from_string (const char *text, TrkVerb *verb)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i], text))
      {
        *verb = (TrkVerb)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
refuse (GError **error, TrkErrorCode code, const char *message)
{
  g_set_error_literal (error, TRK_ERROR, code, message);
  return FALSE;
}

static char *
clock_text (const TrkEngine *engine, TrkInstant at)
{
  return trk_zone_format_time (engine->almanac.zone, at);
}

static void
rearrange (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  trk_engine_arrange (engine);
  trk_engine_settle (engine, at, why);
}

/* -- Who is meant -------------------------------------------------------------------------------
 */

/* What holds the time or is paused; NULL: nothing. */
static TrkTrack *
holder (const TrkEngine *engine)
{
  return engine->entry_of != NULL ? engine->entry_of : engine->gap_of;
}

/* The block of the plan that a notification or a command names; keys such as "gap" and "hand" name
 * none. FALSE: it names one that is not there (any more). */
static gboolean
named (const TrkEngine *engine, const TrkAction *action, TrkTrack **track, GError **error)
{
  static const char *const keys[] = { "hand", "break", "gap", "digest", NULL };

  *track = NULL;
  if (action->block_id == NULL || g_strv_contains (keys, action->block_id))
    return TRUE;
  *track = trk_engine_find (engine, action->block_id);
  if (*track == NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "no block '%s' in the plan",
                 action->block_id);
  return *track != NULL;
}

/* The named one, else what runs, else the planned block that is on. */
static gboolean
running (const TrkEngine *engine, const TrkAction *action, TrkTrack **track, GError **error)
{
  if (!named (engine, action, track, error))
    return FALSE;
  if (*track == NULL)
    *track = holder (engine);
  if (*track == NULL)
    *track = trk_engine_current (engine, engine->called);
  return *track != NULL || refuse (error, TRK_ERROR_STATE, "nothing runs now");
}

/* The same, else the next planned block. */
static gboolean
running_or_next (const TrkEngine *engine, const TrkAction *action, TrkTrack **track, GError **error)
{
  if (running (engine, action, track, NULL))
    return TRUE;
  if (!named (engine, action, track, error))
    return FALSE;
  *track = trk_engine_upcoming (engine, engine->called);
  return *track != NULL || refuse (error, TRK_ERROR_STATE, "nothing runs now and nothing is next");
}

/* Whoever commands is there, whatever the presence source says. */
static void
be_present (TrkEngine *engine)
{
  if (engine->presence != TRK_PRESENCE_AWAY)
    return;
  engine->presence = TRK_PRESENCE_ACTIVE;
  engine->presence_why = TRK_REASON_BACK;
  trk_engine_hook (engine, "back", engine->called, TRK_REASON_BACK, NULL);
}

/* -- Start --------------------------------------------------------------------------------------
 */

/* When it began: not before what is already written. */
static gboolean
start_time (const TrkEngine *engine, const TrkAction *action, TrkInstant *at, GError **error)
{
  const TrkInstant now = engine->called;
  TrkInstant free_from = engine->entry != NULL ? engine->entry->period.start
                         : engine->gap != NULL ? engine->gap->period.start
                                               : engine->busy;
  g_autofree char *from = clock_text (engine, free_from);

  *at = action->at != 0 ? action->at : now;
  if (*at > now)
    return refuse (error, TRK_ERROR_USAGE,
                   "that is in the future; what is to come belongs into the "
                   "calendar");
  if (action->at == 0 || *at >= free_from)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
               "the time up to %s is already written; start there, or correct it with tracker log "
               "edit",
               from);
  return FALSE;
}

/* The block itself: it goes on, or begins early. */
static gboolean
start_block (TrkEngine *engine, TrkTrack *track, TrkInstant at, GError **error)
{
  if (trk_track_is_over (track) || track->block->kind == TRK_KIND_OFF)
    return refuse (error, TRK_ERROR_STATE, "that block is over, or no time for work");
  trk_engine_drop (engine, &engine->rest, at, TRK_REASON_SWITCH);
  trk_engine_drop (engine, &engine->hand, at, TRK_REASON_SWITCH);
  if (!trk_track_began (track))
    {
      track->state->start = at < track->span.start ? at : track->state->start;
      trk_track_set (track, TRK_NOTICE_START);
      trk_engine_hook (engine, "block-start", at, TRK_REASON_BY_HAND, track);
    }
  track->hold = TRK_HOLD_NONE;
  track->taken = TRUE;
  track->state->outcome_reason = 0;
  trk_track_touch (track, TRK_REASON_BY_HAND);
  trk_engine_arrange (engine);
  trk_engine_settle (engine, at, TRK_REASON_BY_HAND);
  return TRUE;
}

static TrkEntry *
entry_for (const TrkAction *action, const char *title)
{
  TrkEntry *entry = trk_entry_new ();

  entry->title = g_strdup (action->title != NULL ? action->title : title);
  entry->project = g_strdup (action->project);
  entry->note = g_strdup (action->note);
  entry->task = action->task;
  return entry;
}

/* The task is what the running block is used for. */
static gboolean
use_block (TrkEngine *engine, TrkTrack *track, const TrkAction *action, TrkInstant at)
{
  if (engine->entry != NULL)
    trk_engine_close (engine, at, TRK_REASON_SWITCH);
  trk_entry_free (track->last);
  track->last = entry_for (action, track->block->title);
  track->taken = TRUE;
  track->hold = TRK_HOLD_NONE;
  track->state->outcome_reason = 0;
  trk_track_touch (track, TRK_REASON_BY_HAND);
  return TRUE;
}

static gboolean
start_by_hand (TrkEngine *engine, const TrkAction *action, TrkInstant at)
{
  const char *title = action->title != NULL ? action->title : trk_kind_to_string (action->kind);
  TrkPeriod span = { at, action->length > 0 ? at + action->length : TRK_NEVER };

  trk_engine_drop (engine, &engine->ended, engine->called, TRK_REASON_BY_HAND);
  engine->hand = trk_track_new_by_hand (action->kind, title, span);
  engine->hand->last = entry_for (action, title);
  return TRUE;
}

static gboolean
on_start (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);
  TrkTrack *track;
  TrkInstant at;

  if (!named (engine, action, &track, error) || !start_time (engine, action, &at, error))
    return FALSE;
  if (track == NULL && action->title == NULL && action->task == 0 && action->length == 0)
    {
      track = current != NULL ? current : trk_engine_upcoming (engine, engine->called);
      if (track == NULL)
        return refuse (error, TRK_ERROR_STATE, "nothing is planned; name what you start");
    }
  if (action->kind == TRK_KIND_OFF && track == NULL)
    return refuse (error, TRK_ERROR_USAGE, "off is no work; tracker stop ends it");
  be_present (engine);
  if (track != NULL)
    return start_block (engine, track, at, error);

  trk_engine_drop (engine, &engine->rest, at, TRK_REASON_SWITCH);
  trk_engine_drop (engine, &engine->hand, at, TRK_REASON_SWITCH);
  if (current != NULL && action->task != 0 && action->length == 0 && trk_kind_is_work (action->kind)
      && current->block->kind == action->kind)
    use_block (engine, current, action, at);
  else
    start_by_hand (engine, action, at);
  rearrange (engine, at, TRK_REASON_BY_HAND);
  return TRUE;
}

/* -- Stop, pause, resume ------------------------------------------------------------------------
 */

/* Nothing of what is on starts by itself again. */
static void
hold_current (TrkEngine *engine)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);

  if (current == NULL)
    return;
  current->hold = TRK_HOLD_STOP;
  current->state->outcome_reason = TRK_REASON_STOP;
  trk_track_touch (current, TRK_REASON_STOP);
  trk_engine_withdraw (engine, current, engine->called, TRK_REASON_STOP);
}

static gboolean
on_stop (TrkEngine *engine, const TrkAction *action, GError **error)
{
  if (holder (engine) == NULL)
    return refuse (error, TRK_ERROR_STATE, "nothing runs now");
  trk_engine_drop (engine, &engine->rest, engine->called, TRK_REASON_STOP);
  trk_engine_drop (engine, &engine->hand, engine->called, TRK_REASON_STOP);
  hold_current (engine);
  trk_engine_settle (engine, engine->called, TRK_REASON_STOP);
  return TRUE;
}

static gboolean
on_pause (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track = engine->entry_of;

  if (track == NULL)
    return refuse (error, TRK_ERROR_STATE,
                   engine->gap != NULL ? "it is paused already; tracker resume goes on"
                                       : "nothing runs that could be paused");
  if (track->block->kind == TRK_KIND_BREAK)
    return refuse (error, TRK_ERROR_STATE, "a break is a pause already; tracker resume ends it");
  track->hold = TRK_HOLD_PAUSE;
  trk_engine_settle (engine, engine->called, TRK_REASON_PAUSE);
  return TRUE;
}

static gboolean
on_resume (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);
  TrkTrack *track = engine->hand != NULL ? engine->hand : current;

  if (engine->rest == NULL && engine->entry != NULL && engine->entry->kind != TRK_KIND_BREAK)
    return refuse (error, TRK_ERROR_STATE, "it runs already");
  if (track == NULL && engine->rest == NULL)
    return refuse (error, TRK_ERROR_STATE, "nothing is paused; tracker start begins something");
  be_present (engine);
  trk_engine_drop (engine, &engine->rest, engine->called, TRK_REASON_RESUME);
  if (track != NULL && track->hold != TRK_HOLD_NONE)
    {
      track->hold = TRK_HOLD_NONE;
      track->state->outcome_reason = 0;
      trk_track_touch (track, TRK_REASON_RESUME);
    }
  if (track != NULL)
    track->taken = track->block->kind != TRK_KIND_BREAK && track->taken;
  trk_engine_settle (engine, engine->called, TRK_REASON_RESUME);
  return TRUE;
}

/* -- Extend, snooze -----------------------------------------------------------------------------
 */

/* The block that ended last, when it is not too long ago. */
static TrkTrack *
just_ended (const TrkEngine *engine)
{
  TrkTrack *last = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (trk_track_is_over (track) && track->block->kind != TRK_KIND_OFF
          && track->state->outcome != TRK_OUTCOME_SKIPPED
          && track->state->outcome != TRK_OUTCOME_CANCELLED && track->span.end <= engine->called
          && track->span.end >= engine->called - engine->policies.late)
        last = track;
    }
  return last;
}

/* Blocks that an extension makes wait begin again when it is over. */
static void
send_back (TrkEngine *engine, TrkTrack *extended)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (track == extended || !trk_track_covers (track, engine->called)
          || trk_track_is_fixed (track) || track->span.start < extended->block->period.start)
        continue;
      trk_track_forget (track, TRK_NOTICE_START);
      trk_track_touch (track, TRK_REASON_EXTEND);
      trk_engine_withdraw (engine, track, engine->called, TRK_REASON_EXTEND);
    }
}

/* An overrun that was told late: nothing else was written since, so it went on all the time. */
static TrkInstant
went_on_since (const TrkEngine *engine, const TrkTrack *track)
{
  gboolean unbroken = engine->entry == NULL && engine->gap == NULL
                      && MAX (engine->busy, engine->busy_gap) <= track->span.end
                      && engine->closed_of == track;

  return unbroken ? MIN (track->span.end, engine->called) : engine->called;
}

static gboolean
extend_by_hand (TrkEngine *engine, TrkTrack *track, TrkDuration length, GError **error)
{
  TrkInstant from;

  if (track->span.end == TRK_NEVER)
    return refuse (error, TRK_ERROR_STATE, "it has no end that could be moved");
  from = went_on_since (engine, track);
  track->span.end = MAX (track->span.end, engine->called) + length;
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_forget (track, TRK_NOTICE_END);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_EXTEND);
  trk_engine_settle (engine, from, TRK_REASON_EXTEND);
  return TRUE;
}

static gboolean
extend_block (TrkEngine *engine, TrkTrack *track, TrkDuration length, GError **error)
{
  const TrkInstant now = engine->called;
  TrkInstant before = track->state->end;
  TrkInstant from = trk_track_is_over (track) ? went_on_since (engine, track) : now;

  track->state->end = MAX (track->span.end, now) + length;
  trk_engine_arrange (engine);
  if (track->span.end <= now)
    {
      track->state->end = before;
      trk_engine_arrange (engine);
      return refuse (error, TRK_ERROR_STATE,
                     "a meeting or off time has begun; it cannot be longer");
    }
  if (trk_track_is_over (track))
    {
      track->taken = TRUE;
      track->state->outcome = TRK_OUTCOME_NONE;
      track->state->outcome_reason = 0;
      track->hold = TRK_HOLD_NONE;
    }
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_forget (track, TRK_NOTICE_END);
  trk_track_touch (track, TRK_REASON_EXTEND);
  send_back (engine, track);
  trk_engine_arrange (engine);
  trk_engine_withdraw (engine, track, now, TRK_REASON_EXTEND);
  trk_engine_settle (engine, from, TRK_REASON_EXTEND);
  return TRUE;
}

static gboolean
on_extend (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkDuration length = action->length > 0 ? action->length : engine->policies.extend;
  TrkTrack *track;

  if (!named (engine, action, &track, error))
    return FALSE;
  if (track == NULL)
    track = holder (engine);
  if (track == NULL && engine->ended != NULL
      && engine->ended->span.end >= engine->called - engine->policies.late)
    {
      engine->hand = g_steal_pointer (&engine->ended);
      track = engine->hand;
    }
  if (track == NULL)
    track = trk_engine_current (engine, engine->called);
  if (track == NULL)
    track = just_ended (engine);
  if (track == NULL || track->block->kind == TRK_KIND_OFF || !trk_track_began (track))
    return refuse (error, TRK_ERROR_STATE, "nothing runs, and nothing has just ended");
  if (trk_track_is_over (track) && !track->by_hand
      && (track->span.end < engine->called - engine->policies.late
          || track->state->outcome == TRK_OUTCOME_SKIPPED
          || track->state->outcome == TRK_OUTCOME_CANCELLED))
    return refuse (error, TRK_ERROR_STATE,
                   "that block is over; tracker start begins something new");
  be_present (engine);
  return track->by_hand ? extend_by_hand (engine, track, length, error)
                        : extend_block (engine, track, length, error);
}

static gboolean
on_snooze (TrkEngine *engine, const TrkAction *action, GError **error)
{
  const TrkInstant now = engine->called;
  TrkDuration length = action->length > 0 ? action->length : engine->policies.snooze;
  TrkInstant until;
  TrkTrack *track;

  if (!running_or_next (engine, action, &track, error))
    return FALSE;
  if (track->by_hand || trk_track_is_over (track) || track->block->kind == TRK_KIND_OFF)
    return refuse (error, TRK_ERROR_STATE, "only a planned block that is not over can be snoozed");
  until = action->until != 0
              ? action->until
              : MAX (now, trk_track_began (track) ? now : track->span.start) + length;
  if (until <= now)
    return refuse (error, TRK_ERROR_USAGE, "that moment has passed");
  if (until >= track->span.end)
    {
      g_autofree char *end = clock_text (engine, track->span.end);

      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                   "the block ends at %s, before that; tracker skip leaves it out", end);
      return FALSE;
    }
  track->state->start = until;
  track->hold = TRK_HOLD_NONE;
  track->state->outcome_reason = 0;
  trk_track_forget (track, TRK_NOTICE_START);
  trk_track_forget (track, TRK_NOTICE_ENDING);
  trk_track_touch (track, TRK_REASON_SNOOZE);
  trk_engine_withdraw (engine, track, now, TRK_REASON_SNOOZE);
  rearrange (engine, now, TRK_REASON_SNOOZE);
  return TRUE;
}

/* -- Skip, done, release ------------------------------------------------------------------------
 */

static gboolean
on_skip (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track;

  if (!running_or_next (engine, action, &track, error))
    return FALSE;
  if (track->by_hand)
    return on_stop (engine, action, error);
  if (trk_track_is_over (track))
    return refuse (error, TRK_ERROR_STATE, "that block is over");
  g_free (track->state->note);
  track->state->note = g_strdup (action->note);
  trk_engine_finish (engine, track, engine->called, TRK_OUTCOME_SKIPPED, TRK_REASON_SKIP);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_SKIP);
  return TRUE;
}

static void
complete_task (TrkEngine *engine, const TrkTrack *track)
{
  gint64 task = track->last != NULL ? track->last->task : 0;

  if (engine->entry_of == track)
    task = engine->entry->task;
  if (task != 0)
    trk_engine_emit (engine, TRK_EFFECT_TASK_DONE, engine->called, TRK_REASON_DONE, track)->task =
        task;
}

static gboolean
on_done (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *track;

  if (!running (engine, action, &track, NULL) && !named (engine, action, &track, error))
    return FALSE;
  if (track == NULL)
    track = engine->ended != NULL ? engine->ended : just_ended (engine);
  if (track == NULL || track->block->kind == TRK_KIND_OFF || !trk_track_began (track)
      || track->state->outcome == TRK_OUTCOME_SKIPPED
      || track->state->outcome == TRK_OUTCOME_CANCELLED)
    return refuse (error, TRK_ERROR_STATE, "nothing runs that could be done");
  complete_task (engine, track);
  trk_engine_withdraw (engine, track, engine->called, TRK_REASON_DONE);
  if (track->by_hand)
    {
      trk_engine_drop (engine,
                       track == engine->rest   ? &engine->rest
                       : track == engine->hand ? &engine->hand
                                               : &engine->ended,
                       engine->called, TRK_REASON_DONE);
      trk_engine_settle (engine, engine->called, TRK_REASON_DONE);
    }
  else if (trk_track_is_over (track))
    {
      track->state->outcome = TRK_OUTCOME_DONE;
      track->state->outcome_reason = TRK_REASON_DONE;
      trk_track_touch (track, TRK_REASON_DONE);
    }
  else
    trk_engine_finish (engine, track, engine->called, TRK_OUTCOME_DONE, TRK_REASON_DONE);
  return TRUE;
}

static gboolean
on_release (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);

  trk_engine_drop (engine, &engine->rest, engine->called, TRK_REASON_STOP);
  trk_engine_drop (engine, &engine->hand, engine->called, TRK_REASON_STOP);
  trk_engine_drop (engine, &engine->ended, engine->called, TRK_REASON_STOP);
  if (current != NULL)
    trk_track_set (current, TRK_NOTICE_ENDING);
  hold_current (engine);
  for (guint i = 0; i < engine->tracks->len; i++)
    trk_engine_withdraw (engine, engine->tracks->pdata[i], engine->called, TRK_REASON_STOP);
  trk_engine_settle (engine, engine->called, TRK_REASON_STOP);
  return TRUE;
}

/* -- Break, answer ------------------------------------------------------------------------------
 */

static gboolean
on_break (TrkEngine *engine, const TrkAction *action, GError **error)
{
  const TrkInstant now = engine->called;
  TrkTrack *current = trk_engine_current (engine, now);
  TrkDuration length = action->length > 0 ? action->length : engine->policies.take_break;
  TrkTrack *offered;

  if (!named (engine, action, &offered, error))
    return FALSE;

  if (engine->rest != NULL)
    return refuse (error, TRK_ERROR_STATE, "a break runs already");
  be_present (engine);
  if (offered != NULL && trk_track_is_over (offered))
    trk_engine_withdraw (engine, offered, now, TRK_REASON_BREAK);
  if (current != NULL && current->block->kind == TRK_KIND_BREAK && action->length == 0)
    {
      trk_engine_drop (engine, &engine->hand, now, TRK_REASON_BREAK);
      current->taken = TRUE;
      current->hold = TRK_HOLD_NONE;
    }
  else
    {
      trk_engine_drop (engine, &engine->ended, now, TRK_REASON_BREAK);
      engine->rest =
          trk_track_new_by_hand (TRK_KIND_BREAK, "Break", (TrkPeriod){ now, now + length });
      trk_engine_hook (engine, "break-start", now, TRK_REASON_BREAK, NULL);
    }
  trk_engine_settle (engine, now, TRK_REASON_BREAK);
  return TRUE;
}

/* Time that the user says was work, or a break, becomes an entry in the gap's place. */
static void
fill (TrkEngine *engine, const TrkGap *gap, TrkAnswer answer)
{
  TrkTrack *track = trk_engine_find (engine, gap->block_id);
  TrkEntry *entry =
      track != NULL && track->last != NULL ? trk_entry_copy (track->last) : trk_entry_new ();
  gboolean worked = answer == TRK_ANSWER_WORKED;

  entry->number = 0;
  g_clear_pointer (&entry->id, g_free);
  entry->period = gap->period;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  entry->kind = !worked ? TRK_KIND_BREAK : track != NULL ? track->block->kind : TRK_KIND_SHALLOW;
  if (entry->title == NULL || !worked)
    {
      g_free (entry->title);
      entry->title = g_strdup (!worked ? "Break" : track != NULL ? track->block->title : "Work");
    }
  if (!worked)
    entry->task = 0;
  g_free (entry->block_id);
  entry->block_id = worked ? g_strdup (gap->block_id) : NULL;
  g_free (entry->zone);
  entry->zone = g_strdup (trk_zone_id (engine->almanac.zone));
  if (worked && track != NULL)
    {
      trk_period_set_add (track->worked, gap->period);
      if (track->state->outcome == TRK_OUTCOME_MISSED
          || track->state->outcome == TRK_OUTCOME_PARTIAL)
        {
          track->state->outcome = trk_engine_rate (track);
          track->state->outcome_reason = TRK_REASON_BY_HAND;
          trk_track_touch (track, TRK_REASON_BY_HAND);
        }
    }
  trk_engine_emit (engine, TRK_EFFECT_ENTRY_ADD, gap->period.start, TRK_REASON_BY_HAND, track)
      ->entry = entry;
}

static gboolean
on_answer (TrkEngine *engine, const TrkAction *action, GError **error)
{
  if (action->answer == TRK_ANSWER_NONE)
    return refuse (error, TRK_ERROR_USAGE, "the answer is break, worked or discard");
  be_present (engine);
  trk_engine_settle (engine, engine->called, TRK_REASON_BACK);
  if (engine->asked->len == 0)
    return refuse (error, TRK_ERROR_STATE, "no gap waits for an answer");
  for (guint i = 0; i < engine->asked->len; i++)
    {
      TrkGap *gap = engine->asked->pdata[i];

      gap->answer = action->answer;
      trk_engine_emit (engine, TRK_EFFECT_GAP_ANSWER, gap->period.end, TRK_REASON_BY_HAND,
                       trk_engine_find (engine, gap->block_id))
          ->gap = trk_gap_copy (gap);
      if (action->answer != TRK_ANSWER_DISCARD)
        fill (engine, gap, action->answer);
    }
  trk_engine_forget_asked (engine);
  if (engine->gap_live)
    trk_engine_emit (engine, TRK_EFFECT_WITHDRAW, engine->called, TRK_REASON_BY_HAND, NULL)->key =
        g_strdup ("gap");
  engine->gap_live = FALSE;
  return TRUE;
}

/* -- The table ----------------------------------------------------------------------------------
 */

static gboolean (*const doers[]) (TrkEngine *engine, const TrkAction *action, GError **error) = {
  [TRK_VERB_START] = on_start,     [TRK_VERB_STOP] = on_stop,     [TRK_VERB_PAUSE] = on_pause,
  [TRK_VERB_RESUME] = on_resume,   [TRK_VERB_EXTEND] = on_extend, [TRK_VERB_SNOOZE] = on_snooze,
  [TRK_VERB_SKIP] = on_skip,       [TRK_VERB_BREAK] = on_break,   [TRK_VERB_DONE] = on_done,
  [TRK_VERB_RELEASE] = on_release, [TRK_VERB_ANSWER] = on_answer,
};
G_STATIC_ASSERT (G_N_ELEMENTS (doers) == G_N_ELEMENTS (verbs));

gboolean
trk_engine_do (TrkEngine *engine, const TrkAction *action, GError **error)
{
  if ((gsize)action->verb >= G_N_ELEMENTS (doers))
    return refuse (error, TRK_ERROR_USAGE, "no such command");
  return doers[action->verb](engine, action, error);
}
