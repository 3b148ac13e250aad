/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-show.h"

#include "trk-columns.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-report-words.h"
#include "trk-sprint-load.h"
#include "trk-task-show.h"

/* The tasks that are in it, or were when it closed: of TrkTask, borrowed; the array is the
 * caller's. */
static GPtrArray *
tasks_in (const TrkSprintFigures *figures)
{
  GPtrArray *tasks = g_ptr_array_new ();

  for (guint i = 0; i < figures->members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (figures->members, TrkSprintMember, i);

      if (member->fate != TRK_FATE_DROPPED)
        g_ptr_array_add (tasks, (gpointer) member->fact.task);
    }
  return tasks;
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void
add_members (TrkJson *builder, const TrkSprintFigures *figures)
{
  const TrkSprint *sprint = figures->sprint;

  trk_json_int (builder, "number", sprint->number);
  trk_json_string (builder, "id", sprint->id);
  trk_json_string (builder, "name", sprint->name);
  trk_json_string (builder, "goal", sprint->goal);
  trk_json_day (builder, "first", sprint->first);
  trk_json_day (builder, "last", sprint->last);
  trk_json_instant (builder, "started", sprint->started);
  trk_json_instant (builder, "closed", sprint->closed);
  trk_json_int (builder, "working_days", figures->working_days);
}

static void
add_counts (TrkJson *builder, const TrkSprintFigures *figures)
{
  trk_json_int (builder, "tasks_done", figures->done.tasks);
  trk_json_int (builder, "tasks_total", figures->scope.tasks);
  trk_json_int (builder, "tasks_added", figures->added.tasks);
  trk_json_int (builder, "tasks_dropped", figures->dropped.tasks);
  trk_json_int (builder, "tasks_carried_in", figures->carried_in.tasks);
  trk_json_int (builder, "tasks_carried_out", figures->carried.tasks);
  trk_json_double (builder, "points_done", figures->done.points);
  trk_json_double (builder, "points_total", figures->scope.points);
  trk_json_length (builder, "worked", figures->worked);
  trk_json_length (builder, "estimated", figures->scope.estimate);
}

static void
print_json (TrkSession *session,
            const TrkSprintFigures *figures,
            const GPtrArray *tasks,
            const TrkWorked *worked)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  add_members (builder, figures);
  add_counts (builder, figures);
  trk_json_name (builder, "tasks");
  trk_json_begin_array (builder);
  for (guint i = 0; i < tasks->len; i++)
    trk_task_add_json (builder, g_ptr_array_index (tasks, i), worked);
  trk_json_end_array (builder);
  trk_json_end_object (builder);
  trk_json_print (session, builder);
}

/* -- Text -------------------------------------------------------------------------------------- */

/* "day 4 of 10, until Fri 4 Dec", "closed Fri 4 Dec". */
static char *
progress_of (TrkSession *session, const TrkSprintFigures *figures)
{
  const TrkSprint *sprint = figures->sprint;
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, figures->now);
  g_autofree char *last = trk_format_day_short (sprint->last, today);

  if (sprint->closed != 0)
    {
      g_autofree char *closed =
          trk_format_day_short (trk_almanac_day (&almanac, sprint->closed), today);

      return g_strdup_printf ("closed %s", closed);
    }
  if (figures->finished)
    return g_strdup_printf ("over since %s; tracker sprint close", last);
  if (figures->working_days_begun == 0)
    return g_strdup_printf ("%u working days ahead, until %s", figures->working_days, last);
  return g_strdup_printf ("day %u of %u, until %s", figures->working_days_begun,
                          figures->working_days, last);
}

static char *
tasks_line (const TrkSprintFigures *figures)
{
  GString *out = g_string_new (NULL);

  g_string_printf (out, "%u of %u done", figures->done.tasks, figures->scope.tasks);
  if (figures->carried_in.tasks > 0)
    g_string_append_printf (out, " · %u carried in", figures->carried_in.tasks);
  if (figures->added.tasks > 0)
    g_string_append_printf (out, " · %u added later", figures->added.tasks);
  if (figures->dropped.tasks > 0)
    g_string_append_printf (out, " · %u dropped", figures->dropped.tasks);
  if (figures->carried.tasks > 0)
    g_string_append_printf (out, " · %u carried over", figures->carried.tasks);
  return g_string_free (out, FALSE);
}

/* "  hours   2 h of 5 h in 3 tasks without points". */
static void
print_measure (TrkSession *session, const TrkSprintFigures *figures, TrkBurn burn)
{
  const TrkSprintProgress *progress = &figures->progress[burn];
  g_autofree char *done = trk_burn_in_words (burn, progress->done);
  g_autofree char *total = trk_burn_in_words (burn, progress->total);
  g_autofree char *tasks = trk_format_count (progress->tasks, "task", NULL);
  const char *name = trk_burn_to_string (burn);

  if (progress->tasks == 0)
    return;
  if (burn == figures->burn)
    trk_session_say (session, "  %-7s %s of %s", name, done, total);
  else
    trk_session_say (session, "  %-7s %s of %s in %s without %s", name, done, total, tasks,
                     figures->burn == TRK_BURN_POINTS ? "points" : "hours");
}

/* By what most tasks have, then what that cannot see. */
static void
print_progress (TrkSession *session, const TrkSprintFigures *figures)
{
  TrkBurn other = figures->burn == TRK_BURN_POINTS ? TRK_BURN_HOURS : TRK_BURN_POINTS;
  const TrkSprintProgress *bare = &figures->progress[TRK_BURN_TASKS];

  if (figures->burn == TRK_BURN_TASKS)
    return;
  print_measure (session, figures, figures->burn);
  print_measure (session, figures, other);
  if (bare->tasks > 0)
    trk_session_say (session, "  others  %u of %u without an estimate", bare->tasks_done,
                     bare->tasks);
}

static void
print_bar (TrkSession *session, const TrkSprintFigures *figures)
{
  const TrkSprintProgress *progress = &figures->progress[figures->burn];
  TrkRatio ratio = trk_ratio (progress->done, progress->total);
  g_autofree char *bar = trk_style_bar (trk_session_style (session), ratio.value, 20);
  g_autofree char *percent = trk_words_percent (ratio);

  trk_session_say (session, "  %s %s of the %s\n", bar, percent,
                   trk_burn_to_string (figures->burn));
}

static void
print_measures (TrkSession *session, const TrkSprintFigures *figures)
{
  g_autofree char *tasks = tasks_line (figures);
  g_autofree char *worked = trk_duration_format_clock (figures->worked);
  g_autofree char *estimated = trk_duration_format_clock (figures->scope.estimate);
  g_autofree char *unverified = trk_duration_format_clock (figures->unverified);

  trk_session_say (session, "  tasks   %s", tasks);
  print_progress (session, figures);
  if (figures->scope.estimate > 0)
    trk_session_say (session, "  time    %s in its days · ~%s estimated", worked, estimated);
  else if (figures->worked > 0)
    trk_session_say (session, "  time    %s in its days", worked);
  if (figures->unverified > 0)
    trk_session_say (session, "          %s of it unverified: nothing could tell presence",
                     unverified);
  print_bar (session, figures);
}

static void
print_since (TrkSession *session, const TrkSprintFigures *figures)
{
  g_autofree char *text =
      trk_report_sprint_since (figures, trk_session_zone (session), trk_session_style (session));

  if (*text != '\0')
    fprintf (trk_session_out (session), "\n%s", text);
}

static void
print_text (TrkSession *session,
            const TrkSprintFigures *figures,
            const GPtrArray *tasks,
            const TrkWorked *worked)
{
  const TrkSprint *sprint = figures->sprint;
  g_autofree char *progress = progress_of (session, figures);
  g_autofree char *number = g_strdup_printf ("Sprint %" G_GINT64_FORMAT, sprint->number);
  gboolean named = g_ascii_strcasecmp (number, sprint->name) != 0;
  g_autofree char *heading = g_strdup_printf ("%s%s%s · %s", number, named ? "  " : "",
                                              named ? sprint->name : "", progress);

  trk_session_say_indented (session, 0, heading);
  if (sprint->goal != NULL)
    trk_session_say (session, "  goal    %s", sprint->goal);
  if (tasks->len == 0)
    {
      trk_session_say (session, "  No tasks yet. To add some: tracker sprint add TASK…");
      return;
    }
  print_measures (session, figures);
  trk_task_print_tree (session, tasks, worked);
  print_since (session, figures);
}

gboolean
trk_sprint_show (TrkSession *session, const char *name, GError **error)
{
  g_autoptr (TrkSprintData) data = trk_sprint_load (session, name, error);
  g_autoptr (GPtrArray) tasks = data != NULL ? tasks_in (data->figures) : NULL;
  g_autoptr (TrkWorked) worked = NULL;

  if (data == NULL)
    return FALSE;
  worked =
      trk_worked_new (session, trk_session_store (session, TRK_STORE_READ, NULL), tasks, error);
  if (worked == NULL)
    return FALSE;
  if (trk_session_json (session))
    print_json (session, data->figures, tasks, worked);
  else
    print_text (session, data->figures, tasks, worked);
  return TRUE;
}

/* -- List -------------------------------------------------------------------------------------- */

static void
add_list_row (TrkColumns *columns, TrkSession *session, const TrkSprintFigures *figures)
{
  const TrkSprint *sprint = figures->sprint;
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sprint->number);
  g_autofree char *first = trk_format_day_short (sprint->first, today);
  g_autofree char *last = trk_format_day_short (sprint->last, today);
  g_autofree char *days = g_strdup_printf ("%s – %s", first, last);
  g_autofree char *tasks = g_strdup_printf ("%u of %u", figures->done.tasks, figures->scope.tasks);
  g_autofree char *done = trk_format_number (figures->done.points);
  g_autofree char *total = trk_format_number (figures->scope.points);
  g_autofree char *points =
      figures->scope.points > 0 ? g_strdup_printf ("%s of %s p", done, total) : NULL;

  trk_columns_add (columns, sprint->closed == 0 ? TRK_PAINT_FOCUS : TRK_PAINT_PLAIN, number,
                   sprint->closed == 0 ? "▶" : NULL, sprint->name, days, tasks, points);
}

static gboolean
print_list (TrkSession *session, TrkSprintLog *log, GError **error)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rltlro");

  for (guint i = 0; i < log->sprints->len; i++)
    {
      g_autoptr (TrkSprintData) data =
          trk_sprint_load_one (session, log, g_ptr_array_index (log->sprints, i), error);

      if (data == NULL)
        return FALSE;
      add_list_row (columns, session, data->figures);
    }
  trk_columns_print (columns, session);
  return TRUE;
}

static gboolean
print_list_json (TrkSession *session, TrkSprintLog *log, GError **error)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < log->sprints->len; i++)
    {
      g_autoptr (TrkSprintData) data =
          trk_sprint_load_one (session, log, g_ptr_array_index (log->sprints, i), error);

      if (data == NULL)
        return FALSE;
      trk_json_begin_object (builder);
      add_members (builder, data->figures);
      add_counts (builder, data->figures);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
  return TRUE;
}

gboolean
trk_sprint_show_list (TrkSession *session, GError **error)
{
  g_autoptr (TrkSprintLog) log = trk_sprint_log_load (session, error);

  if (log == NULL)
    return FALSE;
  if (trk_session_json (session))
    return print_list_json (session, log, error);
  if (log->sprints->len > 0)
    return print_list (session, log, error);
  trk_session_say (session, "There are no sprints yet. To start one: tracker sprint start NAME");
  return TRUE;
}
