/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

/* The tables. Times are µs since 1970 UTC; an end that has not come is 9223372036854775807
 * (TRK_NEVER), so that an open entry reaches to infinity in every comparison. A constraint is named
 * by the sentence that a person reads when it says no. AUTOINCREMENT: a number that was removed is
 * never given to another row, so that undo can put it back.
 *
 * What stands here is version 1, with the small steps; trk-store-schema-3.c and -11.c have what
 * replaced parts of it. A step that was released is never changed. */

static const char history_sql[] =
    "CREATE TABLE command ("
    "  number INTEGER PRIMARY KEY,"
    "  actor TEXT NOT NULL CHECK (actor IN ('user', 'daemon')),"
    "  act TEXT NOT NULL DEFAULT 'do' CHECK (act IN ('do', 'undo', 'redo')),"
    "  of INTEGER REFERENCES command (number)," /* what an undo or redo is about */
    "  text TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  state TEXT NOT NULL DEFAULT 'done'" /* dropped: undone, and its redo line has ended */
    "    CHECK (state IN ('done', 'undone', 'dropped'))"
    ") STRICT;"
    "CREATE INDEX command_of_user ON command (number) WHERE actor = 'user' AND act = 'do';"
    "CREATE INDEX command_undone ON command (number) WHERE state = 'undone';"
    "CREATE TABLE journal ("
    "  number INTEGER PRIMARY KEY,"
    "  command INTEGER NOT NULL REFERENCES command (number),"
    "  source TEXT NOT NULL," /* the table */
    "  row INTEGER NOT NULL,"
    "  before TEXT,"
    "  after TEXT"
    ") STRICT;"
    "CREATE INDEX journal_of_command ON journal (command);";

static const char identity_sql[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE machine (id TEXT PRIMARY KEY, mark INTEGER NOT NULL DEFAULT 0)"
    "  STRICT, WITHOUT ROWID;";

static const char work_sql[] =
    "CREATE TABLE sprint ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  name TEXT NOT NULL UNIQUE"
    "    CONSTRAINT \"a sprint needs a name\" CHECK (name <> ''),"
    "  goal TEXT,"
    "  first INTEGER NOT NULL,"
    "  last INTEGER NOT NULL,"
    "  started INTEGER NOT NULL,"
    "  closed INTEGER,"
    "  CONSTRAINT \"a sprint cannot end before it starts\" CHECK (last >= first)"
    ") STRICT;"
    "CREATE TABLE task ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  title TEXT NOT NULL CONSTRAINT \"a task needs a title\" CHECK (title <> ''),"
    "  project TEXT,"
    "  tags TEXT,"
    "  note TEXT,"
    "  state TEXT NOT NULL CONSTRAINT \"unknown state of a task\""
    "    CHECK (state IN ('needs-action', 'in-process', 'completed', 'cancelled')),"
    "  parent INTEGER REFERENCES task (number) DEFERRABLE INITIALLY DEFERRED,"
    "  sprint INTEGER REFERENCES sprint (number) DEFERRABLE INITIALLY DEFERRED,"
    "  estimate INTEGER NOT NULL"
    "    CONSTRAINT \"an estimate cannot be negative\" CHECK (estimate >= 0),"
    "  points REAL NOT NULL"
    "    CONSTRAINT \"points must be a number and not negative\""
    "    CHECK (points >= 0 AND points < 1e15),"
    "  created INTEGER NOT NULL,"
    "  completed INTEGER,"
    "  CONSTRAINT \"a task has a time of completion when it is completed or cancelled, and only"
    " then\""
    "    CHECK ((completed IS NOT NULL) = (state IN ('completed', 'cancelled')))"
    ") STRICT;"
    "CREATE INDEX task_of_parent ON task (parent) WHERE parent IS NOT NULL;"
    "CREATE INDEX task_of_sprint ON task (sprint) WHERE sprint IS NOT NULL;"
    "CREATE TABLE sprint_task ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  sprint INTEGER NOT NULL REFERENCES sprint (number) DEFERRABLE INITIALLY DEFERRED,"
    "  task INTEGER NOT NULL REFERENCES task (number) DEFERRABLE INITIALLY DEFERRED,"
    "  how TEXT NOT NULL CONSTRAINT \"unknown way of a task into a sprint\""
    "    CHECK (how IN ('committed', 'added', 'carried')),"
    "  joined INTEGER NOT NULL,"
    "  left INTEGER,"
    "  carried INTEGER NOT NULL CHECK (carried IN (0, 1)),"
    "  CONSTRAINT \"a task cannot leave a sprint before it joined\" CHECK (left >= joined),"
    "  CONSTRAINT \"a task that is in its sprint was not carried over\""
    "    CHECK (carried = 0 OR left IS NOT NULL),"
    "  UNIQUE (sprint, task, joined)"
    ") STRICT;"
    "CREATE UNIQUE INDEX sprint_task_now ON sprint_task (sprint, task) WHERE left IS NULL;"
    "CREATE INDEX sprint_task_of_task ON sprint_task (task);"
    "CREATE TABLE metric ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  name TEXT NOT NULL CONSTRAINT \"a metric needs a name\" CHECK (name <> ''),"
    "  value REAL NOT NULL CONSTRAINT \"a metric must be a finite number\""
    "    CHECK (abs (value) <= 1.797e308),"
    "  unit TEXT,"
    "  source TEXT,"
    "  at INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX metric_by_name ON metric (name, at);"
    "CREATE INDEX metric_by_time ON metric (at);";

#define REASONS                                                                                    \
  "('block-start', 'block-end', 'lead', 'by-hand', 'switch', 'done', 'stop', 'skip', 'pause',"     \
  " 'resume', 'snooze', 'extend', 'break', 'away', 'back', 'lock', 'sleep', 'power', 'shutdown',"  \
  " 'start-up', 'late', 'plan', 'overlap', 'owed', 'reminder', 'overtime', 'limit', 'clock',"      \
  " 'import', 'edit')"
#define KINDS "('focus', 'shallow', 'meeting', 'break', 'routine', 'off')"
#define NEVER "9223372036854775807"

static const char time_sql[] =
    "CREATE TABLE entry ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  machine TEXT NOT NULL REFERENCES machine (id),"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  kind TEXT NOT NULL CONSTRAINT \"unknown kind of an entry\" CHECK (kind IN " KINDS "),"
    "  title TEXT NOT NULL,"
    "  block TEXT,"
    "  task INTEGER REFERENCES task (number) DEFERRABLE INITIALLY DEFERRED,"
    "  project TEXT,"
    "  tags TEXT,"
    "  evidence TEXT NOT NULL CONSTRAINT \"unknown evidence of an entry\""
    "    CHECK (evidence IN ('observed', 'manual', 'imported', 'plan')),"
    "  start_reason TEXT NOT NULL CONSTRAINT \"unknown reason for an entry's start\""
    "    CHECK (start_reason IN " REASONS "),"
    "  end_reason TEXT CONSTRAINT \"unknown reason for an entry's end\""
    "    CHECK (end_reason IN " REASONS "),"
    "  note TEXT,"
    "  zone TEXT,"
    "  CONSTRAINT \"an entry must end after it starts\" CHECK (end > start),"
    "  CONSTRAINT \"an entry has a reason for its end when it has ended, and only then\""
    "    CHECK ((end = " NEVER ") = (end_reason IS NULL))"
    ") STRICT;"
    "CREATE INDEX entry_by_start ON entry (machine, start, end);"
    "CREATE UNIQUE INDEX entry_open ON entry (machine) WHERE end = " NEVER ";"
    "CREATE INDEX entry_of_task ON entry (task) WHERE task IS NOT NULL;"
    "CREATE INDEX entry_of_block ON entry (block) WHERE block IS NOT NULL;"
    "CREATE TABLE gap ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  machine TEXT NOT NULL REFERENCES machine (id),"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  reason TEXT NOT NULL CONSTRAINT \"unknown reason of a gap\""
    "    CHECK (reason IN " REASONS "),"
    "  answer TEXT NOT NULL CONSTRAINT \"unknown answer to a gap\""
    "    CHECK (answer IN ('none', 'break', 'worked', 'discard')),"
    "  block TEXT,"
    "  CONSTRAINT \"a gap must end after it starts\" CHECK (end > start),"
    "  CONSTRAINT \"a gap is answered after it has ended\""
    "    CHECK (end < " NEVER " OR answer = 'none')"
    ") STRICT;"
    "CREATE INDEX gap_by_start ON gap (start);"
    "CREATE INDEX gap_by_length ON gap (end - start) WHERE end < " NEVER ";"
    "CREATE UNIQUE INDEX gap_open ON gap (machine) WHERE end = " NEVER ";";

static const char plan_sql[] =
    "CREATE TABLE block ("
    "  id TEXT PRIMARY KEY,"
    "  calendar TEXT,"
    "  title TEXT NOT NULL,"
    "  checklist TEXT,"
    "  location TEXT,"
    "  link TEXT,"
    "  kind TEXT NOT NULL CONSTRAINT \"unknown kind of a block\" CHECK (kind IN " KINDS "),"
    "  kind_why TEXT,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  planned_start INTEGER NOT NULL,"
    "  planned_end INTEGER NOT NULL,"
    "  leads TEXT," /* µs, separated by spaces */
    "  CONSTRAINT \"a block must end after it starts\" CHECK (end > start)"
    ") STRICT;"
    "CREATE INDEX block_by_start ON block (start);"
    "CREATE INDEX block_by_length ON block (end - start);"
    "CREATE TABLE block_state ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  block TEXT NOT NULL UNIQUE REFERENCES block (id) DEFERRABLE INITIALLY DEFERRED,"
    "  start INTEGER NOT NULL,"
    "  end INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL CONSTRAINT \"unknown outcome of a block\""
    "    CHECK (outcome IN ('none', 'done', 'partial', 'missed', 'skipped', 'cancelled')),"
    "  outcome_reason TEXT NOT NULL CONSTRAINT \"unknown reason of a block's outcome\""
    "    CHECK (outcome_reason IN " REASONS "),"
    "  note TEXT,"
    "  notices INTEGER NOT NULL,"
    "  reminders INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE notice ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  at INTEGER NOT NULL,"
    "  shown INTEGER NOT NULL DEFAULT 0,"
    "  backend TEXT,"
    "  reason TEXT NOT NULL CONSTRAINT \"unknown reason of a notice\""
    "    CHECK (reason IN " REASONS "),"
    "  key TEXT NOT NULL,"
    "  kind TEXT NOT NULL CONSTRAINT \"unknown kind of a notice\" CHECK (kind IN"
    "    ('lead', 'start', 'ending', 'end', 'reminder', 'owed', 'digest', 'overtime', 'gap')),"
    "  title TEXT NOT NULL,"
    "  body TEXT NOT NULL,"
    "  link TEXT,"
    "  buttons TEXT," /* a line each: its word, a space, its label */
    "  transient INTEGER NOT NULL,"
    "  urgent INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX notice_by_time ON notice (at);";

/* Entries of one machine do not overlap, so the last one that starts before another's end is the
 * only one that can reach into it: one step in the index. */
#define OVERLAP                                                                                    \
  " WHEN (SELECT end FROM entry WHERE machine = NEW.machine AND start < NEW.end"                   \
  "         AND number <> NEW.number ORDER BY start DESC LIMIT 1) > NEW.start"                     \
  " BEGIN SELECT RAISE (ABORT, 'it overlaps another entry'); END;"

/* The walk up stops at a row that it met before. */
#define CYCLE                                                                                      \
  " WHEN NEW.parent IS NOT NULL AND EXISTS ("                                                      \
  "   WITH RECURSIVE above (number) AS (VALUES (NEW.parent) UNION"                                 \
  "     SELECT task.parent FROM task JOIN above USING (number) WHERE task.parent IS NOT NULL)"     \
  "   SELECT 1 FROM above WHERE number = NEW.number)"                                              \
  " BEGIN SELECT RAISE (ABORT, 'a task cannot be a part of itself'); END;"

static const char rules_sql[] =
    "CREATE TRIGGER entry_insert_overlap AFTER INSERT ON entry" OVERLAP
    "CREATE TRIGGER entry_update_overlap AFTER UPDATE OF machine, start, end ON entry" OVERLAP
    "CREATE TRIGGER task_insert_cycle AFTER INSERT ON task" CYCLE
    "CREATE TRIGGER task_update_cycle AFTER UPDATE OF parent ON task" CYCLE
    "CREATE TRIGGER notice_kept BEFORE DELETE ON notice"
    " BEGIN SELECT RAISE (ABORT, 'a notice stays in the log'); END;"
    "CREATE TRIGGER notice_confirmed BEFORE UPDATE ON notice WHEN OLD.shown <> 0"
    " BEGIN SELECT RAISE (ABORT, 'this notice was confirmed already'); END;"
    "CREATE TRIGGER journal_kept BEFORE UPDATE ON journal"
    " BEGIN SELECT RAISE (ABORT, 'the journal is not rewritten'); END;";

static gboolean
create_tables (TrkDb *db, GError **error)
{
  static const char *const parts[] = { history_sql, identity_sql, work_sql,
                                       time_sql,    plan_sql,     rules_sql };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!trk_db_exec (db, parts[i], error))
      return FALSE;
  return TRUE;
}

/* tracker start X --for 50m: the limit outlives the daemon. */
static gboolean
add_until (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "ALTER TABLE entry ADD COLUMN until INTEGER", error);
}

/* Notices that came later: of the lock of the screen, and of the day as a whole. */
static gboolean
add_notices (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "INSERT INTO word VALUES ('notice', 'lock'), ('notice', 'limit'),"
                      " ('notice', 'day-end')",
                      error);
}

/* When the daemon ran: who asks why nothing was told has an answer. */
static gboolean
add_runs (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "CREATE TABLE daemon_run ("
                      "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
                      "  start INTEGER NOT NULL,"
                      "  last INTEGER NOT NULL," /* sign of life */
                      "  CHECK (last >= start)"
                      ") STRICT;"
                      "CREATE INDEX daemon_run_by_start ON daemon_run (start)",
                      error);
}

/* The session that another user took the screen from, and what waits for the end of a call. */
static gboolean
add_switched_and_call (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "INSERT INTO word VALUES ('reason', 'switched-away'), ('reason', 'call')",
                      error);
}

/* Was do-not-disturb wanted when it was shown? Before, the server's name said so as well. */
static gboolean
add_quiet (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "ALTER TABLE notice ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0"
                      " CHECK (quiet IN (0, 1))",
                      error);
}

/* What the focus guard asks, and for how long a program was allowed. */
static gboolean
add_guard (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "INSERT INTO word VALUES ('notice', 'guard'), ('reason', 'front'),"
                      " ('reason', 'started');"
                      "ALTER TABLE interruption ADD COLUMN until INTEGER NOT NULL DEFAULT 0",
                      error);
}

/* Was that run ended in order? One that crashed, or had no power any more, was not. */
static gboolean
add_ended (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "ALTER TABLE daemon_run ADD COLUMN ended INTEGER NOT NULL DEFAULT 0"
                      " CHECK (ended IN (0, 1))",
                      error);
}

/* Figures are read from the index alone, half of the pages that it and the entries fill. */
static gboolean
add_figures (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "DROP INDEX entry_by_start;"
                      "CREATE INDEX entry_by_start ON entry"
                      " (machine, start, end, kind, evidence, end_reason, block, task, project,"
                      " title)",
                      error);
}

/* That a daemon was not running is known, and not that the machine lost its power. Rows of before
 * keep their word, which is read as this one: the journal has them so, for undo. */
static gboolean
add_not_running (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "INSERT INTO reason VALUES ('not-running')", error);
}

/* What was skipped or done early weeks ago may decide the plan of today. */
static gboolean
add_left (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "CREATE INDEX block_state_by_end ON block_state (end) WHERE end <> 0",
                      error);
}

/* When a block came into the plan, where its time had begun by then. */
static gboolean
add_known (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "ALTER TABLE block ADD COLUMN known INTEGER NOT NULL DEFAULT 0", error);
}

/* A block ended because its event was taken out of the calendar. */
static gboolean
add_left_calendar (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "INSERT INTO reason VALUES ('left-calendar')", error);
}

/* Why a notice is not given yet. */
static gboolean
add_turn (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "INSERT INTO reason VALUES ('turn')", error);
}

static const TrkDbMigration migrations[] = {
  create_tables,
  add_until,
  trk_store_schema_3,
  add_notices,
  add_runs,
  add_switched_and_call,
  add_quiet,
  add_guard,
  add_ended,
  add_figures,
  trk_store_schema_11,
  add_not_running,
  add_left,
  add_known,
  add_left_calendar,
  add_turn,
};

const TrkDbSchema trk_store_schema = {
  .application_id = 0x74726b4c, /* "trkL" */
  .name = "log",
  .migrations = migrations,
  .n_migrations = G_N_ELEMENTS (migrations),
  .backup_first = TRUE,
};
