/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

#include <glib/gstdio.h>

/* A log of each older version, as its program left it, opened by this one. */

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("trk-upgrade-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "log.db", NULL);
}

static void
remove_beside (const Place *place, const char *suffix)
{
  g_autofree char *path = g_strconcat (place->path, suffix, NULL);

  g_unlink (path);
}

static void
tear_down (Place *place, gconstpointer data)
{
  remove_beside (place, "");
  remove_beside (place, "-wal");
  remove_beside (place, "-shm");
  for (guint version = 1; version < trk_store_schema.n_migrations; version++)
    {
      g_autofree char *suffix = g_strdup_printf (".before-upgrade-from-%u", version);

      remove_beside (place, suffix);
    }
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
}

static const char version_one[] =
    "INSERT INTO machine (id, mark) VALUES ('m', 1700000060000000);"
    "INSERT INTO command (number, actor, text, at) VALUES (1, 'user', 'start old', 1);"
    "INSERT INTO entry (id, machine, start, end, kind, title, evidence, start_reason)"
    " VALUES ('e', 'm', 1700000000000000, 9223372036854775807, 'focus', 'old', 'manual',"
    " 'by-hand');"
    "INSERT INTO journal (command, source, row, after) SELECT 1, 'entry', number, json_object ("
    " 'number', number, 'id', id, 'machine', machine, 'start', start, 'end', end, 'kind', kind,"
    " 'title', title, 'block', block, 'task', task, 'project', project, 'tags', tags,"
    " 'evidence', evidence, 'start_reason', start_reason, 'end_reason', end_reason,"
    " 'note', note, 'zone', zone) FROM entry;";

/* A log of @version with the rows of @sql. */
static void
make_version (const Place *place, guint version, const char *sql)
{
  TrkDbSchema schema = trk_store_schema;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkDb) db = NULL;

  schema.n_migrations = version;
  db = trk_db_open (place->path, TRK_DB_WRITE, &schema, &error);
  g_assert_no_error (error);
  trk_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static gint64
version_of (TrkStore *store)
{
  TrkQuery *query = trk_db_query (store->db, NULL, "PRAGMA user_version", "");
  gint64 version = trk_query_next (query) ? trk_query_int (query, 0) : -1;

  g_assert_true (trk_query_end (query, NULL));
  return version;
}

static TrkEntry *
only_entry (TrkStore *store)
{
  TrkPeriod ever = { 0, TRK_NEVER };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = trk_store_entries (store, ever, &error);

  g_assert_no_error (error);
  return entries->len == 1 ? trk_entry_copy (entries->pdata[0]) : NULL;
}

/* Its entries are there and take the new column, its commands can be undone and done again, and the
 * copy beside it is the old one. */
static void
test_from_one (Place *place, gconstpointer data)
{
  g_autofree char *copy = g_strconcat (place->path, ".before-upgrade-from-1", NULL);
  TrkDbSchema old = trk_store_schema;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = NULL;
  g_autoptr (TrkEntry) entry = NULL;
  g_autoptr (TrkEntry) again = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) redone = NULL;
  g_autoptr (TrkDb) kept = NULL;

  make_version (place, 1, version_one);
  store = trk_store_open (place->path, TRK_STORE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version_of (store), ==, trk_store_schema.n_migrations);
  entry = only_entry (store);
  g_assert_cmpstr (entry->title, ==, "old");
  g_assert_cmpint (entry->until, ==, 0);

  undone = trk_store_undo (store, 1, 2, &error);
  g_assert_no_error (error);
  g_assert_null (only_entry (store));
  redone = trk_store_redo (store, 1, 3, &error);
  g_assert_no_error (error);

  begin (store, "extend");
  entry->until = entry->period.start + TRK_HOUR;
  g_assert_true (trk_store_update_entry (store, entry, NULL));
  commit (store);
  again = only_entry (store);
  g_assert_cmpint (again->until, ==, entry->until);
  g_assert_true (trk_store_check (store, NULL));

  old.n_migrations = 1;
  kept = trk_db_open (copy, TRK_DB_READ, &old, &error);
  g_assert_no_error (error);
}

/* A reader that comes first brings it up to date as well: the command line needs no daemon. */
static void
test_reader_first (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = NULL;
  g_autoptr (TrkEntry) entry = NULL;

  make_version (place, 1, version_one);
  store = trk_store_open (place->path, TRK_STORE_READ, &error);
  g_assert_no_error (error);
  entry = only_entry (store);
  g_assert_cmpstr (entry->title, ==, "old");
}

/* Rows of every table that version 3 makes anew; the last entry and gap are gone. */
static const char version_two[] =
    "INSERT INTO machine (id) VALUES ('m');"
    "INSERT INTO task (id, title, state, estimate, points, created)"
    " VALUES ('t', 'task', 'in-process', 0, 0, 1);"
    "INSERT INTO block (id, title, kind, start, end, planned_start, planned_end)"
    " VALUES ('b', 'block', 'focus', 10, 20, 10, 20);"
    "INSERT INTO entry (id, machine, start, end, kind, title, block, task, evidence, start_reason,"
    " end_reason, until) VALUES"
    " ('e1', 'm', 10, 20, 'focus', 'one', 'b', 1, 'manual', 'by-hand', 'stop', 30),"
    " ('e2', 'm', 20, 30, 'break', 'two', NULL, NULL, 'plan', 'break', 'edit', NULL),"
    " ('e3', 'm', 30, 40, 'focus', 'gone', NULL, NULL, 'plan', 'break', 'edit', NULL);"
    "INSERT INTO gap (id, machine, start, end, reason, answer, block) VALUES"
    " ('g1', 'm', 12, 14, 'lock', 'worked', 'b'), ('g2', 'm', 16, 18, 'away', 'none', 'b');"
    "INSERT INTO block_state (block, start, end, outcome, outcome_reason, note, notices, reminders)"
    " VALUES ('b', 11, 21, 'partial', 'block-end', 'so', 3, 1);"
    "INSERT INTO notice (at, shown, backend, reason, key, kind, title, body, transient, urgent)"
    " VALUES (10, 11, 'dunst', 'block-start', 'b', 'start', 'T', 'B', 0, 0),"
    "        (12, 0, NULL, 'back', 'gap', 'gap', 'T', 'B', 0, 1);"
    "DELETE FROM entry WHERE number = 3; DELETE FROM gap WHERE number = 2;";

static void
assert_notices (TrkStore *store)
{
  g_autoptr (GPtrArray) records = trk_store_notices (store, (TrkPeriod){ 0, 100 }, NULL);
  const TrkNoticeRecord *start, *gap;

  g_assert_cmpuint (records->len, ==, 2);
  start = records->pdata[0];
  g_assert_cmpstr (start->block_id, ==, "b");
  g_assert_cmpstr (start->backend, ==, "dunst");
  g_assert_cmpint (start->shown, ==, 11);
  g_assert_cmpint (start->answered, ==, 0);
  gap = records->pdata[1];
  g_assert_null (gap->block_id);
  g_assert_cmpint (gap->shown, ==, 0);
  g_assert_true (gap->notice->urgent);
}

static void
assert_rows_of_two (TrkStore *store)
{
  g_autoptr (TrkEntry) one = trk_store_entry (store, 1, NULL);
  g_autoptr (GPtrArray) gaps = trk_store_gaps (store, (TrkPeriod){ 0, 100 }, NULL);
  g_autoptr (GPtrArray) blocks = trk_store_blocks (store, (TrkPeriod){ 0, 100 }, NULL);
  const TrkBlockState *state;

  g_assert_cmpstr (one->title, ==, "one");
  g_assert_cmpint (one->task, ==, 1);
  g_assert_cmpint (one->until, ==, 30);
  g_assert_cmpint (one->end_reason, ==, TRK_REASON_STOP);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpint (((TrkGap *) gaps->pdata[0])->answer, ==, TRK_ANSWER_WORKED);
  state = ((TrkBlockRecord *) blocks->pdata[0])->state;
  g_assert_cmpint (state->start, ==, 11);
  g_assert_cmpuint (state->notices, ==, 3);
  g_assert_cmpuint (state->postponed, ==, 0);
  assert_notices (store);
}

/* Every row is as it was, and a number that was removed is given to none. */
static void
test_from_two (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = NULL;
  g_autoptr (TrkEntry) fresh = make_entry (0, 1);
  g_autoptr (TrkGap) gap = trk_gap_new ();

  make_version (place, 2, version_two);
  store = trk_store_open (place->path, TRK_STORE_WRITE, &error);
  g_assert_no_error (error);
  assert_rows_of_two (store);
  gap->period = (TrkPeriod){ 50, 60 };
  begin (store, "new rows");
  g_assert_true (trk_store_add_entry (store, fresh, NULL));
  g_assert_cmpint (fresh->number, ==, 4);
  g_assert_true (trk_store_add_gap (store, gap, NULL));
  g_assert_cmpint (gap->number, ==, 3);
  commit (store);
  trk_store_check (store, &error);
  g_assert_no_error (error);
}

/* Owned by the caller. */
static char *
one_text (TrkDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  TrkQuery *query = trk_db_query (db, &error, sql, "");
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (trk_query_next (query));
  text = trk_query_dup (query, 0);
  g_assert_true (trk_query_end (query, NULL));
  return g_steal_pointer (&text);
}

/* -- A word that is another now ---------------------------------------------------------------- */

/* What a killed daemon left in a log of version 11, and what the user said of it then. */
static const char version_eleven[] =
    "INSERT INTO machine (id, mark) VALUES ('m', 20);"
    "INSERT INTO block (id, title, kind, start, end, planned_start, planned_end)"
    " VALUES ('b', 'block', 'focus', 10, 60, 10, 60);"
    "INSERT INTO entry (id, machine, start, end, kind, title, evidence, start_reason, end_reason)"
    " VALUES ('e', 'm', 10, 20, 'focus', 'old', 'observed', 'block-start', 'power');"
    "INSERT INTO gap (id, machine, start, end, reason, answer) VALUES"
    " ('g', 'm', 20, 40, 'power', 'discard'), ('h', 'm', 45, 50, 'power', 'none');"
    "INSERT INTO block_state (block, start, end, outcome, outcome_reason, notices, reminders)"
    " VALUES ('b', 0, 0, 'missed', 'power', 3, 0);"
    "INSERT INTO notice (at, reason, key, kind, title, body, transient, urgent)"
    " VALUES (12, 'power', 'b', 'end', 'T', 'B', 0, 0);"
    "INSERT INTO command (number, actor, text, at) VALUES (1, 'user', 'fill 1 --as discard', 50);"
    "INSERT INTO journal (command, source, row, before, after)"
    " SELECT 1, 'gap', 1, json_set (now, '$.answer', 'none'), now FROM (SELECT json_object ("
    " 'number', number, 'id', id, 'machine', machine, 'start', start, 'end', end,"
    " 'reason', reason, 'answer', answer, 'block', block) AS now FROM gap WHERE number = 1);";

static TrkGap *
gap_at (TrkStore *store, TrkInstant at)
{
  g_autoptr (GPtrArray) gaps = trk_store_gaps (store, (TrkPeriod){ at, at + 1 }, NULL);

  g_assert_cmpuint (gaps->len, ==, 1);
  return trk_gap_copy (gaps->pdata[0]);
}

static void
assert_gap (TrkStore *store, TrkInstant at, TrkAnswer answer)
{
  g_autoptr (TrkGap) gap = gap_at (store, at);

  g_assert_cmpint (gap->reason, ==, TRK_REASON_NOT_RUNNING);
  g_assert_cmpint (gap->answer, ==, answer);
}

static void
assert_rows_of_eleven (TrkStore *store)
{
  g_autoptr (TrkEntry) entry = only_entry (store);
  g_autoptr (GPtrArray) blocks = trk_store_blocks (store, (TrkPeriod){ 0, 100 }, NULL);
  g_autoptr (GPtrArray) notices = trk_store_notices (store, (TrkPeriod){ 0, 100 }, NULL);
  const TrkBlockState *state = ((TrkBlockRecord *) blocks->pdata[0])->state;

  g_assert_cmpint (entry->end_reason, ==, TRK_REASON_NOT_RUNNING);
  g_assert_cmpint (state->outcome_reason, ==, TRK_REASON_NOT_RUNNING);
  g_assert_cmpuint (notices->len, ==, 1);
  assert_gap (store, 20, TRK_ANSWER_DISCARD);
}

static void
answer (TrkStore *store, TrkInstant at, TrkAnswer said)
{
  g_autoptr (TrkGap) gap = gap_at (store, at);

  gap->answer = said;
  begin (store, "fill");
  g_assert_true (trk_store_update_gap (store, gap, NULL));
  commit (store);
}

static void
go_back (TrkStore *store, TrkInstant now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) undone = trk_store_undo (store, 1, now, &error);

  g_assert_no_error (error);
}

/* "power" is read as what it always meant. It is not written any more, and what was done while it
 * was is undone and done again as ever. */
static void
test_from_eleven (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = NULL;
  g_autoptr (GPtrArray) redone = NULL;
  g_autofree char *written = NULL, *untouched = NULL;

  make_version (place, 11, version_eleven);
  store = trk_store_open (place->path, TRK_STORE_WRITE, &error);
  g_assert_no_error (error);
  assert_rows_of_eleven (store);

  answer (store, 45, TRK_ANSWER_BREAK);
  written = one_text (store->db, "SELECT group_concat (reason) FROM gap ORDER BY number");
  g_assert_cmpstr (written, ==, "power,not-running");
  go_back (store, 60);
  assert_gap (store, 45, TRK_ANSWER_NONE);
  go_back (store, 61);
  assert_gap (store, 20, TRK_ANSWER_NONE);
  redone = trk_store_redo (store, 2, 62, &error);
  g_assert_no_error (error);
  assert_gap (store, 20, TRK_ANSWER_DISCARD);
  assert_gap (store, 45, TRK_ANSWER_BREAK);
  untouched = one_text (store->db, "SELECT end_reason FROM entry");
  g_assert_cmpstr (untouched, ==, "power");
  trk_store_check (store, &error);
  g_assert_no_error (error);
}

/* -- From each of them ------------------------------------------------------------------------- */

/* What a log of the versions since then has besides the rows of version 2. */
static const struct
{
  guint since;
  const char *sql;
} later[] = {
  { 3, "UPDATE notice SET block = key WHERE key = 'b';"
       "UPDATE block_state SET postponed = 2;"
       "INSERT INTO hook_run (at, hook, program, block, length, ended, status, output)"
       " VALUES (10, 'block-start', 'mine', 'b', 7, 'exit', 3, 'said');"
       "INSERT INTO interruption (id, machine, at, program, block, answer, answered, note)"
       " VALUES ('i', 'm', 13, 'game', 'b', 'work', 14, 'why');" },
  { 4, "INSERT INTO notice (at, reason, key, kind, title, body, transient, urgent)"
       " VALUES (15, 'limit', 'day', 'limit', 'T', 'B', 0, 0);" },
  { 5, "INSERT INTO daemon_run (start, last) VALUES (9, 19);" },
  { 6, "INSERT INTO gap (id, machine, start, end, reason, answer)"
       " VALUES ('g4', 'm', 31, 33, 'switched-away', 'none');" },
  { 7, "UPDATE notice SET quiet = 1 WHERE key = 'b';" },
};

/* Every row of every table that is the user's, in a few words each. */
static const char all_rows[] =
    "SELECT group_concat (line, char (10)) FROM ("
    "SELECT 'entry ' || number || start || end || title || start_reason || end_reason"
    " || ifnull (until, '') AS line FROM entry"
    " UNION ALL SELECT 'gap ' || number || start || end || reason || answer FROM gap"
    " UNION ALL SELECT 'state ' || start || end || outcome || note || notices FROM block_state"
    " UNION ALL SELECT 'notice ' || at || shown || key || kind FROM notice"
    " UNION ALL SELECT 'task ' || title FROM task UNION ALL SELECT 'block ' || id FROM block)";
static const char hook_rows[] =
    "SELECT group_concat (line, char (10)) FROM ("
    "SELECT at || hook || program || block || length || ended || status || output AS line"
    " FROM hook_run UNION ALL SELECT at || program || block || answer || answered || note"
    " FROM interruption UNION ALL SELECT block FROM notice WHERE block IS NOT NULL"
    " UNION ALL SELECT postponed FROM block_state)";
static const char run_rows[] = "SELECT group_concat (start || last) FROM daemon_run";
static const char quiet_rows[] = "SELECT group_concat (quiet) FROM notice ORDER BY number";
static const char schema_rows[] =
    "SELECT group_concat (type || name || sql, char (10))"
    " FROM (SELECT type, name, sql FROM sqlite_schema ORDER BY type, name)";

/* Which of these a log of a version has. */
static const struct
{
  guint since;
  const char *sql;
} kept[] = { { 2, all_rows }, { 3, hook_rows }, { 5, run_rows }, { 7, quiet_rows } };

static GPtrArray *
texts_of (TrkDb *db, guint version)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (kept[i].since <= version)
      {
        g_ptr_array_add (texts, one_text (db, kept[i].sql));
        g_assert_cmpstr (texts->pdata[i], !=, NULL);
      }
  return texts;
}

/* The log of @version with all that it can hold, and its rows. */
static GPtrArray *
make_full_version (const Place *place, guint version)
{
  TrkDbSchema schema = trk_store_schema;
  g_autoptr (GString) sql = g_string_new (version_two);
  g_autoptr (TrkDb) db = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    if (later[i].since <= version)
      g_string_append (sql, later[i].sql);
  make_version (place, version, sql->str);
  schema.n_migrations = version;
  db = trk_db_open (place->path, TRK_DB_READ, &schema, NULL);
  return texts_of (db, version);
}

/* Its rows are as they were, and its schema is that of a new log. */
static void
test_from_each (Place *place, gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) before = make_full_version (place, version);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (TrkStore) fresh = open_memory ();
  g_autofree char *wanted = one_text (fresh->db, schema_rows);
  g_autofree char *schema = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = trk_store_open (place->path, TRK_STORE_WRITE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (version_of (store), ==, trk_store_schema.n_migrations);
  schema = one_text (store->db, schema_rows);
  g_assert_cmpstr (schema, ==, wanted);
  after = texts_of (store->db, version);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_cmpstr (after->pdata[i], ==, before->pdata[i]);
  trk_store_check (store, &error);
  g_assert_no_error (error);
}

/* One test for each version that there was. */
static void
add_each (void)
{
  for (guint version = 2; version < trk_store_schema.n_migrations; version++)
    {
      g_autofree char *name = g_strdup_printf ("/store/upgrade/from-each/%u", version);

      g_test_add (name, Place, GUINT_TO_POINTER (version), set_up, test_from_each, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/upgrade/from-one", Place, NULL, set_up, test_from_one, tear_down);
  g_test_add ("/store/upgrade/reader-first", Place, NULL, set_up, test_reader_first, tear_down);
  g_test_add ("/store/upgrade/from-two", Place, NULL, set_up, test_from_two, tear_down);
  g_test_add ("/store/upgrade/from-eleven", Place, NULL, set_up, test_from_eleven, tear_down);
  add_each ();
  return g_test_run ();
}
