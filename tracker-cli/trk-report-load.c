/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-load.h"

#include "trk-error.h"
#include "trk-paths.h"
#include "trk-report-findings.h"
#include "trk-task-figures.h"
#include "trk-text.h"

#include <string.h>

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

/* Moves the records that were over before @trace from @blocks to the result: nobody kept time, so
 * that they are neither kept nor missed. */
static GPtrArray *
take_uncounted (GPtrArray *blocks, TrkInstant trace)
{
  GPtrArray *uncounted = none_of ((GDestroyNotify) trk_block_record_free);
  guint i = 0;

  while (i < blocks->len)
    {
      const TrkBlockRecord *record = g_ptr_array_index (blocks, i);

      if (record->block->period.end <= trace)
        g_ptr_array_add (uncounted, g_ptr_array_steal_index (blocks, i));
      else
        i++;
    }
  return uncounted;
}

/* Block records of @period from log and calendars; what is wrong with calendars is told. */
static GPtrArray *
read_blocks (TrkSession *session, TrkStore *store, TrkPeriod period, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autofree char *index = trk_path_index ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *blocks;

  if (config == NULL)
    return NULL;
  blocks = trk_schedule_records (config, index, store, period, trk_session_zone (session),
                                 trk_session_now (session), NULL, warnings, error);
  for (guint i = 0; i < warnings->len; i++)
    trk_session_warn (session, "%s", (char *) g_ptr_array_index (warnings, i));
  return blocks;
}

/* Those that count, and those that do not because they were over before the log's first trace. */
static gboolean
load_blocks (TrkSession *session,
             TrkStore *store,
             TrkPeriod period,
             GPtrArray **blocks,
             GPtrArray **uncounted,
             TrkInstant *trace,
             GError **error)
{
  if (!load_first_trace (store, trace, error))
    return FALSE;
  *blocks = read_blocks (session, store, period, error);
  if (*blocks == NULL)
    return FALSE;
  /* What is to come is counted also where nobody has kept time yet. */
  *uncounted = take_uncounted (*blocks, MIN (*trace, trk_session_now (session)));
  return TRUE;
}

/* Adds all entries of @task to @entries. */
static gboolean
add_task_entries (TrkStore *store, gint64 task, GPtrArray *entries, GError **error)
{
  GPtrArray *more = trk_store_task_entries (store, task, error);

  if (more == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (entries, more);
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

      if (trk_task_is_done_in (task, period)
          && !add_task_entries (store, task->number, entries, error))
        return NULL;
    }
  return g_steal_pointer (&entries);
}

static gboolean
load_log (TrkReportData *data, TrkStore *store, TrkPeriod period, GError **error)
{
  if (store == NULL)
    {
      data->entries = none_of (NULL);
      data->gaps = none_of (NULL);
      data->tasks = none_of (NULL);
      data->task_entries = none_of (NULL);
      data->metrics = none_of (NULL);
      return TRUE;
    }
  data->entries = trk_store_entries (store, period, error);
  data->gaps = data->entries != NULL ? trk_store_gaps (store, period, error) : NULL;
  data->tasks = data->gaps != NULL ? trk_store_tasks (store, error) : NULL;
  data->metrics = data->tasks != NULL ? trk_store_metrics (store, NULL, period, error) : NULL;
  if (data->metrics != NULL)
    data->task_entries = load_task_entries (store, data->tasks, period, error);
  return data->task_entries != NULL;
}

static gboolean
load_arrays (TrkReportData *data, TrkSession *session, TrkPeriod period, GError **error)
{
  g_autoptr (GError) local = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!load_log (data, store, period, error))
    return FALSE;
  return load_blocks (session, store, period, &data->blocks, &data->uncounted,
                      &data->report.kept_since, error);
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

static void
compare (TrkReportData *data, const TrkPeriod before[TRK_N_BEFORE])
{
  g_autoptr (GPtrArray) earlier =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_figures_free);
  TrkFigureInput input = data->input;

  for (guint i = 0; i < TRK_N_BEFORE; i++)
    {
      input.period = before[i];
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

TrkReportData *
trk_report_load (TrkSession *session, TrkPeriod period, TrkSpan span, GError **error)
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
  if (!load_arrays (data, session, trk_figures_reach (reach), error))
    return NULL;
  data->input = (TrkFigureInput){
    .period = period,
    .now = trk_session_now (session),
    .almanac = almanac,
    .focus_goal = config->focus_goal,
    .entries = data->entries,
    .gaps = data->gaps,
    .blocks = data->blocks,
    .tasks = data->tasks,
    .task_entries = data->task_entries,
    .metrics = data->metrics,
  };
  data->figures = trk_figures_new (&data->input);
  if (compared)
    compare (data, before);
  find (data);
  data->report = (TrkReport){ .input = &data->input,
                              .figures = data->figures,
                              .span = span,
                              .comparisons = data->comparisons,
                              .findings = data->findings,
                              .kept_since = data->report.kept_since,
                              .more_planned = has_in (data->uncounted, period) };
  return g_steal_pointer (&data);
}

void
trk_report_data_free (TrkReportData *data)
{
  if (data == NULL)
    return;
  g_clear_pointer (&data->entries, g_ptr_array_unref);
  g_clear_pointer (&data->gaps, g_ptr_array_unref);
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

/* -- Sprint ------------------------------------------------------------------------------------ */

static gboolean
is_meant (const TrkSprint *sprint, const char *name)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sprint->number);

  return g_strcmp0 (sprint->name, name) == 0 || strcmp (number, name) == 0;
}

static const TrkSprint *
choose (const GPtrArray *sprints, const char *name)
{
  const TrkSprint *last = NULL;

  for (guint i = sprints->len; i > 0; i--)
    {
      const TrkSprint *sprint = g_ptr_array_index (sprints, i - 1);

      if (name != NULL ? is_meant (sprint, name) : sprint->closed == 0)
        return sprint;
      last = last != NULL ? last : sprint;
    }
  return name != NULL ? NULL : last;
}

static void
set_no_sprint (const char *name, GError **error)
{
  g_autofree char *shown = trk_text_line (name, 60);

  if (name != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                 "there is no sprint '%s'. See: tracker sprint list", shown);
  else
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                         "there is no sprint yet; to start one: tracker sprint start NAME");
}

static gboolean
load_members (TrkSprintData *data, TrkStore *store, GError **error)
{
  data->memberships = trk_store_sprint_tasks (store, 0, error);
  data->tasks = data->memberships != NULL ? trk_store_tasks (store, error) : NULL;
  if (data->tasks == NULL)
    return FALSE;
  data->entries = none_of ((GDestroyNotify) trk_entry_free);
  for (guint i = 0; i < data->memberships->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (data->memberships, TrkSprintTask, i);

      if (row->sprint == data->sprint->number
          && !add_task_entries (store, row->task, data->entries, error))
        return FALSE;
    }
  return TRUE;
}

TrkSprintData *
trk_sprint_load (TrkSession *session, const char *name, GError **error)
{
  g_autoptr (TrkSprintData) data = g_new0 (TrkSprintData, 1);
  g_autoptr (GError) local = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &local);
  TrkAlmanac almanac = trk_session_almanac (session);
  const TrkSprint *chosen;
  TrkInstant trace;

  if (store == NULL && local == NULL)
    set_no_sprint (name, &local);
  if (store != NULL)
    data->sprints = trk_store_sprints (store, &local);
  chosen = data->sprints != NULL ? choose (data->sprints, name) : NULL;
  if (chosen == NULL)
    {
      if (local == NULL)
        set_no_sprint (name, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  data->sprint = trk_sprint_copy (chosen);
  if (!load_members (data, store, error))
    return NULL;
  if (!load_blocks (session, store, trk_sprint_period (data->sprint, &almanac), &data->blocks,
                    &data->uncounted, &trace, error))
    return NULL;
  data->input = (TrkSprintInput){ data->sprint,      trk_session_now (session),
                                  almanac,           data->sprints,
                                  data->memberships, data->tasks,
                                  data->entries,     data->blocks };
  data->figures = trk_sprint_figures_new (&data->input);
  return g_steal_pointer (&data);
}

void
trk_sprint_data_free (TrkSprintData *data)
{
  if (data == NULL)
    return;
  g_clear_pointer (&data->sprint, trk_sprint_free);
  g_clear_pointer (&data->sprints, g_ptr_array_unref);
  g_clear_pointer (&data->tasks, g_ptr_array_unref);
  g_clear_pointer (&data->entries, g_ptr_array_unref);
  g_clear_pointer (&data->blocks, g_ptr_array_unref);
  g_clear_pointer (&data->uncounted, g_ptr_array_unref);
  g_clear_pointer (&data->memberships, g_array_unref);
  g_clear_pointer (&data->figures, trk_sprint_figures_free);
  g_free (data);
}
