/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

#include <string.h>

/* What must never be in the log cannot be written: by the schema, whoever writes, and by the calls,
 * which say it better. */

#define NEVER "9223372036854775807"
#define ENTRY(start, end, kind, evidence, start_reason, end_reason)                                \
  "INSERT INTO entry (id, machine, start, end, kind, title, evidence, start_reason, end_reason)"   \
  " VALUES (hex (randomblob (8)), 'm', " #start ", " end ", " kind ", 't', " evidence              \
  ", " start_reason ", " end_reason ")"
#define GAP(start, end, reason, answer)                                                            \
  "INSERT INTO gap (id, machine, start, end, reason, answer)"                                      \
  " VALUES (hex (randomblob (8)), 'm', " #start ", " end ", " reason ", " answer ")"
#define TASK(title, state, parent, estimate, points, completed)                                    \
  "INSERT INTO task (id, title, state, parent, estimate, points, created, completed)"              \
  " VALUES (hex (randomblob (8)), " title ", " state ", " parent ", " estimate ", " points         \
  ", 0, " completed ")"

#define NOTICE(reason, kind)                                                                       \
  "INSERT INTO notice (at, reason, key, kind, title, body, transient, urgent)"                     \
  " VALUES (1, " reason ", 'k', " kind ", '', '', 0, 0)"
#define HOOK(length, ended)                                                                        \
  "INSERT INTO hook_run (at, hook, program, length, ended, status)"                                \
  " VALUES (1, 'h', 'p', " length ", " ended ", 0)"
#define INTERRUPTION(program, answer, answered)                                                    \
  "INSERT INTO interruption (id, machine, at, program, answer, answered)"                          \
  " VALUES (hex (randomblob (8)), 'm', 1, " program ", " answer ", " answered ")"

/* Before each row: entry 1 is [100, 200), entry 2 [200, 300), task 2 is a part of task 1 and task 3
 * of task 2, sprint 1 has task 1 since 10. */
static const char *const before[] = {
  "INSERT INTO command (actor, text, at) VALUES ('user', 'x', 0)",
  "INSERT INTO machine (id) VALUES ('m'), ('n')",
  "INSERT INTO journal (command, source, row) VALUES (1, 'entry', 1)",
  ENTRY (100, "200", "'focus'", "'manual'", "'by-hand'", "'stop'"),
  ENTRY (200, "300", "'break'", "'plan'", "'break'", "'edit'"),
  TASK ("'a'", "'needs-action'", "NULL", "0", "0", "NULL"),
  TASK ("'b'", "'in-process'", "1", "0", "0", "NULL"),
  TASK ("'c'", "'completed'", "2", "0", "0", "5"),
  "INSERT INTO sprint (id, name, first, last, started) VALUES ('s', 's', 1, 2, 0)",
  "INSERT INTO sprint_task (sprint, task, how, joined, carried) VALUES (1, 1, 'added', 10, 0)",
  GAP (100, "200", "'away'", "'none'"),
  "INSERT INTO notice (at, shown, reason, key, kind, title, body, transient, urgent)"
  " VALUES (1, 0, 'lead', 'k', 'lead', '', '', 0, 0), (1, 5, 'lead', 'k', 'lead', '', '', 0, 0)",
  "UPDATE notice SET answered = 6, answer = 'skip' WHERE number = 2",
  "INSERT INTO block (id, title, kind, start, end, planned_start, planned_end)"
  " VALUES ('c', '', 'focus', 5, 6, 5, 6)",
  "INSERT INTO block_state (block, start, end, outcome, outcome_reason, notices, reminders)"
  " VALUES ('c', 0, 0, 'done', 'stop', 0, 0)",
  "INSERT INTO hook_run (at, hook, program, length, ended, status) VALUES (1, 'h', 'p', 2, 'exit', "
  "0)",
};

typedef struct
{
  const char *sql;
  const char *refusal; /* NULL: it is allowed */
} Row;

static const Row rows[] = {
  /* An entry's own values. */
  { ENTRY (50, "50", "'focus'", "'manual'", "'stop'", "'stop'"),
    "an entry must end after it starts" },
  { ENTRY (50, "40", "'focus'", "'manual'", "'stop'", "'stop'"),
    "an entry must end after it starts" },
  { ENTRY (50, "60", "'work'", "'manual'", "'stop'", "'stop'"), "unknown kind of an entry" },
  { ENTRY (50, "60", "'focus'", "'hope'", "'stop'", "'stop'"), "unknown evidence of an entry" },
  { ENTRY (50, "60", "'focus'", "'manual'", "'mood'", "'stop'"),
    "unknown reason for an entry's start" },
  { ENTRY (50, "60", "'focus'", "'manual'", "'stop'", "'mood'"),
    "unknown reason for an entry's end" },
  { ENTRY (50, "60", "'focus'", "'manual'", "'stop'", "NULL"), "reason for its end" },
  { ENTRY (900, NEVER, "'focus'", "'manual'", "'stop'", "'stop'"), "reason for its end" },
  { ENTRY (50, "60", "NULL", "'manual'", "'stop'", "'stop'"), "NOT NULL" },
  { ENTRY (50, "'soon'", "'focus'", "'manual'", "'stop'", "'stop'"), "cannot store TEXT" },
  /* Overlaps: touching is none. */
  { ENTRY (300, "400", "'focus'", "'manual'", "'stop'", "'stop'"), NULL },
  { ENTRY (50, "100", "'focus'", "'manual'", "'stop'", "'stop'"), NULL },
  { ENTRY (50, "101", "'focus'", "'manual'", "'stop'", "'stop'"), "overlaps" },
  { ENTRY (299, "400", "'focus'", "'manual'", "'stop'", "'stop'"), "overlaps" },
  { ENTRY (100, "200", "'focus'", "'manual'", "'stop'", "'stop'"), "overlaps" },
  { ENTRY (120, "130", "'focus'", "'manual'", "'stop'", "'stop'"), "overlaps" },
  { ENTRY (0, "900", "'focus'", "'manual'", "'stop'", "'stop'"), "overlaps" },
  { ENTRY (250, NEVER, "'focus'", "'manual'", "'stop'", "NULL"), "overlaps" },
  { ENTRY (50, NEVER, "'focus'", "'manual'", "'stop'", "NULL"), "overlaps" },
  { ENTRY (300, NEVER, "'focus'", "'manual'", "'stop'", "NULL"), NULL },
  { "UPDATE entry SET end = 201 WHERE number = 1", "overlaps" },
  { "UPDATE entry SET end = 199 WHERE number = 1", NULL },
  { "UPDATE entry SET start = 199 WHERE number = 2", "overlaps" },
  { "UPDATE entry SET end = " NEVER ", end_reason = NULL WHERE number = 1", "overlaps" },
  { "UPDATE entry SET end = " NEVER ", end_reason = NULL WHERE number = 2", NULL },
  { "UPDATE entry SET machine = 'n', start = 100 WHERE number = 2", NULL },
  { "UPDATE entry SET machine = 'nobody' WHERE number = 2", "FOREIGN KEY" },
  { "UPDATE entry SET id = (SELECT id FROM entry WHERE number = 1) WHERE number = 2", "UNIQUE" },
  /* Gaps. */
  { GAP (300, "300", "'away'", "'none'"), "a gap must end after it starts" },
  { GAP (300, "400", "'mood'", "'none'"), "unknown reason of a gap" },
  { GAP (300, "400", "'away'", "'maybe'"), "unknown answer to a gap" },
  { GAP (300, NEVER, "'away'", "'worked'"), "a gap is answered after it has ended" },
  { GAP (300, NEVER, "'away'", "'none'"), NULL },
  { GAP (300, NEVER, "'away'", "'none'") ";" GAP (400, NEVER, "'away'", "'none'"), "UNIQUE" },
  /* Tasks. */
  { TASK ("''", "'needs-action'", "NULL", "0", "0", "NULL"), "a task needs a title" },
  { TASK ("'x'", "'lazy'", "NULL", "0", "0", "NULL"), "unknown state of a task" },
  { TASK ("'x'", "'needs-action'", "NULL", "-1", "0", "NULL"), "an estimate cannot be negative" },
  { TASK ("'x'", "'needs-action'", "NULL", "0", "-0.5", "NULL"), "points must be a number" },
  { TASK ("'x'", "'needs-action'", "NULL", "0", "1e308 * 10", "NULL"), "points must be a number" },
  { TASK ("'x'", "'needs-action'", "NULL", "0", "0", "5"), "time of completion" },
  { TASK ("'x'", "'cancelled'", "NULL", "0", "0", "NULL"), "time of completion" },
  { TASK ("'x'", "'needs-action'", "3", "0", "0", "NULL"), NULL },
  { "UPDATE task SET parent = 1 WHERE number = 1", "a task cannot be a part of itself" },
  { "UPDATE task SET parent = 2 WHERE number = 1", "a task cannot be a part of itself" },
  { "UPDATE task SET parent = 3 WHERE number = 1", "a task cannot be a part of itself" },
  { "UPDATE task SET parent = 1 WHERE number = 3", NULL },
  { "INSERT INTO task (number, id, title, state, parent, estimate, points, created)"
    " VALUES (9, 'x', 'x', 'needs-action', 9, 0, 0, 0)",
    "a task cannot be a part of itself" },
  /* Sprints. */
  { "UPDATE sprint SET last = 0", "a sprint cannot end before it starts" },
  { "UPDATE sprint SET name = ''", "a sprint needs a name" },
  { "INSERT INTO sprint (id, name, first, last, started) VALUES ('t', 's', 1, 2, 0)", "UNIQUE" },
  { "UPDATE sprint_task SET left = 9", "a task cannot leave a sprint before it joined" },
  { "UPDATE sprint_task SET how = 'pushed'", "unknown way of a task into a sprint" },
  { "UPDATE sprint_task SET carried = 1", "was not carried over" },
  { "INSERT INTO sprint_task (sprint, task, how, joined, carried) VALUES (1, 1, 'added', 11, 0)",
    "UNIQUE" },
  /* Metrics, blocks, notices, the journal. */
  { "INSERT INTO metric (id, name, value, at) VALUES ('m', '', 1, 1)", "a metric needs a name" },
  { "INSERT INTO metric (id, name, value, at) VALUES ('m', 'x', 1e308 * 10, 1)", "finite" },
  { "INSERT INTO metric (id, name, value, at) VALUES ('m', 'x', -1e308 * 10, 1)", "finite" },
  { "INSERT INTO block (id, title, kind, start, end, planned_start, planned_end)"
    " VALUES ('b', '', 'focus', 5, 5, 5, 5)",
    "a block must end after it starts" },
  { "INSERT INTO block (id, title, kind, start, end, planned_start, planned_end)"
    " VALUES ('b', '', 'nap', 5, 6, 5, 6)",
    "unknown kind of a block" },
  { "DELETE FROM notice", "a notice stays in the log" },
  { "UPDATE notice SET shown = 3 WHERE number = 1", NULL },
  { "UPDATE notice SET shown = 3 WHERE number = 2", "this notice was confirmed already" },
  { "UPDATE notice SET answered = 3, answer = 'stop' WHERE number = 1", NULL },
  { "UPDATE notice SET answered = 3 WHERE number = 1", "an answer to a notice has its time" },
  { "UPDATE notice SET answered = 7 WHERE number = 2", "this notice was answered already" },
  { "UPDATE notice SET withheld = 1 WHERE number = 2", "a notice that is withheld is not shown" },
  { NOTICE ("'mood'", "'lead'"), "unknown reason of a notice" },
  { NOTICE ("'lead'", "'poem'"), "unknown kind of a notice" },
  { "UPDATE entry SET start_reason = 'mood'", "unknown reason for an entry's start" },
  { "UPDATE entry SET end_reason = 'mood'", "unknown reason for an entry's end" },
  { "UPDATE gap SET reason = 'mood'", "unknown reason of a gap" },
  { "INSERT INTO block_state (block, start, end, outcome, outcome_reason, notices, reminders)"
    " VALUES ('b', 0, 0, 'done', 'mood', 0, 0)",
    "unknown reason of a block's outcome" },
  { "UPDATE block_state SET outcome_reason = 'mood'", "unknown reason of a block's outcome" },
  { "UPDATE notice SET reason = 'mood' WHERE number = 1", "unknown reason of a notice" },
  { "UPDATE notice SET kind = 'poem' WHERE number = 1", "unknown kind of a notice" },
  { "UPDATE notice SET reason = 'poem', kind = 'mood' WHERE number = 1", "unknown reason" },
  { "UPDATE entry SET start_reason = 'edit', end_reason = 'edit'", NULL },
  { "UPDATE entry SET start_reason = NULL", "NOT NULL" },
  { "UPDATE hook_run SET status = 1", "what a hook did is not rewritten" },
  { HOOK ("-1", "'exit'"), "a hook cannot run for a negative time" },
  { HOOK ("1", "'tired'"), "unknown end of a hook" },
  { INTERRUPTION ("''", "'none'", "0"), "an interruption has a program" },
  { INTERRUPTION ("'p'", "'maybe'", "5"), "unknown answer to an interruption" },
  { INTERRUPTION ("'p'", "'none'", "5"), "an answer to an interruption has its time" },
  { INTERRUPTION ("'p'", "'back'", "0"), "an answer to an interruption has its time" },
  { INTERRUPTION ("'p'", "'back'", "5"), NULL },
  { "UPDATE journal SET after = NULL", "the journal is not rewritten" },
};

static void
test_schema (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (trk_db_begin (store->db, NULL));
      for (guint j = 0; j < G_N_ELEMENTS (before); j++)
        {
          trk_db_exec (store->db, before[j], &error);
          g_assert_no_error (error);
        }
      g_test_message ("%s", rows[i].sql);
      trk_db_exec (store->db, rows[i].sql, &error);
      if (rows[i].refusal == NULL)
        g_assert_no_error (error);
      else
        {
          g_assert_nonnull (error);
          g_assert_nonnull (strstr (error->message, rows[i].refusal));
          g_assert_error (error, TRK_ERROR, TRK_ERROR_CONFLICT);
        }
      trk_db_rollback (store->db);
      trk_db_exec (store->db, "DELETE FROM sqlite_sequence", NULL);
    }
}

/* References wait for the end of the transaction, so that undo may go in any order. */
static void
test_references (void)
{
  static const char *const changes[] = {
    "DELETE FROM task WHERE number = 1",
    "DELETE FROM sprint",
    "UPDATE task SET sprint = 77 WHERE number = 1",
    "UPDATE entry SET task = 77 WHERE number = 1",
  };
  g_autoptr (TrkStore) store = open_memory ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (trk_db_begin (store->db, NULL));
      for (guint j = 0; j < G_N_ELEMENTS (before); j++)
        g_assert_true (trk_db_exec (store->db, before[j], NULL));
      g_assert_true (trk_db_exec (store->db, changes[i], NULL));
      g_assert_false (trk_db_commit (store->db, &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_CONFLICT);
      trk_db_exec (store->db, "DELETE FROM sqlite_sequence", NULL);
    }
}

/* A word that was added to the program needs a migration of the schema: this test says so. */
static void
test_all_words (void)
{
  g_autoptr (TrkStore) store = open_memory ();

  begin (store, "words");
  for (int i = 0; i <= TRK_REASON_TURN; i++)
    {
      g_autoptr (TrkEntry) entry = make_entry (10 * i, 10 * i + 10);
      g_autoptr (GError) error = NULL;

      entry->start_reason = entry->end_reason = (TrkReason) i;
      entry->kind = (TrkKind) (i % TRK_N_KINDS);
      entry->evidence = (TrkEvidence) (i % (TRK_EVIDENCE_PLAN + 1));
      trk_store_add_entry (store, entry, &error);
      g_assert_no_error (error);
    }
  for (int i = 0; i <= TRK_NOTICE_GUARD; i++)
    {
      g_autoptr (TrkNotice) notice = trk_notice_new ((TrkNoticeKind) i, "k");
      TrkNoticeRecord record = { .at = MONDAY, .notice = notice };

      for (int reason = 0; reason <= TRK_REASON_TURN; reason++)
        {
          record.reason = (TrkReason) reason;
          g_assert_true (trk_store_add_notice (store, &record, NULL));
        }
    }
  for (int i = 0; i <= TRK_OUTCOME_CANCELLED; i++)
    {
      g_autofree char *id = g_strdup_printf ("b%d", i);
      g_autoptr (TrkBlockState) state = trk_block_state_new (id);
      g_autoptr (TrkBlock) block = trk_block_new ();

      block->id = g_strdup (id);
      block->kind = (TrkKind) i;
      block->period = (TrkPeriod){ AT (0), AT (1) };
      state->outcome = (TrkOutcome) i;
      g_assert_true (trk_store_put_block (store, block, NULL));
      g_assert_true (trk_store_set_block_state (store, state, NULL));
    }
  for (int i = 0; i <= TRK_GUARD_WORK; i++)
    {
      g_autoptr (TrkInterruption) interruption = trk_interruption_new ();

      interruption->program = g_strdup ("p");
      interruption->answer = (TrkGuardAnswer) i;
      interruption->answered = i == TRK_GUARD_NONE ? 0 : AT (1);
      g_assert_true (trk_store_add_interruption (store, interruption, NULL));
    }
  for (int i = 0; i <= TRK_ANSWER_DISCARD; i++)
    {
      g_autoptr (TrkGap) gap = trk_gap_new ();

      gap->period = (TrkPeriod){ AT (i), AT (i + 1) };
      gap->answer = (TrkAnswer) i;
      g_assert_true (trk_store_add_gap (store, gap, NULL));
    }
  commit (store);
}

/* -- In words ---------------------------------------------------------------------------------- */

static void
test_overlap_in_words (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) meeting = make_entry (14 * 60, 14 * 60 + 45);
  g_autoptr (TrkEntry) entry = make_entry (14 * 60 + 30, 15 * 60);
  g_autoptr (TrkEntry) late = make_entry (17 * 60, 18 * 60);
  g_autoptr (GError) error = NULL;

  meeting->kind = TRK_KIND_MEETING;
  meeting->zone = g_strdup ("Europe/Berlin");
  begin (store, "log add");
  g_assert_true (trk_store_add_entry (store, meeting, NULL));
  commit (store);
  add_entry (store, 16 * 60, OPEN);
  begin (store, "log add");
  g_assert_false (trk_store_add_entry (store, entry, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "it overlaps entry 1 (15:00–15:45, meeting work)");
  g_clear_error (&error);
  g_assert_false (trk_store_add_entry (store, late, &error));
  g_assert_cmpstr (error->message, ==, "it overlaps entry 2 (since 16:00, still open, focus work)");
}

/* What a row refers to is missed when it is written, by its name. */
static void
test_references_in_words (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (10, 20);
  g_autoptr (TrkTask) task = trk_task_new ();
  TrkSprintTask member = { .sprint = 1, .task = 9, .how = TRK_JOIN_ADDED };
  g_autoptr (GError) error = NULL;

  begin (store, "x");
  entry->task = 7;
  g_assert_false (trk_store_add_entry (store, entry, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "there is no task 7");
  g_clear_error (&error);
  entry->task = 0;
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  entry->task = 8;
  g_assert_false (trk_store_update_entry (store, entry, &error));
  g_assert_cmpstr (error->message, ==, "there is no task 8");
  g_clear_error (&error);
  task->title = g_strdup ("t");
  task->sprint = 3;
  g_assert_false (trk_store_add_task (store, task, &error));
  g_assert_cmpstr (error->message, ==, "there is no sprint 3");
  g_clear_error (&error);
  g_assert_false (trk_store_put_sprint_task (store, &member, &error));
  g_assert_cmpstr (error->message, ==, "there is no sprint 1");
  g_clear_error (&error);
  trk_store_rollback (store);
}

/* A line break parts tags in the database; one in a tag makes no second tag. */
static void
test_tags_with_breaks (void)
{
  static const char *const tags[] = { "one\ntwo", "three\r", NULL };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (10, 20);
  g_autoptr (TrkEntry) read = NULL;

  entry->tags = g_strdupv ((GStrv) tags);
  begin (store, "x");
  g_assert_true (trk_store_add_entry (store, entry, NULL));
  commit (store);
  read = trk_store_entry (store, entry->number, NULL);
  g_assert_cmpuint (g_strv_length (read->tags), ==, 2);
  g_assert_cmpstr (read->tags[0], ==, "one two");
  g_assert_cmpstr (read->tags[1], ==, "three ");
}

static void
test_other_refusals_in_words (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (10, 10);
  g_autoptr (TrkTask) task = trk_task_new ();
  g_autoptr (TrkSprint) sprint = trk_sprint_new ();
  g_autoptr (TrkBlockState) state = trk_block_state_new ("nowhere");
  g_autoptr (GError) error = NULL;

  begin (store, "x");
  g_assert_false (trk_store_add_entry (store, entry, &error));
  g_assert_cmpstr (error->message, ==, "an entry must end after it starts");
  g_clear_error (&error);
  task->title = g_strdup ("t");
  task->parent = 44;
  g_assert_false (trk_store_add_task (store, task, &error));
  g_assert_cmpstr (error->message, ==, "there is no task 44");
  g_clear_error (&error);
  sprint->name = g_strdup ("S1");
  g_assert_true (trk_store_add_sprint (store, sprint, NULL));
  g_assert_false (trk_store_add_sprint (store, sprint, &error));
  g_assert_cmpstr (error->message, ==, "there is a sprint “S1” already");
  g_clear_error (&error);
  g_assert_false (trk_store_set_block_state (store, state, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
}

static void
test_no_command (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (0, 10);
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_store_add_entry (store, entry, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (trk_store_commit (store, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  g_clear_error (&error);
  begin (store, "a");
  g_assert_false (trk_store_begin (store, TRK_ACTOR_USER, "b", MONDAY, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_STATE);
  trk_store_rollback (store);
  trk_store_rollback (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rules/schema", test_schema);
  g_test_add_func ("/store/rules/references", test_references);
  g_test_add_func ("/store/rules/all-words", test_all_words);
  g_test_add_func ("/store/rules/overlap-in-words", test_overlap_in_words);
  g_test_add_func ("/store/rules/references-in-words", test_references_in_words);
  g_test_add_func ("/store/rules/tags-with-breaks", test_tags_with_breaks);
  g_test_add_func ("/store/rules/others-in-words", test_other_refusals_in_words);
  g_test_add_func ("/store/rules/no-command", test_no_command);
  return g_test_run ();
}
