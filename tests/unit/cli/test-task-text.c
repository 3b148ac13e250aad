/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-error.h"
#include "trk-task-syntax.h"
#include "trk-task-tree.h"

static void
test_syntax (void)
{
  static const struct
  {
    const char *text;
    const char *title; /* NULL: refused */
    const char *tags, *project;
    int minutes;
    double points;
  } rows[] = {
    { "PDF invoices: endpoint +billing ~30m", "PDF invoices: endpoint", "billing", NULL, 30, 0 },
    { "+a x +b", "x", "a b", NULL, 0, 0 },
    { "x @acme ~3p ~1h30", "x", "", "acme", 90, 3 },
    { "x @one @two", "x", "", "two", 0, 0 },
    { "x ~0.5p", "x", "", NULL, 0, 0.5 },
    { "x ~8points", "x", "", NULL, 0, 8 },
    { "C++ and a@b.example and x~y", "C++ and a@b.example and x~y", "", NULL, 0, 0 },
    { "a + b @ ~ c", "a + b @ ~ c", "", NULL, 0, 0 },
    { "~soon", "~soon", "", NULL, 0, 0 },
    { "++ @@x +-y", "++ @@x +-y", "", NULL, 0, 0 },
    { "x +größe @ärger", "x", "größe", "ärger", 0, 0 },
    { "  many   spaces\tand\nlines ", "many spaces and lines", "", NULL, 0, 0 },
    { "+tag ~30m", NULL, NULL, NULL, 0, 0 },
    { "", NULL, NULL, NULL, 0, 0 },
    { " \t", NULL, NULL, NULL, 0, 0 },
    { "x ~30q", NULL, NULL, NULL, 0, 0 },
    { "x ~0m", NULL, NULL, NULL, 0, 0 },
    { "x ~99999999p", NULL, NULL, NULL, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkTask) task = trk_task_new ();
      g_autoptr (GError) error = NULL;
      gboolean good = trk_task_syntax_parse (rows[i].text, task, &error);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (good, ==, rows[i].title != NULL);
      if (!good)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          continue;
        }
      g_autofree char *tags = g_strjoinv (" ", task->tags);
      g_assert_cmpstr (task->title, ==, rows[i].title);
      g_assert_cmpstr (tags, ==, rows[i].tags);
      g_assert_cmpstr (task->project, ==, rows[i].project);
      g_assert_cmpint (task->estimate, ==, rows[i].minutes * TRK_MINUTE);
      g_assert_cmpfloat (task->points, ==, rows[i].points);
    }
}

/* @parents[n] is the parent of the task with the number n + 1. */
static GPtrArray *
tasks_of (const gint64 *parents, guint n)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_task_free);

  for (guint i = 0; i < n; i++)
    {
      TrkTask *task = trk_task_new ();

      task->number = i + 1;
      task->parent = parents[i];
      g_ptr_array_add (tasks, task);
    }
  return tasks;
}

static char *
describe (const GPtrArray *tasks)
{
  g_autoptr (GArray) nodes = trk_task_tree_new (tasks);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      const TrkTaskNode *node = &g_array_index (nodes, TrkTaskNode, i);

      g_string_append_printf (out, "%s%" G_GINT64_FORMAT "/%u", i > 0 ? " " : "",
                              node->task->number, node->depth);
    }
  return g_string_free (out, FALSE);
}

static void
test_tree (void)
{
  static const struct
  {
    gint64 parents[5];
    guint n;
    const char *expected;
  } rows[] = {
    { { 0 }, 0, "" },
    { { 0, 0, 0 }, 3, "1/0 2/0 3/0" },
    { { 0, 1, 2, 0, 1 }, 5, "1/0 2/1 3/2 5/1 4/0" },
    { { 3, 0, 2 }, 3, "2/0 3/1 1/2" },
    { { 99, 1 }, 2, "1/0 2/1" },       /* the parent is not shown */
    { { 2, 1, 0 }, 3, "3/0 1/0 2/1" }, /* a circle */
    { { 1 }, 1, "1/0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) tasks = tasks_of (rows[i].parents, rows[i].n);
      g_autofree char *got = describe (tasks);

      g_assert_cmpstr (got, ==, rows[i].expected);
    }
}

/* Whatever the parents say, every task stands in the tree exactly once. */
static void
test_tree_keeps_all (void)
{
  for (guint round = 0; round < 300; round++)
    {
      gint64 parents[20];
      guint n = (guint) g_test_rand_int_range (0, 21);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
      g_autoptr (GPtrArray) tasks = NULL;
      g_autoptr (GArray) nodes = NULL;

      for (guint i = 0; i < n; i++)
        parents[i] = g_test_rand_int_range (0, 25);
      tasks = tasks_of (parents, n);
      nodes = trk_task_tree_new (tasks);
      g_assert_cmpuint (nodes->len, ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_true (g_hash_table_add (
            seen, (gpointer) &g_array_index (nodes, TrkTaskNode, i).task->number));
    }
}

static void
test_within (void)
{
  static const gint64 parents[] = { 0, 1, 2, 0, 5 };
  g_autoptr (GPtrArray) tasks = tasks_of (parents, 5);

  g_assert_true (trk_task_tree_is_within (tasks, 1, 1));
  g_assert_true (trk_task_tree_is_within (tasks, 3, 1));
  g_assert_false (trk_task_tree_is_within (tasks, 1, 3));
  g_assert_false (trk_task_tree_is_within (tasks, 4, 1));
  g_assert_false (trk_task_tree_is_within (tasks, 5, 1)); /* its own parent: an end all the same */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/task/syntax", test_syntax);
  g_test_add_func ("/cli/task/tree", test_tree);
  g_test_add_func ("/cli/task/tree-keeps-all", test_tree_keeps_all);
  g_test_add_func ("/cli/task/within", test_within);
  return g_test_run ();
}
