/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"
#include "trk-store-private.h"
#include "undo-day.h"

/* Undo of what is over: no time comes of it, and none is lost. */

static void
observe (Day *day, TrkReason why)
{
  g_autoptr (TrkEntry) entry = make_entry (day->minute, OPEN);

  g_free (entry->title);
  entry->title = g_strdup ("planned");
  entry->block_id = g_strdup ("b1");
  entry->evidence = TRK_EVIDENCE_OBSERVED;
  entry->start_reason = why;
  g_assert_true (trk_store_add_entry (day->store, entry, NULL));
}

/* A block of a day, from minute 0 to 60, observed up to @minute. */
static void
block_runs (Day *day)
{
  set_state (day, TRK_OUTCOME_NONE, 1);
  g_assert_true (trk_db_exec (day->store->db, "UPDATE block SET end = start + 3600000000", NULL));
  observe (day, TRK_REASON_BLOCK_START);
}

static void
block_resumes (Day *day)
{
  g_autoptr (TrkGap) gap = open_gap (day);

  gap->period.end = AT (day->minute);
  gap->answer = TRK_ANSWER_DISCARD;
  g_assert_true (trk_store_update_gap (day->store, gap, NULL));
  observe (day, TRK_REASON_RESUME);
}

static void
block_ends (Day *day)
{
  g_autoptr (TrkGap) gap = open_gap (day);

  if (gap != NULL)
    {
      gap->period.end = AT (60);
      g_assert_true (trk_store_update_gap (day->store, gap, NULL));
    }
  day->minute = 60;
  close_open (day, TRK_REASON_BLOCK_END);
}

static void
step_at (Day *day, int minute, TrkActor actor, const char *text, void (*step) (Day *))
{
  day->minute = minute;
  begin_as (day, actor, text);
  step (day);
  end_command (day, actor);
}

/* Every word that an undo of @count at @minute leaves. */
static char *
undo_at (TrkStore *store, guint count, int minute)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_undo (store, count, AT (minute), &error);
  GString *words = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const TrkChange *change = changes->pdata[i];

      for (guint n = 0; change->left != NULL && n < change->left->len; n++)
        g_string_append_printf (words, "%s\n", (char *) change->left->pdata[n]);
    }
  return g_string_free (words, FALSE);
}

static void
redo_at (TrkStore *store, guint count, int minute)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_redo (store, count, AT (minute), &error);

  g_assert_no_error (error);
  g_assert_nonnull (changes);
}

static gint64
time_in (TrkStore *store)
{
  return number_of (store, "SELECT ifnull (sum (end - start), 0) / 60000000 FROM entry"
                           " WHERE end < 9223372036854775807");
}

/* Whenever pause and resume are taken back after the block's end, together or one: not a moment
 * more than was kept, and none less; it is said; and redo leads back. */
static void
test_pause_of_a_block_that_is_over (void)
{
  for (guint count = 1; count <= 2; count++)
    for (int at = 60; at < 200; at += 45)
      {
        g_autoptr (TrkStore) store = open_memory ();
        Day day = { store, 0, 0, 0, 0 };
        g_autofree char *before = NULL;
        g_autofree char *words = NULL;
        g_autofree char *after = NULL;

        step_at (&day, 0, TRK_ACTOR_DAEMON, "block", block_runs);
        step_at (&day, 10, TRK_ACTOR_USER, "pause", user_pause);
        step_at (&day, 15, TRK_ACTOR_USER, "resume", block_resumes);
        step_at (&day, 60, TRK_ACTOR_DAEMON, "advance", block_ends);
        before = dump (store);
        words = undo_at (store, count, at);
        g_assert_nonnull (strstr (words,
                                  "entry 2 (planned): it has ended since, and its time stays;"
                                  " tracker log edit 2 corrects it\n"));
        g_assert_cmpint (strstr (words, "entry 1 (planned): it is over") != NULL, ==, count == 2);
        g_assert_cmpint (time_in (store), ==, 55);
        g_assert_null (trk_store_open_entry (store, NULL));
        redo_at (store, count, at);
        after = dump (store);
        g_assert_cmpstr (after, ==, before);
      }
}

/* A pause that the block's end ended: the entry does not go on to the undo, nor to the end. */
static void
test_pause_until_the_end (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autofree char *words = NULL;

  step_at (&day, 0, TRK_ACTOR_DAEMON, "block", block_runs);
  step_at (&day, 10, TRK_ACTOR_USER, "pause", user_pause);
  step_at (&day, 60, TRK_ACTOR_DAEMON, "advance", block_ends);
  words = undo_at (store, 1, 61);
  g_assert_nonnull (strstr (words, "entry 1 (planned): it is over, and does not go on again;"));
  g_assert_cmpint (time_in (store), ==, 10);
  g_assert_cmpint (number_of (store, "SELECT count (*) FROM gap"), ==, 1);
}

/* While the block is on: at once it goes on as if nothing had been; later, nobody measured it. */
static void
test_pause_of_a_block_that_is_on (void)
{
  for (int at = 11; at < 60; at += 20)
    {
      g_autoptr (TrkStore) store = open_memory ();
      Day day = { store, 0, 0, 0, 0 };
      g_autoptr (TrkEntry) open = NULL;
      g_autofree char *words = NULL;

      step_at (&day, 0, TRK_ACTOR_DAEMON, "block", block_runs);
      step_at (&day, 10, TRK_ACTOR_USER, "pause", user_pause);
      words = undo_at (store, 1, at);
      open = trk_store_open_entry (store, NULL);
      g_assert_cmpint (open != NULL, ==, at == 11);
      g_assert_cmpint (*words == '\0', ==, at == 11);
      g_assert_cmpint (time_in (store), ==, at == 11 ? 0 : 10);
      g_assert_cmpint (number_of (store, "SELECT count (*) FROM gap"), ==, 0);
    }
}

/* Resume taken back and done again half an hour later: what was observed until then, no more. */
static void
test_resume_again (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autofree char *words = NULL;

  step_at (&day, 0, TRK_ACTOR_DAEMON, "block", block_runs);
  step_at (&day, 10, TRK_ACTOR_USER, "pause", user_pause);
  step_at (&day, 15, TRK_ACTOR_USER, "resume", block_resumes);
  words = undo_at (store, 1, 20);
  g_assert_cmpstr (words, ==, "");
  g_assert_cmpint (time_in (store), ==, 10);
  redo_at (store, 1, 50);
  g_assert_cmpint (time_in (store), ==, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/undo-over/pause-of-a-block-that-is-over",
                   test_pause_of_a_block_that_is_over);
  g_test_add_func ("/store/undo-over/pause-until-the-end", test_pause_until_the_end);
  g_test_add_func ("/store/undo-over/pause-of-a-block-that-is-on",
                   test_pause_of_a_block_that_is_on);
  g_test_add_func ("/store/undo-over/resume-again", test_resume_again);
  return g_test_run ();
}
