/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

#include "trk-text.h"

/* tracker start: the planned block itself, a task for it, or something by hand. */

/* A moment is typed to the minute: in that in which the writing ends, its end is meant. */
static TrkInstant
behind_written (TrkInstant at, TrkInstant written, TrkInstant now)
{
  gboolean same_minute = at / TRK_MINUTE == written / TRK_MINUTE;

  return same_minute && written <= now ? MAX (at, written) : at;
}

/* When it began: not before what is already written. */
static gboolean
start_time (const TrkEngine *engine, const TrkAction *action, TrkInstant *at, GError **error)
{
  const TrkInstant now = engine->called;
  TrkInstant free_from = engine->entry != NULL ? engine->entry->period.start
                         : engine->gap != NULL ? engine->gap->period.start
                                               : engine->written;
  g_autofree char *from = trk_action_clock (engine, free_from);

  *at = action->at != 0 ? behind_written (action->at, free_from, now) : now;
  if (*at > now)
    return trk_action_refuse (error, TRK_ERROR_USAGE,
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
    return trk_action_refuse (error, TRK_ERROR_STATE, "that block is over, or no time for work");
  trk_engine_drop (engine, &engine->rest, at, TRK_REASON_SWITCH);
  trk_engine_drop (engine, &engine->hand, at, TRK_REASON_SWITCH);
  trk_engine_put_back (engine, track, engine->called, TRK_REASON_SWITCH);
  if (!trk_track_began (track))
    {
      track->state->start = at < track->span.start ? at : track->state->start;
      trk_track_begin_early (track);
    }
  trk_track_take (track, TRUE);
  track->answered = TRUE;
  trk_track_hold (track, TRK_HOLD_NONE, TRK_REASON_BY_HAND);
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
  trk_track_take (track, TRUE);
  trk_track_hold (track, TRK_HOLD_NONE, TRK_REASON_BY_HAND);
  return TRUE;
}

/* What the block on was used for by hand is replaced: when the new thing ends, the block goes on as
 * it was planned, if it does that by itself, and the user's former choice does not come back. */
static void
replace_choice (TrkEngine *engine, TrkTrack *current, TrkInstant at)
{
  gboolean taken = current != NULL && trk_track_is_taken (current);

  if (current == NULL)
    return;
  if (taken && engine->entry_of == current)
    trk_engine_close (engine, at, TRK_REASON_SWITCH);
  trk_track_take (current, FALSE);
  if (taken)
    trk_track_forget_choice (current);
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

/* Work that is on, what began last first; NULL. */
static TrkTrack *
work_on (const TrkEngine *engine)
{
  TrkTrack *last = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (trk_kind_is_work (track->block->kind) && trk_track_covers (track, engine->called)
          && (last == NULL || track->span.start >= last->span.start))
        last = track;
    }
  return last;
}

/* The next work of today: a break is begun by tracker break, and nothing of tomorrow begins today.
 * NULL. */
static TrkTrack *
work_to_come (const TrkEngine *engine)
{
  TrkPeriod day =
      trk_almanac_day_period (&engine->almanac, trk_almanac_day (&engine->almanac, engine->called));
  TrkTrack *next = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (trk_kind_is_work (track->block->kind) && !trk_track_began (track)
          && !trk_track_is_over (track) && track->span.end > engine->called
          && track->span.start < day.end && (next == NULL || track->span.start < next->span.start))
        next = track;
    }
  return next;
}

/* May @track be what a title meant: is it on, or the rest of today? Hours before it a break is
 * taken by tracker break. */
static gboolean
is_near (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkInstant now = engine->called;
  TrkDay today = trk_almanac_day (&engine->almanac, now);

  if (trk_track_began (track))
    return trk_track_covers (track, now);
  if (!track->planned || trk_track_is_over (track) || track->span.end <= now)
    return FALSE;
  if (track->block->kind == TRK_KIND_BREAK)
    return track->span.start - now <= engine->policies.late;
  return track->span.start < trk_almanac_day_period (&engine->almanac, today).end;
}

/* The block whose title @matches that of @action: the one that is on, else the next; NULL. */
static TrkTrack *
near_that (const TrkEngine *engine,
           const TrkAction *action,
           gboolean (*matches) (const char *title, const char *words))
{
  TrkTrack *found = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];
      const TrkBlock *block = track->block;

      if (block->kind == TRK_KIND_OFF || !matches (block->title, action->title)
          || (action->kind_given && block->kind != action->kind) || !is_near (engine, track))
        continue;
      if (found == NULL || trk_track_began (track)
          || (!trk_track_began (found) && track->span.start < found->span.start))
        found = track;
    }
  return found;
}

/* The block that @action names: by its whole title, or, what is on, by the first words of it; NULL.
 * What is to end by itself after a while, or is of another kind, is no block of the plan. */
static TrkTrack *
titled (const TrkEngine *engine, const TrkAction *action)
{
  TrkTrack *found;

  if (action->title == NULL || action->task != 0 || action->length != 0)
    return NULL;
  found = near_that (engine, action, trk_text_reads_same);
  if (found != NULL || action->kind_given)
    return found;
  found = near_that (engine, action, trk_text_first_words);
  return found != NULL && trk_track_began (found) && !trk_track_is_over (found) ? found : NULL;
}

/* The break of today that is called as @action wants to call its work; NULL: none. */
static const TrkTrack *
break_titled (const TrkEngine *engine, const TrkAction *action)
{
  TrkDay today = trk_almanac_day (&engine->almanac, engine->called);

  if (action->title == NULL || action->task != 0 || action->kind_given)
    return NULL;
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];

      if (track->block->kind == TRK_KIND_BREAK
          && trk_almanac_day (&engine->almanac, track->span.start) == today
          && trk_text_reads_same (track->block->title, action->title))
        return track;
    }
  return NULL;
}

/* Hours before it, after it, or for a while of the user's own the title of a break begins no break:
 * that would be work, of which the user did not speak. */
static gboolean
refuse_break (const TrkEngine *engine, const TrkAction *action, GError **error)
{
  const TrkTrack *rest = break_titled (engine, action);
  g_autofree char *from = NULL;

  if (rest == NULL)
    return TRUE;
  from = trk_action_clock (engine, rest->block->period.start);
  g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
               "%s is planned as a break from %s, and is no work; tracker break takes a break now, "
               "and --kind focus keeps work of that name",
               rest->block->title, from);
  return FALSE;
}

/* Its own title takes a block back from the task that it was used for. */
static void
take_from_task (TrkEngine *engine, TrkTrack *track, const TrkAction *action, TrkInstant at)
{
  if (action->title != NULL && track->last != NULL && track->last->task != 0)
    replace_choice (engine, track, at);
}

/* The block that @action means; NULL in @track: something by hand. */
static gboolean
find_block (const TrkEngine *engine, const TrkAction *action, TrkTrack **track, GError **error)
{
  if (!trk_action_named (engine, action, track, error))
    return FALSE;
  if (*track == NULL)
    *track = titled (engine, action);
  if (*track == NULL && !refuse_break (engine, action, error))
    return FALSE;
  if (*track != NULL || action->title != NULL || action->task != 0 || action->length != 0)
    return TRUE;
  *track = work_on (engine);
  if (*track == NULL)
    *track = work_to_come (engine);
  return *track != NULL
         || trk_action_refuse (error, TRK_ERROR_STATE,
                               "no work is planned for the rest of today; name what you start");
}

gboolean
trk_action_start (TrkEngine *engine, const TrkAction *action, GError **error)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);
  TrkTrack *track;
  TrkInstant at;

  if (!start_time (engine, action, &at, error) || !find_block (engine, action, &track, error))
    return FALSE;
  if (action->kind == TRK_KIND_OFF && track == NULL)
    return trk_action_refuse (error, TRK_ERROR_USAGE, "off is no work; tracker stop ends it");
  trk_action_be_present (engine);
  if (track != NULL)
    {
      take_from_task (engine, track, action, at);
      return start_block (engine, track, at, error);
    }

  trk_engine_drop (engine, &engine->rest, at, TRK_REASON_SWITCH);
  trk_engine_drop (engine, &engine->hand, at, TRK_REASON_SWITCH);
  if (current != NULL && action->task != 0 && action->length == 0 && trk_kind_is_work (action->kind)
      && current->block->kind == action->kind)
    use_block (engine, current, action, at);
  else
    {
      replace_choice (engine, current, at);
      start_by_hand (engine, action, at);
    }
  trk_action_rearrange (engine, at, TRK_REASON_BY_HAND);
  return TRUE;
}
