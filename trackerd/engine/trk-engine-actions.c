/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

#include "trk-duration.h"

/* What a command or a button does. Position in the table is the enum's value. */
static const struct
{
  const char *word;
  TrkActionVerb *run;
} verbs[] = {
  [TRK_VERB_START] = { "start", trk_action_start },
  [TRK_VERB_STOP] = { "stop", trk_action_stop },
  [TRK_VERB_PAUSE] = { "pause", trk_action_pause },
  [TRK_VERB_RESUME] = { "resume", trk_action_resume },
  [TRK_VERB_EXTEND] = { "extend", trk_action_extend },
  [TRK_VERB_SNOOZE] = { "snooze", trk_action_snooze },
  [TRK_VERB_SKIP] = { "skip", trk_action_skip },
  [TRK_VERB_BREAK] = { "break", trk_action_break },
  [TRK_VERB_DONE] = { "done", trk_action_done },
  [TRK_VERB_RELEASE] = { "release", trk_action_release },
  [TRK_VERB_ANSWER] = { "answer", trk_action_answer },
  [TRK_VERB_POSTPONE] = { "postpone", trk_action_postpone },
  [TRK_VERB_SEEN] = { "seen", trk_action_seen },
  [TRK_VERB_GUARD] = { "guard", trk_action_guard },
};
G_STATIC_ASSERT (G_N_ELEMENTS (verbs) == TRK_VERB_GUARD + 1);

const char *
trk_verb_to_string (TrkVerb verb)
{
  return (gsize) verb < G_N_ELEMENTS (verbs) ? verbs[verb].word : "unknown";
}

gboolean
trk_verb_from_string (const char *text, TrkVerb *verb)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].word, text))
      {
        *verb = (TrkVerb) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
trk_engine_do (TrkEngine *engine, const TrkAction *action, GError **error)
{
  if ((gsize) action->verb >= G_N_ELEMENTS (verbs))
    return trk_action_refuse (error, TRK_ERROR_USAGE, "no such command");
  if (action->length < 0 || action->length > TRK_DURATION_MOST)
    return trk_action_refuse (error, TRK_ERROR_USAGE, "a length is at most 366 days");
  if (!verbs[action->verb].run (engine, action, error))
    return FALSE;
  if (trk_engine_leave_unplanned (engine))
    trk_engine_settle (engine, engine->called, TRK_REASON_BY_HAND);
  return TRUE;
}
