/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-load.h"

#include "trk-error.h"
#include "trk-plan-view.h"
#include "trk-report-load.h"
#include "trk-text.h"
#include "trk-unkept.h"

#include <string.h>

/* -- The log ----------------------------------------------------------------------------------- */

static void
clear_log (gpointer data)
{
  TrkSprintLog *log = data;

  g_clear_pointer (&log->sprints, g_ptr_array_unref);
  g_clear_pointer (&log->tasks, g_ptr_array_unref);
  g_clear_pointer (&log->memberships, g_array_unref);
}

void
trk_sprint_log_unref (TrkSprintLog *log)
{
  if (log != NULL)
    g_rc_box_release_full (log, clear_log);
}

TrkSprintLog *
trk_sprint_log_load (TrkSession *session, GError **error)
{
  g_autoptr (TrkSprintLog) log = g_rc_box_new0 (TrkSprintLog);
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  if (store == NULL)
    {
      log->sprints = g_ptr_array_new ();
      log->tasks = g_ptr_array_new ();
      log->memberships = g_array_new (FALSE, TRUE, sizeof (TrkSprintTask));
      log->kept_since = TRK_NEVER;
      return g_steal_pointer (&log);
    }
  log->sprints = trk_store_sprints (store, error);
  log->tasks = log->sprints != NULL ? trk_store_tasks (store, error) : NULL;
  log->memberships = log->tasks != NULL ? trk_store_sprint_tasks (store, 0, error) : NULL;
  if (log->memberships == NULL || !trk_store_first_trace (store, &log->kept_since, error))
    return NULL;
  return g_steal_pointer (&log);
}

/* -- Which one --------------------------------------------------------------------------------- */

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
                         "there is no sprint yet. To start one: tracker sprint start NAME");
}

/* -- One --------------------------------------------------------------------------------------- */

/* The entries of every task that ever was in the sprint, once however often it came. */
static GPtrArray *
load_entries (TrkStore *store, const GArray *memberships, gint64 sprint, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < memberships->len; i++)
    {
      TrkSprintTask *row = &g_array_index (memberships, TrkSprintTask, i);
      GPtrArray *more;

      if (row->sprint != sprint || !g_hash_table_add (seen, &row->task))
        continue;
      more = trk_unkept_end (store, trk_store_task_entries (store, row->task, error), error);
      if (more == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (entries, more);
    }
  return g_steal_pointer (&entries);
}

/* Whole weeks: they tell which days are working days. */
static TrkPeriod
weeks_of (const TrkSprint *sprint, const TrkAlmanac *almanac)
{
  return trk_almanac_days_period (almanac, trk_almanac_week_first (almanac, sprint->first),
                                  trk_almanac_week_first (almanac, sprint->last) + 6);
}

TrkSprintData *
trk_sprint_load_one (TrkSession *session,
                     TrkSprintLog *log,
                     const TrkSprint *sprint,
                     GError **error)
{
  g_autoptr (TrkSprintData) data = g_new0 (TrkSprintData, 1);
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkStore *store;

  data->log = g_rc_box_acquire (log);
  if (!trk_session_read_log (session, &store, error))
    return NULL;
  data->entries = load_entries (store, log->memberships, sprint->number, error);
  if (data->entries == NULL)
    return NULL;
  data->blocks = trk_plan_records (session, weeks_of (sprint, &almanac), error);
  if (data->blocks == NULL)
    return NULL;
  data->input = (TrkSprintInput){
    .sprint = sprint,
    .now = trk_session_now (session),
    .almanac = almanac,
    .sprints = log->sprints,
    .memberships = log->memberships,
    .tasks = log->tasks,
    .entries = data->entries,
    .blocks = data->blocks,
    .kept_since = log->kept_since,
  };
  data->figures = trk_sprint_figures_new (&data->input);
  return g_steal_pointer (&data);
}

TrkSprintData *
trk_sprint_load (TrkSession *session, const char *name, GError **error)
{
  g_autoptr (TrkSprintLog) log = trk_sprint_log_load (session, error);
  const TrkSprint *sprint;

  if (log == NULL)
    return NULL;
  sprint = choose (log->sprints, name);
  if (sprint != NULL)
    return trk_sprint_load_one (session, log, sprint, error);
  set_no_sprint (name, error);
  return NULL;
}

void
trk_sprint_data_free (TrkSprintData *data)
{
  if (data == NULL)
    return;
  g_clear_pointer (&data->figures, trk_sprint_figures_free);
  g_clear_pointer (&data->entries, g_ptr_array_unref);
  g_clear_pointer (&data->blocks, g_ptr_array_unref);
  g_clear_pointer (&data->log, trk_sprint_log_unref);
  g_free (data);
}
