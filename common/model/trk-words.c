/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-words.h"

#include <string.h>

/* Position in the table is the enum's value. */
static const char *const kinds[] = { "focus", "shallow", "meeting", "break", "routine", "off" };
static const char *const outcomes[] = {
  "none", "done", "partial", "missed", "skipped", "cancelled"
};
static const char *const evidences[] = { "observed", "manual", "imported", "plan" };
static const char *const presences[] = { "unknown", "active", "away" };
static const char *const reasons[] = {
  "block-start",   "block-end", "lead",  "by-hand", "switch",        "done",
  "stop",          "skip",      "pause", "resume",  "snooze",        "extend",
  "break",         "away",      "back",  "lock",    "sleep",         "not-running",
  "shutdown",      "start-up",  "late",  "plan",    "overlap",       "owed",
  "reminder",      "overtime",  "limit", "clock",   "import",        "edit",
  "switched-away", "call",      "front", "started", "left-calendar", "turn"
};
static const char *const answers[] = { "none", "break", "worked", "discard" };
static const char *const task_states[] = { "needs-action", "in-process", "completed", "cancelled" };
static const char *const statuses[] = { "confirmed", "tentative", "cancelled" };

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == TRK_N_KINDS);
G_STATIC_ASSERT (G_N_ELEMENTS (reasons) == TRK_REASON_TURN + 1);

static const char *
name_of (const char *const *names, gsize n, guint value)
{
  return value < n ? names[value] : "unknown";
}

/* As it is written first: only people write it otherwise. */
static gboolean
value_of (const char *const *names, gsize n, const char *text, guint *value)
{
  gsize i = 0;

  if (text == NULL)
    return FALSE;
  while (i < n && (names[i][0] != text[0] || strcmp (names[i], text) != 0))
    i++;
  if (i == n)
    for (i = 0; i < n && g_ascii_strcasecmp (names[i], text) != 0;)
      i++;
  *value = (guint) i;
  return i < n;
}

#define DEFINE_TO_STRING(prefix, Type, names)                                                      \
  const char *prefix##_to_string (Type value)                                                      \
  {                                                                                                \
    return name_of (names, G_N_ELEMENTS (names), value);                                           \
  }

#define DEFINE_WORDS(prefix, Type, names)                                                          \
  DEFINE_TO_STRING (prefix, Type, names)                                                           \
  gboolean prefix##_from_string (const char *text, Type *value)                                    \
  {                                                                                                \
    guint found;                                                                                   \
    if (!value_of (names, G_N_ELEMENTS (names), text, &found))                                     \
      return FALSE;                                                                                \
    *value = (Type) found;                                                                         \
    return TRUE;                                                                                   \
  }

DEFINE_WORDS (trk_kind, TrkKind, kinds)
DEFINE_WORDS (trk_outcome, TrkOutcome, outcomes)
DEFINE_WORDS (trk_evidence, TrkEvidence, evidences)
DEFINE_TO_STRING (trk_presence, TrkPresence, presences) /* it is only told, never read */
DEFINE_TO_STRING (trk_reason, TrkReason, reasons)
DEFINE_WORDS (trk_answer, TrkAnswer, answers)
DEFINE_WORDS (trk_task_state, TrkTaskState, task_states)
DEFINE_WORDS (trk_status, TrkStatus, statuses)

/* Logs of before schema 12 say of a daemon that was not running that the machine lost its power. */
gboolean
trk_reason_from_string (const char *text, TrkReason *reason)
{
  guint found = 0;

  if (!value_of (reasons, G_N_ELEMENTS (reasons), text, &found) && g_strcmp0 (text, "power") != 0)
    return FALSE;
  *reason = found < G_N_ELEMENTS (reasons) ? (TrkReason) found : TRK_REASON_NOT_RUNNING;
  return TRUE;
}

gboolean
trk_kind_is_work (TrkKind kind)
{
  return kind == TRK_KIND_FOCUS || kind == TRK_KIND_SHALLOW || kind == TRK_KIND_MEETING
         || kind == TRK_KIND_ROUTINE;
}

gboolean
trk_kind_counts_for (TrkKind kept, TrkKind planned)
{
  if (planned == TRK_KIND_BREAK)
    return kept == TRK_KIND_BREAK;
  return trk_kind_is_work (kept) || !trk_kind_is_work (planned);
}
