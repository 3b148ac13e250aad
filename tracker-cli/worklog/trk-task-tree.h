/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-work.h"

G_BEGIN_DECLS

/* Tasks as a tree: each below the one that it is part of. */
typedef struct
{
  const TrkTask *task; /* borrowed from the array that was given */
  guint depth;         /* 0: part of none that is shown */
} TrkTaskNode;

/* @tasks (of TrkTask, by number) in the order of the tree; each stands in it exactly once, whatever
 * its parents say. Array of TrkTaskNode, owned by the caller. */
GArray *trk_task_tree_new (const GPtrArray *tasks);

/* Is @number the task @above itself or somewhere below it, by @tasks (all of them)? */
gboolean trk_task_tree_is_within (const GPtrArray *tasks, gint64 number, gint64 above);

G_END_DECLS
