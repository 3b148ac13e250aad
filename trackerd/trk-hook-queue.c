/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-queue.h"

#define MOST_WAITING 32             /* events of one pair */
#define LAST_WORDS (3 * TRK_SECOND) /* that are waited for once everything was ended */

/* One event, and how far it is. */
typedef struct
{
  TrkHook hook;
  char *json;     /* (owned) */
  char *block_id; /* (owned) (nullable) */
  TrkDuration limit;
  GPtrArray *programs; /* of TrkHookProgram (owned) (nullable) before its turn */
  guint next;
} Job;

typedef struct
{
  TrkHookQueue *queue; /* borrowed */
  GQueue jobs;         /* of Job (owned): the first one is on */
  TrkHookCall *call;   /* what runs (owned) (nullable) */
} Lane;

struct _TrkHookQueue
{
  gboolean outside;
  gboolean closing; /* nothing new is started */
  const TrkHookQueueEvents *events;
  gpointer data;
  Lane lanes[TRK_N_HOOK_PAIRS];
};

static void go_on (Lane *lane);

static Job *
job_new (const TrkHookEvent *event, TrkDuration limit)
{
  Job *job = g_new0 (Job, 1);

  job->hook = event->hook;
  job->json = trk_hook_event_to_json (event);
  job->block_id = event->block != NULL ? g_strdup (event->block->id) : NULL;
  job->limit = limit;
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->json);
  g_free (job->block_id);
  g_clear_pointer (&job->programs, g_ptr_array_unref);
  g_free (job);
}

/* -- One after another ------------------------------------------------------------------------- */

static void
on_done (TrkHookCall *call, TrkHookRun *run, gpointer data)
{
  Lane *lane = data;

  lane->call = NULL;
  lane->queue->events->ran (run, lane->queue->data);
  go_on (lane);
}

/* Whoever asks what became of the event finds why @program was not run. */
static void
leave_out (TrkHookQueue *queue, const Job *job, const char *program, const char *why)
{
  TrkHookRun *run = g_new0 (TrkHookRun, 1);

  run->at = queue->events->now (queue->data);
  run->hook = g_strdup (trk_hook_to_string (job->hook));
  run->program = g_strdup (program);
  run->block_id = g_strdup (job->block_id);
  run->ended = TRK_HOOK_REFUSED;
  run->output = g_strdup (why);
  queue->events->ran (run, queue->data);
}

static void
start (Lane *lane, const Job *job, const TrkHookProgram *program)
{
  TrkHookQueue *queue = lane->queue;
  TrkHookOrder order = { .hook = job->hook,
                         .program = program,
                         .json = job->json,
                         .limit = job->limit,
                         .at = queue->events->now (queue->data),
                         .block_id = job->block_id,
                         .outside = queue->outside };

  lane->call = trk_hook_call_start (&order, on_done, lane);
}

static const char *
name_of_next (Job *job)
{
  return ((const TrkHookProgram *) job->programs->pdata[job->next++])->name;
}

/* What there is for an event is looked up when its turn comes: just before it is run. */
static void
go_on (Lane *lane)
{
  Job *job;

  while (lane->call == NULL && (job = g_queue_peek_head (&lane->jobs)) != NULL)
    {
      if (job->programs == NULL)
        job->programs = trk_hook_programs (job->hook);
      if (job->next == job->programs->len)
        job_free (g_queue_pop_head (&lane->jobs));
      else if (!lane->queue->closing)
        start (lane, job, job->programs->pdata[job->next++]);
      else
        leave_out (lane->queue, job, name_of_next (job), "trackerd ended before its turn came");
    }
}

/* -- All --------------------------------------------------------------------------------------- */

TrkHookQueue *
trk_hook_queue_new (gboolean outside, const TrkHookQueueEvents *events, gpointer data)
{
  TrkHookQueue *queue = g_new0 (TrkHookQueue, 1);

  queue->outside = outside;
  queue->events = events;
  queue->data = data;
  for (guint i = 0; i < TRK_N_HOOK_PAIRS; i++)
    {
      queue->lanes[i].queue = queue;
      g_queue_init (&queue->lanes[i].jobs);
    }
  return queue;
}

void
trk_hook_queue_free (TrkHookQueue *queue)
{
  if (queue == NULL)
    return;
  for (guint i = 0; i < TRK_N_HOOK_PAIRS; i++)
    {
      g_clear_pointer (&queue->lanes[i].call, trk_hook_call_leave);
      g_queue_clear_full (&queue->lanes[i].jobs, job_free);
    }
  g_free (queue);
}

void
trk_hook_queue_add (TrkHookQueue *queue, const TrkHookEvent *event, TrkDuration limit)
{
  Lane *lane = &queue->lanes[trk_hook_pair (event->hook)];
  Job *job = job_new (event, limit);

  if (lane->jobs.length >= MOST_WAITING)
    {
      leave_out (queue, job, "*", "too many events wait for programs that do not end");
      job_free (job);
      return;
    }
  g_queue_push_tail (&lane->jobs, job);
  go_on (lane);
}

gboolean
trk_hook_queue_is_idle (const TrkHookQueue *queue)
{
  for (guint i = 0; i < TRK_N_HOOK_PAIRS; i++)
    if (queue->lanes[i].jobs.length > 0)
      return FALSE;
  return TRUE;
}

static gboolean
on_patience (gpointer data)
{
  gboolean *over = data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (TrkHookQueue *queue, TrkDuration patience)
{
  gboolean over = FALSE;
  guint timer = g_timeout_add ((guint) (patience / 1000), on_patience, &over);

  while (!over && !trk_hook_queue_is_idle (queue))
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (timer);
}

void
trk_hook_queue_drain (TrkHookQueue *queue, TrkDuration patience)
{
  wait_for (queue, patience);
  queue->closing = TRUE;
  for (guint i = 0; i < TRK_N_HOOK_PAIRS; i++)
    if (queue->lanes[i].call != NULL)
      trk_hook_call_end (queue->lanes[i].call);
  wait_for (queue, LAST_WORDS);
}
