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
                                       "log.db.before-upgrade-from-1" };

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

static void
make_version_one (const Place *place)
{
  TrkDbSchema schema = trk_store_schema;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkDb) db = NULL;

  schema.n_migrations = 1;
  db = trk_db_open (place->path, TRK_DB_WRITE, &schema, &error);
  g_assert_no_error (error);
  trk_db_exec (db, version_one, &error);
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
  g_autoptr (TrkChange) undone = NULL;
  g_autoptr (TrkChange) redone = NULL;
  g_autoptr (TrkDb) kept = NULL;

  make_version_one (place);
  store = trk_store_open (place->path, TRK_STORE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (version_of (store), ==, trk_store_schema.n_migrations);
  entry = only_entry (store);
  g_assert_cmpstr (entry->title, ==, "old");
  g_assert_cmpint (entry->until, ==, 0);

  undone = trk_store_undo (store, 2, &error);
  g_assert_no_error (error);
  g_assert_null (only_entry (store));
  redone = trk_store_redo (store, 3, &error);
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

  make_version_one (place);
  store = trk_store_open (place->path, TRK_STORE_READ, &error);
  g_assert_no_error (error);
  entry = only_entry (store);
  g_assert_cmpstr (entry->title, ==, "old");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/upgrade/from-one", Place, NULL, set_up, test_from_one, tear_down);
  g_test_add ("/store/upgrade/reader-first", Place, NULL, set_up, test_reader_first, tear_down);
  return g_test_run ();
}
