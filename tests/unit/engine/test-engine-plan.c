/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* A plan that changes while its blocks run, and what the user's word about a block does to it. The
 * language is engine-play.h's. */

/* clang-format off */

/* The planner gives the time of a skipped meeting back; the engine takes that plan up. */
static const char *const skip_gives_the_time_back[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block meeting 10:00-11:00 Team",
  "block focus 11:00-12:00 Payment#2",
  "08:00 active",
  "08:00 plan",
  "10:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 09:59 notify ending '1 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:00 notify start 'Meeting — Team' block-start",
  "= 10:00 entry-open meeting 'Team' observed block-start",
  "= 10:00 block-state 'Payment' done block-end",
  "10:10 skip",
  "= 10:10 entry-close meeting 'Team' skip",
  "= 10:10 withdraw 'Team' skip",
  "= 10:10 block-state 'Team' skipped skip",
  "left Team 10:10",
  "gone Team",
  "block meeting 10:00-10:10 Team",
  "gone Payment#2",
  "block focus 10:10-12:00 Payment#2",
  "10:10 plan",
  "= 10:10 notify start 'Focus — Payment#2' block-start",
  "= 10:10 entry-open focus 'Payment#2' observed block-start",
  "10:11 restart 10:11",
  "12:30 run",
  "= 11:58 notify ending '2 min left — Payment#2' block-end",
  "= 12:00 entry-close focus 'Payment#2' block-end",
  "= 12:00 notify end 'Time is up — Payment#2' block-end",
  "= 12:00 block-state 'Payment#2' done block-end",
  NULL,
};

static const char *const skipped_before_it_began[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block meeting 10:00-11:00 Team",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:10 skip block Team",
  "= 09:10 block-state 'Team' skipped skip",
  "left Team 09:10",
  "gone Team",
  "block focus 09:00-11:00 Payment",
  "09:10 plan",
  "11:10 run",
  "= 10:58 notify ending '2 min left — Payment' block-end",
  "= 11:00 entry-close focus 'Payment' block-end",
  "= 11:00 notify end 'Time is up — Payment' block-end",
  "= 11:00 block-state 'Payment' done block-end",
  NULL,
};

static const char *const done_early_leaves_its_time[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "08:00 active",
  "08:00 plan",
  "09:50 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:50 done",
  "= 09:50 withdraw 'Payment' done",
  "= 09:50 entry-close focus 'Payment' done",
  "= 09:50 block-state 'Payment' done done",
  "left Payment 09:50",
  "09:51 extend",
  "! nothing has just ended",
  "11:00 run",
  NULL,
};

/* Worked for a while, then away with the hand, then the calendar takes it out: it was worked on. */
static const char *const worked_and_taken_out[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 start shallow Fix",
  "= 09:30 entry-close focus 'Payment' switch",
  "= 09:30 entry-open shallow 'Fix' manual by-hand",
  "gone Payment",
  "09:40 plan",
  "= 09:40 withdraw 'Payment' plan",
  "= 09:40 block-state 'Payment' partial plan",
  "block focus 09:00-10:30 Payment",
  "09:50 plan",
  "09:55 stop",
  "= 09:55 entry-close shallow 'Fix' stop",
  "11:00 run",
  "= 10:30 block-state 'Payment' partial block-end",
  NULL,
};

/* The same over a restart of the daemon while it was out of the calendar. */
static const char *const taken_out_and_back_over_a_restart[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block focus 11:00-12:00 Review",
  "09:00 active",
  "09:00 plan",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 start shallow Fix",
  "= 09:30 entry-close focus 'Payment' switch",
  "= 09:30 entry-open shallow 'Fix' manual by-hand",
  "10:56 run",
  "= 10:30 withdraw 'Payment' block-end",
  "= 10:30 block-state 'Payment' partial block-end",
  "= 10:55 notify lead 'Focus in 5 min — Review' lead",
  "gone Review",
  "10:57 plan",
  "= 10:57 withdraw 'Review' plan",
  "= 10:57 block-state 'Review' cancelled plan",
  "10:58 stop",
  "= 10:58 entry-close shallow 'Fix' stop",
  "10:58 restart 10:58",
  "block focus 11:00-12:00 Review",
  "10:59 plan",
  "11:10 run",
  "= 11:00 notify start 'Focus — Review' block-start",
  "= 11:00 entry-open focus 'Review' observed block-start",
  "11:10 start shallow Fix",
  "= 11:10 entry-close focus 'Review' switch",
  "= 11:10 entry-open shallow 'Fix' manual by-hand",
  "gone Review",
  "11:15 plan",
  "= 11:15 withdraw 'Review' plan",
  "= 11:15 block-state 'Review' partial plan",
  "11:16 restart 11:16",
  "block focus 11:00-12:00 Review",
  "11:17 plan",
  "12:10 run",
  "= 12:00 block-state 'Review' partial block-end",
  NULL,
};

/* It goes on until its end, but nobody would begin it anew: the log has it as cancelled then. */
static const char *const snoozed_after_it_was_taken_out[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block break 10:30-10:45 Walk",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "09:30 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "gone Payment",
  "09:30 plan",
  "09:31 snooze",
  "! that block has left the calendar",
  "10:31 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 withdraw 'Payment' block-end",
  "= 10:30 notify start 'Break — Walk' block-start",
  "= 10:30 block-state 'Payment' done block-end",
  "10:31 break",
  "= 10:31 entry-open break 'Walk' manual break",
  "gone Walk",
  "10:32 plan",
  "10:33 postpone",
  "! that block has left the calendar",
  NULL,
};

/* A meeting comes into the calendar over the first half of a block that runs already. */
static const char *const squeezed_while_it_runs[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "cut Payment 10:00-10:30",
  "block meeting 09:00-10:00 Team",
  "09:30 plan",
  "= 09:30 withdraw 'Payment' plan",
  "= 09:30 entry-close focus 'Payment' switch",
  "= 09:30 entry-open meeting 'Team' observed block-start",
  "= 09:30 notify start 'Meeting — Team' late",
  "10:01 run",
  "= 09:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 10:00 entry-close meeting 'Team' block-end",
  "= 10:00 withdraw 'Team' block-end",
  "= 10:00 notify start 'Focus — Payment' block-start",
  "= 10:00 entry-open focus 'Payment' observed block-start",
  "= 10:00 block-state 'Team' partial block-end",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const EngineScript scripts[] = {
  { "skip-gives-the-time-back", skip_gives_the_time_back },
  { "skipped-before-it-began", skipped_before_it_began },
  { "done-early-leaves-its-time", done_early_leaves_its_time },
  { "worked-and-taken-out", worked_and_taken_out },
  { "taken-out-and-back-over-a-restart", taken_out_and_back_over_a_restart },
  { "snoozed-after-it-was-taken-out", snoozed_after_it_was_taken_out },
  { "squeezed-while-it-runs", squeezed_while_it_runs },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
