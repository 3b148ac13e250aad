/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-duration.h"
#include "trk-error.h"
#include "trk-link.h"

/* -- Verbs ---------------------------------------------------------------------------------------
 */

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

static char *
command_text (const TrkAction *action)
{
  const char *verb = trk_verb_to_string (action->verb);

  if (action->verb == TRK_VERB_ANSWER)
    return g_strdup_printf ("%s %s", verb, trk_answer_to_string (action->answer));
  if (action->verb == TRK_VERB_START && action->task != 0)
    return g_strdup_printf ("start task %" G_GINT64_FORMAT, action->task);
  if (action->verb == TRK_VERB_START && action->title != NULL)
    return g_strdup_printf ("start %s", action->title);
  if (action->length > 0)
    {
      g_autofree char *length = trk_duration_format (action->length);

      return g_strdup_printf ("%s %s", verb, length);
    }
  return action->note != NULL ? g_strdup_printf ("%s %s", verb, action->note) : g_strdup (verb);
}

gboolean
trk_daemon_act (const TrkAction *wanted, gpointer data, GError **error)
{
  TrkDaemon *daemon = data;
  TrkAction action = *wanted;
  g_autoptr (TrkTask) task = NULL;
  g_autofree char *command = command_text (wanted);
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
  effects = trk_engine_act (daemon->engine, &action, trk_clock_now (daemon->parts.clock), error);
  if (effects == NULL)
    return FALSE;
  trk_daemon_apply (daemon, TRK_ACTOR_USER, command, effects, NULL, NULL);
  return TRUE;
}

/* -- Buttons -------------------------------------------------------------------------------------
 */

static void
join (TrkDaemon *daemon, const TrkNotice *notice)
{
  if (trk_link_is_web (notice->link))
    trk_link_open (trk_service_connection (daemon->service), notice->link);
  else
    g_warning ("Join: the link is no web address, it is not opened");
}

/* On the question about a gap the same words are answers. */
static TrkAction
action_of (const TrkNotice *notice, TrkButton button)
{
  static const TrkVerb verbs[] = {
    [TRK_BUTTON_SNOOZE] = TRK_VERB_SNOOZE, [TRK_BUTTON_SKIP] = TRK_VERB_SKIP,
    [TRK_BUTTON_STOP] = TRK_VERB_STOP,     [TRK_BUTTON_EXTEND] = TRK_VERB_EXTEND,
    [TRK_BUTTON_DONE] = TRK_VERB_DONE,     [TRK_BUTTON_BREAK] = TRK_VERB_BREAK,
    [TRK_BUTTON_WORKED] = TRK_VERB_ANSWER, [TRK_BUTTON_DISCARD] = TRK_VERB_ANSWER,
  };
  TrkAction action = { .verb = verbs[button], .block_id = notice->key };

  if (notice->kind == TRK_NOTICE_GAP && button == TRK_BUTTON_BREAK)
    action.verb = TRK_VERB_ANSWER;
  if (action.verb == TRK_VERB_ANSWER)
    action.answer = button == TRK_BUTTON_WORKED    ? TRK_ANSWER_WORKED
                    : button == TRK_BUTTON_DISCARD ? TRK_ANSWER_DISCARD
                                                   : TRK_ANSWER_BREAK;
  return action;
}

void
trk_daemon_press (const TrkNotice *notice, TrkButton button, gpointer data)
{
  g_autoptr (GError) error = NULL;
  TrkAction action;

  if (button == TRK_BUTTON_JOIN)
    {
      join (data, notice);
      return;
    }
  action = action_of (notice, button);
  if (!trk_daemon_act (&action, data, &error))
    g_message ("%s: %s", trk_button_to_string (button), error->message);
}
