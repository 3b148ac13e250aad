/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of the product: enums that are stored, sent and printed by name. to_string gives the
 * stable lower-case word (static); from_string returns FALSE for an unknown one and leaves the
 * result alone. */

typedef enum
{
  TRK_KIND_FOCUS,
  TRK_KIND_SHALLOW,
  TRK_KIND_MEETING,
  TRK_KIND_BREAK,
  TRK_KIND_ROUTINE,
  TRK_KIND_OFF,
} TrkKind;
#define TRK_N_KINDS 6

/* Is time of this kind work time (focus, shallow, meeting, routine)? */
gboolean trk_kind_is_work (TrkKind kind);

/* Does time of the kind @kept that is tied to a block of the kind @planned count for what became of
 * it? A break is taken by rest and a block of work is worked on by work, of whatever kind: who
 * corrects an entry from the one to the other says that it was not what was planned. The one place
 * that says so. */
gboolean trk_kind_counts_for (TrkKind kept, TrkKind planned);

/* What became of a block. */
typedef enum
{
  TRK_OUTCOME_NONE, /* not over yet */
  TRK_OUTCOME_DONE, /* at least 80 % of it was worked (a break: taken) */
  TRK_OUTCOME_PARTIAL,
  TRK_OUTCOME_MISSED,
  TRK_OUTCOME_SKIPPED,
  TRK_OUTCOME_CANCELLED, /* it left the calendar */
} TrkOutcome;

/* Why a period of an entry is believed. */
typedef enum
{
  TRK_EVIDENCE_OBSERVED, /* the user was present */
  TRK_EVIDENCE_MANUAL,   /* the user said so */
  TRK_EVIDENCE_IMPORTED,
  TRK_EVIDENCE_PLAN, /* nothing can tell presence: shown apart, as unverified */
} TrkEvidence;

typedef enum
{
  TRK_PRESENCE_UNKNOWN,
  TRK_PRESENCE_ACTIVE,
  TRK_PRESENCE_AWAY,
} TrkPresence;

/* Why something happened: every change of state carries one. */
typedef enum
{
  TRK_REASON_BLOCK_START, /* a block's time came */
  TRK_REASON_BLOCK_END,   /* a block's time was over */
  TRK_REASON_LEAD,        /* soon: the notice before */
  TRK_REASON_BY_HAND,     /* a command or a button */
  TRK_REASON_SWITCH,      /* something else was started */
  TRK_REASON_DONE,        /* the user said that it is done */
  TRK_REASON_STOP,
  TRK_REASON_SKIP,
  TRK_REASON_PAUSE,
  TRK_REASON_RESUME,
  TRK_REASON_SNOOZE,
  TRK_REASON_EXTEND,
  TRK_REASON_BREAK,
  TRK_REASON_AWAY, /* idle past the limit */
  TRK_REASON_BACK, /* present again */
  TRK_REASON_LOCK,
  TRK_REASON_SLEEP,       /* the machine slept */
  TRK_REASON_NOT_RUNNING, /* the daemon was not running: a crash, a power loss, a kill */
  TRK_REASON_SHUTDOWN,    /* the daemon was ended in order */
  TRK_REASON_START_UP,    /* the daemon came (back) up */
  TRK_REASON_LATE,        /* its time passed while nobody could tell */
  TRK_REASON_PLAN,        /* the calendar changed */
  TRK_REASON_OVERLAP,     /* squeezed out by another block */
  TRK_REASON_OWED,        /* a break that a meeting took, offered afterwards */
  TRK_REASON_REMINDER,    /* still typing in a break; an unanswered start */
  TRK_REASON_OVERTIME,    /* work while off */
  TRK_REASON_LIMIT,       /* its own time (--for) is over */
  TRK_REASON_CLOCK,       /* the clock was set or the zone changed */
  TRK_REASON_IMPORT,
  TRK_REASON_EDIT,          /* corrected later by the user */
  TRK_REASON_SWITCHED,      /* another user, or another console, is on the screen */
  TRK_REASON_CALL,          /* in a call, or before an audience */
  TRK_REASON_FRONT,         /* a program that disturbs came to the front during focus */
  TRK_REASON_STARTED,       /* the same, it was started */
  TRK_REASON_LEFT_CALENDAR, /* its event is in no calendar any more, or in none that counts */
  TRK_REASON_TURN,          /* it waits for its turn: no two notices come within a minute */
} TrkReason;

/* What the user said about a gap. */
typedef enum
{
  TRK_ANSWER_NONE, /* not answered: unknown, never work */
  TRK_ANSWER_BREAK,
  TRK_ANSWER_WORKED,
  TRK_ANSWER_DISCARD,
} TrkAnswer;

/* RFC 5545 3.8.1.11, the values for VTODO. */
typedef enum
{
  TRK_TASK_NEEDS_ACTION,
  TRK_TASK_IN_PROCESS,
  TRK_TASK_COMPLETED,
  TRK_TASK_CANCELLED,
} TrkTaskState;

typedef enum
{
  TRK_STATUS_CONFIRMED,
  TRK_STATUS_TENTATIVE,
  TRK_STATUS_CANCELLED,
} TrkStatus;

const char *trk_kind_to_string (TrkKind kind);
gboolean trk_kind_from_string (const char *text, TrkKind *kind);
const char *trk_outcome_to_string (TrkOutcome outcome);
gboolean trk_outcome_from_string (const char *text, TrkOutcome *outcome);
const char *trk_evidence_to_string (TrkEvidence evidence);
gboolean trk_evidence_from_string (const char *text, TrkEvidence *evidence);
const char *trk_presence_to_string (TrkPresence presence);
const char *trk_reason_to_string (TrkReason reason);
gboolean trk_reason_from_string (const char *text, TrkReason *reason);
const char *trk_answer_to_string (TrkAnswer answer);
gboolean trk_answer_from_string (const char *text, TrkAnswer *answer);
const char *trk_task_state_to_string (TrkTaskState state); /* "needs-action" … */
gboolean trk_task_state_from_string (const char *text, TrkTaskState *state);
const char *trk_status_to_string (TrkStatus status);
gboolean trk_status_from_string (const char *text, TrkStatus *status);

G_END_DECLS
