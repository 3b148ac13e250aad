/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-task-tree.h"

typedef struct
{
  const GPtrArray *tasks;
  GHashTable *by_parent; /* number → GPtrArray of TrkTask */
  GHashTable *placed;    /* set of numbers */
  GArray *nodes;
} Tree;

static GHashTable *
group_by_parent (const GPtrArray *tasks)
{
  GHashTable *groups =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < tasks->len; i++)
    {
      TrkTask *task = g_ptr_array_index (tasks, i);
      GPtrArray *group = g_hash_table_lookup (groups, &task->parent);

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, &task->parent, group);
        }
      g_ptr_array_add (group, task);
    }
  return groups;
}

static void
place (Tree *tree, TrkTask *task, guint depth)
{
  TrkTaskNode node = { task, depth };
  GPtrArray *children;

  if (!g_hash_table_add (tree->placed, &task->number))
    return;
  g_array_append_val (tree->nodes, node);
  children = g_hash_table_lookup (tree->by_parent, &task->number);
  for (guint i = 0; children != NULL && i < children->len; i++)
    place (tree, g_ptr_array_index (children, i), depth + 1);
}

GArray *
trk_task_tree_new (const GPtrArray *tasks)
{
  g_autoptr (GHashTable) by_parent = group_by_parent (tasks);
  g_autoptr (GHashTable) placed = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) shown = g_hash_table_new (g_int64_hash, g_int64_equal);
  Tree tree = { tasks, by_parent, placed,
                g_array_sized_new (FALSE, FALSE, sizeof (TrkTaskNode), tasks->len) };

  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_add (shown, &((TrkTask *) g_ptr_array_index (tasks, i))->number);
  for (guint i = 0; i < tasks->len; i++)
    {
      TrkTask *task = g_ptr_array_index (tasks, i);

      if (!g_hash_table_contains (shown, &task->parent))
        place (&tree, task, 0);
    }
  /* What is left goes round in a circle, which only a damaged log can hold. */
  for (guint i = 0; i < tasks->len; i++)
    place (&tree, g_ptr_array_index (tasks, i), 0);
  return tree.nodes;
}

static gint64
parent_of (const GPtrArray *tasks, gint64 number)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      const TrkTask *task = g_ptr_array_index (tasks, i);

      if (task->number == number)
        return task->parent;
    }
  return 0;
}

gboolean
trk_task_tree_is_within (const GPtrArray *tasks, gint64 number, gint64 above)
{
  for (guint step = 0; number != 0 && step <= tasks->len; step++)
    {
      if (number == above)
        return TRUE;
      number = parent_of (tasks, number);
    }
  return FALSE;
}
