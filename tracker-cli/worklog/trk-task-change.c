/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-task-change.h"

#include "trk-duration.h"
#include "trk-error.h"
#include "trk-parse.h"
#include "trk-sprint-member.h"
#include "trk-task-show.h"
#include "trk-task-syntax.h"
#include "trk-task-tree.h"

#include <string.h>

#define MOST_POINTS 10000.0

gboolean
trk_task_change_jot (TrkTask *task, const TrkArgs *args, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);

  return trk_task_syntax_parse (text, task, error);
}

/* Replaces *@field by the option's text; an empty one clears it. */
static gboolean
take_text (const TrkArgs *args, const char *option, char **field, GError **error)
{
  const char *text = trk_args_option (args, option);
  char *line = NULL;

  if (text == NULL)
    return TRUE;
  if (*text != '\0')
    {
      line = trk_parse_text (text, option, error);
      if (line == NULL)
        return FALSE;
    }
  g_free (*field);
  *field = line;
  return TRUE;
}

static gboolean
take_title (const TrkArgs *args, TrkTask *task, GError **error)
{
  const char *text = trk_args_option (args, "title");
  char *line;

  if (text == NULL)
    return TRUE;
  line = trk_parse_text (text, "title", error);
  if (line == NULL)
    return FALSE;
  g_free (task->title);
  task->title = line;
  return TRUE;
}

static gboolean
take_size (const TrkArgs *args, TrkTask *task, GError **error)
{
  const char *estimate = trk_args_option (args, "estimate");
  const char *points = trk_args_option (args, "points");

  if (estimate != NULL && strcmp (estimate, "0") == 0)
    task->estimate = 0;
  else if (estimate != NULL && !trk_duration_parse (estimate, &task->estimate, error))
    return FALSE;
  if (points == NULL)
    return TRUE;
  if (!trk_parse_decimal (points, &task->points, NULL, error))
    return FALSE;
  if (task->points >= 0 && task->points <= MOST_POINTS)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "points lie between 0 and 10000, not at %s",
               points);
  return FALSE;
}

/* The tags that the task has without @untag, then @tag; each once. */
static gboolean
take_tags (const TrkArgs *args, TrkTask *task, GError **error)
{
  g_auto (GStrv) added = trk_args_options (args, "tag");
  g_auto (GStrv) removed = trk_args_options (args, "untag");
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; task->tags != NULL && task->tags[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) removed, task->tags[i]))
      g_ptr_array_add (tags, g_strdup (task->tags[i]));
  for (guint i = 0; added[i] != NULL; i++)
    {
      g_autofree char *tag = trk_parse_text (added[i], "tag", error);

      if (tag == NULL)
        return FALSE;
      if (!g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
        g_ptr_array_add (tags, g_steal_pointer (&tag));
    }
  g_ptr_array_add (tags, NULL);
  g_strfreev (task->tags);
  task->tags = (GStrv) g_ptr_array_steal (tags, NULL);
  return TRUE;
}

static gboolean
may_be_part_of (TrkStore *store, const TrkTask *task, gint64 number, GError **error)
{
  g_autoptr (TrkTask) parent = trk_store_task (store, number, error);
  g_autoptr (GPtrArray) tasks = parent != NULL ? trk_store_tasks (store, error) : NULL;

  if (tasks == NULL)
    return FALSE;
  if (task->number == 0 || !trk_task_tree_is_within (tasks, number, task->number))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "task %" G_GINT64_FORMAT " cannot be part of itself or of what is part of it",
               task->number);
  return FALSE;
}

static gboolean
take_parent (TrkStore *store, TrkTask *task, const TrkArgs *args, GError **error)
{
  const char *text = trk_args_option (args, "parent");
  gint64 number;

  if (text == NULL)
    return TRUE;
  if (strcmp (text, "0") == 0)
    {
      task->parent = 0;
      return TRUE;
    }
  if (!trk_parse_number (text, "a task; tracker task shows them", &number, error)
      || !may_be_part_of (store, task, number, error))
    return FALSE;
  task->parent = number;
  return TRUE;
}

gboolean
trk_task_change_describe (TrkStore *store, TrkTask *task, const TrkArgs *args, GError **error)
{
  return take_title (args, task, error) && take_text (args, "project", &task->project, error)
         && take_text (args, "note", &task->note, error) && take_size (args, task, error)
         && take_tags (args, task, error) && take_parent (store, task, args, error);
}

gboolean
trk_task_change_state (
    TrkSession *session, TrkStore *store, TrkTask *task, TrkTaskState state, GError **error)
{
  gboolean open = state == TRK_TASK_NEEDS_ACTION;

  if (task->state == state || (open && trk_task_is_open (task)))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE, "task %" G_GINT64_FORMAT " is %s already",
                   task->number, open ? "open" : trk_task_state_to_string (state));
      return FALSE;
    }
  task->state = state;
  task->completed = open ? 0 : trk_session_now (session);
  if (!trk_store_update_task (store, task, error))
    return FALSE;
  return state != TRK_TASK_CANCELLED || task->sprint == 0
         || trk_sprint_member_leave (session, store, task, error);
}

void
trk_task_change_say (TrkSession *session, const char *what, const TrkTask *task)
{
  g_autofree char *effort = trk_task_effort (task, NULL);
  g_autofree char *more = *effort != '\0' ? g_strdup_printf (" (%s)", effort) : g_strdup ("");

  trk_session_say (session, "%s task %" G_GINT64_FORMAT ": %s%s — tracker undo takes it back", what,
                   task->number, task->title, more);
}
