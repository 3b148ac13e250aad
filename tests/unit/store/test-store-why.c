/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

/* What was announced, what came of it, what interrupted and what hooks did. */

static gint64
add_notice (TrkStore *store, const char *key, const char *block, int at)
{
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_START, key);
  TrkNoticeRecord record = {
    .at = AT (at), .reason = TRK_REASON_BLOCK_START, .block_id = (char *) block, .notice = notice
  };

  begin (store, "step");
  g_assert_true (trk_store_add_notice (store, &record, NULL));
  commit (store);
  return record.number;
}

static void
test_notice (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_ENDING, "key");
  TrkNoticeRecord wanted = { .at = AT (3),
                             .reason = TRK_REASON_LEAD,
                             .block_id = (char *) "block",
                             .rule = (char *) "[focus] ending = 2m",
                             .notice = notice };
  g_autoptr (GPtrArray) records = NULL;
  TrkNoticeRecord *record;

  notice->title = g_strdup ("Soon over");
  notice->body = g_strdup ("in 2 min\nreally");
  notice->link = g_strdup ("https://x");
  notice->transient = TRUE;
  trk_notice_add_button (notice, TRK_BUTTON_SNOOZE, "Snooze 5 min");
  trk_notice_add_button (notice, TRK_BUTTON_SKIP, "Skip");
  begin (store, "step");
  g_assert_true (trk_store_add_notice (store, &wanted, NULL));
  commit (store);
  g_assert_true (trk_store_confirm_notice (store, wanted.number, AT (4), "dunst", TRUE, NULL));
  records = trk_store_notices (store, (TrkPeriod){ AT (3), AT (4) }, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  g_assert_cmpint (record->number, ==, wanted.number);
  g_assert_cmpint (record->at, ==, AT (3));
  g_assert_cmpint (record->shown, ==, AT (4));
  g_assert_cmpstr (record->backend, ==, "dunst");
  g_assert_true (record->quiet);
  g_assert_cmpint (record->reason, ==, TRK_REASON_LEAD);
  g_assert_cmpstr (record->block_id, ==, "block");
  g_assert_cmpstr (record->rule, ==, "[focus] ending = 2m");
  g_assert_false (record->withheld);
  g_assert_cmpint (record->answered, ==, 0);
  g_assert_null (record->answer);
  g_assert_cmpint (record->notice->kind, ==, TRK_NOTICE_ENDING);
  g_assert_cmpstr (record->notice->key, ==, "key");
  g_assert_cmpstr (record->notice->title, ==, "Soon over");
  g_assert_cmpstr (record->notice->body, ==, "in 2 min\nreally");
  g_assert_cmpstr (record->notice->link, ==, "https://x");
  g_assert_cmpuint (record->notice->n_buttons, ==, 2);
  g_assert_cmpint (record->notice->buttons[1], ==, TRK_BUTTON_SKIP);
  g_assert_cmpstr (record->notice->button_labels[0], ==, "Snooze 5 min");
  g_assert_true (record->notice->transient);
  g_assert_false (record->notice->urgent);
}

/* The log has a word for every notice and every reason that there is. */
static void
test_every_word (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  for (guint kind = 0; g_strcmp0 (trk_notice_kind_to_string (kind), "unknown") != 0; kind++)
    for (guint reason = 0; g_strcmp0 (trk_reason_to_string (reason), "unknown") != 0; reason++)
      {
        g_autoptr (TrkNotice) notice = trk_notice_new ((TrkNoticeKind) kind, "key");
        TrkNoticeRecord record = { .at = AT (1), .reason = (TrkReason) reason, .notice = notice };
        g_autoptr (GError) error = NULL;

        begin (store, "step");
        trk_store_add_notice (store, &record, &error);
        g_assert_no_error (error);
        commit (store);
      }
}

/* The answer goes to the notice that is to be seen, once, before or after the confirmation. */
static void
test_answer (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  gint64 first = add_notice (store, "a", "a", 1);
  gint64 second = add_notice (store, "a", "a", 2);
  g_autoptr (GPtrArray) records = NULL;
  TrkNoticeRecord *record;

  add_notice (store, "b", "b", 3);
  g_assert_true (trk_store_answer_notice (store, "a", AT (5), "snooze", NULL));
  g_assert_true (trk_store_answer_notice (store, "a", AT (6), TRK_NOTICE_WITHDRAWN, NULL));
  g_assert_true (trk_store_answer_notice (store, "nowhere", AT (6), "skip", NULL));
  g_assert_true (trk_store_confirm_notice (store, second, AT (4), "dunst", TRUE, NULL));
  g_assert_true (trk_store_confirm_notice (store, first, 0, "no server", FALSE, NULL));
  records = trk_store_block_notices (store, "a", NULL);
  g_assert_cmpuint (records->len, ==, 2);
  record = records->pdata[0];
  g_assert_cmpint (record->number, ==, first);
  g_assert_cmpint (record->shown, ==, 0);
  g_assert_false (record->quiet);
  g_assert_cmpint (record->answered, ==, 0);
  record = records->pdata[1];
  g_assert_cmpint (record->shown, ==, AT (4));
  g_assert_cmpint (record->answered, ==, AT (5));
  g_assert_cmpstr (record->answer, ==, "snooze");
}

/* "Why was I not told at 10:00?" */
static void
test_withheld (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_START, "a");
  TrkNoticeRecord late = { .at = AT (600),
                           .reason = TRK_REASON_LATE,
                           .block_id = (char *) "a",
                           .withheld = TRUE,
                           .notice = notice };
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  begin (store, "step");
  g_assert_true (trk_store_add_notice (store, &late, NULL));
  commit (store);
  records = trk_store_block_notices (store, "a", NULL);
  g_assert_true (((TrkNoticeRecord *) records->pdata[0])->withheld);
  g_assert_false (trk_store_confirm_notice (store, late.number, AT (601), "dunst", FALSE, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_CONFLICT);
}

static void
test_interruption (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkInterruption) wanted = trk_interruption_new ();
  g_autoptr (TrkInterruption) nobody = trk_interruption_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  g_autoptr (GError) error = NULL;
  TrkInterruption *read;

  wanted->at = AT (5);
  wanted->program = g_strdup ("org.example.Game");
  wanted->block_id = g_strdup ("b");
  g_assert_false (trk_store_add_interruption (store, wanted, &error)); /* no command */
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "guard", AT (5), NULL));
  g_assert_true (trk_store_add_interruption (store, wanted, NULL));
  commit (store);
  begin (store, "guard work");
  wanted->answer = TRK_GUARD_WORK;
  wanted->answered = AT (6);
  wanted->note = g_strdup ("a test of it");
  g_assert_true (trk_store_answer_interruption (store, wanted, NULL));
  nobody->number = 77;
  nobody->answer = TRK_GUARD_BACK;
  nobody->answered = AT (6);
  g_assert_false (trk_store_answer_interruption (store, nobody, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  commit (store);
  found = trk_store_interruptions (store, (TrkPeriod){ AT (5), AT (6) }, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  read = found->pdata[0];
  g_assert_cmpint (read->number, ==, wanted->number);
  g_assert_cmpstr (read->id, ==, wanted->id);
  g_assert_cmpint (read->at, ==, AT (5));
  g_assert_cmpstr (read->program, ==, "org.example.Game");
  g_assert_cmpstr (read->block_id, ==, "b");
  g_assert_cmpint (read->answer, ==, TRK_GUARD_WORK);
  g_assert_cmpint (read->answered, ==, AT (6));
  g_assert_cmpstr (read->note, ==, "a test of it");
  undo (store);
  undone = trk_store_interruptions (store, (TrkPeriod){ AT (5), AT (6) }, NULL);
  g_assert_cmpint (((TrkInterruption *) undone->pdata[0])->answer, ==, TRK_GUARD_NONE);
}

static void
test_hook_run (void)
{
  static const TrkHookEnd ends[] = { TRK_HOOK_EXIT, TRK_HOOK_SIGNAL, TRK_HOOK_TIMEOUT,
                                     TRK_HOOK_REFUSED };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) runs = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      TrkHookRun run = { .at = AT (i),
                         .hook = (char *) "block-start",
                         .program = (char *) "10-status",
                         .block_id = i % 2 ? (char *) "b" : NULL,
                         .length = 250 * 1000,
                         .ended = ends[i],
                         .status = (int) i,
                         .output = (char *) "said\nso" };

      g_assert_true (trk_store_add_hook_run (store, &run, NULL));
      g_assert_cmpint (run.number, ==, i + 1);
    }
  runs = trk_store_hook_runs (store, (TrkPeriod){ AT (1), AT (4) }, NULL);
  g_assert_cmpuint (runs->len, ==, 3);
  for (guint i = 0; i < runs->len; i++)
    {
      const TrkHookRun *run = runs->pdata[i];

      g_assert_cmpint (run->at, ==, AT (i + 1));
      g_assert_cmpstr (run->hook, ==, "block-start");
      g_assert_cmpstr (run->program, ==, "10-status");
      g_assert_cmpstr (run->block_id, ==, i % 2 ? NULL : "b");
      g_assert_cmpint (run->length, ==, 250 * 1000);
      g_assert_cmpint (run->ended, ==, ends[i + 1]);
      g_assert_cmpint (run->status, ==, i + 1);
      g_assert_cmpstr (run->output, ==, "said\nso");
    }
}

static void
test_hook_runs_kept (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) last = NULL;

  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "many", AT (1), NULL));
  for (guint i = 0; i < 10050; i++)
    {
      TrkHookRun run = { .at = AT (1), /* a clock that stands still, or jumps, removes nothing */
                         .hook = (char *) (i % 2 ? "away" : "back"),
                         .program = (char *) "music",
                         .status = (int) i };

      g_assert_true (trk_store_add_hook_run (store, &run, NULL));
    }
  g_assert_true (trk_store_commit (store, NULL));
  runs = trk_store_hook_runs (store, (TrkPeriod){ AT (1), AT (2) }, NULL);
  g_assert_cmpuint (runs->len, ==, 10000);
  g_assert_cmpint (((TrkHookRun *) runs->pdata[0])->status, ==, 50);
  last = trk_store_last_hook_runs (store, NULL);
  g_assert_cmpuint (last->len, ==, 2);
  g_assert_cmpint (((TrkHookRun *) last->pdata[0])->status, ==, 10048);
  g_assert_cmpint (((TrkHookRun *) last->pdata[1])->status, ==, 10049);
}

/* A run that cannot be saved is tried again as a whole, and stands in the log once. */
static void
test_hook_run_again (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) runs = NULL;
  TrkHookRun run = { .at = AT (1), .hook = (char *) "away", .program = (char *) "music" };

  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "many", AT (1), NULL));
  for (guint i = 0; i < 10000; i++)
    g_assert_true (trk_store_add_hook_run (store, &run, NULL));
  g_assert_true (trk_store_commit (store, NULL));
  run.status = 7;
  g_assert_true (trk_db_exec (store->db,
                              "CREATE TEMP TRIGGER held BEFORE DELETE ON main.hook_run"
                              " BEGIN SELECT RAISE (ABORT, 'as if the disk were full'); END",
                              NULL));
  g_assert_false (trk_store_add_hook_run (store, &run, NULL));
  g_assert_true (trk_db_exec (store->db, "DROP TRIGGER held", NULL));
  g_assert_true (trk_store_add_hook_run (store, &run, NULL));
  runs = trk_store_hook_runs (store, (TrkPeriod){ AT (1), AT (2) }, NULL);
  g_assert_cmpuint (runs->len, ==, 10000);
  g_assert_cmpint (((TrkHookRun *) runs->pdata[9998])->status, ==, 0);
  g_assert_cmpint (((TrkHookRun *) runs->pdata[9999])->status, ==, 7);
}

static void
assert_told (TrkStore *store, const char *expected)
{
  g_autoptr (GPtrArray) told = trk_store_told_hooks (store, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (told);
  g_ptr_array_add (told, NULL);
  text = g_strjoinv (",", (char **) told->pdata);
  g_assert_cmpstr (text, ==, expected);
}

static void
tell_hook (TrkStore *store, const char *what, gboolean begins)
{
  g_autoptr (GError) error = NULL;

  trk_store_tell_hook (store, what, begins, &error);
  g_assert_no_error (error);
}

/* What began stays until it ends, in order; of days only the last. */
static void
test_told_hooks (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  assert_told (store, "");
  tell_hook (store, "focus", TRUE);
  tell_hook (store, "block work/*?[1", TRUE);
  tell_hook (store, "away", TRUE);
  tell_hook (store, "focus", TRUE);
  assert_told (store, "focus,block work/*?[1,away");
  tell_hook (store, "focus", FALSE);
  tell_hook (store, "break", FALSE);
  tell_hook (store, "focus", TRUE);
  assert_told (store, "block work/*?[1,away,focus");
  tell_hook (store, "block work/*?[1", FALSE);
  tell_hook (store, "day 20779", TRUE);
  tell_hook (store, "day 20780", TRUE);
  assert_told (store, "away,focus,day 20780");
}

/* -- Absences ---------------------------------------------------------------------------------- */

static void
assert_noted (TrkStore *store, const TrkAbsence *expected)
{
  g_autoptr (GError) error = NULL;
  TrkAbsence absence;

  trk_store_absence (store, &absence, &error);
  g_assert_no_error (error);
  g_assert_cmpint (absence.away, ==, expected->away);
  g_assert_cmpint (absence.there, ==, expected->there);
  g_assert_cmpint (absence.rested.start, ==, expected->rested.start);
  g_assert_cmpint (absence.rested.end, ==, expected->rested.end);
  g_assert_cmpint (absence.asked, ==, expected->asked);
}

/* The last one that was noted; of a log that has none nothing is known. */
static void
test_noted_absence (void)
{
  static const char *const broken[] = { "",          "1 2 x",      "1 2 3 4",
                                        "1 2 3 4 x", "1 2 3 4 5x", "1 2 3 4 9223372036854775808" };
  g_autoptr (TrkStore) store = open_memory ();
  TrkAbsence away = { 5 * TRK_HOUR, TRK_HOUR, { 2, 3 * TRK_HOUR }, TRK_NEVER };
  TrkAbsence back = { 0, 6 * TRK_HOUR, { 5 * TRK_HOUR, 6 * TRK_HOUR }, 5 * TRK_HOUR };

  assert_noted (store, &(TrkAbsence){ 0 });
  g_assert_true (trk_store_note_absence (store, &away, NULL));
  assert_noted (store, &away);
  g_assert_true (trk_store_note_absence (store, &back, NULL));
  assert_noted (store, &back);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_assert_true (trk_db_run (
          store->db, NULL, "UPDATE meta SET value = ?1 WHERE name = 'absence'", "s", broken[i]));
      assert_noted (store, &(TrkAbsence){ 0 });
    }
}

/* -- When the daemon ran ----------------------------------------------------------------------- */

static void
assert_absence (TrkStore *store, int at, int from, int to)
{
  TrkPeriod absence = { -1, -1 };

  g_assert_true (trk_store_daemon_absence (store, AT (at), &absence, NULL));
  g_assert_cmpint (absence.start, ==, from == 0 ? 0 : AT (from));
  g_assert_cmpint (absence.end, ==, to == 0 ? 0 : AT (to));
}

static void
test_runs (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  gint64 first, second;

  assert_absence (store, 5, 0, 0);
  g_assert_true (trk_store_begin_run (store, AT (10), &first, NULL));
  assert_absence (store, 5, 0, 10);
  assert_absence (store, 10, 0, 0);
  assert_absence (store, 99, 0, 0); /* it may run still */
  g_assert_true (trk_store_touch_run (store, first, AT (20), NULL));
  g_assert_true (trk_store_touch_run (store, first, AT (15), NULL)); /* the clock was set back */
  g_assert_true (trk_store_begin_run (store, AT (30), &second, NULL));
  assert_absence (store, 15, 0, 0);
  assert_absence (store, 20, 20, 30);
  assert_absence (store, 29, 20, 30);
  assert_absence (store, 30, 0, 0);
  assert_absence (store, 5, 0, 10);
  add_entry (store, 18, 23); /* was open: a mark is a sign of life too */
  assert_absence (store, 22, 0, 0);
  assert_absence (store, 24, 23, 30);
  add_entry (store, 25, 27); /* the next daemon's */
  assert_absence (store, 26, 23, 30);
}

static void
assert_ended (TrkStore *store, int mark, gboolean wanted)
{
  gboolean ended = !wanted;

  g_assert_true (trk_store_ended_in_order (store, AT (mark), &ended, NULL));
  g_assert_cmpint (ended, ==, wanted);
}

/* A run without its last word crashed, whatever the one before it said. */
static void
test_ended_in_order (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  gint64 run;

  assert_ended (store, 5, FALSE);
  g_assert_true (trk_store_begin_run (store, AT (10), &run, NULL));
  assert_ended (store, 10, FALSE);
  g_assert_true (trk_store_end_run (store, run, AT (20), NULL));
  assert_ended (store, 20, TRUE);
  assert_ended (store, 25, FALSE); /* a later mark: it is of a daemon that did not end so */
  g_assert_true (trk_store_begin_run (store, AT (30), &run, NULL));
  assert_ended (store, 20, FALSE);
  assert_ended (store, 30, FALSE);
  g_assert_true (trk_store_end_run (store, run, AT (15), NULL)); /* the clock was set back */
  assert_ended (store, 30, TRUE);
  assert_absence (store, 15, 0, 0);
}

/* A withheld notice was never there to be answered. */
static void
test_answer_beside_withheld (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_END, "k");
  TrkNoticeRecord record = {
    .at = AT (2), .reason = TRK_REASON_LATE, .withheld = TRUE, .notice = notice
  };
  g_autoptr (GPtrArray) records = NULL;

  add_notice (store, "k", "b", 1);
  begin (store, "step");
  g_assert_true (trk_store_add_notice (store, &record, NULL));
  commit (store);
  g_assert_true (trk_store_answer_notice (store, "k", AT (3), "skip", NULL));
  records = trk_store_notices (store, (TrkPeriod){ AT (1), AT (4) }, NULL);
  g_assert_cmpstr (((TrkNoticeRecord *) records->pdata[0])->answer, ==, "skip");
  g_assert_null (((TrkNoticeRecord *) records->pdata[1])->answer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/why/notice", test_notice);
  g_test_add_func ("/store/why/every-word", test_every_word);
  g_test_add_func ("/store/why/answer", test_answer);
  g_test_add_func ("/store/why/withheld", test_withheld);
  g_test_add_func ("/store/why/answer-beside-withheld", test_answer_beside_withheld);
  g_test_add_func ("/store/why/runs", test_runs);
  g_test_add_func ("/store/why/ended-in-order", test_ended_in_order);
  g_test_add_func ("/store/why/interruption", test_interruption);
  g_test_add_func ("/store/why/hook-run", test_hook_run);
  g_test_add_func ("/store/why/hook-runs-kept", test_hook_runs_kept);
  g_test_add_func ("/store/why/hook-run-again", test_hook_run_again);
  g_test_add_func ("/store/why/told-hooks", test_told_hooks);
  g_test_add_func ("/store/why/noted-absence", test_noted_absence);
  return g_test_run ();
}
