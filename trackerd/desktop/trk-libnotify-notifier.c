/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-libnotify-notifier.h"

#include "trk-notification-server.h"

enum
{
  ANSWER_WITHIN = 5, /* seconds */
  END_WITHIN = 500,  /* ms */
};

/* What the thread has. Shared by both threads, freed by the last one; only @owner is touched by the
 * notifier's own thread alone, and cleared there when the notifier goes. */
typedef struct
{
  GMainContext *home;    /* the notifier's context: events go there */
  GMainContext *context; /* the thread's */
  GMainLoop *loop;
  char *screen_file;             /* (owned) (nullable) */
  TrkNotificationServer *server; /* the thread's alone */
  TrkLibnotifyNotifier *owner;   /* (nullable) */
  GAsyncQueue *ended;            /* gets one item when the thread is about to end */
} Worker;

typedef struct
{
  TrkNotice *notice; /* (owned) (nullable): withdraw */
  char *key;         /* (owned) */
  guint64 ticket;
  char *backend; /* the answer (owned) (nullable) */
} Job;

struct _TrkLibnotifyNotifier
{
  GObject parent;

  Worker *worker; /* an atomic reference */
  GThread *thread;
  GQueue waiting;  /* of Job (owned) */
  gboolean busy;   /* the thread has a job */
  guint64 current; /* its ticket; 0: a withdrawal */
  guint watchdog;
  gboolean hangs; /* the job's time is over */
};

static void notifier_interface_init (TrkNotifierInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkLibnotifyNotifier,
                               trk_libnotify_notifier,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_NOTIFIER, notifier_interface_init))

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job == NULL)
    return;
  trk_notice_free (job->notice);
  g_free (job->key);
  g_free (job->backend);
  g_free (job);
}

static void
worker_clear (gpointer data)
{
  Worker *worker = data;

  g_async_queue_unref (worker->ended);
  g_free (worker->screen_file);
  g_main_context_unref (worker->home);
  g_main_loop_unref (worker->loop);
  g_main_context_unref (worker->context);
}

static void
worker_unref (Worker *worker)
{
  g_atomic_rc_box_release_full (worker, worker_clear);
}

/* -- From the thread to the notifier ----------------------------------------------------------- */

typedef enum
{
  EVENT_PRESSED,
  EVENT_DISMISSED,
  EVENT_LOST,
  EVENT_FOUND,
} EventType;

typedef struct
{
  Worker *worker; /* a reference */
  EventType type;
  char *text; /* key or backend (owned) (nullable) */
  TrkButton button;
} Event;

static void
event_free (gpointer data)
{
  Event *event = data;

  worker_unref (event->worker);
  g_free (event->text);
  g_free (event);
}

static gboolean
deliver (gpointer data)
{
  Event *event = data;
  g_autoptr (TrkNotifier) notifier = NULL;

  if (event->worker->owner == NULL)
    return G_SOURCE_REMOVE;
  notifier = TRK_NOTIFIER (g_object_ref (event->worker->owner));
  switch (event->type)
    {
    case EVENT_PRESSED:
      trk_notifier_emit_pressed (notifier, event->text, event->button);
      break;
    case EVENT_DISMISSED:
      trk_notifier_emit_dismissed (notifier, event->text);
      break;
    case EVENT_LOST:
      trk_notifier_emit_lost (notifier);
      break;
    case EVENT_FOUND:
      trk_notifier_emit_found (notifier, event->text);
      break;
    }
  return G_SOURCE_REMOVE;
}

static void
invoke (GMainContext *context, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, context);
}

static void
send_event (Worker *worker, EventType type, const char *text, TrkButton button)
{
  Event *event = g_new0 (Event, 1);

  event->worker = g_atomic_rc_box_acquire (worker);
  event->type = type;
  event->text = g_strdup (text);
  event->button = button;
  invoke (worker->home, deliver, event, event_free);
}

static void
on_pressed (const char *key, TrkButton button, gpointer data)
{
  send_event (data, EVENT_PRESSED, key, button);
}

static void
on_dismissed (const char *key, gpointer data)
{
  send_event (data, EVENT_DISMISSED, key, 0);
}

static void
on_lost (gpointer data)
{
  send_event (data, EVENT_LOST, NULL, 0);
}

static void
on_found (const char *backend, gpointer data)
{
  send_event (data, EVENT_FOUND, backend, 0);
}

static gpointer
run_thread (gpointer data)
{
  static const TrkNotificationServerEvents events = { on_pressed, on_dismissed, on_lost, on_found };
  Worker *worker = data;

  g_main_context_push_thread_default (worker->context);
  worker->server = trk_notification_server_new (&events, worker, worker->screen_file);
  g_main_loop_run (worker->loop);
  g_clear_pointer (&worker->server, trk_notification_server_free);
  while (g_main_context_iteration (worker->context, FALSE))
    ; /* what GDBus puts off when a watch or a proxy goes */
  g_main_context_pop_thread_default (worker->context);
  g_async_queue_push (worker->ended, worker);
  worker_unref (worker);
  return NULL;
}

/* -- Jobs: one at a time ----------------------------------------------------------------------- */

typedef struct
{
  Worker *worker; /* a reference */
  Job *job;       /* (owned) */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  worker_unref (errand->worker);
  job_free (errand->job);
  g_free (errand);
}

static Errand *
errand_new (Worker *worker, Job *job)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->worker = g_atomic_rc_box_acquire (worker);
  errand->job = job;
  return errand;
}

static void next_job (TrkLibnotifyNotifier *self);

static gboolean
finish_job (gpointer data)
{
  Errand *errand = data;
  g_autoptr (TrkLibnotifyNotifier) self = errand->worker->owner;
  gboolean failed;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_object_ref (self);
  failed =
      errand->job->backend != NULL && g_str_has_prefix (errand->job->backend, TRK_NOTIFIER_FAILED);
  g_clear_handle_id (&self->watchdog, g_source_remove);
  self->busy = FALSE;
  if (errand->job->backend != NULL && !(self->hangs && failed))
    trk_notifier_emit_shown (TRK_NOTIFIER (self), errand->job->ticket, errand->job->backend);
  if (self->hangs && errand->job->backend != NULL && !failed)
    trk_notifier_emit_found (TRK_NOTIFIER (self), errand->job->backend);
  self->hangs = FALSE;
  next_job (self);
  return G_SOURCE_REMOVE;
}

static gboolean
do_job (gpointer data)
{
  Errand *errand = data;
  Worker *worker = errand->worker;
  Job *job = g_steal_pointer (&errand->job);

  if (job->notice != NULL)
    job->backend = trk_notification_server_show (worker->server, job->notice);
  else
    trk_notification_server_withdraw (worker->server, job->key);
  invoke (worker->home, finish_job, errand_new (worker, job), errand_free);
  return G_SOURCE_REMOVE;
}

/* The answer is overdue. Whoever waits behind it has waited as long and is told the same; the
 * daemon sends what is still due when the server is found again. */
static gboolean
on_overdue (gpointer data)
{
  g_autoptr (TrkLibnotifyNotifier) self = g_object_ref (data);
  GQueue waiting = self->waiting;
  const char *words = TRK_NOTIFIER_FAILED "the notification server does not answer";
  Job *job;

  self->watchdog = 0;
  self->hangs = TRUE;
  g_queue_init (&self->waiting);
  if (self->current != 0)
    trk_notifier_emit_shown (TRK_NOTIFIER (self), self->current, words);
  while ((job = g_queue_pop_head (&waiting)) != NULL)
    {
      if (job->notice != NULL)
        trk_notifier_emit_shown (TRK_NOTIFIER (self), job->ticket, words);
      job_free (job);
    }
  self->current = 0;
  return G_SOURCE_REMOVE;
}

static void
watch (TrkLibnotifyNotifier *self)
{
  if (self->watchdog == 0)
    self->watchdog = g_timeout_add_seconds (ANSWER_WITHIN, on_overdue, self);
}

static void
next_job (TrkLibnotifyNotifier *self)
{
  Job *job;

  if (self->busy || (job = g_queue_pop_head (&self->waiting)) == NULL)
    return;
  self->busy = TRUE;
  self->current = job->notice != NULL ? job->ticket : 0;
  watch (self);
  invoke (self->worker->context, do_job, errand_new (self->worker, job), errand_free);
}

/* Takes the waiting notice of @key out of the queue: it will never be sent. */
static void
drop_waiting (TrkLibnotifyNotifier *self, const char *key)
{
  for (GList *link = self->waiting.head, *next; link != NULL; link = next)
    {
      Job *job = link->data;

      next = link->next;
      if (!g_str_equal (job->key, key))
        continue;
      g_queue_delete_link (&self->waiting, link);
      if (job->notice != NULL)
        trk_notifier_emit_shown (TRK_NOTIFIER (self), job->ticket,
                                 TRK_NOTIFIER_FAILED "replaced before the server took it");
      job_free (job);
    }
}

static void
enqueue (TrkLibnotifyNotifier *self, const char *key, const TrkNotice *notice, guint64 ticket)
{
  Job *job = g_new0 (Job, 1);

  job->key = g_strdup (key);
  job->notice = notice != NULL ? trk_notice_copy (notice) : NULL;
  job->ticket = ticket;
  drop_waiting (self, key);
  g_queue_push_tail (&self->waiting, job);
  if (self->busy)
    watch (self);
  next_job (self);
}

static void
show (TrkNotifier *notifier, const TrkNotice *notice, guint64 ticket)
{
  enqueue (TRK_LIBNOTIFY_NOTIFIER (notifier), notice->key, notice, ticket);
}

static void
withdraw (TrkNotifier *notifier, const char *key)
{
  enqueue (TRK_LIBNOTIFY_NOTIFIER (notifier), key, NULL, 0);
}

static void
notifier_interface_init (TrkNotifierInterface *iface)
{
  iface->show = show;
  iface->withdraw = withdraw;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
trk_libnotify_notifier_finalize (GObject *object)
{
  TrkLibnotifyNotifier *self = TRK_LIBNOTIFY_NOTIFIER (object);

  self->worker->owner = NULL;
  g_clear_handle_id (&self->watchdog, g_source_remove);
  g_queue_clear_full (&self->waiting, job_free);
  invoke (self->worker->context, quit, self->worker->loop, NULL);
  if (g_async_queue_timeout_pop (self->worker->ended, END_WITHIN * 1000) != NULL)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  worker_unref (self->worker);
  G_OBJECT_CLASS (trk_libnotify_notifier_parent_class)->finalize (object);
}

static void
trk_libnotify_notifier_class_init (TrkLibnotifyNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trk_libnotify_notifier_finalize;
}

static void
trk_libnotify_notifier_init (TrkLibnotifyNotifier *self)
{
  Worker *worker = g_atomic_rc_box_new0 (Worker);

  worker->home = g_main_context_ref_thread_default ();
  worker->context = g_main_context_new ();
  worker->loop = g_main_loop_new (worker->context, FALSE);
  worker->owner = self;
  worker->ended = g_async_queue_new ();
  self->worker = worker;
  g_queue_init (&self->waiting);
}

TrkNotifier *
trk_libnotify_notifier_new (const char *screen_file)
{
  TrkLibnotifyNotifier *self = g_object_new (TRK_TYPE_LIBNOTIFY_NOTIFIER, NULL);

  self->worker->screen_file = g_strdup (screen_file);
  self->thread = g_thread_new ("notifier", run_thread, g_atomic_rc_box_acquire (self->worker));
  return TRK_NOTIFIER (self);
}
