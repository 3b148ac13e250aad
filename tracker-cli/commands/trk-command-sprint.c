/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-parse.h"
#include "trk-sprint-load.h"
#include "trk-sprint-member.h"
#include "trk-sprint-show.h"
#include "trk-task-find.h"
#include "trk-working-days.h"

/* tracker sprint: an iteration, its tasks, and what the next one takes over. */

enum
{
  DEFAULT_DAYS = 10,
  MOST_DAYS = 260
};

/* The log for reading; TRK_ERROR_NOT_FOUND when there is none. */
static TrkStore *
need_store (TrkSession *session, GError **error)
{
  TrkStore *store;

  if (trk_session_read_log (session, &store, error) && store == NULL)
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                         "there are no sprints yet. To start one: tracker sprint start NAME");
  return store;
}

static gboolean
run_show (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *name = trk_args_join (args, 0);

  return trk_sprint_show (session, *name != '\0' ? name : NULL, error);
}

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  return trk_sprint_show_list (session, error);
}

/* -- Changing ---------------------------------------------------------------------------------- */

static gboolean
take_days (TrkSession *session, const TrkArgs *args, TrkSprint *sprint, GError **error)
{
  const char *from = trk_args_option (args, "from");
  const char *days = trk_args_option (args, "days");
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkPeriod period;
  TrkSpan span;
  gint64 count = DEFAULT_DAYS;

  sprint->first = trk_almanac_day (&almanac, now);
  if (from != NULL)
    {
      if (!trk_when_parse (from, &almanac, now, &period, &span, error))
        return FALSE;
      sprint->first = trk_almanac_day (&almanac, period.start);
    }
  if (days != NULL && !trk_parse_number (days, "working days", &count, error))
    return FALSE;
  if (count > MOST_DAYS)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "a sprint has at most %d working days",
                   MOST_DAYS);
      return FALSE;
    }
  sprint->last = trk_weekdays_last (sprint->first, (guint) count);
  return TRUE;
}

static TrkSprint *
sprint_of_args (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkSprint) sprint = trk_sprint_new ();
  g_autofree char *name = trk_args_join (args, 0);
  const char *goal = trk_args_option (args, "goal");

  sprint->started = trk_session_now (session);
  sprint->name = trk_parse_text (name, "name", error);
  if (sprint->name == NULL || !take_days (session, args, sprint, error))
    return NULL;
  if (goal != NULL)
    {
      sprint->goal = trk_parse_text (goal, "goal", error);
      if (sprint->goal == NULL)
        return NULL;
    }
  return g_steal_pointer (&sprint);
}

static gboolean
check_none_runs (TrkStore *store, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (TrkSprint) current = trk_store_current_sprint (store, &local);

  if (current != NULL)
    g_set_error (&local, TRK_ERROR, TRK_ERROR_STATE,
                 "sprint %" G_GINT64_FORMAT " (%s) still runs; first: tracker sprint close",
                 current->number, current->name);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* "10 working days"; where the plan tells of others than Monday to Friday, both. */
static char *
length_of (TrkSession *session, const TrkSprint *sprint)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkSprintData) data = trk_sprint_load (session, NULL, &error);
  guint weekdays = trk_weekdays_count (sprint->first, sprint->last);
  guint working = data != NULL ? data->figures->working_days : weekdays;
  g_autofree char *days = trk_format_count (working, "working day", NULL);

  if (data == NULL)
    trk_session_warn (session, "%s", error->message);
  if (working == weekdays)
    return g_steal_pointer (&days);
  return g_strdup_printf ("%s by the plan, %u from Monday to Friday", days, weekdays);
}

static void
say_started (TrkSession *session, const TrkSprint *sprint, guint carried)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *first = trk_format_day_short (sprint->first, today);
  g_autofree char *last = trk_format_day_short (sprint->last, today);
  g_autofree char *days = length_of (session, sprint);
  g_autofree char *tasks = trk_format_count (carried, "open task", NULL);

  trk_session_say (session, "started sprint %" G_GINT64_FORMAT ": %s, %s – %s (%s)", sprint->number,
                   sprint->name, first, last, days);
  if (carried > 0)
    trk_session_say (session, "%s carried over from the sprint before: tracker sprint", tasks);
}

static gboolean
run_start (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkSprint) sprint = sprint_of_args (session, args, error);
  TrkStore *store = sprint != NULL ? trk_session_begin (session, error) : NULL;
  guint carried;

  if (store == NULL || !check_none_runs (store, error)
      || !trk_store_add_sprint (store, sprint, error)
      || !trk_sprint_member_take_carried (session, store, sprint->number, &carried, error)
      || !trk_session_commit (session, error))
    return FALSE;
  say_started (session, sprint, carried);
  return TRUE;
}

static gboolean
run_close (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkSprint) sprint = NULL;
  g_autofree char *tasks = NULL;
  TrkStore *store = need_store (session, error);
  gint64 number;
  guint carried;

  if (store == NULL || !trk_sprint_member_current (store, &number, error))
    return FALSE;
  store = trk_session_begin (session, error);
  sprint = store != NULL ? trk_store_current_sprint (store, error) : NULL;
  if (sprint == NULL
      || !trk_sprint_member_release_open (session, store, sprint->number, &carried, error))
    return FALSE;
  sprint->closed = trk_session_now (session);
  if (!trk_store_update_sprint (store, sprint, error) || !trk_session_commit (session, error))
    return FALSE;
  tasks = trk_format_count (carried, "open task", NULL);
  trk_session_say (session, "closed sprint %" G_GINT64_FORMAT ": %s — tracker undo reopens it",
                   sprint->number, sprint->name);
  if (carried > 0)
    trk_session_say (session, "%s will be carried into the next sprint that starts", tasks);
  return TRUE;
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkStore *store = trk_session_begin (session, error);

  for (guint i = 0; store != NULL && i < trk_args_count (args); i++)
    {
      g_autoptr (TrkTask) task = trk_task_find (store, trk_args_word (args, i), error);

      if (task == NULL || !trk_sprint_member_join (session, store, task, error))
        return FALSE;
    }
  if (store == NULL || !trk_session_commit (session, error))
    return FALSE;
  store = trk_session_store (session, TRK_STORE_READ, NULL);
  for (guint i = 0; store != NULL && i < trk_args_count (args); i++)
    {
      g_autoptr (TrkTask) task = trk_task_find (store, trk_args_word (args, i), NULL);

      if (task != NULL)
        trk_session_say (session, "task %" G_GINT64_FORMAT ": %s is in the sprint", task->number,
                         task->title);
    }
  return TRUE;
}

static const TrkOption json_options[] = { TRK_OPTION_JSON, { NULL } };
static const TrkOption start_options[] = {
  { "goal", 'g', "TEXT", "What it is for, in a sentence" },
  { "days", 'd', "NUMBER", "Length in days from Monday to Friday; 10 unless given" },
  { "from", 0, "DAY", "First day; today unless given" },
  { NULL },
};

#define SHOW_HELP                                                                                  \
  "Without a name it is the sprint that runs, else the last one. More figures, burndown and "      \
  "velocity: tracker report sprint.\n\n"                                                           \
  "Working days are those on which work is planned; in a week of which no plan tells anything, "   \
  "Monday to Friday. Time is what was worked on its tasks within its days.\n\n"                    \
  "JSON: number, id, name, goal, first, last, started, closed, working_days, tasks_done, "         \
  "tasks_total, tasks_added, tasks_dropped, tasks_carried_in, tasks_carried_out, points_done, "    \
  "points_total, worked and estimated in seconds, tasks (as in task list)."

const TrkCommand trk_commands_sprint[] = {
  { "sprint", "", 0, 0, "Show the sprint that runs", SHOW_HELP, json_options, run_show },
  { "sprint show", "[SPRINT]", 0, G_MAXUINT, "Show a sprint by its number or name", SHOW_HELP,
    json_options, run_show },
  { "sprint list", "", 0, 0, "List all sprints", "JSON: an array with the keys of sprint show.",
    json_options, run_list },
  { "sprint start", "NAME", 1, G_MAXUINT, "Start a sprint",
    "Open tasks that the sprint before left over come into it. Tasks that are added on its first "
    "day count as committed, later ones as added.\n\n"
    " tracker sprint start Billing --goal \"Invoices are out\" --days 10",
    start_options, run_start },
  { "sprint add", "TASK…", 1, G_MAXUINT, "Put tasks into the sprint that runs",
    "Out of it again: tracker task move TASK --no-sprint.", NULL, run_add },
  { "sprint close", "", 0, 0, "Close the sprint; open tasks are carried into the next", NULL, NULL,
    run_close },
  { NULL },
};
