/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-store-private.h"

/* What the log keeps of the plan comes back as it was written. */

#define EVERYTHING ((TrkPeriod){ G_MININT64, TRK_NEVER })

static void
test_block (void)
{
  static const TrkDuration leads[] = { 5 * TRK_MINUTE, -TRK_MINUTE };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkBlock) block = make_block ("a", 0, 60);
  g_autoptr (TrkBlockState) state = trk_block_state_new ("a");
  g_autoptr (GPtrArray) records = NULL;
  TrkBlockRecord *record;

  block->calendar = g_strdup ("work");
  block->checklist = g_strdup ("one\ntwo");
  block->location = g_strdup ("room");
  block->link = g_strdup ("https://x");
  block->kind = TRK_KIND_ROUTINE;
  block->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  g_array_append_vals (block->leads, leads, 2);
  put_block (store, block);
  state->start = AT (5);
  state->end = AT (70);
  state->outcome = TRK_OUTCOME_SKIPPED;
  state->outcome_reason = TRK_REASON_SKIP;
  state->note = g_strdup ("no");
  state->notices = 5;
  state->reminders = 2;
  state->postponed = 3;
  begin (store, "skip");
  g_assert_true (trk_store_set_block_state (store, state, NULL));
  commit (store);
  put_block (store, block); /* the plan is written again; the state stays */

  records = trk_store_blocks (store, EVERYTHING, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpstr (record->block->id, ==, "a");
  g_assert_cmpstr (record->block->calendar, ==, "work");
  g_assert_cmpstr (record->block->title, ==, "Focus");
  g_assert_cmpstr (record->block->checklist, ==, "one\ntwo");
  g_assert_cmpstr (record->block->location, ==, "room");
  g_assert_cmpstr (record->block->link, ==, "https://x");
  g_assert_cmpint (record->block->kind, ==, TRK_KIND_ROUTINE);
  g_assert_cmpstr (record->block->kind_why, ==, "rule 1");
  g_assert_cmpint (record->block->period.start, ==, AT (0));
  g_assert_cmpint (record->block->period.end, ==, AT (60));
  g_assert_cmpint (record->block->planned.start, ==, AT (0) - 1);
  g_assert_cmpint (record->block->planned.end, ==, AT (60) + 1);
  g_assert_cmpmem (record->block->leads->data, 2 * sizeof (TrkDuration), leads, sizeof leads);
  g_assert_cmpint (record->state->start, ==, AT (5));
  g_assert_cmpint (record->state->end, ==, AT (70));
  g_assert_cmpint (record->state->outcome, ==, TRK_OUTCOME_SKIPPED);
  g_assert_cmpint (record->state->outcome_reason, ==, TRK_REASON_SKIP);
  g_assert_cmpstr (record->state->note, ==, "no");
  g_assert_cmpuint (record->state->notices, ==, 5);
  g_assert_cmpuint (record->state->reminders, ==, 2);
  g_assert_cmpuint (record->state->postponed, ==, 3);
}

static gint64
notices_column (TrkStore *store)
{
  TrkQuery *query = trk_db_query (store->db, NULL, "SELECT notices FROM block_state", "");
  gint64 column;

  g_assert_true (trk_query_next (query));
  column = trk_query_int (query, 0);
  g_assert_true (trk_query_end (query, NULL));
  return column;
}

/* What the user and the calendar did with a block lies above its notices, as in every log that was
 * written before: each where it was. */
static void
test_handled (void)
{
  static const struct
  {
    gsize flag;
    gint64 column;
  } rows[] = {
    { G_STRUCT_OFFSET (TrkBlockState, begun_early), 1 << 24 },
    { G_STRUCT_OFFSET (TrkBlockState, runs_unplanned), 1 << 25 },
    { G_STRUCT_OFFSET (TrkBlockState, taken), 1 << 26 },
    { G_STRUCT_OFFSET (TrkBlockState, stopped), 1 << 27 },
    { G_STRUCT_OFFSET (TrkBlockState, left), 1 << 28 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkStore) store = open_memory ();
      g_autoptr (TrkBlock) block = make_block ("a", 0, 60);
      g_autoptr (TrkBlockState) state = trk_block_state_new ("a");
      g_autoptr (GPtrArray) records = NULL;
      TrkBlockState *read;

      g_assert_false (trk_block_state_was_handled (state));
      G_STRUCT_MEMBER (gboolean, state, rows[i].flag) = TRUE;
      g_assert_true (trk_block_state_was_handled (state));
      state->notices = 5 | 1 << 16;
      put_block (store, block);
      begin (store, "x");
      g_assert_true (trk_store_set_block_state (store, state, NULL));
      commit (store);
      g_assert_cmpint (notices_column (store), ==, (5 | 1 << 16 | rows[i].column));
      records = trk_store_blocks (store, EVERYTHING, NULL);
      read = ((TrkBlockRecord *) records->pdata[0])->state;
      g_assert_cmpuint (read->notices, ==, (5 | 1 << 16));
      for (gsize k = 0; k < G_N_ELEMENTS (rows); k++)
        g_assert_cmpint (G_STRUCT_MEMBER (gboolean, read, rows[k].flag), ==, k == i);
      trk_block_state_forget_handled (read);
      g_assert_false (trk_block_state_was_handled (read));
    }
}

static void
leave_block (TrkStore *store, const char *id, int start, TrkInstant left, TrkOutcome outcome)
{
  g_autoptr (TrkBlock) block = make_block (id, start, start + 30);
  g_autoptr (TrkBlockState) state = trk_block_state_new (id);

  put_block (store, block);
  state->end = left;
  state->outcome = outcome;
  begin (store, "leave");
  g_assert_true (trk_store_set_block_state (store, state, NULL));
  commit (store);
}

/* What the user ended is found by when that was, wherever the block lies. */
static void
test_blocks_left (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) records = NULL;
  const char *ids[] = { "first", "done", "skipped" };

  leave_block (store, "before", 50, AT (49), TRK_OUTCOME_SKIPPED);
  leave_block (store, "skipped", 500, AT (59), TRK_OUTCOME_SKIPPED);
  leave_block (store, "done", 50, AT (55), TRK_OUTCOME_DONE);
  leave_block (store, "first", 40, AT (50), TRK_OUTCOME_SKIPPED);
  leave_block (store, "after", 50, AT (60), TRK_OUTCOME_DONE);
  leave_block (store, "extended", 50, AT (55), TRK_OUTCOME_NONE);
  leave_block (store, "cancelled", 50, AT (55), TRK_OUTCOME_CANCELLED);
  leave_block (store, "in time", 50, 0, TRK_OUTCOME_DONE);
  records = trk_store_blocks_left (store, (TrkPeriod){ AT (50), AT (60) }, NULL);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpstr (((TrkBlockRecord *) records->pdata[i])->block->id, ==, ids[i]);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = trk_store_blocks_left (store, (TrkPeriod){ G_MININT64, AT (0) }, NULL);
  g_assert_cmpuint (records->len, ==, 0);
}

static void
test_forget_block (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkBlock) known = make_block ("known", 0, 60);
  g_autoptr (TrkBlock) worked = make_block ("worked", 60, 90);
  g_autoptr (TrkBlock) gone = make_block ("gone", 90, 120);
  g_autoptr (TrkBlockState) state = trk_block_state_new ("known");
  g_autoptr (TrkEntry) entry = make_entry (60, 70);
  g_autoptr (GPtrArray) records = NULL;

  put_block (store, known);
  put_block (store, worked);
  put_block (store, gone);
  entry->block_id = g_strdup ("worked");
  begin (store, "x");
  g_assert_true (trk_store_set_block_state (store, state, NULL));
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  g_assert_true (trk_store_forget_block (store, "known", NULL));
  g_assert_true (trk_store_forget_block (store, "worked", NULL));
  g_assert_true (trk_store_forget_block (store, "gone", NULL));
  commit (store);
  records = trk_store_blocks (store, EVERYTHING, NULL);
  g_assert_cmpuint (records->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/values/block", test_block);
  g_test_add_func ("/store/values/blocks-left", test_blocks_left);
  g_test_add_func ("/store/values/handled", test_handled);
  g_test_add_func ("/store/values/forget-block", test_forget_block);
  return g_test_run ();
}
