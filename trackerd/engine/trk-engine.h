/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-effect.h"
#include "trk-plan.h"
#include "trk-policy.h"

G_BEGIN_DECLS

/* The state machine that turns the plan, the user's commands and presence into effects. Pure: it
 * reads no clock and does no I/O. Every call takes @now and returns the effects since the last
 * call, in order, as an array of TrkEffect owned by the caller (never NULL, may be empty).
 *
 * Start, resume, clock step, zone change, reload and restart are all the same: set_plan() or
 * step() at the new now. Given the same state it never gives a notice twice, and every period that
 * it opens it closes. The whole state can be rebuilt from the log: TrkEngineMemory. */
typedef struct _TrkEngine TrkEngine;

/* What the log remembers, for an engine that starts in the middle of a day. All borrowed. */
typedef struct
{
  const TrkEntry *open_entry;  /* (nullable) */
  const TrkGap *open_gap;      /* (nullable) */
  TrkInstant last_mark;        /* last moment known awake; 0 unknown */
  const GPtrArray *states;     /* of TrkBlockState (nullable) */
} TrkEngineMemory;

/* @policies is copied. @memory may be NULL: nothing happened yet. An open entry whose last mark is
 * older than policies->mark_every (with some grace) is closed at the mark by the first call. */
TrkEngine *trk_engine_new (const TrkPolicies *policies, const TrkEngineMemory *memory);
void trk_engine_free (TrkEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkEngine, trk_engine_free)

/* The plan is (again) this one. Blocks that vanished before they began are withdrawn; one that runs
 * and vanished goes on by hand. */
GPtrArray *trk_engine_set_plan (TrkEngine *engine, TrkPlan *plan, TrkInstant now);
void trk_engine_set_policies (TrkEngine *engine, const TrkPolicies *policies);

/* Time passed. @awake_until: last instant before @now at which the machine was surely awake, or
 * @now when nothing slept; an entry that was open is cut there. */
GPtrArray *trk_engine_step (TrkEngine *engine, TrkInstant now);
GPtrArray *trk_engine_slept (TrkEngine *engine, TrkPeriod asleep, TrkInstant now);

/* What the daemon knows of the user; @since is when that state began (idle starts are known late).
 * Until the first call presence is unknown: then evidence is the plan. */
GPtrArray *
trk_engine_presence (TrkEngine *engine, TrkPresence presence, TrkInstant since, TrkReason why, TrkInstant now);

typedef enum
{
  TRK_VERB_START,   /* title, task, kind, length (0 open-ended), at (0 now; not before the open
                       entry began) */
  TRK_VERB_STOP,
  TRK_VERB_PAUSE,
  TRK_VERB_RESUME,
  TRK_VERB_EXTEND,  /* length (0 policy's) */
  TRK_VERB_SNOOZE,  /* length (0 policy's) or until */
  TRK_VERB_SKIP,    /* note */
  TRK_VERB_BREAK,   /* length (0 policy's) */
  TRK_VERB_DONE,    /* the block or hand-started entry is done, and its task */
  TRK_VERB_RELEASE, /* everything that holds the user is lifted: focus off, no more notices for
                       what runs; time is stopped */
  TRK_VERB_ANSWER,  /* answer to the open or last gap */
} TrkVerb;

const char *trk_verb_to_string (TrkVerb verb);
gboolean trk_verb_from_string (const char *text, TrkVerb *verb);

typedef struct
{
  TrkVerb verb;
  const char *block_id; /* the block that is meant, NULL: the one that runs or is due next */
  const char *title;
  const char *project;
  const char *note;
  gint64 task;
  TrkKind kind;         /* START */
  TrkDuration length;   /* 0: default */
  TrkInstant until;     /* SNOOZE; START: not before (0) */
  TrkInstant at;        /* START: began then; 0 now */
  TrkAnswer answer;     /* ANSWER */
} TrkAction;

/* NULL with @error (STATE, USAGE, NOT_FOUND) when it is not possible now; nothing changed then. */
GPtrArray *
trk_engine_act (TrkEngine *engine, const TrkAction *action, TrkInstant now, GError **error);

/* The end in order: the open entry is closed at @now, what is on the desktop is put back. */
GPtrArray *trk_engine_shut_down (TrkEngine *engine, TrkInstant now);

/* The next instant at which step() would have something to do; TRK_NEVER. Always after the @now of
 * the last call. */
TrkInstant trk_engine_next_deadline (const TrkEngine *engine);

/* What is now. */
typedef enum
{
  TRK_STATE_IDLE,    /* nothing runs */
  TRK_STATE_RUNNING, /* an entry is open */
  TRK_STATE_PAUSED,  /* by hand or away; a gap is open */
  TRK_STATE_BREAK,   /* a break runs */
  TRK_STATE_OFF,
} TrkState;
const char *trk_state_to_string (TrkState state);

/* Borrowed from the engine until its next call. */
typedef struct
{
  TrkState state;
  TrkPresence presence;
  const TrkBlock *block;  /* that runs or is paused (nullable) */
  const TrkEntry *entry;  /* the open one (nullable) */
  const TrkGap *gap;      /* the open one (nullable) */
  TrkInstant until;       /* when what runs ends; TRK_NEVER */
  const TrkBlock *next;   /* (nullable) */
  gboolean focus;         /* do-not-disturb is wanted */
} TrkSnapshot;
void trk_engine_snapshot (const TrkEngine *engine, TrkSnapshot *snapshot);

G_END_DECLS
