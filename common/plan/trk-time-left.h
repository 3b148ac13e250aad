/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* The time that blocks left before its end, because they were skipped or done: they claim it no
 * more, so what they displaced gets it back, but for what was itself left before: that does not
 * begin again. What is done is a piece; what is skipped is the event from that piece on. Told by
 * periods and not by the pieces' IDs, whose numbers depend on what displaced whom. */

/* Those of @records (of TrkBlockRecord, nullable) that left time, borrowed; as a rule few. */
GPtrArray *trk_time_left_records (const GPtrArray *records);

/* Adds to @wanted what @block still claims: itself, as a rule; pieces of it; or nothing. @left:
 * trk_time_left_records(). What it has left takes no place that another leaves afterwards, nor a
 * piece under @smallest beside that. */
void trk_time_left_claim (GPtrArray *wanted,
                          TrkBlock *block,
                          const GPtrArray *left,
                          TrkDuration smallest);

G_END_DECLS
