/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-record.h"

#include "trk-effect-store.h"
#include "trk-error.h"

struct _TrkRecord
{
  TrkActor actor;
  char *command;
  TrkInstant now;
  char *zone;
  TrkPlan *plan;
  GPtrArray *put;
  GPtrArray *effects;
  GPtrArray *forget;
  GPtrArray *answered;
  TrkInstant mark;
  guint64 first_ticket;
  char *key;       /* instead of all that: what became of this notice (owned) (nullable) */
  char *answer;    /* of that one, or of those that were answered (owned) (nullable) */
  TrkHookRun *run; /* or what a program did (owned) (nullable) */
};

static GPtrArray *
ref_or_null (GPtrArray *array)
{
  return array != NULL ? g_ptr_array_ref (array) : NULL;
}

TrkRecord *
trk_record_new (const TrkBatch *batch, guint64 first_ticket)
{
  TrkRecord *record = g_new0 (TrkRecord, 1);

  record->actor = batch->actor;
  record->command = g_strdup (batch->command);
  record->now = batch->now;
  record->zone = g_strdup (batch->zone);
  record->plan = batch->plan != NULL ? trk_plan_ref (batch->plan) : NULL;
  record->put = ref_or_null (batch->put);
  record->effects = ref_or_null (batch->effects);
  record->forget = ref_or_null (batch->forget);
  record->answered = ref_or_null (batch->answered);
  record->answer = g_strdup (batch->answer);
  record->mark = batch->mark;
  record->first_ticket = first_ticket;
  return record;
}

TrkRecord *
trk_record_new_answer (const char *key, TrkInstant at, const char *answer)
{
  TrkRecord *record = g_new0 (TrkRecord, 1);

  record->now = at;
  record->key = g_strdup (key);
  record->answer = g_strdup (answer);
  return record;
}

TrkRecord *
trk_record_new_hook_run (TrkHookRun *run)
{
  TrkRecord *record = g_new0 (TrkRecord, 1);

  record->run = run;
  return record;
}

void
trk_record_free (TrkRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->command);
  g_free (record->zone);
  g_free (record->key);
  g_free (record->answer);
  trk_hook_run_free (record->run);
  g_clear_pointer (&record->plan, trk_plan_unref);
  g_clear_pointer (&record->put, g_ptr_array_unref);
  g_clear_pointer (&record->effects, g_ptr_array_unref);
  g_clear_pointer (&record->forget, g_ptr_array_unref);
  g_clear_pointer (&record->answered, g_ptr_array_unref);
  g_free (record);
}

const char *
trk_record_name (const TrkRecord *record)
{
  if (record->run != NULL)
    return record->run->program;
  return record->key != NULL ? record->key : record->command;
}

/* -- Writing ----------------------------------------------------------------------------------- */

/* Trying again later can help: the disk, a lock. Else the log's rules said no, and always will. */
static gboolean
may_pass (const GError *error)
{
  return error->domain != TRK_ERROR || error->code == TRK_ERROR_STORAGE
         || error->code == TRK_ERROR_BUSY || error->code == TRK_ERROR_FAILED
         || error->code == TRK_ERROR_CORRUPT || error->code == TRK_ERROR_NEWER;
}

gboolean
trk_record_tolerate (gboolean worked, const char *what, GError **problem, GError **error)
{
  if (worked)
    return TRUE;
  if (may_pass (*problem))
    {
      g_propagate_error (error, g_steal_pointer (problem));
      return FALSE;
    }
  g_warning ("the log does not take this, it is left out: %s (%s)", what, (*problem)->message);
  g_clear_error (problem);
  return TRUE;
}

/* A state needs its block in the log; one of tomorrow, say, is not there yet. */
static gboolean
store_state (TrkStore *store, const TrkRecord *record, const TrkEffect *effect, GError **error)
{
  g_autoptr (GError) problem = NULL;
  TrkBlock *block;

  if (trk_store_set_block_state (store, effect->state, &problem))
    return TRUE;
  block = record->plan != NULL ? trk_plan_block (record->plan, effect->state->block_id) : NULL;
  if (block == NULL || !g_error_matches (problem, TRK_ERROR, TRK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return trk_store_put_block (store, block, error)
         && trk_store_set_block_state (store, effect->state, error);
}

static gboolean
store_effects (TrkStore *store, const TrkRecord *record, GHashTable *numbers, GError **error)
{
  guint64 ticket = record->first_ticket;

  for (guint i = 0; record->effects != NULL && i < record->effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (record->effects, i);
      g_autofree char *line = trk_effect_to_line (effect);
      g_autoptr (GError) problem = NULL;
      gint64 number = 0;
      gboolean worked = effect->type == TRK_EFFECT_BLOCK_STATE
                            ? store_state (store, record, effect, &problem)
                            : trk_effect_store (store, effect, record->zone, &number, &problem);

      if (!trk_record_tolerate (worked, line, &problem, error))
        return FALSE;
      if (number != 0)
        g_hash_table_insert (numbers, g_memdup2 (&ticket, sizeof ticket),
                             g_memdup2 (&number, sizeof number));
      if (effect->type == TRK_EFFECT_NOTIFY)
        ticket++;
    }
  return TRUE;
}

static gboolean
store_blocks (TrkStore *store, const TrkRecord *record, GError **error)
{
  for (guint i = 0; record->put != NULL && i < record->put->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (record->put, i);
      g_autoptr (GError) problem = NULL;
      gboolean worked = trk_store_put_block (store, block, &problem);

      if (!trk_record_tolerate (worked, block->id, &problem, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_blocks (TrkStore *store, const TrkRecord *record, GError **error)
{
  for (guint i = 0; record->forget != NULL && i < record->forget->len; i++)
    {
      const char *id = g_ptr_array_index (record->forget, i);
      g_autoptr (GError) problem = NULL;

      if (!trk_record_tolerate (trk_store_forget_block (store, id, &problem), id, &problem, error))
        return FALSE;
    }
  return TRUE;
}

/* Before the effects, whose notice of the same key would take the answer else. */
static gboolean
answer_notices (TrkStore *store, const TrkRecord *record, GError **error)
{
  for (guint i = 0; record->answered != NULL && i < record->answered->len; i++)
    if (!trk_store_answer_notice (store, g_ptr_array_index (record->answered, i), record->now,
                                  record->answer, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_batch (
    const TrkRecord *record, TrkStore *store, gint64 run, GHashTable *numbers, GError **error)
{
  if (!trk_store_begin (store, record->actor, record->command, record->now, error))
    return FALSE;
  if (answer_notices (store, record, error) && store_blocks (store, record, error)
      && store_effects (store, record, numbers, error) && forget_blocks (store, record, error)
      && (run == 0 || trk_store_touch_run (store, run, record->now, error))
      && (record->mark == 0 || trk_store_mark (store, record->mark, error))
      && trk_store_commit (store, error))
    return TRUE;
  trk_store_rollback (store);
  return FALSE;
}

gboolean
trk_record_write (
    const TrkRecord *record, TrkStore *store, gint64 run, GHashTable *numbers, GError **error)
{
  if (record->run != NULL)
    return trk_store_add_hook_run (store, record->run, error);
  if (record->key != NULL)
    return trk_store_answer_notice (store, record->key, record->now, record->answer, error);
  return write_batch (record, store, run, numbers, error);
}
