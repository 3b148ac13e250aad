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

/* Before each row: entry 1 is [100, 200), entry 2 [200, 300), task 2 is a part of task 1 and task 3
 * of task 2, sprint 1 has task 1 since 10. */
static const char *const before[] = {
  "INSERT INTO command (actor, text, at) VALUES ('user', 'x', 0)",
  "INSERT INTO machine (id) VALUES ('m'), ('n')",
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
  for (int i = 0; i <= TRK_REASON_EDIT; i++)
    {
      g_autoptr (TrkEntry) entry = make_entry (10 * i, 10 * i + 10);
      g_autoptr (GError) error = NULL;

      entry->start_reason = entry->end_reason = (TrkReason) i;
      entry->kind = (TrkKind) (i % TRK_N_KINDS);
      entry->evidence = (TrkEvidence) (i % (TRK_EVIDENCE_PLAN + 1));
      trk_store_add_entry (store, entry, &error);
      g_assert_no_error (error);
    }
  for (int i = 0; i <= TRK_NOTICE_GAP; i++)
    {
      g_autoptr (TrkNotice) notice = trk_notice_new ((TrkNoticeKind) i, "k");
      gint64 number;

      for (int reason = 0; reason <= TRK_REASON_EDIT; reason++)
        g_assert_true (
            trk_store_add_notice (store, notice, (TrkReason) reason, MONDAY, &number, NULL));
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

/* -- Against a model --------------------------------------------------------------------------- */

#define N_MINUTES 200

/* Whose entry has this minute; 0 nobody. */
typedef struct
{
  gint64 owner[N_MINUTES];
} Model;

static gboolean
model_free (const Model *model, int start, int end, gint64 except)
{
  for (int i = start; i < end; i++)
    if (model->owner[i] != 0 && model->owner[i] != except)
      return FALSE;
  return TRUE;
}

static void
model_set (Model *model, gint64 number, int start, int end)
{
  for (int i = 0; i < N_MINUTES; i++)
    if (model->owner[i] == number)
      model->owner[i] = 0;
  for (int i = start; i < end; i++)
    model->owner[i] = number;
}

static gint64
model_any (const Model *model)
{
  return model->owner[g_test_rand_int_range (0, N_MINUTES)];
}

static void
random_stretch (int *start, int *end)
{
  *start = g_test_rand_int_range (0, N_MINUTES - 1);
  *end = *start + g_test_rand_int_range (1, 30);
  *end = MIN (*end, N_MINUTES);
}

static void
random_add (TrkStore *store, Model *model)
{
  g_autoptr (TrkEntry) entry = NULL;
  int start, end;

  random_stretch (&start, &end);
  entry = make_entry (start, end);
  g_assert_cmpint (trk_store_add_entry (store, entry, NULL), ==, model_free (model, start, end, 0));
  if (entry->number != 0)
    model_set (model, entry->number, start, end);
}

static void
random_update (TrkStore *store, Model *model)
{
  gint64 number = model_any (model);
  g_autoptr (TrkEntry) entry = NULL;
  int start, end;

  if (number == 0)
    return;
  random_stretch (&start, &end);
  entry = make_entry (start, end);
  entry->number = number;
  g_assert_cmpint (trk_store_update_entry (store, entry, NULL), ==,
                   model_free (model, start, end, number));
  if (model_free (model, start, end, number))
    model_set (model, number, start, end);
}

static void
random_remove (TrkStore *store, Model *model)
{
  gint64 number = model_any (model);

  if (number == 0)
    return;
  g_assert_true (trk_store_remove_entry (store, number, NULL));
  model_set (model, number, 0, 0);
}

/* Which numbers the pieces get is the store's matter: the model learns them from it, after it
 * checked that the rest is as it was. */
static void
random_clear (TrkStore *store, Model *model)
{
  g_autoptr (GPtrArray) entries = NULL;
  gint64 except = g_test_rand_bit () ? model_any (model) : 0;
  Model after = { 0 };
  int start, end;

  random_stretch (&start, &end);
  g_assert_true (trk_store_clear_period (store, (TrkPeriod){ AT (start), AT (end) }, except, NULL));
  entries = trk_store_entries (store, (TrkPeriod){ AT (0), AT (N_MINUTES) }, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];

      model_set (&after, entry->number, (int) ((entry->period.start - MONDAY) / TRK_MINUTE),
                 (int) ((entry->period.end - MONDAY) / TRK_MINUTE));
    }
  for (int i = 0; i < N_MINUTES; i++)
    if (i < start || i >= end)
      g_assert_cmpint (after.owner[i] != 0, ==, model->owner[i] != 0);
    else
      g_assert_cmpint (after.owner[i], ==, except != 0 && model->owner[i] == except ? except : 0);
  *model = after;
}

static void
assert_as_modelled (TrkStore *store, const Model *model)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (store, (TrkPeriod){ 0, TRK_NEVER }, NULL);
  Model found = { 0 };

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];

      for (TrkInstant at = entry->period.start; at < entry->period.end; at += TRK_MINUTE)
        found.owner[(at - MONDAY) / TRK_MINUTE] = entry->number;
    }
  g_assert_cmpmem (&found, sizeof found, model, sizeof *model);
}

static void
test_model (void)
{
  static void (*const moves[]) (TrkStore *, Model *) = { random_add,    random_add,
                                                         random_update, random_update,
                                                         random_remove, random_clear };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GError) error = NULL;
  Model model = { 0 };

  for (int i = 0; i < 1500; i++)
    {
      begin (store, "move");
      moves[g_test_rand_int_range (0, G_N_ELEMENTS (moves))](store, &model);
      commit (store);
      assert_as_modelled (store, &model);
    }
  trk_store_check (store, &error);
  g_assert_no_error (error);
}

/* The open entry keeps its number when a period before now is cleared: the daemon knows it by it.
 */
static void
test_clear_keeps_open (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) open = NULL;
  gint64 number = add_entry (store, 0, OPEN);

  begin (store, "log add --adjust");
  g_assert_true (trk_store_clear_period (store, (TrkPeriod){ AT (10), AT (20) }, 0, NULL));
  commit (store);
  open = trk_store_open_entry (store, NULL);
  g_assert_cmpint (open->number, ==, number);
  g_assert_cmpint (open->period.start, ==, AT (20));
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
  g_test_add_func ("/store/rules/model", test_model);
  g_test_add_func ("/store/rules/clear-keeps-open", test_clear_keeps_open);
  return g_test_run ();
}
