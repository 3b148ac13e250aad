/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-columns.h"
#include "trk-json-print.h"
#include "trk-worked.h"

G_BEGIN_DECLS

/* Tasks for people and as JSON; what task list, task show and sprint show share. */

/* "▶" while time is kept for it, "◐" begun, "✓" completed, "×" cancelled, "·" open. Static. */
const char *trk_task_mark (const TrkTask *task, const TrkWorked *worked);

/* "0:38 of 1:00", "0:38", "~1:00", "3 points", or "" when there is nothing to say. Owned by the
 * caller. */
char *trk_task_effort (const TrkTask *task, const TrkWorked *worked);

/* The tree of @tasks (of TrkTask) in rows of number, mark, title, effort, project and tags. */
void trk_task_print_tree (TrkSession *session, const GPtrArray *tasks, const TrkWorked *worked);

/* One task as an object: number, id, title, state, running, project, tags, note, parent, sprint,
 * estimate and worked in seconds, points, created, completed. */
void trk_task_add_json (TrkJson *builder, const TrkTask *task, const TrkWorked *worked);

/* One task in full, with the entries that were spent on it; as JSON the one object. */
gboolean
trk_task_print_full (TrkSession *session, TrkStore *store, const TrkTask *task, GError **error);

G_END_DECLS
