/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

/* Undo of what the daemon has changed since: it ended an entry, went on with it after an absence,
 * wrote where something had been removed. No such thing may ever keep the user from going back. */

/* -- A day in the log -------------------------------------------------------------------------- */

/* The daemon and its user, as far as the log sees them; each step is a minute later. */
typedef struct
{
  TrkStore *store;
  int minute;
  guint done; /* commands that can be undone */
  guint undone;
} Day;

static gint64
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

static void
begin_as (Day *day, TrkActor actor, const char *text)
{
  g_autoptr (GError) error = NULL;

  trk_store_begin (day->store, actor, text, AT (day->minute), &error);
  g_assert_no_error (error);
}

static void
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

static gboolean
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
static void
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

static void
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

static gint64
any_of (Day *day, const char *table)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT ifnull ((SELECT number FROM %s ORDER BY random () LIMIT 1), 0)", table);

  return number_of (day->store, sql);
}

/* -- What the user does ------------------------------------------------------------------------ */

static void
user_start (Day *day)
{
  close_open (day, TRK_REASON_SWITCH);
  open_entry (day, g_test_rand_bit () ? "adhoc" : "another", NULL, 0, TRK_REASON_BY_HAND);
}

static void
user_start_task (Day *day)
{
  gint64 number = any_of (day, "task");

  close_open (day, TRK_REASON_SWITCH);
  open_entry (day, "task", NULL, number, TRK_REASON_BY_HAND);
}

static void
user_stop (Day *day)
{
  close_open (day, TRK_REASON_STOP);
}

static void
user_task_add (Day *day)
{
  g_autoptr (TrkTask) task = trk_task_new ();

  task->title = g_strdup ("task");
  g_assert_true (trk_store_add_task (day->store, task, NULL));
}

static void
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

static void
user_log_add (Day *day)
{
  int start = g_test_rand_int_range (0, day->minute);
  g_autoptr (TrkEntry) entry = make_entry (start, start + g_test_rand_int_range (1, 10));

  entry->task = any_of (day, "task");
  g_assert_true (trk_store_clear_period (day->store, entry->period, 0, NULL));
  g_assert_true (trk_store_add_entry (day->store, entry, NULL));
}

static void
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

static void
user_log_remove (Day *day)
{
  gint64 number = any_of (day, "entry");

  if (number != 0)
    g_assert_true (trk_store_remove_entry (day->store, number, NULL));
}

static void
user_skip (Day *day)
{
  close_open (day, TRK_REASON_SKIP);
  set_state (day, TRK_OUTCOME_SKIPPED, 7);
}

/* -- What the daemon does ---------------------------------------------------------------------- */

static void
daemon_run_out (Day *day)
{
  close_open (day, TRK_REASON_LIMIT);
}

static void
daemon_term_and_start (Day *day)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);

  if (close_open (day, TRK_REASON_SHUTDOWN))
    {
      day->minute += 2;
      open_entry (day, open->title, open->block_id, open->task, TRK_REASON_START_UP);
    }
}

static void
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

static void
daemon_block (Day *day)
{
  close_open (day, TRK_REASON_SWITCH);
  open_entry (day, "planned", "b1", any_of (day, "task"), TRK_REASON_BLOCK_START);
  set_state (day, TRK_OUTCOME_NONE, (guint) g_test_rand_int_range (1, 100));
}

static void
daemon_rate (Day *day)
{
  set_state (day, TRK_OUTCOME_PARTIAL, (guint) g_test_rand_int_range (1, 100));
}

/* -- Going back -------------------------------------------------------------------------------- */

static void
undo_one (Day *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_undo (day->store, 1, AT (day->minute), &error);

  if (day->done == 0)
    {
      g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
      return;
    }
  g_assert_no_error (error);
  day->done--, day->undone++;
}

static void
redo_one (Day *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_redo (day->store, 1, AT (day->minute), &error);

  if (day->undone == 0)
    {
      g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
      return;
    }
  g_assert_no_error (error);
  day->done++, day->undone--;
}

/* Each row's changes follow upon each other without a hole: every state that a row ever had can be
 * read in the journal. */
static void
assert_journal_is_whole (Day *day)
{
  g_assert_cmpint (number_of (day->store,
                              "SELECT count (*) FROM (SELECT before, lag (after) OVER line AS was"
                              " FROM journal WINDOW line AS"
                              " (PARTITION BY source, row ORDER BY number))"
                              " WHERE before IS NOT was"),
                   ==, 0);
}

static void
random_step (Day *day)
{
  static void (*const user[]) (Day *) = { user_start,    user_start_task, user_stop,
                                          user_task_add, user_task_done,  user_log_add,
                                          user_log_edit, user_log_remove, user_skip };
  static void (*const itself[]) (Day *) = { daemon_run_out, daemon_term_and_start, daemon_away,
                                            daemon_block, daemon_rate };
  int what = g_test_rand_int_range (0, 8);
  TrkActor actor = what < 4 ? TRK_ACTOR_USER : TRK_ACTOR_DAEMON;

  day->minute++;
  if (what == 7)
    g_test_rand_bit () ? undo_one (day) : redo_one (day);
  else
    {
      begin_as (day, actor, "step");
      (actor == TRK_ACTOR_USER ? user[g_test_rand_int_range (0, G_N_ELEMENTS (user))]
                               : itself[g_test_rand_int_range (0, G_N_ELEMENTS (itself))]) (day);
      end_command (day, actor);
    }
}

/* Whatever the user and the daemon did, in any order: undo leads back to the beginning, where
 * nothing is left that the user had made. */
static void
test_back_to_the_beginning (void)
{
  int days = g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 5 : 60;

  for (int i = 0; i < days; i++)
    {
      g_autoptr (TrkStore) store = open_memory ();
      g_autoptr (GError) error = NULL;
      Day day = { store, 20, 0, 0 };
      gint64 journal;

      for (int n = g_test_rand_int_range (2, 60); n > 0; n--)
        random_step (&day);
      journal = number_of (store, "SELECT count (*) FROM journal");
      while (day.done > 0)
        {
          undo_one (&day);
          if (g_test_rand_int_range (0, 4) == 0)
            {
              begin_as (&day, TRK_ACTOR_DAEMON, "meanwhile");
              daemon_run_out (&day);
              commit (store);
            }
        }
      undo_one (&day);
      g_assert_cmpint (number_of (store, "SELECT count (*) FROM task"), ==, 0);
      g_assert_cmpint (number_of (store, "SELECT count (*) FROM journal"), >=, journal);
      assert_journal_is_whole (&day);
      trk_store_check (store, &error);
      g_assert_no_error (error);
    }
}

/* -- One by one -------------------------------------------------------------------------------- */

static void
by (Day *day, TrkActor actor, const char *text, void (*step) (Day *))
{
  day->minute += 10;
  begin_as (day, actor, text);
  step (day);
  end_command (day, actor);
}

/* start --for, run out, undo: the entry goes as it is, and redo brings it back as it was. */
static void
test_after_the_limit (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0 };
  g_autofree char *before = NULL;
  g_autofree char *ended = NULL;

  before = dump (store);
  by (&day, TRK_ACTOR_USER, "start adhoc", user_start);
  by (&day, TRK_ACTOR_DAEMON, "advance", daemon_run_out);
  ended = dump (store);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *without = NULL;
      g_autofree char *again = NULL;

      undo (store);
      without = dump (store);
      g_assert_cmpstr (without, ==, before);
      redo (store);
      again = dump (store);
      g_assert_cmpstr (again, ==, ended);
    }
}

/* What went on after an absence, or the next start of the daemon, is the same story. */
static void
test_after_absences (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0 };
  g_autofree char *all = NULL;
  g_autofree char *without = NULL;
  g_autofree char *again = NULL;

  by (&day, TRK_ACTOR_USER, "start adhoc", user_start);
  by (&day, TRK_ACTOR_DAEMON, "away", daemon_away);
  by (&day, TRK_ACTOR_DAEMON, "term", daemon_term_and_start);
  all = dump (store);
  g_assert_cmpint (number_of (store, "SELECT count (*) FROM entry"), ==, 3);
  undo (store);
  without = dump (store);
  g_assert_cmpstr (without, ==, "");
  redo (store);
  again = dump (store);
  g_assert_cmpstr (again, ==, all);
}

/* Time that was kept for a task stays when the task goes. */
static void
test_task_with_time (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0 };
  g_autoptr (TrkEntry) entry = NULL;
  g_autoptr (TrkEntry) again = NULL;

  by (&day, TRK_ACTOR_USER, "task add", user_task_add);
  by (&day, TRK_ACTOR_DAEMON, "block", daemon_block);
  undo (store);
  entry = trk_store_open_entry (store, NULL);
  g_assert_nonnull (entry);
  g_assert_cmpint (entry->task, ==, 0);
  redo (store);
  again = trk_store_open_entry (store, NULL);
  g_assert_cmpint (again->task, ==, 1);
}

/* What was removed comes back whole; what the daemon wrote there meanwhile yields. */
static void
test_place_taken (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (5, 15);
  g_autoptr (TrkEntry) removed = NULL;
  g_autoptr (TrkEntry) cut = NULL;
  gint64 number = add_entry (store, 0, 10);

  begin (store, "log remove 1");
  g_assert_true (trk_store_remove_entry (store, number, NULL));
  commit (store);
  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "block", AT (0), NULL));
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  commit (store);
  g_assert_cmpint (entry->number, ==, number + 1); /* numbers are not given again */
  undo (store);
  removed = trk_store_entry (store, number, NULL);
  g_assert_cmpint (removed->period.end, ==, AT (10));
  cut = trk_store_entry (store, entry->number, NULL);
  g_assert_cmpint (cut->period.start, ==, AT (10));
}

/* stop taken back after a block has begun: it would have gone on until then. */
static void
test_stop_before_a_block (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0 };
  g_autoptr (TrkEntry) stopped = NULL;
  g_autoptr (TrkEntry) open = NULL;

  by (&day, TRK_ACTOR_USER, "start adhoc", user_start);
  by (&day, TRK_ACTOR_USER, "stop", user_stop);
  by (&day, TRK_ACTOR_DAEMON, "block", daemon_block);
  undo (store);
  open = trk_store_open_entry (store, NULL);
  g_assert_cmpstr (open->title, ==, "planned");
  stopped = trk_store_entry (store, 1, NULL);
  g_assert_cmpint (stopped->period.end, ==, AT (30));
  undo (store);
  g_assert_null (trk_store_entry (store, 1, NULL));
}

/* An edit's own columns go back, what the daemon wrote into others stays. */
static void
test_edit_of_what_ended (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0 };
  g_autoptr (TrkEntry) open = NULL;
  g_autoptr (TrkEntry) entry = NULL;

  by (&day, TRK_ACTOR_USER, "start adhoc", user_start);
  open = trk_store_open_entry (store, NULL);
  open->note = g_strdup ("a note");
  begin (store, "log edit 1");
  g_assert_true (trk_store_update_entry (store, open, NULL));
  commit (store);
  by (&day, TRK_ACTOR_DAEMON, "advance", daemon_run_out);
  undo (store);
  entry = trk_store_entry (store, 1, NULL);
  g_assert_null (entry->note);
  g_assert_cmpint (entry->period.end, ==, AT (20));
  g_assert_cmpint (entry->end_reason, ==, TRK_REASON_LIMIT);
}

static gint64
change_file (TrkStore *store, const char *text)
{
  g_autoptr (GError) error = NULL;
  const TrkFileChange change = { .path = (char *) "/calendars/work.ics",
                                 .old_hash = (char *) "1",
                                 .new_hash = (char *) "2" };
  gint64 number;

  begin (store, text);
  g_assert_cmpint (trk_store_command (store), ==, 0);
  g_assert_true (trk_store_add_file_change (store, &change, &error));
  g_assert_no_error (error);
  number = trk_store_command (store);
  commit (store);
  g_assert_cmpint (trk_store_command (store), ==, 0);
  return number;
}

/* That command and no other, whatever came after it; and nothing to redo stays. */
static void
test_drop (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  gint64 number = change_file (store, "block move");
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_task (store, "theirs");
  before = dump (store);
  g_assert_true (trk_store_drop (store, number, MONDAY, &error));
  g_assert_no_error (error);
  after = dump (store);
  g_assert_cmpstr (after, ==, before);
  history = trk_store_history (store, 0, TRUE, &error);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_false (((TrkChange *) history->pdata[0])->undone);
  g_assert_cmpint (((TrkChange *) history->pdata[1])->number, ==, number);
  g_assert_true (((TrkChange *) history->pdata[1])->undone);
  g_assert_null (trk_store_redo (store, 1, MONDAY, NULL));
  undo (store); /* theirs */
  g_assert_null (trk_store_undo (store, 1, MONDAY, NULL));
  redo (store);
  changes = trk_store_redo (store, 1, MONDAY, &error);
  g_assert_null (changes);
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
}

/* What changed rows may carry what came later. */
static void
test_drop_only_files (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GError) error = NULL;

  add_task (store, "rows");
  g_assert_false (trk_store_drop (store, 1, MONDAY, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (trk_store_drop (store, 2, MONDAY, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  undo (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/undo/back-to-the-beginning", test_back_to_the_beginning);
  g_test_add_func ("/store/undo/after-the-limit", test_after_the_limit);
  g_test_add_func ("/store/undo/after-absences", test_after_absences);
  g_test_add_func ("/store/undo/task-with-time", test_task_with_time);
  g_test_add_func ("/store/undo/place-taken", test_place_taken);
  g_test_add_func ("/store/undo/stop-before-a-block", test_stop_before_a_block);
  g_test_add_func ("/store/undo/edit-of-what-ended", test_edit_of_what_ended);
  g_test_add_func ("/store/undo/drop", test_drop);
  g_test_add_func ("/store/undo/drop-only-files", test_drop_only_files);
  return g_test_run ();
}
