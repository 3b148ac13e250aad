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

/* By the user's word from now on; it ran before. */
static void
user_starts_planned (Day *day)
{
  g_autoptr (TrkEntry) entry = trk_store_open_entry (day->store, NULL);

  entry->evidence = TRK_EVIDENCE_MANUAL;
  g_assert_true (trk_store_update_entry (day->store, entry, NULL));
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

/* Another entry of the block, by the user's word. */
static void
user_starts_block (Day *day)
{
  g_autoptr (TrkEntry) entry = make_entry (day->minute, OPEN);

  close_open (day, TRK_REASON_BY_HAND);
  g_free (entry->title);
  entry->title = g_strdup ("started");
  entry->block_id = g_strdup ("b1");
  g_assert_true (trk_store_add_entry (day->store, entry, NULL));
}

/* The block's event leaves the calendar: the block ends, and what is paused of it. */
static void
event_leaves (Day *day)
{
  g_autoptr (TrkBlockState) state = trk_block_state_new ("b1");
  g_autoptr (TrkGap) gap = open_gap (day);

  if (gap != NULL)
    {
      gap->period.end = AT (day->minute);
      gap->answer = TRK_ANSWER_DISCARD;
      g_assert_true (trk_store_update_gap (day->store, gap, NULL));
    }
  close_open (day, TRK_REASON_LEFT_CALENDAR);
  state->outcome = TRK_OUTCOME_CANCELLED;
  state->outcome_reason = TRK_REASON_PLAN;
  g_assert_true (trk_store_set_block_state (day->store, state, NULL));
}

/* What goes on without its event is called off before its entry is closed. */
static void
stop_calls_off (Day *day)
{
  g_autoptr (TrkBlockState) state = trk_block_state_new ("b1");

  state->outcome = TRK_OUTCOME_CANCELLED;
  state->outcome_reason = TRK_REASON_PLAN;
  g_assert_true (trk_store_set_block_state (day->store, state, NULL));
  close_open (day, TRK_REASON_STOP);
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

/* Without a limit. */
static void
start_titled (Day *day, const char *title)
{
  g_autoptr (TrkEntry) entry = make_entry (day->minute, OPEN);

  close_open (day, TRK_REASON_SWITCH);
  g_free (entry->title);
  entry->title = g_strdup (title);
  g_assert_true (trk_store_add_entry (day->store, entry, NULL));
}

static void
user_starts (Day *day)
{
  start_titled (day, "by hand");
}

static void
user_starts_limited (Day *day)
{
  open_entry (day, "adhoc", NULL, 0, TRK_REASON_BY_HAND);
}

static void
user_starts_other (Day *day)
{
  start_titled (day, "other");
}

static void
step_at (Day *day, int minute, TrkActor actor, const char *text, void (*step) (Day *))
{
  day->minute = minute;
  begin_as (day, actor, text);
  step (day);
  end_command (day, actor);
}

/* Every word that is told of @changes. */
static char *
words_of (const GPtrArray *changes)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const TrkChange *change = changes->pdata[i];

      for (guint n = 0; change->left != NULL && n < change->left->len; n++)
        g_string_append_printf (words, "%s\n", (char *) change->left->pdata[n]);
      if (change->gone > 0)
        g_string_append_printf (words, "%d minutes gone\n", (int) (change->gone / TRK_MINUTE));
    }
  return g_string_free (words, FALSE);
}

static char *
undo_at (TrkStore *store, guint count, int minute)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_undo (store, count, AT (minute), &error);

  g_assert_no_error (error);
  return words_of (changes);
}

static char *
redo_at (TrkStore *store, guint count, int minute)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_redo (store, count, AT (minute), &error);

  g_assert_no_error (error);
  return words_of (changes);
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
        g_autofree char *again = NULL;
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
        again = redo_at (store, count, at);
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

/* What the log says of the time: "0–10 planned, 10–31? , 31– planned". A gap without an answer has
 * a question mark, one that was no work is in brackets. */
static char *
time_told (TrkStore *store)
{
  TrkQuery *query = trk_db_query (
      store->db, NULL,
      "SELECT (start - ?1) / 60000000, iif (end = ?2, '', (end - ?1) / 60000000), what"
      " FROM (SELECT start, end, title AS what FROM entry UNION ALL"
      "   SELECT start, end, iif (answer = 'none', '?', 'no work') FROM gap) ORDER BY start, end",
      "ii", AT (0), TRK_NEVER);
  GString *told = g_string_new (NULL);

  g_assert_nonnull (query);
  while (trk_query_next (query))
    g_string_append_printf (told, "%s%s–%s %s", told->len > 0 ? ", " : "",
                            trk_query_text (query, 0), trk_query_text (query, 1),
                            trk_query_text (query, 2));
  g_assert_true (trk_query_end (query, NULL));
  return g_string_free (told, FALSE);
}

static void
break_is_over (Day *day)
{
  close_open (day, TRK_REASON_LIMIT);
}

/* A start ended a break, which is on again when it is taken back, and ends by itself meanwhile.
 * Done again, the start ends it where it did at first: then nothing of that is told as not put
 * back. */
static void
test_start_in_a_break_that_is_over (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *told = NULL;

  step_at (&day, 0, TRK_ACTOR_USER, "break", user_starts);
  step_at (&day, 4, TRK_ACTOR_USER, "start other", user_starts_other);
  undone = undo_at (store, 1, 5);
  g_assert_cmpstr (undone, ==, "");
  step_at (&day, 10, TRK_ACTOR_DAEMON, "advance", break_is_over);
  redone = redo_at (store, 1, 12);
  g_assert_cmpstr (redone, ==, "");
  told = time_told (store);
  g_assert_cmpstr (told, ==, "0–4 by hand, 4– other");
}

typedef struct
{
  const char *name;
  struct
  {
    int minute;
    void (*step) (Day *);
    gboolean by_daemon;
  } steps[5];
  guint count; /* so many are undone */
  int at;      /* in this minute */
  const char *told;
  const char *words;
} Taken;

#define LEFT_OUT "nobody measured the time since it ended, which is a gap now: tracker gaps\n"

static const Taken taken[] = {
  /* A measured entry goes on at once, or what nobody measured is asked about. */
  { "pause-at-once",
    { { 0, block_runs, TRUE }, { 10, user_pause, FALSE } },
    1,
    11,
    "0– planned",
    "" },
  { "pause-later",
    { { 0, block_runs, TRUE }, { 10, user_pause, FALSE } },
    1,
    31,
    "0–10 planned, 10–31 ?",
    "entry 1 (planned): " LEFT_OUT },
  /* What runs goes, and how much that is is told. */
  { "resume",
    { { 0, block_runs, TRUE }, { 10, user_pause, FALSE }, { 15, block_resumes, FALSE } },
    1,
    40,
    "0–10 planned, 10– ?",
    "25 minutes gone\n" },
  /* What ran before the user's word was measured, and is again without that word. */
  { "pause-of-what-ran-and-was-started",
    { { 0, block_runs, TRUE }, { 5, user_starts_planned, FALSE }, { 10, user_pause, FALSE } },
    2,
    14,
    "0–10 planned, 10–14 ?",
    "entry 1 (planned): " LEFT_OUT },
  { "pause-at-once-of-what-ran-and-was-started",
    { { 0, block_runs, TRUE }, { 5, user_starts_planned, FALSE }, { 10, user_pause, FALSE } },
    2,
    11,
    "0– planned",
    "" },
  /* What left the calendar since does not go on, and its time is what was kept. */
  { "pause-of-what-left",
    { { 0, block_runs, TRUE }, { 10, user_pause, FALSE }, { 11, event_leaves, TRUE } },
    1,
    12,
    "0–10 planned, 10–11 no work",
    "the time away 1: it has ended since, and stays\n"
    "entry 1 (planned): it is over, and does not go on again; tracker log edit 1 corrects it\n" },
  { "stop-of-what-left",
    { { 0, block_runs, TRUE }, { 10, user_stop, FALSE }, { 11, event_leaves, TRUE } },
    1,
    12,
    "0–10 planned",
    "entry 1 (planned): it is over, and does not go on again; tracker log edit 1 corrects it\n" },
  /* It had left before, and was called off by the stop alone. */
  { "stop-that-calls-off",
    { { 0, block_runs, TRUE }, { 10, stop_calls_off, FALSE } },
    1,
    11,
    "0– planned",
    "" },
  { "start", { { 0, user_starts, FALSE } }, 1, 18, "", "18 minutes gone\n" },
  /* Both: the pause was none, but nobody saw what it was; what was seen since stays. */
  { "pause-and-resume",
    { { 0, block_runs, TRUE }, { 10, user_pause, FALSE }, { 15, block_resumes, FALSE } },
    2,
    40,
    "0–10 planned, 10–15 ?, 15– planned",
    "25 minutes gone\nentry 1 (planned): " LEFT_OUT },
  { "short-pause-and-resume",
    { { 0, block_runs, TRUE }, { 10, user_pause, FALSE }, { 11, block_resumes, FALSE } },
    2,
    40,
    "0– planned",
    "29 minutes gone\n" },
  /* By hand: who takes a stop back minutes later never stopped. Hours later nobody knows. */
  { "stop-at-once",
    { { 0, user_starts, FALSE }, { 10, user_stop, FALSE } },
    1,
    15,
    "0– by hand",
    "" },
  { "stop-later",
    { { 0, user_starts, FALSE }, { 10, user_stop, FALSE } },
    1,
    190,
    "0–10 by hand, 10–190 ?, 190– by hand",
    "entry 1 (by hand): " LEFT_OUT },
  { "start-and-stop",
    { { 0, user_starts, FALSE }, { 10, user_stop, FALSE } },
    2,
    190,
    "",
    "entry 1 (by hand): " LEFT_OUT "10 minutes gone\n" },
  { "stop-of-what-has-a-limit",
    { { 0, user_starts_limited, FALSE }, { 10, user_stop, FALSE } },
    1,
    190,
    "0–10 adhoc",
    "entry 1 (adhoc): it is over, and does not go on again; tracker log edit 1 corrects it\n" },
  { "switch",
    { { 0, user_starts, FALSE }, { 10, user_starts_other, FALSE } },
    1,
    60,
    "0– by hand",
    "" },
};

static void
test_taken (gconstpointer data)
{
  const Taken *row = data;
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autofree char *before = NULL;
  g_autofree char *words = NULL;
  g_autofree char *told = NULL;
  g_autofree char *again = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (row->steps) && row->steps[i].step != NULL; i++)
    step_at (&day, row->steps[i].minute,
             row->steps[i].by_daemon ? TRK_ACTOR_DAEMON : TRK_ACTOR_USER, row->name,
             row->steps[i].step);
  before = dump (store);
  words = undo_at (store, row->count, row->at);
  told = time_told (store);
  g_assert_cmpstr (told, ==, row->told);
  g_assert_cmpstr (words, ==, row->words);
  g_assert_true (trk_store_check (store, NULL));
  again = redo_at (store, row->count, row->at);
  after = dump (store);
  g_assert_cmpstr (after, ==, before);
}

/* What was taken back and is done again: it was kept until then, no more, and what is by hand goes
 * on from now. */
static void
test_done_again (void)
{
  static const struct
  {
    gboolean by_hand;
    int undone, redone;
    const char *told;
    const char *words;
    const char *undone_again; /* a minute later */
  } rows[] = {
    { FALSE, 20, 21, "0–10 planned, 10–15 no work, 15– planned", "", "7 minutes gone\n" },
    { FALSE, 20, 50, "0–10 planned, 10–15 no work, 15–20 planned, 20–50 ?",
      "entry 2 (planned): " LEFT_OUT, "5 minutes gone\n" },
    { TRUE, 20, 25, "0– by hand", "", "26 minutes gone\n" },
    { TRUE, 20, 50, "0–20 by hand, 20–50 ?, 50– by hand", "entry 1 (by hand): " LEFT_OUT,
      "21 minutes gone\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkStore) store = open_memory ();
      Day day = { store, 0, 0, 0, 0 };
      g_autofree char *undone = NULL;
      g_autofree char *words = NULL;
      g_autofree char *told = NULL;
      g_autofree char *again = NULL;

      if (rows[i].by_hand)
        step_at (&day, 0, TRK_ACTOR_USER, "start", user_starts);
      else
        {
          step_at (&day, 0, TRK_ACTOR_DAEMON, "block", block_runs);
          step_at (&day, 10, TRK_ACTOR_USER, "pause", user_pause);
          step_at (&day, 15, TRK_ACTOR_USER, "resume", block_resumes);
        }
      undone = undo_at (store, 1, rows[i].undone);
      words = redo_at (store, 1, rows[i].redone);
      told = time_told (store);
      g_assert_cmpstr (told, ==, rows[i].told);
      g_assert_cmpstr (words, ==, rows[i].words);
      again = undo_at (store, 1, rows[i].redone + 1);
      g_assert_cmpstr (again, ==, rows[i].undone_again);
    }
}

/* The same of what is done again: it was on until its event left, and no longer. */
static void
test_done_again_of_what_left (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  Day day = { store, 0, 0, 0, 0 };
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *told = NULL;

  step_at (&day, 0, TRK_ACTOR_DAEMON, "block", block_runs);
  step_at (&day, 10, TRK_ACTOR_USER, "start", user_starts_block);
  undone = undo_at (store, 1, 12);
  g_assert_cmpstr (undone, ==, "");
  step_at (&day, 14, TRK_ACTOR_DAEMON, "plan", event_leaves);
  redone = redo_at (store, 1, 15);
  told = time_told (store);
  g_assert_cmpstr (told, ==, "0–10 planned, 10–14 started");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/undo-over/pause-of-a-block-that-is-over",
                   test_pause_of_a_block_that_is_over);
  g_test_add_func ("/store/undo-over/start-in-a-break", test_start_in_a_break_that_is_over);
  g_test_add_func ("/store/undo-over/pause-until-the-end", test_pause_until_the_end);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autofree char *path = g_strconcat ("/store/undo-over/", taken[i].name, NULL);

      g_test_add_data_func (path, &taken[i], test_taken);
    }
  g_test_add_func ("/store/undo-over/done-again", test_done_again);
  g_test_add_func ("/store/undo-over/done-again-of-what-left", test_done_again_of_what_left);
  return g_test_run ();
}
