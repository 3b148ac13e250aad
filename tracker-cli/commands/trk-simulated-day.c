/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-simulated-day.h"

#include "trk-known.h"
#include "trk-paths.h"

#define DAY (24 * TRK_HOUR)

/* What the log has of some days, as the daemon remembers it (trk-daemon-memory.c). */
static gboolean
load_log (TrkSimulatedDay *day, TrkStore *store, TrkInstant now, GError **error)
{
  TrkPeriod period = { trk_instant_add (now, -2 * DAY), TRK_NEVER };

  day->entries = trk_store_entries (store, period, error);
  day->gaps = day->entries != NULL ? trk_store_gaps (store, period, error) : NULL;
  day->records = day->gaps != NULL ? trk_store_blocks (store, period, error) : NULL;
  day->told = day->records != NULL ? trk_store_told_hooks (store, error) : NULL;
  return day->told != NULL && trk_store_absence (store, &day->memory.absence, error);
}

static void
remember (TrkSimulatedDay *day, TrkInstant now)
{
  day->states = g_ptr_array_new ();
  day->blocks = g_ptr_array_new ();
  for (guint i = 0; i < day->records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (day->records, i);

      g_ptr_array_add (day->states, record->state);
      g_ptr_array_add (day->blocks, record->block);
    }
  day->memory.entries = day->entries;
  day->memory.gaps = day->gaps;
  day->memory.states = day->states;
  day->memory.blocks = day->blocks;
  day->memory.told_hooks = day->told;
  day->memory.last_mark = now; /* whoever keeps time has kept it until now */
  day->remembered = TRUE;
}

/* What was left gives its time back, and what came late begins when it came, as the daemon has
 * it (trk-daemon-plan.c). */
static TrkPlan *
make_plan (TrkSimulatedDay *day,
           TrkSession *session,
           TrkConfig *config,
           TrkStore *store,
           TrkPeriod reach,
           GError **error)
{
  const TrkInstant now = trk_session_now (session);
  g_autofree char *index_path = trk_path_index ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = store != NULL ? trk_store_blocks (store, reach, error) : NULL;
  g_autoptr (GPtrArray) left =
      records != NULL ? trk_store_blocks_left (store, trk_schedule_left_in (reach), error) : NULL;
  g_autoptr (TrkPlan) plan = NULL;
  TrkInstant trace = TRK_NEVER;

  if (store != NULL && (left == NULL || !trk_store_first_trace (store, &trace, error)))
    return NULL;
  plan = trk_schedule_plan (config, index_path, reach, trk_session_zone (session), now, records,
                            left, warnings, error);
  for (guint i = 0; i < warnings->len; i++)
    trk_session_warn (session, "%s", (const char *) warnings->pdata[i]);
  if (plan == NULL || store == NULL)
    return g_steal_pointer (&plan);
  return trk_known_news (plan, NULL, records, trace, now);
}

gboolean
trk_simulated_day_load (
    TrkSimulatedDay *day, TrkSession *session, TrkConfig *config, TrkPeriod period, GError **error)
{
  const TrkInstant now = trk_session_now (session);
  g_autoptr (GError) local = NULL;
  TrkStore *store = trk_period_contains (period, now)
                        ? trk_session_store (session, TRK_STORE_READ, &local)
                        : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (store != NULL && !load_log (day, store, now, error))
    return FALSE;
  if (store != NULL)
    remember (day, now);
  period.end += DAY;
  day->plan = make_plan (day, session, config, store, period, error);
  return day->plan != NULL;
}

void
trk_simulated_day_clear (TrkSimulatedDay *day)
{
  g_clear_pointer (&day->plan, trk_plan_unref);
  g_clear_pointer (&day->states, g_ptr_array_unref);
  g_clear_pointer (&day->blocks, g_ptr_array_unref);
  g_clear_pointer (&day->entries, g_ptr_array_unref);
  g_clear_pointer (&day->gaps, g_ptr_array_unref);
  g_clear_pointer (&day->records, g_ptr_array_unref);
  g_clear_pointer (&day->told, g_ptr_array_unref);
}
