/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recorder.h"

enum
{
  FIRST_RETRY = 2, /* seconds */
  LAST_RETRY = 60,
  PATIENCE = 100,       /* ms for a lock: the engine waits meanwhile */
  LAST_PATIENCE = 3000, /* ms at the end, where nobody waits and nothing comes after */
};

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
  GQueue waiting;      /* of TrkRecord (owned) */
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

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->backend);
  g_free (answer);
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

/* FALSE with @error when it has to be tried again. */
static gboolean
flush_records (TrkRecorder *recorder, GError **error)
{
  TrkRecord *record;

  while ((record = g_queue_peek_head (&recorder->waiting)) != NULL)
    {
      g_autoptr (GError) problem = NULL;
      gboolean worked =
          trk_record_write (record, recorder->store, recorder->run, recorder->numbers, &problem);

      if (!trk_record_tolerate (worked, trk_record_name (record), &problem, error))
        return FALSE;
      trk_record_free (g_queue_pop_head (&recorder->waiting));
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

      if (!trk_record_tolerate (worked, "an answer about a notice", &problem, error))
        return FALSE;
      answer_free (g_queue_pop_head (&recorder->answers));
    }
  return TRUE;
}

static gboolean
flush_mark (TrkRecorder *recorder, GError **error)
{
  if (recorder->mark != 0 && !trk_store_mark (recorder->store, recorder->mark, error))
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

  if (flush_begin (recorder, &error) && flush_records (recorder, &error)
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
  g_queue_clear_full (&recorder->waiting, (GDestroyNotify) trk_record_free);
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

static void
push (TrkRecorder *recorder, TrkRecord *record)
{
  g_queue_push_tail (&recorder->waiting, record);
  flush_unless_paused (recorder);
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
  push (recorder, trk_record_new (batch, first));
  return first;
}

void
trk_recorder_answer (TrkRecorder *recorder, const char *key, TrkInstant at, const char *answer)
{
  push (recorder, trk_record_new_answer (key, at, answer));
}

void
trk_recorder_add_hook_run (TrkRecorder *recorder, TrkHookRun *run)
{
  push (recorder, trk_record_new_hook_run (run));
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
