/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"
#include "undo-day.h"

/* Undo of what the daemon has changed since: it ended an entry, went on with it after an absence,
 * wrote where something had been removed. No such thing may ever keep the user from going back. */

/* -- Going back -------------------------------------------------------------------------------- */

/* The rows that the newest command, an undo or a redo, was to put back: how many of them are not as
 * they were before the command that it took back. What that had not changed may have got another
 * value since, and what would be open again ends where the next begins. */
static gint64
not_as_before (Day *day)
{
  static const char *const tables[] = { "entry", "gap", "task", "block_state" };
  gint64 wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "WITH taken AS (SELECT max (number) AS command FROM command"
          "   WHERE number < (SELECT max (number) FROM command)"
          "   AND (SELECT of FROM command ORDER BY number DESC LIMIT 1) IN (number, of)),"
          " want AS (SELECT row, before, (SELECT after FROM journal AS last WHERE last.row ="
          "     journal.row AND last.source = journal.source AND last.command = journal.command"
          "     ORDER BY number DESC LIMIT 1) AS after, min (number) FROM journal, taken"
          "   WHERE journal.command = taken.command AND source = '%s' GROUP BY row),"
          " now AS (SELECT row, after AS json FROM (SELECT row, after, max (number) FROM journal"
          "   WHERE source = '%s' GROUP BY row))"
          "SELECT count (*) FROM want LEFT JOIN now USING (row) WHERE CASE"
          " WHEN before IS NULL THEN json IS NOT NULL"
          " WHEN json IS NULL THEN TRUE"
          " ELSE EXISTS (SELECT 1 FROM json_each (before) AS b"
          "   WHERE b.value IS NOT json_extract (json, '$.' || b.key)"
          "   AND b.value IS NOT json_extract (ifnull (after, '{}'), '$.' || b.key)"
          "   AND NOT (b.key IN ('end', 'end_reason') AND json_extract (before, '$.end') = %s"
          "     AND EXISTS (SELECT 1 FROM entry WHERE '%s' = 'entry' AND number <> want.row"
          "       AND start = json_extract (json, '$.end'))))"
          " END",
          tables[i], tables[i], "9223372036854775807", tables[i]);

      wrong += number_of (day->store, sql);
    }
  return wrong;
}

/* No row is left in silence. (A row that one command changed to and fro may be named although it
 * ends up as it was.) */
static void
assert_message (Day *day, GPtrArray *changes)
{
  const TrkChange *change = g_ptr_array_index (changes, 0);

  for (guint i = 0; change->left != NULL && i < change->left->len; i++)
    g_test_message ("left by “%s”: %s", change->text, (char *) change->left->pdata[i]);
  g_assert_cmpint (change->left != NULL ? change->left->len : 0, >=, not_as_before (day));
  day->left += change->left != NULL ? change->left->len : 0;
}

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
  assert_message (day, changes);
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
  assert_message (day, changes);
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
                                          user_log_edit, user_log_remove, user_skip,
                                          user_pause,    user_resume,     user_answer };
  static void (*const itself[]) (
      Day *) = { daemon_run_out, daemon_term_and_start, daemon_away,      daemon_block,
                 daemon_rate,    daemon_sees_away,      daemon_sees_back, daemon_drops };
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

/* Undo and redo, with nothing between, is nothing: all that was merged comes back, and nothing ever
 * overlaps. */
static void
undo_and_back (Day *day)
{
  g_autofree char *before = dump (day->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  undo_one (day);
  g_assert_true (trk_store_check (day->store, &error));
  g_assert_no_error (error);
  redo_one (day);
  after = dump (day->store);
  g_assert_cmpstr (after, ==, before);
}

/* Whatever the user and the daemon did, in any order: undo leads back to the beginning, where
 * nothing is left that the user had made. */
static void
test_back_to_the_beginning (void)
{
  int days = g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 10 : 60;
  guint left = 0;

  for (int i = 0; i < days; i++)
    {
      g_autoptr (TrkStore) store = open_memory ();
      g_autoptr (GError) error = NULL;
      Day day = { store, 20, 0, 0, 0 };
      gint64 journal;

      for (int n = g_test_rand_int_range (2, 60); n > 0; n--)
        random_step (&day);
      journal = number_of (store, "SELECT count (*) FROM journal");
      while (day.done > 0)
        {
          undo_and_back (&day);
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
      left += day.left;
    }
  g_test_message ("%u rows had no place any more", left);
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
  Day day = { store, 0, 0, 0, 0 };
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
  Day day = { store, 0, 0, 0, 0 };
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

static void
user_ends_pause (Day *day)
{
  g_autoptr (TrkGap) gap = open_gap (day);

  gap->period.end = AT (day->minute);
  g_assert_true (trk_store_update_gap (day->store, gap, NULL));
}

static void
daemon_opens_gap (Day *day)
{
  g_autoptr (TrkGap) gap = trk_gap_new ();

  gap->period = (TrkPeriod){ AT (day->minute), TRK_NEVER };
  gap->reason = TRK_REASON_AWAY;
  g_assert_true (trk_store_add_gap (day->store, gap, NULL));
}

/* What has no place any more is named, and the rest is done; redo brings back all. */
static void
test_no_place (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const TrkChange *change;

  by (&day, TRK_ACTOR_USER, "start adhoc", user_start);
  by (&day, TRK_ACTOR_USER, "pause", user_pause);
  by (&day, TRK_ACTOR_USER, "over", user_ends_pause);
  by (&day, TRK_ACTOR_DAEMON, "away", daemon_opens_gap);
  before = dump (store);
  changes = trk_store_undo (store, 1, AT (day.minute), NULL);
  g_assert_nonnull (changes);
  change = g_ptr_array_index (changes, 0);
  g_assert_nonnull (change->left);
  g_assert_cmpuint (change->left->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (change->left, 0), ==,
                   "the time away 1: another one has its place");
  redo (store);
  after = dump (store);
  g_assert_cmpstr (after, ==, before);
}

static void
note_asked (Day *day, TrkInstant asked)
{
  TrkAbsence absence = { .there = AT (3), .asked = asked };

  begin_as (day, TRK_ACTOR_DAEMON, "absence");
  g_assert_true (trk_store_note_absence (day->store, &absence, NULL));
  g_assert_true (trk_store_commit (day->store, NULL));
}

static TrkInstant
asked_of (TrkStore *store)
{
  TrkAbsence absence;

  g_assert_true (trk_store_absence (store, &absence, NULL));
  g_assert_cmpint (absence.there, ==, AT (3));
  return absence.asked;
}

/* An answer that is taken back can be given again: which gaps may be answered the next daemon finds
 * out itself then. What is no matter of gaps changes nothing of that. */
static void
test_answer (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };

  by (&day, TRK_ACTOR_DAEMON, "block", daemon_block);
  by (&day, TRK_ACTOR_DAEMON, "away", daemon_away);
  note_asked (&day, AT (1));
  by (&day, TRK_ACTOR_USER, "task add", user_task_add);
  undo (store);
  g_assert_cmpint (asked_of (store), ==, AT (1));
  by (&day, TRK_ACTOR_USER, "answer", user_answer);
  note_asked (&day, TRK_NEVER);
  undo (store);
  g_assert_cmpint (asked_of (store), ==, 0);
  note_asked (&day, AT (1));
  redo (store);
  g_assert_cmpint (asked_of (store), ==, 0);
}

/* Time that was kept for a task stays when the task goes. */
static void
test_task_with_time (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
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

/* An entry of another machine, from a log that came from there, is in nobody's way here. */
static void
test_place_of_another_machine (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (5, 15);
  g_autoptr (TrkEntry) conflict = make_entry (25, 35);
  g_autoptr (TrkEntry) removed = NULL;
  g_autoptr (TrkEntry) beside = NULL;
  gint64 number = add_entry (store, 0, 10), ours;

  g_assert_true (trk_db_exec (store->db,
                              "INSERT INTO machine (id) VALUES ('other');"
                              "UPDATE entry SET machine = 'other'",
                              NULL));
  ours = add_entry (store, 20, 30);
  begin (store, "log remove 1");
  g_assert_true (trk_store_remove_entry (store, number, NULL));
  g_assert_true (trk_store_remove_entry (store, ours, NULL)); /* whose place is taken */
  commit (store);
  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "block", AT (0), NULL));
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  g_assert_true (trk_store_add_entry (store, conflict, NULL));
  commit (store);
  undo (store);
  removed = trk_store_entry (store, number, NULL);
  g_assert_cmpint (removed->period.end, ==, AT (10));
  beside = trk_store_entry (store, entry->number, NULL);
  g_assert_cmpint (beside->period.start, ==, AT (5));
  g_assert_cmpint (beside->period.end, ==, AT (15));
  g_assert_true (trk_store_check (store, NULL));
}

/* stop taken back after a block has begun: nobody kept the time until then. */
static void
test_stop_before_a_block (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autoptr (TrkEntry) stopped = NULL;
  g_autoptr (TrkEntry) open = NULL;

  by (&day, TRK_ACTOR_USER, "start adhoc", user_start);
  by (&day, TRK_ACTOR_USER, "stop", user_stop);
  by (&day, TRK_ACTOR_DAEMON, "block", daemon_block);
  undo (store);
  open = trk_store_open_entry (store, NULL);
  g_assert_cmpstr (open->title, ==, "planned");
  stopped = trk_store_entry (store, 1, NULL);
  g_assert_cmpint (stopped->period.end, ==, AT (20));
  undo (store);
  g_assert_null (trk_store_entry (store, 1, NULL));
}

/* An edit's own columns go back, what the daemon wrote into others stays. */
static void
test_edit_of_what_ended (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
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

/* An open entry that was moved before another one, whose place it had not had: it opens again. */
static void
test_edit_of_the_start (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) open = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_entry (store, 30, 40);
  open = trk_store_entry (store, add_entry (store, 50, OPEN), NULL);
  before = dump (store);
  open->period = (TrkPeriod){ AT (10), AT (20) };
  open->end_reason = TRK_REASON_EDIT;
  begin (store, "log edit 2");
  g_assert_true (trk_store_update_entry (store, open, NULL));
  commit (store);
  undo (store);
  after = dump (store);
  g_assert_cmpstr (after, ==, before);
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
  g_test_add_func ("/store/undo/no-place", test_no_place);
  g_test_add_func ("/store/undo/answer", test_answer);
  g_test_add_func ("/store/undo/task-with-time", test_task_with_time);
  g_test_add_func ("/store/undo/place-taken", test_place_taken);
  g_test_add_func ("/store/undo/place-of-another-machine", test_place_of_another_machine);
  g_test_add_func ("/store/undo/stop-before-a-block", test_stop_before_a_block);
  g_test_add_func ("/store/undo/edit-of-what-ended", test_edit_of_what_ended);
  g_test_add_func ("/store/undo/edit-of-the-start", test_edit_of_the_start);
  g_test_add_func ("/store/undo/drop", test_drop);
  g_test_add_func ("/store/undo/drop-only-files", test_drop_only_files);
  return g_test_run ();
}
