/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

/* A sprint of one week, Monday to Friday, seen on Wednesday evening; two closed ones before it. */
typedef struct
{
  Fixture *f;
  GPtrArray *sprints;
  GArray *memberships;
  TrkSprintInput input;
} Board;

static TrkSprint *
add_sprint (Board *board, gint64 number, int first, int last, const char *closed)
{
  TrkSprint *sprint = trk_sprint_new ();

  sprint->number = number;
  sprint->name = g_strdup_printf ("Sprint %d", (int) number);
  sprint->first = trk_day_from_ymd (2026, 11, first);
  sprint->last = trk_day_from_ymd (2026, 11, last);
  sprint->started = trk_almanac_day_period (&board->f->input.almanac, sprint->first).start;
  sprint->closed = closed != NULL ? fixture_at (board->f, closed) : 0;
  g_ptr_array_add (board->sprints, sprint);
  return sprint;
}

/* A task of @points in @sprint that was completed at @done (NULL: not). */
static TrkSprintTask *
add_task (
    Board *board, gint64 sprint, double points, TrkJoin how, const char *joined, const char *done)
{
  TrkTask *task = fixture_task (board->f, board->f->tasks->len + 1, TRK_HOUR, points);
  TrkSprintTask row = {
    .sprint = sprint, .task = task->number, .how = how, .joined = fixture_at (board->f, joined)
  };

  if (done != NULL)
    {
      task->state = TRK_TASK_COMPLETED;
      task->completed = fixture_at (board->f, done);
    }
  g_array_append_val (board->memberships, row);
  return &g_array_index (board->memberships, TrkSprintTask, board->memberships->len - 1);
}

static Board *
board_new (void)
{
  Board *board = g_new0 (Board, 1);

  board->f = fixture_new ("Europe/Berlin");
  board->sprints = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_sprint_free);
  board->memberships = g_array_new (FALSE, TRUE, sizeof (TrkSprintTask));
  add_sprint (board, 1, 9, 13, "2026-11-13 18:00");
  add_sprint (board, 2, 16, 20, "2026-11-20 18:00");
  add_task (board, 1, 5, TRK_JOIN_COMMITTED, "2026-11-09 08:00", "2026-11-12 12:00");
  add_task (board, 2, 8, TRK_JOIN_COMMITTED, "2026-11-16 08:00", "2026-11-19 12:00");
  board->input = (TrkSprintInput){
    .sprint = add_sprint (board, 3, 23, 27, NULL),
    .now = fixture_at (board->f, "2026-11-25 20:00"),
    .almanac = board->f->input.almanac,
    .sprints = board->sprints,
    .memberships = board->memberships,
    .tasks = board->f->tasks,
    .entries = board->f->entries,
    .blocks = board->f->blocks,
  };
  return board;
}

static void
board_free (Board *board)
{
  fixture_free (board->f);
  g_ptr_array_unref (board->sprints);
  g_array_unref (board->memberships);
  g_free (board);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Board, board_free)

static void
fill (Board *board)
{
  /* Left open by sprint 2, done now: counts here, not there. */
  TrkSprintTask *before =
      add_task (board, 2, 2, TRK_JOIN_COMMITTED, "2026-11-16 08:00", "2026-11-23 12:00");
  TrkSprintTask over = *before;
  TrkSprintTask *dropped;

  before->left = fixture_at (board->f, "2026-11-20 18:00");
  before->carried = TRUE;
  over.sprint = 3;
  over.how = TRK_JOIN_CARRIED;
  over.joined = fixture_at (board->f, "2026-11-23 08:00");
  g_array_append_val (board->memberships, over);
  add_task (board, 3, 3, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00");
  add_task (board, 3, 5, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  add_task (board, 3, 1, TRK_JOIN_ADDED, "2026-11-24 15:00", NULL);
  dropped = add_task (board, 3, 4, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  dropped->left = fixture_at (board->f, "2026-11-25 09:00");
}

static void
test_scope (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;

  fill (board);
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpfloat (figures->committed.points, ==, 14); /* 2 + 3 + 5 + 4 */
  g_assert_cmpuint (figures->committed.tasks, ==, 4);
  g_assert_cmpfloat (figures->added.points, ==, 1);
  g_assert_cmpfloat (figures->done.points, ==, 5);
  g_assert_cmpfloat (figures->dropped.points, ==, 4);
  g_assert_cmpfloat (figures->open.points, ==, 6);
  g_assert_cmpuint (figures->carried.tasks, ==, 0);
  g_assert_false (figures->finished);
}

static void
test_burndown (void)
{
  static const double remaining[] = { 12, 10, 6 };
  static const double ideal[] = { 11.2, 8.4, 5.6, 2.8, 0 };
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;

  fill (board);
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpint (figures->burn, ==, TRK_BURN_POINTS);
  g_assert_cmpuint (figures->burndown->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      const TrkBurndownDay *day = &g_array_index (figures->burndown, TrkBurndownDay, i);

      g_assert_true (day->working);
      g_assert_cmpint (day->begun, ==, i < 3);
      g_assert_cmpfloat_with_epsilon (day->ideal, ideal[i], 1e-9);
      if (day->begun)
        g_assert_cmpfloat (day->remaining, ==, remaining[i]);
    }
}

/* The ideal line falls on days for which work is planned, and on no others. */
static void
test_working_days (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;

  fill (board);
  fixture_block (board->f, "a", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (board->f, "b", "2026-11-25 09:00", "2026-11-25 10:00", TRK_KIND_MEETING);
  fixture_block (board->f, "c", "2026-11-26 09:00", "2026-11-26 10:00", TRK_KIND_OFF);
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (figures->working_days, ==, 2);
  g_assert_cmpuint (figures->working_days_begun, ==, 2);
  g_assert_cmpfloat_with_epsilon (g_array_index (figures->burndown, TrkBurndownDay, 0).ideal, 7,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (figures->burndown, TrkBurndownDay, 1).ideal, 7,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (figures->burndown, TrkBurndownDay, 2).ideal, 0,
                                  1e-9);
}

static void
test_velocity (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;

  fill (board);
  figures = trk_sprint_figures_new (&board->input);
  g_assert_true (figures->velocity_last.known);
  g_assert_cmpfloat (figures->velocity_last.value, ==, 8); /* what was carried over is not its */
  g_assert_cmpuint (figures->velocity_of, ==, 2);
  g_assert_cmpfloat (figures->velocity_mean.value, ==, 6.5);
}

static void
test_cycle_time (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;

  fill (board); /* tasks 3 and 4 are done in the sprint */
  fixture_entry (board->f, "2026-11-22 12:00", "2026-11-22 13:30", TRK_KIND_FOCUS, NULL)->task = 3;
  fixture_entry (board->f, "2026-11-24 10:00", "2026-11-24 10:30", TRK_KIND_FOCUS, NULL)->task = 4;
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (figures->cycle_of, ==, 2);
  g_assert_cmpfloat (figures->cycle_time.value, ==, (double) (13 * TRK_HOUR));
  g_assert_cmpfloat_with_epsilon (figures->estimate_ratio.value, 1, 1e-9);
  g_assert_cmpint (figures->worked, ==, 30 * TRK_MINUTE); /* Sunday is not in the sprint */
}

static void
test_empty (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = trk_sprint_figures_new (&board->input);
  const TrkStyle style = { .columns = 80 };
  g_autofree char *page = trk_report_sprint (figures, &board->input, &style);

  g_assert_cmpint (figures->burn, ==, TRK_BURN_TASKS);
  g_assert_false (figures->cycle_time.known || figures->estimate_ratio.known);
  g_assert_cmpstr (page, ==,
                   "Sprint 3 - 23-27 November - day 3 of 5\n"
                   "No task is in this sprint.\n"
                   " velocity  last sprint 8 points - mean of 2: 6.5\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sprint/scope", test_scope);
  g_test_add_func ("/sprint/burndown", test_burndown);
  g_test_add_func ("/sprint/working-days", test_working_days);
  g_test_add_func ("/sprint/velocity", test_velocity);
  g_test_add_func ("/sprint/cycle-time", test_cycle_time);
  g_test_add_func ("/sprint/empty", test_empty);
  return g_test_run ();
}
