/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"
#include "trk-store.h"

/* What the files of this folder share; nobody else includes it. */

/* What an undo or a redo finds in the log when it begins, and leaves out: trk-store-kept.c. */
typedef struct TrkReplay TrkReplay;

struct _TrkStore
{
  TrkDb *db;     /* (owned) */
  char *machine; /* whose rows are ours, once asked for; (owned) (nullable) */
  gboolean
      machine_is_new; /* asked for by the command that is being written, and so forgotten with it */

  /* The command that is being written. */
  gboolean open;
  TrkActor actor;
  char *text; /* (owned) (nullable) */
  TrkInstant now;
  gint64 command;    /* its row, 0 before the first change of a journaled table */
  TrkReplay *replay; /* while it is an undo or a redo (owned) (nullable) */

  /* Tables (bits by trk_store_journaled) that have their triggers: now, and when this command is
   * rolled back, which takes away what it made. */
  guint journaled;
  guint journaled_before;

  /* Files that have to follow what is undone or redone: of TrkFileChange, (owned) (nullable). */
  GPtrArray *files;
  TrkStoreFiles write_files; /* (nullable) */
  gpointer write_files_data;

  /* The last identifier that was made, so that those of one instant sort too. */
  TrkInstant last_now;
  guint64 last_random;
};

extern const TrkDbSchema trk_store_schema;

/* The step from version 2 to 3. */
gboolean trk_store_schema_3 (TrkDb *db, GError **error);
/* And from version 10 to 11. */
gboolean trk_store_schema_11 (TrkDb *db, GError **error);

/* Every change of the journaled @table begins with this: FALSE with TRK_ERROR_STATE when no command
 * was begun. The first one writes the command's row, which the journal's triggers refer to; the
 * first one of a table makes its triggers. @table NULL: the caller writes the journal. */
gboolean trk_store_ready (TrkStore *store, const char *table, GError **error);

/* The same for tables that are not journaled. */
gboolean trk_store_writing (TrkStore *store, GError **error);

/* TRK_ERROR_NOT_FOUND "there is no entry 12" when the last statement changed no row. */
gboolean trk_store_changed (TrkStore *store, const char *what, gint64 number, GError **error);

/* Is there what a row is to refer to (@table "task" or "sprint", @number 0: nothing)? Asked when
 * the row is written: at the end of the transaction SQLite could not say which reference was wrong.
 * TRK_ERROR_NOT_FOUND "there is no task 12". */
gboolean trk_store_refer (TrkStore *store, const char *table, gint64 number, GError **error);

/* After an undo or a redo that changed a gap, were it without a daemon: which ones can be answered
 * is not known any more. */
gboolean trk_store_reopen_questions (TrkStore *store, GError **error);

/* A UUID of version 7 (RFC 9562, 5.7) for a row made at the command's instant; those of one store
 * sort in the order in which they were made. Owned by the caller. */
char *trk_store_new_id (TrkStore *store);
/* The identifier of a row to add: a copy of @id, when it has one already, or a new one. */
char *trk_store_id_for (TrkStore *store, const char *id);
/* The row was added: @id (owned) becomes @made, which is taken, and @number its number. */
void trk_store_take_id (TrkStore *store, char *made, char **id, gint64 *number);

/* The name of this machine in the log: a hash of /etc/machine-id, else a random one that the log
 * keeps ("" when it has none yet and @make is FALSE). NULL with @error. */
const char *trk_store_machine (TrkStore *store, gboolean make, GError **error);

/* Its row, which entries and gaps refer to. */
gboolean trk_store_add_machine (TrkStore *store, GError **error);

/* -- Journal ----------------------------------------------------------------------------------- */

/* Tables whose changes are journaled; NULL-terminated. */
extern const char *const trk_store_journaled[];

/* Makes the connection's triggers that journal every change of @table, with every column that it
 * has now; nothing when they are there. */
gboolean trk_store_journal_table (TrkStore *store, const char *table, GError **error);

/* A change to make: the row is expected to be @expected (JSON; NULL: not there) and becomes @wanted
 * (NULL: goes). */
typedef struct
{
  char *table; /* (owned) */
  gint64 row;
  char *expected; /* (owned) (nullable) */
  char *wanted;   /* (owned) (nullable) */
} TrkStep;

/* CONFLICT when the row is not as @step expects it. */
gboolean trk_store_expect_row (TrkStore *store, const TrkStep *step, GError **error);
gboolean trk_store_insert_row (TrkStore *store, const TrkStep *step, GError **error);
/* Columns that @wanted does not have stay. */
gboolean trk_store_update_row (TrkStore *store, const TrkStep *step, GError **error);
gboolean trk_store_delete_row (TrkStore *store, const TrkStep *step, GError **error);

/* Takes back every change of @command, which may itself be an undo or a redo, the newest first:
 * exactly, or, where a row is no longer as the command left it, by trk_store_merge(). @left: see
 * there. */
gboolean trk_store_take_back (TrkStore *store, gint64 command, GPtrArray *left, GError **error);

/* Takes @steps although rows have changed since. Every later command of the user was taken back
 * before, so it was the daemon that changed them: what it did with what goes, goes along; what it
 * did besides stays. What cannot be put back is added to @left, in words (of char *). */
gboolean trk_store_merge (
    TrkStore *store, gint64 command, const GPtrArray *steps, GPtrArray *left, GError **error);

/* CONFLICT when @step would let an entry or a gap go on that is over, or take time that was kept
 * after the command was done. */
gboolean trk_store_may_change (TrkStore *store, const TrkStep *step, GError **error);
/* Ends the open entry that @step would bring back where it is over, or where @command took it. */
gboolean trk_store_bound_row (TrkStore *store, gint64 command, TrkStep *step, GError **error);

/* -- Time kept when an undo or a redo began ---------------------------------------------------- */

/* Why such an entry stays as it is. */
#define TRK_STORE_NOT_KEPT                                                                         \
  "nobody measured the time since it ended, which is a gap now: tracker gaps"

gboolean trk_store_begin_replay (TrkStore *store, GError **error);
void trk_store_end_replay (TrkStore *store);
/* How much of @period nobody kept, as it stood then. */
TrkDuration trk_store_not_kept (TrkStore *store, TrkPeriod period);
/* @known gets the last moment up to @at at which a daemon is known to have been there; @at where
 * none ever was that could tell. */
gboolean trk_store_known_until (TrkStore *store, TrkInstant at, TrkInstant *known, GError **error);
/* The entry @number has ended and stays so: what follows is to be asked about. @told: somebody else
 * says so. */
void trk_store_leave_ended (TrkStore *store, gint64 number, gboolean told);
/* Makes the time after such entries a gap, and lets what was begun by hand, or ran until now, go on
 * behind it. What was not told is added to @left, in words. */
gboolean trk_store_go_on (TrkStore *store, GPtrArray *left, GError **error);
/* How much of the time that was kept since @command was done went when it was taken back (@forward:
 * done again) just now. What the command said itself is not counted. */
gboolean trk_store_time_gone (
    TrkStore *store, gint64 command, gboolean forward, TrkDuration *gone, GError **error);

/* Takes up the journal's row of a file, so that trk_store_write_files() makes it @wanted. */
gboolean
trk_store_take_file (TrkStore *store, const char *expected, const char *wanted, GError **error);
/* Lets the files follow; nothing when there are none. The last thing before a commit. */
gboolean trk_store_write_files (TrkStore *store, GError **error);

/* The journal's name for a change of a file, where others have a table's. */
#define TRK_STORE_FILE "file"

/* -- Values and columns ------------------------------------------------------------------------ */

/* Tags as one text, a line each; NULL for none. */
char *trk_store_join_tags (GStrv tags);
GStrv trk_store_split_tags (const char *text);

/* The end of a row of @table (entry, gap). What another machine has open is known up to the last
 * mark that it set, perhaps not even from its start: it may be a log that was copied while time was
 * kept, or a machine that has another name now. ?1: trk_store_machine(). */
#define TRK_STORE_END(table)                                                                       \
  "CASE WHEN " table ".end = 9223372036854775807 AND " table ".machine <> ?1"                      \
  " THEN max (" table ".start, (SELECT mark FROM machine AS its WHERE its.id = " table             \
  ".machine))"                                                                                     \
  " ELSE " table ".end END"

/* Words that the database holds; an unknown one (a newer program's) is TRK_ERROR_CORRUPT. */
gboolean trk_store_bad_word (const char *what, const char *word, GError **error);
