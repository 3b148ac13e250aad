/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recorder.h"

#include "trk-effect-store.h"
#include "trk-error.h"

enum
{
  FIRST_RETRY = 2, /* seconds */
  LAST_RETRY = 60,
  PATIENCE = 100,       /* ms for a lock: the engine waits meanwhile */
  LAST_PATIENCE = 3000, /* ms at the end, where nobody waits and nothing comes after */
};

/* A batch that owns what it speaks of. */
typedef struct
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
} Entry;

/* What the notification server said of a notice. */
typedef struct
{
  guint64 ticket;
  TrkInstant shown;
  char *backend;
  gboolean quiet; /* do-not-disturb was wanted */
} Answer;

struct _TrkRecorder
{
  TrkStore *store;
  const TrkRecorderEvents *events;
  gpointer data;
  GQueue waiting;      /* of Entry (owned) */
  GQueue answers;      /* of Answer (owned): not in the log yet */
  TrkInstant mark;     /* the same; 0 none */
  GHashTable *numbers; /* ticket → number of the notice record, until it is confirmed */
  guint64 last_ticket;
  TrkInstant begun; /* the daemon's run, and the log does not know yet; 0 it does */
  gint64 run;       /* its number there; 0 none */
  TrkInstant ended; /* it is over, and the log does not know yet; 0 it goes on */
  guint retry;
  guint pause; /* seconds until the next one */
  gboolean failing;
};

static GPtrArray *
ref_or_null (GPtrArray *array)
{
  return array != NULL ? g_ptr_array_ref (array) : NULL;
}

static Entry *
entry_new (const TrkBatch *batch, guint64 first_ticket)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->actor = batch->actor;
  entry->command = g_strdup (batch->command);
  entry->now = batch->now;
  entry->zone = g_strdup (batch->zone);
  entry->plan = batch->plan != NULL ? trk_plan_ref (batch->plan) : NULL;
  entry->put = ref_or_null (batch->put);
  entry->effects = ref_or_null (batch->effects);
  entry->forget = ref_or_null (batch->forget);
  entry->answered = ref_or_null (batch->answered);
  entry->answer = g_strdup (batch->answer);
  entry->mark = batch->mark;
  entry->first_ticket = first_ticket;
  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->command);
  g_free (entry->zone);
  g_free (entry->key);
  g_free (entry->answer);
  trk_hook_run_free (entry->run);
  g_clear_pointer (&entry->plan, trk_plan_unref);
  g_clear_pointer (&entry->put, g_ptr_array_unref);
  g_clear_pointer (&entry->effects, g_ptr_array_unref);
  g_clear_pointer (&entry->forget, g_ptr_array_unref);
  g_clear_pointer (&entry->answered, g_ptr_array_unref);
  g_free (entry);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->backend);
  g_free (answer);
}

/* -- Writing one batch ------------------------------------------------------------------------- */

/* Trying again later can help: the disk, a lock. Else the log's rules said no, and always will. */
static gboolean
may_pass (const GError *error)
{
  return error->domain != TRK_ERROR || error->code == TRK_ERROR_STORAGE
         || error->code == TRK_ERROR_BUSY || error->code == TRK_ERROR_FAILED
         || error->code == TRK_ERROR_CORRUPT || error->code == TRK_ERROR_NEWER;
}

/* TRUE when the batch can go on: it worked, or this part of it never will. */
static gboolean
tolerate (gboolean worked, const char *what, GError **problem, GError **error)
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
store_state (TrkRecorder *recorder, const Entry *entry, const TrkEffect *effect, GError **error)
{
  g_autoptr (GError) problem = NULL;
  TrkBlock *block;

  if (trk_store_set_block_state (recorder->store, effect->state, &problem))
    return TRUE;
  block = entry->plan != NULL ? trk_plan_block (entry->plan, effect->state->block_id) : NULL;
  if (block == NULL || !g_error_matches (problem, TRK_ERROR, TRK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return trk_store_put_block (recorder->store, block, error)
         && trk_store_set_block_state (recorder->store, effect->state, error);
}

static gboolean
store_effects (TrkRecorder *recorder, const Entry *entry, GError **error)
{
  guint64 ticket = entry->first_ticket;

  for (guint i = 0; entry->effects != NULL && i < entry->effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (entry->effects, i);
      g_autofree char *line = trk_effect_to_line (effect);
      g_autoptr (GError) problem = NULL;
      gint64 number = 0;
      gboolean worked =
          effect->type == TRK_EFFECT_BLOCK_STATE
              ? store_state (recorder, entry, effect, &problem)
              : trk_effect_store (recorder->store, effect, entry->zone, &number, &problem);

      if (!tolerate (worked, line, &problem, error))
        return FALSE;
      if (number != 0)
        g_hash_table_insert (recorder->numbers, g_memdup2 (&ticket, sizeof ticket),
                             g_memdup2 (&number, sizeof number));
      if (effect->type == TRK_EFFECT_NOTIFY)
        ticket++;
    }
  return TRUE;
}

static gboolean
store_blocks (TrkRecorder *recorder, const Entry *entry, GError **error)
{
  for (guint i = 0; entry->put != NULL && i < entry->put->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (entry->put, i);
      g_autoptr (GError) problem = NULL;
      gboolean worked = trk_store_put_block (recorder->store, block, &problem);

      if (!tolerate (worked, block->id, &problem, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forget_blocks (TrkRecorder *recorder, const Entry *entry, GError **error)
{
  for (guint i = 0; entry->forget != NULL && i < entry->forget->len; i++)
    {
      const char *id = g_ptr_array_index (entry->forget, i);
      g_autoptr (GError) problem = NULL;

      if (!tolerate (trk_store_forget_block (recorder->store, id, &problem), id, &problem, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
touch_run (TrkRecorder *recorder, TrkInstant now, GError **error)
{
  return recorder->run == 0 || trk_store_touch_run (recorder->store, recorder->run, now, error);
}

/* Before the effects, whose notice of the same key would take the answer else. */
static gboolean
answer_notices (TrkRecorder *recorder, const Entry *entry, GError **error)
{
  for (guint i = 0; entry->answered != NULL && i < entry->answered->len; i++)
    if (!trk_store_answer_notice (recorder->store, g_ptr_array_index (entry->answered, i),
                                  entry->now, entry->answer, error))
      return FALSE;
  return TRUE;
}

static gboolean
mark (TrkRecorder *recorder, TrkInstant at, GError **error)
{
  return at == 0 || trk_store_mark (recorder->store, at, error);
}

static gboolean
store_entry (TrkRecorder *recorder, const Entry *entry, GError **error)
{
  if (entry->run != NULL)
    return trk_store_add_hook_run (recorder->store, entry->run, error);
  if (entry->key != NULL)
    return trk_store_answer_notice (recorder->store, entry->key, entry->now, entry->answer, error);
  if (!trk_store_begin (recorder->store, entry->actor, entry->command, entry->now, error))
    return FALSE;
  if (answer_notices (recorder, entry, error) && store_blocks (recorder, entry, error)
      && store_effects (recorder, entry, error) && forget_blocks (recorder, entry, error)
      && touch_run (recorder, entry->now, error) && mark (recorder, entry->mark, error)
      && trk_store_commit (recorder->store, error))
    return TRUE;
  trk_store_rollback (recorder->store);
  return FALSE;
}

/* An answer without a notice in the log is about one that the log refused. */
static gboolean
store_answer (TrkRecorder *recorder, const Answer *answer, GError **error)
{
  gint64 *number = g_hash_table_lookup (recorder->numbers, &answer->ticket);

  if (number == NULL)
    return TRUE;
  if (!trk_store_confirm_notice (recorder->store, *number, answer->shown, answer->backend,
                                 answer->quiet, error))
    return FALSE;
  if (answer->shown > 0)
    g_hash_table_remove (recorder->numbers, &answer->ticket);
  return TRUE;
}

/* -- The queue --------------------------------------------------------------------------------- */

static gboolean on_retry (gpointer data);

static void
fail (TrkRecorder *recorder, const GError *error)
{
  if (!recorder->failing)
    recorder->events->failed (error->message, recorder->data);
  recorder->failing = TRUE;
  if (recorder->retry == 0)
    recorder->retry = g_timeout_add_seconds (recorder->pause, on_retry, recorder);
}

static void
succeed (TrkRecorder *recorder)
{
  recorder->pause = FIRST_RETRY;
  g_clear_handle_id (&recorder->retry, g_source_remove);
  if (recorder->failing)
    recorder->events->recovered (recorder->data);
  recorder->failing = FALSE;
}

/* What it is about, for a warning. */
static const char *
name_of (const Entry *entry)
{
  if (entry->run != NULL)
    return entry->run->program;
  return entry->key != NULL ? entry->key : entry->command;
}

/* FALSE with @error when it has to be tried again. */
static gboolean
flush_batches (TrkRecorder *recorder, GError **error)
{
  Entry *entry;

  while ((entry = g_queue_peek_head (&recorder->waiting)) != NULL)
    {
      g_autoptr (GError) problem = NULL;
      gboolean worked = store_entry (recorder, entry, &problem);

      if (!tolerate (worked, name_of (entry), &problem, error))
        return FALSE;
      entry_free (g_queue_pop_head (&recorder->waiting));
    }
  return TRUE;
}

static gboolean
flush_answers (TrkRecorder *recorder, GError **error)
{
  Answer *answer;

  while ((answer = g_queue_peek_head (&recorder->answers)) != NULL)
    {
      g_autoptr (GError) problem = NULL;
      gboolean worked = store_answer (recorder, answer, &problem);

      if (!tolerate (worked, "an answer about a notice", &problem, error))
        return FALSE;
      answer_free (g_queue_pop_head (&recorder->answers));
    }
  return TRUE;
}

static gboolean
flush_mark (TrkRecorder *recorder, GError **error)
{
  if (!mark (recorder, recorder->mark, error))
    return FALSE;
  recorder->mark = 0;
  return TRUE;
}

static gboolean
flush_begin (TrkRecorder *recorder, GError **error)
{
  if (recorder->begun != 0
      && !trk_store_begin_run (recorder->store, recorder->begun, &recorder->run, error))
    return FALSE;
  recorder->begun = 0;
  return TRUE;
}

static gboolean
flush_end (TrkRecorder *recorder, GError **error)
{
  if (recorder->ended != 0 && recorder->run != 0
      && !trk_store_end_run (recorder->store, recorder->run, recorder->ended, error))
    return FALSE;
  recorder->ended = 0;
  return TRUE;
}

/* Answers speak of notices, and the mark of entries, that the batches bring; all are signs of life
 * of the run. */
static void
flush (TrkRecorder *recorder)
{
  g_autoptr (GError) error = NULL;

  if (flush_begin (recorder, &error) && flush_batches (recorder, &error)
      && flush_answers (recorder, &error) && flush_mark (recorder, &error)
      && flush_end (recorder, &error))
    succeed (recorder);
  else
    fail (recorder, error);
}

static gboolean
on_retry (gpointer data)
{
  TrkRecorder *recorder = data;

  recorder->retry = 0;
  recorder->pause = MIN (recorder->pause * 2, LAST_RETRY);
  flush (recorder);
  return G_SOURCE_REMOVE;
}

TrkRecorder *
trk_recorder_new (TrkStore *store, const TrkRecorderEvents *events, gpointer data)
{
  TrkRecorder *recorder = g_new0 (TrkRecorder, 1);

  recorder->store = store;
  recorder->events = events;
  recorder->data = data;
  recorder->pause = FIRST_RETRY;
  recorder->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_queue_init (&recorder->waiting);
  g_queue_init (&recorder->answers);
  trk_store_set_patience (store, PATIENCE);
  return recorder;
}

void
trk_recorder_free (TrkRecorder *recorder)
{
  guint left;

  if (recorder == NULL)
    return;
  trk_store_set_patience (recorder->store, LAST_PATIENCE);
  flush (recorder);
  left = recorder->waiting.length + recorder->answers.length;
  if (left > 0)
    recorder->events->lost (left, recorder->data);
  g_clear_handle_id (&recorder->retry, g_source_remove);
  g_queue_clear_full (&recorder->waiting, entry_free);
  g_queue_clear_full (&recorder->answers, answer_free);
  g_hash_table_unref (recorder->numbers);
  g_free (recorder);
}

static guint
count_notices (const GPtrArray *effects)
{
  guint n = 0;

  for (guint i = 0; effects != NULL && i < effects->len; i++)
    n += ((const TrkEffect *) g_ptr_array_index (effects, i))->type == TRK_EFFECT_NOTIFY;
  return n;
}

static gboolean
is_empty (const GPtrArray *array)
{
  return array == NULL || array->len == 0;
}

/* While the disk has its pause each attempt would only hold up the loop, and order is kept. */
static void
flush_unless_paused (TrkRecorder *recorder)
{
  if (recorder->retry == 0)
    flush (recorder);
}

guint64
trk_recorder_record (TrkRecorder *recorder, const TrkBatch *batch)
{
  guint64 first = recorder->last_ticket + 1;

  if (is_empty (batch->put) && is_empty (batch->effects) && is_empty (batch->forget))
    return first;
  recorder->last_ticket += count_notices (batch->effects);
  if (batch->mark != 0)
    recorder->mark = 0; /* an earlier one that still waits would come after it */
  g_queue_push_tail (&recorder->waiting, entry_new (batch, first));
  flush_unless_paused (recorder);
  return first;
}

void
trk_recorder_answer (TrkRecorder *recorder, const char *key, TrkInstant at, const char *answer)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->now = at;
  entry->key = g_strdup (key);
  entry->answer = g_strdup (answer);
  g_queue_push_tail (&recorder->waiting, entry);
  flush_unless_paused (recorder);
}

void
trk_recorder_add_hook_run (TrkRecorder *recorder, TrkHookRun *run)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->run = run;
  g_queue_push_tail (&recorder->waiting, entry);
  flush_unless_paused (recorder);
}

void
trk_recorder_begin (TrkRecorder *recorder, TrkInstant now)
{
  recorder->begun = now;
  flush_unless_paused (recorder);
}

void
trk_recorder_end (TrkRecorder *recorder, TrkInstant now)
{
  recorder->ended = now;
  flush_unless_paused (recorder);
}

guint64
trk_recorder_adopt (TrkRecorder *recorder, gint64 number)
{
  guint64 ticket = ++recorder->last_ticket;

  g_hash_table_insert (recorder->numbers, g_memdup2 (&ticket, sizeof ticket),
                       g_memdup2 (&number, sizeof number));
  return ticket;
}

void
trk_recorder_confirm (
    TrkRecorder *recorder, guint64 ticket, TrkInstant shown, const char *backend, gboolean quiet)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->ticket = ticket;
  answer->shown = shown;
  answer->backend = g_strdup (backend);
  answer->quiet = quiet;
  g_queue_push_tail (&recorder->answers, answer);
  flush_unless_paused (recorder);
}

void
trk_recorder_mark (TrkRecorder *recorder, TrkInstant now)
{
  recorder->mark = now;
  flush_unless_paused (recorder);
}

gboolean
trk_recorder_is_behind (const TrkRecorder *recorder)
{
  return recorder->waiting.length > 0;
}
