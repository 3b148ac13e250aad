/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

#include "trk-block-figures.h"
#include "trk-counted.h"

#include "trk-notice.h"

#define DAY "2026-11-23 04:00", "2026-11-24 04:00"
#define LATER "2026-11-24 12:00"

static void
assert_ratio (TrkRatio ratio, double value)
{
  g_assert_true (ratio.known);
  g_assert_cmpfloat_with_epsilon (ratio.value, value, 1e-9);
}

#define assert_minutes(length, minutes) g_assert_cmpint ((length) / TRK_MINUTE, ==, (minutes))

static void
test_times (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "a", "2026-11-23 09:00", "2026-11-23 10:30", TRK_KIND_FOCUS);
  fixture_block (f, "b", "2026-11-23 11:00", "2026-11-23 12:00", TRK_KIND_SHALLOW);
  fixture_entry (f, "2026-11-23 08:50", "2026-11-23 10:00", TRK_KIND_FOCUS, "a");
  fixture_entry (f, "2026-11-23 11:00", "2026-11-23 12:30", TRK_KIND_SHALLOW, "b")->evidence =
      TRK_EVIDENCE_PLAN;
  fixture_entry (f, "2026-11-23 12:30", "2026-11-23 13:00", TRK_KIND_BREAK, NULL);
  figures = fixture_figures (f, DAY, LATER);
  assert_minutes (figures->time[TRK_TIME_FOCUS], 70);
  assert_minutes (figures->time[TRK_TIME_PLANNED], 90);
  assert_minutes (figures->time[TRK_TIME_ON_PLAN], 60);
  assert_minutes (figures->time[TRK_TIME_OFF_PLAN], 10);
  assert_minutes (figures->time[TRK_TIME_WORK], 160);
  assert_minutes (figures->time[TRK_TIME_BREAK], 30);
  assert_minutes (figures->time[TRK_TIME_UNVERIFIED], 90);
  assert_minutes (figures->time[TRK_TIME_OVERTIME], 30); /* after b, the day's last block */
  assert_ratio (figures->adherence, 60.0 / 90);
  assert_ratio (figures->focus_share, 70.0 / 160);
  g_assert_true (figures->finished);
}

/* n/a, never 0 or 100 %. */
static void
test_nothing_planned (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) empty = fixture_figures (f, DAY, LATER);
  g_autoptr (TrkFigures) unplanned = NULL;

  g_assert_false (empty->adherence.known || empty->focus_share.known || empty->goal.known
                  || empty->interruptions_an_hour.known || empty->estimate_ratio.known);
  g_assert_true (trk_figures_is_empty (empty));
  fixture_entry (f, "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS, NULL);
  unplanned = fixture_figures (f, DAY, LATER);
  g_assert_false (unplanned->adherence.known);
  assert_ratio (unplanned->focus_share, 1);
  assert_minutes (unplanned->time[TRK_TIME_OFF_PLAN], 60);
  assert_minutes (unplanned->time[TRK_TIME_OVERTIME], 0);
}

/* What was skipped is no more to come; as planned time it counts on. */
static void
test_skipped_is_not_ahead (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "Skipped", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS)
      ->state->outcome = TRK_OUTCOME_SKIPPED;
  fixture_block (f, "Later", "2026-11-23 11:00", "2026-11-23 11:30", TRK_KIND_FOCUS);
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-23 09:15");
  assert_minutes (figures->ahead, 30);
  assert_minutes (figures->time[TRK_TIME_PLANNED], 90);
  assert_minutes (figures->time[TRK_TIME_PLANNED_BY_NOW], 15);
}

/* The trackerd that is started first notes as missed what is over already; nobody was there to miss
 * it. What was over later was missed, and what the user said of an earlier block holds. */
static void
test_nothing_is_missed_before_the_first_trace (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  TrkBlockRecord *record =
      fixture_block (f, "Early", "2026-11-23 10:00", "2026-11-23 12:00", TRK_KIND_FOCUS);
  TrkInstant noon = fixture_at (f, "2026-11-23 12:00"), now = noon + TRK_HOUR;

  record->state->outcome = TRK_OUTCOME_MISSED;
  g_assert_cmpint (trk_block_outcome (record, 0, now, noon), ==, TRK_OUTCOME_NONE);
  g_assert_cmpint (trk_block_outcome (record, 0, now, noon - 1), ==, TRK_OUTCOME_MISSED);
  record->state->outcome = TRK_OUTCOME_SKIPPED;
  g_assert_cmpint (trk_block_outcome (record, 0, now, noon), ==, TRK_OUTCOME_SKIPPED);
}

/* What was over when time began to be kept counts with an entry of its own, whenever that is: one
 * that was cut after it began is kept when its piece was over. */
static void
test_kept_after_its_time (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  const TrkInstant trace = fixture_at (f, "2026-11-23 09:05");
  g_autoptr (TrkCounting) counting = NULL;

  fixture_block (f, "kept", "2026-11-23 08:00", "2026-11-23 09:00", TRK_KIND_FOCUS);
  fixture_block (f, "not", "2026-11-23 08:00", "2026-11-23 09:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-23 09:05", "2026-11-23 09:30", TRK_KIND_FOCUS, "kept");
  counting = trk_counting_new (f->blocks, f->entries, trace);
  for (guint i = 0; i < f->blocks->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) f->blocks->pdata[i])->block;

      g_assert_cmpint (trk_counting_has (counting, block), ==, g_str_equal (block->id, "kept"));
    }
}

/* A break that nobody was there to begin was missed, until the log shows that it was taken: whole,
 * or in part, as of work. What was said of a break holds. */
static void
test_written_down_afterwards (gconstpointer data)
{
  static const struct
  {
    TrkOutcome held;
    int minutes; /* that were written down */
    TrkOutcome outcome;
  } cases[] = {
    { TRK_OUTCOME_NONE, 20, TRK_OUTCOME_PARTIAL },
    { TRK_OUTCOME_NONE, 45, TRK_OUTCOME_DONE },
    { TRK_OUTCOME_MISSED, 0, TRK_OUTCOME_MISSED },
    { TRK_OUTCOME_MISSED, 20, TRK_OUTCOME_PARTIAL },
    { TRK_OUTCOME_MISSED, 45, TRK_OUTCOME_DONE },
    { TRK_OUTCOME_SKIPPED, 45, TRK_OUTCOME_SKIPPED },
    { TRK_OUTCOME_PARTIAL, 0, TRK_OUTCOME_PARTIAL },
    { TRK_OUTCOME_DONE, 0, TRK_OUTCOME_DONE },
  };
  TrkKind kind = GPOINTER_TO_INT (data);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) f = fixture_new ("UTC");
      TrkBlockRecord *record =
          fixture_block (f, "Lunch", "2026-11-23 12:00", "2026-11-23 12:45", kind);
      TrkInstant now = fixture_at (f, "2026-11-23 13:00");

      record->state->outcome = cases[i].held;
      record->state->outcome_reason = TRK_REASON_LATE;
      g_assert_cmpint (trk_block_outcome (record, cases[i].minutes * TRK_MINUTE, now, TRK_NEVER),
                       ==, cases[i].outcome);
    }
}

/* A block that begins this very moment is none of the report's yet; one that ends is over; and five
 * minutes late is in time. */
static void
test_this_very_moment (void)
{
  static const struct
  {
    const char *now;
    guint planned, missed;
  } rows[] = { { "2026-11-23 11:59", 0, 0 },
               { "2026-11-23 12:00", 0, 0 },
               { "2026-11-23 12:01", 1, 0 },
               { "2026-11-23 12:45", 1, 1 } };
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) late = NULL;

  fixture_block (f, "Lunch", "2026-11-23 12:00", "2026-11-23 12:45", TRK_KIND_BREAK);
  fixture_block (f, "Fix", "2026-11-23 12:00", "2026-11-23 12:45", TRK_KIND_FOCUS);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkFigures) figures = fixture_figures (f, DAY, rows[i].now);

      g_assert_cmpuint (figures->breaks_planned, ==, rows[i].planned);
      g_assert_cmpuint (figures->outcomes[TRK_KIND_FOCUS][TRK_OUTCOME_MISSED], ==, rows[i].missed);
    }
  fixture_entry (f, "2026-11-23 12:05", "2026-11-23 12:30", TRK_KIND_FOCUS, "Fix");
  late = fixture_figures (f, DAY, LATER);
  g_assert_cmpuint (late->starts, ==, 1);
  g_assert_cmpuint (late->starts_within_5, ==, 1);
}

/* What was planned anew in the time of a block that was skipped and taken out is still to come. */
static void
test_planned_anew_is_ahead (void)
{
  g_autoptr (Fixture) f = fixture_new ("UTC");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "Skipped", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS)
      ->state->outcome = TRK_OUTCOME_SKIPPED;
  fixture_block (f, "Anew", "2026-11-23 09:30", "2026-11-23 10:00", TRK_KIND_FOCUS);
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", "2026-11-23 09:15");
  assert_minutes (figures->ahead, 30);
  assert_minutes (figures->time[TRK_TIME_PLANNED], 60);
}

/* An open entry counts to now; what lies ahead is planned, but not by now. */
static void
test_running (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "a", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (f, "b", "2026-11-23 11:00", "2026-11-23 12:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-23 09:00", NULL, TRK_KIND_FOCUS, "a");
  figures = fixture_figures (f, DAY, "2026-11-23 09:40");
  assert_minutes (figures->time[TRK_TIME_FOCUS], 40);
  assert_minutes (figures->time[TRK_TIME_PLANNED], 120);
  assert_minutes (figures->time[TRK_TIME_PLANNED_BY_NOW], 40);
  assert_ratio (figures->adherence, 40.0 / 120);
  assert_ratio (figures->adherence_by_now, 1);
  g_assert_false (figures->finished);
  g_assert_cmpuint (trk_figures_outcome (figures, TRK_OUTCOME_MISSED), ==, 0);
}

/* What was started by hand was no plan, nor is what left the calendar. */
static void
test_not_planned (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  TrkBlockRecord *by_hand =
      fixture_block (f, "hand", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);

  g_clear_pointer (&by_hand->block->calendar, g_free);
  fixture_block (f, "gone", "2026-11-23 10:00", "2026-11-23 11:00", TRK_KIND_FOCUS)
      ->state->outcome = TRK_OUTCOME_CANCELLED;
  fixture_entry (f, "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS, "hand");
  figures = fixture_figures (f, DAY, LATER);
  g_assert_cmpint (figures->time[TRK_TIME_PLANNED], ==, 0);
  g_assert_false (figures->adherence.known);
}

/* Unanswered gaps inside blocks of work, and nothing else, are unknown. */
static void
test_unknown (void)
{
  static const struct
  {
    const char *from, *to;
    TrkReason reason;
    TrkAnswer answer;
    int minutes;
  } rows[] = {
    { "2026-11-23 09:30", "2026-11-23 09:50", TRK_REASON_AWAY, TRK_ANSWER_NONE, 20 },
    { "2026-11-23 09:30", "2026-11-23 09:50", TRK_REASON_NOT_RUNNING, TRK_ANSWER_NONE, 20 },
    { "2026-11-23 09:30", "2026-11-23 09:50", TRK_REASON_AWAY, TRK_ANSWER_BREAK, 0 },
    { "2026-11-23 09:30", "2026-11-23 09:50", TRK_REASON_AWAY, TRK_ANSWER_DISCARD, 0 },
    { "2026-11-23 09:30", "2026-11-23 09:50", TRK_REASON_PAUSE, TRK_ANSWER_NONE, 0 },
    { "2026-11-23 09:50", "2026-11-23 10:40", TRK_REASON_AWAY, TRK_ANSWER_NONE, 10 },
    { "2026-11-23 09:10", "2026-11-23 09:40", TRK_REASON_AWAY, TRK_ANSWER_NONE, 10 },
    { "2026-11-23 09:40", NULL, TRK_REASON_SLEEP, TRK_ANSWER_NONE, 20 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
      g_autoptr (TrkFigures) figures = NULL;
      TrkGap *gap = fixture_gap (f, rows[i].from, rows[i].to, rows[i].reason);

      fixture_block (f, "a", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
      fixture_entry (f, "2026-11-23 09:00", "2026-11-23 09:30", TRK_KIND_FOCUS, "a");
      gap->block_id = g_strdup ("a");
      gap->answer = rows[i].answer;
      figures = fixture_figures (f, DAY, LATER);
      assert_minutes (figures->time[TRK_TIME_UNKNOWN], rows[i].minutes);
      assert_minutes (figures->time[TRK_TIME_WORK], 30);
    }
}

static void
test_overtime_on_off (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "off", "2026-11-23 12:00", "2026-11-23 14:00", TRK_KIND_OFF);
  fixture_block (f, "a", "2026-11-23 15:00", "2026-11-23 16:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-23 11:30", "2026-11-23 12:30", TRK_KIND_FOCUS, NULL);
  fixture_entry (f, "2026-11-23 15:00", "2026-11-23 16:15", TRK_KIND_FOCUS, "a");
  figures = fixture_figures (f, DAY, LATER);
  assert_minutes (figures->time[TRK_TIME_OVERTIME], 45);
}

/* The day has nothing but what is left of the night before. */
static void
test_overtime_after_a_night (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  g_autoptr (TrkFigures) before = NULL;

  fixture_block (f, "a", "2026-11-22 22:00", "2026-11-23 05:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-22 21:00", "2026-11-23 05:40", TRK_KIND_FOCUS, "a");
  fixture_entry (f, "2026-11-23 10:00", "2026-11-23 10:20", TRK_KIND_FOCUS, NULL);
  figures = fixture_figures (f, DAY, LATER);
  assert_minutes (figures->time[TRK_TIME_OVERTIME], 60);
  before = fixture_figures (f, "2026-11-22 04:00", "2026-11-23 04:00", LATER);
  assert_minutes (before->time[TRK_TIME_OVERTIME], 0);
}

/* The day's last block may lie before the period or after it. */
static void
test_overtime_of_a_part_of_a_day (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) morning = NULL;
  g_autoptr (TrkFigures) evening = NULL;

  fixture_block (f, "a", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (f, "b", "2026-11-23 14:00", "2026-11-23 15:00", TRK_KIND_FOCUS);
  fixture_entry (f, "2026-11-23 10:30", "2026-11-23 11:30", TRK_KIND_FOCUS, NULL);
  fixture_entry (f, "2026-11-23 17:00", "2026-11-23 17:40", TRK_KIND_FOCUS, NULL);
  morning = fixture_figures (f, "2026-11-23 08:00", "2026-11-23 12:00", LATER);
  assert_minutes (morning->time[TRK_TIME_OVERTIME], 0);
  evening = fixture_figures (f, "2026-11-23 16:00", "2026-11-23 20:00", LATER);
  assert_minutes (evening->time[TRK_TIME_OVERTIME], 40);
}

static void
test_outcomes (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "done", "2026-11-23 09:00", "2026-11-23 10:00", TRK_KIND_FOCUS);
  fixture_block (f, "part", "2026-11-23 10:00", "2026-11-23 11:00", TRK_KIND_SHALLOW);
  fixture_block (f, "miss", "2026-11-23 11:00", "2026-11-23 12:00", TRK_KIND_MEETING);
  fixture_block (f, "rest", "2026-11-23 12:00", "2026-11-23 12:30", TRK_KIND_BREAK);
  fixture_block (f, "skip", "2026-11-23 13:00", "2026-11-23 14:00", TRK_KIND_FOCUS)
      ->state->outcome = TRK_OUTCOME_SKIPPED;
  fixture_entry (f, "2026-11-23 09:02", "2026-11-23 09:50", TRK_KIND_FOCUS, "done");
  fixture_entry (f, "2026-11-23 10:10", "2026-11-23 10:57", TRK_KIND_SHALLOW, "part");
  figures = fixture_figures (f, DAY, LATER);
  g_assert_cmpuint (figures->outcomes[TRK_KIND_FOCUS][TRK_OUTCOME_DONE], ==, 1);
  g_assert_cmpuint (figures->outcomes[TRK_KIND_SHALLOW][TRK_OUTCOME_PARTIAL], ==, 1);
  g_assert_cmpuint (figures->outcomes[TRK_KIND_MEETING][TRK_OUTCOME_MISSED], ==, 1);
  g_assert_cmpuint (figures->outcomes[TRK_KIND_FOCUS][TRK_OUTCOME_SKIPPED], ==, 1);
  g_assert_cmpuint (figures->outcomes[TRK_KIND_BREAK][TRK_OUTCOME_NONE], ==, 1);
  g_assert_cmpuint (figures->starts, ==, 2);
  assert_minutes (figures->start_delay, 6);
  g_assert_cmpuint (figures->starts_within_5, ==, 1);
}

static void
test_breaks (void)
{
  static const struct
  {
    TrkOutcome outcome;
    TrkReason reason;
    guint taken, partial, ignored, owed;
  } rows[] = {
    { TRK_OUTCOME_DONE, TRK_REASON_AWAY, 1, 0, 0, 0 },
    { TRK_OUTCOME_PARTIAL, TRK_REASON_BREAK, 1, 1, 0, 0 },
    { TRK_OUTCOME_MISSED, TRK_REASON_REMINDER, 0, 0, 1, 0 },
    { TRK_OUTCOME_MISSED, TRK_REASON_LATE, 0, 0, 0, 0 },
    { TRK_OUTCOME_MISSED, TRK_REASON_STOP, 0, 0, 0, 0 },
    { TRK_OUTCOME_MISSED, TRK_REASON_OVERLAP, 0, 0, 0, 1 },
    { TRK_OUTCOME_NONE, TRK_REASON_BLOCK_END, 0, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
      g_autoptr (TrkFigures) figures = NULL;
      TrkBlockRecord *record =
          fixture_block (f, "b", "2026-11-23 11:00", "2026-11-23 11:15", TRK_KIND_BREAK);

      record->state->outcome = rows[i].outcome;
      record->state->outcome_reason = rows[i].reason;
      record->state->start = fixture_at (f, "2026-11-23 11:05");
      record->state->postponed = i % 3;
      figures = fixture_figures (f, DAY, LATER);
      g_assert_cmpuint (figures->breaks_planned, ==, 1);
      g_assert_cmpuint (figures->breaks_taken, ==, rows[i].taken);
      g_assert_cmpuint (figures->breaks_partial, ==, rows[i].partial);
      g_assert_cmpuint (figures->breaks_ignored, ==, rows[i].ignored);
      g_assert_cmpuint (figures->breaks_owed, ==, rows[i].owed);
      g_assert_cmpuint (figures->breaks_postponed, ==, i % 3 > 0);
    }
}

/* A break of which a meeting left nothing is no block; the meeting knows that it was offered. */
static void
test_owed_break (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;

  fixture_block (f, "m", "2026-11-23 11:00", "2026-11-23 12:00", TRK_KIND_MEETING)->state->notices =
      1u << TRK_NOTICE_OWED;
  fixture_block (f, "n", "2026-11-23 13:00", "2026-11-23 14:00", TRK_KIND_MEETING)->state->notices =
      1u << TRK_NOTICE_START;
  figures = fixture_figures (f, DAY, LATER);
  g_assert_cmpuint (figures->breaks_owed, ==, 1);
  g_assert_cmpuint (figures->breaks_planned, ==, 0);
}

static void
test_interruptions (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  const TrkReasonCount *by;

  /* Block "a": away, then a meeting. */
  fixture_entry (f, "2026-11-23 09:00", "2026-11-23 09:30", TRK_KIND_FOCUS, "a")->end_reason =
      TRK_REASON_AWAY;
  fixture_entry (f, "2026-11-23 09:40", "2026-11-23 10:00", TRK_KIND_FOCUS, "a")->end_reason =
      TRK_REASON_SWITCH;
  fixture_entry (f, "2026-11-23 10:00", "2026-11-23 10:10", TRK_KIND_MEETING, "m");
  fixture_entry (f, "2026-11-23 10:10", "2026-11-23 10:30", TRK_KIND_FOCUS, "a");
  /* Another block of the same work: no interruption. */
  fixture_entry (f, "2026-11-23 11:00", "2026-11-23 11:30", TRK_KIND_FOCUS, "b");
  /* By hand on task 7: stopped and taken up again is none, asleep in between is one. */
  fixture_entry (f, "2026-11-23 13:00", "2026-11-23 13:10", TRK_KIND_FOCUS, NULL)->task = 7;
  ((TrkEntry *) f->entries->pdata[5])->end_reason = TRK_REASON_STOP;
  fixture_entry (f, "2026-11-23 13:20", "2026-11-23 13:30", TRK_KIND_FOCUS, NULL)->task = 7;
  ((TrkEntry *) f->entries->pdata[6])->end_reason = TRK_REASON_SLEEP;
  fixture_entry (f, "2026-11-23 13:40", "2026-11-23 13:50", TRK_KIND_FOCUS, NULL)->task = 7;
  figures = fixture_figures (f, DAY, LATER);
  g_assert_cmpuint (figures->interruptions, ==, 3);
  g_assert_cmpuint (figures->interruptions_by->len, ==, 3);
  by = (const TrkReasonCount *) figures->interruptions_by->data;
  g_assert_cmpstr (by[0].reason, ==, "away");
  g_assert_cmpstr (by[1].reason, ==, "meeting");
  g_assert_cmpstr (by[2].reason, ==, "sleep");
  assert_ratio (figures->interruptions_an_hour, 3 / (130.0 / 60));
  assert_minutes (trk_period_length (figures->longest_stretch), 30);
  g_assert_cmpint (figures->longest_stretch.start, ==, fixture_at (f, "2026-11-23 09:00"));
  g_assert_cmpuint (figures->deep_stretches, ==, 2);
  assert_minutes (figures->time[TRK_TIME_DEEP_WORK], 60);
}

/* What a short while holds is counted, but is no rate: from 15 min of focus on it is one. */
static void
test_rate_of_little (void)
{
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
      g_autoptr (TrkFigures) figures = NULL;

      fixture_entry (f, "2026-11-23 09:00", "2026-11-23 09:07", TRK_KIND_FOCUS, "a");
      fixture_entry (f, "2026-11-23 09:10", more ? "2026-11-23 09:18" : "2026-11-23 09:17",
                     TRK_KIND_FOCUS, "a");
      figures = fixture_figures (f, DAY, LATER);
      g_assert_cmpuint (figures->interruptions, ==, 1);
      g_assert_cmpint (figures->interruptions_an_hour.known, ==, more == 1);
      if (more)
        assert_ratio (figures->interruptions_an_hour, 4);
    }
}

/* A stretch over the day's border is whole: it counts where it begins, its time where it is. */
static void
test_stretch_over_midnight (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) before = NULL, after = NULL;

  fixture_entry (f, "2026-11-24 03:45", "2026-11-24 04:20", TRK_KIND_FOCUS, NULL);
  before = fixture_figures (f, "2026-11-23 04:00", "2026-11-24 04:00", LATER);
  after = fixture_figures (f, "2026-11-24 04:00", "2026-11-25 04:00", LATER);
  g_assert_cmpuint (before->deep_stretches, ==, 1);
  g_assert_cmpuint (after->deep_stretches, ==, 0);
  assert_minutes (before->time[TRK_TIME_DEEP_WORK], 15);
  assert_minutes (after->time[TRK_TIME_DEEP_WORK], 20);
}

static void
test_tasks (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  TrkTask *task = fixture_task (f, 1, TRK_HOUR, 3);
  TrkTask *dropped = fixture_task (f, 2, TRK_HOUR, 5);

  task->state = TRK_TASK_COMPLETED;
  task->completed = fixture_at (f, "2026-11-23 12:00");
  dropped->state = TRK_TASK_CANCELLED;
  dropped->completed = task->completed;
  fixture_entry (f, "2026-11-22 09:00", "2026-11-22 10:00", TRK_KIND_FOCUS, NULL)->task = 1;
  fixture_entry (f, "2026-11-23 09:00", "2026-11-23 09:30", TRK_KIND_FOCUS, NULL)->task = 1;
  figures = fixture_figures (f, DAY, LATER);
  g_assert_cmpuint (figures->tasks_done, ==, 1);
  assert_ratio ((TrkRatio){ TRUE, figures->points_done }, 3);
  assert_ratio (figures->estimate_ratio, 1.5);
}

static void
add_metric (Fixture *f, const char *at, const char *name, double value)
{
  TrkMetric *metric = trk_metric_new ();

  metric->name = g_strdup (name);
  metric->value = value;
  metric->at = fixture_at (f, at);
  g_ptr_array_add (f->metrics, metric);
}

static void
test_metrics (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL;
  const TrkMetricFigures *row;

  add_metric (f, "2026-11-20 12:00", "coverage", 80);
  add_metric (f, "2026-11-20 12:00", "old", 1);
  add_metric (f, "2026-11-23 12:00", "coverage", 79);
  add_metric (f, "2026-11-23 13:00", "coverage", 83);
  add_metric (f, "2026-11-25 13:00", "coverage", 99);
  figures = fixture_figures (f, DAY, LATER);
  g_assert_cmpuint (figures->metrics->len, ==, 1);
  row = g_ptr_array_index (figures->metrics, 0);
  g_assert_cmpuint (row->count, ==, 2);
  g_assert_true (row->has_before);
  g_assert_cmpfloat (row->before, ==, 80);
  g_assert_cmpfloat (row->first, ==, 79);
  g_assert_cmpfloat (row->last, ==, 83);
  g_assert_cmpfloat (row->least, ==, 79);
  g_assert_cmpfloat (row->sum, ==, 162);
}

/* Friday and Monday met the goal; the weekend has no plan; Thursday failed; today still runs. */
static void
test_streak (void)
{
  static const char *const days[] = { "19", "20", "23", "24" };
  static const char *const ends[] = { "09:30", "12:00", "12:00", "09:10" };
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkFigures) figures = NULL, next_day = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *from = g_strdup_printf ("2026-11-%s 09:00", days[i]);
      g_autofree char *to = g_strdup_printf ("2026-11-%s %s", days[i], ends[i]);
      g_autofree char *end = g_strdup_printf ("2026-11-%s 12:00", days[i]);

      fixture_block (f, days[i], from, end, TRK_KIND_FOCUS);
      fixture_entry (f, from, to, TRK_KIND_FOCUS, days[i]);
    }
  f->input.focus_goal = 2 * TRK_HOUR;
  figures = fixture_figures (f, "2026-11-23 04:00", "2026-11-30 04:00", "2026-11-24 09:10");
  g_assert_cmpuint (figures->streak, ==, 2);
  g_assert_false (figures->streak_is_least);
  g_assert_cmpuint (figures->planned_days, ==, 2);
  next_day = fixture_figures (f, "2026-11-23 04:00", "2026-11-30 04:00", "2026-11-25 09:10");
  g_assert_cmpuint (next_day->streak, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/times", test_times);
  g_test_add_func ("/figures/nothing-planned", test_nothing_planned);
  g_test_add_func ("/figures/running", test_running);
  g_test_add_func ("/figures/not-planned", test_not_planned);
  g_test_add_func ("/figures/kept-after-its-time", test_kept_after_its_time);
  g_test_add_func ("/figures/unknown", test_unknown);
  g_test_add_func ("/figures/overtime-on-off", test_overtime_on_off);
  g_test_add_func ("/figures/overtime-after-a-night", test_overtime_after_a_night);
  g_test_add_func ("/figures/overtime-of-a-part-of-a-day", test_overtime_of_a_part_of_a_day);
  g_test_add_func ("/figures/outcomes", test_outcomes);
  g_test_add_func ("/figures/breaks", test_breaks);
  g_test_add_func ("/figures/owed-break", test_owed_break);
  g_test_add_func ("/figures/interruptions", test_interruptions);
  g_test_add_func ("/figures/stretch-over-midnight", test_stretch_over_midnight);
  g_test_add_func ("/figures/rate-of-little", test_rate_of_little);
  g_test_add_func ("/figures/tasks", test_tasks);
  g_test_add_func ("/figures/metrics", test_metrics);
  g_test_add_func ("/figures/streak", test_streak);
  g_test_add_func ("/figures/skipped-is-not-ahead", test_skipped_is_not_ahead);
  g_test_add_func ("/figures/nothing-is-missed-before-the-first-trace",
                   test_nothing_is_missed_before_the_first_trace);
  g_test_add_func ("/figures/this-very-moment", test_this_very_moment);
  g_test_add_func ("/figures/planned-anew-is-ahead", test_planned_anew_is_ahead);
  g_test_add_data_func ("/figures/break-written-down-afterwards", GINT_TO_POINTER (TRK_KIND_BREAK),
                        test_written_down_afterwards);
  g_test_add_data_func ("/figures/work-written-down-afterwards", GINT_TO_POINTER (TRK_KIND_FOCUS),
                        test_written_down_afterwards);
  return g_test_run ();
}
