/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* What a new plan changes in the log. Blocks of days that have begun follow the calendar until they
 * end, or were skipped or done; then they are history.
 *
 * @records: of TrkBlockRecord, what the log has in the plan's period; NULL when it cannot be read:
 * then nothing is changed, because what would be written over is not known. Pure. */

/* Blocks that begin before @day_end and are new, or other than in the log. Of TrkBlock; owned by
 * the caller. */
GPtrArray *trk_plan_blocks_to_put (const TrkPlan *plan,
                                   const GPtrArray *records,
                                   TrkInstant day_end,
                                   TrkInstant now);

/* IDs of blocks that have not begun and that the plan no longer has. Owned by the caller. */
GPtrArray *
trk_plan_blocks_to_forget (const TrkPlan *plan, const GPtrArray *records, TrkInstant now);

G_END_DECLS
