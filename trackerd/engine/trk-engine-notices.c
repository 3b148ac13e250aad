/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

#include "trk-notice-rule.h"
#include "trk-notice-text.h"

/* Which notice is given about what the engine knows; its words are trk-notice-text.c's. */

static TrkNoticeFacts
facts_of (const TrkEngine *engine, const TrkTrack *track, TrkInstant at)
{
  const TrkTrack *next = trk_engine_upcoming (engine, at);

  return (TrkNoticeFacts){
    .block = track != NULL ? track->block : NULL,
    .span = track != NULL ? track->span : (TrkPeriod){ 0, TRK_NEVER },
    .policies = &engine->policies,
    .zone = engine->almanac.zone,
    .now = MAX (at, engine->called),
    .next = next != NULL ? next->block->title : NULL,
  };
}

TrkNotice *
trk_engine_compose (
    TrkEngine *engine, const TrkTrack *track, TrkNoticeKind kind, TrkInstant at, TrkReason why)
{
  TrkNoticeFacts facts = facts_of (engine, track, at);
  TrkNotice *notice;

  facts.worked = trk_period_set_length (track->worked);
  facts.reminder = track->state->reminders;
  facts.reminders = trk_engine_remind_times (engine, track);
  facts.postpones = trk_action_postpones_left (engine, track);
  if (kind == TRK_NOTICE_START && why == TRK_REASON_LATE)
    facts.late = engine->called - track->span.start;
  if (track->by_hand && kind == TRK_NOTICE_END && engine->entry != NULL)
    facts.cause = engine->entry->title;
  if (kind == TRK_NOTICE_OVERTIME)
    {
      TrkPeriod since = { MAX (engine->entry->period.start, track->span.start), facts.now };

      facts.worked = trk_period_length (since);
      facts.cause = engine->entry->title;
    }
  notice = trk_notice_compose (kind, track->block->id, &facts);
  /* Normal first; only what is asked again and again breaks through. */
  notice->urgent = kind == TRK_NOTICE_REMINDER && track->state->reminders > 1
                   && trk_engine_policy (engine, track)->unmissable;
  return notice;
}

void
trk_engine_notify (
    TrkEngine *engine, TrkTrack *track, TrkNoticeKind kind, TrkInstant at, TrkReason why)
{
  trk_engine_post (engine, kind, track, NULL, at, why);
}

TrkNotice *
trk_engine_compose_owed (const TrkEngine *engine,
                         const TrkTrack *by,
                         const TrkBlock *rest,
                         const char *cause)
{
  TrkNoticeFacts facts = facts_of (engine, NULL, engine->called);

  facts.block = rest;
  facts.cause = cause;
  return trk_notice_compose (TRK_NOTICE_OWED, by->block->id, &facts);
}

/* Only what the user made unmissable passes do-not-disturb, the guard's question too. */
TrkNotice *
trk_engine_compose_guard (const TrkEngine *engine,
                          const TrkTrack *track,
                          const char *program,
                          TrkReason why)
{
  TrkNoticeFacts facts = facts_of (engine, track, engine->called);
  TrkNotice *notice;

  facts.cause = program;
  facts.started = why == TRK_REASON_STARTED;
  notice = trk_notice_compose (TRK_NOTICE_GUARD, track->block->id, &facts);
  notice->urgent = trk_engine_policy (engine, track)->unmissable;
  return notice;
}

static TrkEffect *
emit_withheld (TrkEngine *engine,
               const TrkTrack *track,
               const char *key,
               TrkNoticeKind kind,
               TrkInstant at,
               TrkReason why)
{
  TrkEffect *effect = trk_engine_emit (engine, TRK_EFFECT_WITHHOLD, at, why, track);

  effect->notice = trk_notice_new (kind, key);
  effect->rule = trk_notice_rule (&engine->policies, track != NULL ? track->block : NULL, kind);
  return effect;
}

/* Of what is by hand the log knows entries alone. */
void
trk_engine_withhold_for (TrkEngine *engine,
                         const TrkTrack *track,
                         TrkNoticeKind kind,
                         TrkInstant at,
                         TrkReason why,
                         char *cause)
{
  g_autofree char *held = cause;
  TrkEffect *effect;

  if (track->by_hand)
    return;
  effect = emit_withheld (engine, track, track->block->id, kind, at, why);
  effect->notice->title = g_strdup (track->block->title);
  if (held == NULL)
    return;
  g_free (effect->rule);
  effect->rule = g_steal_pointer (&held);
}

void
trk_engine_withhold (
    TrkEngine *engine, const TrkTrack *track, TrkNoticeKind kind, TrkInstant at, TrkReason why)
{
  trk_engine_withhold_for (engine, track, kind, at, why, NULL);
}

void
trk_engine_withhold_general (
    TrkEngine *engine, const char *key, TrkNoticeKind kind, TrkInstant at, TrkReason why)
{
  emit_withheld (engine, NULL, key, kind, at, why)->notice->title = g_strdup ("");
}

/* The break that the plan says @by took; NULL. */
static TrkBlock *
owed_by (const TrkEngine *engine, const TrkTrack *by)
{
  for (guint i = 0; i < engine->plan->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (engine->plan->squeezed, TrkSqueeze, i);

      if (squeeze->owed && g_strcmp0 (squeeze->by->id, by->block->id) == 0)
        return squeeze->block;
    }
  return NULL;
}

/* What the plan says that the meeting @by took. In a call that goes on there is no time for it. */
void
trk_engine_offer_owed (TrkEngine *engine, TrkTrack *by, TrkInstant at)
{
  TrkBlock *rest = owed_by (engine, by);
  g_autofree char *cause = trk_engine_taken_by (by->block);

  if (rest == NULL || trk_track_was (by, TRK_NOTICE_OWED))
    return;
  trk_track_set (by, TRK_NOTICE_OWED);
  trk_track_touch (by, TRK_REASON_OWED);
  if (engine->called - at > engine->policies.late)
    trk_engine_withhold (engine, by, TRK_NOTICE_OWED, at, TRK_REASON_LATE);
  else if (trk_engine_is_engaged (engine))
    trk_engine_owe (engine, rest, by, cause);
  else
    trk_engine_post (engine, TRK_NOTICE_OWED, by, trk_engine_compose_owed (engine, by, rest, cause),
                     at, TRK_REASON_OWED);
}

/* -- Facts of what passed ---------------------------------------------------------------------- */

static gboolean
is_of_today (const TrkEngine *engine, const TrkTrack *track)
{
  return trk_almanac_day (&engine->almanac, track->span.start)
         == trk_almanac_day (&engine->almanac, engine->called);
}

/* Titles of today's blocks that were missed in this call; NULL: none. @first gets when the first
 * of them began. */
static char *
missed_titles (const TrkEngine *engine, TrkInstant *first)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < engine->missed->len; i++)
    {
      const TrkTrack *track = engine->missed->pdata[i];

      if (track->state->outcome != TRK_OUTCOME_MISSED || !is_of_today (engine, track))
        continue;
      if (titles->len == 0)
        *first = track->span.start;
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "", track->block->title);
    }
  return titles->len > 0 ? g_string_free (g_steal_pointer (&titles), FALSE) : NULL;
}

/* What was started by hand and ended with the machine, today; NULL. */
static const TrkEntry *
cut_by_hand (const TrkEngine *engine)
{
  const TrkEntry *entry = engine->hand_cut ? engine->closed : NULL;

  if (entry == NULL
      || trk_almanac_day (&engine->almanac, entry->period.end)
             != trk_almanac_day (&engine->almanac, engine->called))
    return NULL;
  return entry;
}

/* -- The question ------------------------------------------------------------------------------ */

/* From when to when the user was away; empty: nothing is asked about. */
static TrkPeriod
asked_period (const TrkEngine *engine)
{
  const TrkGap *first, *last;

  if (engine->asked->len == 0)
    return (TrkPeriod){ 0, 0 };
  first = engine->asked->pdata[0];
  last = engine->asked->pdata[engine->asked->len - 1];
  return (TrkPeriod){ first->period.start, last->period.end };
}

/* Is all that is known of what is asked about that the daemon did not run? */
static gboolean
asks_of_outage (const TrkEngine *engine)
{
  for (guint i = 0; i < engine->asked->len; i++)
    {
      const TrkGap *gap = engine->asked->pdata[i];

      if (gap->reason != TRK_REASON_NOT_RUNNING && gap->reason != TRK_REASON_SHUTDOWN)
        return FALSE;
    }
  return TRUE;
}

/* Does it begin with time that a change of the log left without an entry? */
static gboolean
asks_of_change (const TrkEngine *engine)
{
  return ((const TrkGap *) engine->asked->pdata[0])->reason == TRK_REASON_EDIT;
}

/* Nothing but a daemon that was restarted? */
static gboolean
is_restart (const TrkEngine *engine)
{
  return asks_of_outage (engine) && trk_engine_is_brief (engine, asked_period (engine));
}

/* A short lock is no question, and a daemon that comes back at once asks the user nothing. */
gboolean
trk_engine_has_question (const TrkEngine *engine)
{
  return trk_period_length (asked_period (engine)) >= TRK_MINUTE && !is_restart (engine);
}

/* Whose time is asked about first; NULL: of no block that is followed. */
static const TrkTrack *
asked_track (const TrkEngine *engine)
{
  const TrkGap *first = engine->asked->pdata[0];

  return trk_engine_find (engine, first->block_id);
}

TrkNotice *
trk_engine_compose_question (const TrkEngine *engine, const TrkNotice *digest)
{
  const TrkTrack *track = asked_track (engine);
  TrkNoticeFacts facts = facts_of (engine, track, engine->called);

  facts.gone = asked_period (engine);
  facts.off = asks_of_outage (engine);
  facts.changed = asks_of_change (engine);
  facts.runs = track != NULL && engine->entry_of == track;
  facts.digest = digest;
  return trk_notice_compose (TRK_NOTICE_GAP, "gap", &facts);
}

/* Is somebody back, and is there something to be asked? Once for each absence; one that nobody is
 * asked about is over all the same, and the next one is another. */
static gboolean
takes_question (TrkEngine *engine)
{
  if (engine->told || engine->asked->len == 0 || engine->gap != NULL || engine->absent
      || engine->presence == TRK_PRESENCE_AWAY)
    return FALSE;
  engine->told = TRUE;
  return engine->question && trk_engine_has_question (engine);
}

/* -- What passed ------------------------------------------------------------------------------- */

/* @asked: what the question in the same notice is about (nullable): it says whether that runs. */
static TrkNotice *
compose_digest (TrkEngine *engine, const char *missed, TrkInstant first, const TrkTrack *asked)
{
  TrkTrack *current = trk_engine_current (engine, engine->called);
  TrkNoticeFacts facts = facts_of (engine, current, engine->called);

  facts.missed = missed;
  facts.cut = cut_by_hand (engine);
  facts.runs = current != NULL && current != asked && current->block->kind != TRK_KIND_OFF;
  facts.off = engine->gone_from != 0 && engine->gone_off;
  facts.gone = (TrkPeriod){ engine->gone_from != 0 ? engine->gone_from : first, engine->called };
  return trk_notice_compose (TRK_NOTICE_DIGEST, "digest", &facts);
}

/* The block of work that began too long ago in this call; with a digest it is told there. */
static void
tell_late (TrkEngine *engine, TrkTrack *late, gboolean in_digest)
{
  gboolean told = trk_engine_policy (engine, late)->notify_start;

  if (in_digest || trk_track_is_over (late))
    trk_engine_withhold (engine, late, TRK_NOTICE_START, engine->called, TRK_REASON_LATE);
  else if (told)
    trk_engine_notify (engine, late, TRK_NOTICE_START, engine->called, TRK_REASON_LATE);
  else
    trk_engine_withhold (engine, late, TRK_NOTICE_START, engine->called, TRK_REASON_BLOCK_START);
}

void
trk_engine_tell_passed (TrkEngine *engine)
{
  TrkInstant first = 0;
  g_autofree char *missed = missed_titles (engine, &first);
  g_autoptr (TrkTrack) late = g_steal_pointer (&engine->late);
  gboolean asks = takes_question (engine);
  TrkNotice *digest = NULL;

  if (missed != NULL || cut_by_hand (engine) != NULL)
    digest = compose_digest (engine, missed, first, asks ? asked_track (engine) : NULL);
  if (late != NULL)
    tell_late (engine, late, digest != NULL);
  if (asks)
    trk_engine_post (engine, TRK_NOTICE_GAP, NULL, digest, engine->called, TRK_REASON_BACK);
  else if (digest != NULL)
    trk_engine_post (engine, TRK_NOTICE_DIGEST, NULL, digest, engine->called, TRK_REASON_LATE);
  trk_engine_offer_rest (engine);
  trk_engine_calm_flush (engine);
  engine->hand_cut = FALSE;
  g_ptr_array_set_size (engine->missed, 0);
  engine->gone_from = engine->presence == TRK_PRESENCE_AWAY ? engine->gone_from : 0;
}
