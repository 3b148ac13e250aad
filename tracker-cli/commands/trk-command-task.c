/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-parse.h"
#include "trk-sprint-member.h"
#include "trk-task-change.h"
#include "trk-task-find.h"
#include "trk-task-show.h"

#include <string.h>

/* tracker task: what there is to do, what is done, and the time that it took. */

/* -- Reading ----------------------------------------------------------------------------------- */

/* Which tasks a listing shows. */
typedef struct
{
  gboolean all;
  gint64 sprint;       /* 0 any */
  const char *project; /* NULL any */
} Filter;

static gboolean
is_shown (const Filter *filter, const TrkTask *task)
{
  if (!filter->all && !trk_task_is_open (task))
    return FALSE;
  if (filter->sprint != 0 && task->sprint != filter->sprint)
    return FALSE;
  return filter->project == NULL || g_strcmp0 (filter->project, task->project) == 0;
}

static GPtrArray *
filter_tasks (const GPtrArray *tasks, const Filter *filter)
{
  GPtrArray *shown = g_ptr_array_new ();

  for (guint i = 0; i < tasks->len; i++)
    if (is_shown (filter, g_ptr_array_index (tasks, i)))
      g_ptr_array_add (shown, g_ptr_array_index (tasks, i));
  return shown;
}

static void
print_list_json (TrkSession *session, const GPtrArray *tasks, const TrkWorked *worked)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < tasks->len; i++)
    trk_task_add_json (builder, g_ptr_array_index (tasks, i), worked);
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static gboolean
print_list (TrkSession *session,
            TrkStore *store,
            const GPtrArray *all,
            const Filter *filter,
            GError **error)
{
  g_autoptr (GPtrArray) tasks = filter_tasks (all, filter);
  g_autoptr (TrkWorked) worked = trk_worked_new (session, store, tasks, error);

  if (worked == NULL)
    return FALSE;
  if (trk_session_json (session))
    print_list_json (session, tasks, worked);
  else if (tasks->len > 0)
    trk_task_print_tree (session, tasks, worked);
  else if (all->len > 0)
    trk_session_say (session, "No task is open here. All of them: tracker task list --all");
  else
    trk_session_say (session, "There are no tasks yet. To add one: tracker task add TITLE");
  return TRUE;
}

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  Filter filter = { .all = trk_args_has (args, "all"),
                    .project = trk_args_option (args, "project") };
  g_autoptr (GPtrArray) tasks = NULL;
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return FALSE;
  if (trk_args_has (args, "sprint") && !trk_sprint_member_current (store, &filter.sprint, error))
    return FALSE;
  tasks = store != NULL ? trk_store_tasks (store, error) : g_ptr_array_new ();
  return tasks != NULL && print_list (session, store, tasks, &filter, error);
}

static gboolean
run_show (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkTask) task = NULL;
  TrkStore *store;
  gint64 number;

  if (!trk_parse_number (trk_args_word (args, 0), "a task; tracker task shows them", &number, error)
      || !trk_task_find_by_words (session, trk_args_word (args, 0), &number, error))
    return FALSE;
  store = trk_session_store (session, TRK_STORE_READ, error);
  task = store != NULL ? trk_store_task (store, number, error) : NULL;
  return task != NULL && trk_task_print_full (session, store, task, error);
}

/* -- Changing ---------------------------------------------------------------------------------- */

/* A word like ~soon stays in the title; whoever meant an estimate hears of it. */
static void
warn_of_tildes (TrkSession *session, const char *title)
{
  g_auto (GStrv) words = g_strsplit (title, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] == '~' && g_ascii_isalpha (words[i][1]))
      trk_session_warn (session,
                        "%s is no estimate and stays in the title; an estimate is ~30m, ~1h30 or "
                        "~3p",
                        words[i]);
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkTask) task = trk_task_new ();
  TrkStore *store = trk_session_begin (session, error);

  if (store == NULL || !trk_task_change_jot (task, args, error)
      || !trk_task_change_describe (store, task, args, error))
    return FALSE;
  task->created = trk_session_now (session);
  if (!trk_store_add_task (store, task, error))
    return FALSE;
  if (trk_args_has (args, "sprint") && !trk_sprint_member_join (session, store, task, error))
    return FALSE;
  if (!trk_session_commit (session, error))
    return FALSE;
  warn_of_tildes (session, task->title);
  trk_task_change_say (session, "added", task);
  return TRUE;
}

static gboolean
run_edit (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkTask) task = NULL;
  TrkStore *store;

  if (!trk_args_has_any (args))
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                           "task edit: say what changes: --title TEXT, --estimate 1h30, … See: "
                           "tracker help task edit");
      return FALSE;
    }
  store = trk_session_begin (session, error);
  if (store == NULL)
    return FALSE;
  task = trk_task_find (store, trk_args_word (args, 0), error);
  if (task == NULL || !trk_task_change_describe (store, task, args, error)
      || !trk_store_update_task (store, task, error) || !trk_session_commit (session, error))
    return FALSE;
  trk_task_change_say (session, "changed", task);
  return TRUE;
}

/* To another parent, into or out of the current sprint. */
static gboolean
move (TrkSession *session, TrkStore *store, TrkTask *task, const TrkArgs *args, GError **error)
{
  gboolean in = trk_args_has (args, "sprint"), out = trk_args_has (args, "no-sprint");

  if (in + out + trk_args_has (args, "parent") == 0 || (in && out))
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                           "task move: where to? --sprint, --no-sprint, --parent NUMBER");
      return FALSE;
    }
  if (!trk_task_change_describe (store, task, args, error)
      || !trk_store_update_task (store, task, error))
    return FALSE;
  if (in)
    return trk_sprint_member_join (session, store, task, error);
  return !out || trk_sprint_member_leave (session, store, task, error);
}

static gboolean
run_move (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkStore *store = trk_session_begin (session, error);
  g_autoptr (TrkTask) task =
      store != NULL ? trk_task_find (store, trk_args_word (args, 0), error) : NULL;

  if (task == NULL || !move (session, store, task, args, error)
      || !trk_session_commit (session, error))
    return FALSE;
  trk_task_change_say (session, "moved", task);
  return TRUE;
}

/* Brings the tasks of all words into @state in one change. */
static gboolean
set_states (
    TrkSession *session, const TrkArgs *args, TrkTaskState state, const char *what, GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_task_free);
  TrkStore *store = trk_session_begin (session, error);

  for (guint i = 0; store != NULL && i < trk_args_count (args); i++)
    {
      TrkTask *task = trk_task_find (store, trk_args_word (args, i), error);

      if (task == NULL)
        return FALSE;
      g_ptr_array_add (tasks, task);
      if (!trk_task_change_state (session, store, task, state, error))
        return FALSE;
    }
  if (store == NULL || !trk_session_commit (session, error))
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    trk_task_change_say (session, what, g_ptr_array_index (tasks, i));
  return TRUE;
}

static gboolean
run_done (TrkSession *session, const TrkArgs *args, GError **error)
{
  return set_states (session, args, TRK_TASK_COMPLETED, "done", error);
}

static gboolean
run_drop (TrkSession *session, const TrkArgs *args, GError **error)
{
  return set_states (session, args, TRK_TASK_CANCELLED, "dropped", error);
}

static gboolean
run_reopen (TrkSession *session, const TrkArgs *args, GError **error)
{
  return set_states (session, args, TRK_TASK_NEEDS_ACTION, "open again:", error);
}

#define DESCRIBING_OPTIONS                                                                         \
  { "project", 'p', "NAME", "Its project; an empty one clears it" },                               \
      { "estimate", 'e', "LENGTH", "How long it may take: 30m, 1h30" },                            \
      { "points", 0, "NUMBER", "How big it is, in points" },                                       \
      { "tag", 0, "NAME", "A tag; repeat" },                                                       \
  {                                                                                                \
    "note", 'n', "TEXT", "What else is worth keeping"                                              \
  }

static const TrkOption list_options[] = {
  { "all", 'a', NULL, "Also what is done or dropped" },
  { "sprint", 's', NULL, "Only the current sprint's" },
  { "project", 'p', "NAME", "Only this project's" },
  TRK_OPTION_JSON,
  { NULL },
};
static const TrkOption show_options[] = { TRK_OPTION_JSON, { NULL } };
static const TrkOption add_options[] = {
  { "parent", 0, "NUMBER", "The task that it is part of" },
  { "sprint", 's', NULL, "Into the current sprint" },
  DESCRIBING_OPTIONS,
  { NULL },
};
static const TrkOption edit_options[] = {
  { "title", 't', "TEXT", "New title" },
  DESCRIBING_OPTIONS,
  { "untag", 0, "NAME", "A tag that goes; repeat" },
  { NULL },
};
static const TrkOption move_options[] = {
  { "sprint", 's', NULL, "Into the current sprint" },
  { "no-sprint", 0, NULL, "Out of its sprint" },
  { "parent", 0, "NUMBER", "Below this task; 0 for none" },
  { NULL },
};

#define LIST_HELP                                                                                  \
  "Each task stands below the one that it is part of, with the time worked on it and its "         \
  "estimate: · open, ▶ running, ◐ begun, ✓ done, × dropped.\n\n"                           \
  "JSON: an array of number, id, title, state (needs-action, in-process, completed, cancelled), "  \
  "running, project, tags, note, parent, sprint, estimate and worked in seconds, points, "         \
  "created, "                                                                                      \
  "completed."

/* task start stands with the live verbs. */
const TrkCommand trk_commands_task[] = {
  { "task", "", 0, 0, "Show the tasks that are open", LIST_HELP, list_options, run_list },
  { "task list", "", 0, 0, "Show the tasks that are open", LIST_HELP, list_options, run_list },
  { "task show", "TASK", 1, 1, "Show one task and the time spent on it",
    "JSON: one object with the keys of task list.", show_options, run_show },
  { "task add", "TITLE", 1, G_MAXUINT, "Add a task",
    "Inside the title +word is a tag, @word the project, ~30m an estimate, ~3p points.\n\n"
    " tracker task add \"PDF endpoint +billing ~30m\" --parent 4 --sprint",
    add_options, run_add },
  { "task edit", "TASK", 1, 1, "Change a task's title, estimate, tags and the like", NULL,
    edit_options, run_edit },
  { "task done", "TASK…", 1, G_MAXUINT, "Tasks are done", NULL, NULL, run_done },
  { "task drop", "TASK…", 1, G_MAXUINT, "Tasks will not be done", NULL, NULL, run_drop },
  { "task reopen", "TASK…", 1, G_MAXUINT, "Tasks are not done or dropped after all", NULL, NULL,
    run_reopen },
  { "task move", "TASK", 1, 1, "Move a task into a sprint or below another task", NULL,
    move_options, run_move },
  { NULL },
};
