/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold of every sprint, whatever came into it, left it, came back or was done when: all
 * that came in is accounted for once, in tasks, points and hours; the burndown ends at what is
 * open; and every figure opens to as many rows as it counts. */

#include "report-fixture.h"

typedef struct
{
  Fixture *f;
  GPtrArray *sprints;
  GArray *memberships;
  TrkSprintInput input;
} Log;

static void
log_free (Log *log)
{
  fixture_free (log->f);
  g_ptr_array_unref (log->sprints);
  g_array_unref (log->memberships);
  g_free (log);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_free)

static TrkInstant
any_time (const Log *log, TrkInstant from)
{
  return from
         + g_test_rand_int_range (0, (gint32) ((log->input.now - from) / TRK_SECOND) + 1)
               * TRK_SECOND;
}

/* One to three stays, one after the other; the last may go on, or be carried when @closed. */
static void
add_stays (Log *log, const TrkTask *task, gboolean closed)
{
  TrkInstant joined = log->input.sprint->started;

  for (int stays = g_test_rand_int_range (1, 4); stays > 0; stays--)
    {
      TrkSprintTask row = { .sprint = 1, .task = task->number, .joined = joined };

      row.how = (TrkJoin) g_test_rand_int_range (0, 3);
      if (stays > 1 || g_test_rand_int_range (0, 4) == 0)
        row.left = any_time (log, joined);
      else if (closed && (trk_task_is_open (task) || task->completed > log->input.sprint->closed))
        {
          row.left = log->input.sprint->closed;
          row.carried = TRUE;
        }
      g_array_append_val (log->memberships, row);
      if (row.left == 0 || row.carried)
        return;
      joined = row.left + TRK_SECOND;
      if (joined >= log->input.now || (closed && joined >= log->input.sprint->closed))
        return;
    }
}

static void
add_task (Log *log, gint64 number, gboolean closed)
{
  TrkTask *task = fixture_task (log->f, number, g_test_rand_int_range (0, 3) * TRK_HOUR / 2,
                                g_test_rand_int_range (0, 3));
  TrkInstant start = any_time (log, log->input.sprint->started);

  task->parent = number > 3 && g_test_rand_int_range (0, 5) == 0 ? number - 3 : 0;
  task->state = (TrkTaskState) g_test_rand_int_range (0, 4);
  if (!trk_task_is_open (task))
    task->completed = any_time (log, log->input.sprint->started);
  add_stays (log, task, closed);
  for (guint i = 0; i < 3; i++)
    {
      TrkEntry *entry = fixture_entry (log->f, "2026-01-01 00:00", "2026-01-01 00:01",
                                       (TrkKind) g_test_rand_int_range (0, TRK_N_KINDS), NULL);

      entry->period = (TrkPeriod){ start, start + g_test_rand_int_range (1, 9000) * TRK_SECOND };
      entry->task = number;
      start = entry->period.end;
    }
}

static Log *
log_new (gboolean closed)
{
  Log *log = g_new0 (Log, 1);
  TrkSprint *sprint = trk_sprint_new ();

  log->f = fixture_new ("Europe/Berlin");
  log->sprints = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_sprint_free);
  log->memberships = g_array_new (FALSE, TRUE, sizeof (TrkSprintTask));
  sprint->number = 1;
  sprint->name = g_strdup ("S");
  sprint->first = trk_day_from_ymd (2026, 11, 23);
  sprint->last = sprint->first + 13;
  sprint->started = fixture_at (log->f, "2026-11-23 08:00");
  sprint->closed = closed ? fixture_at (log->f, "2026-12-01 18:00") : 0;
  g_ptr_array_add (log->sprints, sprint);
  log->input = (TrkSprintInput){ .sprint = sprint,
                                 .now = fixture_at (log->f, "2026-12-03 12:34"),
                                 .almanac = log->f->input.almanac,
                                 .sprints = log->sprints,
                                 .memberships = log->memberships,
                                 .tasks = log->f->tasks,
                                 .entries = log->f->entries,
                                 .blocks = log->f->blocks };
  for (gint64 number = 1; number <= 12; number++)
    add_task (log, number, closed);
  return log;
}

static void
add (TrkAmount *sum, const TrkAmount *part)
{
  sum->tasks += part->tasks;
  sum->points += part->points;
  sum->estimate += part->estimate;
}

static void
assert_same (const TrkAmount *a, const TrkAmount *b)
{
  g_assert_cmpuint (a->tasks, ==, b->tasks);
  g_assert_cmpfloat (a->points, ==, b->points);
  g_assert_cmpint (a->estimate, ==, b->estimate);
}

static void
assert_accounted (const TrkSprintFigures *figures)
{
  TrkAmount in = figures->committed, out = figures->scope, scope = figures->done;

  add (&in, &figures->added);
  add (&out, &figures->dropped);
  add (&scope, &figures->open);
  add (&scope, &figures->carried);
  assert_same (&in, &out);
  assert_same (&scope, &figures->scope);
  g_assert_cmpuint (in.tasks, ==, 12);
  g_assert_cmpuint (figures->members->len, ==, 12);
}

/* What is left of the burndown's measure is what is open, and it and the done make the whole. */
static void
assert_burndown (const TrkSprintFigures *figures)
{
  const TrkSprintProgress *progress = &figures->progress[figures->burn];
  double left = 0;

  for (guint i = 0; i < figures->burndown->len; i++)
    if (g_array_index (figures->burndown, TrkBurndownDay, i).begun)
      left = g_array_index (figures->burndown, TrkBurndownDay, i).remaining;
  g_assert_cmpfloat_with_epsilon (progress->done + left, progress->total, 1e-9);
}

static void
assert_rows (const Log *log, const TrkSprintFigures *figures)
{
  const struct
  {
    const char *name;
    guint count;
  } counted[] = {
    { "committed", figures->committed.tasks }, { "added", figures->added.tasks },
    { "done", figures->done.tasks },           { "dropped", figures->dropped.tasks },
    { "open", figures->open.tasks },           { "carried_over", figures->carried.tasks },
    { "progress", figures->scope.tasks },      { "working_days", figures->working_days },
    { "burndown", figures->members->len },     { "velocity_mean", figures->velocity_of },
  };
  g_autoptr (GPtrArray) worked = trk_sprint_explain (&log->input, figures, "worked");
  TrkDuration sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      g_autoptr (GPtrArray) rows = trk_sprint_explain (&log->input, figures, counted[i].name);

      g_assert_cmpuint (rows->len, ==, counted[i].count);
    }
  for (guint i = 0; i < worked->len; i++)
    sum += ((TrkFigureRow *) g_ptr_array_index (worked, i))->amount;
  g_assert_cmpint (sum, ==, figures->worked);
}

static void
test_sums (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (Log) log = log_new (round % 2 == 1);
      g_autoptr (TrkSprintFigures) figures = trk_sprint_figures_new (&log->input);

      assert_accounted (figures);
      assert_burndown (figures);
      assert_rows (log, figures);
    }
}

static void
test_every_name_is_explained (void)
{
  g_autoptr (Log) log = log_new (TRUE);
  g_autoptr (TrkSprintFigures) figures = trk_sprint_figures_new (&log->input);
  g_autofree const char **names = trk_sprint_figure_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) rows = trk_sprint_explain (&log->input, figures, names[i]);

      g_assert_nonnull (rows);
      for (guint n = 0; n < rows->len; n++)
        g_assert_nonnull (((TrkFigureRow *) g_ptr_array_index (rows, n))->detail);
    }
  g_assert_null (trk_sprint_explain (&log->input, figures, "focus"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sprint-sums/whatever-happened", test_sums);
  g_test_add_func ("/sprint-sums/every-name-is-explained", test_every_name_is_explained);
  return g_test_run ();
}
