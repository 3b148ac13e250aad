/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-plan-view.h"

#include "trk-paths.h"

gboolean
trk_plan_view_load (TrkPlanView *view, TrkSession *session, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *index_path = trk_path_index ();
  g_autoptr (GError) local = NULL;
  TrkConfig *config = trk_session_config (session, &local);
  TrkStore *store = config != NULL ? trk_session_store (session, TRK_STORE_READ, &local) : NULL;

  if (local == NULL)
    view->records = trk_schedule_records (config, index_path, store, period,
                                          trk_session_zone (session), trk_session_now (session),
                                          &view->squeezed, &view->occurrences, warnings, &local);
  for (guint i = 0; i < warnings->len; i++)
    trk_session_warn (session, "%s", (const char *) g_ptr_array_index (warnings, i));
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return view->records != NULL;
}

void
trk_plan_view_clear (TrkPlanView *view)
{
  g_clear_pointer (&view->records, g_ptr_array_unref);
  g_clear_pointer (&view->squeezed, g_ptr_array_unref);
  g_clear_pointer (&view->occurrences, g_ptr_array_unref);
}

GPtrArray *
trk_plan_records (TrkSession *session, TrkPeriod period, GError **error)
{
  g_auto (TrkPlanView) view = { 0 };

  if (!trk_plan_view_load (&view, session, period, error))
    return NULL;
  return g_steal_pointer (&view.records);
}
