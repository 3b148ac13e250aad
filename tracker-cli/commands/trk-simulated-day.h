/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"
#include "trk-simulation.h"

G_BEGIN_DECLS

/* What a simulation begins with: the plan, and of the day that goes on what the log has of it, as a
 * daemon that starts now reads it. */
typedef struct
{
  TrkPlan *plan;                                                /* (owned) */
  TrkEngineMemory memory;                                       /* borrows the rest */
  GPtrArray *entries, *gaps, *records, *states, *blocks, *told; /* (owned) (nullable) */
  gboolean remembered; /* there is a log, and @period has this moment */
} TrkSimulatedDay;

/* The plan reaches beyond @period, whose last blocks' followers may be announced in it. */
gboolean trk_simulated_day_load (
    TrkSimulatedDay *day, TrkSession *session, TrkConfig *config, TrkPeriod period, GError **error);
void trk_simulated_day_clear (TrkSimulatedDay *day);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkSimulatedDay, trk_simulated_day_clear)

G_END_DECLS
