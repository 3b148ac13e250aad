/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-engine.h"

G_BEGIN_DECLS

/* Shared by the engine's own files and nobody else. The engine keeps a few facts (presence, the
 * plan, what was started by hand, what is held) and two reconciling steps:
 *   elapse  handles the deadlines that passed, in time order (trk-engine-blocks.c);
 *   settle  compares what should hold the time by the facts with what is open (trk-engine-time.c).
 * Commands and events change facts, then call them. */

/* The user's word about a block's time. */
typedef enum
{
  TRK_HOLD_NONE,
  TRK_HOLD_PAUSE, /* until resume */
  TRK_HOLD_STOP,  /* nothing starts it by itself */
  TRK_HOLD_LEFT,  /* the same, but it was other work by hand in its time that was stopped */
} TrkHold;

/* What was asked about a program in the time of a track. */
typedef struct
{
  char *program;      /* (owned) */
  TrkInstant until;   /* not asked about again before; TRK_NEVER: not in this block */
  TrkDuration length; /* of an allowance: the clock may be set back meanwhile; else 0 */
} TrkGuarded;

/* What the engine follows of a block of the plan, or of something started by hand. Refcounted. */
typedef struct
{
  TrkBlock *block;      /* (owned) */
  TrkBlockState *state; /* (owned) */
  TrkPeriod span;       /* its time now: snoozed, extended, waiting for one before it */
  TrkPeriodSet *worked; /* what its entries cover (owned) */
  TrkEntry *last;       /* its last entry: title, task for the next one (owned) (nullable) */
  TrkHold hold;
  gboolean by_hand;      /* no block of the plan: the log knows only its entries */
  gboolean planned;      /* in the plan now */
  gboolean live;         /* its notification is up */
  gboolean dirty;        /* its state goes to the log at the end of this call */
  TrkReason why;         /* of the last change of state */
  gboolean answered;     /* the user reacted to its start */
  TrkInstant lock_at;    /* the screen is locked then; 0: it is not */
  char *waits_for;       /* a break: what keeps it from beginning (owned) (nullable) */
  TrkInstant quiet_from; /* since when no reminder was given, 0: its start */
  GPtrArray *guarded;    /* of TrkGuarded (owned) (nullable): nothing was asked about */
} TrkTrack;

/* A notice whose turn has not come. */
typedef struct
{
  TrkNoticeKind kind;
  TrkTrack *track; /* (owned) (nullable) for what is about no block */
  TrkNotice *said; /* already composed (owned) (nullable): when it is given, as the question is;
                      GAP: the digest that is told with it */
  char *guard;     /* GUARD: key of that program among what waits (owned) (nullable) */
  TrkInstant at;
  TrkReason why;
} TrkWaiting;

/* Who tells presence is looked for while the plan is read already. So long after a start or a
 * command what is not told yet is waited for, and what is told is about that moment. */
#define TRK_TOLD_WITHIN TRK_MINUTE

struct _TrkEngine
{
  TrkPolicies policies;
  TrkAlmanac almanac; /* zone: a reference */
  gboolean zone_changed;

  GPtrArray *tracks; /* of TrkTrack by start: the plan's, and what runs on without it */
  TrkPlan *plan;     /* (owned) (nullable) before the first one */
  TrkTrack *hand;    /* started by hand (owned) (nullable) */
  TrkTrack *rest;    /* a break taken by hand (owned) (nullable) */
  TrkTrack *ended;   /* the last by hand that met its limit: may be extended (owned) (nullable) */

  TrkPresence presence;
  TrkReason presence_why;
  TrkInstant away_from;  /* the user is away since then; of no meaning while he is not */
  TrkInstant untold;     /* he is so by the log, until that is told, or until then; 0: he is not */
  TrkInstant commanded;  /* when he last said something; 0 never */
  gboolean said_untold;  /* nobody told then, and nobody has since */
  TrkInstant touched;    /* when he last said something while he was told to be away, and nobody has
                            told anything since; 0: not so */
  TrkReason touched_why; /* by which he was told to be away */
  TrkInstant there;      /* nobody was there for a while before this moment; 0 unknown */
  gboolean absent;       /* the machine or the daemon is not there */
  TrkReason absent_why;  /* SLEEP, POWER, CLOCK, SHUTDOWN */
  gboolean stopped;      /* absent since a daemon that ended in order, not since a crash */
  gboolean brief;        /* absent for so short that what the user does is taken to go on */
  TrkReason back_why;    /* why time is kept again afterwards */

  TrkEntry *entry;        /* the open one (owned) (nullable) */
  TrkTrack *entry_of;     /* (owned) */
  TrkGap *gap;            /* the open one (owned) (nullable) */
  TrkTrack *gap_of;       /* (owned) */
  TrkEntry *closed;       /* the last one that was closed (owned) (nullable) */
  TrkTrack *closed_of;    /* (owned) */
  GPtrArray *past;        /* of TrkEntry: those of the last days that are over, as they ended */
  TrkInstant written;     /* nothing new may begin before: the log has entries up to it */
  TrkInstant written_gap; /* and the gaps of @asked up to this */
  gboolean quiet;         /* do-not-disturb is wanted */

  GPtrArray *asked;  /* of TrkGap: over, without an answer, of one absence */
  gboolean question; /* they are worth a question */
  gboolean told;     /* it was asked: the next gap begins a new list */
  gboolean gap_live; /* the question is up */

  char *engaged;     /* what says that breaks have to wait: a call (owned) (nullable) */
  TrkPeriod rested;  /* the last absence or break that may count as one; empty: none */
  TrkAbsence noted;  /* in the log */
  TrkBlock *owed;    /* a break that had no room, to be offered (owned) (nullable) */
  TrkTrack *owed_by; /* in whose notice: the meeting that took it, or the break (owned) */
  char *owed_to;     /* who took its time (owned) (nullable) */

  char *front;                  /* a program that disturbs is in front (owned) (nullable) */
  TrkInstant front_since;       /* when it was told */
  TrkInterruption *asked_about; /* by the focus guard, last (owned) (nullable) */
  TrkTrack *asked_in;           /* (owned) (nullable) */
  char *asking;                 /* key of the notification that asks it (owned) (nullable) */
  GHashTable *guarded; /* ID of a block that is not in the plan → TrkTrack.guarded (owned) */

  GPtrArray *waiting;    /* of TrkWaiting: trk-engine-calm.c */
  TrkInstant given;      /* when the last one was given; 0 never */
  char *given_key;       /* and its key (owned) (nullable) */
  TrkPeriodSet *worked;  /* work of these days, without the open entry (owned) */
  TrkInstant limit_told; /* when the limit of a day's work was told; 0 never */

  TrkInstant now;       /* up to here everything is handled */
  TrkInstant called;    /* the now of this call */
  TrkInstant gone_from; /* when the absence that this call is about began; 0 none */
  gboolean gone_off;    /* of that only is known that the daemon did not run */
  gboolean hand_cut;    /* @closed was by hand and ended with the machine */
  GPtrArray *missed;    /* of TrkTrack: passed in this call without a word */
  TrkTrack *late;       /* began too long ago in this call, and runs (owned) (nullable) */
  GPtrArray *effects;   /* of this call */

  GPtrArray *told_hooks; /* of char*: what began for the user's programs: trk-engine-hooks.c */

  /* The memory until the first plan. */
  TrkInstant known;    /* last moment that the log knows of; 0 none */
  gboolean replaces;   /* another engine, as others have changed the log */
  gboolean comes_back; /* in the first call with a plan */
  TrkPeriodSet *kept;  /* by that one, in these days (owned) */
  GPtrArray *logged; /* of TrkBlock: on or over before the first plan, and empty after it (owned) */
  GPtrArray *interrupted; /* of TrkInterruption (owned) */
  GHashTable *states;     /* block ID → TrkBlockState (owned) */
  GHashTable *live; /* IDs of blocks whose notification is up, from the engine before (owned) */
};

/* -- trk-track.c: values ----------------------------------------------------------------------- */

TrkTrack *trk_track_new (TrkBlock *block, const TrkBlockState *state);
TrkTrack *trk_track_new_by_hand (TrkKind kind, const char *title, TrkPeriod span);
TrkTrack *trk_track_ref (TrkTrack *track);
void trk_track_unref (TrkTrack *track);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkTrack, trk_track_unref)

gboolean trk_track_was (const TrkTrack *track, TrkNoticeKind kind); /* that step was handled */
void trk_track_set (TrkTrack *track, TrkNoticeKind kind);
void trk_track_forget (TrkTrack *track, TrkNoticeKind kind);
gboolean trk_track_began (const TrkTrack *track);
void trk_track_begin_early (TrkTrack *track);           /* by hand: its start is not told */
gboolean trk_track_began_early (const TrkTrack *track); /* and was not put back since */
/* It left the calendar, and goes on. */
void trk_track_run_unplanned (TrkTrack *track);
void trk_track_take (TrkTrack *track, gboolean taken);
void trk_track_keep_on (TrkTrack *track); /* the user went on with it: resume, extend */
/* What the user used it for is not what it is used for next. */
void trk_track_forget_choice (TrkTrack *track);
void trk_track_note_last (TrkTrack *track, const TrkEntry *entry); /* copied */
gboolean trk_track_is_taken (const TrkTrack *track); /* by the user: kept without auto_start */
gboolean trk_track_is_over (const TrkTrack *track);
gboolean trk_track_is_fixed (const TrkTrack *track); /* waits for nobody: meeting, off */
gboolean trk_track_covers (const TrkTrack *track, TrkInstant at); /* began, not over, in its time */
TrkInstant
trk_track_limit (const TrkTrack *track); /* the end of something by hand; 0: it has none */
void trk_track_hold (TrkTrack *track, TrkHold hold, TrkReason why); /* and the log will know */
/* It is over; should it go on after all, nothing starts it by itself: nobody resumed it. */
void trk_track_end_pause (TrkTrack *track);
TrkReason trk_track_hold_reason (const TrkTrack *track); /* of a block that is not over */
gboolean trk_track_rests (const TrkTrack *track);        /* does nothing start it by itself? */
void trk_track_touch (TrkTrack *track, TrkReason why);   /* the log must know */

/* -- trk-engine.c ------------------------------------------------------------------------------ */

const TrkPolicy *trk_engine_policy (const TrkEngine *engine, const TrkTrack *track);
TrkEffect *trk_engine_emit (
    TrkEngine *engine, TrkEffectType type, TrkInstant at, TrkReason why, const TrkTrack *track);
void trk_engine_withdraw (TrkEngine *engine, TrkTrack *track, TrkInstant at, TrkReason why);

/* -- trk-engine-plan.c ------------------------------------------------------------------------- */

/* Where each block lies now: after snoozes, extensions and a new plan. */
void trk_engine_arrange (TrkEngine *engine);
TrkTrack *trk_engine_current (const TrkEngine *engine, TrkInstant at); /* planned, began; NULL */
TrkTrack *trk_engine_find (const TrkEngine *engine, const char *block_id);
TrkTrack *trk_engine_upcoming (const TrkEngine *engine, TrkInstant at); /* not begun; NULL */
/* What was begun by hand before its time, but for @but, comes when it is due. That it began was not
 * told, so its start is no second notice then. */
void trk_engine_put_back (TrkEngine *engine, const TrkTrack *but, TrkInstant at, TrkReason why);
/* What has left the calendar, and is not on by the user's word any more, has no time that it could
 * hold against what is planned in it. FALSE: there is none. */
gboolean trk_engine_leave_unplanned (TrkEngine *engine);
void trk_engine_merge_plan (TrkEngine *engine, TrkPlan *plan);
/* The clock went back: what passed without a word before its time may be announced after all. */
void trk_engine_revive (TrkEngine *engine, TrkInstant now);

/* -- trk-engine-memory.c ----------------------------------------------------------------------- */

void trk_engine_remember (TrkEngine *engine, const TrkEngineMemory *memory);
void trk_engine_restore (TrkEngine *engine); /* once, with the first plan */
/* Before that: is it what the log has open? */
gboolean trk_engine_has_open (const TrkEngine *engine, const char *block_id);
/* Was the daemon not there for so short that it was just restarted? The last mark may be a minute
 * older than its end. */
gboolean trk_engine_is_brief (const TrkEngine *engine, TrkPeriod absence);

/* -- trk-engine-absence.c ---------------------------------------------------------------------- */

/* The log must know what a gap does not say. */
void trk_engine_note_absence (TrkEngine *engine);
void trk_engine_remember_absence (TrkEngine *engine, const TrkAbsence *absence);
/* Does @gap, over or not, belong to the absence that lasted when the log was written? */
gboolean trk_engine_is_of_absence (const TrkEngine *engine, const TrkGap *gap);
/* Who was away is still, or has just come back; while that is not told, still. */
void trk_engine_resume_absence (TrkEngine *engine, TrkInstant known);
/* Nobody has told it for too long: then nothing can tell. */
void trk_engine_doubt_absence (TrkEngine *engine);
/* The user is away since @since: what was kept from then on was not. */
void trk_engine_leave (TrkEngine *engine, TrkInstant since, TrkReason why);
/* A command is a touch of a keyboard, as from another machine: who does no more than that is away
 * again when the idle limit is over, since then. TRK_NEVER: nobody has to be missed. */
TrkInstant trk_engine_miss_due (const TrkEngine *engine);
void trk_engine_miss (TrkEngine *engine);
TrkInstant trk_engine_doubt_due (const TrkEngine *engine);

/* -- trk-engine-calm.c ------------------------------------------------------------------------- */

GPtrArray *trk_engine_calm_new (void);
/* Gives the notice, or lets it wait for its turn. @said: already composed (owned) (nullable: it is
 * composed when it is given); of the question the digest that it tells too, and that is given by
 * itself should nobody be asked any more. @track may be NULL for what is @said, and for the
 * question. */
void trk_engine_post (TrkEngine *engine,
                      TrkNoticeKind kind,
                      TrkTrack *track,
                      TrkNotice *said,
                      TrkInstant at,
                      TrkReason why);
/* What waits of it is not given: why. */
void trk_engine_calm_forget (TrkEngine *engine, const char *key, TrkReason why);
void trk_engine_calm_flush (TrkEngine *engine); /* whose turn has come */
TrkInstant trk_engine_calm_due (const TrkEngine *engine);
void trk_engine_calm_carry (TrkEngine *engine, const TrkEngine *before);
void trk_engine_calm_rebind (TrkEngine *engine); /* to the tracks of this engine */

/* A question of the guard about @program in @track, noticed at @at; not when one of it waits. */
void trk_engine_post_guard (
    TrkEngine *engine, TrkTrack *track, const char *program, TrkInstant at, TrkReason why);

/* -- trk-engine-guard.c ------------------------------------------------------------------------ */

/* What was asked in the time of @track outlives it: its block may come back into the plan. */
void trk_engine_guard_keep (TrkEngine *engine, TrkTrack *track);
void trk_engine_guard_recall (TrkEngine *engine, TrkTrack *track);
/* Asks about what is in front, if it is time to. */
void trk_engine_guard (TrkEngine *engine);
TrkInstant trk_engine_guard_due (const TrkEngine *engine); /* an allowance ends */
/* May @program be asked about now, in the time of @track? */
gboolean trk_engine_guards (const TrkEngine *engine, const TrkTrack *track, const char *program);
/* It is asked about: the log gets it. @at: when it was noticed. */
void trk_engine_guard_asked (
    TrkEngine *engine, TrkTrack *track, const char *program, TrkInstant at, TrkReason why);
/* The clock went back: no allowance gets longer by that. */
void trk_engine_guard_revive (TrkEngine *engine, TrkInstant now);
/* From the engine before, once it is known what runs by hand. */
void trk_engine_guard_carry (TrkEngine *engine, const TrkEngine *before);
/* From the log, once the tracks are there. */
void trk_engine_guard_restore (TrkEngine *engine);

/* -- trk-engine-rest.c ------------------------------------------------------------------------- */

gboolean trk_engine_is_engaged (const TrkEngine *engine);
/* "Planning took its time". Owned by the caller. */
char *trk_engine_taken_by (const TrkBlock *block);
/* A break whose time has come waits for the end of a call: when that is to be said. */
TrkInstant trk_engine_wait_due (const TrkEngine *engine, const TrkTrack *track);
void trk_engine_on_wait (TrkEngine *engine, TrkTrack *track, TrkInstant at);
/* Has the user just rested as long as the break @track is? */
gboolean trk_engine_is_credited (const TrkEngine *engine, const TrkTrack *track, TrkInstant at);
void trk_engine_credit (TrkEngine *engine, TrkTrack *track, TrkInstant at);
void trk_engine_note_rest (TrkEngine *engine, TrkPeriod rest);
/* The break @rest had no room because of @cause; it is offered later, as a notice of @by. */
void trk_engine_owe (TrkEngine *engine, TrkBlock *rest, TrkTrack *by, const char *cause);
void trk_engine_forget_owed (TrkEngine *engine);
void trk_engine_offer_rest (TrkEngine *engine);
/* A break that had to wait until there was no time left of it: TRUE, it is over. */
gboolean trk_engine_lose_rest (TrkEngine *engine, TrkTrack *track, TrkInstant at);

/* -- trk-engine-remind.c ----------------------------------------------------------------------- */

#define TRK_LOCK_NOTICE (30 * TRK_SECOND) /* so long before it the lock is told */

TrkDuration trk_engine_remind_every (const TrkEngine *engine, const TrkTrack *track);
guint trk_engine_remind_times (const TrkEngine *engine, const TrkTrack *track);
gboolean trk_engine_wants_reminder (const TrkEngine *engine, const TrkTrack *track);
TrkInstant trk_engine_remind_due (const TrkEngine *engine, const TrkTrack *track);
void trk_engine_on_remind (TrkEngine *engine, TrkTrack *track, TrkInstant at);
TrkInstant trk_engine_lock_told_due (const TrkEngine *engine, const TrkTrack *track);
void trk_engine_on_lock_told (TrkEngine *engine, TrkTrack *track, TrkInstant at);
TrkInstant trk_engine_lock_due (const TrkEngine *engine, const TrkTrack *track);
void trk_engine_on_lock (TrkEngine *engine, TrkTrack *track, TrkInstant at);

/* -- trk-engine-day.c -------------------------------------------------------------------------- */

void trk_engine_add_work (TrkEngine *engine, const TrkEntry *entry); /* one that is over */
TrkInstant trk_engine_limit_due (const TrkEngine *engine);
void trk_engine_on_limit (TrkEngine *engine, TrkInstant at);
void trk_engine_end_day (TrkEngine *engine, TrkInstant at);
void trk_engine_recall_limit (TrkEngine *engine, TrkInstant known);

/* -- trk-engine-blocks.c ----------------------------------------------------------------------- */

void trk_engine_elapse (TrkEngine *engine, TrkInstant now);
TrkInstant trk_engine_next_due (const TrkEngine *engine);
TrkInstant trk_engine_lead_due (const TrkEngine *engine, const TrkTrack *track);
TrkInstant trk_engine_start_due (const TrkEngine *engine, const TrkTrack *track);
void trk_engine_untell_lead (TrkTrack *track); /* the last one that was due: nobody was told */
/* The track is over with @outcome; its time is settled. */
void trk_engine_finish (
    TrkEngine *engine, TrkTrack *track, TrkInstant at, TrkOutcome outcome, TrkReason why);
/* Outcome by what was worked. */
TrkOutcome trk_engine_rate (const TrkTrack *track);

/* -- trk-engine-notices.c ---------------------------------------------------------------------- */

void trk_engine_notify (
    TrkEngine *engine, TrkTrack *track, TrkNoticeKind kind, TrkInstant at, TrkReason why);
TrkNotice *trk_engine_compose (
    TrkEngine *engine, const TrkTrack *track, TrkNoticeKind kind, TrkInstant at, TrkReason why);
TrkNotice *trk_engine_compose_owed (const TrkEngine *engine,
                                    const TrkTrack *by,
                                    const TrkBlock *rest,
                                    const char *cause);
TrkNotice *trk_engine_compose_guard (const TrkEngine *engine,
                                     const TrkTrack *track,
                                     const char *program,
                                     TrkReason why);
/* None is given of that kind, and the log knows why. */
void trk_engine_withhold (
    TrkEngine *engine, const TrkTrack *track, TrkNoticeKind kind, TrkInstant at, TrkReason why);
/* The same, with what exactly is the cause in place of the rule (owned) (nullable). */
void trk_engine_withhold_for (TrkEngine *engine,
                              const TrkTrack *track,
                              TrkNoticeKind kind,
                              TrkInstant at,
                              TrkReason why,
                              char *cause);
/* The same of a notice about no block. */
void trk_engine_withhold_general (
    TrkEngine *engine, const char *key, TrkNoticeKind kind, TrkInstant at, TrkReason why);
void trk_engine_offer_owed (TrkEngine *engine, TrkTrack *by, TrkInstant at);
gboolean trk_engine_has_question (const TrkEngine *engine); /* what a gap was */
/* @digest: what passed meanwhile, for the same notice (nullable). */
TrkNotice *trk_engine_compose_question (const TrkEngine *engine, const TrkNotice *digest);
/* What this call passed over in silence: one digest, or one late start; the question on return, in
 * the same notice as the digest. */
void trk_engine_tell_passed (TrkEngine *engine);

/* -- trk-engine-actions.c ---------------------------------------------------------------------- */

gboolean trk_engine_do (TrkEngine *engine, const TrkAction *action, GError **error);

/* -- trk-engine-hooks.c ------------------------------------------------------------------------ */

/* With every change of who holds the time: what began before it, what ended after it. */
void trk_engine_tell_block_starts (TrkEngine *engine, TrkInstant at, TrkReason why);
gboolean trk_engine_told_block (const TrkEngine *engine, const char *id); /* that it began */
void trk_engine_tell_hooks (TrkEngine *engine, TrkInstant at, TrkReason why);
/* @track was the last block of work of its day; once a day. */
void
trk_engine_tell_day_end (TrkEngine *engine, const TrkTrack *track, TrkInstant at, TrkReason why);
void trk_engine_remember_hooks (TrkEngine *engine, const GPtrArray *told);

/* -- trk-engine-time.c ------------------------------------------------------------------------- */

void trk_engine_settle (TrkEngine *engine, TrkInstant at, TrkReason why);
/* Whose time it is; NULL: nobody's. */
TrkTrack *trk_engine_holder (const TrkEngine *engine, TrkInstant at);
void trk_engine_close (TrkEngine *engine, TrkInstant at, TrkReason why); /* the open entry */
/* @entry of @track, which is over, came into the log by itself; copied. */
void trk_engine_note_added (TrkEngine *engine, TrkTrack *track, const TrkEntry *entry);
/* Is an absence for the reason @why asked about on return, by itself? The user's own pause is not,
 * nor one without anybody's doing before which nobody worked. */
gboolean trk_engine_is_worth_asking (TrkReason why, gboolean worked_before);
/* What was asked about stays as it is: a new absence, or an answer. */
void trk_engine_forget_asked (TrkEngine *engine);
/* The clock went back: an absence that lies in the future was none. */
void trk_engine_cut_gaps (TrkEngine *engine, TrkInstant now);
/* The user was gone since @since, which may lie before what is already closed. */
void trk_engine_retract (TrkEngine *engine, TrkInstant since, TrkReason why);
/* @period, in which nothing is open, becomes a gap of @track; nothing if it is empty. */
void trk_engine_ask_about (TrkEngine *engine, TrkTrack *track, TrkPeriod period, TrkReason why);
/* What was started by hand is over, and its notification; NULL is nothing. The caller settles. */
void trk_engine_drop (TrkEngine *engine, TrkTrack **track, TrkInstant at, TrkReason why);

/* Why nobody is there, for a gap or an outcome. */
TrkReason trk_engine_why_absent (const TrkEngine *engine);

G_END_DECLS
