/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* Time worked on each of some tasks, over the whole log; an open entry counts up to now. And which
 * of them runs. */
typedef struct _TrkWorked TrkWorked;

/* @tasks: of TrkTask; costs what these have of entries, however long the log is. */
TrkWorked *
trk_worked_new (TrkSession *session, TrkStore *store, const GPtrArray *tasks, GError **error);
void trk_worked_free (TrkWorked *worked);
TrkDuration trk_worked_on (const TrkWorked *worked, gint64 task); /* 0: none */
gboolean trk_worked_runs (const TrkWorked *worked, gint64 task);  /* time is kept for it now */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkWorked, trk_worked_free)

G_END_DECLS
