/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-command.h"

G_BEGIN_DECLS

/* What the commands that change tasks share. The store stands in a transaction. */

/* Fills the new @task from all words, in the quick syntax of trk-task-syntax.h. */
gboolean trk_task_change_jot (TrkTask *task, const TrkArgs *args, GError **error);

/* Takes --title, --project, --estimate, --points, --tag, --untag, --note and --parent. */
gboolean
trk_task_change_describe (TrkStore *store, TrkTask *task, const TrkArgs *args, GError **error);

/* Brings @task into @state and writes it; a task that is dropped leaves its sprint.
 * TRK_ERROR_STATE when it is in that state already. */
gboolean trk_task_change_state (
    TrkSession *session, TrkStore *store, TrkTask *task, TrkTaskState state, GError **error);

/* "added task 12: PDF invoices (~0:30)". */
void trk_task_change_say (TrkSession *session, const char *what, const TrkTask *task);

G_END_DECLS
