/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-task-show.h"

#include "trk-duration.h"
#include "trk-format.h"
#include "trk-task-tree.h"
#include "trk-unkept.h"

enum
{
  DEEPEST = 10 /* levels that are indented */
};

const char *
trk_task_mark (const TrkTask *task, const TrkWorked *worked)
{
  static const char *const marks[] = { "·", "◐", "✓", "×" };

  if (worked != NULL && trk_worked_runs (worked, task->number))
    return "▶";
  return (gsize) task->state < G_N_ELEMENTS (marks) ? marks[task->state] : "?";
}

/* The state for people; what stands in JSON is RFC 5545's word (3.8.1.11). */
static const char *
state_in_words (TrkTaskState state)
{
  static const char *const words[] = { "open", "begun", "done", "dropped" };

  return (gsize) state < G_N_ELEMENTS (words) ? words[state] : "?";
}

char *
trk_task_effort (const TrkTask *task, const TrkWorked *worked)
{
  TrkDuration done = worked != NULL ? trk_worked_on (worked, task->number) : 0;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *done_text = trk_duration_format_clock (done);
  g_autofree char *estimate_text = trk_duration_format_clock (task->estimate);

  if (done > 0 && task->estimate > 0)
    g_string_printf (out, "%s of %s", done_text, estimate_text);
  else if (done > 0)
    g_string_assign (out, done_text);
  else if (task->estimate > 0)
    g_string_printf (out, "~%s", estimate_text);
  if (task->points > 0)
    {
      g_autofree char *points = trk_format_number (task->points);

      g_string_append_printf (out, "%s%s p", out->len > 0 ? "  " : "", points);
    }
  return g_strdup (out->str);
}

static char *
labels_of (const TrkTask *task)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (task->project != NULL)
    g_string_append_printf (out, "@%s", task->project);
  for (guint i = 0; task->tags != NULL && task->tags[i] != NULL; i++)
    g_string_append_printf (out, "%s+%s", out->len > 0 ? " " : "", task->tags[i]);
  return g_strdup (out->str);
}

static TrkPaint
paint_of (const TrkTask *task)
{
  if (!trk_task_is_open (task))
    return TRK_PAINT_DIM;
  return task->state == TRK_TASK_IN_PROCESS ? TRK_PAINT_FOCUS : TRK_PAINT_PLAIN;
}

void
trk_task_print_tree (TrkSession *session, const GPtrArray *tasks, const TrkWorked *worked)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rltro");
  g_autoptr (GArray) nodes = trk_task_tree_new (tasks);

  for (guint i = 0; i < nodes->len; i++)
    {
      const TrkTaskNode *node = &g_array_index (nodes, TrkTaskNode, i);
      const TrkTask *task = node->task;
      guint indent = 2 * MIN (node->depth, DEEPEST);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, task->number);
      g_autofree char *title = g_strdup_printf ("%*s%s", (int) indent, "", task->title);
      g_autofree char *effort = trk_task_effort (task, worked);
      g_autofree char *labels = labels_of (task);

      trk_columns_add (columns, paint_of (task), number, trk_task_mark (task, worked), title,
                       effort, labels);
    }
  trk_columns_print (columns, session);
}

void
trk_task_add_json (TrkJson *builder, const TrkTask *task, const TrkWorked *worked)
{
  trk_json_begin_object (builder);
  trk_json_int (builder, "number", task->number);
  trk_json_string (builder, "id", task->id);
  trk_json_string (builder, "title", task->title);
  trk_json_string (builder, "state", trk_task_state_to_string (task->state));
  trk_json_bool (builder, "running", worked != NULL && trk_worked_runs (worked, task->number));
  trk_json_string (builder, "project", task->project);
  trk_json_strings (builder, "tags", (const char *const *) task->tags);
  trk_json_string (builder, "note", task->note);
  trk_json_number (builder, "parent", task->parent);
  trk_json_number (builder, "sprint", task->sprint);
  trk_json_length (builder, "estimate", task->estimate);
  trk_json_double (builder, "points", task->points);
  trk_json_length (builder, "worked", worked != NULL ? trk_worked_on (worked, task->number) : 0);
  trk_json_instant (builder, "created", task->created);
  trk_json_instant (builder, "completed", task->completed);
  trk_json_end_object (builder);
}

static void
say_field (TrkSession *session, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    trk_session_say (session, "  %-9s %s", name, value);
}

static void
print_fields (TrkSession *session, TrkStore *store, const TrkTask *task, const TrkWorked *worked)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autoptr (TrkTask) parent =
      task->parent != 0 ? trk_store_task (store, task->parent, NULL) : NULL;
  g_autofree char *effort = trk_task_effort (task, worked);
  g_autofree char *labels = labels_of (task);
  g_autofree char *created = trk_format_moment (&almanac, task->created, today);
  g_autofree char *completed =
      task->completed != 0 ? trk_format_moment (&almanac, task->completed, today) : NULL;
  g_autofree char *part_of =
      parent != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", parent->number, parent->title)
                     : NULL;

  say_field (session, "state", state_in_words (task->state));
  say_field (session, "part of", part_of);
  say_field (session, "time", effort);
  say_field (session, "labels", labels);
  say_field (session, "note", task->note);
  say_field (session, "created", created);
  say_field (session, task->state == TRK_TASK_CANCELLED ? "dropped" : "completed", completed);
}

static void
print_entries (TrkSession *session, const GPtrArray *entries)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rllrlt");
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkDay today = trk_almanac_day (&almanac, now);

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      TrkPeriod worked = { entry->period.start, MIN (entry->period.end, now) };
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
      g_autofree char *day =
          trk_format_day_short (trk_almanac_day (&almanac, entry->period.start), today);
      g_autofree char *span = trk_format_span (almanac.zone, entry->period);
      g_autofree char *length = trk_duration_format_clock (trk_period_length (worked));

      trk_columns_add (columns, TRK_PAINT_PLAIN, number, day, span, length,
                       trk_kind_to_string (entry->kind), entry->note);
    }
  trk_columns_print (columns, session);
}

static void
print_json (TrkSession *session, const TrkTask *task, const TrkWorked *worked)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_task_add_json (builder, task, worked);
  trk_json_print (session, builder);
}

gboolean
trk_task_print_full (TrkSession *session, TrkStore *store, const TrkTask *task, GError **error)
{
  g_autoptr (GPtrArray) only = g_ptr_array_new ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (TrkWorked) worked = NULL;

  g_ptr_array_add (only, (gpointer) task);
  worked = trk_worked_new (session, store, only, error);
  if (worked == NULL)
    return FALSE;
  entries = trk_unkept_end (store, trk_store_task_entries (store, task->number, error), error);
  if (entries == NULL)
    return FALSE;
  if (trk_session_json (session))
    {
      print_json (session, task, worked);
      return TRUE;
    }
  trk_session_say (session, "%s %" G_GINT64_FORMAT "  %s", trk_task_mark (task, worked),
                   task->number, task->title);
  print_fields (session, store, task, worked);
  print_entries (session, entries);
  return TRUE;
}
