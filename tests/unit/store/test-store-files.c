/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

#include <string.h>

/* Changes of calendars' files: the log keeps what they were, to the byte, and whoever writes files
 * is told what to make of them. */

static TrkFileChange *
make_change (const char *path, const char *old_hash, const char *new_hash, gsize at)
{
  static const char before[] = "\0\xff old \"\n", after[] = "new\xc3";
  TrkFileChange *change = g_new0 (TrkFileChange, 1);

  change->path = g_strdup (path);
  change->old_hash = g_strdup (old_hash);
  change->new_hash = g_strdup (new_hash);
  change->at = at;
  change->old_bytes = g_bytes_new (before, old_hash != NULL ? sizeof before : 0);
  change->new_bytes = g_bytes_new (after, new_hash != NULL ? sizeof after : 0);
  return change;
}

static gint64
add (TrkStore *store, const TrkFileChange *change)
{
  GError *error = NULL;
  gint64 number;

  begin (store, "block move");
  g_assert_true (trk_store_add_file_change (store, change, &error));
  g_assert_no_error (error);
  number = trk_store_command (store);
  commit (store);
  g_assert_cmpint (trk_store_command (store), ==, 0);
  return number;
}

/* The changes that were asked for, or the refusal that is to be given. */
typedef struct
{
  GPtrArray *asked; /* of TrkFileChange (owned) */
  gboolean refuses;
} Files;

static gboolean
write_files (const GPtrArray *changes, gpointer data, GError **error)
{
  Files *files = data;

  for (guint i = 0; i < changes->len; i++)
    {
      const TrkFileChange *change = g_ptr_array_index (changes, i);
      TrkFileChange *copy = g_new0 (TrkFileChange, 1);

      copy->path = g_strdup (change->path);
      copy->old_hash = g_strdup (change->old_hash);
      copy->new_hash = g_strdup (change->new_hash);
      copy->at = change->at;
      copy->old_bytes = g_bytes_ref (change->old_bytes);
      copy->new_bytes = g_bytes_ref (change->new_bytes);
      g_ptr_array_add (files->asked, copy);
    }
  if (files->refuses)
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CONFLICT, "it has changed since");
  return !files->refuses;
}

static TrkStore *
open_with (Files *files)
{
  TrkStore *store = open_memory ();

  files->asked = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_file_change_free);
  trk_store_set_files (store, write_files, files);
  return store;
}

/* Is the only one asked for @expected, or with @back what takes it back? */
static void
assert_asked (Files *files, const TrkFileChange *expected, gboolean back)
{
  const TrkFileChange *asked;

  g_assert_cmpuint (files->asked->len, ==, 1);
  asked = g_ptr_array_index (files->asked, 0);
  g_assert_cmpstr (asked->path, ==, expected->path);
  g_assert_cmpstr (asked->old_hash, ==, back ? expected->new_hash : expected->old_hash);
  g_assert_cmpstr (asked->new_hash, ==, back ? expected->old_hash : expected->new_hash);
  g_assert_cmpuint (asked->at, ==, expected->at);
  g_assert_true (
      g_bytes_equal (asked->old_bytes, back ? expected->new_bytes : expected->old_bytes));
  g_assert_true (
      g_bytes_equal (asked->new_bytes, back ? expected->old_bytes : expected->new_bytes));
  g_ptr_array_set_size (files->asked, 0);
}

/* Changed, made and removed; a name that is no UTF-8, one with signs of JSON and of URIs. */
static void
test_there_and_back (void)
{
  static const char *const paths[] = { "/a/work.ics", "/a/\xe4 \"%20\\'.ics", "/日本/\n" };
  static const char *const hashes[][2] = { { "aa", "bb" }, { NULL, "bb" }, { "aa", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (paths) * G_N_ELEMENTS (hashes); i++)
    {
      const char *const *hash = hashes[i % 3];
      g_autoptr (TrkFileChange) change = make_change (paths[i / 3], hash[0], hash[1], i * 1000000);
      Files files = { NULL };
      g_autoptr (TrkStore) store = open_with (&files);

      g_assert_cmpint (add (store, change), >, 0);
      g_assert_cmpuint (files.asked->len, ==, 0); /* the caller changes the file himself */
      undo (store);
      assert_asked (&files, change, TRUE);
      redo (store);
      assert_asked (&files, change, FALSE);
      g_ptr_array_unref (files.asked);
    }
}

static void
test_outside_a_transaction (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkFileChange) change = make_change ("/a.ics", "aa", "bb", 0);
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_store_add_file_change (store, change, &error));
  g_assert_nonnull (error);
}

static void
test_relative_path (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkFileChange) change = make_change ("a.ics", "aa", "bb", 0);
  g_autoptr (GError) error = NULL;

  begin (store, "block move");
  g_assert_false (trk_store_add_file_change (store, change, &error));
  g_assert_nonnull (error);
  trk_store_rollback (store);
}

/* A file that cannot follow holds the whole undo back: the entry beside it stays too. */
static void
test_all_or_none (void)
{
  Files files = { NULL };
  g_autoptr (TrkStore) store = open_with (&files);
  g_autoptr (TrkFileChange) change = make_change ("/a.ics", "aa", "bb", 7);
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_task (store, "one");
  add (store, change);
  add_entry (store, 0, 10);
  before = dump (store);
  files.refuses = TRUE;
  undone = trk_store_undo (store, 3, AT (20), &error);
  g_assert_null (undone);
  g_assert_error (error, TRK_ERROR, TRK_ERROR_CONFLICT);
  after = dump (store);
  g_assert_cmpstr (before, ==, after);
  g_ptr_array_unref (files.asked);
}

/* The log fails when the file has followed: that is what is said, and another try ends it. */
static void
test_log_fails_after_the_file (void)
{
  Files files = { NULL };
  g_autoptr (TrkStore) store = open_with (&files);
  g_autoptr (TrkFileChange) change = make_change ("/a.ics", "aa", "bb", 7);
  g_autoptr (GError) error = NULL;

  add (store, change);
  /* What SQLite looks at when it commits, and not before. */
  g_assert_true (trk_db_exec (store->db,
                              "CREATE TEMP TRIGGER held AFTER INSERT ON main.command BEGIN"
                              " INSERT INTO block_state (block, start, end, outcome,"
                              "  outcome_reason, notices, reminders)"
                              "  VALUES ('nowhere', 0, 0, 'none', 'by-hand', 0, 0); END",
                              NULL));
  g_assert_null (trk_store_undo (store, 1, AT (20), &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (files.asked->len, ==, 1);
  g_assert_nonnull (strstr (error->message, "the calendar's file is as after the undo"));
  g_assert_nonnull (strstr (error->message, "tracker undo again"));
  g_ptr_array_set_size (files.asked, 0);
  g_assert_true (trk_db_exec (store->db, "DROP TRIGGER held", NULL));
  undo (store);
  assert_asked (&files, change, TRUE);
  g_ptr_array_unref (files.asked);
}

/* Where nobody writes files, no undo says that one was. */
static void
test_nobody_writes_files (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkFileChange) change = make_change ("/a.ics", "aa", "bb", 7);
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GError) error = NULL;

  add (store, change);
  undone = trk_store_undo (store, 1, AT (20), &error);
  g_assert_null (undone);
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
}

/* One that was not made after all is neither to undo nor to redo; rows are not dropped so. */
static void
test_drop (void)
{
  Files files = { NULL };
  g_autoptr (TrkStore) store = open_with (&files);
  g_autoptr (TrkFileChange) change = make_change ("/a.ics", "aa", "bb", 7);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  gint64 number = add (store, change);

  g_assert_true (trk_store_drop (store, number, AT (1), &error));
  g_assert_no_error (error);
  g_assert_null (trk_store_undo (store, 1, AT (2), NULL));
  g_assert_null (trk_store_redo (store, 1, AT (2), NULL));
  g_assert_cmpuint (files.asked->len, ==, 0);
  add_task (store, "one");
  history = trk_store_history (store, 1, FALSE, NULL);
  number = ((TrkChange *) g_ptr_array_index (history, 0))->number;
  g_assert_false (trk_store_drop (store, number, AT (3), &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_ptr_array_unref (files.asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-files/there-and-back", test_there_and_back);
  g_test_add_func ("/store-files/no-transaction", test_outside_a_transaction);
  g_test_add_func ("/store-files/relative", test_relative_path);
  g_test_add_func ("/store-files/all-or-none", test_all_or_none);
  g_test_add_func ("/store-files/log-fails-after-the-file", test_log_fails_after_the_file);
  g_test_add_func ("/store-files/nobody", test_nobody_writes_files);
  g_test_add_func ("/store-files/drop", test_drop);
  return g_test_run ();
}
