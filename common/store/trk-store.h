/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-absence.h"
#include "trk-block.h"
#include "trk-entry-pool.h"
#include "trk-entry.h"
#include "trk-hook.h"
#include "trk-interruption.h"
#include "trk-notice.h"
#include "trk-work.h"

G_BEGIN_DECLS

/* The log: what happened, with a journal of every change. One connection belongs to one thread.
 *
 * Reading calls need no transaction. Writing calls must stand between trk_store_begin() and
 * trk_store_commit(): all changes in between are one command in the history, undone as one. */
typedef struct _TrkStore TrkStore;

typedef enum
{
  TRK_STORE_WRITE,  /* created when missing */
  TRK_STORE_READ,   /* must exist, else TRK_ERROR_NOT_FOUND */
  TRK_STORE_MEMORY, /* for tests and simulate */
} TrkStoreMode;

TrkStore *trk_store_open (const char *path, TrkStoreMode mode, GError **error);
void trk_store_close (TrkStore *store);
/* How long a change waits while somebody else writes, in ms, before it is TRK_ERROR_BUSY; 5000
 * unless set. */
void trk_store_set_patience (TrkStore *store, int milliseconds);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkStore, trk_store_close)

/* Who changes the log. Only commands of the user can be undone. */
typedef enum
{
  TRK_ACTOR_USER,   /* a command or a button */
  TRK_ACTOR_DAEMON, /* by itself: a block's time came, a mark, a notice */
} TrkActor;

/* Starts a transaction (BEGIN IMMEDIATE) for the command @text ("log edit 482 --end 14:30"). */
gboolean
trk_store_begin (TrkStore *store, TrkActor actor, const char *text, TrkInstant now, GError **error);
gboolean trk_store_commit (TrkStore *store, GError **error);
void trk_store_rollback (TrkStore *store); /* nothing when there is no transaction */

/* From now on every answer is of one state of the log, and its locks are taken once; until
 * trk_store_release() or the store's end. For the questions of one answer only: while it is held,
 * the log's journal on disk cannot be shortened. */
gboolean trk_store_hold (TrkStore *store, GError **error);
void trk_store_release (TrkStore *store); /* nothing when it is not held */

/* -- Time entries ------------------------------------------------------------------------------ */

/* Entries that overlap @period, by start; the open one counts as reaching to TRK_NEVER. */
GPtrArray *trk_store_entries (TrkStore *store, TrkPeriod period, GError **error);
TrkEntry *trk_store_entry (TrkStore *store, gint64 number, GError **error);
/* The same with what figures are made of alone: id, tags, start_reason, note, zone and until are
 * not read, nor number, unless @numbered: a figure has no use for it, what it opens to has. The
 * entries are @pool's, which is to outlive the array. */
GPtrArray *trk_store_entries_for_figures (
    TrkStore *store, TrkPeriod period, gboolean numbered, TrkEntryPool *pool, GError **error);

/* All entries of a task, whenever they were, by start. */
GPtrArray *trk_store_task_entries (TrkStore *store, gint64 task, GError **error);
/* The open entry of this machine, or NULL without @error. */
TrkEntry *trk_store_open_entry (TrkStore *store, GError **error);
/* Time of work spent on @task, the open entry up to @now; costs what that task has of entries. */
gboolean trk_store_worked_on (
    TrkStore *store, gint64 task, TrkInstant now, TrkDuration *worked, GError **error);
/* Sets number and id. CONFLICT, naming the other entry, when it overlaps. */
gboolean trk_store_add_entry (TrkStore *store, TrkEntry *entry, GError **error);
gboolean trk_store_update_entry (TrkStore *store, const TrkEntry *entry, GError **error);
gboolean trk_store_remove_entry (TrkStore *store, gint64 number, GError **error);
/* Frees @period for a new entry: entries inside go, those that reach in are cut, one around it is
 * split. @except (0: none) is left alone. */
gboolean trk_store_clear_period (TrkStore *store, TrkPeriod period, gint64 except, GError **error);

/* A number that changes whenever another connection, of this or another program, has changed the
 * log; our own changes leave it alone (PRAGMA data_version). */
gboolean trk_store_others (TrkStore *store, gint64 *version, GError **error);

/* The last moment at which the daemon knew that it was awake; not journaled. */
gboolean
trk_store_mark (TrkStore *store, TrkInstant now, GError **error); /* outside a transaction */
gboolean trk_store_last_mark (TrkStore *store, TrkInstant *mark, GError **error); /* 0: none */

/* The first trace of anybody keeping time: the first mark, the first command or the start of the
 * first entry that was not written down afterwards by hand, whichever is earliest; TRK_NEVER when
 * there is none. What was planned before is neither kept nor missed. */
gboolean trk_store_first_trace (TrkStore *store, TrkInstant *trace, GError **error);

/* -- When the daemon ran ----------------------------------------------------------------------- */

/* A daemon begins to keep this log; each batch it writes is a later sign of life. Transactions of
 * their own, or part of one; not journaled. */
gboolean trk_store_begin_run (TrkStore *store, TrkInstant now, gint64 *number, GError **error);
gboolean trk_store_touch_run (TrkStore *store, gint64 number, TrkInstant now, GError **error);
/* It is stopped in order, and writes nothing any more. */
gboolean trk_store_end_run (TrkStore *store, gint64 number, TrkInstant now, GError **error);
/* Were all daemons that gave a sign of life at @mark or later stopped in order? @ended is FALSE
 * when there was none. */
gboolean
trk_store_ended_in_order (TrkStore *store, TrkInstant mark, gboolean *ended, GError **error);
/* The runs that overlap @period, from their start to their last sign of life: of TrkPeriod, by
 * start. */
GArray *trk_store_runs (TrkStore *store, TrkPeriod period, GError **error);
/* Between which signs of life no daemon is known to have run, around @at; start 0: none ever had
 * before. Empty when one ran, or may have: none came after it that would tell. */
gboolean
trk_store_daemon_absence (TrkStore *store, TrkInstant at, TrkPeriod *absence, GError **error);

/* -- Gaps -------------------------------------------------------------------------------------- */

GPtrArray *trk_store_gaps (TrkStore *store, TrkPeriod period, GError **error); /* of TrkGap */
gboolean trk_store_add_gap (TrkStore *store, TrkGap *gap, GError **error);
gboolean trk_store_update_gap (TrkStore *store, const TrkGap *gap, GError **error);
gboolean trk_store_remove_gap (TrkStore *store, gint64 number, GError **error);

/* -- Blocks and notices ------------------------------------------------------------------------ */

/* Block records that overlap @period, by start. */
GPtrArray *trk_store_blocks (TrkStore *store, TrkPeriod period, GError **error);
/* Records of blocks that have an outcome and ended by it in @period, skipped or done as a rule,
 * wherever they lie; by start of the block. Not of what the calendar took back. */
GPtrArray *trk_store_blocks_left (TrkStore *store, TrkPeriod period, GError **error);
/* Is time in the log that belongs to the block? A log that cannot be read may have some. */
gboolean trk_store_block_is_kept (TrkStore *store, const char *block_id);
/* Writes the block as it is planned now; what the log knows of it beyond that stays. */
gboolean trk_store_put_block (TrkStore *store, const TrkBlock *block, GError **error);
/* Removes a block of which nothing is known yet (it left the calendar before it began). */
gboolean trk_store_forget_block (TrkStore *store, const char *block_id, GError **error);
gboolean trk_store_set_block_state (TrkStore *store, const TrkBlockState *state, GError **error);

/* What was announced, or was decided not to be, and what came of it. */
typedef struct
{
  gint64 number;
  TrkInstant at;    /* when it was intended */
  TrkReason reason; /* why it was to be shown; withheld: why it was not */
  char *block_id;   /* what it is about (owned) (nullable) */
  char *rule; /* what decided it, in words: "[focus] lead = 5m", "VALARM" (owned) (nullable) */
  gboolean withheld;   /* decided not to show it: never shown, not even after a restart */
  TrkInstant shown;    /* when the server confirmed it; 0 not yet */
  char *backend;       /* who showed it, or why it was not (owned) (nullable) */
  gboolean quiet;      /* do-not-disturb was wanted when it was shown: was it seen? */
  TrkInstant answered; /* 0: not yet */
  char *answer;        /* a button's word, or one of TRK_NOTICE_… (owned) (nullable) */
  TrkNotice *notice;   /* (owned) */
} TrkNoticeRecord;
void trk_notice_record_free (TrkNoticeRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkNoticeRecord, trk_notice_record_free)

/* Answers that are no buttons. */
#define TRK_NOTICE_DISMISSED "dismissed" /* the user closed it */
#define TRK_NOTICE_EXPIRED "expired"     /* the server did */
#define TRK_NOTICE_WITHDRAWN "withdrawn" /* we did, as what it said was over */

/* The intent, before it is shown; sets @record's number. Its shown, backend, answered and answer
 * are not looked at. Part of a transaction. */
gboolean trk_store_add_notice (TrkStore *store, TrkNoticeRecord *record, GError **error);
/* The confirmation: by @backend, and was do-not-disturb wanted then? A transaction of its own, not
 * journaled. */
gboolean trk_store_confirm_notice (TrkStore *store,
                                   gint64 number,
                                   TrkInstant shown,
                                   const char *backend,
                                   gboolean quiet,
                                   GError **error);
/* What became of the newest notice of @key: there is never more than one to be seen. The first
 * answer stays, a later one and one to a key without a notice are nothing. A transaction of its
 * own, or part of one; not journaled. */
gboolean trk_store_answer_notice (
    TrkStore *store, const char *key, TrkInstant at, const char *answer, GError **error);
/* Those intended in @period, by time. */
GPtrArray *trk_store_notices (TrkStore *store, TrkPeriod period, GError **error);
/* All about a block, by time. */
GPtrArray *trk_store_block_notices (TrkStore *store, const char *block_id, GError **error);

/* -- Interruptions and hooks ------------------------------------------------------------------- */

/* Of TrkInterruption, by time: those that began in @period. */
GPtrArray *trk_store_interruptions (TrkStore *store, TrkPeriod period, GError **error);
/* All in the time of a block, by time. */
GPtrArray *trk_store_block_interruptions (TrkStore *store, const char *block_id, GError **error);
/* Sets number and id. Journaled: the user's answer can be undone. */
gboolean
trk_store_add_interruption (TrkStore *store, TrkInterruption *interruption, GError **error);
/* Its answer, answered, until and note as @answered has them; of which one its number says, or
 * without a number (0) when it began and of which program. NOT_FOUND: there is none. */
gboolean
trk_store_answer_interruption (TrkStore *store, const TrkInterruption *answered, GError **error);

/* Sets the number. Of runs, which are no record of time, the last 10000 are kept. A transaction of
 * its own, or part of one; not journaled. */
gboolean trk_store_add_hook_run (TrkStore *store, TrkHookRun *run, GError **error);
/* Of TrkHookRun, by time: those that began in @period. */
GPtrArray *trk_store_hook_runs (TrkStore *store, TrkPeriod period, GError **error);
/* The last one of each event and program, by time. */
GPtrArray *trk_store_last_hook_runs (TrkStore *store, GError **error);

/* What was told to begin (@begins) or to end, by its name (trk-engine-hooks.c). Part of the
 * transaction with what it is about; not journaled: undoing does not untell. */
gboolean trk_store_tell_hook (TrkStore *store, const char *what, gboolean begins, GError **error);
/* Of char*: what began and did not end, in the order of its telling. */
GPtrArray *trk_store_told_hooks (TrkStore *store, GError **error);

/* -- Absences (trk-store-absence.c) ------------------------------------------------------------ */

/* What is known of the last ones, for the next daemon, in place of what was; not journaled. */
gboolean trk_store_note_absence (TrkStore *store, const TrkAbsence *absence, GError **error);
/* All 0 when nothing was noted. */
gboolean trk_store_absence (TrkStore *store, TrkAbsence *absence, GError **error);

/* -- Tasks, sprints, metrics ------------------------------------------------------------------- */

GPtrArray *trk_store_tasks (TrkStore *store, GError **error);                 /* all, by number */
TrkTask *trk_store_task (TrkStore *store, gint64 number, GError **error);     /* NOT_FOUND */
gboolean trk_store_add_task (TrkStore *store, TrkTask *task, GError **error); /* sets number, id */
gboolean trk_store_update_task (TrkStore *store, const TrkTask *task, GError **error);

GPtrArray *trk_store_sprints (TrkStore *store, GError **error); /* by start */
TrkSprint *trk_store_current_sprint (TrkStore *store,
                                     GError **error); /* NULL without error: none */
gboolean trk_store_add_sprint (TrkStore *store, TrkSprint *sprint, GError **error);
gboolean trk_store_update_sprint (TrkStore *store, const TrkSprint *sprint, GError **error);
/* Array (GArray) of TrkSprintTask of @sprint, or of all (0). */
GArray *trk_store_sprint_tasks (TrkStore *store, gint64 sprint, GError **error);
gboolean trk_store_put_sprint_task (TrkStore *store, const TrkSprintTask *row, GError **error);

/* @name NULL: all. By time. */
GPtrArray *trk_store_metrics (TrkStore *store, const char *name, TrkPeriod period, GError **error);
gboolean trk_store_add_metric (TrkStore *store, TrkMetric *metric, GError **error);
gboolean trk_store_remove_metric (TrkStore *store, gint64 number, GError **error);

/* -- History ----------------------------------------------------------------------------------- */

typedef struct
{
  gint64 number;
  TrkActor actor;
  char *text; /* the command (owned) */
  TrkInstant at;
  guint changes; /* rows */
  gboolean undone;
  /* Undone or redone now: what of it could not be put back, in words (of char *) (owned)
   * (nullable): all was. */
  GPtrArray *left;
  /* Undone or redone now: how much time that was kept since it was done, and that it had not named
   * itself, is not in the log any more. */
  TrkDuration gone;
} TrkChange;
void trk_change_free (TrkChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkChange, trk_change_free)

/* The newest @limit commands first (0: all); of the user only, or also the daemon's. */
GPtrArray *trk_store_history (TrkStore *store, guint limit, gboolean with_daemon, GError **error);
/* Undoes (redoes) the newest @count (> 0) commands of the user that are not undone (the last undone
 * ones); one transaction, all or none. STATE when there are fewer; CONFLICT in words when a file
 * has changed since. What the daemon did since with what a command made goes with it and comes back
 * with it; where it wrote, what comes back has the place. A row for which there is none all the
 * same stays out, and the change's "left" names it. Returns what was undone (redone), of TrkChange,
 * in that order. A new command ends the redo line. */
GPtrArray *trk_store_undo (TrkStore *store, guint count, TrkInstant now, GError **error);
GPtrArray *trk_store_redo (TrkStore *store, guint count, TrkInstant now, GError **error);

/* -- Files ------------------------------------------------------------------------------------- */

/* A change of a file that is not the log's own, a calendar: where its bytes differ. The log keeps
 * them, so that they can be put back. */
typedef struct
{
  char *path;                    /* absolute (owned) */
  char *old_hash;                /* SHA-256 of the whole file; NULL: there was none (owned) */
  char *new_hash;                /* NULL: there is none any more (owned) */
  gsize at;                      /* everything before is the same … */
  GBytes *old_bytes, *new_bytes; /* … and behind what was there and what is there now (owned) */
} TrkFileChange;
void trk_file_change_free (TrkFileChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFileChange, trk_file_change_free)

/* Part of a transaction. Commit first, then change the file: who is killed between has a change
 * that can be undone, and undoing it finds the file as it was. */
gboolean trk_store_add_file_change (TrkStore *store, const TrkFileChange *change, GError **error);

/* The number of the command that is being written, as trk_store_history() has it; 0 before its
 * first change and once it is committed. */
gint64 trk_store_command (const TrkStore *store);
/* Says of the command @number, whose change of files could not be made after all, that it is not
 * done: it is neither to undo nor to redo, whatever was committed since. A transaction of its own;
 * the files stay as they are. NOT_FOUND when there is no command @number that changed files alone:
 * what changed rows, later commands may rest on. */
gboolean trk_store_drop (TrkStore *store, gint64 number, TrkInstant now, GError **error);

/* Makes files follow what is undone or redone: each of @changes (of TrkFileChange, in that order)
 * from its old state to its new one; one that is in its new state already is done. All or none:
 * FALSE with @error, CONFLICT when a file is in neither state. */
typedef gboolean (*TrkStoreFiles) (const GPtrArray *changes, gpointer data, GError **error);
/* Without one, what changed files is not undone. */
void trk_store_set_files (TrkStore *store, TrkStoreFiles write_files, gpointer data);

gboolean trk_store_check (TrkStore *store, GError **error); /* integrity, foreign keys, overlaps */
gboolean trk_store_counts (TrkStore *store, gint64 *entries, gint64 *tasks, GError **error);

G_END_DECLS
