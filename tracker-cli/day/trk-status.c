/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-status.h"

#include "trk-counted.h"

#include "trk-error.h"
#include "trk-json-print.h"
#include "trk-now.h"
#include "trk-places.h"
#include "trk-plan-view.h"
#include "trk-report.h"
#include "trk-stretches.h"
#include "trk-times.h"
#include "trk-unkept.h"

#include <string.h>

static void
load_daemon (TrkStatusView *view)
{
  g_autoptr (GError) error = NULL;

  view->daemon = trk_session_status (view->session, &error);
  if (view->daemon != NULL)
    return;
  view->why_not = g_strdup (error->message);
  view->keeper = trk_session_keeper (view->session);
}

/* The plan is one half of the answer; without it the other half is still wanted. What is wrong with
 * the configuration was told when the day was asked for. */
static void
load_records (TrkStatusView *view, TrkPeriod reach)
{
  g_autoptr (GError) error = NULL;

  view->records = trk_plan_records (view->session, reach, &error);
  view->plan_known = view->records != NULL;
  if (view->plan_known)
    return;
  view->records = g_ptr_array_new ();
  if (trk_session_config (view->session, NULL) != NULL)
    trk_session_warn (view->session, "%s", error->message);
}

static gboolean
load_log (TrkStatusView *view, TrkStore *store, TrkPeriod reach, GError **error)
{
  view->entries = store != NULL
                      ? trk_unkept_end (store, trk_store_entries (store, reach, error), error)
                      : g_ptr_array_new ();
  if (view->entries == NULL)
    return FALSE;
  view->gaps = store != NULL ? trk_store_gaps (store, reach, error) : g_ptr_array_new ();
  return view->gaps != NULL;
}

/* What was over before anybody kept time counts in no day, as in the reports. */
static gboolean
leave_out_uncounted (TrkStatusView *view, TrkStore *store, GError **error)
{
  TrkInstant trace = TRK_NEVER;
  g_autoptr (GPtrArray) uncounted = NULL;

  if (store != NULL && !trk_store_first_trace (store, &trace, error))
    return FALSE;
  view->kept_since = trace;
  uncounted = trk_take_uncounted (view->records, view->entries,
                                  MIN (trace, trk_session_now (view->session)));
  return TRUE;
}

static gboolean
load_task (TrkStatusView *view, TrkStore *store, GError **error)
{
  if (view->daemon == NULL || view->daemon->task == 0 || store == NULL)
    return TRUE;
  view->task = trk_store_task (store, view->daemon->task, NULL);
  if (view->task == NULL)
    return TRUE;
  if (view->task->parent != 0)
    view->parent = trk_store_task (store, view->task->parent, NULL);
  return trk_store_worked_on (store, view->task->number, trk_session_now (view->session),
                              &view->task_worked, error);
}

static void
make_figures (TrkStatusView *view)
{
  TrkConfig *config = trk_session_config (view->session, NULL);

  view->input = (TrkFigureInput){
    .period = view->day,
    .now = trk_session_now (view->session),
    .almanac = view->almanac,
    .focus_goal = config != NULL ? config->focus_goal : 0,
    .entries = view->entries,
    .gaps = view->gaps,
    .blocks = view->records,
    .kept_since = view->kept_since,
  };

  view->figures = trk_figures_new (&view->input);
}

gboolean
trk_status_view_load (TrkStatusView *view, TrkSession *session, GError **error)
{
  TrkStore *store;
  TrkPeriod reach;

  trk_session_ask_status (session);
  if (!trk_session_read_log (session, &store, error))
    return FALSE;
  view->session = session;
  view->almanac = trk_session_almanac (session);
  view->today = trk_almanac_day (&view->almanac, trk_session_now (session));
  view->day = trk_almanac_day_period (&view->almanac, view->today);
  reach = trk_figures_reach (view->day);
  if (!load_log (view, store, reach, error))
    return FALSE;
  load_daemon (view);
  if (!load_task (view, store, error))
    return FALSE;
  load_records (view, reach);
  if (!leave_out_uncounted (view, store, error))
    return FALSE;
  make_figures (view);
  return TRUE;
}

void
trk_status_view_clear (TrkStatusView *view)
{
  g_clear_pointer (&view->daemon, trk_daemon_status_free);
  g_clear_pointer (&view->why_not, g_free);
  g_clear_pointer (&view->records, g_ptr_array_unref);
  g_clear_pointer (&view->entries, g_ptr_array_unref);
  g_clear_pointer (&view->gaps, g_ptr_array_unref);
  g_clear_pointer (&view->task, trk_task_free);
  g_clear_pointer (&view->parent, trk_task_free);
  g_clear_pointer (&view->figures, trk_figures_free);
}

/* -- What is planned now, and next ------------------------------------------------------------- */

/* Where the blocks lie now, as the daemon has them: of TrkPlace. */
static GArray *
places_of (const TrkStatusView *view)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (TrkPlace));

  for (guint i = 0; i < view->records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (view->records, i);
      TrkPlace place = { .block = record->block, .state = record->state };

      g_array_append_val (places, place);
    }
  trk_places_arrange ((TrkPlace *) (gpointer) places->data, places->len);
  return places;
}

/* A block that was begun early began before its time; one that was put off then is still to. */
static TrkPeriod
time_of (const TrkPlace *place)
{
  if (!trk_block_state_began (place->state))
    return place->span;
  return (TrkPeriod){ MAX (place->span.start, place->block->period.start), place->span.end };
}

TrkPeriod
trk_status_view_time (const TrkStatusView *view, const TrkBlock *block)
{
  g_autoptr (GArray) places = places_of (view);

  for (guint i = 0; i < places->len; i++)
    {
      const TrkPlace *place = &g_array_index (places, TrkPlace, i);

      if (place->block == block)
        return time_of (place);
    }
  return block->period;
}

/* Skipped, done early or gone from the calendar: it is no plan any more. */
static gboolean
is_on (const TrkPlace *place)
{
  return place->state->outcome == TRK_OUTCOME_NONE && !trk_block_state_is_unplanned (place->state);
}

const TrkBlock *
trk_status_view_planned (const TrkStatusView *view)
{
  g_autoptr (GArray) places = places_of (view);

  for (guint i = 0; i < places->len; i++)
    {
      const TrkPlace *place = &g_array_index (places, TrkPlace, i);

      if (is_on (place) && trk_period_contains (time_of (place), trk_session_now (view->session)))
        return place->block;
    }
  return NULL;
}

/* What the daemon would have begun by now waits for something, a break for the end of a call;
 * without a daemon it is what is planned now. */
static gboolean
comes (const TrkStatusView *view, const TrkPlace *place)
{
  TrkInstant now = trk_session_now (view->session);

  if (view->daemon != NULL && strcmp (view->daemon->block_id, place->block->id) == 0)
    return FALSE;
  return trk_place_comes (place, now) && (view->daemon != NULL || place->span.start > now);
}

const TrkBlock *
trk_status_view_next (const TrkStatusView *view, guint nth)
{
  g_autoptr (GArray) places = places_of (view);

  for (guint i = places->len; i > 0; i--)
    if (!comes (view, &g_array_index (places, TrkPlace, i - 1)))
      g_array_remove_index (places, i - 1);
  g_array_sort (places, trk_place_compare);
  return nth < places->len ? g_array_index (places, TrkPlace, nth).block : NULL;
}

/* -- What runs --------------------------------------------------------------------------------- */

TrkDuration
trk_status_view_kept (const TrkStatusView *view)
{
  return trk_now_kept (view->daemon, view->entries, trk_session_now (view->session));
}

guint
trk_status_view_interruptions (const TrkStatusView *view)
{
  g_autoptr (GArray) all = trk_interruptions_new (&view->input);
  guint count = 0;

  for (guint i = 0; i < all->len; i++)
    count += trk_now_is_of (view->daemon, g_array_index (all, TrkSessionGap, i).before);
  return count;
}

const TrkBlockRecord *
trk_status_view_running (const TrkStatusView *view)
{
  for (guint i = 0; view->daemon != NULL && i < view->records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (view->records, i);

      if (strcmp (record->block->id, view->daemon->block_id) == 0)
        return trk_now_runs (view->daemon) ? record : NULL;
    }
  return NULL;
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void
add_block (TrkJson *builder, const TrkStatusView *view, const char *key, const TrkBlock *block)
{
  TrkPeriod time;

  if (block == NULL)
    {
      trk_json_string (builder, key, NULL);
      return;
    }
  trk_json_name (builder, key);
  trk_json_begin_object (builder);
  trk_json_string (builder, "block", block->id);
  trk_json_string (builder, "title", block->title);
  trk_json_string (builder, "kind", trk_kind_to_string (block->kind));
  time = trk_status_view_time (view, block);
  trk_json_instant (builder, "start", time.start);
  trk_json_instant (builder, "end", time.end);
  trk_json_instant (builder, "snoozed_from",
                    time.start > block->period.start ? block->period.start : 0);
  trk_json_end_object (builder);
}

static const char *
or_null (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

void
trk_status_add_daemon (TrkJson *json,
                       const TrkDaemonStatus *status,
                       const char *why_not,
                       gint64 process,
                       TrkInstant now)
{
  g_autoptr (TrkDaemonStatus) nobody = trk_daemon_status_new ();
  const TrkDaemonStatus *shown = status != NULL ? status : nobody;

  trk_json_instant (json, "now", now);
  trk_json_bool (json, "daemon", status != NULL);
  trk_json_string (json, "why_not", why_not);
  trk_json_number (json, "process", process);
  trk_json_string (json, "state", status != NULL ? status->state : "unknown");
  trk_json_string (json, "title", or_null (shown->title));
  trk_json_string (json, "kind", or_null (shown->kind));
  trk_json_string (json, "block", or_null (shown->block_id));
  trk_json_number (json, "task", shown->task);
  trk_json_instant (json, "since", shown->since);
  trk_json_instant (json, "start", trk_now_start (shown));
  trk_json_instant (json, "until", shown->until);
  trk_json_string (json, "evidence", or_null (shown->evidence));
  trk_json_string (json, "presence", or_null (shown->presence));
  trk_json_bool (json, "focus_active", shown->focus_active);
  trk_json_string (json, "notifier", or_null (shown->notifier));
  trk_json_string (json, "version", or_null (shown->version));
}

static void
add_today (TrkJson *builder, const TrkStatusView *view)
{
  static const TrkTime shown[] = { TRK_TIME_PLANNED, TRK_TIME_PLANNED_BY_NOW, TRK_TIME_FOCUS,
                                   TRK_TIME_ON_PLAN, TRK_TIME_WORK,           TRK_TIME_UNVERIFIED,
                                   TRK_TIME_UNKNOWN };

  trk_json_name (builder, "today");
  trk_json_begin_object (builder);
  trk_json_day (builder, "day", view->today);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    trk_json_length (builder, trk_time_to_string (shown[i]), view->figures->time[shown[i]]);
  trk_report_add_ratio_json (builder, "adherence", view->figures->adherence);
  trk_report_add_ratio_json (builder, "focus_share", view->figures->focus_share);
  trk_json_end_object (builder);
}

void
trk_status_view_print_json (const TrkStatusView *view)
{
  const TrkBlockRecord *running = trk_status_view_running (view);
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  trk_status_add_daemon (builder, view->daemon, view->why_not, view->keeper.process,
                         trk_session_now (view->session));
  trk_json_bool (builder, "in_calendar", running != NULL && trk_record_is_planned (running));
  trk_json_bool (builder, "plan_known", view->plan_known);
  add_block (builder, view, "planned", trk_status_view_planned (view));
  add_block (builder, view, "next", trk_status_view_next (view, 0));
  add_today (builder, view);
  trk_json_end_object (builder);
  trk_json_print (view->session, builder);
}
