/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-duration.h"
#include "trk-error.h"

/* -- Verbs ------------------------------------------------------------------------------------- */

/* A task lends its title and project. */
static gboolean
fill_from_task (TrkDaemon *daemon, TrkAction *action, TrkTask **task, GError **error)
{
  if (action->verb != TRK_VERB_START || action->task == 0)
    return TRUE;
  *task = trk_store_task (daemon->store, action->task, error);
  if (*task == NULL)
    return FALSE;
  if (!trk_task_is_open (*task))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                   "task %" G_GINT64_FORMAT
                   " is %s; to work on it again: tracker task edit %" G_GINT64_FORMAT " --reopen",
                   action->task, trk_task_state_to_string ((*task)->state), action->task);
      return FALSE;
    }
  if (action->title == NULL)
    action->title = (*task)->title;
  action->project = (*task)->project;
  return TRUE;
}

/* " --for 1h30m", " 15m": @before and the length, when there is one. */
static void
add_length (GString *text, const char *before, TrkDuration length)
{
  g_autofree char *typed = trk_duration_format_typed (length);

  if (length >= TRK_SECOND)
    g_string_append_printf (text, "%s%s", before, typed);
}

static void
add_moment (GString *text, const char *before, TrkInstant at, const TrkZone *zone)
{
  g_autofree char *shown = at > 0 ? trk_zone_format_time (zone, at) : NULL;

  if (shown != NULL)
    g_string_append_printf (text, "%s%s", before, shown);
}

static void
add_start (GString *text, const TrkAction *action, const TrkZone *zone)
{
  if (action->task != 0)
    g_string_append_printf (text, " task %" G_GINT64_FORMAT, action->task);
  else if (action->title != NULL)
    g_string_append_printf (text, " %s", action->title);
  if (action->kind_given || action->kind != TRK_KIND_FOCUS)
    g_string_append_printf (text, " --kind %s", trk_kind_to_string (action->kind));
  add_length (text, " --for ", action->length);
  add_moment (text, " --at ", action->at, zone);
}

/* As it could be typed: what the history shows. */
static char *
command_text (const TrkAction *action, const TrkZone *zone)
{
  g_autoptr (GString) text = g_string_new (action->verb == TRK_VERB_POSTPONE ? "break " : NULL);

  g_string_append (text, trk_verb_to_string (action->verb));

  if (action->verb == TRK_VERB_ANSWER)
    g_string_append_printf (text, " %s", trk_answer_to_string (action->answer));
  else if (action->verb == TRK_VERB_GUARD)
    {
      g_string_append_printf (text, " %s", trk_guard_answer_to_string (action->guard));
      add_length (text, " ", action->length);
    }
  else if (action->verb == TRK_VERB_START)
    add_start (text, action, zone);
  else
    {
      add_length (text, " ", action->length);
      add_moment (text, " until ", action->until, zone);
    }
  if (action->note != NULL && *action->note != '\0')
    g_string_append_printf (text, " %s", action->note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
trk_daemon_act (const TrkAction *wanted, gpointer data, GError **error)
{
  TrkDaemon *daemon = data;
  TrkAction action = *wanted;
  g_autoptr (TrkTask) task = NULL;
  g_autofree char *command = command_text (wanted, trk_clock_zone (daemon->parts.clock));
  GPtrArray *effects;

  if (daemon->plan == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                   "the daemon is still reading the calendars; try again in a moment");
      return FALSE;
    }
  if (!fill_from_task (daemon, &action, &task, error))
    return FALSE;
  trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  effects = trk_engine_act (daemon->engine, &action, trk_daemon_now (daemon), error);
  if (effects == NULL)
    return FALSE;
  trk_daemon_apply (daemon, TRK_ACTOR_USER, command, effects, NULL, NULL);
  return TRUE;
}

/* Which one is meant is told by the engine as it is right before. */
gboolean
trk_daemon_postpone (gpointer data, TrkDuration length, TrkPostponed *told, GError **error)
{
  TrkDaemon *daemon = data;
  g_autoptr (TrkBlock) rest = NULL;
  TrkAction action = { .verb = TRK_VERB_POSTPONE, .length = length };
  TrkSnapshot snapshot;

  if (daemon->plan != NULL)
    trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  rest = (TrkBlock *) trk_engine_to_postpone (daemon->engine);
  if (rest != NULL)
    trk_block_ref (rest);
  if (!trk_daemon_act (&action, daemon, error))
    return FALSE;
  trk_engine_snapshot (daemon->engine, &snapshot);
  *told = (TrkPostponed){
    .used = snapshot.postponed,
    .allowed = daemon->config->policies.postpones,
    .title = g_strdup (rest != NULL ? rest->title : ""),
    .start = rest != NULL ? trk_engine_start_of (daemon->engine, rest->id) : 0,
  };
  return TRUE;
}

/* What is meant is told by the engine as it is right before. */
gboolean
trk_daemon_done (gpointer data, char **title, char **block_id, gint64 *task, GError **error)
{
  TrkDaemon *daemon = data;
  const TrkAction action = { .verb = TRK_VERB_DONE };
  g_autoptr (TrkDaemonStatus) what = NULL;

  if (daemon->plan != NULL)
    trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  what = trk_daemon_to_be_done (daemon);
  if (!trk_daemon_act (&action, daemon, error))
    return FALSE;
  *title = g_steal_pointer (&what->title);
  *block_id = g_steal_pointer (&what->block_id);
  *task = what->task;
  return TRUE;
}
