/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* The block that @occurrence wants, before overlaps, its texts made safe to show; NULL when it
 * makes none (trk_verdict). Owned by the caller. */
TrkBlock *trk_block_make (const TrkOccurrence *occurrence, const TrkPlanInput *input);

/* The same from @block, that of another occurrence of the same event. What is decided and shown is
 * the event's, and shared with it. */
TrkBlock *
trk_block_make_again (TrkBlock *block, const TrkOccurrence *occurrence, const TrkPlanInput *input);

G_END_DECLS
