/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-engine.h"

G_BEGIN_DECLS

/* Who sits at the simulated desktop. */
typedef enum
{
  TRK_USER_FOLLOWS_PLAN, /* there, but away while a break or off time is planned */
  TRK_USER_ACTIVE,       /* there all the time, in breaks too */
  TRK_USER_AWAY,         /* never there */
  TRK_USER_UNKNOWN,      /* nothing can tell */
} TrkSimulatedUser;

/* "plan", "active", "away", "unknown"; FALSE for another word, which leaves @user alone. */
gboolean trk_simulated_user_from_string (const char *text, TrkSimulatedUser *user);

/* What the daemon would do in @period with @plan, without doing it: the same engine, stepped from
 * deadline to deadline by @user. The plan may reach beyond the period: what began before is under
 * way, and what comes after it is announced. Array of TrkEffect with period.start <= at <
 * period.end, owned by the caller. */
GPtrArray *trk_simulation_run (TrkPlan *plan,
                               TrkPeriod period,
                               TrkSimulatedUser user,
                               const TrkPolicies *policies,
                               const TrkAlmanac *almanac);

/* The same of a day that goes on: of @memory (what the log has of it), from period.start, which is
 * now. Where it has what runs as planned, unseen, who follows the plan is not seen later either:
 * @user is TRK_USER_UNKNOWN then. */
GPtrArray *trk_simulation_go_on (TrkPlan *plan,
                                 TrkPeriod period,
                                 TrkSimulatedUser user,
                                 const TrkPolicies *policies,
                                 const TrkAlmanac *almanac,
                                 const TrkEngineMemory *memory);

G_END_DECLS
