/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"

/* What the focus guard asked, and what was answered. */

static TrkInterruption *
asked (int minute, const char *program)
{
  TrkInterruption *interruption = trk_interruption_new ();

  interruption->at = AT (minute);
  interruption->program = g_strdup (program);
  return interruption;
}

static void
add (TrkStore *store, int minute, const char *program, const char *block)
{
  g_autoptr (TrkInterruption) interruption = asked (minute, program);
  g_autoptr (GError) error = NULL;

  interruption->block_id = g_strdup (block);
  g_assert_true (trk_store_begin (store, TRK_ACTOR_DAEMON, "step", AT (minute), NULL));
  g_assert_true (trk_store_add_interruption (store, interruption, &error));
  g_assert_cmpint (interruption->number, >, 0);
  g_assert_nonnull (interruption->id);
  commit (store);
}

/* "MINUTE PROGRAM ANSWER until MINUTE NOTE" for each. */
static char *
all (TrkStore *store)
{
  TrkPeriod day = { AT (0), AT (24 * 60) };
  g_autoptr (GPtrArray) rows = trk_store_interruptions (store, day, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const TrkInterruption *row = rows->pdata[i];

      g_string_append_printf (text, "%d %s %s", (int) ((row->at - MONDAY) / TRK_MINUTE),
                              row->program, trk_guard_answer_to_string (row->answer));
      if (row->until != 0)
        g_string_append_printf (text, " until %d", (int) ((row->until - MONDAY) / TRK_MINUTE));
      g_string_append_printf (text, "%s%s\n", row->note != NULL ? " " : "",
                              row->note != NULL ? row->note : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_all (TrkStore *store, const char *wanted)
{
  g_autofree char *text = all (store);

  g_assert_cmpstr (text, ==, wanted);
}

/* By when it began and which program it is: the daemon knows no number. */
static void
test_answer_and_undo (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkInterruption) answer = asked (5, "steam");

  add (store, 5, "steam", "b");
  add (store, 5, "discord", "b");
  add (store, 9, "steam", NULL);
  answer->answer = TRK_GUARD_ALLOW;
  answer->answered = AT (6);
  answer->until = AT (11);
  answer->note = g_strdup ("a patch");
  begin (store, "guard allow");
  g_assert_true (trk_store_answer_interruption (store, answer, NULL));
  commit (store);
  assert_all (store, "5 steam allow until 11 a patch\n5 discord none\n9 steam none\n");
  undo (store);
  assert_all (store, "5 steam none\n5 discord none\n9 steam none\n");
  redo (store);
  assert_all (store, "5 steam allow until 11 a patch\n5 discord none\n9 steam none\n");
}

static void
test_of_a_block (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GPtrArray) rows = NULL;

  add (store, 9, "steam", "b");
  add (store, 5, "discord", "b");
  add (store, 7, "steam", "other");
  add (store, 8, "steam", NULL);
  rows = trk_store_block_interruptions (store, "b", NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((TrkInterruption *) rows->pdata[0])->program, ==, "discord");
  g_assert_cmpstr (((TrkInterruption *) rows->pdata[1])->program, ==, "steam");
}

static void
test_nothing_to_answer (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkInterruption) answer = asked (5, "steam");
  g_autoptr (GError) error = NULL;

  add (store, 6, "steam", NULL);
  answer->answer = TRK_GUARD_WORK;
  answer->answered = AT (6);
  begin (store, "guard work");
  g_assert_false (trk_store_answer_interruption (store, answer, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  trk_store_rollback (store);
  assert_all (store, "6 steam none\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/guard/of-a-block", test_of_a_block);
  g_test_add_func ("/store-guard/answer-and-undo", test_answer_and_undo);
  g_test_add_func ("/store-guard/nothing-to-answer", test_nothing_to_answer);
  return g_test_run ();
}
