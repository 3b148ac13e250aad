/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "undo-day.h"

#include "store-fixtures.h"
#include "trk-store-private.h"

gint64
number_of (TrkStore *store, const char *sql)
{
  TrkQuery *query = trk_db_query (store->db, NULL, sql, "");
  gint64 number;

  g_assert_nonnull (query);
  g_assert_true (trk_query_next (query));
  number = trk_query_int (query, 0);
  g_assert_true (trk_query_end (query, NULL));
  return number;
}

void
begin_as (Day *day, TrkActor actor, const char *text)
{
  g_autoptr (GError) error = NULL;

  trk_store_begin (day->store, actor, text, AT (day->minute), &error);
  g_assert_no_error (error);
}

void
end_command (Day *day, TrkActor actor)
{
  gint64 commands = number_of (day->store, "SELECT ifnull (max (number), 0) FROM command");
  gint64 journal = number_of (day->store, "SELECT count (*) FROM journal"
                                          " WHERE command = (SELECT max (number) FROM command)");
  gboolean wrote = day->store->command == commands && journal > 0;

  commit (day->store);
  if (actor == TRK_ACTOR_USER && wrote)
    day->done++, day->undone = 0;
}

gboolean
close_open (Day *day, TrkReason why)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  g_autoptr (GError) error = NULL;

  if (open == NULL)
    return FALSE;
  open->period.end = AT (day->minute);
  open->end_reason = why;
  if (trk_period_is_empty (open->period) || open->period.end < open->period.start)
    trk_store_remove_entry (day->store, open->number, &error);
  else
    trk_store_update_entry (day->store, open, &error);
  g_assert_no_error (error);
  return TRUE;
}

/* Not before what the log has: the daemon never writes over the user. */
void
open_entry (Day *day, const char *title, const char *block, gint64 task, TrkReason why)
{
  g_autoptr (TrkEntry) entry = make_entry (day->minute, OPEN);
  gint64 written = number_of (day->store, "SELECT ifnull (max (end), 0) FROM entry");
  g_autoptr (GError) error = NULL;

  g_free (entry->title);
  entry->title = g_strdup (title);
  entry->block_id = g_strdup (block);
  entry->task = task;
  entry->start_reason = why;
  entry->until = AT (day->minute + 20);
  entry->period.start = MAX (entry->period.start, written);
  trk_store_add_entry (day->store, entry, &error);
  g_assert_no_error (error);
}

void
set_state (Day *day, TrkOutcome outcome, guint notices)
{
  g_autoptr (TrkBlock) block = make_block ("b1", 0, 1000);
  g_autoptr (TrkBlockState) state = trk_block_state_new ("b1");
  g_autoptr (GError) error = NULL;

  state->outcome = outcome;
  state->notices = notices;
  trk_store_put_block (day->store, block, &error);
  g_assert_no_error (error);
  trk_store_set_block_state (day->store, state, &error);
  g_assert_no_error (error);
}

gint64
any_of (Day *day, const char *table)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT ifnull ((SELECT number FROM %s ORDER BY random () LIMIT 1), 0)", table);

  return number_of (day->store, sql);
}

/* -- What the user does ------------------------------------------------------------------------ */

void
user_start (Day *day)
{
  close_open (day, TRK_REASON_SWITCH);
  open_entry (day, g_test_rand_bit () ? "adhoc" : "another", NULL, 0, TRK_REASON_BY_HAND);
}

void
user_start_task (Day *day)
{
  gint64 number = any_of (day, "task");

  close_open (day, TRK_REASON_SWITCH);
  open_entry (day, "task", NULL, number, TRK_REASON_BY_HAND);
}

void
user_stop (Day *day)
{
  close_open (day, TRK_REASON_STOP);
}

void
user_task_add (Day *day)
{
  g_autoptr (TrkTask) task = trk_task_new ();

  task->title = g_strdup ("task");
  g_assert_true (trk_store_add_task (day->store, task, NULL));
}

void
user_task_done (Day *day)
{
  gint64 number = any_of (day, "task");
  g_autoptr (TrkTask) task = number != 0 ? trk_store_task (day->store, number, NULL) : NULL;

  close_open (day, TRK_REASON_DONE);
  if (task == NULL || !trk_task_is_open (task))
    return;
  task->state = TRK_TASK_COMPLETED;
  task->completed = AT (day->minute);
  g_assert_true (trk_store_update_task (day->store, task, NULL));
}

void
user_log_add (Day *day)
{
  int start = g_test_rand_int_range (0, day->minute);
  g_autoptr (TrkEntry) entry = make_entry (start, start + g_test_rand_int_range (1, 10));

  entry->task = any_of (day, "task");
  g_assert_true (trk_store_clear_period (day->store, entry->period, 0, NULL));
  g_assert_true (trk_store_add_entry (day->store, entry, NULL));
}

void
user_log_edit (Day *day)
{
  gint64 number = any_of (day, "entry");
  g_autoptr (TrkEntry) entry = number != 0 ? trk_store_entry (day->store, number, NULL) : NULL;

  if (entry == NULL)
    return;
  g_free (entry->note);
  entry->note = g_strdup_printf ("%d", day->minute);
  if (g_test_rand_bit ())
    entry->period.start -= TRK_MINUTE;
  else if (!trk_entry_is_open (entry) && entry->period.end - entry->period.start > TRK_MINUTE)
    entry->period.end -= TRK_MINUTE;
  g_assert_true (trk_store_clear_period (day->store, entry->period, number, NULL));
  g_assert_true (trk_store_update_entry (day->store, entry, NULL));
}

void
user_log_remove (Day *day)
{
  gint64 number = any_of (day, "entry");

  if (number != 0)
    g_assert_true (trk_store_remove_entry (day->store, number, NULL));
}

void
user_skip (Day *day)
{
  close_open (day, TRK_REASON_SKIP);
  set_state (day, TRK_OUTCOME_SKIPPED, 7);
}

TrkGap *
open_gap (Day *day)
{
  g_autoptr (GPtrArray) gaps =
      trk_store_gaps (day->store, (TrkPeriod){ TRK_NEVER - 1, TRK_NEVER }, NULL);

  return gaps->len > 0 ? g_ptr_array_steal_index (gaps, 0) : NULL;
}

void
begin_gap (Day *day, TrkReason why)
{
  g_autoptr (TrkGap) open = open_gap (day);
  g_autoptr (TrkGap) gap = trk_gap_new ();
  g_autoptr (GError) error = NULL;

  if (open != NULL || !close_open (day, why))
    return;
  gap->period = (TrkPeriod){ AT (day->minute), TRK_NEVER };
  gap->reason = why;
  trk_store_add_gap (day->store, gap, &error);
  g_assert_no_error (error);
}

void
end_gap (Day *day, TrkReason why)
{
  g_autoptr (TrkGap) gap = open_gap (day);
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  g_autoptr (GError) error = NULL;

  if (gap == NULL)
    return;
  gap->period.end = AT (day->minute);
  if (trk_period_is_empty (gap->period))
    return;
  trk_store_update_gap (day->store, gap, &error);
  g_assert_no_error (error);
  if (open == NULL)
    open_entry (day, "adhoc", NULL, 0, why);
}

void
user_pause (Day *day)
{
  begin_gap (day, TRK_REASON_PAUSE);
}

void
user_resume (Day *day)
{
  end_gap (day, TRK_REASON_RESUME);
}

void
user_answer (Day *day)
{
  g_autoptr (GPtrArray) gaps =
      trk_store_gaps (day->store, (TrkPeriod){ AT (0), AT (day->minute) }, NULL);
  TrkGap *gap = gaps->len > 0 ? gaps->pdata[g_test_rand_int_range (0, (int) gaps->len)] : NULL;

  if (gap == NULL || gap->period.end == TRK_NEVER)
    return;
  gap->answer = g_test_rand_bit () ? TRK_ANSWER_WORKED : TRK_ANSWER_BREAK;
  g_assert_true (trk_store_update_gap (day->store, gap, NULL));
}

/* -- What the daemon does ---------------------------------------------------------------------- */

void
daemon_sees_away (Day *day)
{
  begin_gap (day, TRK_REASON_AWAY);
}

void
daemon_sees_back (Day *day)
{
  end_gap (day, TRK_REASON_BACK);
}

/* What turned out to be empty goes. */
void
daemon_drops (Day *day)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  g_autoptr (TrkGap) gap = open_gap (day);

  if (gap != NULL)
    g_assert_true (trk_store_remove_gap (day->store, gap->number, NULL));
  else if (open != NULL)
    g_assert_true (trk_store_remove_entry (day->store, open->number, NULL));
}

void
daemon_run_out (Day *day)
{
  close_open (day, TRK_REASON_LIMIT);
}

void
daemon_term_and_start (Day *day)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);

  if (close_open (day, TRK_REASON_SHUTDOWN))
    {
      day->minute += 2;
      open_entry (day, open->title, open->block_id, open->task, TRK_REASON_START_UP);
    }
}

void
daemon_away (Day *day)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  g_autoptr (TrkGap) gap = trk_gap_new ();

  if (!close_open (day, TRK_REASON_AWAY))
    return;
  gap->period = (TrkPeriod){ AT (day->minute), AT (day->minute + 3) };
  gap->reason = TRK_REASON_AWAY;
  gap->block_id = g_strdup (open->block_id);
  g_assert_true (trk_store_add_gap (day->store, gap, NULL));
  day->minute += 3;
  open_entry (day, open->title, open->block_id, open->task, TRK_REASON_BACK);
}

void
daemon_block (Day *day)
{
  close_open (day, TRK_REASON_SWITCH);
  open_entry (day, "planned", "b1", any_of (day, "task"), TRK_REASON_BLOCK_START);
  set_state (day, TRK_OUTCOME_NONE, (guint) g_test_rand_int_range (1, 100));
}

void
daemon_rate (Day *day)
{
  set_state (day, TRK_OUTCOME_PARTIAL, (guint) g_test_rand_int_range (1, 100));
}
