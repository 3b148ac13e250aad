/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

#include <string.h>

/* What is written comes back the same, and what is asked for by period is found. */

#define EVERYTHING ((TrkPeriod){ G_MININT64, TRK_NEVER })

static TrkEntry *
make_full_entry (void)
{
  static const char *const tags[] = { "billing", "two words", "ü, \"quoted\"", NULL };
  TrkEntry *entry = make_entry (540, 600);

  g_free (entry->title);
  entry->title = g_strdup ("PDF \"x\" 'y' \\ \t <b>ü\001");
  entry->kind = TRK_KIND_MEETING;
  entry->block_id = g_strdup ("work/uid@x/20261123T090000Z#2");
  entry->project = g_strdup ("billing");
  entry->tags = g_strdupv ((GStrv) tags);
  entry->evidence = TRK_EVIDENCE_OBSERVED;
  entry->start_reason = TRK_REASON_BLOCK_START;
  entry->end_reason = TRK_REASON_SLEEP;
  entry->note = g_strdup ("line\nline");
  entry->zone = g_strdup ("Europe/Berlin");
  entry->until = AT (630);
  return entry;
}

static void
assert_same_entry (const TrkEntry *a, const TrkEntry *b)
{
  g_assert_cmpint (a->number, ==, b->number);
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpint (a->period.start, ==, b->period.start);
  g_assert_cmpint (a->period.end, ==, b->period.end);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->block_id, ==, b->block_id);
  g_assert_cmpint (a->task, ==, b->task);
  g_assert_cmpstr (a->project, ==, b->project);
  g_assert_true ((a->tags == NULL) == (b->tags == NULL));
  g_assert_true (a->tags == NULL
                 || g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags));
  g_assert_cmpint (a->evidence, ==, b->evidence);
  g_assert_cmpint (a->start_reason, ==, b->start_reason);
  if (!trk_entry_is_open (a))
    g_assert_cmpint (a->end_reason, ==, b->end_reason);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->until, ==, b->until);
}

static void
test_entry (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) full = make_full_entry ();
  g_autoptr (TrkEntry) bare = make_entry (700, OPEN);
  g_autoptr (TrkEntry) full_again = NULL;
  g_autoptr (TrkEntry) bare_again = NULL;

  full->task = add_task (store, "a");
  begin (store, "log add");
  g_assert_true (trk_store_add_entry (store, full, NULL));
  g_assert_true (trk_store_add_entry (store, bare, NULL));
  commit (store);
  full_again = trk_store_entry (store, full->number, NULL);
  assert_same_entry (full_again, full);
  bare_again = trk_store_open_entry (store, NULL);
  assert_same_entry (bare_again, bare);

  g_free (full->title);
  full->title = g_strdup ("other");
  g_clear_pointer (&full->tags, g_strfreev);
  g_clear_pointer (&full->note, g_free);
  full->task = 0;
  full->until = 0;
  begin (store, "log edit");
  g_assert_true (trk_store_update_entry (store, full, NULL));
  commit (store);
  trk_entry_free (full_again);
  full_again = trk_store_entry (store, full->number, NULL);
  assert_same_entry (full_again, full);
}

static void
test_missing (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (0, 10);
  g_autoptr (GError) error = NULL;

  g_assert_null (trk_store_entry (store, 12, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "there is no entry 12");
  g_clear_error (&error);
  g_assert_null (trk_store_task (store, 3, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (trk_store_open_entry (store, &error));
  g_assert_no_error (error);
  g_assert_null (trk_store_current_sprint (store, &error));
  g_assert_no_error (error);
  begin (store, "log edit");
  entry->number = 7;
  g_assert_false (trk_store_update_entry (store, entry, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (trk_store_remove_entry (store, 7, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
}

static void
test_gap (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkGap) gap = trk_gap_new ();
  g_autoptr (GPtrArray) gaps = NULL;
  TrkGap *again;

  gap->period = (TrkPeriod){ AT (10), TRK_NEVER };
  gap->reason = TRK_REASON_LOCK;
  gap->block_id = g_strdup ("b");
  begin (store, "away");
  g_assert_true (trk_store_add_gap (store, gap, NULL));
  commit (store);
  gap->period.end = AT (20);
  gap->answer = TRK_ANSWER_WORKED;
  begin (store, "answer");
  g_assert_true (trk_store_update_gap (store, gap, NULL));
  commit (store);
  gaps = trk_store_gaps (store, EVERYTHING, NULL);
  g_assert_cmpuint (gaps->len, ==, 1);
  again = gaps->pdata[0];
  g_assert_cmpint (again->number, ==, gap->number);
  g_assert_cmpstr (again->id, ==, gap->id);
  g_assert_cmpint (again->period.start, ==, AT (10));
  g_assert_cmpint (again->period.end, ==, AT (20));
  g_assert_cmpint (again->reason, ==, TRK_REASON_LOCK);
  g_assert_cmpint (again->answer, ==, TRK_ANSWER_WORKED);
  g_assert_cmpstr (again->block_id, ==, "b");
}

static TrkBlock *
make_block (const char *id, int start, int end)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup (id);
  block->title = g_strdup ("Focus");
  block->kind_why = g_strdup ("rule 1");
  block->period = (TrkPeriod){ AT (start), AT (end) };
  block->planned = (TrkPeriod){ AT (start) - 1, AT (end) + 1 };
  return block;
}

static void
put_block (TrkStore *store, const TrkBlock *block)
{
  g_autoptr (GError) error = NULL;

  begin (store, "plan");
  trk_store_put_block (store, block, &error);
  g_assert_no_error (error);
  commit (store);
}

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

static void
test_notice (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_ENDING, "block");
  g_autoptr (GPtrArray) records = NULL;
  TrkNoticeRecord *record;
  gint64 number;

  notice->title = g_strdup ("Soon over");
  notice->body = g_strdup ("in 2 min\nreally");
  notice->link = g_strdup ("https://x");
  notice->transient = TRUE;
  trk_notice_add_button (notice, TRK_BUTTON_SNOOZE, "Snooze 5 min");
  trk_notice_add_button (notice, TRK_BUTTON_SKIP, "Skip");
  begin (store, "step");
  g_assert_true (trk_store_add_notice (store, notice, TRK_REASON_LEAD, AT (3), &number, NULL));
  commit (store);
  g_assert_true (trk_store_confirm_notice (store, number, AT (4), "dunst", NULL));
  records = trk_store_notices (store, (TrkPeriod){ AT (3), AT (4) }, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpint (record->number, ==, number);
  g_assert_cmpint (record->at, ==, AT (3));
  g_assert_cmpint (record->shown, ==, AT (4));
  g_assert_cmpstr (record->backend, ==, "dunst");
  g_assert_cmpint (record->reason, ==, TRK_REASON_LEAD);
  g_assert_cmpint (record->notice->kind, ==, TRK_NOTICE_ENDING);
  g_assert_cmpstr (record->notice->key, ==, "block");
  g_assert_cmpstr (record->notice->title, ==, "Soon over");
  g_assert_cmpstr (record->notice->body, ==, "in 2 min\nreally");
  g_assert_cmpstr (record->notice->link, ==, "https://x");
  g_assert_cmpuint (record->notice->n_buttons, ==, 2);
  g_assert_cmpint (record->notice->buttons[1], ==, TRK_BUTTON_SKIP);
  g_assert_cmpstr (record->notice->button_labels[0], ==, "Snooze 5 min");
  g_assert_true (record->notice->transient);
  g_assert_false (record->notice->urgent);
}

static void
test_work (void)
{
  static const char *const tags[] = { "a", "b", NULL };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkSprint) sprint = trk_sprint_new ();
  g_autoptr (TrkTask) task = trk_task_new ();
  g_autoptr (TrkSprint) current = NULL;
  g_autoptr (TrkTask) again = NULL;
  g_autoptr (GArray) rows = NULL;
  TrkSprintTask row = { .how = TRK_JOIN_ADDED, .joined = AT (1) };
  TrkSprintTask *read;

  sprint->name = g_strdup ("S1");
  sprint->goal = g_strdup ("ship");
  sprint->first = 20780;
  sprint->last = 20789;
  sprint->started = AT (0);
  task->title = g_strdup ("endpoint");
  task->project = g_strdup ("billing");
  task->tags = g_strdupv ((GStrv) tags);
  task->note = g_strdup ("n");
  task->state = TRK_TASK_CANCELLED;
  task->parent = add_task (store, "parent");
  task->estimate = 30 * TRK_MINUTE;
  task->points = 0.1 + 0.2;
  task->created = AT (0);
  task->completed = AT (9);
  begin (store, "work");
  g_assert_true (trk_store_add_sprint (store, sprint, NULL));
  task->sprint = sprint->number;
  g_assert_true (trk_store_add_task (store, task, NULL));
  row.sprint = sprint->number;
  row.task = task->number;
  g_assert_true (trk_store_put_sprint_task (store, &row, NULL));
  row.left = AT (5);
  row.carried = TRUE;
  g_assert_true (trk_store_put_sprint_task (store, &row, NULL));
  commit (store);

  current = trk_store_current_sprint (store, NULL);
  g_assert_cmpstr (current->name, ==, "S1");
  g_assert_cmpstr (current->goal, ==, "ship");
  g_assert_cmpint (current->first, ==, 20780);
  g_assert_cmpint (current->last, ==, 20789);
  g_assert_cmpint (current->started, ==, AT (0));
  again = trk_store_task (store, task->number, NULL);
  g_assert_cmpstr (again->id, ==, task->id);
  g_assert_cmpstr (again->project, ==, "billing");
  g_assert_cmpstr (again->tags[1], ==, "b");
  g_assert_cmpstr (again->note, ==, "n");
  g_assert_cmpint (again->state, ==, TRK_TASK_CANCELLED);
  g_assert_cmpint (again->parent, ==, task->parent);
  g_assert_cmpint (again->sprint, ==, sprint->number);
  g_assert_cmpint (again->estimate, ==, 30 * TRK_MINUTE);
  g_assert_true (again->points == 0.1 + 0.2);
  g_assert_cmpint (again->completed, ==, AT (9));
  rows = trk_store_sprint_tasks (store, 0, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  read = &g_array_index (rows, TrkSprintTask, 0);
  g_assert_cmpint (read->how, ==, TRK_JOIN_ADDED);
  g_assert_cmpint (read->left, ==, AT (5));
  g_assert_true (read->carried);

  sprint->closed = AT (60);
  begin (store, "sprint close");
  g_assert_true (trk_store_update_sprint (store, sprint, NULL));
  commit (store);
  g_assert_null (trk_store_current_sprint (store, NULL));
}

static void
test_metric (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  const char *const names[] = { "coverage", "builds", "coverage" };

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (TrkMetric) metric = trk_metric_new ();

      metric->name = g_strdup (names[i]);
      metric->value = 83.2 + i;
      metric->unit = g_strdup ("%");
      metric->source = g_strdup ("manual");
      metric->at = AT (i);
      begin (store, "metric add");
      g_assert_true (trk_store_add_metric (store, metric, NULL));
      commit (store);
    }
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) found = trk_store_metrics (store, i == 0 ? "coverage" : NULL,
                                                       (TrkPeriod){ AT (0), AT (3) }, NULL);
      TrkMetric *last = found->pdata[found->len - 1];

      g_assert_cmpuint (found->len, ==, i == 0 ? 2 : 3);
      g_assert_true (last->value == 85.2);
      g_assert_cmpstr (last->unit, ==, "%");
      g_assert_cmpstr (last->source, ==, "manual");
      g_assert_cmpint (last->at, ==, AT (2));
    }
  begin (store, "metric remove");
  g_assert_true (trk_store_remove_metric (store, 1, NULL));
  g_assert_false (trk_store_remove_metric (store, 99, NULL));
  commit (store);
}

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
assert_first_trace (TrkStore *store, TrkInstant expected)
{
  g_autoptr (GError) error = NULL;
  TrkInstant trace = -1;

  g_assert_true (trk_store_first_trace (store, &trace, &error));
  g_assert_no_error (error);
  g_assert_cmpint (trace, ==, expected);
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
  add_entry (store, -300, -200);
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

/* RFC 9562: version 7, variant 10, milliseconds first; later ones sort later, those of one instant
 * in the order in which they were made. */
static void
test_ids (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autofree char *before = g_strdup ("");

  begin (store, "ids");
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *time = NULL;

      store->now = MONDAY + i / 7;
      id = trk_store_new_id (store);
      g_assert_true (g_uuid_string_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      time = g_strdup_printf ("%.8s%.4s", id, id + 9);
      g_assert_cmpint (g_ascii_strtoll (time, NULL, 16), ==, store->now / 1000);
      g_assert_cmpstr (before, <, id);
      g_free (before);
      before = g_steal_pointer (&id);
    }
  trk_store_rollback (store);
}

/* -- By period --------------------------------------------------------------------------------- */

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
  g_test_add_func ("/store/values/entry", test_entry);
  g_test_add_func ("/store/values/missing", test_missing);
  g_test_add_func ("/store/values/gap", test_gap);
  g_test_add_func ("/store/values/block", test_block);
  g_test_add_func ("/store/values/forget-block", test_forget_block);
  g_test_add_func ("/store/values/notice", test_notice);
  g_test_add_func ("/store/values/work", test_work);
  g_test_add_func ("/store/values/metric", test_metric);
  g_test_add_func ("/store/values/mark", test_mark);
  g_test_add_func ("/store/values/first-trace", test_first_trace);
  g_test_add_func ("/store/values/first-trace-without-marks", test_first_trace_without_marks);
  g_test_add_func ("/store/values/first-trace-of-command", test_first_trace_of_command);
  g_test_add_func ("/store/values/ids", test_ids);
  g_test_add_func ("/store/periods/random", test_periods);
  g_test_add_func ("/store/periods/open", test_open_by_period);
  return g_test_run ();
}
