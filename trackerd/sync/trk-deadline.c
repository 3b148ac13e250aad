/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-deadline.h"

struct _TrkDeadline
{
  GCancellable *cancellable; /* (owned) */
  guint seconds;
  GAsyncQueue *end; /* something in it: nobody waits for the deadline any more (owned) */
  GThread *thread;
};

static gpointer
wait_for_it (gpointer data)
{
  TrkDeadline *deadline = data;

  if (g_async_queue_timeout_pop (deadline->end, (guint64) deadline->seconds * G_USEC_PER_SEC)
      == NULL)
    g_cancellable_cancel (deadline->cancellable);
  return NULL;
}

TrkDeadline *
trk_deadline_new (guint seconds)
{
  TrkDeadline *deadline = g_new0 (TrkDeadline, 1);

  deadline->cancellable = g_cancellable_new ();
  deadline->seconds = seconds;
  deadline->end = g_async_queue_new ();
  deadline->thread = g_thread_new ("deadline", wait_for_it, deadline);
  return deadline;
}

void
trk_deadline_free (TrkDeadline *deadline)
{
  if (deadline == NULL)
    return;
  g_async_queue_push (deadline->end, deadline);
  g_thread_join (deadline->thread);
  g_async_queue_unref (deadline->end);
  g_object_unref (deadline->cancellable);
  g_free (deadline);
}

GCancellable *
trk_deadline_cancellable (const TrkDeadline *deadline)
{
  return deadline->cancellable;
}
