/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-store-private.h"

/* The last moment known awake, and the first trace of anybody keeping time. */

static void
test_mark (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  TrkInstant mark = -1;

  g_assert_true (trk_store_last_mark (store, &mark, NULL));
  g_assert_cmpint (mark, ==, 0);
  g_assert_true (trk_store_mark (store, AT (1), NULL));
  g_assert_true (trk_store_mark (store, AT (2), NULL));
  g_assert_true (trk_store_last_mark (store, &mark, NULL));
  g_assert_cmpint (mark, ==, AT (2));
}

static void
add_entry_of (TrkStore *store, TrkEvidence evidence, int start, int end)
{
  g_autoptr (TrkEntry) entry = make_entry (start, end);
  g_autoptr (GError) error = NULL;

  entry->evidence = evidence;
  begin (store, "log add");
  trk_store_add_entry (store, entry, &error);
  g_assert_no_error (error);
  commit (store);
}

static void
assert_first_trace (TrkStore *store, TrkInstant expected)
{
  g_autoptr (GError) error = NULL;
  TrkInstant trace = -1;

  g_assert_true (trk_store_first_trace (store, &trace, &error));
  g_assert_no_error (error);
  g_assert_cmpint (trace, ==, expected);
}

/* A daemon that has only looked at the day so far has marked nothing; the blocks that it copied do
 * not say that anybody kept their time. */
static void
test_first_trace_of_run (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkBlock) block = make_block ("a", -60, 0);
  gint64 run;

  put_block (store, block);
  g_assert_true (trk_store_begin_run (store, AT (-10), &run, NULL));
  assert_first_trace (store, AT (-10));
  g_assert_true (trk_store_mark (store, AT (-5), NULL));
  assert_first_trace (store, AT (-10));
}

/* The daemon marks before it copies the day, of which the morning is over. */
static void
test_first_trace (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  assert_first_trace (store, TRK_NEVER);
  g_assert_true (trk_store_mark (store, AT (-100), NULL));
  g_assert_true (trk_store_mark (store, AT (-90), NULL));
  assert_first_trace (store, AT (-100));
  add_entry (store, -80, -70);
  assert_first_trace (store, AT (-100));
  add_entry_of (store, TRK_EVIDENCE_MANUAL, -400, -350);
  assert_first_trace (store, AT (-100));
  add_entry_of (store, TRK_EVIDENCE_IMPORTED, -300, -200);
  assert_first_trace (store, AT (-300));
}

static void
test_first_trace_without_marks (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkBlock) block = make_block ("a", -60, 0);

  put_block (store, block);
  assert_first_trace (store, AT (-60));
  g_assert_true (trk_store_mark (store, AT (-30), NULL));
  assert_first_trace (store, AT (-30));
}

/* Nothing but a file: a calendar that is added keeps no time. */
static void
change_file (TrkStore *store)
{
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  const TrkFileChange change = {
    .path = (char *) "/a", .new_hash = (char *) "00", .old_bytes = none, .new_bytes = none
  };
  g_autoptr (GError) error = NULL;

  begin (store, "calendar add");
  trk_store_add_file_change (store, &change, &error);
  g_assert_no_error (error);
  commit (store);
}

static void
test_first_trace_is_no_file (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  change_file (store);
  assert_first_trace (store, TRK_NEVER);
  add_task (store, "a");
  assert_first_trace (store, MONDAY);
}

/* A command that wrote no time. */
static void
test_first_trace_of_command (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  add_task (store, "a");
  assert_first_trace (store, MONDAY);
  g_assert_true (trk_store_mark (store, AT (5), NULL));
  assert_first_trace (store, MONDAY);
}

/* Each machine's first entry is looked for on its own: one with none, or none that counts, does not
 * hide another's. */
static void
test_first_trace_of_other_machines (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  g_assert_true (trk_store_mark (store, AT (0), NULL));
  add_entry_of (store, TRK_EVIDENCE_OBSERVED, -300, -290);
  add_entry_of (store, TRK_EVIDENCE_OBSERVED, -200, -190);
  add_entry_of (store, TRK_EVIDENCE_MANUAL, -400, -390);
  g_assert_true (trk_db_exec (store->db,
                              "INSERT INTO machine (id) VALUES ('!'), ('other'), ('~');"
                              "UPDATE entry SET machine = 'other' WHERE number = 1;"
                              "UPDATE entry SET machine = '~' WHERE evidence = 'manual'",
                              NULL));
  assert_first_trace (store, AT (-300));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/values/mark", test_mark);
  g_test_add_func ("/store/values/first-trace", test_first_trace);
  g_test_add_func ("/store/values/first-trace-without-marks", test_first_trace_without_marks);
  g_test_add_func ("/store/values/first-trace-of-other-machines",
                   test_first_trace_of_other_machines);
  g_test_add_func ("/store/values/first-trace-of-run", test_first_trace_of_run);
  g_test_add_func ("/store/values/first-trace-of-command", test_first_trace_of_command);
  g_test_add_func ("/store/values/first-trace-is-no-file", test_first_trace_is_no_file);
  return g_test_run ();
}
