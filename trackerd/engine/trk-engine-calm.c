/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

#include "trk-notice-rule.h"

#include <string.h>

/* Never more than one notice a minute; one that is on the screen may be updated. What comes too
 * soon after another one, or just before one that matters more, waits; when its turn comes it is
 * given if it is still true, in the words of that moment, and else left out. */

#define APART TRK_MINUTE
#define GUARD "guard " /* before the program, as the key of its question among what waits */

static void
waiting_free (gpointer data)
{
  TrkWaiting *waiting = data;

  trk_track_unref (waiting->track);
  trk_notice_free (waiting->said);
  g_free (waiting->guard);
  g_free (waiting);
}

GPtrArray *
trk_engine_calm_new (void)
{
  return g_ptr_array_new_with_free_func (waiting_free);
}

static const char *
key_of (const TrkWaiting *waiting)
{
  if (waiting->guard != NULL) /* another notice of the block takes no question's place */
    return waiting->guard;
  if (waiting->kind == TRK_NOTICE_GAP) /* what is said with it has a key of its own */
    return "gap";
  return waiting->said != NULL ? waiting->said->key : waiting->track->block->id;
}

static gboolean
is_news (const TrkEngine *engine, const TrkWaiting *waiting)
{
  return engine->called - waiting->at <= engine->policies.late;
}

/* May the block be due again, before it begins, with nothing told of it? */
static gboolean
may_come_back (TrkReason why)
{
  return why == TRK_REASON_PLAN || why == TRK_REASON_SHUTDOWN;
}

/* It waited for another one, and now it is not given at all. Of a program that went out of sight by
 * itself nothing was to be said. What was to be said with the question is news without it. */
static void
leave_out (TrkEngine *engine, guint index, TrkReason why)
{
  TrkWaiting *waiting = engine->waiting->pdata[index];

  if (waiting->track != NULL && waiting->guard == NULL)
    trk_engine_withhold (engine, waiting->track, waiting->kind, engine->called, why);
  else if (waiting->track == NULL)
    trk_engine_withhold_general (engine, key_of (waiting), waiting->kind, engine->called, why);
  if (waiting->kind == TRK_NOTICE_LEAD && may_come_back (why))
    trk_engine_untell_lead (waiting->track);
  if (waiting->kind == TRK_NOTICE_GAP && waiting->said != NULL && is_news (engine, waiting))
    waiting->kind = TRK_NOTICE_DIGEST, waiting->why = TRK_REASON_LATE;
  else
    g_ptr_array_remove_index (engine->waiting, index);
}

void
trk_engine_calm_forget (TrkEngine *engine, const char *key, TrkReason why)
{
  for (guint i = engine->waiting->len; i > 0; i--)
    if (g_str_equal (key_of (engine->waiting->pdata[i - 1]), key))
      leave_out (engine, i - 1, why);
}

/* -- What matters more ------------------------------------------------------------------------- */

/* A start must be on time, and the screen is not locked unannounced; then what lies ahead. */
static guint
importance (TrkNoticeKind kind)
{
  return kind == TRK_NOTICE_START || kind == TRK_NOTICE_LOCK ? 2 : kind == TRK_NOTICE_LEAD ? 1 : 0;
}

static TrkInstant
due_of (const TrkEngine *engine, const TrkTrack *track, guint above)
{
  TrkInstant start = TRK_NEVER;

  if (trk_track_is_over (track) || track->block->kind == TRK_KIND_OFF)
    return TRK_NEVER;
  if (above < importance (TRK_NOTICE_START) && trk_engine_policy (engine, track)->notify_start)
    start = trk_engine_start_due (engine, track);
  return above < importance (TRK_NOTICE_LEAD) ? MIN (start, trk_engine_lead_due (engine, track))
                                              : start;
}

/* When the first notice of another block that matters more than @waiting comes within a minute of
 * @from; TRK_NEVER. */
static TrkInstant
next_above (const TrkEngine *engine, const TrkWaiting *waiting, TrkInstant from)
{
  TrkInstant first = TRK_NEVER;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];
      TrkInstant due = due_of (engine, track, importance (waiting->kind));

      if (due >= from && track != waiting->track)
        first = MIN (first, due);
    }
  return first < MAX (from, engine->called) + APART ? first : TRK_NEVER;
}

/* It takes the place of the last one, which is still to be seen. */
static gboolean
is_update (const TrkEngine *engine, const TrkWaiting *waiting)
{
  return waiting->track != NULL && waiting->track->live
         && g_strcmp0 (engine->given_key, key_of (waiting)) == 0;
}

static gboolean
may_be_given (const TrkEngine *engine, const TrkWaiting *waiting, TrkInstant at)
{
  if (engine->given != 0 && engine->called - engine->given < APART && !is_update (engine, waiting))
    return FALSE;
  return next_above (engine, waiting, at) == TRK_NEVER;
}

/* -- What is still true ------------------------------------------------------------------------ */

/* Nothing else has begun since it ended. */
static gboolean
is_last_ended (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkTrack *current = trk_engine_current (engine, engine->called);

  if (engine->called - track->span.end > engine->policies.late)
    return FALSE;
  if (track->by_hand)
    return engine->ended == track;
  return trk_track_is_over (track) && engine->hand == NULL && engine->rest == NULL
         && (current == NULL || current->span.start < track->span.end);
}

/* What comes to the front is asked about while it is there. */
static gboolean
still_disturbs (const TrkEngine *engine, const TrkWaiting *waiting)
{
  const char *program = waiting->guard + strlen (GUARD);

  if (!trk_engine_guards (engine, waiting->track, program))
    return FALSE;
  return waiting->why == TRK_REASON_FRONT ? g_strcmp0 (engine->front, program) == 0
                                          : is_news (engine, waiting);
}

static gboolean
is_true_of_track (const TrkEngine *engine, const TrkWaiting *waiting)
{
  const TrkTrack *track = waiting->track;
  const TrkInstant now = engine->called;
  gboolean ahead = !trk_track_is_over (track) && now < track->span.end;

  switch (waiting->kind)
    {
    case TRK_NOTICE_LEAD:
      return ahead && !trk_track_began (track) && now < track->span.start;
    case TRK_NOTICE_START:
      return ahead && now >= track->span.start && trk_track_began (track)
             && track->hold == TRK_HOLD_NONE;
    case TRK_NOTICE_ENDING:
      return ahead && engine->entry_of == track;
    case TRK_NOTICE_END:
      return is_last_ended (engine, track);
    case TRK_NOTICE_OVERTIME:
      return ahead && engine->entry != NULL && trk_kind_is_work (engine->entry->kind);
    case TRK_NOTICE_REMINDER:
    case TRK_NOTICE_LOCK:
      return ahead && trk_engine_wants_reminder (engine, track);
    case TRK_NOTICE_GUARD:
      return still_disturbs (engine, waiting);
    default:
      return is_news (engine, waiting) && engine->rest == NULL;
    }
}

static gboolean
is_true (const TrkEngine *engine, const TrkWaiting *waiting)
{
  if (waiting->kind == TRK_NOTICE_GAP)
    return trk_engine_has_question (engine);
  if (waiting->track == NULL)
    return is_news (engine, waiting);
  return is_true_of_track (engine, waiting);
}

/* -- Giving ------------------------------------------------------------------------------------ */

/* The focus guard's question is up until another notice takes its place. */
static void
note_question (TrkEngine *engine, const TrkNotice *notice)
{
  gboolean asks = notice->kind == TRK_NOTICE_GUARD;

  if (!asks && g_strcmp0 (engine->asking, notice->key) != 0)
    return;
  g_free (engine->asking);
  engine->asking = asks ? g_strdup (notice->key) : NULL;
}

static void
give (TrkEngine *engine, TrkWaiting *waiting, TrkInstant at)
{
  g_autoptr (TrkNotice) said = g_steal_pointer (&waiting->said);
  TrkNotice *notice;
  TrkEffect *effect;

  if (waiting->kind == TRK_NOTICE_GAP)
    notice = trk_engine_compose_question (engine, said);
  else if (waiting->kind == TRK_NOTICE_GUARD)
    notice = trk_engine_compose_guard (engine, waiting->track, waiting->guard + strlen (GUARD),
                                       waiting->why);
  else if (said != NULL)
    notice = g_steal_pointer (&said);
  else
    notice = trk_engine_compose (engine, waiting->track, waiting->kind, at, waiting->why);
  if (waiting->track != NULL)
    waiting->track->live = TRUE;
  if (waiting->kind == TRK_NOTICE_LOCK)
    waiting->track->lock_at = engine->called + TRK_LOCK_NOTICE;
  engine->gap_live |= waiting->kind == TRK_NOTICE_GAP;
  engine->given = engine->called;
  g_free (engine->given_key);
  engine->given_key = g_strdup (notice->key);
  note_question (engine, notice);
  effect = trk_engine_emit (engine, TRK_EFFECT_NOTIFY, at, waiting->why, waiting->track);
  effect->notice = notice;
  effect->rule = trk_notice_rule (
      &engine->policies, waiting->track != NULL ? waiting->track->block : NULL, notice->kind);
  if (waiting->kind == TRK_NOTICE_GUARD)
    trk_engine_guard_asked (engine, waiting->track, waiting->guard + strlen (GUARD), waiting->at,
                            waiting->why);
}

/* The log knows meanwhile why nothing is to be seen. Of a program that may go out of sight by
 * itself nothing is said before it is asked about. */
static void
note_waiting (TrkEngine *engine, const TrkWaiting *waiting)
{
  TrkInstant due = trk_engine_calm_due (engine);
  g_autofree char *from = trk_zone_format_time (engine->almanac.zone, due);
  char *cause = g_strdup_printf ("one notice a minute: not before %s", from);

  if (waiting->track != NULL && waiting->guard == NULL)
    trk_engine_withhold_for (engine, waiting->track, waiting->kind, engine->called, TRK_REASON_TURN,
                             cause);
  else
    g_free (cause);
}

/* Now, or when its turn comes; takes @waiting. */
static void
give_or_wait (TrkEngine *engine, TrkWaiting *waiting)
{
  if (may_be_given (engine, waiting, waiting->at))
    {
      give (engine, waiting, waiting->at);
      waiting_free (waiting);
      return;
    }
  g_ptr_array_add (engine->waiting, waiting);
  note_waiting (engine, waiting);
}

void
trk_engine_post (TrkEngine *engine,
                 TrkNoticeKind kind,
                 TrkTrack *track,
                 TrkNotice *said,
                 TrkInstant at,
                 TrkReason why)
{
  TrkWaiting *waiting = g_new0 (TrkWaiting, 1);

  waiting->kind = kind;
  waiting->track = track != NULL ? trk_track_ref (track) : NULL;
  waiting->said = said;
  waiting->at = at;
  waiting->why = why;
  trk_engine_calm_forget (engine, key_of (waiting), TRK_REASON_SWITCH);
  give_or_wait (engine, waiting);
}

/* Does a question of that key wait that will be put as long as this one would? One of what was
 * focused on before will not, and one about a start is left out sooner than one about what is in
 * front. */
static gboolean
is_waiting (const TrkEngine *engine, const TrkTrack *track, const char *key, TrkReason why)
{
  for (guint i = 0; i < engine->waiting->len; i++)
    {
      const TrkWaiting *waiting = engine->waiting->pdata[i];

      if (waiting->track == track && g_str_equal (key_of (waiting), key)
          && (waiting->why == why || waiting->why == TRK_REASON_FRONT))
        return TRUE;
    }
  return FALSE;
}

void
trk_engine_post_guard (
    TrkEngine *engine, TrkTrack *track, const char *program, TrkInstant at, TrkReason why)
{
  g_autofree char *key = g_strconcat (GUARD, program, NULL);
  TrkWaiting *waiting;

  if (is_waiting (engine, track, key, why))
    return;
  trk_engine_calm_forget (engine, key, TRK_REASON_SWITCH);
  waiting = g_new0 (TrkWaiting, 1);
  waiting->kind = TRK_NOTICE_GUARD;
  waiting->track = trk_track_ref (track);
  waiting->guard = g_steal_pointer (&key);
  waiting->at = at;
  waiting->why = why;
  give_or_wait (engine, waiting);
}

/* The one that matters most, of equals the one that waits longest; NULL. */
static TrkWaiting *
first_waiting (const TrkEngine *engine)
{
  TrkWaiting *first = NULL;

  for (guint i = 0; i < engine->waiting->len; i++)
    {
      TrkWaiting *waiting = engine->waiting->pdata[i];

      if (first == NULL || importance (waiting->kind) > importance (first->kind))
        first = waiting;
    }
  return first;
}

void
trk_engine_calm_flush (TrkEngine *engine)
{
  TrkWaiting *first;

  for (guint i = engine->waiting->len; i > 0; i--)
    if (!is_true (engine, engine->waiting->pdata[i - 1]))
      leave_out (engine, i - 1, TRK_REASON_SWITCH);
  first = first_waiting (engine);
  if (first == NULL || !may_be_given (engine, first, engine->called))
    return;
  give (engine, first, engine->called);
  g_ptr_array_remove (engine->waiting, first);
}

TrkInstant
trk_engine_calm_due (const TrkEngine *engine)
{
  const TrkWaiting *first = first_waiting (engine);
  TrkInstant from, above;

  if (first == NULL)
    return TRK_NEVER;
  from = is_update (engine, first) ? engine->called + 1
                                   : MAX (engine->given + APART, engine->called + 1);
  above = next_above (engine, first, from);
  return above != TRK_NEVER ? above : from;
}

/* What waits in an engine that is replaced goes on waiting, with the new engine's tracks. */
void
trk_engine_calm_carry (TrkEngine *engine, const TrkEngine *before)
{
  engine->given = before->given;
  engine->given_key = g_strdup (before->given_key);
  for (guint i = 0; i < before->waiting->len; i++)
    {
      const TrkWaiting *old = before->waiting->pdata[i];
      TrkWaiting *waiting = g_memdup2 (old, sizeof *old);

      waiting->track = old->track != NULL ? trk_track_ref (old->track) : NULL;
      waiting->said = old->said != NULL ? trk_notice_copy (old->said) : NULL;
      waiting->guard = g_strdup (old->guard);
      g_ptr_array_add (engine->waiting, waiting);
    }
}

void
trk_engine_calm_rebind (TrkEngine *engine)
{
  for (guint i = engine->waiting->len; i > 0; i--)
    {
      TrkWaiting *waiting = engine->waiting->pdata[i - 1];
      TrkTrack *track;

      if (waiting->track == NULL || waiting->track->by_hand)
        continue;
      track = trk_engine_find (engine, waiting->track->block->id);
      if (track == NULL)
        {
          leave_out (engine, i - 1, TRK_REASON_PLAN);
          continue;
        }
      trk_track_unref (waiting->track);
      waiting->track = trk_track_ref (track);
    }
}
