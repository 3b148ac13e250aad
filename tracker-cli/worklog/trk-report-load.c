/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-load.h"

#include "trk-counted.h"
#include "trk-figures.h"
#include "trk-plan-view.h"
#include "trk-report-findings.h"
#include "trk-task-figures.h"
#include "trk-unkept.h"

/* Findings and streak look back so far, whatever the log holds: a report must not grow with it. */
#define LOOK_BACK (42 * 24 * TRK_HOUR)
/* Longer periods are not compared: five of them would be years. */
#define MOST_COMPARED (45 * 24 * TRK_HOUR)

static GPtrArray *
none_of (GDestroyNotify destroy)
{
  return g_ptr_array_new_with_free_func (destroy);
}

/* The log's first trace, TRK_NEVER when it has none or is missing. */
static gboolean
load_first_trace (TrkStore *store, TrkInstant *trace, GError **error)
{
  *trace = TRK_NEVER;
  return store == NULL || trk_store_first_trace (store, trace, error);
}

/* Those that count, and those that do not because they were over before the log's first trace: what
 * was written down of that time is read before. */
static gboolean
load_blocks (
    TrkSession *session, TrkStore *store, TrkPeriod period, TrkReportData *data, GError **error)
{
  TrkInstant *trace = &data->report.kept_since;

  if (!load_first_trace (store, trace, error))
    return FALSE;
  data->blocks = trk_plan_records (session, period, error);
  if (data->blocks == NULL)
    return FALSE;
  /* What is to come is counted also where nobody has kept time yet. */
  data->uncounted =
      trk_take_uncounted (data->blocks, data->entries, MIN (*trace, trk_session_now (session)));
  return TRUE;
}

/* Entries of the tasks that were completed in @period, whenever they were worked on. */
static GPtrArray *
load_task_entries (TrkStore *store, const GPtrArray *tasks, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) entries = none_of ((GDestroyNotify) trk_entry_free);

  for (guint i = 0; i < tasks->len; i++)
    {
      const TrkTask *task = g_ptr_array_index (tasks, i);
      GPtrArray *more;

      if (!trk_task_is_done_in (task, period))
        continue;
      more = trk_unkept_end (store, trk_store_task_entries (store, task->number, error), error);
      if (more == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (entries, more);
    }
  return g_steal_pointer (&entries);
}

static gboolean
load_log (
    TrkReportData *data, TrkStore *store, TrkPeriod period, gboolean explained, GError **error)
{
  if (store == NULL)
    {
      data->entries = none_of (NULL);
      data->gaps = none_of (NULL);
      data->interruptions = none_of (NULL);
      data->tasks = none_of (NULL);
      data->task_entries = none_of (NULL);
      data->metrics = none_of (NULL);
      return TRUE;
    }
  data->pool = trk_entry_pool_new ();
  data->entries = trk_unkept_end (
      store, trk_store_entries_for_figures (store, period, explained, data->pool, error), error);
  data->gaps = data->entries != NULL ? trk_store_gaps (store, period, error) : NULL;
  data->interruptions = data->gaps != NULL ? trk_store_interruptions (store, period, error) : NULL;
  data->tasks = data->interruptions != NULL ? trk_store_tasks (store, error) : NULL;
  data->metrics = data->tasks != NULL ? trk_store_metrics (store, NULL, period, error) : NULL;
  if (data->metrics != NULL)
    data->task_entries = load_task_entries (store, data->tasks, period, error);
  return data->task_entries != NULL;
}

static gboolean
load_all (TrkReportData *data,
          TrkSession *session,
          TrkStore *store,
          TrkPeriod period,
          gboolean explained,
          GError **error)
{
  return load_log (data, store, period, explained, error)
         && load_blocks (session, store, period, data, error);
}

static gboolean
load_arrays (
    TrkReportData *data, TrkSession *session, TrkPeriod period, gboolean explained, GError **error)
{
  gboolean loaded;
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return FALSE;
  if (store == NULL)
    return load_all (data, session, NULL, period, explained, error);
  if (!trk_store_hold (store, error))
    return FALSE;
  loaded = load_all (data, session, store, period, explained, error);
  trk_store_release (store);
  return loaded;
}

static gboolean
has_in (const GPtrArray *records, TrkPeriod period)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (trk_period_overlaps (record->block->period, period))
        return TRUE;
    }
  return FALSE;
}

/* Those of @entries that the figures of @period are made of, and those up to the next focus after
 * it: an interruption lasts until then. Borrowed. */
static GPtrArray *
entries_around (const GPtrArray *entries, TrkPeriod period)
{
  TrkPeriod reach = trk_figures_reach (period);
  GPtrArray *around = g_ptr_array_new ();
  gboolean enough = FALSE;

  for (guint i = 0; i < entries->len && !enough; i++)
    {
      TrkEntry *entry = g_ptr_array_index (entries, i);

      if (entry->period.end > reach.start)
        g_ptr_array_add (around, entry);
      enough = entry->period.start >= reach.end && entry->kind == TRK_KIND_FOCUS;
    }
  return around;
}

static void
compare (TrkReportData *data, const TrkPeriod before[TRK_N_BEFORE])
{
  g_autoptr (GPtrArray) earlier =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_figures_free);
  TrkFigureInput input = data->input;

  for (guint i = 0; i < TRK_N_BEFORE; i++)
    {
      g_autoptr (GPtrArray) entries = entries_around (data->entries, before[i]);

      input.period = before[i];
      input.entries = entries;
      g_ptr_array_add (earlier, trk_figures_new (&input));
    }
  data->comparisons = trk_comparisons_new (data->figures, earlier);
}

static void
find (TrkReportData *data)
{
  TrkFigureInput input = data->input;
  TrkInstant end = MIN (input.period.end, input.now);

  input.period = (TrkPeriod){ end - 35 * 24 * TRK_HOUR, end };
  data->findings = trk_findings_new (&input);
}

static void
set_input (TrkReportData *data, TrkSession *session, const TrkConfig *config, TrkPeriod period)
{
  data->input = (TrkFigureInput){
    .period = period,
    .now = trk_session_now (session),
    .almanac = trk_session_almanac (session),
    .focus_goal = config->focus_goal,
    .entries = data->entries,
    .gaps = data->gaps,
    .interruptions = data->interruptions,
    .blocks = data->blocks,
    .tasks = data->tasks,
    .task_entries = data->task_entries,
    .metrics = data->metrics,
    .kept_since = data->report.kept_since,
  };
}

static void
set_report (TrkReportData *data, TrkSpan span)
{
  const TrkEntry *unkept = trk_unkept_in (data->entries);

  data->report = (TrkReport){ .input = &data->input,
                              .figures = data->figures,
                              .span = span,
                              .comparisons = data->comparisons,
                              .findings = data->findings,
                              .kept_since = data->report.kept_since,
                              .unkept = unkept != NULL ? unkept->period.end : 0,
                              .more_planned = has_in (data->uncounted, data->input.period) };
}

TrkReportData *
trk_report_load (
    TrkSession *session, TrkPeriod period, TrkSpan span, gboolean explained, GError **error)
{
  g_autoptr (TrkReportData) data = g_new0 (TrkReportData, 1);
  gboolean compared = trk_period_length (period) <= MOST_COMPARED;
  TrkConfig *config = trk_session_config (session, error);
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkPeriod before[TRK_N_BEFORE], reach = period;

  if (config == NULL)
    return NULL;
  trk_periods_before (period, span, &almanac, before);
  reach.start = MIN (reach.start, MIN (reach.end, trk_session_now (session)) - LOOK_BACK);
  if (compared)
    reach.start = MIN (reach.start, before[TRK_N_BEFORE - 1].start);
  if (!load_arrays (data, session, trk_figures_reach (reach), explained, error))
    return NULL;
  set_input (data, session, config, period);
  data->figures = trk_figures_new (&data->input);
  if (compared)
    compare (data, before);
  find (data);
  set_report (data, span);
  return g_steal_pointer (&data);
}

void
trk_report_data_free (TrkReportData *data)
{
  if (data == NULL)
    return;
  g_clear_pointer (&data->entries, g_ptr_array_unref);
  g_clear_pointer (&data->pool, trk_entry_pool_free);
  g_clear_pointer (&data->gaps, g_ptr_array_unref);
  g_clear_pointer (&data->interruptions, g_ptr_array_unref);
  g_clear_pointer (&data->blocks, g_ptr_array_unref);
  g_clear_pointer (&data->uncounted, g_ptr_array_unref);
  g_clear_pointer (&data->tasks, g_ptr_array_unref);
  g_clear_pointer (&data->task_entries, g_ptr_array_unref);
  g_clear_pointer (&data->metrics, g_ptr_array_unref);
  g_clear_pointer (&data->figures, trk_figures_free);
  g_clear_pointer (&data->comparisons, g_array_unref);
  g_clear_pointer (&data->findings, g_ptr_array_unref);
  g_free (data);
}
