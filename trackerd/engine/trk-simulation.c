/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-simulation.h"

/* Before the first block and its notices, so that nothing begins late. */
static TrkInstant
beginning (const TrkPlan *plan, TrkPeriod period)
{
  TrkInstant first = period.start;

  for (guint i = 0; i < plan->blocks->len; i++)
    first = MIN (first, ((TrkBlock *)plan->blocks->pdata[i])->period.start);
  return first < period.start ? first - 24 * TRK_HOUR : first;
}

/* Moves the effects that fall into @period to @all. */
static void
keep (GPtrArray *all, GPtrArray *effects, TrkPeriod period)
{
  for (guint i = 0; i < effects->len; i++)
    {
      TrkEffect *effect = effects->pdata[i];

      if (trk_period_contains (period, effect->at))
        g_ptr_array_add (all, g_steal_pointer (&effects->pdata[i]));
    }
  g_ptr_array_unref (effects);
}

GPtrArray *
trk_simulation_run (TrkPlan *plan,
                    TrkPeriod period,
                    TrkPresence presence,
                    const TrkPolicies *policies,
                    const TrkAlmanac *almanac)
{
  g_autoptr (TrkEngine) engine = trk_engine_new (policies, almanac, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)trk_effect_free);
  TrkInstant now = beginning (plan, period);
  TrkReason why = presence == TRK_PRESENCE_AWAY ? TRK_REASON_AWAY : TRK_REASON_BACK;

  keep (all, trk_engine_presence (engine, presence, now, why, now), period);
  keep (all, trk_engine_set_plan (engine, plan, now), period);
  while ((now = trk_engine_next_deadline (engine)) < period.end)
    keep (all, trk_engine_step (engine, now), period);
  return all;
}
