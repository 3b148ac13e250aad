/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* The block that @occurrence wants, before overlaps, its texts made safe to show; NULL when it
 * makes none (trk_verdict_new). Owned by the caller. */
TrkBlock *trk_block_make (const TrkOccurrence *occurrence, const TrkPlanInput *input);

G_END_DECLS
