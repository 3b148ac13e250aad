/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* The policy of overlaps, in one place. The stronger kind wins (policies->precedence), between
 * equals the shorter block, then the earlier, then the lower ID. The loser is cut around the
 * winner; pieces under policies->smallest_piece go. Every minute that is lost stands in a
 * TrkSqueeze.
 *
 * @wanted: of TrkBlock, in any order. @placed and @squeezed (trk_squeezes_new) get the result;
 * @placed is sorted and does not overlap, the pieces of one block still share its ID. What is lost
 * is told of blocks that reach into @period. */
void trk_overlap_resolve (const GPtrArray *wanted,
                          const TrkPolicies *policies,
                          TrkPeriod period,
                          GPtrArray *placed,
                          GArray *squeezed);

G_END_DECLS
