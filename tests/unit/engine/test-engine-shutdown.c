/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* The daemon was stopped in order, and another one starts from the log: what ran, was paused, left
 * the calendar or passed meanwhile. The language is engine-play.h's. */

/* clang-format off */

static const char *const shutdown_and_up_again[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  ENGINE_RUNNING ("09:30"),
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Payment' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "09:45 restart",
  "= 09:30 gap-open shutdown",
  "= 09:45 gap-close none start-up",
  "= 09:45 entry-open focus 'Payment' observed start-up",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* Nothing was open when it was stopped: the time is no power cut all the same. */
static const char *const shutdown_while_idle[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:10 shutdown",
  "09:45 restart 08:10",
  "= 09:00 gap-open shutdown",
  "= 09:45 gap-close none start-up",
  "= 09:45 entry-open focus 'Payment' observed start-up",
  "= 09:45 notify start 'Focus — Payment' late",
  NULL,
};

#define PAUSED                                                                                      \
  "brief",                                                                                          \
  "block focus 09:00-10:30 Payment",                                                                \
  ENGINE_RUNNING ("09:20"),                                                                         \
  "09:20 pause",                                                                                    \
  "= 09:20 entry-close focus 'Payment' pause",                                                      \
  "= 09:20 gap-open pause"

/* Only the user ends a pause. */
static const char *const shutdown_while_paused[] = {
  PAUSED,
  "09:30 shutdown",
  "= 09:30 gap-close discard shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "09:45 restart 09:30",
  "= 09:30 gap-open pause",
  "09:50 shutdown",
  "= 09:50 gap-close discard shutdown",
  "09:50:10 restart 09:50",
  "= 09:50 gap-open pause",
  "10:00 resume",
  "= 10:00 gap-close discard resume",
  "= 10:00 entry-open focus 'Payment' observed resume",
  "10:10 shutdown",
  "= 10:10 entry-close focus 'Payment' shutdown",
  "10:11 restart 10:10",
  "= 10:10 gap-open shutdown",
  "= 10:11 gap-close none start-up",
  "= 10:11 entry-open focus 'Payment' observed start-up",
  NULL,
};

/* Its time is over when the daemon comes back: nothing of it was ever unknown. */
static const char *const over_while_paused_and_off[] = {
  PAUSED,
  "09:30 shutdown",
  "= 09:30 gap-close discard shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "11:00 restart 09:30",
  "= 09:30 gap-open pause",
  "= 10:30 gap-close discard block-end",
  "= 11:00 block-state 'Payment' partial block-end",
  NULL,
};

/* Something else was worked on meanwhile, and ended with the daemon. */
static const char *const shutdown_with_another_paused[] = {
  PAUSED,
  "09:25 start focus Fix",
  "= 09:25 gap-close discard by-hand",
  "= 09:25 entry-open focus 'Fix' manual by-hand",
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Fix' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "09:45 restart 09:30",
  "= 09:30 gap-open pause",
  NULL,
};

/* It left the calendar while the daemon was off: it ends as if the daemon had seen it leave. */
static const char *const left_while_off[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 11:00-12:00 Review",
  ENGINE_RUNNING ("09:30"),
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Payment' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "gone Payment",
  "09:45 restart 09:30",
  "= 09:45 block-state 'Payment' cancelled plan",
  NULL,
};

/* The same where it had left once before and come back: what was said of that time is over. */
static const char *const left_again_while_off[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 11:00-12:00 Review",
  ENGINE_RUNNING ("09:05"),
  "gone Payment",
  "09:10 plan",
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 entry-close focus 'Payment' left-calendar",
  "= 09:10 block-state 'Payment' cancelled plan",
  "block focus 09:00-10:30 Payment",
  "09:20 plan",
  "= 09:20 entry-open focus 'Payment' observed plan",
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Payment' shutdown",
  "gone Payment",
  "09:45 restart 09:30",
  "= 09:45 block-state 'Payment' cancelled plan",
  NULL,
};

/* Off for a minute, in which a block passed that nobody kept; the next one runs. */
static const char *const passed_while_off_for_seconds[] = {
  "brief",
  "block focus 09:00:10-09:00:40 Tiny",
  "block focus 09:00:50-10:00 Payment",
  "08:00 plan",
  "09:00 shutdown",
  "09:01 restart 09:00",
  "= 09:00:10 gap-open shutdown",
  "= 09:00:40 gap-close none block-end",
  "= 09:00:50 gap-open shutdown",
  "= 09:01 gap-close none start-up",
  "= 09:01 entry-open focus 'Payment' plan start-up",
  "= 09:01 notify digest 'While trackerd was off (1 min)' late",
  "= 09:01 block-state 'Tiny' missed late",
  NULL,
};

/* Three seconds late are a start in time, but not of what is over by then. */
static const char *const over_before_it_was_told[] = {
  "brief",
  "block focus 09:00:56-09:00:59 Tiny",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 2 min — Tiny' lead",
  "09:00:30 shutdown",
  "= 09:00:30 withdraw 'Tiny' shutdown",
  "09:01 restart 09:00:30",
  "= 09:00:56 gap-open shutdown",
  "= 09:00:59 gap-close none block-end",
  "= 09:01 notify digest 'While trackerd was off (30 s)' late",
  "= 09:01 block-state 'Tiny' missed late",
  NULL,
};

/* What begins by the user's word alone goes on after a stop in order as it does after a crash. */
static const char *const started_by_word_and_stopped_in_order[] = {
  "brief",
  "policy no-auto focus",
  "block focus 09:00-10:30 Payment",
  ENGINE_ANNOUNCED ("09:10"),
  "09:10 start",
  "= 09:10 entry-open focus 'Payment' manual by-hand",
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Payment' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "09:31 restart 09:30",
  "= 09:30 gap-open shutdown",
  "= 09:31 gap-close none start-up",
  "= 09:31 entry-open focus 'Payment' manual start-up",
  NULL,
};

/* An older version did not keep the user's word: what was kept by it when that was stopped is. */
static const char *const started_by_word_in_an_older_version[] = {
  "brief",
  "policy no-auto focus",
  "block focus 09:00-10:30 Payment",
  ENGINE_ANNOUNCED ("09:10"),
  "09:10 start",
  "= 09:10 entry-open focus 'Payment' manual by-hand",
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Payment' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "09:30 upgrade",
  "09:31 restart 09:30",
  "= 09:30 gap-open shutdown",
  "= 09:31 gap-close none start-up",
  "= 09:31 entry-open focus 'Payment' manual start-up",
  "10:30 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* The task that it was used for, too. */
static const char *const used_for_a_task_in_an_older_version[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  ENGINE_RUNNING ("09:10"),
  "09:10 start focus Fix task 7",
  "= 09:10 entry-close focus 'Payment' switch",
  "= 09:10 entry-open focus 'Fix' manual by-hand",
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Fix' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "09:30 upgrade",
  "09:30:30 restart 09:30",
  "= 09:30 gap-open shutdown",
  "= 09:30:30 gap-close none start-up",
  "= 09:30:30 entry-open focus 'Fix' manual start-up",
  NULL,
};

static const EngineScript scripts[] = {
  { "started-by-word-and-stopped-in-order", started_by_word_and_stopped_in_order },
  { "started-by-word-in-an-older-version", started_by_word_in_an_older_version },
  { "used-for-a-task-in-an-older-version", used_for_a_task_in_an_older_version },
  { "shutdown-and-up-again", shutdown_and_up_again },
  { "shutdown-while-idle", shutdown_while_idle },
  { "shutdown-while-paused", shutdown_while_paused },
  { "over-while-paused-and-off", over_while_paused_and_off },
  { "shutdown-with-another-paused", shutdown_with_another_paused },
  { "left-while-off", left_while_off },
  { "left-again-while-off", left_again_while_off },
  { "passed-while-off-for-seconds", passed_while_off_for_seconds },
  { "over-before-it-was-told", over_before_it_was_told },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
