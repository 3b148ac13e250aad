/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-effect.h"
#include "trk-interruption.h"
#include "trk-plan.h"
#include "trk-policy.h"

G_BEGIN_DECLS

/* The state machine that turns the plan, the user's commands and presence into effects. Pure: it
 * reads no clock and does no I/O. Every call takes @now and returns the effects since the last
 * call, in order, as an array of TrkEffect owned by the caller (never NULL, may be empty).
 *
 * Start, resume, clock step, zone change, reload and restart are all the same: set_plan() or
 * step() at the new now. Deadlines that elapsed are handled in time order, each at its own instant
 * but never before the @now of the call before. Given the same state no notice is given twice, and
 * every period that is opened is closed. The state can be rebuilt from the log: TrkEngineMemory.
 *
 * Who holds the time, strongest first: a break taken by hand; what was started by hand; the planned
 * block that began last. What the user started goes on over planned blocks, which are announced as
 * always but keep no time; only a meeting's start ends it (others wait there), and one that is
 * paused or away gives way to any planned block of work. When it ends by its limit the planned
 * block goes on by itself; after stop and skip nothing does before the next block.
 *
 * An extended block makes the ones after it wait, but ends where a meeting or off time begins.
 *
 * Notices come at most one a minute, but for the update of one that is on the screen: what comes
 * too soon, or just before a start, waits, and is left out when it is not true any more. What ends
 * as something else is announced is not told. */
typedef struct _TrkEngine TrkEngine;

/* What the log remembers, for an engine that starts in the middle of a day. All borrowed. A day or
 * two suffice: what began and the blocks of the plan. */
typedef struct
{
  const GPtrArray *entries;        /* of TrkEntry by start, the open one too (nullable) */
  const GPtrArray *gaps;           /* of TrkGap by start, the open one too (nullable) */
  const GPtrArray *states;         /* of TrkBlockState (nullable) */
  const GPtrArray *blocks;         /* of TrkBlock: whose states these are (nullable) */
  const GPtrArray *interruptions;  /* of TrkInterruption by time (nullable) */
  TrkInstant last_mark;            /* last moment known awake; 0 unknown */
  gboolean stopped;                /* the daemon was ended in order then, and nothing failed */
  const struct _TrkEngine *before; /* an engine that the new one replaces because others changed the
                                      log: presence, what is up on the desktop and what was started
                                      by hand carry over (nullable) */
  TrkInstant last_notice;          /* when the last notice was given; 0 unknown */
  const GPtrArray *told_hooks;     /* of char*: the keys of HOOK effects that began something and
                                      were not followed by the end of the same key; a day's end
                                      stays until the next one (nullable) */
  TrkAbsence absence;              /* that of the last ABSENCE effect; all 0: there was none */
} TrkEngineMemory;

/* @policies and @almanac are copied, the zone gets a reference. @memory may be NULL: nothing
 * happened yet; it is not used after the call. Nothing happens before the first set_plan(), which
 * also settles what the memory left open. An open entry ends at the last mark, and the time of a
 * block since then is a gap (power, or shutdown when it was stopped). What ran goes on in a new
 * entry; something by hand only when the last mark is no older than twice policies->mark_every, and
 * then nothing is asked either: the daemon was restarted. Tell presence() before it when it is
 * known, so that no entry starts unverified; who was away by the memory, and so a moment ago, is
 * that until presence() tells, for a minute. */
TrkEngine *trk_engine_new (const TrkPolicies *policies,
                           const TrkAlmanac *almanac,
                           const TrkEngineMemory *memory);
void trk_engine_free (TrkEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkEngine, trk_engine_free)

/* The plan is (again) this one: some days around now. Blocks that vanished before they began are
 * withdrawn; one that runs and vanished goes on until its end. A block that the calendar moved into
 * the future is announced again; after a change of the zone (set_almanac) it is not. */
GPtrArray *trk_engine_set_plan (TrkEngine *engine, TrkPlan *plan, TrkInstant now);
void trk_engine_set_policies (TrkEngine *engine, const TrkPolicies *policies);
/* The zone changed, or the start of day. Call set_plan() next. */
void trk_engine_set_almanac (TrkEngine *engine, const TrkAlmanac *almanac);

/* Time passed. */
GPtrArray *trk_engine_step (TrkEngine *engine, TrkInstant now);

/* The machine was not awake for @asleep, or the clock was set forward over it: nothing is known of
 * that time, and what was open is cut there. @why: SLEEP, POWER or CLOCK. Also to be called when
 * the daemon finds its last mark long past. Then steps to @now. */
GPtrArray *trk_engine_slept (TrkEngine *engine, TrkPeriod asleep, TrkReason why, TrkInstant now);

/* What the daemon knows of the user; @since is when that state began (away is known late: the open
 * entry ends then). @why: AWAY, LOCK, SWITCHED, SLEEP; BACK. Until the first call presence is
 * unknown, and evidence is the plan. */
GPtrArray *trk_engine_presence (
    TrkEngine *engine, TrkPresence presence, TrkInstant since, TrkReason why, TrkInstant now);

/* The user is in a call, or presents: breaks wait for the end of it, and what is owed is offered
 * then. @cause: what says so, as the begin of a sentence ("The microphone, in use by Firefox,");
 * NULL: nothing does, as before the first call. */
GPtrArray *trk_engine_engage (TrkEngine *engine, const char *cause, TrkInstant now);
/* Is a break to begin before @until, or does one run or wait to be offered? Then a call matters. */
gboolean trk_engine_awaits_break (const TrkEngine *engine, TrkInstant until);

/* The focus guard. @program: one that disturbs, in words that are safe to show and to write down;
 * whatever it is, the same program is always the same word. While a focus entry is open the user is
 * asked about it, once in a block and once more after each time that it was allowed for.
 *
 * What is in front now; NULL: none that disturbs, or nobody tells (any more). */
GPtrArray *trk_engine_front (TrkEngine *engine, const char *program, TrkInstant now);
/* The same with NULL, between calls: nobody watches any more. */
void trk_engine_forget_front (TrkEngine *engine);
/* One was started, wherever its windows are. */
GPtrArray *trk_engine_started (TrkEngine *engine, const char *program, TrkInstant now);

typedef enum
{
  TRK_VERB_START, /* title, task, kind, length (0 open-ended), at (0 now; not before the open
                     entry began). A task of the kind of the block that runs, without length, is
                     what that block is used for; without title and task: the work that is on,
                     or the next of today early; the title of a block that is on, or first words of
                     it, or the title of one of today early (a break only when it is about to come),
                     without task and length: that block; that of another break of today, without
                     a kind: refused */
  TRK_VERB_STOP,  /* a block that was begun before its time comes again when it is due */
  TRK_VERB_PAUSE,
  TRK_VERB_RESUME,
  TRK_VERB_EXTEND,   /* length (0 policy's) */
  TRK_VERB_SNOOZE,   /* length (0 policy's) or until; a break is postponed */
  TRK_VERB_SKIP,     /* note */
  TRK_VERB_BREAK,    /* length (0 policy's, in a planned break: until its end); then what ran goes
                        on by itself */
  TRK_VERB_DONE,     /* the block or hand-started entry is done, and its task */
  TRK_VERB_RELEASE,  /* everything that holds the user is lifted: focus off, no more notices for
                        what runs; time is stopped */
  TRK_VERB_ANSWER,   /* answer to what was asked on return, else to the last gap without one */
  TRK_VERB_POSTPONE, /* the break that is on or next, by length (0 policy's snooze): it moves as a
                        whole, what went before it goes on; so often a day as the policies say. In a
                        break by hand none that is still to come */
  TRK_VERB_SEEN,     /* the notice of the block was joined or dismissed: it is not repeated */
  TRK_VERB_GUARD,    /* guard, with note; ALLOW by length (0 policy's): answers what the focus guard
                        asked last, in place of an answer that it has */
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
  gboolean kind_given;  /* START: by the user; a block of another kind is not meant then */
  TrkDuration length;   /* 0: default */
  TrkInstant until;     /* SNOOZE: 0 by length */
  TrkInstant at;        /* START: began then; 0 now */
  TrkAnswer answer;     /* ANSWER */
  TrkGuardAnswer guard; /* GUARD */
} TrkAction;

/* NULL with @error (STATE, USAGE, NOT_FOUND, CONFLICT) when it is not possible now; the command
 * changed nothing then, and what had elapsed before it comes with the next call. */
GPtrArray *
trk_engine_act (TrkEngine *engine, const TrkAction *action, TrkInstant now, GError **error);

/* The end in order: the open entry is closed at @now, what is on the desktop is put back. */
GPtrArray *trk_engine_shut_down (TrkEngine *engine, TrkInstant now);

/* How long nobody may touch anything before he is away: the limit of what runs; between blocks that
 * of focus, the strictest judge there is. */
TrkDuration trk_engine_away_limit (const TrkEngine *engine);

/* The next instant at which step() would have something to do; TRK_NEVER. Always after the @now of
 * the last call. The mark while an entry is open (policies->mark_every) is the daemon's own matter:
 * it arms the earlier of both. */
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
  TrkInstant since;       /* when that began, snoozed and postponed or not; 0 nothing */
  TrkDuration kept;       /* time kept of it, without the open entry */
  const TrkEntry *entry;  /* the open one (nullable) */
  const TrkGap *gap;      /* the open one (nullable) */
  const TrkEntry *paused; /* the last entry of what the open gap interrupts (nullable) */
  TrkInstant until;       /* when what runs ends; TRK_NEVER */
  const TrkBlock *next;   /* (nullable) */
  TrkInstant next_start;  /* of that, snoozed or not; 0 none */
  gboolean focus;         /* do-not-disturb is wanted */
  gboolean busy;          /* trk_engine_engage() */
  guint postponed;        /* breaks of today, so often */
  const TrkEntry *ended;  /* the last entry of what has just ended: it is meant by done while
                             nothing runs (nullable) */
} TrkSnapshot;
void trk_engine_snapshot (const TrkEngine *engine, TrkSnapshot *snapshot);
/* What TRK_VERB_POSTPONE means without a block_id; NULL: nothing. Borrowed until the next call. */
const TrkBlock *trk_engine_to_postpone (const TrkEngine *engine);
/* When that block begins, snoozed and postponed or not; 0: it is not followed. */
TrkInstant trk_engine_start_of (const TrkEngine *engine, const char *block_id);

G_END_DECLS
