/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-gap-fill.h"
#include "trk-gap-left.h"

/* What tracker fill writes. A block of focus 09:00–10:00 with 20 min of work before a gap of half
 * an hour. */

#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND) /* 2026-11-23T00:00:00Z */
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

typedef struct
{
  const char *name;
  TrkAnswer answer;
  gboolean block;      /* the gap is in the block */
  gboolean by_hand;    /* what it broke off was begun by hand: it is no block's */
  gboolean occupied;   /* another entry lies at 09:30–09:35 */
  const char *entries; /* written by the answer */
  TrkOutcome outcome;  /* of the block, that was partial */
} Case;

static const Case cases[] = {
  { "worked", TRK_ANSWER_WORKED, TRUE, FALSE, FALSE, "focus Fix 0920-0950 task 7",
    TRK_OUTCOME_DONE },
  { "a-break", TRK_ANSWER_BREAK, TRUE, FALSE, FALSE, "break Break 0920-0950", TRK_OUTCOME_PARTIAL },
  { "discarded", TRK_ANSWER_DISCARD, TRUE, FALSE, FALSE, "", TRK_OUTCOME_PARTIAL },
  { "worked-around-another", TRK_ANSWER_WORKED, TRUE, FALSE, TRUE,
    "focus Fix 0920-0930 task 7, focus Fix 0935-0950 task 7", TRK_OUTCOME_PARTIAL },
  { "worked-without-a-block", TRK_ANSWER_WORKED, FALSE, FALSE, FALSE, "shallow Work 0920-0950",
    TRK_OUTCOME_PARTIAL },
  { "worked-by-hand", TRK_ANSWER_WORKED, FALSE, TRUE, FALSE, "focus Fix 0920-0950 task 7",
    TRK_OUTCOME_PARTIAL },
};

static void
add_block (TrkStore *store)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockState) state = trk_block_state_new ("b");

  block->id = g_strdup ("b");
  block->title = g_strdup ("Payment");
  block->kind = TRK_KIND_FOCUS;
  block->kind_why = g_strdup ("test");
  block->period = block->planned = (TrkPeriod){ AT (9, 0), AT (10, 0) };
  state->outcome = TRK_OUTCOME_PARTIAL;
  state->outcome_reason = TRK_REASON_BLOCK_END;
  g_assert_true (trk_store_put_block (store, block, NULL));
  g_assert_true (trk_store_set_block_state (store, state, NULL));
}

static void
add_entry (TrkStore *store, const char *title, const char *block, gint64 task, TrkPeriod period)
{
  g_autoptr (TrkEntry) entry = trk_entry_new ();

  entry->title = g_strdup (title);
  entry->block_id = g_strdup (block);
  entry->task = task;
  entry->kind = TRK_KIND_FOCUS;
  entry->period = period;
  entry->zone = g_strdup ("UTC");
  g_assert_true (trk_store_add_entry (store, entry, NULL));
}

static void
add_task (TrkStore *store)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (TrkTask) task = trk_task_new ();

      g_free (task->title);
      task->title = g_strdup ("Fix");
      g_assert_true (trk_store_add_task (store, task, NULL));
    }
}

static char *
written (TrkStore *store)
{
  g_autoptr (GPtrArray) entries =
      trk_store_entries (store, (TrkPeriod){ DAY_START, AT (24, 0) }, NULL);
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];
      TrkPeriod minutes = { (entry->period.start - DAY_START) / TRK_MINUTE,
                            (entry->period.end - DAY_START) / TRK_MINUTE };

      if (entry->evidence != TRK_EVIDENCE_MANUAL)
        continue;
      g_string_append_printf (text, "%s%s %s %02d%02d-%02d%02d", text->len > 0 ? ", " : "",
                              trk_kind_to_string (entry->kind), entry->title,
                              (int) minutes.start / 60, (int) minutes.start % 60,
                              (int) minutes.end / 60, (int) minutes.end % 60);
      if (entry->task != 0)
        g_string_append_printf (text, " task %d", (int) entry->task);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TrkStore) store = trk_store_open (NULL, TRK_STORE_MEMORY, NULL);
  g_autoptr (TrkGap) gap = trk_gap_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  trk_store_begin (store, TRK_ACTOR_USER, "test", AT (11, 0), &error);
  g_assert_no_error (error);
  add_task (store);
  add_block (store);
  add_entry (store, "Fix", row->by_hand ? NULL : "b", 7, (TrkPeriod){ AT (9, 0), AT (9, 20) });
  if (row->occupied)
    add_entry (store, "Call", NULL, 0, (TrkPeriod){ AT (9, 30), AT (9, 35) });
  gap->period = (TrkPeriod){ AT (9, 20), AT (9, 50) };
  gap->reason = TRK_REASON_AWAY;
  gap->block_id = g_strdup (row->block ? "b" : NULL);
  g_assert_true (trk_store_add_gap (store, gap, NULL));
  trk_gap_fill (store, gap, row->answer, "UTC", &error);
  g_assert_no_error (error);
  trk_store_commit (store, &error);
  g_assert_no_error (error);

  text = written (store);
  g_assert_cmpstr (text, ==, row->entries);
  records = trk_store_blocks (store, (TrkPeriod){ DAY_START, AT (24, 0) }, NULL);
  g_assert_cmpint (((TrkBlockRecord *) records->pdata[0])->state->outcome, ==, row->outcome);
  gaps = trk_store_gaps (store, (TrkPeriod){ DAY_START, AT (24, 0) }, NULL);
  g_assert_cmpint (((TrkGap *) gaps->pdata[0])->answer, ==, row->answer);
}

static TrkGap *
add_gap (GPtrArray *gaps, TrkPeriod period, TrkAnswer answer)
{
  TrkGap *gap = trk_gap_new ();

  gap->period = period;
  gap->answer = answer;
  g_ptr_array_add (gaps, gap);
  return gap;
}

static GPtrArray *
entries_of (const TrkPeriod *periods, gsize n)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);

  for (gsize i = 0; i < n; i++)
    {
      TrkEntry *entry = trk_entry_new ();

      entry->period = periods[i];
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

/* In the time of an entry that was written afterwards nobody was away or paused. */
static void
test_what_is_left (void)
{
  static const TrkPeriod left[] = { { AT (9, 0), AT (9, 10) },
                                    { AT (9, 20), AT (9, 30) },
                                    { AT (11, 0), AT (11, 10) },
                                    { AT (12, 10), TRK_NEVER } };
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  static const TrkPeriod written[] = { { AT (9, 10), AT (9, 20) },
                                       { AT (9, 50), AT (10, 20) },
                                       { AT (11, 0), AT (11, 10) },
                                       { AT (12, 0), AT (12, 10) } };
  g_autoptr (GPtrArray) entries = entries_of (written, G_N_ELEMENTS (written));

  add_gap (gaps, (TrkPeriod){ AT (9, 0), AT (9, 30) }, TRK_ANSWER_NONE);
  add_gap (gaps, (TrkPeriod){ AT (10, 0), AT (10, 20) }, TRK_ANSWER_NONE);
  add_gap (gaps, (TrkPeriod){ AT (11, 0), AT (11, 10) }, TRK_ANSWER_WORKED);
  add_gap (gaps, (TrkPeriod){ AT (12, 0), TRK_NEVER }, TRK_ANSWER_NONE);
  g_assert_true (trk_gap_is_left (gaps->pdata[0], entries));
  g_assert_false (trk_gap_is_left (gaps->pdata[1], entries));
  trk_gaps_leave_free (gaps, entries);
  g_assert_cmpuint (gaps->len, ==, G_N_ELEMENTS (left));
  for (guint i = 0; i < gaps->len; i++)
    {
      g_assert_cmpint (((TrkGap *) gaps->pdata[i])->period.start, ==, left[i].start);
      g_assert_cmpint (((TrkGap *) gaps->pdata[i])->period.end, ==, left[i].end);
    }
}

/* Entries and gaps of two machines: the short ones of one lie in the long ones of the other. */
static void
test_what_is_left_of_two_machines (void)
{
  static const TrkPeriod written[] = {
    { AT (9, 0), AT (9, 10) },    { AT (9, 5), AT (9, 50) }, { AT (9, 20), AT (9, 25) },
    { AT (10, 10), AT (10, 20) }, { AT (11, 0), TRK_NEVER }, { AT (11, 5), AT (11, 10) },
  };
  static const TrkPeriod away[] = {
    { AT (9, 0), AT (9, 30) },    { AT (9, 40), AT (10, 30) },  { AT (10, 0), AT (10, 15) },
    { AT (10, 12), AT (10, 25) }, { AT (10, 50), AT (11, 30) }, { AT (11, 40), AT (11, 50) },
  };
  static const TrkPeriod left[] = {
    { AT (9, 50), AT (10, 10) },  { AT (10, 20), AT (10, 30) }, { AT (10, 0), AT (10, 10) },
    { AT (10, 20), AT (10, 25) }, { AT (10, 50), AT (11, 0) },
  };
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  g_autoptr (GPtrArray) entries = entries_of (written, G_N_ELEMENTS (written));

  for (gsize i = 0; i < G_N_ELEMENTS (away); i++)
    add_gap (gaps, away[i], TRK_ANSWER_NONE);
  trk_gaps_leave_free (gaps, entries);
  g_assert_cmpuint (gaps->len, ==, G_N_ELEMENTS (left));
  for (guint i = 0; i < gaps->len; i++)
    {
      g_assert_cmpint (((TrkGap *) gaps->pdata[i])->period.start, ==, left[i].start);
      g_assert_cmpint (((TrkGap *) gaps->pdata[i])->period.end, ==, left[i].end);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gap-fill/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/gap-left", test_what_is_left);
  g_test_add_func ("/gap-left-of-two-machines", test_what_is_left_of_two_machines);
  return g_test_run ();
}
