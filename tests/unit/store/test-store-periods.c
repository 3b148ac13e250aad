/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-store-private.h"

#include <string.h>

/* What is asked for by period is found, and nothing else. */

#define EVERYTHING ((TrkPeriod){ G_MININT64, TRK_NEVER })

static void
assert_same_figures (const GPtrArray *whole, const GPtrArray *figures, gboolean numbered)
{
  g_assert_cmpuint (whole->len, ==, figures->len);
  for (guint i = 0; i < whole->len; i++)
    {
      const TrkEntry *a = g_ptr_array_index (whole, i), *b = g_ptr_array_index (figures, i);

      g_assert_cmpint (numbered ? a->number : 0, ==, b->number);
      g_assert_cmpint (a->period.start, ==, b->period.start);
      g_assert_cmpint (a->period.end, ==, b->period.end);
      g_assert_cmpint (a->kind, ==, b->kind);
      g_assert_cmpstr (a->title, ==, b->title);
      g_assert_cmpstr (a->block_id, ==, b->block_id);
      g_assert_cmpint (a->task, ==, b->task);
      g_assert_cmpstr (a->project, ==, b->project);
      g_assert_cmpint (a->evidence, ==, b->evidence);
      g_assert_cmpint (a->end_reason, ==, b->end_reason);
    }
}

/* What figures are made of is the same as what is read whole; @without: in a log of one machine
 * numbers are read only where they are asked for. */
static void
assert_figures (TrkStore *store, TrkPeriod asked, const GPtrArray *whole, gboolean without)
{
  g_autoptr (TrkEntryPool) pool = trk_entry_pool_new ();
  g_autoptr (GPtrArray) plain = trk_store_entries_for_figures (store, asked, FALSE, pool, NULL);
  g_autoptr (GPtrArray) numbered = trk_store_entries_for_figures (store, asked, TRUE, pool, NULL);

  assert_same_figures (whole, plain, !without);
  assert_same_figures (whole, numbered, TRUE);
}

static void
assert_found (TrkStore *store, GArray *periods, TrkPeriod asked)
{
  g_autoptr (GPtrArray) found = trk_store_entries (store, asked, NULL);
  g_autoptr (GPtrArray) gaps = trk_store_gaps (store, asked, NULL);
  g_autoptr (GPtrArray) blocks = trk_store_blocks (store, asked, NULL);
  guint n = 0;

  for (guint i = 0; i < periods->len; i++)
    {
      TrkPeriod period = g_array_index (periods, TrkPeriod, i);

      if (period.start >= asked.end || period.end <= asked.start)
        continue;
      g_assert_cmpuint (n, <, found->len);
      g_assert_cmpuint (n, <, gaps->len);
      g_assert_cmpuint (n, <, blocks->len);
      g_assert_cmpint (((TrkEntry *) found->pdata[n])->period.start, ==, period.start);
      g_assert_cmpint (((TrkGap *) gaps->pdata[n])->period.start, ==, period.start);
      g_assert_cmpint (((TrkBlockRecord *) blocks->pdata[n])->block->period.start, ==,
                       period.start);
      n++;
    }
  g_assert_cmpuint (found->len, ==, n);
  assert_figures (store, asked, found, TRUE);
  g_assert_cmpuint (gaps->len, ==, n);
  g_assert_cmpuint (blocks->len, ==, n);
}

static void
add_everywhere (TrkStore *store, int start, int end, GArray *periods)
{
  g_autofree char *id = g_strdup_printf ("%d", start);
  g_autoptr (TrkBlock) block = make_block (id, start, end);
  g_autoptr (TrkGap) gap = trk_gap_new ();

  put_block (store, block);
  gap->period = block->period;
  gap->reason = TRK_REASON_AWAY;
  begin (store, "gap");
  g_assert_true (trk_store_add_gap (store, gap, NULL));
  commit (store);
  add_entry (store, start, end);
  g_array_append_val (periods, block->period);
}

/* Random stretches, some of them very long, some touching; every question is answered as a plain
 * look at all of them answers it. */
static void
test_periods (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GArray) periods = g_array_new (FALSE, FALSE, sizeof (TrkPeriod));
  int at = 0;

  for (int i = 0; i < 60; i++)
    {
      int start = at + (g_test_rand_bit () ? 0 : g_test_rand_int_range (0, 50));

      at = start + (g_test_rand_int_range (0, 10) == 0 ? 500 : g_test_rand_int_range (1, 40));
      add_everywhere (store, start, at, periods);
    }
  for (int i = 0; i < 500; i++)
    {
      int start = g_test_rand_int_range (-20, at + 20);
      int length = g_test_rand_int_range (1, 300);

      assert_found (store, periods, (TrkPeriod){ AT (start), AT (start + length) });
    }
  assert_found (store, periods, EVERYTHING);
}

static void
test_open_by_period (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) found = NULL;

  add_entry (store, 0, 10);
  add_entry (store, 10, OPEN);
  found = trk_store_entries (store, (TrkPeriod){ AT (50), AT (60) }, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (trk_entry_is_open (found->pdata[0]));
}

/* Rows of three machines, which may overlap, come by start all the same; those that start together
 * in the order of their numbers. */
static void
test_machines (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) found = NULL;

  for (int i = 0; i < 6; i++)
    add_entry (store, i * 10, i * 10 + 10);
  g_assert_true (trk_db_exec (store->db,
                              "INSERT INTO machine (id) VALUES ('zzzz'), ('0');"
                              "UPDATE entry SET machine = '0' WHERE number IN (2, 6);"
                              "UPDATE entry SET start = (SELECT start FROM entry WHERE number = 2)"
                              " WHERE number = 3;"
                              "UPDATE entry SET machine = 'zzzz', start = start - 10000000"
                              " WHERE number IN (1, 4)",
                              NULL));
  found = trk_store_entries (store, EVERYTHING, NULL);
  g_assert_cmpuint (found->len, ==, 6);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint (((TrkEntry *) found->pdata[i])->number, ==, i + 1);
  assert_figures (store, EVERYTHING, found, FALSE);
}

static void
add_lasting_gap (TrkStore *store)
{
  g_autoptr (TrkGap) gap = trk_gap_new ();

  gap->period = (TrkPeriod){ AT (0), TRK_NEVER };
  gap->reason = TRK_REASON_AWAY;
  begin (store, "away");
  g_assert_true (trk_store_add_gap (store, gap, NULL));
  commit (store);
}

/* What is open, and what lasts, on a machine that is not ours: nobody here keeps it. */
static void
test_open_elsewhere (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GPtrArray) gaps = NULL;
  gint64 task = add_task (store, "a"), number = add_entry (store, 0, OPEN);
  g_autoptr (TrkEntry) one = NULL;
  g_autofree char *mark =
      g_strdup_printf ("INSERT INTO machine (id, mark) VALUES ('other', %" G_GINT64_FORMAT ");"
                       "UPDATE entry SET machine = 'other', task = (SELECT number FROM task)",
                       AT (30));
  TrkDuration worked;

  g_assert_true (trk_db_exec (store->db, mark, NULL));
  add_lasting_gap (store);
  g_assert_true (trk_db_exec (store->db, "UPDATE gap SET machine = 'other'", NULL));
  g_assert_null (trk_store_open_entry (store, NULL));
  found = trk_store_entries (store, (TrkPeriod){ AT (20), AT (60) }, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  one = trk_store_entry (store, number, NULL);
  g_assert_cmpint (one->period.end, ==, AT (30));
  g_assert_cmpint (one->end_reason, ==, TRK_REASON_NOT_RUNNING);
  g_assert_cmpint (((TrkEntry *) found->pdata[0])->period.end, ==, AT (30));
  g_assert_cmpint (((TrkEntry *) found->pdata[0])->end_reason, ==, TRK_REASON_NOT_RUNNING);
  assert_figures (store, (TrkPeriod){ AT (20), AT (60) }, found, FALSE);
  later = trk_store_entries (store, (TrkPeriod){ AT (30), AT (60) }, NULL);
  g_assert_cmpuint (later->len, ==, 0);
  gaps = trk_store_gaps (store, EVERYTHING, NULL);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpint (((TrkGap *) gaps->pdata[0])->period.end, ==, AT (30));
  g_assert_true (trk_store_worked_on (store, task, AT (90), &worked, NULL));
  g_assert_cmpint (worked, ==, AT (30) - AT (0));
}

/* What is open here stays so, whatever another machine has, or has not. */
static void
test_open_here (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) alone = NULL;
  g_autoptr (GPtrArray) both = NULL;

  add_entry (store, 0, 10);
  add_entry (store, 10, OPEN);
  g_assert_true (
      trk_db_exec (store->db, "INSERT INTO machine (id, mark) VALUES ('other', 1)", NULL));
  alone = trk_store_entries (store, EVERYTHING, NULL);
  g_assert_cmpuint (alone->len, ==, 2);
  g_assert_true (trk_entry_is_open (alone->pdata[1]));
  g_assert_true (
      trk_db_exec (store->db, "UPDATE entry SET machine = 'other' WHERE number = 1", NULL));
  both = trk_store_entries (store, EVERYTHING, NULL);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_true (trk_entry_is_open (both->pdata[1]));
}

/* Begun behind its last mark: nothing is known of it. */
static void
test_open_elsewhere_unknown (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) gaps = NULL;

  add_entry (store, 0, OPEN);
  add_lasting_gap (store);
  g_assert_true (trk_db_exec (store->db,
                              "INSERT INTO machine (id) VALUES ('other');"
                              "UPDATE entry SET machine = 'other';"
                              "UPDATE gap SET machine = 'other'",
                              NULL));
  entries = trk_store_entries (store, EVERYTHING, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
  gaps = trk_store_gaps (store, EVERYTHING, NULL);
  g_assert_cmpuint (gaps->len, ==, 0);
}

/* What figures are made of is read from the index alone, without the entries' own pages. */
static void
test_figures_are_in_the_index (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  TrkQuery *query = trk_db_query (
      store->db, NULL,
      "EXPLAIN QUERY PLAN SELECT number, start, end, kind, title, block, task, project, evidence,"
      " end_reason FROM entry WHERE machine = 'm' AND start < 20 AND start >= 10",
      "");

  g_assert_true (trk_query_next (query));
  g_assert_nonnull (strstr (trk_query_text (query, 3), "USING COVERING INDEX entry_by_start"));
  g_assert_true (trk_query_end (query, NULL));
}

/* What was left is found among what has an end of its own: it costs the same in an old log. */
static void
test_left_are_in_the_index (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  TrkQuery *query = trk_db_query (
      store->db, NULL,
      "EXPLAIN QUERY PLAN SELECT block.id FROM block_state AS state JOIN block"
      " ON block.id = state.block WHERE state.end <> 0 AND state.end >= 10 AND state.end < 20"
      " AND outcome IN ('skipped', 'done')",
      "");

  g_assert_true (trk_query_next (query));
  g_assert_nonnull (strstr (trk_query_text (query, 3), "USING INDEX block_state_by_end"));
  g_assert_true (trk_query_next (query));
  g_assert_nonnull (strstr (trk_query_text (query, 3), "SEARCH block USING"));
  g_assert_true (trk_query_end (query, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/periods/random", test_periods);
  g_test_add_func ("/store/periods/open", test_open_by_period);
  g_test_add_func ("/store/periods/machines", test_machines);
  g_test_add_func ("/store/periods/open-here", test_open_here);
  g_test_add_func ("/store/periods/open-elsewhere", test_open_elsewhere);
  g_test_add_func ("/store/periods/open-elsewhere-unknown", test_open_elsewhere_unknown);
  g_test_add_func ("/store/periods/figures-in-the-index", test_figures_are_in_the_index);
  g_test_add_func ("/store/periods/left-in-the-index", test_left_are_in_the_index);
  return g_test_run ();
}
