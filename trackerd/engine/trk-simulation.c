/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-simulation.h"

/* Before the first block and its notices, so that nothing begins late. */
static TrkInstant
beginning (const TrkPlan *plan, TrkPeriod period)
{
  TrkInstant first = period.start;

  for (guint i = 0; i < plan->blocks->len; i++)
    first = MIN (first, ((TrkBlock *) plan->blocks->pdata[i])->period.start);
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

/* A user who is back the moment a break ends opens and closes a gap in that moment: nothing. */
static void
drop_empty_gaps (GPtrArray *all)
{
  guint open = all->len;

  for (guint i = 0; i < all->len; i++)
    {
      const TrkEffect *effect = all->pdata[i];

      if (effect->type == TRK_EFFECT_GAP_OPEN)
        open = i;
      if (effect->type != TRK_EFFECT_GAP_CLOSE || open >= i
          || ((TrkEffect *) all->pdata[open])->at != effect->at)
        continue;
      g_ptr_array_remove_index (all, i);
      g_ptr_array_remove_index (all, open);
      i -= 2;
    }
}

static const char *const users[] = { "plan", "active", "away", "unknown" };

gboolean
trk_simulated_user_from_string (const char *text, TrkSimulatedUser *user)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (users); i++)
    if (g_str_equal (users[i], text))
      {
        *user = (TrkSimulatedUser) i;
        return TRUE;
      }
  return FALSE;
}

/* Where @user is at @now. */
static TrkPresence
presence_at (TrkSimulatedUser user, const TrkPlan *plan, TrkInstant now)
{
  const TrkBlock *block;

  if (user == TRK_USER_UNKNOWN)
    return TRK_PRESENCE_UNKNOWN;
  if (user != TRK_USER_FOLLOWS_PLAN)
    return user == TRK_USER_AWAY ? TRK_PRESENCE_AWAY : TRK_PRESENCE_ACTIVE;
  block = trk_plan_at (plan, now);
  return block != NULL && (block->kind == TRK_KIND_BREAK || block->kind == TRK_KIND_OFF)
             ? TRK_PRESENCE_AWAY
             : TRK_PRESENCE_ACTIVE;
}

static GPtrArray *
tell_presence (TrkEngine *engine, TrkPresence presence, TrkInstant now)
{
  TrkReason why = presence == TRK_PRESENCE_AWAY ? TRK_REASON_AWAY : TRK_REASON_BACK;

  return trk_engine_presence (engine, presence, now, why, now);
}

static GPtrArray *
run_from (TrkEngine *engine, TrkPlan *plan, TrkPeriod period, TrkSimulatedUser user, TrkInstant now)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_effect_free);
  TrkPresence presence = presence_at (user, plan, now);

  keep (all, tell_presence (engine, presence, now), period);
  keep (all, trk_engine_set_plan (engine, plan, now), period);
  while ((now = trk_engine_next_deadline (engine)) < period.end)
    {
      TrkPresence wanted = presence_at (user, plan, now);

      keep (all, trk_engine_step (engine, now), period);
      if (wanted != presence)
        keep (all, tell_presence (engine, wanted, now), period);
      presence = wanted;
    }
  drop_empty_gaps (all);
  return all;
}

GPtrArray *
trk_simulation_run (TrkPlan *plan,
                    TrkPeriod period,
                    TrkSimulatedUser user,
                    const TrkPolicies *policies,
                    const TrkAlmanac *almanac)
{
  g_autoptr (TrkEngine) engine = trk_engine_new (policies, almanac, NULL);

  return run_from (engine, plan, period, user, beginning (plan, period));
}

/* Does what runs say that nothing can tell who is there? In a meeting nobody looks. */
static gboolean
is_unverified (const TrkEngineMemory *memory, const TrkPolicies *policies)
{
  for (guint i = 0; memory->entries != NULL && i < memory->entries->len; i++)
    {
      const TrkEntry *entry = memory->entries->pdata[i];

      if (trk_entry_is_open (entry) && entry->evidence == TRK_EVIDENCE_PLAN)
        return entry->kind == TRK_KIND_BREAK || policies->of[entry->kind].away_pauses;
    }
  return FALSE;
}

GPtrArray *
trk_simulation_go_on (TrkPlan *plan,
                      TrkPeriod period,
                      TrkSimulatedUser user,
                      const TrkPolicies *policies,
                      const TrkAlmanac *almanac,
                      const TrkEngineMemory *memory)
{
  g_autoptr (TrkEngine) engine = trk_engine_new (policies, almanac, memory);

  if (user == TRK_USER_FOLLOWS_PLAN && is_unverified (memory, policies))
    user = TRK_USER_UNKNOWN;
  return run_from (engine, plan, period, user, period.start);
}
