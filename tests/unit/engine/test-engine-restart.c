/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* The daemon ends, in order or not, and another one starts from the log. The language is
 * engine-play.h's. */

/* clang-format off */

static const char *const shutdown_and_up_again[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
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
  "08:00 active",                                                                                   \
  "08:00 plan",                                                                                     \
  "09:20 run",                                                                                      \
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",                                            \
  "= 09:00 notify start 'Focus — Payment' block-start",                                             \
  "= 09:00 entry-open focus 'Payment' observed block-start",                                        \
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

/* A break that was stopped and is taken after all is stopped no more. */
static const char *const in_a_break_taken_after_all[] = {
  "brief",
  "block break 11:00-11:15 Screen",
  "10:00 active",
  "10:00 plan",
  "11:00 run",
  "= 11:00 notify start 'Break — Screen' block-start",
  "11:01 break",
  "= 11:01 entry-open break 'Screen' manual break",
  "11:02 stop",
  "= 11:02 withdraw 'Screen' stop",
  "= 11:02 entry-close break 'Screen' stop",
  "11:03 break",
  "= 11:03 entry-open break 'Screen' manual break",
  "11:06 restart 11:05",
  "= 11:05 entry-close break 'Screen' not-running",
  "= 11:06 entry-open break 'Screen' manual start-up",
  "11:20 run",
  "= 11:15 entry-close break 'Screen' block-end",
  "= 11:15 notify end 'Break is over — Screen' block-end",
  "= 11:15 block-state 'Screen' done block-end",
  NULL,
};

static const char *const killed_while_paused[] = {
  PAUSED,
  "09:30 restart 09:20",
  "09:50 restart 09:50",
  "10:00 resume",
  "= 10:00 gap-close discard resume",
  "= 10:00 entry-open focus 'Payment' observed resume",
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
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 shutdown",
  "= 09:30 entry-close focus 'Payment' shutdown",
  "= 09:30 withdraw 'Payment' shutdown",
  "gone Payment",
  "09:45 restart 09:30",
  "= 09:45 block-state 'Payment' partial plan",
  NULL,
};

/* Stopped in order once does not excuse the crash that came later. */
static const char *const killed_while_idle[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:10 shutdown",
  "08:20 restart 08:10",
  "09:45 restart 08:20",
  "= 09:00 gap-open not-running",
  "= 09:45 gap-close none start-up",
  "= 09:45 entry-open focus 'Payment' observed start-up",
  "= 09:45 notify start 'Focus — Payment' late",
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

/* Nobody knows of the minute since the last mark, and nobody is asked about it. */
static const char *const killed_and_up_at_once[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:31 restart 09:30",
  "= 09:30 entry-close focus 'Payment' not-running",
  "= 09:30 gap-open not-running",
  "= 09:31 gap-close none start-up",
  "= 09:31 entry-open focus 'Payment' observed start-up",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* What nobody is asked about by itself can be said all the same. */
static const char *const killed_for_two_minutes[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:32 restart 09:30",
  "= 09:30 entry-close focus 'Payment' not-running",
  "= 09:30 gap-open not-running",
  "= 09:32 gap-close none start-up",
  "= 09:32 entry-open focus 'Payment' observed start-up",
  "09:40 answer worked",
  "= 09:32 gap-answer worked by-hand",
  "= 09:30 entry-add focus 'Payment' manual by-hand",
  "09:45:01 restart 09:43",
  "= 09:43 entry-close focus 'Payment' not-running",
  "= 09:43 gap-open not-running",
  "= 09:45:01 gap-close none start-up",
  "= 09:45:01 entry-open focus 'Payment' observed start-up",
  "= 09:45:01 notify gap 'trackerd was off 2 min (09:43–09:45)' back",
  NULL,
};

/* For the user's programs focus goes on over seconds. */
static const char *const killed_and_hooks[] = {
  "policy dnd focus",
  "block focus 09:00-10:30 Payment",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "= 08:59 block-state 'Payment' none lead",
  "09:10 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 hook block-start block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 focus-on block-start",
  "= 09:00 hook focus-start block-start",
  "= 09:00 block-state 'Payment' none block-start",
  "09:10:30 restart 09:10",
  "= 09:10 entry-close focus 'Payment' not-running",
  "= 09:10 gap-open not-running",
  "= 09:10:30 gap-close none start-up",
  "= 09:10:30 entry-open focus 'Payment' observed start-up",
  "= 09:10:30 focus-on start-up",
  "09:20 restart 09:11",
  "= 09:11 entry-close focus 'Payment' not-running",
  "= 09:11 gap-open not-running",
  "= 09:11 hook focus-end not-running",
  "= 09:20 gap-close none start-up",
  "= 09:20 entry-open focus 'Payment' observed start-up",
  "= 09:20 focus-on start-up",
  "= 09:20 hook focus-start start-up",
  "= 09:20 notify gap 'trackerd was off 9 min (09:11–09:20)' back",
  NULL,
};

/* What was started by hand goes on as well, with its name, its task and its end. */
static const char *const killed_under_something_by_hand[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "08:10 start focus Fix for 50m task 7",
  "= 08:10 entry-open focus 'Fix' manual by-hand",
  "08:30:40 restart 08:30",
  "= 08:30 entry-close focus 'Fix' not-running",
  "= 08:30 gap-open not-running",
  "= 08:30:40 gap-close none start-up",
  "= 08:30:40 entry-open focus 'Fix' manual start-up",
  "08:31:40 restart 08:31",
  "= 08:31 entry-close focus 'Fix' not-running",
  "= 08:31 gap-open not-running",
  "= 08:31:40 gap-close none start-up",
  "= 08:31:40 entry-open focus 'Fix' manual start-up",
  "10:00 run",
  "= 08:58 notify ending '2 min left — Fix' block-end",
  "= 09:00 entry-close focus 'Fix' limit",
  "= 09:00 notify end 'Time is up — Fix' limit",
  NULL,
};

/* So does a break. No work is lost meanwhile, so there is no gap. */
static const char *const killed_in_a_break_by_hand[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "09:20 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:20 break for 10m",
  "= 09:20 entry-close focus 'Payment' break",
  "= 09:20 entry-open break 'Break' manual break",
  "09:22:40 restart 09:22",
  "= 09:22 entry-close break 'Break' not-running",
  "= 09:22:40 entry-open break 'Break' manual start-up",
  "09:40 run",
  "= 09:30 entry-close break 'Break' limit",
  "= 09:30 entry-open focus 'Payment' observed limit",
  "= 09:30 notify end 'Break is over — Break' limit",
  NULL,
};

/* Nobody was there when it was killed, nor when it came back: one gap, one question. */
static const char *const killed_while_away[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:59 active",
  "08:59 plan",
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",
  "09:20 run",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:25 away 09:20",
  "= 09:20 entry-close focus 'Payment' away",
  "= 09:20 gap-open away",
  "09:30 away 09:20",
  "09:30:40 restart 09:30",
  "09:30:50 away 09:20",
  "09:40 back",
  "= 09:40 gap-close none back",
  "= 09:40 entry-open focus 'Payment' observed back",
  "= 09:40 notify gap 'You were away 20 min (09:20–09:40)' back",
  NULL,
};

static const char *const power_loss[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 10:30-11:00 Review",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "10:40 restart 09:31",
  "= 09:31 entry-close focus 'Payment' not-running",
  "= 09:31 gap-open not-running",
  "= 10:30 gap-close none block-end",
  "= 10:30 gap-open not-running",
  "= 10:40 gap-close none start-up",
  "= 10:40 entry-open shallow 'Review' observed start-up",
  "= 10:40 notify gap 'trackerd was off 1 h 09 (09:31–10:40)' back",
  "= 10:40 block-state 'Payment' partial block-end",
  NULL,
};

static const char *const power_loss_by_hand[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "08:10 start focus Fix",
  "= 08:10 entry-open focus 'Fix' manual by-hand",
  "09:00 restart 08:30",
  "= 08:30 entry-close focus 'Fix' not-running",
  "= 09:00 notify digest 'While trackerd was off (30 min)' late",
  "09:01 run",
  NULL,
};

/* What had a length was to go on: whether it did is asked, as it is of a block. */
static const char *const power_loss_by_hand_with_length[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "08:10 start focus Fix for 50m",
  "= 08:10 entry-open focus 'Fix' manual by-hand",
  "08:50 restart 08:30",
  "= 08:30 entry-close focus 'Fix' not-running",
  "= 08:30 gap-open not-running",
  "= 08:50 gap-close none start-up",
  "= 08:50 notify gap 'While trackerd was off (20 min)' back",
  "10:00 run",
  NULL,
};

/* Nothing is asked of the time after its end, nor of what a block has. */
static const char *const power_loss_past_its_length[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "08:10 start focus Fix for 50m",
  "= 08:10 entry-open focus 'Fix' manual by-hand",
  "09:30 restart 08:30",
  "= 08:30 entry-close focus 'Fix' not-running",
  "= 08:30 gap-open not-running",
  "= 09:00 gap-close none limit",
  "= 09:30 notify gap 'While trackerd was off (1 h)' back",
  "10:00 run",
  NULL,
};

/* What was missed and what is asked about are one notice. */
static const char *const power_loss_over_a_block[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  "block focus 10:00-10:30 Review",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "11:00 restart 09:30",
  "= 09:55 withhold lead 'Review' late",
  "= 09:58 withhold ending 'Payment' not-running",
  "= 10:00 withhold end 'Payment' not-running",
  "= 10:00 withhold start 'Review' late",
  "= 10:28 withhold ending 'Review' not-running",
  "= 10:30 withhold end 'Review' not-running",
  "= 11:00 notify gap 'While trackerd was off (1 h 30)' back",
  "11:30 run",
  NULL,
};

#define ASKED_BEFORE_A_MEETING                                                                      \
  "notices",                                                                                        \
  "block meeting 09:00-10:00 Team",                                                                 \
  "08:00 active",                                                                                   \
  "08:00 plan",                                                                                     \
  "08:10 start focus Fix for 50m",                                                                  \
  "08:57:30 restart 08:30",                                                                         \
  "08:58:10 run",                                                                                   \
  "= 08:58 notify lead 'Meeting in 2 min — Team' lead"

static const char *const the_digest_waits_with_the_question[] = {
  ASKED_BEFORE_A_MEETING,
  "09:02 run",
  "= 08:59 notify gap 'While trackerd was off (27 min)' back",
  "= 09:00 notify start 'Meeting — Team' block-start",
  NULL,
};

/* What ended with the machine is news also when nobody is asked any more. */
static const char *const answered_before_the_digest[] = {
  ASKED_BEFORE_A_MEETING,
  "08:58:20 answer worked",
  "= 08:58:20 withhold gap '' switch",
  "09:05 run",
  "= 08:59 notify digest 'While trackerd was off (27 min)' late",
  "= 09:00 notify start 'Meeting — Team' block-start",
  NULL,
};

static const char *const answered_before_the_digest_of_a_changed_log[] = {
  ASKED_BEFORE_A_MEETING,
  "08:58:20 reload",
  "08:58:30 answer worked",
  "= 08:58:30 withhold gap '' switch",
  "08:58:40 reload",
  "09:05 run",
  "= 08:59 notify digest 'While trackerd was off (27 min)' late",
  "= 09:00 notify start 'Meeting — Team' block-start",
  NULL,
};

/* What begins by the user's word alone goes on after a stop in order as it does after a crash. */
static const char *const started_by_word_and_stopped_in_order[] = {
  "brief",
  "policy no-auto focus",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
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

/* Killed while something by hand with an end ran in the time of a planned block that the user had
 * stopped: the block says nothing of that time, so what was to go on asks. */
static const char *const killed_by_hand_in_a_stopped_block[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "09:00 active",
  "09:00 plan",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:01 break for 2m",
  "= 09:01 entry-close focus 'Payment' break",
  "= 09:01 entry-open break 'Break' manual break",
  "09:02 stop",
  "= 09:02 withdraw 'Payment' stop",
  "= 09:02 entry-close break 'Break' stop",
  "09:03 start focus Fix for 20m",
  "= 09:03 entry-open focus 'Fix' manual by-hand",
  "09:07 restart 09:04",
  "= 09:04 entry-close focus 'Fix' not-running",
  "= 09:04 gap-open not-running",
  "= 09:07 gap-close none start-up",
  "= 09:07 notify gap 'While trackerd was off (3 min)' back",
  "09:30 run",
  NULL,
};

/* The same in the time of a planned break, which nobody takes while nothing is awake. */
static const char *const killed_by_hand_in_a_break[] = {
  "brief",
  "block break 09:00-10:00 Walk",
  "09:00 active",
  "09:00 plan",
  "= 09:00 notify start 'Break — Walk' block-start",
  "09:01 start focus Fix for 20m",
  "= 09:01 entry-open focus 'Fix' manual by-hand",
  "09:07 restart 09:04",
  "= 09:04 entry-close focus 'Fix' not-running",
  "= 09:04 gap-open not-running",
  "= 09:07 gap-close none start-up",
  "= 09:07 notify gap 'While trackerd was off (3 min)' back",
  NULL,
};

static const EngineScript scripts[] = {
  { "killed-by-hand-in-a-stopped-block", killed_by_hand_in_a_stopped_block },
  { "killed-by-hand-in-a-break", killed_by_hand_in_a_break },
  { "started-by-word-and-stopped-in-order", started_by_word_and_stopped_in_order },
  { "shutdown-and-up-again", shutdown_and_up_again },
  { "shutdown-while-idle", shutdown_while_idle },
  { "shutdown-while-paused", shutdown_while_paused },
  { "killed-while-paused", killed_while_paused },
  { "in-a-break-taken-after-all", in_a_break_taken_after_all },
  { "over-while-paused-and-off", over_while_paused_and_off },
  { "shutdown-with-another-paused", shutdown_with_another_paused },
  { "left-while-off", left_while_off },
  { "killed-while-idle", killed_while_idle },
  { "passed-while-off-for-seconds", passed_while_off_for_seconds },
  { "over-before-it-was-told", over_before_it_was_told },
  { "killed-and-up-at-once", killed_and_up_at_once },
  { "killed-for-two-minutes", killed_for_two_minutes },
  { "killed-and-hooks", killed_and_hooks },
  { "killed-under-something-by-hand", killed_under_something_by_hand },
  { "killed-in-a-break-by-hand", killed_in_a_break_by_hand },
  { "killed-while-away", killed_while_away },
  { "power-loss", power_loss },
  { "power-loss-by-hand", power_loss_by_hand },
  { "power-loss-by-hand-with-length", power_loss_by_hand_with_length },
  { "power-loss-past-its-length", power_loss_past_its_length },
  { "power-loss-over-a-block", power_loss_over_a_block },
  { "the-digest-waits-with-the-question", the_digest_waits_with_the_question },
  { "answered-before-the-digest", answered_before_the_digest },
  { "answered-before-the-digest-of-a-changed-log", answered_before_the_digest_of_a_changed_log },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
