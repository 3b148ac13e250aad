/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* What is started by hand, with a plan and without. The language is engine-play.h's. */

/* clang-format off */

static const char *const by_hand_without_a_plan[] = {
  "brief",
  "09:00 active",
  "09:00 plan",
  "09:00 start focus Fix for 50m task 7",
  "= 09:00 entry-open focus 'Fix' manual by-hand",
  "10:00 run",
  "= 09:48 notify ending '2 min left — Fix' block-end",
  "= 09:50 entry-close focus 'Fix' limit",
  "= 09:50 notify end 'Time is up — Fix' limit",
  "10:00 extend",
  "= 10:00 withdraw 'hand' extend",
  "= 09:50 entry-open focus 'Fix' manual extend",
  "10:04 extend",
  "= 10:04 entry-amend focus 'Fix' manual extend",
  "10:10 done",
  "= 10:10 task-done 7 done",
  "= 10:10 entry-close focus 'Fix' done",
  NULL,
};

static const char *const by_hand_over_a_plan[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block meeting 10:00-10:30 Team",
  "block shallow 10:30-11:00 Review",
  "08:00 active",
  "08:00 plan",
  "08:50 start shallow Fix",
  "= 08:50 entry-open shallow 'Fix' manual by-hand",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "10:10 run",
  "= 09:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:00 notify start 'Meeting — Team' block-start",
  "= 10:00 entry-close shallow 'Fix' switch",
  "= 10:00 entry-open meeting 'Team' observed block-start",
  "= 10:00 block-state 'Payment' missed by-hand",
  "11:30 run",
  "= 10:30 entry-close meeting 'Team' block-end",
  "= 10:30 withdraw 'Team' block-end",
  "= 10:30 entry-open shallow 'Review' observed block-start",
  "= 10:30 block-state 'Team' done block-end",
  "= 11:00 entry-close shallow 'Review' block-end",
  "= 11:00 block-state 'Review' done block-end",
  NULL,
};

/* The bus takes any number of microseconds. */
static const char *const lengths_have_a_limit[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "08:50 start shallow Fix for-us 9223372036854775807",
  "! at most 366 days",
  "08:50 start shallow Fix for-us -1",
  "! at most 366 days",
  "08:50 start shallow Fix for 30m",
  "= 08:50 entry-open shallow 'Fix' manual by-hand",
  "08:51 extend for-us 9223372036854775807",
  "! at most 366 days",
  "08:51 break for-us 9223372036854775807",
  "! at most 366 days",
  "11:00 run",
  "= 09:20 entry-close shallow 'Fix' limit",
  NULL,
};

static const char *const by_hand_ends_by_its_limit[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:50 start shallow Fix for 30m",
  "= 08:50 entry-open shallow 'Fix' manual by-hand",
  "11:00 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:20 entry-close shallow 'Fix' limit",
  "= 09:20 entry-open focus 'Payment' observed limit",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' partial block-end",
  NULL,
};

/* It is the work by hand that was stopped, and the log does not say so of the block: that was not
 * what was worked on. */
static const char *const by_hand_stopped_in_a_block[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:50 start shallow Fix",
  "= 08:50 entry-open shallow 'Fix' manual by-hand",
  "09:20 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "09:20 stop",
  "= 09:20 withdraw 'Payment' stop",
  "= 09:20 entry-close shallow 'Fix' stop",
  "11:00 run",
  "= 10:30 block-state 'Payment' missed by-hand",
  NULL,
};

static const char *const by_hand_chosen_over_a_meeting[] = {
  "brief",
  "block meeting 14:00-15:00 Team",
  "13:00 active",
  "13:00 plan",
  "14:10 run",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' observed block-start",
  "14:10 start focus Incident",
  "= 14:10 entry-close meeting 'Team' switch",
  "= 14:10 entry-open focus 'Incident' manual by-hand",
  "15:10 run",
  "= 15:00 withdraw 'Team' block-end",
  "= 15:00 block-state 'Team' partial block-end",
  "15:10 stop",
  "= 15:10 entry-close focus 'Incident' stop",
  NULL,
};

static const char *const by_hand_and_away_gives_way[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "08:00 active",
  "08:00 plan",
  "08:30 start shallow Fix",
  "= 08:30 entry-open shallow 'Fix' manual by-hand",
  "08:50 away 08:45",
  "= 08:45 entry-close shallow 'Fix' away",
  "= 08:45 gap-open away",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 gap-close none block-start",
  "= 09:00 gap-open away",
  "09:10 back",
  "= 09:10 gap-close none back",
  "= 09:10 entry-open focus 'Payment' observed back",
  "= 09:10 notify gap 'You were away 25 min (08:45–09:10)' back",
  "10:10 run",
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 notify end 'Time is up — Payment' block-end",
  "= 10:00 block-state 'Payment' done block-end",
  NULL,
};

static const char *const start_back_dated[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 start shallow Fix at 08:50",
  "! already written",
  "09:30 start shallow Fix at 09:10",
  "= 09:10 entry-close focus 'Payment' switch",
  "= 09:10 entry-open shallow 'Fix' manual by-hand",
  "09:40 stop",
  "= 09:40 withdraw 'Payment' stop",
  "= 09:40 entry-close shallow 'Fix' stop",
  NULL,
};

static const char *const start_the_next_early[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:50 start",
  "= 08:50 entry-open focus 'Payment' manual by-hand",
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* The work that is on is what a start without a name means, stopped or not; a break that was begun
 * three hours early and stopped comes again when it is due. */
static const char *const early_break_is_stopped[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block break 12:00-12:45 Lunch",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "09:07 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:07 start block Lunch",
  "= 09:07 entry-close focus 'Payment' switch",
  "= 09:07 entry-open break 'Lunch' manual by-hand",
  "09:08 stop",
  "= 09:08 withdraw 'Payment' stop",
  "= 09:08 entry-close break 'Lunch' stop",
  "09:20 run",
  "09:20 start",
  "= 09:20 entry-open focus 'Payment' manual by-hand",
  "09:21 stop",
  "= 09:21 entry-close focus 'Payment' stop",
  "12:01 run",
  "= 10:30 block-state 'Payment' partial block-end",
  "= 12:00 notify start 'Break — Lunch' block-start",
  NULL,
};

/* Work as well. Its alarm of before is not given again, nor its start, whatever the clock does. */
static const char *const early_work_is_stopped[] = {
  "brief",
  "block focus 11:00-12:00 Payment",
  "08:00 active",
  "08:00 plan",
  "09:00 start",
  "= 09:00 entry-open focus 'Payment' manual by-hand",
  "09:10 stop",
  "= 09:10 entry-close focus 'Payment' stop",
  "10:56 run",
  "= 10:55 notify lead 'Focus in 5 min — Payment' lead",
  "10:56 start",
  "= 10:56 entry-open focus 'Payment' manual by-hand",
  "10:57 restart 10:57",
  "10:57 stop",
  "= 10:57 entry-close focus 'Payment' stop",
  "11:05 run",
  "= 11:00 notify start 'Focus — Payment' block-start",
  "= 11:00 entry-open focus 'Payment' observed block-start",
  "10:50 step",
  "10:51 stop",
  "= 10:51 withdraw 'Payment' stop",
  "= 11:00 entry-close focus 'Payment' stop",
  "11:30 run",
  NULL,
};

/* Begun early, then something else that is on: it comes when it is due. */
static const char *const early_break_gives_way[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block break 12:00-12:45 Lunch",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "09:07 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:07 start block Lunch",
  "= 09:07 entry-close focus 'Payment' switch",
  "= 09:07 entry-open break 'Lunch' manual by-hand",
  "09:09 start",
  "= 09:09 entry-close break 'Lunch' switch",
  "= 09:09 entry-open focus 'Payment' manual by-hand",
  "12:01 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  "= 12:00 withdraw 'Payment' block-start",
  "= 12:00 notify start 'Break — Lunch' block-start",
  NULL,
};

/* Not the break hours away, and nothing of tomorrow. */
static const char *const start_is_of_work_today[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block break 12:00-12:45 Lunch",
  "block shallow 14:00-15:00 Mail",
  "block focus 33:00-34:00 Ledger",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "09:07 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:07 skip",
  "= 09:07 entry-close focus 'Payment' skip",
  "= 09:07 withdraw 'Payment' skip",
  "= 09:07 block-state 'Payment' skipped skip",
  "09:10 start",
  "= 09:10 entry-open shallow 'Mail' manual by-hand",
  "09:11 skip",
  "= 09:11 entry-close shallow 'Mail' skip",
  "= 09:11 block-state 'Mail' skipped skip",
  "09:12 start",
  "! no work is planned for the rest of today",
  "12:02 run",
  "= 12:00 notify start 'Break — Lunch' block-start",
  "12:02 start",
  "! no work is planned for the rest of today",
  NULL,
};

static const EngineScript scripts[] = {
  { "early-break-is-stopped", early_break_is_stopped },
  { "early-work-is-stopped", early_work_is_stopped },
  { "early-break-gives-way", early_break_gives_way },
  { "start-is-of-work-today", start_is_of_work_today },
  { "by-hand-without-a-plan", by_hand_without_a_plan },
  { "by-hand-over-a-plan", by_hand_over_a_plan },
  { "lengths-have-a-limit", lengths_have_a_limit },
  { "by-hand-ends-by-its-limit", by_hand_ends_by_its_limit },
  { "by-hand-stopped-in-a-block", by_hand_stopped_in_a_block },
  { "by-hand-chosen-over-a-meeting", by_hand_chosen_over_a_meeting },
  { "by-hand-and-away-gives-way", by_hand_and_away_gives_way },
  { "start-back-dated", start_back_dated },
  { "start-the-next-early", start_the_next_early },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
