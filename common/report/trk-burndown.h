/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-sprint-figures.h"

G_BEGIN_DECLS

/* Was the task of @row completed while it was in its sprint, not later than @at? */
gboolean trk_membership_is_done (const TrkSprintTask *row, const TrkTask *task, TrkInstant at);

/* What a task weighs in @burn. */
double trk_burn_weight (TrkBurn burn, const TrkTask *task);

/* Remaining work at the end of each day of the sprint against the ideal line, which falls from what
 * was committed to nothing over the working days. Array of TrkBurndownDay owned by the caller. */
GArray *trk_burndown_new (const TrkSprintInput *input, TrkBurn burn, GHashTable *tasks);

G_END_DECLS
