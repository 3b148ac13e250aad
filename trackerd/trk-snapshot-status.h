/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-daemon-status.h"
#include "trk-engine.h"

G_BEGIN_DECLS

/* What of the engine's state is published: what runs or is paused, how long it has been kept and
 * when it ends, and what is next. */
void trk_snapshot_status (TrkDaemonStatus *status, const TrkSnapshot *snapshot);

/* What runs or is paused alone: its name, and since when. */
void trk_snapshot_status_now (TrkDaemonStatus *status, const TrkSnapshot *snapshot);

/* Puts a valid copy of @text (nullable) into @field of a status. */
void trk_daemon_status_set (char **field, const char *text);

G_END_DECLS
