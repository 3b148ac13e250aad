/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

#include <string.h>

/* What the user's programs are told. It is never a step of its own: what is on by the facts is
 * compared with what was told, so that each beginning has its end after every command, new plan,
 * sleep and restart. What was told is in the log, by these names. */

#define FOCUS "focus"
#define BREAK "break"
#define AWAY "away"
#define BLOCK "block " /* and its identifier */
#define DAY "day "     /* and its number */

static gboolean
is_told (const TrkEngine *engine, const char *what)
{
  return g_ptr_array_find_with_equal_func (engine->told_hooks, what, g_str_equal, NULL);
}

/* A new day takes the place of the one before. */
static void
note (TrkEngine *engine, TrkHook hook, const char *what)
{
  guint index;

  for (guint i = engine->told_hooks->len; hook == TRK_HOOK_DAY_END && i > 0; i--)
    if (g_str_has_prefix (engine->told_hooks->pdata[i - 1], DAY))
      g_ptr_array_remove_index (engine->told_hooks, i - 1);
  if (trk_hook_begins (hook))
    g_ptr_array_add (engine->told_hooks, g_strdup (what));
  else if (g_ptr_array_find_with_equal_func (engine->told_hooks, what, g_str_equal, &index))
    g_ptr_array_remove_index (engine->told_hooks, index);
}

static TrkEffect *
tell (TrkEngine *engine,
      TrkHook hook,
      const char *what,
      TrkInstant at,
      TrkReason why,
      const TrkTrack *track)
{
  TrkEffect *effect = trk_engine_emit (engine, TRK_EFFECT_HOOK, at, why, track);

  effect->hook = hook;
  effect->key = g_strdup (what);
  note (engine, hook, what);
  return effect;
}

/* -- Blocks ------------------------------------------------------------------------------------ */

static gboolean
is_on (const TrkTrack *track)
{
  return track != NULL && trk_track_began (track) && !trk_track_is_over (track);
}

/* Without a copy of its name: this is asked of every block at every change. */
gboolean
trk_engine_told_block (const TrkEngine *engine, const char *id)
{
  for (guint i = 0; i < engine->told_hooks->len; i++)
    {
      const char *what = engine->told_hooks->pdata[i];

      if (g_str_has_prefix (what, BLOCK) && g_str_equal (what + strlen (BLOCK), id))
        return TRUE;
    }
  return FALSE;
}

/* What passed before anybody could be told of it is not told of afterwards. */
void
trk_engine_tell_block_starts (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    {
      const TrkTrack *track = engine->tracks->pdata[i];
      g_autofree char *what = NULL;

      if (!is_on (track) || track->span.end <= engine->called
          || trk_engine_told_block (engine, track->block->id))
        continue;
      what = g_strconcat (BLOCK, track->block->id, NULL);
      tell (engine, TRK_HOOK_BLOCK_START, what, at, why, track);
    }
}

/* A block that is not in any plan of ours is over, too: it left the calendar while the daemon was
 * not there. */
static void
tell_block_ends (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  for (guint i = engine->told_hooks->len; i > 0; i--)
    {
      g_autofree char *what = NULL;
      const TrkTrack *track;
      const char *id;

      if (!g_str_has_prefix (engine->told_hooks->pdata[i - 1], BLOCK))
        continue;
      what = g_strdup (engine->told_hooks->pdata[i - 1]); /* which is forgotten by telling it */
      id = what + strlen (BLOCK);
      track = trk_engine_find (engine, id);
      if (is_on (track))
        continue;
      tell (engine, TRK_HOOK_BLOCK_END, what, at, why, track);
      if (track == NULL)
        ((TrkEffect *) engine->effects->pdata[engine->effects->len - 1])->block_id = g_strdup (id);
    }
}

/* -- Focus, breaks, presence ------------------------------------------------------------------- */

static void
tell_focus (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  gboolean focus = engine->entry != NULL && engine->entry->kind == TRK_KIND_FOCUS;
  const TrkTrack *track = engine->entry_of != NULL ? engine->entry_of : engine->closed_of;
  const TrkEntry *entry = focus ? engine->entry : engine->closed;
  TrkEffect *effect;

  if (focus == is_told (engine, FOCUS) || engine->brief)
    return;
  effect = tell (engine, focus ? TRK_HOOK_FOCUS_START : TRK_HOOK_FOCUS_END, FOCUS, at, why, track);
  effect->entry = entry != NULL ? trk_entry_copy (entry) : NULL;
}

/* Whether it is taken is another question: its time has come, and nothing else holds it. */
static const TrkTrack *
break_on (const TrkEngine *engine, TrkInstant at)
{
  const TrkTrack *track = trk_engine_holder (engine, at);

  if (track == NULL || track->block->kind != TRK_KIND_BREAK || trk_track_rests (track)
      || (engine->absent && engine->absent_why == TRK_REASON_SHUTDOWN))
    return NULL;
  return track;
}

static void
tell_break (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  const TrkTrack *track = break_on (engine, at);
  gboolean told = is_told (engine, BREAK);

  if (engine->brief)
    return;
  if (track != NULL && !told && track->span.end > engine->called)
    tell (engine, TRK_HOOK_BREAK_START, BREAK, at, why, track);
  else if (track == NULL && told)
    tell (engine, TRK_HOOK_BREAK_END, BREAK, at, why, NULL);
}

/* In front of a machine that sleeps nobody sits. */
static void
tell_presence (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  gboolean asleep = engine->absent && engine->absent_why == TRK_REASON_SLEEP;
  gboolean away = asleep || engine->presence == TRK_PRESENCE_AWAY;

  if (away && !is_told (engine, AWAY))
    tell (engine, TRK_HOOK_AWAY, AWAY, at, asleep ? TRK_REASON_SLEEP : engine->presence_why, NULL);
  else if (!away && is_told (engine, AWAY))
    tell (engine, TRK_HOOK_BACK, AWAY, at, why, NULL);
}

/* A daemon that is restarted ends neither focus nor a break for programs: if one ended meanwhile,
 * they are told when it is there again. */
void
trk_engine_tell_hooks (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  tell_focus (engine, at, why);
  tell_break (engine, at, why);
  tell_block_ends (engine, at, why);
  tell_presence (engine, at, why);
}

void
trk_engine_tell_day_end (TrkEngine *engine, const TrkTrack *track, TrkInstant at, TrkReason why)
{
  TrkDay day = trk_almanac_day (&engine->almanac, track->span.start);
  g_autofree char *what = g_strdup_printf (DAY "%" G_GINT64_FORMAT, (gint64) day);

  if (!is_told (engine, what))
    tell (engine, TRK_HOOK_DAY_END, what, at, why, track);
}

/* -- Memory ------------------------------------------------------------------------------------ */

void
trk_engine_remember_hooks (TrkEngine *engine, const GPtrArray *told)
{
  g_ptr_array_set_size (engine->told_hooks, 0);
  for (guint i = 0; told != NULL && i < told->len; i++)
    g_ptr_array_add (engine->told_hooks, g_strdup (told->pdata[i]));
}
