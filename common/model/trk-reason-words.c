/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-reason-words.h"

typedef struct
{
  const char *said;
  const char *brief; /* (nullable): the stored word is what people say */
} Row;

static const Row rows[] = {
  [TRK_REASON_BLOCK_START] = { "its time had come", "begun" },
  [TRK_REASON_BLOCK_END] = { "its time was over", "ended" },
  [TRK_REASON_LEAD] = { "it was soon to begin", "soon" },
  [TRK_REASON_BY_HAND] = { "you said so", "by hand" },
  [TRK_REASON_SWITCH] = { "something else began", NULL },
  [TRK_REASON_DONE] = { "you said that it was done", NULL },
  [TRK_REASON_STOP] = { "you stopped it", "stopped" },
  [TRK_REASON_SKIP] = { "you skipped it", "skipped" },
  [TRK_REASON_PAUSE] = { "you paused it", "paused" },
  [TRK_REASON_RESUME] = { "you went on after a pause", "resumed" },
  [TRK_REASON_SNOOZE] = { "you snoozed it", "snoozed" },
  [TRK_REASON_EXTEND] = { "you extended it", "extended" },
  [TRK_REASON_BREAK] = { "you took a break", NULL },
  [TRK_REASON_AWAY] = { "you were away", NULL },
  [TRK_REASON_BACK] = { "you were back", NULL },
  [TRK_REASON_LOCK] = { "the screen was locked", "locked" },
  [TRK_REASON_SLEEP] = { "the machine slept", "asleep" },
  [TRK_REASON_NOT_RUNNING] = { "trackerd was not running", "not running" },
  [TRK_REASON_SHUTDOWN] = { "trackerd was ended", "not running" },
  [TRK_REASON_START_UP] = { "trackerd was started", "started" },
  [TRK_REASON_LATE] = { "its time had passed before anybody could tell", NULL },
  [TRK_REASON_PLAN] = { "the calendar changed", "calendar" },
  [TRK_REASON_OVERLAP] = { "something else took its time", "squeezed" },
  [TRK_REASON_OWED] = { "a break was owed", NULL },
  [TRK_REASON_REMINDER] = { "it was not answered", NULL },
  [TRK_REASON_OVERTIME] = { "you worked in time off", NULL },
  [TRK_REASON_LIMIT] = { "its time was up", "time up" },
  [TRK_REASON_CLOCK] = { "the clock or the zone changed", "clock set" },
  [TRK_REASON_IMPORT] = { "it was imported", "imported" },
  [TRK_REASON_EDIT] = { "you corrected it", "corrected" },
  [TRK_REASON_SWITCHED] = { "another user or console was on the screen", "other user" },
  [TRK_REASON_CALL] = { "you were in a call or before an audience", NULL },
  [TRK_REASON_FRONT] = { "a program came to the front", NULL },
  [TRK_REASON_STARTED] = { "a program was started", NULL },
  [TRK_REASON_LEFT_CALENDAR] = { "its event left the calendar", "deleted" },
  [TRK_REASON_TURN] = { "it waits for its turn", "waiting" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == TRK_REASON_TURN + 1);

const char *
trk_reason_said (TrkReason reason)
{
  return (gsize) reason < G_N_ELEMENTS (rows) ? rows[reason].said : "unknown";
}

const char *
trk_outcome_reason_said (TrkOutcome outcome, TrkReason reason)
{
  return outcome == TRK_OUTCOME_MISSED && reason == TRK_REASON_BY_HAND
             ? "other work by hand took its place"
             : trk_reason_said (reason);
}

const char *
trk_reason_short (TrkReason reason)
{
  const char *brief = (gsize) reason < G_N_ELEMENTS (rows) ? rows[reason].brief : NULL;

  return brief != NULL ? brief : trk_reason_to_string (reason);
}

const char *
trk_reason_short_of (const char *word)
{
  TrkReason reason;

  return trk_reason_from_string (word, &reason) ? trk_reason_short (reason) : word;
}

const char *
trk_answer_said (TrkAnswer answer)
{
  static const char *const said[] = { "not answered", "a break", "worked", "not work" };

  return (gsize) answer < G_N_ELEMENTS (said) ? said[answer] : "unknown";
}
