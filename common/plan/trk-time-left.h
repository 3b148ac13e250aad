/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* The time that blocks left before its end, because they were skipped or done: they claim it no
 * more, so what they displaced gets it back. Told by periods and not by the pieces' IDs, whose
 * numbers depend on what displaced whom. */

/* Adds to @wanted what @block still claims: itself, as a rule; pieces of it; or nothing. @records
 * of TrkBlockRecord (nullable). */
void trk_time_left_claim (GPtrArray *wanted, TrkBlock *block, const GPtrArray *records);

G_END_DECLS
