/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-place.h"
#include "trk-db.h"
#include "trk-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opening with care, migrating in steps, saying what failed. */

static gboolean
step_one (TrkDb *db, GError **error)
{
  return trk_db_exec (db,
                      "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT,"
                      " c REAL CONSTRAINT \"c is small\" CHECK (c < 100)) STRICT;"
                      "CREATE TABLE u (t INTEGER REFERENCES t (a)) STRICT;"
                      "CREATE TRIGGER no_bad BEFORE INSERT ON t WHEN NEW.b = 'bad'"
                      " BEGIN SELECT RAISE (ABORT, 'bad is not allowed'); END;",
                      error);
}

static gboolean
step_two (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "ALTER TABLE t ADD COLUMN d TEXT; UPDATE t SET d = b", error);
}

/* Changes much before it fails. */
static gboolean
step_broken (TrkDb *db, GError **error)
{
  return trk_db_exec (db, "ALTER TABLE t ADD COLUMN d TEXT; DELETE FROM t; SELECT absent", error);
}

/* Ends the program in the middle. */
static gboolean
step_killed (TrkDb *db, GError **error)
{
  trk_db_exec (db, "ALTER TABLE t ADD COLUMN d TEXT; DELETE FROM t", error);
  _exit (9);
}

static const TrkDbMigration good[] = { step_one, step_two };
static const TrkDbMigration broken[] = { step_one, step_broken };
static const TrkDbMigration killed[] = { step_one, step_killed };

static const TrkDbSchema version_one = { 0x7465, "log", good, 1, TRUE };
static const TrkDbSchema version_two = { 0x7465, "log", good, 2, TRUE };
static const TrkDbSchema version_broken = { 0x7465, "log", broken, 2, TRUE };
static const TrkDbSchema version_killed = { 0x7465, "log", killed, 2, TRUE };
static const TrkDbSchema foreign = { 0x1234, "log", good, 1, TRUE };

static TrkDb *
open_db (const TrkDbPlace *place, TrkDbMode mode, const TrkDbSchema *schema)
{
  g_autoptr (GError) error = NULL;
  TrkDb *db = trk_db_open (place->path, mode, schema, &error);

  g_assert_no_error (error);
  return db;
}

static void
create (const TrkDbPlace *place, const TrkDbSchema *schema)
{
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_WRITE, schema);

  g_assert_true (trk_db_exec (db, "INSERT INTO t (a, b, c) VALUES (1, 'one', 0.1)", NULL));
}

static void
assert_refused (const TrkDbPlace *place,
                TrkDbMode mode,
                const TrkDbSchema *schema,
                TrkErrorCode code,
                const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (trk_db_open (place->path, mode, schema, &error));
  g_assert_error (error, TRK_ERROR, (int) code);
  if (strstr (error->message, words) == NULL || strstr (error->message, "x.db") == NULL)
    g_error ("“%s” does not say “%s” and where", error->message, words);
}

static gint64
number (TrkDb *db, const char *sql)
{
  TrkQuery *query = trk_db_query (db, NULL, sql, "");
  gint64 value;

  g_assert_nonnull (query);
  g_assert_true (trk_query_next (query));
  value = trk_query_int (query, 0);
  g_assert_true (trk_query_end (query, NULL));
  return value;
}

/* The content of every file in the folder, by name: what "untouched" means. */
static char *
fingerprint (const TrkDbPlace *place)
{
  g_autoptr (GDir) dir = g_dir_open (place->dir, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->dir, name, NULL);
      g_autofree char *content = NULL;
      g_autofree char *sum = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (path, &content, &size, NULL));
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, size);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s", name, sum));
    }
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (GStrv) lines->pdata);
}

/* -- Opening ----------------------------------------------------------------------------------- */

static void
test_new (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_WRITE, &version_two);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (number (db, "PRAGMA application_id"), ==, 0x7465);
  g_assert_cmpint (number (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (number (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (number (db, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (number (db, "SELECT count (*) FROM pragma_journal_mode"
                               " WHERE journal_mode = 'wal'"),
                   ==, 1);
  g_assert_cmpstr (trk_db_path (db), ==, place->path);
  g_assert_false (trk_db_exec (db, "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema", NULL));
  g_assert_true (trk_db_check (db, &error));
  g_assert_no_error (error);
}

static void
test_cache (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_CACHE, &version_one);

  g_assert_cmpint (number (db, "PRAGMA synchronous"), ==, 1);
}

/* 0600 for the file and those beside it, whatever the umask; a file that others could read is made
 * private. */
static void
test_private (TrkDbPlace *place, gconstpointer data)
{
  static const mode_t masks[] = { 0, 0022, 0077, 0777 };
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      mode_t before = umask (masks[i]);
      g_autoptr (TrkDb) db = open_db (place, TRK_DB_WRITE, &version_one);

      trk_db_exec (db, "INSERT INTO t (b) VALUES ('x')", NULL);
      umask (before);
      for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
        {
          g_autofree char *path = g_strconcat (place->path, suffixes[j], NULL);
          struct stat file;

          g_assert_cmpint (stat (path, &file), ==, 0);
          g_assert_cmpint (file.st_mode & 0777, ==, 0600);
        }
      g_clear_pointer (&db, trk_db_close);
      if (i % 2 == 0)
        g_assert_cmpint (chmod (place->path, 0644), ==, 0);
      else
        g_assert_cmpint (g_unlink (place->path), ==, 0);
    }
}

static void
test_missing (TrkDbPlace *place, gconstpointer data)
{
  assert_refused (place, TRK_DB_READ, &version_one, TRK_ERROR_NOT_FOUND, "there is no log yet");
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (place->path, "", 0, NULL));
  assert_refused (place, TRK_DB_READ, &version_one, TRK_ERROR_NOT_FOUND, "is empty");
}

static void
test_no_folder (TrkDbPlace *place, gconstpointer data)
{
  TrkDbPlace inside = { place->dir, g_build_filename (place->dir, "none", "x.db", NULL) };

  assert_refused (&inside, TRK_DB_WRITE, &version_one, TRK_ERROR_STORAGE, "cannot create");
  g_free (inside.path);
}

static void
test_not_a_file (TrkDbPlace *place, gconstpointer data)
{
  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  assert_refused (place, TRK_DB_WRITE, &version_one, TRK_ERROR_STORAGE, "not a regular file");
  assert_refused (place, TRK_DB_READ, &version_one, TRK_ERROR_STORAGE, "not a regular file");
}

static void
test_read_only (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = NULL;
  g_autoptr (GError) error = NULL;

  create (place, &version_one);
  db = open_db (place, TRK_DB_READ, &version_one);
  g_assert_cmpint (number (db, "SELECT count (*) FROM t"), ==, 1);
  g_assert_false (trk_db_exec (db, "DELETE FROM t", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
}

/* -- Refused untouched ------------------------------------------------------------------------- */

static void
assert_untouched (const TrkDbPlace *place,
                  const TrkDbSchema *schema,
                  TrkErrorCode code,
                  const char *words)
{
  g_autofree char *before = fingerprint (place);
  g_autofree char *after = NULL;

  assert_refused (place, TRK_DB_WRITE, schema, code, words);
  assert_refused (place, TRK_DB_READ, schema, code, words);
  after = fingerprint (place);
  g_assert_cmpstr (after, ==, before);
}

static void
test_newer (TrkDbPlace *place, gconstpointer data)
{
  create (place, &version_two);
  assert_untouched (place, &version_one, TRK_ERROR_NEWER, "newer version");
}

static void
test_foreign (TrkDbPlace *place, gconstpointer data)
{
  create (place, &foreign);
  assert_untouched (place, &version_one, TRK_ERROR_CORRUPT, "belongs to another program");
}

static void
test_not_a_database (TrkDbPlace *place, gconstpointer data)
{
  static const char *const contents[] = { "hello", "SQLite format 2", "<html><body>404" };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GString) content = g_string_new (contents[i]);

      for (int j = 0; j < 3000; j++)
        g_string_append (content, i == 0 ? "" : " rubbish");
      g_assert_true (g_file_set_contents (place->path, content->str, (gssize) content->len, NULL));
      assert_untouched (place, &version_one, TRK_ERROR_CORRUPT, "is not a database");
    }
}

/* A file that a copy cut off in its header is ours for all that is known, and no other
 * program's. */
static void
test_cut_header (TrkDbPlace *place, gconstpointer data)
{
  create (place, &version_one);
  g_assert_cmpint (truncate (place->path, 50), ==, 0);
  assert_untouched (place, &version_one, TRK_ERROR_CORRUPT, "is cut off");
}

/* A link to nowhere: the system's own words, no free space of the disk. */
static void
test_cannot_open (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("nowhere/else.db", place->path), ==, 0);
  g_assert_null (trk_db_open (place->path, TRK_DB_WRITE, &version_one, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
  g_assert_null (strstr (error->message, "free"));
}

/* The middle of the file is noise: told when it is met, and the file is kept byte for byte. */
static void
test_damaged (TrkDbPlace *place, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  create (place, &version_one);
  g_assert_true (g_file_get_contents (place->path, &content, &size, NULL));
  memset (content + 100, 0x5a, size - 100);
  g_assert_true (g_file_set_contents (place->path, content, (gssize) size, NULL));
  before = fingerprint (place);
  assert_refused (place, TRK_DB_WRITE, &version_one, TRK_ERROR_CORRUPT, "it was left as it is");
  g_assert_cmpint (chmod (place->path, 0600), ==, 0);
  after = fingerprint (place);
  g_assert_cmpstr (after, ==, before);
}

/* SQLite would delete the changes that wait for a database that is gone. */
static void
test_orphan_log (TrkDbPlace *place, gconstpointer data)
{
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (log, "precious", -1, NULL));
  assert_refused (place, TRK_DB_WRITE, &version_one, TRK_ERROR_CORRUPT, "-wal file holds changes");
  assert_refused (place, TRK_DB_WRITE, &version_one, TRK_ERROR_CORRUPT, "-wal file holds changes");
  g_assert_true (g_file_get_contents (log, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "precious");
}

/* -- Migrations -------------------------------------------------------------------------------- */

static char *
copy_path (const TrkDbPlace *place)
{
  return g_strconcat (place->path, ".before-upgrade-from-1", NULL);
}

static void
test_upgrade (TrkDbPlace *place, gconstpointer data)
{
  g_autofree char *copy = copy_path (place);
  TrkDbPlace kept = { place->dir, copy };
  g_autoptr (TrkDb) db = NULL;
  g_autoptr (TrkDb) old = NULL;
  struct stat file;

  create (place, &version_one);
  assert_refused (place, TRK_DB_READ, &version_two, TRK_ERROR_STATE, "older version");
  db = open_db (place, TRK_DB_WRITE, &version_two);
  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (number (db, "SELECT count (*) FROM t WHERE d = 'one'"), ==, 1);
  g_assert_cmpint (stat (copy, &file), ==, 0);
  g_assert_cmpint (file.st_mode & 0777, ==, 0600);
  old = open_db (&kept, TRK_DB_READ, &version_one);
  g_assert_cmpint (number (old, "SELECT count (*) FROM t WHERE b = 'one'"), ==, 1);
}

static void
test_upgrade_fails (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = NULL;

  create (place, &version_one);
  assert_refused (place, TRK_DB_WRITE, &version_broken, TRK_ERROR_FAILED,
                  "upgrading the log to version 2");
  db = open_db (place, TRK_DB_WRITE, &version_one);
  g_assert_cmpint (number (db, "SELECT count (*) FROM t"), ==, 1);
  g_assert_cmpint (number (db, "SELECT count (*) FROM pragma_table_info ('t')"), ==, 3);
}

static void
test_upgrade_killed (TrkDbPlace *place, gconstpointer data)
{
  g_autofree char *copy = copy_path (place);
  g_autoptr (TrkDb) db = NULL;

  if (g_test_subprocess ())
    return;
  create (place, &version_one);
  g_setenv ("TRK_TEST_DB", place->path, TRUE);
  g_test_trap_subprocess ("/db/killed-child", 0, 0);
  g_test_trap_assert_failed ();
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  db = open_db (place, TRK_DB_WRITE, &version_two);
  g_assert_cmpint (number (db, "SELECT count (*) FROM t WHERE d = 'one'"), ==, 1);
}

static void
test_killed_child (void)
{
  if (g_test_subprocess ())
    trk_db_open (g_getenv ("TRK_TEST_DB"), TRK_DB_WRITE, &version_killed, NULL);
}

/* -- Statements and transactions --------------------------------------------------------------- */

static void
test_values (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_MEMORY, &version_one);
  const guint8 bytes[] = { 0, 1, 255 };
  TrkQuery *query;
  gconstpointer blob;
  gsize size;

  query = trk_db_query (db, NULL, "SELECT ?1, ?2, ?3, ?4, ?5", "idssb", G_MININT64, 0.1 + 0.2, "ü",
                        NULL, bytes, sizeof bytes);
  g_assert_true (trk_query_next (query));
  g_assert_cmpint (trk_query_int (query, 0), ==, G_MININT64);
  g_assert_true (trk_query_double (query, 1) == 0.1 + 0.2);
  g_assert_cmpstr (trk_query_text (query, 2), ==, "ü");
  g_assert_true (trk_query_is_null (query, 3));
  g_assert_null (trk_query_dup (query, 3));
  blob = trk_query_blob (query, 4, &size);
  g_assert_cmpmem (blob, size, bytes, sizeof bytes);
  g_assert_false (trk_query_next (query));
  g_assert_false (trk_query_next (query)); /* it does not begin again */
  g_assert_true (trk_query_end (query, NULL));
}

/* The same statement inside its own loop. */
static void
test_nested (TrkDbPlace *place, gconstpointer data)
{
  const char *sql = "SELECT value FROM json_each ('[1,2,3]')";
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_MEMORY, &version_one);
  g_autoptr (TrkQuery) outer = trk_db_query (db, NULL, sql, "");
  int pairs = 0;

  while (trk_query_next (outer))
    {
      g_autoptr (TrkQuery) inner = trk_db_query (db, NULL, sql, "");

      while (trk_query_next (inner))
        pairs++;
    }
  g_assert_cmpint (pairs, ==, 9);
}

static void
test_refusals (TrkDbPlace *place, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    TrkErrorCode code;
    const char *words;
  } rows[] = {
    { "INSERT INTO t (b) VALUES ('bad')", TRK_ERROR_CONFLICT, "bad is not allowed" },
    { "INSERT INTO t (c) VALUES (100)", TRK_ERROR_CONFLICT, "c is small" },
    { "INSERT INTO u VALUES (77)", TRK_ERROR_CONFLICT, "FOREIGN KEY constraint failed" },
    { "SELECT absent", TRK_ERROR_FAILED, ":memory:: no such column: absent" },
  };
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_MEMORY, &version_one);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (trk_db_run (db, &error, rows[i].sql, ""));
      g_assert_error (error, TRK_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].words));
    }
}

/* One that is not given is NULL, also after the statement was used with it. */
static void
test_set_parameters (TrkDbPlace *place, gconstpointer data)
{
  static const char sql[] = "SELECT ?1, ?2, ?3";
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_MEMORY, &version_one);

  for (int given = 3; given >= 1; given--)
    {
      g_autoptr (TrkQuery) query = trk_db_query (db, NULL, sql, "i", (gint64) 7);

      for (int n = 2; n <= given; n++)
        trk_query_set_int (query, n, G_MAXINT64 - n);
      g_assert_true (trk_query_next (query));
      g_assert_cmpint (trk_query_int (query, 0), ==, 7);
      for (int n = 2; n <= 3; n++)
        {
          g_assert_true (trk_query_is_null (query, n - 1) == (n > given));
          g_assert_cmpint (trk_query_int (query, n - 1), ==, n > given ? 0 : G_MAXINT64 - n);
        }
    }
}

static void
test_transactions (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_MEMORY, &version_one);
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_db_commit (db, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_clear_error (&error);
  trk_db_rollback (db);
  g_assert_true (trk_db_begin (db, NULL));
  g_assert_false (trk_db_begin (db, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_assert_true (trk_db_run (db, NULL, "INSERT INTO t (b) VALUES (?1)", "s", "x"));
  g_assert_cmpint (trk_db_last_rowid (db), ==, 1);
  g_assert_cmpint (trk_db_changes (db), ==, 1);
  trk_db_rollback (db);
  g_assert_cmpint (number (db, "SELECT count (*) FROM t"), ==, 0);
}

/* SQLite took the transaction back by itself: what follows must not be saved on its own. */
static void
test_taken_back (TrkDbPlace *place, gconstpointer data)
{
  g_autoptr (TrkDb) db = open_db (place, TRK_DB_MEMORY, &version_one);
  g_autoptr (GError) error = NULL;

  g_assert_true (trk_db_begin (db, NULL));
  g_assert_true (trk_db_exec (db, "INSERT INTO t (b) VALUES ('x')", NULL));
  g_assert_false (trk_db_exec (db, "INSERT OR ROLLBACK INTO t (c) VALUES (100)", NULL));
  g_assert_false (trk_db_exec (db, "INSERT INTO t (b) VALUES ('y')", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (trk_db_run (db, NULL, "INSERT INTO t (b) VALUES ('z')", ""));
  g_assert_false (trk_db_commit (db, NULL));
  g_assert_cmpint (number (db, "SELECT count (*) FROM t"), ==, 0);
}

static void
test_backup (TrkDbPlace *place, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (place->dir, "copy x.db", NULL);
  TrkDbPlace kept = { place->dir, copy };
  g_autoptr (TrkDb) db = NULL;
  g_autoptr (TrkDb) again = NULL;
  g_autoptr (GError) error = NULL;

  create (place, &version_one);
  db = open_db (place, TRK_DB_WRITE, &version_one);
  g_assert_true (trk_db_exec (db, "INSERT INTO t (b) VALUES ('in the log only')", NULL));
  g_assert_true (trk_db_backup (db, copy, &error));
  g_assert_true (trk_db_backup (db, copy, &error)); /* a newer one takes its place */
  again = open_db (&kept, TRK_DB_WRITE, &version_one);
  g_assert_cmpint (number (again, "SELECT count (*) FROM t"), ==, 2);
  g_assert_false (trk_db_backup (db, "/proc/none/copy", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STORAGE);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/db/" name, TrkDbPlace, NULL, trk_db_place_set_up, test, trk_db_place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("open/new", test_new);
  ADD ("open/cache", test_cache);
  ADD ("open/private", test_private);
  ADD ("open/missing", test_missing);
  ADD ("open/no-folder", test_no_folder);
  ADD ("open/not-a-file", test_not_a_file);
  ADD ("open/read-only", test_read_only);
  ADD ("untouched/newer", test_newer);
  ADD ("untouched/foreign", test_foreign);
  ADD ("untouched/cut-header", test_cut_header);
  ADD ("cannot-open", test_cannot_open);
  ADD ("untouched/not-a-database", test_not_a_database);
  ADD ("untouched/damaged", test_damaged);
  ADD ("untouched/orphan-log", test_orphan_log);
  ADD ("upgrade/done", test_upgrade);
  ADD ("upgrade/fails", test_upgrade_fails);
  ADD ("upgrade/killed", test_upgrade_killed);
  g_test_add_func ("/db/killed-child", test_killed_child);
  ADD ("query/values", test_values);
  ADD ("query/set-parameters", test_set_parameters);
  ADD ("query/nested", test_nested);
  ADD ("query/refusals", test_refusals);
  ADD ("transaction/begin-commit", test_transactions);
  ADD ("transaction/taken-back", test_taken_back);
  ADD ("backup", test_backup);
  return g_test_run ();
}
