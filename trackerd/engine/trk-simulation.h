/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-engine.h"

G_BEGIN_DECLS

/* What the daemon would do in @period with @plan, without doing it: the same engine, stepped from
 * deadline to deadline by a user who is @presence all the time. The plan may reach beyond the
 * period: what began before is under way, and what comes after it is announced. Array of TrkEffect
 * with period.start <= at < period.end, owned by the caller. */
GPtrArray *
trk_simulation_run (TrkPlan *plan,
                    TrkPeriod period,
                    TrkPresence presence,
                    const TrkPolicies *policies,
                    const TrkAlmanac *almanac);

G_END_DECLS
