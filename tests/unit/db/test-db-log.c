/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-place.h"
#include "trk-db-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* What becomes of the write-ahead log of disposable data. */

static gboolean
make_table (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "CREATE TABLE t (a BLOB) STRICT", error);
}

static const TrkDbMigration steps[] = { make_table };
static const TrkDbSchema schema = { 0x7465, "index", steps, 1, FALSE };

#define SHORT "INSERT INTO t VALUES (zeroblob (10))"
#define LONG "INSERT INTO t VALUES (zeroblob (600000))"

static void
set_up (TrkDbPlace *place, gconstpointer data)
{
  trk_db_place_set_up (place, data);
  trk_db_close (trk_db_open (place->path, TRK_DB_CACHE, &schema, NULL));
}

static void
change (TrkDbPlace *place, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkDb) db = trk_db_open (place->path, TRK_DB_CACHE, &schema, &error);

  g_assert_no_error (error);
  trk_db_exec (db, sql, &error);
  g_assert_no_error (error);
  trk_db_leave_log (db);
}

/* A log that is not there is as good as an empty one. */
static gint64
size_of_log (TrkDbPlace *place)
{
  return MAX (trk_db_place_size (place, "-wal"), 0);
}

static void
assert_rows (TrkDb *db, gint64 expected)
{
  g_autoptr (TrkQuery) query = trk_db_query (db, NULL, "SELECT count (*) FROM t", "");

  g_assert_true (query != NULL && trk_query_next (query));
  g_assert_cmpint (trk_query_int (query, 0), ==, expected);
}

static void
assert_read (TrkDbPlace *place, gint64 rows)
{
  g_autoptr (TrkDb) db = trk_db_open (place->path, TRK_DB_READ, &schema, NULL);

  assert_rows (db, rows);
}

/* It grows by what changes, and everyone reads what is in it. */
static void
test_short (TrkDbPlace *place, gconstpointer data)
{
  gint64 size;

  change (place, SHORT);
  size = size_of_log (place);
  g_assert_cmpint (size, >, 0);
  assert_read (place, 1);
  change (place, SHORT);
  g_assert_cmpint (size_of_log (place), >, size);
  assert_read (place, 2);
}

static void
test_long (TrkDbPlace *place, gconstpointer data)
{
  change (place, SHORT);
  change (place, LONG);
  g_assert_cmpint (size_of_log (place), ==, 0);
  assert_read (place, 2);
}

/* Neither is waited for somebody who still reads, nor is anything taken from under him. */
static void
test_read_meanwhile (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) reader = NULL;

  change (place, SHORT);
  reader = trk_db_open (place->path, TRK_DB_READ, &schema, NULL);
  g_assert_true (trk_db_hold (reader, NULL));
  assert_rows (reader, 1);
  change (place, LONG);
  assert_rows (reader, 1);
  assert_read (place, 2);
  trk_db_release (reader);
  assert_rows (reader, 2);
  change (place, LONG);
  g_assert_cmpint (size_of_log (place), ==, 0);
  assert_rows (reader, 3);
}

/* That somebody reads is not waited for, but all else afterwards is, as long as was said. */
static void
test_patience (TrkDbPlace *place, gconstpointer data)
{
  const int patience = 200;
  g_autoptr (TrkDb) db = trk_db_open (place->path, TRK_DB_CACHE, &schema, NULL);
  g_autoptr (TrkDb) other = trk_db_open (place->path, TRK_DB_CACHE, &schema, NULL);
  g_autoptr (GError) error = NULL;
  gint64 begun;

  trk_db_set_patience (db, patience);
  g_assert_true (trk_db_exec (db, LONG, NULL));
  trk_db_leave_log (db);
  g_assert_true (trk_db_begin (other, NULL));
  begun = g_get_monotonic_time ();
  g_assert_false (trk_db_begin (db, &error));
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, patience * 1000);
  g_assert_nonnull (strstr (error->message, "0.2 s"));
  trk_db_rollback (other);
}

/* What was short once is not left when it is long. */
static void
test_short_then_long (TrkDbPlace *place, gconstpointer data)
{
  TrkDb *db = trk_db_open (place->path, TRK_DB_CACHE, &schema, NULL);
  g_autoptr (TrkDb) reader = NULL;

  g_assert_true (trk_db_exec (db, SHORT, NULL));
  trk_db_leave_log (db);
  reader = trk_db_open (place->path, TRK_DB_READ, &schema, NULL);
  g_assert_true (trk_db_hold (reader, NULL));
  assert_rows (reader, 1);
  g_assert_true (trk_db_exec (db, LONG, NULL));
  trk_db_leave_log (db);
  g_assert_cmpint (size_of_log (place), >, 0);
  g_clear_pointer (&reader, trk_db_close);
  trk_db_close (db);
  g_assert_cmpint (size_of_log (place), ==, 0);
  assert_read (place, 2);
}

/* Without being asked for nothing stays. */
static void
test_closed (TrkDbPlace *place, gconstpointer data)
{
  TrkDb *db = trk_db_open (place->path, TRK_DB_CACHE, &schema, NULL);

  g_assert_true (trk_db_exec (db, SHORT, NULL));
  trk_db_close (db);
  g_assert_cmpint (size_of_log (place), ==, 0);
  assert_read (place, 1);
}

/* Until it is whole nothing lies beside it, however much is written; then it is like any other. */
static void
test_new (TrkDbPlace *place, gconstpointer data)
{
  TrkDb *db;

  g_unlink (place->path);
  db = trk_db_open (place->path, TRK_DB_NEW, &schema, NULL);
  g_assert_true (trk_db_begin (db, NULL));
  for (guint i = 0; i < 10; i++)
    g_assert_true (trk_db_run (db, NULL, LONG, ""));
  g_assert_cmpint (trk_db_place_size (place, ""), >, 1000000); /* more than a cache holds */
  g_assert_cmpint (size_of_log (place), ==, 0);
  g_assert_cmpint (trk_db_place_size (place, "-journal"), <=, 0);
  g_assert_true (trk_db_commit (db, NULL));
  g_assert_true (trk_db_complete (db, NULL));
  trk_db_close (db);
  assert_read (place, 10);
  change (place, SHORT);
  g_assert_cmpint (size_of_log (place), >, 0);
  assert_read (place, 11);
}

/* -- Without a log ----------------------------------------------------------------------------- */

typedef struct
{
  sqlite3_io_methods base;
  int (*flush) (sqlite3_file *file, int flags);
  guint flushes;
} PlainMethods;

/* The system's file layer, but for memory that several programs share. */
typedef struct
{
  sqlite3_vfs base;
  sqlite3_vfs *system;
  PlainMethods methods;
} Plain;

static int
count_flush (sqlite3_file *file, int flags)
{
  PlainMethods *methods = (PlainMethods *) file->pMethods;

  methods->flushes++;
  return methods->flush (file, flags);
}

static int
open_plain (sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags, int *given)
{
  Plain *plain = (Plain *) base;
  int code = plain->system->xOpen (plain->system, name, file, flags, given);

  if (file->pMethods == NULL || (flags & SQLITE_OPEN_MAIN_DB) == 0)
    return code;
  plain->methods.base = *file->pMethods;
  plain->methods.base.iVersion = 1;
  plain->methods.flush = file->pMethods->xSync;
  plain->methods.base.xSync = count_flush;
  plain->methods.base.xShmMap = NULL;
  file->pMethods = &plain->methods.base;
  return code;
}

static void
make_plain (Plain *plain)
{
  plain->system = sqlite3_vfs_find (NULL);
  plain->base = *plain->system;
  plain->base.zName = "plain";
  plain->base.pNext = NULL;
  plain->base.xOpen = open_plain;
  sqlite3_vfs_register (&plain->base, TRUE);
}

/* Where no write-ahead log can be had a whole file is on the disk all the same, and is like any
 * other. */
static void
test_new_without_log (TrkDbPlace *place, gconstpointer data)
{
  Plain plain = { 0 };
  TrkDb *db;

  g_unlink (place->path);
  make_plain (&plain);
  db = trk_db_open (place->path, TRK_DB_NEW, &schema, NULL);
  g_assert_true (trk_db_exec (db, SHORT, NULL));
  g_assert_cmpuint (plain.methods.flushes, ==, 0);
  g_assert_true (trk_db_complete (db, NULL));
  g_assert_cmpuint (plain.methods.flushes, >, 0);
  trk_db_close (db);
  assert_read (place, 1);
  change (place, SHORT);
  assert_read (place, 2);
  sqlite3_vfs_unregister (&plain.base);
  sqlite3_vfs_register (plain.system, TRUE);
  assert_read (place, 2);
}

/* As with every other: what is taken back was never there. */
static void
test_new_taken_back (TrkDbPlace *place, gconstpointer data)
{
  TrkDb *db;

  g_unlink (place->path);
  db = trk_db_open (place->path, TRK_DB_NEW, &schema, NULL);
  g_assert_true (trk_db_exec (db, SHORT, NULL));
  g_assert_true (trk_db_begin (db, NULL));
  for (guint i = 0; i < 10; i++)
    g_assert_true (trk_db_run (db, NULL, LONG, ""));
  trk_db_rollback (db);
  g_assert_true (trk_db_check (db, NULL));
  assert_rows (db, 1);
  trk_db_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/db/log/" name, TrkDbPlace, NULL, set_up, test, trk_db_place_tear_down)
  ADD ("short", test_short);
  ADD ("long", test_long);
  ADD ("read-meanwhile", test_read_meanwhile);
  ADD ("patience", test_patience);
  ADD ("short-then-long", test_short_then_long);
  ADD ("closed", test_closed);
  ADD ("new", test_new);
  ADD ("new-without-log", test_new_without_log);
  ADD ("new-taken-back", test_new_taken_back);
  return g_test_run ();
}
