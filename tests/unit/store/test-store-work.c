/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

/* Tasks, sprints and metrics come back as they were written. */

static void
test_work (void)
{
  static const char *const tags[] = { "a", "b", NULL };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkSprint) sprint = trk_sprint_new ();
  g_autoptr (TrkTask) task = trk_task_new ();
  g_autoptr (TrkSprint) current = NULL;
  g_autoptr (TrkTask) again = NULL;
  g_autoptr (GArray) rows = NULL;
  TrkSprintTask row = { .how = TRK_JOIN_ADDED, .joined = AT (1) };
  TrkSprintTask *read;

  sprint->name = g_strdup ("S1");
  sprint->goal = g_strdup ("ship");
  sprint->first = 20780;
  sprint->last = 20789;
  sprint->started = AT (0);
  task->title = g_strdup ("endpoint");
  task->project = g_strdup ("billing");
  task->tags = g_strdupv ((GStrv) tags);
  task->note = g_strdup ("n");
  task->state = TRK_TASK_CANCELLED;
  task->parent = add_task (store, "parent");
  task->estimate = 30 * TRK_MINUTE;
  task->points = 0.1 + 0.2;
  task->created = AT (0);
  task->completed = AT (9);
  begin (store, "work");
  g_assert_true (trk_store_add_sprint (store, sprint, NULL));
  task->sprint = sprint->number;
  g_assert_true (trk_store_add_task (store, task, NULL));
  row.sprint = sprint->number;
  row.task = task->number;
  g_assert_true (trk_store_put_sprint_task (store, &row, NULL));
  row.left = AT (5);
  row.carried = TRUE;
  g_assert_true (trk_store_put_sprint_task (store, &row, NULL));
  commit (store);

  current = trk_store_current_sprint (store, NULL);
  g_assert_cmpstr (current->name, ==, "S1");
  g_assert_cmpstr (current->goal, ==, "ship");
  g_assert_cmpint (current->first, ==, 20780);
  g_assert_cmpint (current->last, ==, 20789);
  g_assert_cmpint (current->started, ==, AT (0));
  again = trk_store_task (store, task->number, NULL);
  g_assert_cmpstr (again->id, ==, task->id);
  g_assert_cmpstr (again->project, ==, "billing");
  g_assert_cmpstr (again->tags[1], ==, "b");
  g_assert_cmpstr (again->note, ==, "n");
  g_assert_cmpint (again->state, ==, TRK_TASK_CANCELLED);
  g_assert_cmpint (again->parent, ==, task->parent);
  g_assert_cmpint (again->sprint, ==, sprint->number);
  g_assert_cmpint (again->estimate, ==, 30 * TRK_MINUTE);
  g_assert_true (again->points == 0.1 + 0.2);
  g_assert_cmpint (again->completed, ==, AT (9));
  rows = trk_store_sprint_tasks (store, 0, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  read = &g_array_index (rows, TrkSprintTask, 0);
  g_assert_cmpint (read->how, ==, TRK_JOIN_ADDED);
  g_assert_cmpint (read->left, ==, AT (5));
  g_assert_true (read->carried);

  sprint->closed = AT (60);
  begin (store, "sprint close");
  g_assert_true (trk_store_update_sprint (store, sprint, NULL));
  commit (store);
  g_assert_null (trk_store_current_sprint (store, NULL));
}

static void
test_metric (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  const char *const names[] = { "coverage", "builds", "coverage" };

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (TrkMetric) metric = trk_metric_new ();

      metric->name = g_strdup (names[i]);
      metric->value = 83.2 + i;
      metric->unit = g_strdup ("%");
      metric->source = g_strdup ("manual");
      metric->at = AT (i);
      begin (store, "metric add");
      g_assert_true (trk_store_add_metric (store, metric, NULL));
      commit (store);
    }
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) found = trk_store_metrics (store, i == 0 ? "coverage" : NULL,
                                                       (TrkPeriod){ AT (0), AT (3) }, NULL);
      TrkMetric *last = found->pdata[found->len - 1];

      g_assert_cmpuint (found->len, ==, i == 0 ? 2 : 3);
      g_assert_true (last->value == 85.2);
      g_assert_cmpstr (last->unit, ==, "%");
      g_assert_cmpstr (last->source, ==, "manual");
      g_assert_cmpint (last->at, ==, AT (2));
    }
  begin (store, "metric remove");
  g_assert_true (trk_store_remove_metric (store, 1, NULL));
  g_assert_false (trk_store_remove_metric (store, 99, NULL));
  commit (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/values/work", test_work);
  g_test_add_func ("/store/values/metric", test_metric);
  return g_test_run ();
}
