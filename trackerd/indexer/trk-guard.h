/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-indexer-protocol.h"

G_BEGIN_DECLS

/* What keeps a hostile calendar from doing harm: limits on this process, and a page of memory
 * shared with its parent that names what is being handled, so that the parent knows what killed
 * us. */
typedef struct
{
  TrkIndexerStatus *status; /* (nullable): started without a parent that listens */
  guint entered;            /* events since the last rest */
} TrkGuard;

/* Limits of memory, CPU time and file size for the whole run; maps the status page. */
void trk_guard_init (TrkGuard *guard);

/* Names by its hash the event (or file) that is handled next. Some events together have two seconds
 * of CPU time (a call of the kernel saved for most); when they are over the process dies by
 * SIGPROF. */
void trk_guard_enter (TrkGuard *guard, guint64 hash);
/* It is done. Its time runs on until the next one is entered: a call of the kernel saved for
 * each. */
void trk_guard_leave (TrkGuard *guard);
/* Nothing of a calendar is handled now: what comes takes the time it takes. */
void trk_guard_rest (TrkGuard *guard);

void trk_guard_progress (TrkGuard *guard, guint done, guint total);

G_END_DECLS
