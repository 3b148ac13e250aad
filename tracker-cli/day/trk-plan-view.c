/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-plan-view.h"

#include "trk-index-progress.h"
#include "trk-keeper.h"
#include "trk-paths.h"

/* The first reading of large calendars takes a while, which is told; later ones read what changed.
 * What goes wrong is told when the plan is asked for. */
static void
make_first_index (TrkSession *session, const TrkConfig *config, const char *index_path)
{
  const TrkIndexRequest request = { .index_path = index_path,
                                    .calendars = config->calendars,
                                    .window = trk_index_usual_window (trk_session_now (session)) };

  if (config->calendars->len > 0 && !g_file_test (index_path, G_FILE_TEST_EXISTS))
    trk_index_update_shown (&request, trk_session_err (session), NULL);
}

static void
warn_once (TrkPlanView *view, TrkSession *session, const GPtrArray *warnings)
{
  if (view->warned == NULL)
    view->warned = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < warnings->len; i++)
    {
      const char *warning = g_ptr_array_index (warnings, i);

      if (g_ptr_array_find_with_equal_func (view->warned, warning, g_str_equal, NULL))
        continue;
      trk_session_warn (session, "%s", warning);
      g_ptr_array_add (view->warned, g_strdup (warning));
    }
}

static void
clear_plan (TrkPlanView *view)
{
  g_clear_pointer (&view->records, g_ptr_array_unref);
  g_clear_pointer (&view->squeezed, g_array_unref);
  g_clear_pointer (&view->occurrences, g_ptr_array_unref);
}

gboolean
trk_plan_view_load (TrkPlanView *view, TrkSession *session, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *index_path = trk_path_index ();
  g_autoptr (GError) local = NULL;
  TrkConfig *config = trk_session_config (session, &local);
  TrkStore *store = config != NULL ? trk_session_store (session, TRK_STORE_READ, &local) : NULL;
  /* The folders: then not every file has to be looked at. */
  gboolean watched = view->looked || trk_keeper_runs (NULL);

  clear_plan (view);
  if (local == NULL)
    make_first_index (session, config, index_path);
  if (local == NULL)
    view->records = trk_schedule_records (
        config, index_path, store, period, trk_session_zone (session), trk_session_now (session),
        watched, &view->squeezed, &view->occurrences, warnings, &local);
  warn_once (view, session, warnings);
  view->looked = TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return view->records != NULL;
}

void
trk_plan_view_clear (TrkPlanView *view)
{
  clear_plan (view);
  g_clear_pointer (&view->warned, g_ptr_array_unref);
}

GPtrArray *
trk_plan_records (TrkSession *session, TrkPeriod period, GError **error)
{
  g_auto (TrkPlanView) view = { 0 };

  if (!trk_plan_view_load (&view, session, period, error))
    return NULL;
  return g_steal_pointer (&view.records);
}
