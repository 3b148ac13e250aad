/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-sprint-figures.h"

G_BEGIN_DECLS

/* Up to when the sprint goes: its close, or now. What happens to its tasks later is not its own. */
TrkInstant trk_sprint_until (const TrkSprint *sprint, TrkInstant now);

/* Every task that ever was in @sprint, once, however often it left and came back: an array of
 * TrkSprintMember in the order of the input's tasks, owned by the caller. */
GArray *trk_sprint_members_new (const TrkSprintInput *input, const TrkSprint *sprint);

/* The measure that most of @members have: points, else estimates; neither: tasks. */
TrkBurn trk_sprint_burn (const GArray *members);

/* Says by what each of @members is measured, and sums them up by it. */
void trk_sprint_measure (GArray *members, TrkBurn burn, TrkSprintProgress progress[TRK_N_BURNS]);

/* What a task weighs in @burn. */
double trk_burn_weight (TrkBurn burn, const TrkTask *task);

G_END_DECLS
