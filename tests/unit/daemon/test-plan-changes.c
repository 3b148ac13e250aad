/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-plan-changes.h"

#define AT(hour) ((hour) *TRK_HOUR)
#define NOW AT (10)
#define DAY_END AT (24)

/* One block in the plan and in the log: with which hour, and what became of it; what is changed. */
typedef struct
{
  const char *name;
  gboolean readable;   /* the log */
  int planned, logged; /* hours at which it begins; -1: not there */
  TrkOutcome outcome;
  gboolean put, forgotten;
  TrkReason why; /* that outcome */
} Case;

static const Case cases[] = {
  { "new", TRUE, 12, -1, TRK_OUTCOME_NONE, TRUE, FALSE },
  { "same", TRUE, 12, 12, TRK_OUTCOME_NONE, FALSE, FALSE },
  { "moved", TRUE, 13, 12, TRK_OUTCOME_NONE, TRUE, FALSE },
  { "of-tomorrow", TRUE, 25, -1, TRK_OUTCOME_NONE, FALSE, FALSE },
  { "gone", TRUE, -1, 12, TRK_OUTCOME_NONE, FALSE, TRUE },
  { "gone-but-begun", TRUE, -1, 9, TRK_OUTCOME_NONE, FALSE, FALSE },
  { "moved-after-its-end", TRUE, 7, 6, TRK_OUTCOME_MISSED, FALSE, FALSE },
  { "moved-but-skipped", TRUE, 13, 12, TRK_OUTCOME_SKIPPED, FALSE, FALSE },
  { "cancelled-and-back", TRUE, 13, 12, TRK_OUTCOME_CANCELLED, TRUE, FALSE },
  { "longer-after-its-end", TRUE, 9, 7, TRK_OUTCOME_DONE, TRUE, FALSE, TRK_REASON_BLOCK_END },
  { "longer-but-over", TRUE, 8, 7, TRK_OUTCOME_DONE, FALSE, FALSE, TRK_REASON_BLOCK_END },
  { "longer-but-done-early", TRUE, 9, 7, TRK_OUTCOME_DONE, FALSE, FALSE, TRK_REASON_DONE },
  { "unreadable-over", FALSE, 6, -1, TRK_OUTCOME_NONE, FALSE, FALSE },
  { "unreadable-to-come", FALSE, 12, -1, TRK_OUTCOME_NONE, FALSE, FALSE },
};

static TrkBlock *
block_at (int hour)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup ("one");
  block->title = g_strdup ("One");
  block->kind = TRK_KIND_FOCUS;
  block->kind_why = g_strdup ("the test");
  block->period = block->planned = (TrkPeriod){ AT (hour), AT (hour + 2) };
  return block;
}

static GPtrArray *
records_of (const Case *row)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (TrkBlockState) state = NULL;
  g_autoptr (TrkBlock) block = NULL;

  if (row->logged < 0)
    return records;
  state = trk_block_state_new ("one");
  state->outcome = row->outcome;
  state->outcome_reason = row->why;
  block = block_at (row->logged);
  g_ptr_array_add (records, trk_block_record_new (block, state));
  return records;
}

static void
test_row (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  g_autoptr (GPtrArray) records = row->readable ? records_of (row) : NULL;
  g_autoptr (GPtrArray) put = NULL;
  g_autoptr (GPtrArray) forget = NULL;
  g_autoptr (TrkPlan) plan = NULL;

  if (row->planned >= 0)
    g_ptr_array_add (blocks, block_at (row->planned));
  plan = trk_plan_new_for_blocks (blocks, (TrkPeriod){ AT (0), AT (48) });
  put = trk_plan_blocks_to_put (plan, records, DAY_END, NOW);
  forget = trk_plan_blocks_to_forget (plan, records, NOW);
  g_assert_cmpuint (put->len, ==, row->put);
  g_assert_cmpuint (forget->len, ==, row->forgotten);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-changes/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_row);
    }
  return g_test_run ();
}
