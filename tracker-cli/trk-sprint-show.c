/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-show.h"

#include "trk-columns.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-task-show.h"

/* What became of the tasks of one sprint. */
typedef struct
{
  GPtrArray *tasks; /* of TrkTask that are in it, or were when it closed; borrowed from all */
  GPtrArray *all;   /* of TrkTask (owned) */
  GArray *rows;     /* of TrkSprintTask (owned) */
  TrkWorked *worked;
  guint done, added, dropped, carried_in, carried_out;
  double points, points_done;
  TrkDuration estimated, spent;
} Content;

static void
content_clear (Content *content)
{
  g_clear_pointer (&content->tasks, g_ptr_array_unref);
  g_clear_pointer (&content->all, g_ptr_array_unref);
  g_clear_pointer (&content->rows, g_array_unref);
  g_clear_pointer (&content->worked, trk_worked_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static gboolean
is_working_day (TrkDay day)
{
  return trk_day_weekday (day) <= 5;
}

guint
trk_sprint_working_days (TrkDay first, TrkDay last)
{
  guint count = 0;

  for (TrkDay day = first; day <= last; day++)
    count += is_working_day (day);
  return count;
}

TrkDay
trk_sprint_last_day (TrkDay first, guint count)
{
  TrkDay day = first;

  count -= is_working_day (day);
  while (count > 0)
    count -= is_working_day (++day);
  return day;
}

static TrkTask *
find_task (const GPtrArray *tasks, gint64 number)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      TrkTask *task = g_ptr_array_index (tasks, i);

      if (task->number == number)
        return task;
    }
  return NULL;
}

static void
count_task (Content *content, const TrkSprintTask *row, TrkTask *task)
{
  gboolean done = task->state == TRK_TASK_COMPLETED && row->left == 0;

  content->added += row->how == TRK_JOIN_ADDED;
  content->carried_in += row->how == TRK_JOIN_CARRIED;
  content->carried_out += row->left != 0 && row->carried;
  content->dropped += row->left != 0 && !row->carried;
  if (row->left != 0 && !row->carried)
    return;
  g_ptr_array_add (content->tasks, task);
  content->done += done;
  content->points += task->points;
  content->points_done += done ? task->points : 0;
  content->estimated += task->estimate;
  content->spent += trk_worked_on (content->worked, task->number);
}

static gboolean
load (Content *content, TrkSession *session, TrkStore *store, gint64 sprint, GError **error)
{
  content->all = trk_store_tasks (store, error);
  if (content->all == NULL)
    return FALSE;
  content->rows = trk_store_sprint_tasks (store, sprint, error);
  if (content->rows == NULL)
    return FALSE;
  content->worked = trk_worked_new (session, store, content->all, error);
  if (content->worked == NULL)
    return FALSE;
  content->tasks = g_ptr_array_new ();
  for (guint i = 0; i < content->rows->len; i++)
    {
      const TrkSprintTask *row = &g_array_index (content->rows, TrkSprintTask, i);
      TrkTask *task = find_task (content->all, row->task);

      if (task != NULL)
        count_task (content, row, task);
    }
  return TRUE;
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void
add_members (TrkJson *builder, const TrkSprint *sprint)
{
  trk_json_int (builder, "number", sprint->number);
  trk_json_string (builder, "id", sprint->id);
  trk_json_string (builder, "name", sprint->name);
  trk_json_string (builder, "goal", sprint->goal);
  trk_json_day (builder, "first", sprint->first);
  trk_json_day (builder, "last", sprint->last);
  trk_json_instant (builder, "started", sprint->started);
  trk_json_instant (builder, "closed", sprint->closed);
  trk_json_int (builder, "working_days", trk_sprint_working_days (sprint->first, sprint->last));
}

static void
add_counts (TrkJson *builder, const Content *content)
{
  trk_json_int (builder, "tasks_done", content->done);
  trk_json_int (builder, "tasks_total", content->tasks->len);
  trk_json_int (builder, "tasks_added", content->added);
  trk_json_int (builder, "tasks_dropped", content->dropped);
  trk_json_int (builder, "tasks_carried_in", content->carried_in);
  trk_json_int (builder, "tasks_carried_out", content->carried_out);
  trk_json_double (builder, "points_done", content->points_done);
  trk_json_double (builder, "points_total", content->points);
  trk_json_length (builder, "worked", content->spent);
  trk_json_length (builder, "estimated", content->estimated);
}

static void
print_json (TrkSession *session, const TrkSprint *sprint, const Content *content)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  add_members (builder, sprint);
  add_counts (builder, content);
  trk_json_name (builder, "tasks");
  trk_json_begin_array (builder);
  for (guint i = 0; i < content->tasks->len; i++)
    trk_task_add_json (builder, g_ptr_array_index (content->tasks, i), content->worked);
  trk_json_end_array (builder);
  trk_json_end_object (builder);
  trk_json_print (session, builder);
}

/* -- Text -------------------------------------------------------------------------------------- */

/* "day 4 of 10, until Fri 4 Dec", "closed Fri 4 Dec". */
static char *
progress_of (TrkSession *session, const TrkSprint *sprint)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *last = trk_format_day_short (sprint->last, today);
  guint days = trk_sprint_working_days (sprint->first, sprint->last);
  guint day = trk_sprint_working_days (sprint->first, MIN (today, sprint->last));

  if (sprint->closed != 0)
    {
      g_autofree char *closed =
          trk_format_day_short (trk_almanac_day (&almanac, sprint->closed), today);

      return g_strdup_printf ("closed %s", closed);
    }
  if (today > sprint->last)
    return g_strdup_printf ("over since %s; tracker sprint close", last);
  if (day == 0)
    return g_strdup_printf ("%u working days ahead, until %s", days, last);
  return g_strdup_printf ("day %u of %u, until %s", day, days, last);
}

static char *
tasks_line (const Content *content)
{
  GString *out = g_string_new (NULL);

  g_string_printf (out, "%u of %u done", content->done, content->tasks->len);
  if (content->carried_in > 0)
    g_string_append_printf (out, " · %u carried in", content->carried_in);
  if (content->added > 0)
    g_string_append_printf (out, " · %u added later", content->added);
  if (content->dropped > 0)
    g_string_append_printf (out, " · %u dropped", content->dropped);
  if (content->carried_out > 0)
    g_string_append_printf (out, " · %u carried over", content->carried_out);
  return g_string_free (out, FALSE);
}

static void
print_measures (TrkSession *session, const Content *content)
{
  g_autofree char *tasks = tasks_line (content);
  g_autofree char *spent = trk_duration_format_clock (content->spent);
  g_autofree char *estimated = trk_duration_format_clock (content->estimated);
  double fraction = content->points > 0       ? content->points_done / content->points
                    : content->tasks->len > 0 ? (double) content->done / content->tasks->len
                                              : 0;
  g_autofree char *bar = trk_style_bar (trk_session_style (session), fraction, 20);

  trk_session_say (session, "  tasks   %s", tasks);
  if (content->points > 0)
    {
      g_autofree char *done = trk_format_number (content->points_done);
      g_autofree char *points = trk_format_number (content->points);

      trk_session_say (session, "  points  %s of %s", done, points);
    }
  if (content->spent > 0 || content->estimated > 0)
    trk_session_say (session, "  time    %s of ~%s", spent, estimated);
  fprintf (trk_session_out (session), "  %s %.0f %%\n\n", bar, fraction * 100);
}

static void
print_text (TrkSession *session, const TrkSprint *sprint, const Content *content)
{
  g_autofree char *progress = progress_of (session, sprint);
  g_autofree char *number = g_strdup_printf ("Sprint %" G_GINT64_FORMAT, sprint->number);
  gboolean named = g_ascii_strcasecmp (number, sprint->name) != 0;

  trk_session_say (session, "%s%s%s · %s", number, named ? "  " : "", named ? sprint->name : "",
                   progress);
  if (sprint->goal != NULL)
    trk_session_say (session, "  goal    %s", sprint->goal);
  if (content->tasks->len == 0)
    {
      trk_session_say (session, "  No tasks yet. To add some: tracker sprint add TASK…");
      return;
    }
  print_measures (session, content);
  trk_task_print_tree (session, content->tasks, content->worked);
}

gboolean
trk_sprint_show (TrkSession *session, TrkStore *store, const TrkSprint *sprint, GError **error)
{
  g_auto (Content) content = { 0 };

  if (!load (&content, session, store, sprint->number, error))
    return FALSE;
  if (trk_session_json (session))
    print_json (session, sprint, &content);
  else
    print_text (session, sprint, &content);
  return TRUE;
}

/* -- List -------------------------------------------------------------------------------------- */

static void
add_list_row (TrkColumns *columns, TrkSession *session, const TrkSprint *sprint, Content *content)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sprint->number);
  g_autofree char *first = trk_format_day_short (sprint->first, today);
  g_autofree char *last = trk_format_day_short (sprint->last, today);
  g_autofree char *days = g_strdup_printf ("%s – %s", first, last);
  g_autofree char *tasks = g_strdup_printf ("%u of %u", content->done, content->tasks->len);
  g_autofree char *done = trk_format_number (content->points_done);
  g_autofree char *total = trk_format_number (content->points);
  g_autofree char *points =
      content->points > 0 ? g_strdup_printf ("%s of %s p", done, total) : NULL;

  trk_columns_add (columns, sprint->closed == 0 ? TRK_PAINT_FOCUS : TRK_PAINT_PLAIN, number,
                   sprint->closed == 0 ? "▶" : NULL, sprint->name, days, tasks, points);
}

static gboolean
print_list (TrkSession *session, TrkStore *store, const GPtrArray *sprints, GError **error)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlflro");

  for (guint i = 0; i < sprints->len; i++)
    {
      const TrkSprint *sprint = g_ptr_array_index (sprints, i);
      g_auto (Content) content = { 0 };

      if (!load (&content, session, store, sprint->number, error))
        return FALSE;
      add_list_row (columns, session, sprint, &content);
    }
  trk_columns_print (columns, session);
  return TRUE;
}

static gboolean
print_list_json (TrkSession *session, TrkStore *store, const GPtrArray *sprints, GError **error)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < sprints->len; i++)
    {
      const TrkSprint *sprint = g_ptr_array_index (sprints, i);
      g_auto (Content) content = { 0 };

      if (!load (&content, session, store, sprint->number, error))
        return FALSE;
      trk_json_begin_object (builder);
      add_members (builder, sprint);
      add_counts (builder, &content);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
  return TRUE;
}

gboolean
trk_sprint_show_list (TrkSession *session, TrkStore *store, GError **error)
{
  g_autoptr (GPtrArray) sprints =
      store != NULL ? trk_store_sprints (store, error) : g_ptr_array_new ();

  if (sprints == NULL)
    return FALSE;
  if (trk_session_json (session))
    return print_list_json (session, store, sprints, error);
  if (sprints->len > 0)
    return print_list (session, store, sprints, error);
  trk_session_say (session, "There are no sprints yet. To start one: tracker sprint start NAME");
  return TRUE;
}
