/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-stage.h"

EngineStage *
engine_stage_new (void)
{
  EngineStage *stage = g_new0 (EngineStage, 1);

  stage->log = engine_log_new ();
  stage->zone = trk_zone_new_utc ();
  stage->almanac = (TrkAlmanac){ stage->zone, TRK_DEFAULT_START_OF_DAY, 1 };
  trk_policies_init (&stage->policies);
  stage->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  stage->squeezed = trk_squeezes_new ();
  stage->effects = g_string_new (NULL);
  return stage;
}

void
engine_stage_free (EngineStage *stage)
{
  trk_engine_free (stage->engine);
  engine_log_free (stage->log);
  g_ptr_array_unref (stage->blocks);
  g_array_unref (stage->squeezed);
  g_string_free (stage->effects, TRUE);
  g_free (stage->error);
  trk_zone_unref (stage->zone);
  g_free (stage);
}

/* -- The next plan ----------------------------------------------------------------------------- */

TrkBlock *
engine_stage_block (const EngineStage *stage, const char *title)
{
  for (guint i = 0; i < stage->blocks->len; i++)
    if (g_str_equal (((TrkBlock *) stage->blocks->pdata[i])->title, title))
      return stage->blocks->pdata[i];
  g_error ("the script has no block '%s'", title);
}

void
engine_stage_remove (EngineStage *stage, const char *title)
{
  for (guint i = 0; i < stage->blocks->len; i++)
    if (g_str_equal (((TrkBlock *) stage->blocks->pdata[i])->title, title))
      g_ptr_array_remove_index (stage->blocks, i--);
}

void
engine_stage_put (EngineStage *stage, TrkBlock *block)
{
  engine_stage_remove (stage, block->title);
  engine_log_moved (stage->log, block->title);
  g_ptr_array_add (stage->blocks, block);
}

void
engine_stage_cut (EngineStage *stage, const char *title, TrkPeriod period)
{
  engine_stage_put (stage, trk_block_with_period (engine_stage_block (stage, title), period));
}

void
engine_stage_rename (EngineStage *stage, const char *title, const char *now)
{
  const TrkBlock *before = engine_stage_block (stage, title);
  TrkBlock *block = trk_block_new ();

  block->kind = before->kind;
  block->id = g_strdup (before->id);
  block->calendar = g_strdup (before->calendar);
  block->title = g_strdup (now);
  block->kind_why = g_strdup (before->kind_why);
  block->period = before->period;
  block->planned = before->planned;
  engine_stage_remove (stage, title);
  g_ptr_array_add (stage->blocks, block);
}

static TrkPlan *
make_plan (EngineStage *stage)
{
  TrkPlan *plan =
      trk_plan_new_for_blocks (stage->blocks, (TrkPeriod){ ENGINE_DAY_START - 24 * TRK_HOUR,
                                                           ENGINE_DAY_START + 72 * TRK_HOUR });

  for (guint i = 0; i < stage->squeezed->len; i++)
    trk_squeezes_add (plan->squeezed, g_array_index (stage->squeezed, TrkSqueeze, i));
  return plan;
}

/* With nothing to remember; a restart has its own. */
static void
need_engine (EngineStage *stage)
{
  if (stage->engine == NULL)
    stage->engine = trk_engine_new (&stage->policies, &stage->almanac, NULL);
}

void
engine_stage_plan (EngineStage *stage, TrkInstant now)
{
  g_autoptr (TrkPlan) plan = make_plan (stage);

  need_engine (stage);
  engine_log_plan (stage->log, plan);
  engine_stage_take (stage, trk_engine_set_plan (stage->engine, plan, now), now);
}

/* -- What happens ------------------------------------------------------------------------------ */

static char *
show_time (TrkInstant at)
{
  gint64 seconds = (at - ENGINE_DAY_START) / TRK_SECOND;
  int rest = (int) (seconds % 60);

  return rest != 0
             ? g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                                rest)
             : g_strdup_printf ("%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60));
}

static gboolean
is_shown (const EngineStage *stage, const TrkEffect *effect)
{
  if (stage->notices)
    return effect->type == TRK_EFFECT_WITHHOLD || effect->type == TRK_EFFECT_NOTIFY;
  if (effect->type == TRK_EFFECT_WITHHOLD || effect->type == TRK_EFFECT_ABSENCE)
    return FALSE;
  return !stage->brief
         || (effect->type != TRK_EFFECT_HOOK
             && (effect->type != TRK_EFFECT_BLOCK_STATE
                 || effect->state->outcome != TRK_OUTCOME_NONE));
}

void
engine_stage_take (EngineStage *stage, GPtrArray *effects, TrkInstant now)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = effects->pdata[i];
      g_autofree char *line = trk_effect_to_line (effect);
      g_autofree char *at = show_time (effect->at);
      const char *rule = stage->rules && effect->type == TRK_EFFECT_WITHHOLD ? effect->rule : NULL;

      if (is_shown (stage, effect))
        g_string_append_printf (stage->effects, "%s %s%s%s\n", at, line, rule != NULL ? ": " : "",
                                rule != NULL ? rule : "");
    }
  engine_log_apply (stage->log, effects, &stage->policies, now);
  g_ptr_array_unref (effects);
}

void
engine_stage_run (EngineStage *stage, TrkInstant now)
{
  TrkInstant due;

  while ((due = trk_engine_next_deadline (stage->engine)) <= now)
    engine_stage_take (stage, trk_engine_step (stage->engine, due), due);
  engine_stage_take (stage, trk_engine_step (stage->engine, now), now);
}

/* They move the start or the end of a block, which is announced anew then. */
static gboolean
moves (TrkVerb verb)
{
  return verb == TRK_VERB_SNOOZE || verb == TRK_VERB_EXTEND || verb == TRK_VERB_POSTPONE;
}

void
engine_stage_act (EngineStage *stage, const TrkAction *action, TrkInstant now)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *effects = trk_engine_act (stage->engine, action, now, &error);

  if (effects == NULL)
    {
      stage->error = g_strdup (error->message);
      return;
    }
  if (moves (action->verb))
    for (guint i = 0; i < stage->blocks->len; i++)
      engine_log_moved (stage->log, ((TrkBlock *) stage->blocks->pdata[i])->id);
  engine_stage_take (stage, effects, now);
}

void
engine_stage_be (
    EngineStage *stage, TrkPresence presence, TrkInstant since, TrkReason why, TrkInstant now)
{
  stage->presence = presence;
  need_engine (stage);
  engine_stage_take (stage, trk_engine_presence (stage->engine, presence, since, why, now), now);
}

void
engine_stage_shut_down (EngineStage *stage, TrkInstant now)
{
  engine_stage_take (stage, trk_engine_shut_down (stage->engine, now), now);
  stage->log->stopped = TRUE;
}

void
engine_stage_restart (EngineStage *stage, TrkInstant mark, TrkInstant now)
{
  trk_engine_free (stage->engine);
  stage->engine = engine_log_restart (stage->log, &stage->policies, &stage->almanac, mark, NULL);
  stage->log->stopped = FALSE;
  engine_log_lose_desktop (stage->log);
  stage->log->focus = FALSE; /* lifted at the start */
  engine_stage_be (stage, stage->presence, now, TRK_REASON_BACK, now);
  engine_stage_plan (stage, now);
}

void
engine_stage_reload (EngineStage *stage, TrkInstant now)
{
  TrkEngine *before = stage->engine;

  stage->engine = engine_log_restart (stage->log, &stage->policies, &stage->almanac, now, before);
  trk_engine_free (before);
  engine_stage_plan (stage, now);
}

void
engine_stage_move_to (EngineStage *stage, const char *zone)
{
  trk_zone_unref (stage->zone);
  stage->zone = trk_zone_new (zone, NULL);
  g_assert_nonnull (stage->zone);
  stage->almanac.zone = stage->zone;
  trk_engine_set_almanac (stage->engine, &stage->almanac);
}

/* -- What others write into the log ------------------------------------------------------------ */

void
engine_stage_log (EngineStage *stage, TrkPeriod period, const char *title)
{
  TrkEntry *entry = trk_entry_new ();

  entry->period = period;
  entry->title = g_strdup (title);
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  g_ptr_array_add (stage->log->entries, entry);
}

void
engine_stage_open (EngineStage *stage, TrkInstant start, const char *title, TrkInstant until)
{
  TrkEntry *entry = trk_entry_new ();

  entry->period = (TrkPeriod){ start, TRK_NEVER };
  entry->title = g_strdup (title);
  entry->kind = TRK_KIND_FOCUS;
  entry->evidence = until == 0 ? TRK_EVIDENCE_OBSERVED : TRK_EVIDENCE_MANUAL;
  entry->start_reason = until == 0 ? TRK_REASON_BLOCK_START : TRK_REASON_BY_HAND;
  entry->block_id = until == 0 ? g_strdup (title) : NULL;
  entry->until = until;
  g_ptr_array_add (stage->log->entries, entry);
}

void
engine_stage_end_open (EngineStage *stage, TrkInstant until)
{
  for (guint i = 0; i < stage->log->entries->len; i++)
    {
      TrkEntry *entry = stage->log->entries->pdata[i];

      if (trk_entry_is_open (entry))
        entry->until = until;
    }
}

void
engine_stage_undo (EngineStage *stage, const char *title)
{
  TrkBlockState *state = g_hash_table_lookup (stage->log->states, title);
  TrkEntry *last = NULL;

  for (guint i = 0; i < stage->log->entries->len; i++)
    {
      TrkEntry *entry = stage->log->entries->pdata[i];

      if (g_strcmp0 (entry->block_id, title) == 0)
        last = entry;
    }
  g_assert_true (state != NULL && last != NULL);
  last->period.end = TRK_NEVER;
  last->end_reason = 0;
  trk_block_state_take_back (state);
  state->end = 0;
}

void
engine_stage_correct_kind (EngineStage *stage, const char *title, TrkKind kind)
{
  for (guint i = 0; i < stage->log->entries->len; i++)
    {
      TrkEntry *entry = stage->log->entries->pdata[i];

      if (!trk_entry_is_open (entry) && g_str_equal (entry->title, title))
        entry->kind = kind;
    }
}

void
engine_stage_forget_words (EngineStage *stage)
{
  GHashTableIter iter;
  gpointer state;

  g_hash_table_iter_init (&iter, stage->log->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    ((TrkBlockState *) state)->taken = FALSE;
}
