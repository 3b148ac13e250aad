/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* "Stopped Deep work (kept 3 min)", "Skipped Deep work": what the verb that is named by its past
 * tense @did ended, by what the daemon said @before. The time is the log's:
 * what was kept of the block, or of the one entry without a block; none is not said, and a
 * log that cannot be read is told on the session's err. Owned by the caller. */
char *trk_ended_line (TrkSession *session, const char *did, const TrkDaemonStatus *before);

/* "· Done fix login (kept 52 min), and task 12 · PDF invoices": the same of what was done, as the
 * daemon answered Done: @told; with the task that it completed. */
char *trk_ended_done (TrkSession *session, GVariant *told);

G_END_DECLS
