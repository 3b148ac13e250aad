/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-idle-memory.h"
#include "trk-known.h"
#include "trk-paths.h"
#include "trk-plan-changes.h"
#include "trk-schedule.h"

#define AHEAD (48 * TRK_HOUR) /* how far the plan reaches beyond the start of the day */

/* -- On the thread ----------------------------------------------------------------------------- */

/* Everything the thread needs; the main thread does not touch it meanwhile. */
typedef struct
{
  TrkConfig *config;
  TrkZone *zone;
  char *index_path;
  TrkPeriod period;
  TrkInstant now;
  GPtrArray *records; /* of TrkBlockRecord: what the log has of the period (nullable) */
  GPtrArray *left;    /* the same: what was left early (nullable) */
  GPtrArray *warnings;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  trk_config_unref (request->config);
  trk_zone_unref (request->zone);
  g_free (request->index_path);
  g_clear_pointer (&request->records, g_ptr_array_unref);
  g_clear_pointer (&request->left, g_ptr_array_unref);
  g_ptr_array_unref (request->warnings);
  g_free (request);
}

static void
read_calendars (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  TrkPlan *plan =
      trk_schedule_plan (request->config, request->index_path, request->period, request->zone,
                         request->now, request->records, request->left, request->warnings, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) trk_plan_unref);
  else
    g_task_return_error (task, error);
}

/* -- The plan and the log ---------------------------------------------------------------------- */

static TrkPlan *
with_news (TrkDaemon *daemon, TrkPlan *plan, const GPtrArray *records, TrkInstant now)
{
  TrkInstant trace = TRK_NEVER;

  if (records == NULL || !trk_store_first_trace (daemon->store, &trace, NULL))
    return trk_plan_ref (plan); /* nobody can tell what is new */
  return trk_known_news (plan, daemon->plan, records, trace, now);
}

static void
adopt_plan (TrkDaemon *daemon, TrkPlan *made, TrkInstant now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = trk_store_blocks (daemon->store, made->period, &error);
  g_autoptr (TrkPlan) plan = with_news (daemon, made, records, now);
  g_autoptr (GPtrArray) put = trk_plan_blocks_to_put (plan, records, daemon->today.end, now);
  g_autoptr (GPtrArray) forget = trk_plan_blocks_to_forget (plan, records, now);

  if (records == NULL)
    g_warning ("the plan cannot be compared with the log, which is not changed: %s",
               error->message);
  g_clear_pointer (&daemon->plan, trk_plan_unref);
  daemon->plan = trk_plan_ref (plan);
  daemon->from = daemon->today.start;
  trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "plan",
                    trk_engine_set_plan (daemon->engine, plan, now), put, forget);
  trk_notice_board_tidy (daemon->board, now);
}

/* The first plan: now commands can be answered. */
static void
begin (TrkDaemon *daemon)
{
  g_clear_handle_id (&daemon->patience, g_source_remove);
  trk_daemon_resume_notices (daemon);
  trk_daemon_settle_focus (daemon);
  trk_service_ready (daemon->service);
}

void
trk_daemon_plan_from_log (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);
  TrkPeriod period = { MIN (daemon->from, daemon->today.start), daemon->today.end };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = trk_store_blocks (daemon->store, period, &error);
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autoptr (TrkPlan) plan = NULL;
  gboolean first = daemon->plan == NULL;

  if (records == NULL)
    g_warning ("the plan cannot be read from the log: %s", error->message);
  if (records == NULL && !first)
    return; /* a log that cannot be read is not "everything cancelled" */
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (!trk_block_state_is_unplanned (record->state))
        g_ptr_array_add (blocks, record->block);
    }
  plan = trk_plan_new_for_blocks (blocks, period);
  adopt_plan (daemon, plan, now);
  if (first)
    begin (daemon);
}

/* -- What was left and is not any more --------------------------------------------------------- */

/* The time that the block of @record gets back: the log has it as it was planned when it was left;
 * the plan ends it there. Empty: none. */
static TrkPeriod
time_back (const TrkPlan *plan, const TrkBlockRecord *record, TrkInstant now)
{
  const TrkBlock *cut = trk_plan_block (plan, record->block->id);

  if (cut == NULL || record->state->outcome != TRK_OUTCOME_NONE || cut->period.end > now
      || record->block->period.end <= now)
    return (TrkPeriod){ 0, 0 };
  return (TrkPeriod){ cut->period.end, record->block->period.end };
}

/* @blocks with that of @record in its time @back. Meetings wait for nobody. */
static GPtrArray *
with_time_back (const GPtrArray *blocks, const TrkBlockRecord *record, TrkPeriod back)
{
  GPtrArray *mended = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);

  for (guint i = 0; i < blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (blocks, i);

      if (g_str_equal (block->id, record->block->id))
        g_ptr_array_add (mended, trk_block_ref (record->block));
      else if (trk_block_is_fixed (block) || block->period.start < back.start
               || block->period.start >= back.end)
        g_ptr_array_add (mended, trk_block_ref (block));
      else if (block->period.end > back.end)
        g_ptr_array_add (mended,
                         trk_block_with_period (block, (TrkPeriod){ back.end, block->period.end }));
    }
  return mended;
}

void
trk_daemon_mend_plan (TrkDaemon *daemon, TrkInstant now)
{
  g_autoptr (GPtrArray) records = trk_store_blocks (daemon->store, daemon->plan->period, NULL);

  daemon->outdated = daemon->planning;
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);
      TrkPeriod back = time_back (daemon->plan, record, now);
      g_autoptr (GPtrArray) blocks = NULL;
      TrkPlan *mended;

      if (trk_period_is_empty (back))
        continue;
      blocks = with_time_back (daemon->plan->blocks, record, back);
      mended = trk_plan_new_for_blocks (blocks, daemon->plan->period);
      trk_plan_unref (daemon->plan);
      daemon->plan = mended;
    }
}

/* -- Back from the thread ---------------------------------------------------------------------- */

static void
tell (const GPtrArray *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    g_warning ("%s", (const char *) g_ptr_array_index (warnings, i));
}

/* TRUE: it was made of what is over, and the next one is on its way. */
static gboolean
comes_too_late (TrkDaemon *daemon)
{
  if (daemon->outdated)
    {
      daemon->outdated = FALSE;
      trk_daemon_replan (daemon);
      return TRUE;
    }
  return daemon->plan != NULL && trk_daemon_catch_time (daemon);
}

/* An index that cannot be made gives no events: that is not "everything cancelled". */
static gboolean
says_nothing (const TrkPlan *plan, const Request *request)
{
  return plan == NULL || (plan->blocks->len == 0 && request->warnings->len > 0);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer data)
{
  TrkDaemon *daemon = data;
  const Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkPlan) plan = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean first = daemon->plan == NULL;

  if (daemon->ended)
    return;
  daemon->planning = FALSE;
  if (comes_too_late (daemon))
    return;
  tell (request->warnings);
  if (plan == NULL)
    g_warning ("the calendars cannot be read, the plan stays as it is: %s", error->message);
  if (!says_nothing (plan, request))
    adopt_plan (daemon, plan, trk_daemon_now (daemon));
  else if (first)
    trk_daemon_plan_from_log (daemon);
  if (first)
    begin (daemon);
  /* Reading calendars takes much more than keeping the plan; the next time may be tomorrow. */
  trk_idle_memory_give_back ();
  if (daemon->again)
    trk_daemon_replan (daemon);
}

static TrkPeriod
period_to_plan (TrkDaemon *daemon, TrkInstant now)
{
  TrkAlmanac almanac = trk_daemon_almanac (daemon);

  daemon->today = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now));
  return (TrkPeriod){ MIN (daemon->from, daemon->today.start),
                      trk_instant_add (daemon->today.start, AHEAD) };
}

static Request *
request_new (TrkDaemon *daemon, TrkPeriod period, TrkInstant now)
{
  Request *request = g_new0 (Request, 1);

  request->config = trk_config_ref (daemon->config);
  request->zone = trk_zone_ref ((TrkZone *) trk_clock_zone (daemon->parts.clock));
  request->index_path = trk_path_index ();
  request->period = period;
  request->now = now;
  request->records = trk_store_blocks (daemon->store, period, NULL);
  request->left = trk_store_blocks_left (daemon->store, trk_schedule_left_in (period), NULL);
  request->warnings = g_ptr_array_new_with_free_func (g_free);
  return request;
}

void
trk_daemon_replan (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);
  TrkPeriod period = period_to_plan (daemon, now);
  g_autoptr (GTask) task = NULL;

  daemon->again = daemon->planning;
  if (daemon->planning)
    return;
  if (daemon->config_broken)
    {
      trk_daemon_plan_from_log (daemon);
      return;
    }
  daemon->planning = TRUE;
  task = g_task_new (NULL, NULL, on_planned, daemon);
  g_task_set_task_data (task, request_new (daemon, period, now), request_free);
  g_task_run_in_thread (task, read_calendars);
}

void
trk_daemon_watch (TrkDaemon *daemon)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (paths, trk_path_config_file ());
  for (guint i = 0; i < daemon->config->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (daemon->config->calendars, i);

      g_ptr_array_add (paths, g_strdup (calendar->path));
    }
  trk_calendar_monitor_set_paths (daemon->monitor, paths);
}
