/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

#include <string.h>

/* Every change is in the journal, whole; undo and redo come from nothing else. */

static gint64
number_of (TrkStore *store, const char *sql, const char *text)
{
  TrkQuery *query = text != NULL ? trk_db_query (store->db, NULL, sql, "s", text)
                                 : trk_db_query (store->db, NULL, sql, "");
  gint64 number;

  g_assert_nonnull (query);
  g_assert_true (trk_query_next (query));
  number = trk_query_int (query, 0);
  g_assert_true (trk_query_end (query, NULL));
  return number;
}

/* -- Random commands --------------------------------------------------------------------------- */

static gint64
any_number (TrkStore *store, const char *table)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT ifnull ((SELECT number FROM %s ORDER BY random () LIMIT 1), 0)", table);

  return number_of (store, sql, NULL);
}

static char *
any_text (void)
{
  static const char *const texts[] = {
    "", "work", "\"quoted\" 'text' \\ / {}", "ü – 日本", "a\nb\tc\001\x1f", "null", "12", "1e5"
  };

  return g_strdup (texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
}

static void
change_entry (TrkStore *store)
{
  int start = g_test_rand_int_range (0, 500);
  g_autoptr (TrkEntry) entry = make_entry (start, start + g_test_rand_int_range (1, 40));

  g_free (entry->title);
  entry->title = any_text ();
  entry->note = g_test_rand_bit () ? any_text () : NULL;
  entry->task = any_number (store, "task");
  entry->kind = (TrkKind) g_test_rand_int_range (0, TRK_N_KINDS);
  if (g_test_rand_int_range (0, 8) == 0)
    entry->period.end = TRK_NEVER;
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      entry->number = any_number (store, "entry");
      trk_store_update_entry (store, entry, NULL); /* may overlap: then nothing changes */
      break;
    case 1:
      trk_store_remove_entry (store, any_number (store, "entry"), NULL);
      break;
    case 2:
      g_assert_true (
          trk_store_clear_period (store, (TrkPeriod){ AT (start), AT (start + 30) }, 0, NULL));
      break;
    default:
      trk_store_add_entry (store, entry, NULL);
    }
}

/* A fourth of @n rounds under valgrind, where each is some fifty times slower. */
static int
rounds (int n)
{
  return g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? n / 4 : n;
}

/* A number with many digits. SQLite reads them back to the last bit with long doubles, for which
 * valgrind has no more bits than for doubles: there the digits are few. */
static double
any_real (double scale)
{
  if (g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL)
    return g_test_rand_int_range (0, 400) / 4.0;
  return g_test_rand_double () * scale;
}

static void
change_task (TrkStore *store)
{
  g_autoptr (TrkTask) task = trk_task_new ();

  task->title = g_strdup ("t");
  task->note = any_text ();
  task->points = any_real (100.0 / 3);
  task->estimate = g_test_rand_int_range (0, 100) * TRK_MINUTE;
  task->parent = any_number (store, "task");
  task->sprint = any_number (store, "sprint");
  task->state = (TrkTaskState) g_test_rand_int_range (0, 4);
  task->completed = trk_task_is_open (task) ? 0 : AT (1);
  task->number = any_number (store, "task");
  if (g_test_rand_bit () && task->number != 0)
    trk_store_update_task (store, task, NULL); /* may be a cycle */
  else
    g_assert_true (trk_store_add_task (store, task, NULL));
}

static void
change_sprint (TrkStore *store)
{
  g_autoptr (TrkSprint) sprint = trk_sprint_new ();

  sprint->name = g_strdup_printf ("S%d", g_test_rand_int_range (0, 1000000));
  sprint->goal = g_test_rand_bit () ? any_text () : NULL;
  sprint->last = g_test_rand_int_range (0, 20);
  sprint->number = any_number (store, "sprint");
  if (g_test_rand_bit () && sprint->number != 0)
    trk_store_update_sprint (store, sprint, NULL);
  else
    trk_store_add_sprint (store, sprint, NULL);
}

static void
change_membership (TrkStore *store)
{
  TrkSprintTask row = { .sprint = any_number (store, "sprint"),
                        .task = any_number (store, "task"),
                        .how = (TrkJoin) g_test_rand_int_range (0, 3),
                        .joined = g_test_rand_int_range (1, 3) };

  if (g_test_rand_bit ())
    row.left = 10;
  row.carried = row.left != 0 && g_test_rand_bit ();
  if (row.sprint != 0 && row.task != 0)
    trk_store_put_sprint_task (store, &row, NULL); /* may be in it already */
}

static void
change_metric (TrkStore *store)
{
  g_autoptr (TrkMetric) metric = trk_metric_new ();

  metric->name = g_strdup ("m");
  metric->value = any_real (g_test_rand_bit () ? 1e12 : -1e-9);
  metric->unit = any_text ();
  if (g_test_rand_int_range (0, 3) == 0)
    trk_store_remove_metric (store, any_number (store, "metric"), NULL);
  else
    g_assert_true (trk_store_add_metric (store, metric, NULL));
}

static void
change_gap (TrkStore *store)
{
  g_autoptr (TrkGap) gap = trk_gap_new ();

  gap->period = (TrkPeriod){ AT (1), AT (g_test_rand_int_range (2, 50)) };
  gap->reason = TRK_REASON_AWAY;
  gap->answer = (TrkAnswer) g_test_rand_int_range (0, 4);
  gap->number = any_number (store, "gap");
  if (g_test_rand_bit () && gap->number != 0)
    g_assert_true (trk_store_update_gap (store, gap, NULL));
  else
    g_assert_true (trk_store_add_gap (store, gap, NULL));
}

static void
change_interruption (TrkStore *store)
{
  g_autoptr (TrkInterruption) interruption = trk_interruption_new ();
  gint64 number = any_number (store, "interruption");

  interruption->program = g_strdup ("game");
  interruption->note = any_text ();
  if (g_test_rand_bit () && number != 0)
    {
      interruption->number = number;
      interruption->answer = (TrkGuardAnswer) g_test_rand_int_range (1, 4);
      interruption->answered = AT (2);
      interruption->until = g_test_rand_bit () ? AT (7) : 0;
      g_assert_true (trk_store_answer_interruption (store, interruption, NULL));
    }
  else
    g_assert_true (trk_store_add_interruption (store, interruption, NULL));
}

static void
change_block_state (TrkStore *store)
{
  g_autofree char *id = g_strdup_printf ("b%d", g_test_rand_int_range (0, 5));
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockState) state = trk_block_state_new (id);

  block->id = g_strdup (id);
  block->period = (TrkPeriod){ AT (0), AT (5) };
  state->outcome = (TrkOutcome) g_test_rand_int_range (0, 5);
  state->note = any_text ();
  state->notices = (guint) g_test_rand_int_range (0, 100);
  state->postponed = (guint) g_test_rand_int_range (0, 3);
  g_assert_true (trk_store_put_block (store, block, NULL));
  g_assert_true (trk_store_set_block_state (store, state, NULL));
}

/* A command of the user with a few changes; FALSE when in the end it changed nothing. */
static gboolean
random_command (TrkStore *store)
{
  static void (*const changes[]) (
      TrkStore *) = { change_entry, change_entry,       change_entry,       change_task,
                      change_task,  change_sprint,      change_metric,      change_membership,
                      change_gap,   change_block_state, change_interruption };
  gint64 commands = number_of (store, "SELECT count (*) FROM command", NULL);

  begin (store, "command");
  for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
    changes[g_test_rand_int_range (0, G_N_ELEMENTS (changes))](store);
  commit (store);
  return number_of (store, "SELECT count (*) FROM command", NULL) > commands;
}

/* Back through every state to the empty log, and forward again through the same ones. */
static void
test_all_back_and_forth (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (states, dump (store));
  for (int i = 0; i < rounds (150); i++)
    if (random_command (store))
      g_ptr_array_add (states, dump (store));
  g_assert_cmpuint (states->len, >, (guint) rounds (100));
  for (int round = 0; round < 2; round++)
    {
      for (guint i = states->len - 1; i > 0; i--)
        {
          g_autofree char *now = NULL;

          undo (store);
          now = dump (store);
          g_assert_cmpstr (now, ==, states->pdata[i - 1]);
        }
      g_assert_cmpstr (states->pdata[0], ==, "");
      for (guint i = 1; i < states->len; i++)
        {
          g_autofree char *now = NULL;

          redo (store);
          now = dump (store);
          g_assert_cmpstr (now, ==, states->pdata[i]);
        }
    }
  g_assert_true (trk_store_check (store, NULL));
}

/* Commands, undo and redo in any order, against a stack of states. */
static void
test_any_order (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  guint at = 0;

  g_ptr_array_add (states, dump (store));
  for (int i = 0; i < rounds (400); i++)
    {
      int what = g_test_rand_int_range (0, 4);
      g_autofree char *now = NULL;

      if (what == 0 && at > 0)
        undo (store), at--;
      else if (what == 1 && at + 1 < states->len)
        redo (store), at++;
      else if (what >= 2 && random_command (store))
        {
          g_ptr_array_set_size (states, (int) ++at);
          g_ptr_array_add (states, dump (store));
        }
      now = dump (store);
      g_assert_cmpstr (now, ==, states->pdata[at]);
    }
}

/* -- The journal itself ------------------------------------------------------------------------ */

/* Each journaled table is changed; each of its columns must be in the journal's objects. */
static void
test_every_column (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  for (int i = 0; i < rounds (200); i++)
    random_command (store);
  for (guint i = 0; trk_store_journaled[i] != NULL; i++)
    {
      const char *table = trk_store_journaled[i];

      g_assert_cmpint (number_of (store, "SELECT count (*) FROM journal WHERE source = ?1", table),
                       >, 0);
      g_assert_cmpint (
          number_of (store,
                     "SELECT count (*) FROM journal, pragma_table_info (?1) AS info"
                     " WHERE source = ?1"
                     " AND (after NOT NULL AND json_type (after, '$.' || info.name) IS NULL"
                     "      OR before NOT NULL AND json_type (before, '$.' || info.name) IS NULL)",
                     table),
          ==, 0);
    }
}

/* Every table is either journaled or one of those that are known not to be. */
static void
test_every_table (void)
{
  static const char *const others[] = { "command",         "journal",    "meta",
                                        "machine",         "block",      "notice",
                                        "sqlite_sequence", "reason",     "notice_kind",
                                        "hook_run",        "daemon_run", NULL };
  g_autoptr (TrkStore) store = open_memory ();
  TrkQuery *query =
      trk_db_query (store->db, NULL, "SELECT name FROM sqlite_schema WHERE type = 'table'", "");

  while (trk_query_next (query))
    g_assert_true (g_strv_contains (others, trk_query_text (query, 0))
                   || g_strv_contains (trk_store_journaled, trk_query_text (query, 0)));
  g_assert_true (trk_query_end (query, NULL));
}

/* A command that is rolled back takes the triggers that it made with it: the next one has its
 * own. */
static void
test_after_rollback (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (0, 10);

  begin (store, "taken back");
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  trk_store_rollback (store);
  add_entry (store, 0, 10);
  undo (store);
  redo (store);
  begin (store, "taken back");
  g_assert_true (trk_store_remove_entry (store, 1, NULL));
  trk_store_rollback (store);
  begin (store, "log remove 1");
  g_assert_true (trk_store_remove_entry (store, 1, NULL));
  commit (store);
  undo (store);
  g_assert_cmpint (number_of (store, "SELECT count (*) FROM journal", NULL), ==, 5);
}

static void
test_history (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (100, 110);
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) newest = NULL;
  const TrkChange *change;

  add_entry (store, 0, 10);
  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "block start", AT (1), NULL));
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  commit (store);
  add_task (store, "t");
  begin (store, "nothing");
  commit (store);
  begin (store, "taken back");
  g_assert_true (trk_store_remove_entry (store, 1, NULL));
  trk_store_rollback (store);
  undo (store);
  own = trk_store_history (store, 0, FALSE, NULL);
  g_assert_cmpuint (own->len, ==, 2);
  change = own->pdata[0];
  g_assert_cmpstr (change->text, ==, "task add");
  g_assert_true (change->undone);
  g_assert_cmpuint (change->changes, ==, 1);
  g_assert_cmpint (change->at, ==, MONDAY);
  g_assert_false (((TrkChange *) own->pdata[1])->undone);
  all = trk_store_history (store, 0, TRUE, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  change = all->pdata[1];
  g_assert_cmpint (change->actor, ==, TRK_ACTOR_DAEMON);
  g_assert_cmpstr (change->text, ==, "block start");
  newest = trk_store_history (store, 1, TRUE, NULL);
  g_assert_cmpuint (newest->len, ==, 1);
}

/* An update that writes what is there already is no change. */
static void
test_nothing_changed (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  gint64 number = add_entry (store, 0, 10);
  g_autoptr (TrkEntry) entry = trk_store_entry (store, number, NULL);
  g_autoptr (GPtrArray) history = NULL;

  undo (store);
  redo (store);
  undo (store);
  begin (store, "an edit that finds nothing");
  g_assert_false (trk_store_update_entry (store, entry, NULL));
  commit (store);
  redo (store); /* the empty command did not end the redo line */
  begin (store, "an edit that says the same");
  g_assert_true (trk_store_update_entry (store, entry, NULL));
  commit (store);
  history = trk_store_history (store, 0, TRUE, NULL);
  g_assert_cmpuint (history->len, ==, 1);
}

static void
assert_cannot (TrkStore *store, gboolean forward, TrkErrorCode code, const char *words)
{
  g_autofree char *before = dump (store);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (forward ? trk_store_redo (store, 1, MONDAY, &error)
                         : trk_store_undo (store, 1, MONDAY, &error));
  g_assert_error (error, TRK_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, words);
  after = dump (store);
  g_assert_cmpstr (after, ==, before);
}

static void
test_nothing_to_undo (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  assert_cannot (store, FALSE, TRK_ERROR_STATE, "there is nothing to undo");
  assert_cannot (store, TRUE, TRK_ERROR_STATE, "there is nothing to redo");
  add_entry (store, 0, 10);
  assert_cannot (store, TRUE, TRK_ERROR_STATE, "there is nothing to redo");
  undo (store);
  add_entry (store, 0, 10); /* ends the redo line */
  assert_cannot (store, TRUE, TRK_ERROR_STATE, "there is nothing to redo");
  undo (store);
  assert_cannot (store, FALSE, TRK_ERROR_STATE, "there is nothing to undo");
}

static void
assert_changes (GPtrArray *changes, const char *first, const char *second)
{
  g_assert_nonnull (changes);
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_cmpstr (((TrkChange *) changes->pdata[0])->text, ==, first);
  g_assert_cmpstr (((TrkChange *) changes->pdata[1])->text, ==, second);
}

/* Several are one change of the log: all of them or none. */
static void
test_several (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autofree char *whole = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GPtrArray) redone = NULL;
  g_autoptr (GError) error = NULL;

  add_entry (store, 0, OPEN);
  add_task (store, "t");
  whole = dump (store);
  g_assert_null (trk_store_undo (store, 3, MONDAY, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_assert_cmpstr (error->message, ==, "there are only 2 to undo, not 3; nothing was changed");
  g_clear_error (&error);
  undone = trk_store_undo (store, 2, MONDAY, &error);
  assert_changes (undone, "task add", "log add");
  g_assert_null (trk_store_redo (store, 3, MONDAY, NULL));
  redone = trk_store_redo (store, 2, MONDAY, &error);
  assert_changes (redone, "log add", "task add");
  after = dump (store);
  g_assert_cmpstr (after, ==, whole);
}

/* "stop" taken back: the entry is open again. */
static void
test_undo_stop (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  gint64 number = add_entry (store, 0, OPEN);
  g_autoptr (TrkEntry) entry = trk_store_entry (store, number, NULL);
  g_autoptr (TrkEntry) open = NULL;

  entry->period.end = AT (50);
  begin (store, "stop");
  g_assert_true (trk_store_update_entry (store, entry, NULL));
  commit (store);
  g_assert_null (trk_store_open_entry (store, NULL));
  undo (store);
  open = trk_store_open_entry (store, NULL);
  g_assert_cmpint (open->number, ==, number);
}

/* Numbers whose 17 digits SQLite reads back with another last bit. */
static void
test_awkward_numbers (void)
{
  static const double values[] = { 1.2904912901611833e+278, 1.1565956716841054e+235, 5e-324, 83.2 };
  g_autoptr (TrkStore) store = open_memory ();

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (TrkMetric) metric = trk_metric_new ();

      metric->name = g_strdup ("m");
      metric->value = values[i];
      begin (store, "metric add");
      g_assert_true (trk_store_add_metric (store, metric, NULL));
      commit (store);
      undo (store);
      redo (store);
      undo (store);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/journal/back-and-forth", test_all_back_and_forth);
  g_test_add_func ("/store/journal/any-order", test_any_order);
  g_test_add_func ("/store/journal/every-column", test_every_column);
  g_test_add_func ("/store/journal/every-table", test_every_table);
  g_test_add_func ("/store/journal/after-rollback", test_after_rollback);
  g_test_add_func ("/store/journal/history", test_history);
  g_test_add_func ("/store/journal/nothing-changed", test_nothing_changed);
  g_test_add_func ("/store/journal/nothing-to-undo", test_nothing_to_undo);
  g_test_add_func ("/store/journal/several", test_several);
  g_test_add_func ("/store/journal/undo-stop", test_undo_stop);
  g_test_add_func ("/store/journal/awkward-numbers", test_awkward_numbers);
  return g_test_run ();
}
