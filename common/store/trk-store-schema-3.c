/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

/* Version 3: why. What was announced and what became of it, what a hook did, which program
 * interrupted; how often a block was put off.
 *
 * Reasons and kinds of notices grow with the program. Their words move from CHECKs, which only a
 * rebuilt table can change, into a table of words that triggers look into: a later word is one
 * INSERT in a migration of its own. */

static const char words_sql[] =
    "CREATE TABLE word (class TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (class, word))"
    "  STRICT, WITHOUT ROWID;"
    "INSERT INTO word SELECT 'reason', value FROM json_each ('[\"block-start\", \"block-end\","
    " \"lead\", \"by-hand\", \"switch\", \"done\", \"stop\", \"skip\", \"pause\", \"resume\","
    " \"snooze\", \"extend\", \"break\", \"away\", \"back\", \"lock\", \"sleep\", \"power\","
    " \"shutdown\", \"start-up\", \"late\", \"plan\", \"overlap\", \"owed\", \"reminder\","
    " \"overtime\", \"limit\", \"clock\", \"import\", \"edit\"]');"
    "INSERT INTO word SELECT 'notice', value FROM json_each ('[\"lead\", \"start\", \"ending\","
    " \"end\", \"reminder\", \"owed\", \"digest\", \"overtime\", \"gap\"]');";

#define NEVER "9223372036854775807"

/* A table that loses a CHECK, or gets columns, as SQLite wants it done (lang_altertable, 7). */
typedef struct
{
  const char *name;
  const char *columns;
  const char *rules; /* its indices and triggers */
} Table;

/* As in version 1. */
#define OVERLAP                                                                                    \
  " WHEN (SELECT end FROM entry WHERE machine = NEW.machine AND start < NEW.end"                   \
  "         AND number <> NEW.number ORDER BY start DESC LIMIT 1) > NEW.start"                     \
  " BEGIN SELECT RAISE (ABORT, 'it overlaps another entry'); END;"

static const Table entry_table = {
  "entry",
  "number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "id TEXT NOT NULL UNIQUE,"
  "machine TEXT NOT NULL REFERENCES machine (id),"
  "start INTEGER NOT NULL,"
  "end INTEGER NOT NULL,"
  "kind TEXT NOT NULL CONSTRAINT \"unknown kind of an entry\""
  "  CHECK (kind IN ('focus', 'shallow', 'meeting', 'break', 'routine', 'off')),"
  "title TEXT NOT NULL,"
  "block TEXT,"
  "task INTEGER REFERENCES task (number) DEFERRABLE INITIALLY DEFERRED,"
  "project TEXT,"
  "tags TEXT,"
  "evidence TEXT NOT NULL CONSTRAINT \"unknown evidence of an entry\""
  "  CHECK (evidence IN ('observed', 'manual', 'imported', 'plan')),"
  "start_reason TEXT NOT NULL,"
  "end_reason TEXT,"
  "note TEXT,"
  "zone TEXT,"
  "until INTEGER,"
  "CONSTRAINT \"an entry must end after it starts\" CHECK (end > start),"
  "CONSTRAINT \"an entry has a reason for its end when it has ended, and only then\""
  "  CHECK ((end = " NEVER ") = (end_reason IS NULL))",
  "CREATE INDEX entry_by_start ON entry (machine, start, end);"
  "CREATE UNIQUE INDEX entry_open ON entry (machine) WHERE end = " NEVER ";"
  "CREATE INDEX entry_of_task ON entry (task) WHERE task IS NOT NULL;"
  "CREATE INDEX entry_of_block ON entry (block) WHERE block IS NOT NULL;"
  "CREATE TRIGGER entry_insert_overlap AFTER INSERT ON entry" OVERLAP
  "CREATE TRIGGER entry_update_overlap AFTER UPDATE OF machine, start, end ON entry" OVERLAP,
};

static const Table gap_table = {
  "gap",
  "number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "id TEXT NOT NULL UNIQUE,"
  "machine TEXT NOT NULL REFERENCES machine (id),"
  "start INTEGER NOT NULL,"
  "end INTEGER NOT NULL,"
  "reason TEXT NOT NULL,"
  "answer TEXT NOT NULL CONSTRAINT \"unknown answer to a gap\""
  "  CHECK (answer IN ('none', 'break', 'worked', 'discard')),"
  "block TEXT,"
  "CONSTRAINT \"a gap must end after it starts\" CHECK (end > start),"
  "CONSTRAINT \"a gap is answered after it has ended\""
  "  CHECK (end < " NEVER " OR answer = 'none')",
  "CREATE INDEX gap_by_start ON gap (start);"
  "CREATE INDEX gap_by_length ON gap (end - start) WHERE end < " NEVER ";"
  "CREATE UNIQUE INDEX gap_open ON gap (machine) WHERE end = " NEVER ";",
};

static const Table block_state_table = {
  "block_state",
  "number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "block TEXT NOT NULL UNIQUE REFERENCES block (id) DEFERRABLE INITIALLY DEFERRED,"
  "start INTEGER NOT NULL,"
  "end INTEGER NOT NULL,"
  "outcome TEXT NOT NULL CONSTRAINT \"unknown outcome of a block\""
  "  CHECK (outcome IN ('none', 'done', 'partial', 'missed', 'skipped', 'cancelled')),"
  "outcome_reason TEXT NOT NULL,"
  "note TEXT,"
  "notices INTEGER NOT NULL,"
  "reminders INTEGER NOT NULL,"
  "postponed INTEGER NOT NULL DEFAULT 0", /* how often the user moved its start */
  "",
};

/* What was decided and shown is kept; what came of it is written once. */
static const Table notice_table = {
  "notice",
  "number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "at INTEGER NOT NULL,"
  "shown INTEGER NOT NULL DEFAULT 0,"
  "backend TEXT,"
  "reason TEXT NOT NULL,"
  "key TEXT NOT NULL,"
  "kind TEXT NOT NULL,"
  "title TEXT NOT NULL,"
  "body TEXT NOT NULL,"
  "link TEXT,"
  "buttons TEXT," /* a line each: its word, a space, its label */
  "transient INTEGER NOT NULL,"
  "urgent INTEGER NOT NULL,"
  "block TEXT,"                                                     /* what it is about */
  "rule TEXT,"                                                      /* what decided it */
  "withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1))," /* not to be shown */
  "answered INTEGER NOT NULL DEFAULT 0,"
  "answer TEXT,"
  "CONSTRAINT \"an answer to a notice has its time\" CHECK ((answer IS NULL) = (answered = 0)),"
  "CONSTRAINT \"a notice that is withheld is not shown\" CHECK (withheld = 0 OR shown = 0)",
  "CREATE INDEX notice_by_time ON notice (at);"
  "CREATE INDEX notice_by_key ON notice (key);"
  "CREATE INDEX notice_of_block ON notice (block) WHERE block IS NOT NULL;"
  "CREATE TRIGGER notice_kept BEFORE DELETE ON notice"
  " BEGIN SELECT RAISE (ABORT, 'a notice stays in the log'); END;"
  "CREATE TRIGGER notice_confirmed BEFORE UPDATE OF shown, backend ON notice WHEN OLD.shown <> 0"
  " BEGIN SELECT RAISE (ABORT, 'this notice was confirmed already'); END;"
  "CREATE TRIGGER notice_answered BEFORE UPDATE OF answered, answer ON notice"
  " WHEN OLD.answered <> 0"
  " BEGIN SELECT RAISE (ABORT, 'this notice was answered already'); END;",
};

/* Notices so far had the block's identifier as their key, or the name of what no block is about. */
static const char notices_of_blocks_sql[] =
    "UPDATE notice SET block = key WHERE EXISTS (SELECT 1 FROM block WHERE block.id = notice.key)";

static const char hooks_sql[] =
    "CREATE TABLE hook_run ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  at INTEGER NOT NULL,"
    "  hook TEXT NOT NULL,"    /* its event: "block-start" */
    "  program TEXT NOT NULL," /* the file in hooks/<event>.d */
    "  block TEXT,"
    "  length INTEGER NOT NULL CONSTRAINT \"a hook cannot run for a negative time\""
    "    CHECK (length >= 0),"
    "  ended TEXT NOT NULL CONSTRAINT \"unknown end of a hook\""
    "    CHECK (ended IN ('exit', 'signal', 'timeout', 'refused')),"
    "  status INTEGER NOT NULL,"
    "  output TEXT"
    ") STRICT;"
    "CREATE INDEX hook_run_by_time ON hook_run (at);"
    "CREATE TRIGGER hook_run_kept BEFORE UPDATE ON hook_run"
    " BEGIN SELECT RAISE (ABORT, 'what a hook did is not rewritten'); END;";

static const char interruptions_sql[] =
    "CREATE TABLE interruption ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  machine TEXT NOT NULL REFERENCES machine (id),"
    "  at INTEGER NOT NULL,"
    "  program TEXT NOT NULL CONSTRAINT \"an interruption has a program\" CHECK (program <> ''),"
    "  block TEXT,"
    "  answer TEXT NOT NULL CONSTRAINT \"unknown answer to an interruption\""
    "    CHECK (answer IN ('none', 'back', 'allow', 'work')),"
    "  answered INTEGER NOT NULL,"
    "  note TEXT,"
    "  CONSTRAINT \"an answer to an interruption has its time\""
    "    CHECK ((answer = 'none') = (answered = 0))"
    ") STRICT;"
    "CREATE INDEX interruption_by_time ON interruption (at);";

/* Where words stand. */
static const struct
{
  const char *table;
  const char *column;
  const char *class;
  const char *refusal; /* as SQL quotes it */
} words[] = {
  { "entry", "start_reason", "reason", "unknown reason for an entry''s start" },
  { "entry", "end_reason", "reason", "unknown reason for an entry''s end" },
  { "gap", "reason", "reason", "unknown reason of a gap" },
  { "block_state", "outcome_reason", "reason", "unknown reason of a block''s outcome" },
  { "notice", "reason", "reason", "unknown reason of a notice" },
  { "notice", "kind", "notice", "unknown kind of a notice" },
};

static gboolean
guard_word (TrkDb *db, guint i, const char *event, const char *columns, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "CREATE TRIGGER %s_%c_%s BEFORE %s%s ON %s WHEN NEW.%s NOT NULL"
      " AND NOT EXISTS (SELECT 1 FROM word WHERE class = '%s' AND word = NEW.%s)"
      " BEGIN SELECT RAISE (ABORT, '%s'); END;",
      words[i].table, g_ascii_tolower (*event), words[i].column, event, columns, words[i].table,
      words[i].column, words[i].class, words[i].column, words[i].refusal);

  return trk_db_exec (db, sql, error);
}

static gboolean
guard_words (TrkDb *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (!guard_word (db, i, "INSERT", "", error)
        || !guard_word (db, i, "UPDATE OF ", words[i].column, error))
      return FALSE;
  return TRUE;
}

/* "a, b, c": the columns that a table has now. Owned by the caller; NULL with @error. */
static char *
columns_of (TrkDb *db, const char *table, GError **error)
{
  TrkQuery *query = trk_db_query (
      db, error, "SELECT group_concat ('\"' || name || '\"', ', ') FROM pragma_table_info (?1)",
      "s", table);
  g_autofree char *columns = NULL;

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    columns = trk_query_dup (query, 0);
  return trk_query_end (query, error) ? g_steal_pointer (&columns) : NULL;
}

/* The last number goes over too: one that was removed is never given to another row. */
static gboolean
rebuild (TrkDb *db, const Table *table, GError **error)
{
  const char *name = table->name;
  g_autofree char *columns = columns_of (db, name, error);
  g_autofree char *sql = NULL;

  if (columns == NULL)
    return FALSE;
  sql = g_strdup_printf ("CREATE TABLE new_%s (%s) STRICT;"
                         "INSERT INTO new_%s (%s) SELECT %s FROM %s;"
                         "DELETE FROM sqlite_sequence WHERE name = 'new_%s';"
                         "INSERT INTO sqlite_sequence (name, seq)"
                         " SELECT 'new_%s', seq FROM sqlite_sequence WHERE name = '%s';"
                         "DROP TABLE %s;"
                         "ALTER TABLE new_%s RENAME TO %s;",
                         name, table->columns, name, columns, columns, name, name, name, name, name,
                         name, name);
  return trk_db_exec (db, sql, error) && trk_db_exec (db, table->rules, error);
}

gboolean
trk_store_schema_3 (TrkDb *db, GError **error)
{
  static const Table *const tables[] = { &entry_table, &gap_table, &block_state_table,
                                         &notice_table };

  if (!trk_db_exec (db, words_sql, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!rebuild (db, tables[i], error))
      return FALSE;
  return guard_words (db, error) && trk_db_exec (db, notices_of_blocks_sql, error)
         && trk_db_exec (db, hooks_sql, error) && trk_db_exec (db, interruptions_sql, error);
}
