/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* A block whose event leaves the calendar while it is on: scripts (engine-play.h). It ends with
 * that, but for one that is on by a word of the user. */

/* clang-format off */

#define LEAVES_AT_0910                                                                              \
  "gone Payment",                                                                                   \
  "09:10 plan"

#define IS_BACK_AT_0912                                                                             \
  "block focus 09:00-09:30 Payment",                                                                \
  "09:12 plan"

#define ENDS_AT_0930                                                                                \
  "= 09:28 notify ending '2 min left — Payment' block-end",                                         \
  "= 09:30 entry-close focus 'Payment' block-end",                                                  \
  "= 09:30 notify end 'Time is up — Payment' block-end"

static const char *const by_itself[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  LEAVES_AT_0910,
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 entry-close focus 'Payment' left-calendar",
  "= 09:10 block-state 'Payment' cancelled plan",
  "09:40 run",
  NULL,
};

/* Something else is planned in its time at once. */
static const char *const replaced[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "gone Payment",
  "block meeting 09:10-09:30 Boss",
  "09:10 plan",
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 notify start 'Meeting — Boss' block-start",
  "= 09:10 entry-close focus 'Payment' left-calendar",
  "= 09:10 entry-open meeting 'Boss' observed block-start",
  "= 09:10 block-state 'Payment' cancelled plan",
  NULL,
};

static const char *const back_in_its_time[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  LEAVES_AT_0910,
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 entry-close focus 'Payment' left-calendar",
  "= 09:10 block-state 'Payment' cancelled plan",
  IS_BACK_AT_0912,
  "= 09:12 entry-open focus 'Payment' observed plan",
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* Back when it would have been over: it stays as it was. */
static const char *const back_too_late[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  LEAVES_AT_0910,
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 entry-close focus 'Payment' left-calendar",
  "= 09:10 block-state 'Payment' cancelled plan",
  "block focus 09:00-09:30 Payment",
  "09:31 plan",
  "09:40 run",
  NULL,
};

/* By the user's word it goes on, and is no plan: what it ends with is by its own time. */
static const char *const started[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  "08:50 active",
  "08:50 plan",
  "08:52 start focus Payment",
  "= 08:52 entry-open focus 'Payment' manual by-hand",
  LEAVES_AT_0910,
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const resumed[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 pause",
  "= 09:05 entry-close focus 'Payment' pause",
  "= 09:05 gap-open pause",
  "09:06 resume",
  "= 09:06 gap-close discard resume",
  "= 09:06 entry-open focus 'Payment' observed resume",
  LEAVES_AT_0910,
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const extended[] = {
  "block focus 09:00-09:20 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:06 extend for 10m",
  "= 09:06 withdraw 'Payment' extend",
  LEAVES_AT_0910,
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* Nobody goes on with what is paused. */
static const char *const paused[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 pause",
  "= 09:05 entry-close focus 'Payment' pause",
  "= 09:05 gap-open pause",
  LEAVES_AT_0910,
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 gap-close discard plan",
  "= 09:10 block-state 'Payment' cancelled plan",
  "09:11 resume",
  "! nothing is paused",
  NULL,
};

/* Nor when it is back. */
static const char *const paused_and_back[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 pause",
  "= 09:05 entry-close focus 'Payment' pause",
  "= 09:05 gap-open pause",
  LEAVES_AT_0910,
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 gap-close discard plan",
  "= 09:10 block-state 'Payment' cancelled plan",
  IS_BACK_AT_0912,
  "09:15 run",
  "09:15 resume",
  "= 09:15 entry-open focus 'Payment' observed resume",
  NULL,
};

/* But it is still paused when the user had begun it. */
static const char *const started_and_paused[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 start focus Payment",
  "= 09:05 entry-close focus 'Payment' by-hand",
  "= 09:05 entry-open focus 'Payment' manual by-hand",
  "09:06 pause",
  "= 09:06 entry-close focus 'Payment' pause",
  "= 09:06 gap-open pause",
  LEAVES_AT_0910,
  "09:11 resume",
  "= 09:11 gap-close discard resume",
  "= 09:11 entry-open focus 'Payment' manual resume",
  NULL,
};

/* What was stopped is not on. */
static const char *const stopped_before[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 stop",
  "= 09:05 withdraw 'Payment' stop",
  "= 09:05 entry-close focus 'Payment' stop",
  LEAVES_AT_0910,
  "= 09:10 block-state 'Payment' cancelled plan",
  "09:11 start focus",
  "! no work is planned",
  IS_BACK_AT_0912,
  "09:40 run",
  "= 09:30 block-state 'Payment' partial block-end",
  NULL,
};

static const char *const stopped_after[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:06 extend for 10m",
  "= 09:06 withdraw 'Payment' extend",
  LEAVES_AT_0910,
  "09:12 stop",
  "= 09:12 entry-close focus 'Payment' stop",
  "= 09:12 block-state 'Payment' cancelled plan",
  "09:15 run",
  "block focus 09:00-09:30 Payment",
  "09:15 plan",
  "09:50 run",
  "= 09:40 block-state 'Payment' partial block-end",
  NULL,
};

/* Stopped, it holds no time against what is planned in it; that waits for a word, and has it by its
 * name. */
static const char *const stopped_over_another[] = {
  "block focus 09:00-09:40 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "block focus 09:00-09:05 Payment",
  "event Payment 09:00-09:40",
  "block meeting 09:05-09:30 Boss",
  "block focus 09:30-09:40 Payment#2",
  "event Payment#2 09:00-09:40",
  "09:05 plan",
  "= 09:05 entry-close focus 'Payment' block-end",
  "= 09:05 withdraw 'Payment' block-end",
  "= 09:05 notify start 'Meeting — Boss' block-start",
  "= 09:05 entry-open meeting 'Boss' observed block-start",
  "= 09:05 block-state 'Payment' done block-end",
  "09:08 start meeting Boss",
  "gone Boss",
  "gone Payment#2",
  "block focus 09:00-09:40 Payment",
  "09:10 plan",
  "09:12 stop",
  "= 09:12 withdraw 'Boss' stop",
  "= 09:12 entry-close meeting 'Boss' stop",
  "= 09:12 block-state 'Boss' cancelled plan",
  "09:13 start focus Payment",
  "= 09:13 entry-open focus 'Payment' manual by-hand",
  "09:50 run",
  "= 09:38 notify ending '2 min left — Payment' block-end",
  "= 09:40 entry-close focus 'Payment' block-end",
  "= 09:40 notify end 'Time is up — Payment' block-end",
  "= 09:40 block-state 'Payment' done block-end",
  NULL,
};

/* The same when the user wants out of everything. */
static const char *const released_over_another[] = {
  "block focus 09:00-09:40 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "block focus 09:00-09:05 Payment",
  "event Payment 09:00-09:40",
  "block meeting 09:05-09:30 Boss",
  "block focus 09:30-09:40 Payment#2",
  "event Payment#2 09:00-09:40",
  "09:05 plan",
  "= 09:05 entry-close focus 'Payment' block-end",
  "= 09:05 withdraw 'Payment' block-end",
  "= 09:05 notify start 'Meeting — Boss' block-start",
  "= 09:05 entry-open meeting 'Boss' observed block-start",
  "= 09:05 block-state 'Payment' done block-end",
  "09:08 start meeting Boss",
  "gone Boss",
  "gone Payment#2",
  "block focus 09:00-09:40 Payment",
  "09:10 plan",
  "09:12 release",
  "= 09:12 withdraw 'Boss' stop",
  "= 09:12 entry-close meeting 'Boss' stop",
  "= 09:12 block-state 'Boss' cancelled plan",
  "09:13 start focus Payment",
  "= 09:13 entry-open focus 'Payment' manual by-hand",
  "09:50 run",
  "= 09:38 notify ending '2 min left — Payment' block-end",
  "= 09:40 entry-close focus 'Payment' block-end",
  "= 09:40 notify end 'Time is up — Payment' block-end",
  "= 09:40 block-state 'Payment' done block-end",
  NULL,
};

/* Left for other work, it is over: nobody comes back to it. */
static const char *const left_for_other_work[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:06 extend for 10m",
  "= 09:06 withdraw 'Payment' extend",
  LEAVES_AT_0910,
  "09:12 start shallow Fix for 5m",
  "= 09:12 entry-close focus 'Payment' switch",
  "= 09:12 entry-open shallow 'Fix' manual by-hand",
  "= 09:12 block-state 'Payment' cancelled plan",
  "09:50 run",
  "= 09:17 entry-close shallow 'Fix' limit",
  NULL,
};

/* Left for that before its event left: the word is not about it any more. */
static const char *const left_for_other_work_before[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:06 extend for 10m",
  "= 09:06 withdraw 'Payment' extend",
  "09:08 start shallow Fix for 5m",
  "= 09:08 entry-close focus 'Payment' switch",
  "= 09:08 entry-open shallow 'Fix' manual by-hand",
  LEAVES_AT_0910,
  "= 09:10 block-state 'Payment' cancelled plan",
  "09:50 run",
  "= 09:13 entry-close shallow 'Fix' limit",
  NULL,
};

/* A break from it is no other work. */
static const char *const while_the_user_rests[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 start focus Payment",
  "= 09:05 entry-close focus 'Payment' by-hand",
  "= 09:05 entry-open focus 'Payment' manual by-hand",
  "09:08 break for 5m",
  "= 09:08 entry-close focus 'Payment' break",
  "= 09:08 entry-open break 'Break' manual break",
  LEAVES_AT_0910,
  "09:14 run",
  "= 09:13 entry-close break 'Break' limit",
  "= 09:13 entry-open focus 'Payment' manual limit",
  "= 09:13 notify end 'Break is over — Break' limit",
  NULL,
};

/* It is used for a task, after a break that was taken from it. */
static const char *const rested_and_used_for_a_task[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 start focus Payment",
  "= 09:05 entry-close focus 'Payment' by-hand",
  "= 09:05 entry-open focus 'Payment' manual by-hand",
  LEAVES_AT_0910,
  "09:12 break for 10m",
  "= 09:12 entry-close focus 'Payment' break",
  "= 09:12 entry-open break 'Break' manual break",
  "09:15 start focus Payment task 7",
  "= 09:15 entry-close break 'Break' switch",
  "= 09:15 entry-open focus 'Payment' manual by-hand",
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* It was skipped before it left, and that is taken back: nothing comes of it, nor from it. */
static const char *const skip_is_undone[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 skip",
  "= 09:05 entry-close focus 'Payment' skip",
  "= 09:05 withdraw 'Payment' skip",
  "= 09:05 block-state 'Payment' skipped skip",
  LEAVES_AT_0910,
  "09:11 undo Payment",
  "09:11 reload",
  "= 09:05 entry-close focus 'Payment' left-calendar",
  "= 09:11 block-state 'Payment' cancelled plan",
  "09:40 run",
  NULL,
};

/* What was on by the user's word goes on by hand. */
static const char *const skip_of_what_was_started_is_undone[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "09:05 start focus Payment",
  "= 09:05 entry-close focus 'Payment' by-hand",
  "= 09:05 entry-open focus 'Payment' manual by-hand",
  "09:08 skip",
  "= 09:08 entry-close focus 'Payment' skip",
  "= 09:08 withdraw 'Payment' skip",
  "= 09:08 block-state 'Payment' skipped skip",
  LEAVES_AT_0910,
  "09:11 undo Payment",
  "09:11 reload",
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* It moved to a later time, and left from there: what was kept of it was of a block. */
static const char *const moved_and_left[] = {
  "block focus 09:00-09:30 Payment",
  "brief",
  ENGINE_RUNNING ("09:05"),
  "block focus 10:00-10:30 Payment",
  "09:06 plan",
  "= 09:06 withdraw 'Payment' plan",
  "= 09:06 entry-close focus 'Payment' plan",
  LEAVES_AT_0910,
  "= 09:10 block-state 'Payment' cancelled plan",
  "10:40 run",
  NULL,
};

/* -- Pieces of one event ----------------------------------------------------------------------- */

#define CUT_BY_BOSS                                                                                 \
  "block focus 09:00-09:10 Payment",                                                                \
  "event Payment 09:00-09:30",                                                                      \
  "block meeting 09:10-09:20 Boss",                                                                 \
  "block focus 09:20-09:30 Payment#2",                                                              \
  "event Payment#2 09:00-09:30"

#define BOSS_IS_GONE                                                                                \
  "gone Boss",                                                                                      \
  "gone Payment#2",                                                                                 \
  "block focus 09:00-09:30 Payment"

#define BOSS_BEGINS                                                                                 \
  "09:10 plan",                                                                                     \
  "= 09:10 entry-close focus 'Payment' block-end",                                                  \
  "= 09:10 withdraw 'Payment' block-end",                                                           \
  "= 09:10 notify start 'Meeting — Boss' block-start",                                              \
  "= 09:10 entry-open meeting 'Boss' observed block-start",                                         \
  "= 09:10 block-state 'Payment' done block-end"

#define SECOND_PIECE_BEGINS                                                                         \
  "09:22 run",                                                                                      \
  "= 09:15 notify lead 'Focus in 5 min — Payment#2' lead",                                          \
  "= 09:20 entry-close meeting 'Boss' block-end",                                                   \
  "= 09:20 withdraw 'Boss' block-end",                                                              \
  "= 09:20 notify start 'Focus — Payment#2' block-start",                                           \
  "= 09:20 entry-open focus 'Payment#2' observed block-start",                                      \
  "= 09:20 block-state 'Boss' done block-end"

/* A meeting was entered and taken back while it ran: what it had cut goes on at once. */
static const char *const cut_by_what_left_again[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  CUT_BY_BOSS,
  BOSS_BEGINS,
  BOSS_IS_GONE,
  "09:12 plan",
  "= 09:12 withdraw 'Boss' plan",
  "= 09:12 entry-close meeting 'Boss' left-calendar",
  "= 09:12 entry-open focus 'Payment' observed plan",
  "= 09:12 block-state 'Boss' cancelled plan",
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* It is the event that runs, and not the piece of it that is no more. */
static const char *const second_piece_runs[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  CUT_BY_BOSS,
  BOSS_BEGINS,
  SECOND_PIECE_BEGINS,
  BOSS_IS_GONE,
  "09:25 plan",
  "= 09:25 entry-close focus 'Payment#2' plan",
  "= 09:25 withdraw 'Payment#2' plan",
  "= 09:25 entry-open focus 'Payment' observed plan",
  "= 09:25 block-state 'Payment#2' cancelled plan",
  "09:40 run",
  ENDS_AT_0930,
  "= 09:30 block-state 'Payment' partial block-end",
  NULL,
};

static const char *const second_piece_is_taken[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  CUT_BY_BOSS,
  BOSS_BEGINS,
  SECOND_PIECE_BEGINS,
  "09:23 start focus Payment#2",
  "= 09:23 entry-close focus 'Payment#2' by-hand",
  "= 09:23 entry-open focus 'Payment#2' manual by-hand",
  BOSS_IS_GONE,
  "09:25 plan",
  "= 09:25 entry-close focus 'Payment#2' plan",
  "= 09:25 withdraw 'Payment#2' plan",
  "= 09:25 entry-open focus 'Payment' manual plan",
  "= 09:25 block-state 'Payment#2' cancelled plan",
  NULL,
};

static const char *const second_piece_is_stopped[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  CUT_BY_BOSS,
  BOSS_BEGINS,
  SECOND_PIECE_BEGINS,
  "09:23 stop",
  "= 09:23 withdraw 'Payment#2' stop",
  "= 09:23 entry-close focus 'Payment#2' stop",
  BOSS_IS_GONE,
  "09:25 plan",
  "= 09:25 block-state 'Payment#2' cancelled plan",
  "09:28 start focus Payment",
  "= 09:28 entry-open focus 'Payment' manual by-hand",
  NULL,
};

/* -- Over another daemon ----------------------------------------------------------------------- */

static const char *const left_while_off_by_word[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  "09:05 start focus Payment",
  "= 09:05 entry-close focus 'Payment' by-hand",
  "= 09:05 entry-open focus 'Payment' manual by-hand",
  "09:09 shutdown",
  "= 09:09 entry-close focus 'Payment' shutdown",
  "= 09:09 withdraw 'Payment' shutdown",
  "gone Payment",
  "09:10 restart 09:09",
  "= 09:09 gap-open shutdown",
  "= 09:10 gap-close none start-up",
  "= 09:10 entry-open focus 'Payment' manual start-up",
  NULL,
};

static const char *const restarted_after_it_left[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  "09:05 pause",
  "= 09:05 entry-close focus 'Payment' pause",
  "= 09:05 gap-open pause",
  "09:06 resume",
  "= 09:06 gap-close discard resume",
  "= 09:06 entry-open focus 'Payment' observed resume",
  LEAVES_AT_0910,
  "09:11 restart 09:11",
  NULL,
};

/* Another engine in the place of the first takes the new plan. */
static const char *const left_with_a_change_of_the_log[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  "gone Payment",
  "09:10 log 08:00-08:30 Letters",
  "09:10 reload",
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 entry-close focus 'Payment' left-calendar",
  "= 09:10 block-state 'Payment' cancelled plan",
  NULL,
};

static const char *const left_after_a_crash[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  "gone Payment",
  "09:10 restart 09:06",
  "= 09:06 entry-close focus 'Payment' not-running",
  "= 09:10 block-state 'Payment' cancelled plan",
  NULL,
};

static const EngineScript scripts[] = {
  { "leaving/by-itself", by_itself },
  { "leaving/replaced", replaced },
  { "leaving/back-in-its-time", back_in_its_time },
  { "leaving/back-too-late", back_too_late },
  { "leaving/started", started },
  { "leaving/resumed", resumed },
  { "leaving/extended", extended },
  { "leaving/paused", paused },
  { "leaving/paused-and-back", paused_and_back },
  { "leaving/started-and-paused", started_and_paused },
  { "leaving/stopped-before", stopped_before },
  { "leaving/stopped-after", stopped_after },
  { "leaving/stopped-over-another", stopped_over_another },
  { "leaving/released-over-another", released_over_another },
  { "leaving/left-for-other-work", left_for_other_work },
  { "leaving/left-for-other-work-before", left_for_other_work_before },
  { "leaving/while-the-user-rests", while_the_user_rests },
  { "leaving/rested-and-used-for-a-task", rested_and_used_for_a_task },
  { "leaving/skip-is-undone", skip_is_undone },
  { "leaving/skip-of-what-was-started-is-undone", skip_of_what_was_started_is_undone },
  { "leaving/moved-and-left", moved_and_left },
  { "leaving/cut-by-what-left-again", cut_by_what_left_again },
  { "leaving/second-piece-runs", second_piece_runs },
  { "leaving/second-piece-is-taken", second_piece_is_taken },
  { "leaving/second-piece-is-stopped", second_piece_is_stopped },
  { "leaving/left-while-off-by-word", left_while_off_by_word },
  { "leaving/restarted-after-it-left", restarted_after_it_left },
  { "leaving/left-with-a-change-of-the-log", left_with_a_change_of_the_log },
  { "leaving/left-after-a-crash", left_after_a_crash },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
