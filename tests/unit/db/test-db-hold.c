/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-place.h"
#include "trk-db.h"
#include "trk-error.h"

/* Several reads of one state. */

static gboolean
make_table (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT", error);
}

static const TrkDbMigration steps[] = { make_table };
static const TrkDbSchema schema = { 0x7465, "log", steps, 1, TRUE };

static void
assert_rows (TrkDb *db, gint64 expected)
{
  g_autoptr (TrkQuery) query = trk_db_query (db, NULL, "SELECT count (*) FROM t", "");

  g_assert_true (query != NULL && trk_query_next (query));
  g_assert_cmpint (trk_query_int (query, 0), ==, expected);
}

static void
test_hold (TrkDbPlace *place, gconstpointer data)
{
  TrkDb *writer = trk_db_open (place->path, TRK_DB_WRITE, &schema, NULL);
  TrkDb *reader = trk_db_open (place->path, TRK_DB_READ, &schema, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (trk_db_hold (reader, NULL));
  g_assert_false (trk_db_hold (reader, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  assert_rows (reader, 0);
  g_assert_true (trk_db_exec (writer, "INSERT INTO t VALUES (1)", NULL));
  assert_rows (reader, 0);
  trk_db_release (reader);
  assert_rows (reader, 1);
  trk_db_release (reader);
  trk_db_close (reader);
  trk_db_close (writer);
}

/* What is being written is neither held nor ended by a release. */
static void
test_not_while_writing (void)
{
  g_autoptr (TrkDb) db = trk_db_open (NULL, TRK_DB_MEMORY, &schema, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (trk_db_begin (db, NULL));
  g_assert_false (trk_db_hold (db, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_assert_true (trk_db_exec (db, "INSERT INTO t VALUES (1)", NULL));
  trk_db_release (db);
  trk_db_rollback (db);
  assert_rows (db, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/db/hold/one-state", TrkDbPlace, NULL, trk_db_place_set_up, test_hold,
              trk_db_place_tear_down);
  g_test_add_func ("/db/hold/not-while-writing", test_not_while_writing);
  return g_test_run ();
}
