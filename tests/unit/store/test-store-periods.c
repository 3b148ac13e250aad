/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

/* What is asked for by period is found, and nothing else. */

#define EVERYTHING ((TrkPeriod){ G_MININT64, TRK_NEVER })

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/periods/random", test_periods);
  g_test_add_func ("/store/periods/open", test_open_by_period);
  return g_test_run ();
}
