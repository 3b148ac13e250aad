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
} TrkGuard;

/* Limits of memory, CPU time and file size for the whole run; maps the status page. */
void trk_guard_init (TrkGuard *guard);

/* Names the event (or, with line 0, the file) that is handled next and gives it two seconds of CPU
 * time; when they are over the process dies by SIGPROF. */
void trk_guard_enter (TrkGuard *guard, const char *file, guint line, const char *hash);
/* Nothing of a calendar is handled now. */
void trk_guard_leave (TrkGuard *guard);

void trk_guard_progress (TrkGuard *guard, guint done, guint total);

G_END_DECLS
