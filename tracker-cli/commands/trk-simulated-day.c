/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-simulated-day.h"

#include "trk-keeper.h"
#include "trk-known.h"
#include "trk-paths.h"

#define DAY (24 * TRK_HOUR)

/* Whoever keeps time has kept it until now; else it was kept until the last mark. */
static gboolean
find_mark (TrkEngineMemory *memory, TrkStore *store, TrkInstant now, GError **error)
{
  if (trk_keeper_runs (NULL))
    {
      memory->last_mark = now;
      return TRUE;
    }
  return trk_store_last_mark (store, &memory->last_mark, error)
         && trk_store_ended_in_order (store, memory->last_mark, &memory->stopped, error);
}

/* What the log has of some days, as the daemon remembers it (trk-daemon-memory.c). */
static gboolean
load_log (TrkSimulatedDay *day, TrkStore *store, TrkInstant now, GError **error)
{
  TrkPeriod period = { trk_instant_add (now, -2 * DAY), TRK_NEVER };

  day->entries = trk_store_entries (store, period, error);
  day->gaps = day->entries != NULL ? trk_store_gaps (store, period, error) : NULL;
  day->records = day->gaps != NULL ? trk_store_blocks (store, period, error) : NULL;
  day->told = day->records != NULL ? trk_store_told_hooks (store, error) : NULL;
  return day->told != NULL && trk_store_absence (store, &day->memory.absence, error)
         && find_mark (&day->memory, store, now, error);
}

static void
remember (TrkSimulatedDay *day)
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
  day->remembered = TRUE;
}

/* What the plan is made with. */
typedef struct
{
  GPtrArray *records, *left; /* of TrkBlockRecord (owned); NULL: there is no log */
  TrkInstant trace;
} Known;

static void
known_clear (Known *known)
{
  g_clear_pointer (&known->records, g_ptr_array_unref);
  g_clear_pointer (&known->left, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static gboolean
load_known (Known *known, TrkStore *store, TrkPeriod reach, GError **error)
{
  known->records = trk_store_blocks (store, reach, error);
  if (known->records != NULL)
    known->left = trk_store_blocks_left (store, trk_schedule_left_in (reach), error);
  return known->left != NULL && trk_store_first_trace (store, &known->trace, error);
}

/* All of one state of the log, which a daemon writes on. */
static gboolean
load (TrkSimulatedDay *day,
      Known *known,
      TrkStore *store,
      TrkInstant now,
      TrkPeriod reach,
      GError **error)
{
  gboolean loaded;

  if (!trk_store_hold (store, error))
    return FALSE;
  loaded = load_log (day, store, now, error) && load_known (known, store, reach, error);
  trk_store_release (store);
  if (loaded)
    remember (day);
  return loaded;
}

/* What was left gives its time back, and what came late begins when it came, as the daemon has
 * it (trk-daemon-plan.c). */
static TrkPlan *
make_plan (
    TrkSession *session, TrkConfig *config, const Known *known, TrkPeriod reach, GError **error)
{
  const TrkInstant now = trk_session_now (session);
  g_autofree char *index_path = trk_path_index ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TrkPlan) plan =
      trk_schedule_plan (config, index_path, reach, trk_session_zone (session), now, known->records,
                         known->left, warnings, error);

  for (guint i = 0; i < warnings->len; i++)
    trk_session_warn (session, "%s", (const char *) warnings->pdata[i]);
  if (plan == NULL || known->records == NULL)
    return g_steal_pointer (&plan);
  return trk_known_news (plan, NULL, known->records, known->trace, now);
}

gboolean
trk_simulated_day_load (
    TrkSimulatedDay *day, TrkSession *session, TrkConfig *config, TrkPeriod period, GError **error)
{
  const TrkInstant now = trk_session_now (session);
  g_auto (Known) known = { .trace = TRK_NEVER };
  g_autoptr (GError) local = NULL;
  TrkStore *store = trk_period_contains (period, now)
                        ? trk_session_store (session, TRK_STORE_READ, &local)
                        : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  period.end += DAY;
  if (store != NULL && !load (day, &known, store, now, period, error))
    return FALSE;
  day->plan = make_plan (session, config, &known, period, error);
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
