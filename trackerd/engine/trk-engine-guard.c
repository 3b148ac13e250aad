/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

/* The focus guard: a program that disturbs is asked about while a focus entry is open, once in the
 * time of a block, and again when it was allowed for some minutes and they are over. What was
 * answered is known of each track, and comes back from the log after a restart. */

static void
guarded_free (gpointer data)
{
  TrkGuarded *guarded = data;

  g_free (guarded->program);
  g_free (guarded);
}

static TrkGuarded *
find (const GPtrArray *all, const char *program)
{
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      TrkGuarded *guarded = all->pdata[i];

      if (g_str_equal (guarded->program, program))
        return guarded;
    }
  return NULL;
}

/* It is not asked about before @until; an allowance has its @length. */
static void
rest (GPtrArray **all, const char *program, TrkInstant until, TrkDuration length)
{
  TrkGuarded *guarded = find (*all, program);

  if (guarded == NULL)
    {
      guarded = g_new0 (TrkGuarded, 1);
      guarded->program = g_strdup (program);
      if (*all == NULL)
        *all = g_ptr_array_new_with_free_func (guarded_free);
      g_ptr_array_add (*all, guarded);
    }
  guarded->until = until;
  guarded->length = length;
}

/* Whose focus entry is open; NULL: nobody is in focus. */
static TrkTrack *
focused (const TrkEngine *engine)
{
  return engine->entry != NULL && engine->entry->kind == TRK_KIND_FOCUS ? engine->entry_of : NULL;
}

gboolean
trk_engine_guards (const TrkEngine *engine, const TrkTrack *track, const char *program)
{
  const TrkGuarded *guarded = find (track->guarded, program);

  return focused (engine) == track && (guarded == NULL || engine->called >= guarded->until);
}

/* -- What is seen ------------------------------------------------------------------------------ */

/* What was in front before the focus began, or was allowed until now, disturbs from then on. */
static TrkInstant
disturbs_since (const TrkEngine *engine, const TrkTrack *track)
{
  const TrkGuarded *guarded = find (track->guarded, engine->front);
  TrkInstant since = MAX (engine->front_since, engine->entry->period.start);

  return MIN (MAX (since, guarded != NULL ? guarded->until : 0), engine->called);
}

void
trk_engine_guard (TrkEngine *engine)
{
  TrkTrack *track = focused (engine);

  if (track != NULL && engine->front != NULL && trk_engine_guards (engine, track, engine->front))
    trk_engine_post_guard (engine, track, engine->front, disturbs_since (engine, track),
                           TRK_REASON_FRONT);
}

TrkInstant
trk_engine_guard_due (const TrkEngine *engine)
{
  const TrkTrack *track = focused (engine);
  const TrkGuarded *guarded =
      track != NULL && engine->front != NULL ? find (track->guarded, engine->front) : NULL;

  return guarded != NULL && guarded->until > engine->called ? guarded->until : TRK_NEVER;
}

/* -- Questions and answers --------------------------------------------------------------------- */

void
trk_engine_guard_asked (
    TrkEngine *engine, TrkTrack *track, const char *program, TrkInstant at, TrkReason why)
{
  TrkInterruption *asked = trk_interruption_new ();

  asked->at = at;
  asked->program = g_strdup (program);
  asked->block_id = track->by_hand ? NULL : g_strdup (track->block->id);
  rest (&track->guarded, program, TRK_NEVER, 0);
  trk_engine_emit (engine, TRK_EFFECT_INTERRUPTION, at, why, track)->interruption =
      trk_interruption_copy (asked);
  g_clear_pointer (&engine->asked_about, trk_interruption_free);
  g_clear_pointer (&engine->asked_in, trk_track_unref);
  engine->asked_about = asked;
  engine->asked_in = trk_track_ref (track);
}

static gboolean
was_asked_lately (const TrkEngine *engine, const TrkInterruption *asked)
{
  return engine->called - asked->at <= engine->policies.late;
}

/* While the block goes on, or not long after the question. */
static gboolean
may_be_answered (const TrkEngine *engine)
{
  return engine->asked_about != NULL
         && (trk_action_holder (engine) == engine->asked_in
             || was_asked_lately (engine, engine->asked_about));
}

static void
note_answer (TrkEngine *engine, const TrkAction *action)
{
  TrkInterruption *asked = engine->asked_about;
  gboolean allow = action->guard == TRK_GUARD_ALLOW;
  TrkDuration length = action->length > 0 ? action->length : engine->policies.guard_allow;

  asked->answer = action->guard;
  asked->answered = engine->called;
  asked->until = allow ? trk_instant_add (engine->called, length) : 0;
  g_free (asked->note);
  asked->note = g_strdup (action->note);
  rest (&engine->asked_in->guarded, asked->program, allow ? asked->until : TRK_NEVER,
        allow ? length : 0);
}

gboolean
trk_action_guard (TrkEngine *engine, const TrkAction *action, GError **error)
{
  if (action->guard == TRK_GUARD_NONE)
    return trk_action_refuse (error, TRK_ERROR_USAGE, "the answer is back, allow or work");
  if (!may_be_answered (engine))
    return trk_action_refuse (error, TRK_ERROR_STATE,
                              "the focus guard has asked about nothing in what runs now");
  trk_action_be_present (engine);
  trk_engine_settle (engine, engine->called, TRK_REASON_BACK);
  note_answer (engine, action);
  trk_engine_emit (engine, TRK_EFFECT_INTERRUPTION_ANSWER, engine->called, TRK_REASON_BY_HAND,
                   engine->asked_in)
      ->interruption = trk_interruption_copy (engine->asked_about);
  if (g_strcmp0 (engine->asking, engine->asked_in->block->id) == 0)
    trk_engine_withdraw (engine, engine->asked_in, engine->called, TRK_REASON_BY_HAND);
  return TRUE;
}

/* -- Memory ------------------------------------------------------------------------------------ */

void
trk_engine_guard_keep (TrkEngine *engine, TrkTrack *track)
{
  if (track->guarded != NULL)
    g_hash_table_replace (engine->guarded, g_strdup (track->block->id),
                          g_ptr_array_ref (track->guarded));
}

void
trk_engine_guard_recall (TrkEngine *engine, TrkTrack *track)
{
  GPtrArray *all = g_hash_table_lookup (engine->guarded, track->block->id);

  if (all == NULL)
    return;
  track->guarded = g_ptr_array_ref (all);
  g_hash_table_remove (engine->guarded, track->block->id);
}

static void
shorten (const GPtrArray *all, TrkInstant now)
{
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      TrkGuarded *guarded = all->pdata[i];

      if (guarded->length > 0)
        guarded->until = MIN (guarded->until, trk_instant_add (now, guarded->length));
    }
}

void
trk_engine_guard_revive (TrkEngine *engine, TrkInstant now)
{
  GHashTableIter iter;
  gpointer all;

  engine->front_since = MIN (engine->front_since, now);
  for (guint i = 0; i < engine->tracks->len; i++)
    shorten (((TrkTrack *) engine->tracks->pdata[i])->guarded, now);
  if (engine->hand != NULL)
    shorten (engine->hand->guarded, now);
  g_hash_table_iter_init (&iter, engine->guarded);
  while (g_hash_table_iter_next (&iter, NULL, &all))
    shorten (all, now);
}

/* Asked since what runs by hand began, and not by a clock that was set back before it began. */
static gboolean
is_since_hand (const TrkEngine *engine, const TrkInterruption *asked)
{
  TrkInstant start = engine->hand->span.start;

  return asked->at >= start && (asked->at <= engine->called || start > engine->called);
}

/* What was started by hand has no identifier: what was asked last, since it began, was asked of it.
 * What came before a question of another time is of another clock. Returns the first of them. */
static guint
first_of_hand (const TrkEngine *engine)
{
  guint first = engine->interrupted->len;

  for (guint i = first; i > 0 && engine->hand != NULL; i--)
    {
      const TrkInterruption *asked = engine->interrupted->pdata[i - 1];

      if (asked->block_id != NULL)
        continue;
      if (!is_since_hand (engine, asked))
        break;
      first = i - 1;
    }
  return first;
}

/* What goes on by hand over a changed log knows itself what it was asked about. */
void
trk_engine_guard_carry (TrkEngine *engine, const TrkEngine *before)
{
  if (engine->hand == NULL)
    return;
  for (guint i = engine->interrupted->len; i > 0; i--)
    if (((const TrkInterruption *) engine->interrupted->pdata[i - 1])->block_id == NULL)
      g_ptr_array_remove_index (engine->interrupted, i - 1);
  if (before->asked_in != engine->hand)
    return;
  engine->asked_about = trk_interruption_copy (before->asked_about);
  engine->asked_in = trk_track_ref (engine->hand);
}

/* Of a block that is not in the plan now it is kept for when it comes back. */
static void
remember (TrkEngine *engine, TrkTrack *track, const TrkInterruption *asked)
{
  gboolean allow = asked->answer == TRK_GUARD_ALLOW;
  GPtrArray *away = NULL;
  GPtrArray **all = track != NULL ? &track->guarded : &away;

  if (track == NULL && asked->block_id == NULL)
    return;
  if (track == NULL)
    away = g_hash_table_lookup (engine->guarded, asked->block_id);
  if (away != NULL)
    g_ptr_array_ref (away);
  rest (all, asked->program, allow ? asked->until : TRK_NEVER,
        allow ? asked->until - asked->answered : 0);
  if (away != NULL)
    g_hash_table_replace (engine->guarded, g_strdup (asked->block_id), away);
}

static void
remember_asked (TrkEngine *engine, const TrkInterruption *asked, TrkTrack *track)
{
  g_clear_pointer (&engine->asked_about, trk_interruption_free);
  g_clear_pointer (&engine->asked_in, trk_track_unref);
  engine->asked_about = trk_interruption_copy (asked);
  engine->asked_in = trk_track_ref (track);
}

/* What was asked about something by hand that is over can be answered for a while still; a name is
 * enough of it. */
static void
remember_asked_by_hand (TrkEngine *engine, const TrkInterruption *asked)
{
  TrkPeriod span = { asked->at, asked->at };
  g_autoptr (TrkTrack) over = NULL;

  if (engine->hand != NULL || asked->block_id != NULL || asked->at > engine->called
      || !was_asked_lately (engine, asked))
    return;
  over = trk_track_new_by_hand (TRK_KIND_FOCUS, "", span);
  remember_asked (engine, asked, over);
}

void
trk_engine_guard_restore (TrkEngine *engine)
{
  gboolean carried = engine->asked_about != NULL;
  guint by_hand = first_of_hand (engine);

  for (guint i = 0; i < engine->interrupted->len; i++)
    {
      const TrkInterruption *asked = engine->interrupted->pdata[i];
      TrkTrack *hand = i >= by_hand ? engine->hand : NULL;
      TrkTrack *track = asked->block_id != NULL ? trk_engine_find (engine, asked->block_id) : hand;

      remember (engine, track, asked);
      if (carried)
        continue;
      if (track != NULL)
        remember_asked (engine, asked, track);
      else
        remember_asked_by_hand (engine, asked);
    }
  g_ptr_array_set_size (engine->interrupted, 0);
  trk_engine_guard_revive (engine, engine->called);
}
