/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-entry.h"

G_BEGIN_DECLS

/* Takes out of @gaps (of TrkGap by start, which the array owns) what @entries (of TrkEntry, by
 * start) cover: the user wrote down afterwards what was done then, so it is neither away nor
 * paused. What is left of one comes in its place, in as many pieces as there are, all with its
 * number. A gap that has an answer stays whole: its entry is the answer. As a rule linear. */
void trk_gaps_leave_free (GPtrArray *gaps, const GPtrArray *entries);

/* Is any of @gap left when what @entries cover is taken out? */
gboolean trk_gap_is_left (const TrkGap *gap, const GPtrArray *entries);

/* Why there was one, in words (static). */
const char *trk_gap_cause (const TrkGap *gap);

/* That it has no answer, in words (static): nobody is to answer for what lasts. NULL: it has. */
const char *trk_gap_unanswered (const TrkGap *gap);

/* What it was, or that it has no answer, in words (static): "a break", "not work". */
const char *trk_gap_answered (const TrkGap *gap);

G_END_DECLS
