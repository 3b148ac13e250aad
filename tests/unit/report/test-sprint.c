/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

#include <string.h>

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
  g_assert_cmpint (figures->unverified, ==, 0);
  ((TrkEntry *) board->f->entries->pdata[1])->evidence = TRK_EVIDENCE_PLAN;
  trk_sprint_figures_free (g_steal_pointer (&figures));
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpint (figures->unverified, ==, 30 * TRK_MINUTE);
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

/* A task that left and came back is one task: counted once, by how it first came and last went. */
static void
test_back_again (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;
  TrkSprintTask *stay = add_task (board, 3, 3, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  TrkSprintTask again = *stay;

  stay->left = fixture_at (board->f, "2026-11-23 12:00");
  again.how = TRK_JOIN_ADDED;
  again.joined = fixture_at (board->f, "2026-11-24 12:00");
  g_array_append_val (board->memberships, again);
  fixture_entry (board->f, "2026-11-24 13:00", "2026-11-24 14:00", TRK_KIND_FOCUS, NULL)->task =
      again.task;
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (figures->members->len, ==, 1);
  g_assert_cmpuint (figures->committed.tasks, ==, 1);
  g_assert_cmpuint (figures->added.tasks, ==, 0);
  g_assert_cmpuint (figures->dropped.tasks, ==, 0);
  g_assert_cmpfloat (figures->open.points, ==, 3);
  g_assert_cmpint (figures->worked, ==, TRK_HOUR);
  g_assert_cmpfloat (g_array_index (figures->burndown, TrkBurndownDay, 0).remaining, ==, 0);
  g_assert_cmpfloat (g_array_index (figures->burndown, TrkBurndownDay, 1).remaining, ==, 3);
}

/* What is done and then taken out while the sprint runs was dropped from it; what leaves after the
 * close stays what it was, and what is done after the close was not done in it. */
static void
test_fates (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) running = NULL, closed = NULL;
  TrkTask *late;

  add_task (board, 3, 3, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00")->left =
      fixture_at (board->f, "2026-11-24 13:00");
  running = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (running->done.tasks, ==, 0);
  g_assert_cmpuint (running->dropped.tasks, ==, 1);

  add_task (board, 2, 1, TRK_JOIN_COMMITTED, "2026-11-16 08:00", "2026-11-18 12:00")->left =
      fixture_at (board->f, "2026-11-24 13:00");
  late = board->f->tasks->pdata[1];
  late->completed = fixture_at (board->f, "2026-11-23 12:00");
  board->input.sprint = board->sprints->pdata[1];
  closed = trk_sprint_figures_new (&board->input);
  g_assert_cmpfloat (closed->done.points, ==, 1);
  g_assert_cmpfloat (closed->velocity_mean.value, ==, 3); /* (5 + 1) / 2: as in done */
}

/* Some tasks in points, some in hours, some in neither: each counts in one of them. */
static void
test_mixed_estimates (void)
{
  static const TrkStyle style = { .columns = 200, .unicode = TRUE };
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;
  g_autofree char *page = NULL;
  TrkTask *task;

  add_task (board, 3, 3, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00");
  add_task (board, 3, 5, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  add_task (board, 3, 0, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00");
  add_task (board, 3, 0, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  task = board->f->tasks->pdata[board->f->tasks->len - 1];
  task->estimate = 0;
  for (guint i = 0; i < 2; i++)
    ((TrkTask *) board->f->tasks->pdata[i + 2])->estimate = 0; /* the two with points */
  figures = trk_sprint_figures_new (&board->input);
  page = trk_report_sprint (figures, &board->input, &style);
  g_assert_cmpint (figures->burn, ==, TRK_BURN_POINTS);
  g_assert_cmpfloat (figures->progress[TRK_BURN_POINTS].total, ==, 8);
  g_assert_cmpfloat (figures->progress[TRK_BURN_HOURS].done, ==, 1);
  g_assert_cmpuint (figures->progress[TRK_BURN_TASKS].tasks, ==, 1);
  g_assert_nonnull (strstr (page,
                            "Done 3 of 8 points — 38 %, 1.8 behind the ideal line at the end of "
                            "the day. Beside the points: 1 h of 1 h estimated done (1 of 1 "
                            "task), 0 of 1 task without an estimate done.\n"));
  g_assert_nonnull (strstr (page, "\n 2 tasks have no points and are not in it.\n"));
}

/* On the third of five days: what is away from the ideal line is told, as little as it is. */
static void
test_ideal_line (void)
{
  static const struct
  {
    double done, open;
    const char *words;
  } rows[] = {
    { 3, 2, "Done 3 of 5 points — 60 %, on the ideal line." },
    { 5, 3, "%, 0.2 ahead of the ideal line at the end of the day." },
    { 4, 3, "%, 0.2 behind the ideal line at the end of the day." },
  };
  const TrkStyle style = { .columns = 200, .unicode = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Board) board = board_new ();
      g_autoptr (TrkSprintFigures) figures = NULL;
      g_autofree char *page = NULL;

      add_task (board, 3, rows[i].done, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00");
      add_task (board, 3, rows[i].open, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
      for (guint n = 0; n < board->f->tasks->len; n++)
        ((TrkTask *) board->f->tasks->pdata[n])->estimate = 0;
      figures = trk_sprint_figures_new (&board->input);
      page = trk_report_sprint (figures, &board->input, &style);
      if (strstr (page, rows[i].words) == NULL)
        g_test_fail_printf ("no '%s' in\n%s", rows[i].words, page);
    }
}

/* On the first day nobody is behind yet: what is due is said instead. */
static void
test_nothing_done (void)
{
  static const struct
  {
    double points;
    const char *words;
  } rows[] = {
    { 5, "\nNothing of 5 points is done yet; to be on the ideal line at the end of the day: 3.\n" },
    { 0, "\nNothing of 1 h estimated is done yet; to be on the ideal line at the end of the day: "
         "36 min.\n" },
  };
  const TrkStyle style = { .columns = 200, .unicode = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Board) board = board_new ();
      g_autoptr (TrkSprintFigures) figures = NULL;
      g_autofree char *page = NULL;

      add_task (board, 3, rows[i].points, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
      figures = trk_sprint_figures_new (&board->input);
      page = trk_report_sprint (figures, &board->input, &style);
      if (strstr (page, rows[i].words) == NULL)
        g_test_fail_printf ("no '%s' in\n%s", rows[i].words, page);
    }
}

/* The measure of most tasks is the burndown's, whatever one of them has besides. */
static void
test_most_have_hours (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;
  const TrkStyle style = { .columns = 200, .unicode = TRUE };
  g_autofree char *page = NULL;

  for (guint i = 0; i < 3; i++)
    add_task (board, 3, i == 0 ? 5 : 0, TRK_JOIN_COMMITTED, "2026-11-23 08:00",
              i == 1 ? "2026-11-24 12:00" : NULL);
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpint (figures->burn, ==, TRK_BURN_HOURS);
  g_assert_cmpfloat (figures->progress[TRK_BURN_HOURS].done, ==, 1);
  g_assert_cmpfloat (figures->progress[TRK_BURN_HOURS].total, ==, 3);
  g_assert_cmpuint (figures->progress[TRK_BURN_POINTS].tasks, ==, 0);
  page = trk_report_sprint (figures, &board->input, &style);
  g_assert_nonnull (strstr (
      page, "Done: tasks of 1 h of 3 h estimated — 33 %, 48 min behind the ideal line at "));
}

/* A task made of others that has no estimate of its own is as far as they are. */
static void
test_parent (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;
  TrkTask *parent, *part;

  add_task (board, 3, 0, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  add_task (board, 3, 2, TRK_JOIN_COMMITTED, "2026-11-23 08:00", NULL);
  parent = board->f->tasks->pdata[2];
  part = board->f->tasks->pdata[3];
  parent->estimate = 0;
  part->parent = parent->number;
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (figures->scope.tasks, ==, 2);
  g_assert_cmpuint (figures->progress[TRK_BURN_TASKS].tasks, ==, 0);
  part->parent = 0;
  trk_sprint_figures_free (g_steal_pointer (&figures));
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (figures->progress[TRK_BURN_TASKS].tasks, ==, 1);
}

/* Sprints in which nothing has points say nothing of points done. */
static void
test_velocity_without_points (void)
{
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;

  ((TrkTask *) board->f->tasks->pdata[1])->points = 0;
  figures = trk_sprint_figures_new (&board->input);
  g_assert_cmpuint (figures->velocity_of, ==, 1);
  g_assert_cmpfloat (figures->velocity_last.value, ==, 5);
  ((TrkTask *) board->f->tasks->pdata[0])->points = 0;
  trk_sprint_figures_free (g_steal_pointer (&figures));
  figures = trk_sprint_figures_new (&board->input);
  g_assert_false (figures->velocity_last.known || figures->velocity_mean.known);
}

/* What was carried over and done in the next sprint teaches nothing about this one. */
static void
test_furthest_off (void)
{
  static const TrkStyle style = { .columns = 80 };
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) before = NULL, now = NULL;
  g_autofree char *page = NULL, *next = NULL;

  fill (board);
  fixture_entry (board->f, "2026-11-19 10:00", "2026-11-19 10:20", TRK_KIND_FOCUS, NULL)->task = 3;
  now = trk_sprint_figures_new (&board->input);
  next = trk_report_sprint (now, &board->input, &style);
  g_assert_nonnull (strstr (next, "x0.3   0:20 of  1:00  task 3"));
  board->input.sprint = board->sprints->pdata[1];
  before = trk_sprint_figures_new (&board->input);
  page = trk_report_sprint (before, &board->input, &style);
  g_assert_cmpuint (before->carried.tasks, ==, 1);
  g_assert_null (strstr (page, "furthest off"));
}

/* A minute on an estimate of hours is not "x0.0". */
static void
test_hardly_worked (void)
{
  static const TrkStyle style = { .columns = 200 };
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;
  g_autofree char *page = NULL;

  add_task (board, 3, 1, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00");
  add_task (board, 3, 1, TRK_JOIN_COMMITTED, "2026-11-23 08:00", "2026-11-24 12:00");
  fixture_entry (board->f, "2026-11-24 10:00", "2026-11-24 10:01", TRK_KIND_FOCUS, NULL)->task = 3;
  figures = trk_sprint_figures_new (&board->input);
  page = trk_report_sprint (figures, &board->input, &style);
  g_assert_null (strstr (page, "x0.0"));
  g_assert_nonnull (strstr (page, "no project under x0.1"));
  g_assert_nonnull (strstr (page, "1 of 2 estimated ones done without time"));
}

/* Days that were over before anybody kept time: said, as the other reports do. */
static void
test_kept_late (void)
{
  static const struct
  {
    const char *since, *said;
  } rows[] = {
    { "2026-11-20 09:00", NULL },
    { "2026-11-23 09:30", NULL },
    { "2026-11-23 10:30",
      "since 23 November 10:30; what was worked before counts where you logged it." },
    { "2026-11-25 09:00",
      "since 25 November 09:00; what was worked before counts where you logged it." },
    { NULL, "no time yet; what was worked until now counts where you logged it." },
  };
  static const TrkStyle style = { .columns = 200 };
  g_autoptr (Board) board = board_new ();

  fixture_block (board->f, "a", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (board->f, "b", "2026-11-26 09:00", "2026-11-26 10:00", TRK_KIND_FOCUS);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkSprintFigures) figures = NULL;
      g_autofree char *page = NULL;

      board->input.kept_since =
          rows[i].since != NULL ? fixture_at (board->f, rows[i].since) : TRK_NEVER;
      figures = trk_sprint_figures_new (&board->input);
      page = trk_report_sprint (figures, &board->input, &style);
      g_assert_cmpint (figures->kept_late, ==, rows[i].said != NULL);
      g_assert_true ((strstr (page, "trackerd has kept") != NULL) == (rows[i].said != NULL));
      if (rows[i].said != NULL)
        g_assert_nonnull (strstr (page, rows[i].said));
    }
}

static void
test_not_begun (void)
{
  static const TrkStyle style = { .columns = 80 };
  g_autoptr (Board) board = board_new ();
  g_autoptr (TrkSprintFigures) figures = NULL;
  g_autofree char *page = NULL;

  board->input.now = fixture_at (board->f, "2026-11-22 12:00");
  figures = trk_sprint_figures_new (&board->input);
  page = trk_report_sprint (figures, &board->input, &style);
  g_assert_true (g_str_has_prefix (page, "Sprint 3 - 23-27 November - 5 working days ahead\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sprint/nothing-done", test_nothing_done);
  g_test_add_func ("/sprint/scope", test_scope);
  g_test_add_func ("/sprint/burndown", test_burndown);
  g_test_add_func ("/sprint/working-days", test_working_days);
  g_test_add_func ("/sprint/velocity", test_velocity);
  g_test_add_func ("/sprint/cycle-time", test_cycle_time);
  g_test_add_func ("/sprint/empty", test_empty);
  g_test_add_func ("/sprint/back-again", test_back_again);
  g_test_add_func ("/sprint/fates", test_fates);
  g_test_add_func ("/sprint/mixed-estimates", test_mixed_estimates);
  g_test_add_func ("/sprint/most-have-hours", test_most_have_hours);
  g_test_add_func ("/sprint/ideal-line", test_ideal_line);
  g_test_add_func ("/sprint/parent", test_parent);
  g_test_add_func ("/sprint/velocity-without-points", test_velocity_without_points);
  g_test_add_func ("/sprint/furthest-off", test_furthest_off);
  g_test_add_func ("/sprint/hardly-worked", test_hardly_worked);
  g_test_add_func ("/sprint/kept-late", test_kept_late);
  g_test_add_func ("/sprint/not-begun", test_not_begun);
  return g_test_run ();
}
