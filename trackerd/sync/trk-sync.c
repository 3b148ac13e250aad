/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sync.h"

#include "trk-calendar-url.h"
#include "trk-deadline.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-export.h"
#include "trk-fetch.h"
#include "trk-password.h"
#include "trk-subscription-state.h"
#include "trk-text.h"

typedef struct
{
  const TrkSyncRequest *request;
  GMainLoop *loop;       /* (owned) */
  TrkDeadline *deadline; /* of all that is fetched (owned) */
  guint running;
  guint failed;
} Sync;

/* One calendar on its way. */
typedef struct
{
  Sync *sync;
  const TrkCalendar *calendar;
  TrkSubscriptionState *state; /* (owned) */
  TrkSubscriptionCopy *copy;   /* (owned); holds the lock until the state is saved */
  TrkFetchResult *result;      /* (owned) */
  char *password;              /* (owned) (nullable) */
} Job;

static void
job_free (Job *job)
{
  trk_password_free (job->password);
  trk_fetch_result_free (job->result);
  trk_subscription_copy_free (job->copy);
  trk_subscription_state_free (job->state);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* -- What came of it --------------------------------------------------------------------------- */

static void
say (Job *job, const char *what)
{
  g_autofree char *name = trk_text_line (job->calendar->name, 100);
  g_autofree char *shown = trk_text_line (what, 0);

  fprintf (job->sync->request->out, "%s: %s\n", name, shown);
  fflush (job->sync->request->out);
}

static void
save (Job *job)
{
  g_autoptr (GError) error = NULL;

  if (!trk_subscription_state_save (job->state, job->calendar->path, &error))
    say (job, error->message);
}

static void
tell_failure (Job *job, const GError *error)
{
  TrkInstant now = trk_clock_now (job->sync->request->clock);
  g_autofree char *age = trk_duration_format (MAX (0, now - job->state->fetched));
  g_autofree char *line =
      job->state->fetched != 0
          ? g_strdup_printf ("%s; the copy of %s ago stays", error->message, age)
          : g_strdup_printf ("%s; there is no copy yet", error->message);

  say (job, line);
  job->sync->failed++;
}

static void
fail (Job *job, const GError *error)
{
  TrkInstant now = trk_clock_now (job->sync->request->clock);

  tell_failure (job, error);
  if (job->result->offline) /* a night without network is no reason to wait for hours */
    job->state->failures = 0;
  trk_subscription_state_fail (job->state, now, trk_calendar_url_every (job->calendar),
                               job->result->retry_after, error->message);
  save (job);
}

static void
succeed (Job *job, gboolean changed)
{
  TrkInstant now = trk_clock_now (job->sync->request->clock);

  trk_subscription_state_succeed (job->state, now, trk_calendar_url_every (job->calendar), changed);
  save (job);
  if (!changed)
    say (job, "unchanged");
  else if (trk_subscription_copy_has_events (job->copy))
    say (job, "new copy");
  else /* a server may empty it by mistake */
    say (job, "new copy; it holds no events");
}

/* The validators of a 304 replace ours only where it sends them (RFC 9110 15.4.5). */
static void
take_validators (Job *job)
{
  g_free (job->state->from);
  job->state->from = g_steal_pointer (&job->result->from);
  if (!job->result->unchanged || job->result->etag != NULL)
    {
      g_free (job->state->etag);
      job->state->etag = g_steal_pointer (&job->result->etag);
    }
  if (!job->result->unchanged || job->result->last_modified != NULL)
    {
      g_free (job->state->last_modified);
      job->state->last_modified = g_steal_pointer (&job->result->last_modified);
    }
}

static gboolean
take_copy (Job *job, gboolean *changed, GError **error)
{
  gboolean fits = trk_subscription_state_fits (job->state, job->calendar->path);
  char *hash = NULL;

  if (!trk_subscription_copy_commit (job->copy, fits ? job->state->hash : NULL, changed, &hash,
                                     error))
    return FALSE;
  g_free (job->state->hash);
  job->state->hash = hash;
  trk_subscription_state_stamp (job->state, job->calendar->path);
  return TRUE;
}

static void
finish (Job *finished, GError *failure)
{
  g_autoptr (Job) job = finished;
  g_autoptr (GError) error = failure;
  gboolean changed = FALSE;

  if (error == NULL && !job->result->unchanged)
    take_copy (job, &changed, &error);
  if (error == NULL)
    {
      take_validators (job);
      succeed (job, changed);
    }
  else
    fail (job, error);
  if (--job->sync->running == 0)
    g_main_loop_quit (job->sync->loop);
}

/* -- Asking ------------------------------------------------------------------------------------ */

static void
on_fetched (GObject *source, GAsyncResult *async, gpointer data)
{
  GError *error = NULL;

  trk_fetch_finish (async, &error);
  finish (data, error);
}

static void
on_exported (GObject *source, GAsyncResult *async, gpointer data)
{
  GError *error = NULL;

  trk_export_finish (async, &error);
  finish (data, error);
}

static void
fetch (Job *job)
{
  gboolean known = trk_subscription_state_fits (job->state, job->calendar->path);
  TrkFetchRequest request = { .url = job->calendar->url,
                              .from = job->state->from,
                              .etag = known ? job->state->etag : NULL,
                              .last_modified = known ? job->state->last_modified : NULL,
                              .user = job->calendar->user,
                              .password = job->password,
                              .ca_file = job->calendar->ca_file,
                              .patience = job->sync->request->patience,
                              .deadline = trk_deadline_cancellable (job->sync->deadline),
                              .copy = job->copy };

  trk_fetch_start (&request, job->result, on_fetched, job);
}

static gboolean
find_password (Job *job, GError **error)
{
  const TrkSyncRequest *request = job->sync->request;

  if (job->calendar->user == NULL || trk_calendar_url_origin (job->calendar->url) != TRK_ORIGIN_WEB)
    return TRUE;
  job->password = request->password != NULL
                      ? g_strdup (request->password)
                      : trk_password_find (job->calendar, request->by_hand, error);
  return job->password != NULL;
}

static gboolean
is_due (Sync *sync, const TrkCalendar *calendar)
{
  g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (calendar->path);

  return sync->request->by_hand
         || trk_subscription_state_due (state, trk_clock_now (sync->request->clock),
                                        trk_calendar_url_every (calendar));
}

static void
start (Job *job)
{
  if (trk_calendar_url_origin (job->calendar->url) == TRK_ORIGIN_WEB)
    fetch (job);
  else
    trk_export_start (job->calendar, job->copy, job->sync->request->patience, on_exported, job);
}

/* With all that it needs before it starts: a secret store may ask its user, for minutes. NULL: not
 * due, or it failed already. */
static Job *
prepare (Sync *sync, const TrkCalendar *calendar)
{
  g_autoptr (Job) job = g_new0 (Job, 1);
  g_autoptr (GError) error = NULL;

  job->sync = sync;
  job->calendar = calendar;
  job->result = g_new0 (TrkFetchResult, 1);
  if (!is_due (sync, calendar))
    return NULL;
  job->copy = trk_subscription_copy_new (calendar->path, &error);
  job->state = trk_subscription_state_load (calendar->path); /* under the lock */
  if (job->copy == NULL)
    {
      tell_failure (job, error); /* the state is the other run's to write */
      return NULL;
    }
  sync->running++;
  if (find_password (job, &error))
    return g_steal_pointer (&job);
  finish (g_steal_pointer (&job), g_steal_pointer (&error));
  return NULL;
}

guint
trk_sync_run (const TrkSyncRequest *request)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  Sync sync = { .request = request, .loop = loop };

  for (guint i = 0; i < request->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (request->calendars, i);

      Job *job = calendar->url != NULL ? prepare (&sync, calendar) : NULL;

      if (job != NULL)
        g_ptr_array_add (jobs, job);
    }
  sync.deadline = trk_deadline_new (request->patience);
  for (guint i = 0; i < jobs->len; i++)
    start (g_ptr_array_index (jobs, i));
  if (sync.running > 0)
    g_main_loop_run (loop);
  trk_deadline_free (sync.deadline);
  return sync.failed;
}
