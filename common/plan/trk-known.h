/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* What came into the plan when its time had begun, with its calendar or by itself, was not planned
 * before that: nobody could keep it then, be late for it or miss it. Its time begins when it came;
 * what was over by then keeps its time and is in no figure (trk_block_came_late). */

/* @block as it is planned when it came into the plan at @known: itself, or a new one, as a rule
 * with a later start and without alarms, which are about the event's. A piece that begins after
 * that notes it alone: once what covers the event until then is gone, nobody else knows. Owned by
 * the caller. */
TrkBlock *trk_known_block (TrkBlock *block, TrkInstant known);

/* Does so for those of @blocks (of TrkBlock, owned by the array) that came late by the word of
 * @records (of TrkBlockRecord, nullable). */
void trk_known_begin (GPtrArray *blocks, const GPtrArray *records);

/* @plan where it has what neither the plan @before (nullable: there was none) nor @records know, or
 * know at a time that is still to come @now: it came now, where that plan reached so far; else no
 * earlier than the log's first @trace (TRK_NEVER: now). A piece is known when its event is. Owned
 * by the caller. */
TrkPlan *trk_known_news (TrkPlan *plan,
                         const TrkPlan *before,
                         const GPtrArray *records,
                         TrkInstant trace,
                         TrkInstant now);

G_END_DECLS
