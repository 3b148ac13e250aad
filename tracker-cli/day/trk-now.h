/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* "● Focus  Payment retries   until 10:30, 52 min left": what the daemon keeps time for now, in one
 * line without a line end. Owned by the caller. */
char *trk_now_line (TrkSession *session, const TrkDaemonStatus *status);

/* "● Focus  Payment retries", "◐ Paused", "◐ Away", "· Nothing runs": the first half of it. */
char *trk_now_what (const TrkDaemonStatus *status);

/* Whether time is kept or paused: not while idle, whatever block the plan has, nor in off time. */
gboolean trk_now_runs (const TrkDaemonStatus *status);

/* Is @entry one of the work that runs by @status? What was begun by hand is known by its title and
 * task. */
gboolean trk_now_is_of (const TrkDaemonStatus *status, const TrkEntry *entry);

/* The time kept by @now of what runs by @status: of its block, or since it was started by hand.
 * @entries: of TrkEntry by start. */
TrkDuration trk_now_kept (const TrkDaemonStatus *status, const GPtrArray *entries, TrkInstant now);

/* When the time of what runs by @status began: its block's, or when it was started by hand; 0 none.
 * Not the present state's begin, which a pause and its end set anew. */
TrkInstant trk_now_start (const TrkDaemonStatus *status);

/* The time kept of it by @now, as far as the daemon itself tells. */
TrkDuration trk_now_told (const TrkDaemonStatus *status, TrkInstant now);

/* What @kept is of its time, 0 to 1; 0 when it has no end. */
double trk_now_share (const TrkDaemonStatus *status, TrkDuration kept);

/* "the block of the plan, 15:00–16:30, begun early", of what runs by @status as the log has it;
 * NULL when that is none of the plan. Owned by the caller. */
char *trk_now_planned (TrkSession *session, const TrkDaemonStatus *status);

/* "10:30  Code review": @title, that comes at @start. Owned by the caller. */
char *trk_now_coming (TrkSession *session, const char *title, TrkInstant start);

/* The same of what is next, or NULL when nothing comes. Owned by the caller. */
char *trk_now_next (TrkSession *session, const TrkDaemonStatus *status);

/* "Focus" for "focus". Owned by the caller. */
char *trk_now_capital (const char *word);

G_END_DECLS
