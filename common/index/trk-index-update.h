/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index.h"

G_BEGIN_DECLS

/* Bringing the index up to date: starts trackerd-indexer as a child under limits of CPU and memory
 * and waits for it. When the child crashes or meets a limit, the event that it had named is
 * quarantined with a diagnostic and the child is started again, so that its neighbours stay. Blocks
 * its thread; the daemon calls it on a thread of its own. */
typedef struct
{
  const char *index_path;     /* created when missing, 0600 */
  const GPtrArray *calendars; /* of TrkCalendar */
  TrkPeriod window;           /* wanted; the child may widen it */
  gboolean (*progress) (guint done, guint total, gpointer data); /* FALSE stops (nullable) */
  gpointer progress_data;
  TrkDuration patience; /* with a child that shows no sign of life; 0: a minute */
} TrkIndexRequest;

/* FALSE: the old index is unchanged. TRUE even when events were left out: see the diagnostics. */
gboolean trk_index_update (const TrkIndexRequest *request, GError **error);

/* The window that daily work wants around @now: enough for a year's report and the next weeks. */
TrkPeriod trk_index_usual_window (TrkInstant now);

G_END_DECLS
