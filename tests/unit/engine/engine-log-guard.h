/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-log.h"

/* The part of the log (engine-log.h) that holds the rules of the focus guard: nobody is asked
 * outside of focus, about one program once in a block and again only when it was allowed and the
 * minutes are over; each question keeps the minute between notices, is logged as one interruption,
 * and leaves the screen when it is answered. */

void engine_log_guard_notified (EngineLog *log, const TrkNotice *notice, TrkInstant now);
void engine_log_guard_withdrawn (EngineLog *log, const char *key);
void engine_log_guard_asked (EngineLog *log, const TrkInterruption *asked, TrkInstant now);
void engine_log_guard_answered (EngineLog *log, const TrkInterruption *answered);
/* The clock may have been set back to @now. */
void engine_log_guard_set_back (EngineLog *log, TrkInstant now);
/* Is @program, in front in @block_id, not to be asked about now? It was, and no allowance is over.
 */
gboolean engine_log_guard_rests (const EngineLog *log,
                                 const char *program,
                                 const char *block_id,
                                 TrkInstant now);
/* After the effects of one call. */
void engine_log_guard_check (EngineLog *log);
