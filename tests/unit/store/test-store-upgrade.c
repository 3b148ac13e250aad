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
tear_down (Place *place, gconstpointer data)
{
  static const char *const names[] = { "log.db", "log.db-wal", "log.db-shm",
                                       "log.db.before-upgrade-from-1",
                                       "log.db.before-upgrade-from-2" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (place->folder, names[i], NULL);

      g_unlink (path);
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

/* Whatever version it comes from, the schema is the same in the end. */
static void
test_same_schema (Place *place, gconstpointer data)
{
  const char *sql = "SELECT group_concat (type || name || sql, char (10))"
                    " FROM (SELECT type, name, sql FROM sqlite_schema ORDER BY type, name)";
  g_autoptr (TrkStore) upgraded = NULL;
  g_autoptr (TrkStore) fresh = open_memory ();
  g_autoptr (TrkQuery) from_two = NULL;
  g_autoptr (TrkQuery) at_once = NULL;

  make_version (place, 2, version_two);
  upgraded = trk_store_open (place->path, TRK_STORE_WRITE, NULL);
  from_two = trk_db_query (upgraded->db, NULL, sql, "");
  at_once = trk_db_query (fresh->db, NULL, sql, "");
  g_assert_true (trk_query_next (from_two));
  g_assert_true (trk_query_next (at_once));
  g_assert_cmpstr (trk_query_text (from_two, 0), ==, trk_query_text (at_once, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/upgrade/from-one", Place, NULL, set_up, test_from_one, tear_down);
  g_test_add ("/store/upgrade/reader-first", Place, NULL, set_up, test_reader_first, tear_down);
  g_test_add ("/store/upgrade/from-two", Place, NULL, set_up, test_from_two, tear_down);
  g_test_add ("/store/upgrade/same-schema", Place, NULL, set_up, test_same_schema, tear_down);
  return g_test_run ();
}
