/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* The daemon was killed, and another one is there from the log at once or within minutes: what ran
 * goes on. The language is engine-play.h's. */

/* clang-format off */

/* -- What many of these scripts begin or end with -- */

/* "brief", and what runs since nine. */
#define FOCUS_SINCE_NINE                                                                           \
  "brief",                                                                                         \
  "block focus 09:00-10:30 Payment",                                                               \
  "08:59 active",                                                                                  \
  "08:59 plan",                                                                                    \
  "= 08:59 notify lead 'Focus in 1 min — Payment' lead",                                           \
  "09:20 run",                                                                                     \
  "= 09:00 notify start 'Focus — Payment' block-start",                                            \
  "= 09:00 entry-open focus 'Payment' observed block-start"

#define AWAY_SINCE_09_20                                                                           \
  "09:25 away 09:20",                                                                              \
  "= 09:20 entry-close focus 'Payment' away",                                                      \
  "= 09:20 gap-open away"

/* The new daemon begins without word of whether somebody is there. */
#define KILLED_WHILE_AWAY                                                                          \
  "brief",                                                                                         \
  "block focus 09:00-10:30 Payment",                                                               \
  "09:00 active",                                                                                  \
  "09:00 plan",                                                                                    \
  "= 09:00 notify start 'Focus — Payment' block-start",                                            \
  "= 09:00 entry-open focus 'Payment' observed block-start",                                       \
  AWAY_SINCE_09_20,                                                                                \
  "09:30 untold",                                                                                  \
  "09:30 restart 09:30"

#define RESUMED                                                                                    \
  "09:30:10 resume",                                                                               \
  "= 09:30:10 gap-close none resume",                                                              \
  "= 09:30:10 entry-open focus 'Payment' observed resume",                                         \
  "= 09:30:10 notify gap 'You were away 10 min (09:20–09:30)' back"

#define BACK_AT_09_40                                                                              \
  "09:40 back",                                                                                    \
  "= 09:40 gap-close none back",                                                                   \
  "= 09:40 entry-open focus 'Payment' observed back",                                              \
  "= 09:40 notify gap 'You were away 20 min (09:20–09:40)' back"

/* Work by hand with an end in the time of a planned break; then nothing is awake. */
#define FIX_IN_A_BREAK                                                                             \
  "block break 09:00-10:00 Walk",                                                                  \
  "09:00 active",                                                                                  \
  "09:00 plan",                                                                                    \
  "= 09:00 notify start 'Break — Walk' block-start",                                               \
  "09:01 start focus Fix for 20m",                                                                 \
  "= 09:01 entry-open focus 'Fix' manual by-hand"

#define OFF_FROM_09_04_TO_09_07                                                                    \
  "09:07 restart 09:04",                                                                           \
  "= 09:04 entry-close focus 'Fix' not-running",                                                   \
  "= 09:04 gap-open not-running",                                                                  \
  "= 09:07 gap-close none start-up",                                                               \
  "= 09:07 notify gap 'While trackerd was off (3 min)' back"

/* -- The scripts -- */

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
  "brief",
  "block focus 09:00-10:30 Payment",
  ENGINE_RUNNING ("09:20"),
  "09:20 pause",
  "= 09:20 entry-close focus 'Payment' pause",
  "= 09:20 gap-open pause",
  "09:30 restart 09:20",
  "09:50 restart 09:50",
  "10:00 resume",
  "= 10:00 gap-close discard resume",
  "= 10:00 entry-open focus 'Payment' observed resume",
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

/* Nobody knows of the minute since the last mark, and nobody is asked about it. */
static const char *const killed_and_up_at_once[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  ENGINE_RUNNING ("09:30"),
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
  ENGINE_RUNNING ("09:30"),
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
  FOCUS_SINCE_NINE,
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
  FOCUS_SINCE_NINE,
  AWAY_SINCE_09_20,
  "09:30 away 09:20",
  "09:30:40 restart 09:30",
  "09:30:50 away 09:20",
  BACK_AT_09_40,
  NULL,
};

/* Whether somebody is there is told when the plan is already: nobody has come back meanwhile. */
static const char *const killed_while_away_and_told_late[] = {
  FOCUS_SINCE_NINE,
  AWAY_SINCE_09_20,
  "09:30 step",
  "09:30 untold",
  "09:30:40 restart 09:30",
  "09:30:41 away 09:20",
  BACK_AT_09_40,
  NULL,
};

/* A clock that is set back by a second meanwhile tells nothing of the user. */
static const char *const killed_while_away_and_set_back[] = {
  FOCUS_SINCE_NINE,
  AWAY_SINCE_09_20,
  "09:30 step",
  "09:30 untold",
  "09:30:40 restart 09:30",
  "09:30:39 step",
  "09:30:41 away 09:20",
  BACK_AT_09_40,
  NULL,
};

/* Who had gone for a break had it, and is there when that is told. */
static const char *const killed_in_a_rest_and_told_late[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block break 10:30-10:40 Tea",
  "09:00 active",
  "09:00 plan",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "10:10 away 10:05",
  "= 10:05 entry-close focus 'Payment' away",
  "= 10:05 gap-open away",
  "10:20 untold",
  "10:20 restart 10:20",
  "10:20:02 back",
  "= 10:20:02 gap-close none back",
  "= 10:20:02 entry-open focus 'Payment' observed back",
  "= 10:20:02 notify gap 'You were away 15 min (10:05–10:20)' back",
  NULL,
};

/* There may be nobody any more who tells. */
static const char *const killed_while_away_and_never_told[] = {
  KILLED_WHILE_AWAY,
  "09:40 run",
  "= 09:31 gap-close none back",
  "= 09:31 entry-open focus 'Payment' plan back",
  "= 09:31 notify gap 'You were away 11 min (09:20–09:31)' back",
  NULL,
};

/* Nor is somebody who tells waited for longer than a minute of the new time. */
static const char *const killed_while_away_and_never_told_set_back[] = {
  KILLED_WHILE_AWAY,
  "09:30:50 step",
  "09:29:10 step",
  "09:40 run",
  "= 09:30:10 gap-close none back",
  "= 09:30:10 entry-open focus 'Payment' plan back",
  "= 09:30:10 notify gap 'You were away 10 min (09:20–09:30)' back",
  NULL,
};

/* Whoever commands is there. */
static const char *const killed_while_away_and_commands[] = {
  KILLED_WHILE_AWAY,
  RESUMED,
  "09:40 run",
  NULL,
};

/* Also when it is told a moment later that nobody has touched the keyboard since; but nobody does
 * after the command either. */
static const char *const killed_while_away_and_commands_before_told[] = {
  KILLED_WHILE_AWAY,
  RESUMED,
  "09:30:11 away 09:20",
  "09:34 run",
  "09:40 run",
  "= 09:30:10 entry-close focus 'Payment' away",
  "= 09:30:10 gap-open away",
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
  OFF_FROM_09_04_TO_09_07,
  "09:30 run",
  NULL,
};

/* The same in the time of a planned break, which nobody takes while nothing is awake. */
static const char *const killed_by_hand_in_a_break[] = {
  "brief",
  FIX_IN_A_BREAK,
  OFF_FROM_09_04_TO_09_07,
  NULL,
};

/* The same of one that is configured to start by itself. */
static const char *const killed_by_hand_in_a_break_that_starts_by_itself[] = {
  "brief",
  "policy auto break",
  FIX_IN_A_BREAK,
  OFF_FROM_09_04_TO_09_07,
  NULL,
};

static const EngineScript scripts[] = {
  { "killed-by-hand-in-a-break-that-starts-by-itself",
    killed_by_hand_in_a_break_that_starts_by_itself },
  { "killed-by-hand-in-a-stopped-block", killed_by_hand_in_a_stopped_block },
  { "killed-by-hand-in-a-break", killed_by_hand_in_a_break },
  { "killed-while-paused", killed_while_paused },
  { "in-a-break-taken-after-all", in_a_break_taken_after_all },
  { "killed-while-idle", killed_while_idle },
  { "killed-and-up-at-once", killed_and_up_at_once },
  { "killed-for-two-minutes", killed_for_two_minutes },
  { "killed-and-hooks", killed_and_hooks },
  { "killed-under-something-by-hand", killed_under_something_by_hand },
  { "killed-in-a-break-by-hand", killed_in_a_break_by_hand },
  { "killed-while-away", killed_while_away },
  { "killed-while-away-and-told-late", killed_while_away_and_told_late },
  { "killed-while-away-and-set-back", killed_while_away_and_set_back },
  { "killed-in-a-rest-and-told-late", killed_in_a_rest_and_told_late },
  { "killed-while-away-and-never-told", killed_while_away_and_never_told },
  { "killed-while-away-and-never-told-set-back", killed_while_away_and_never_told_set_back },
  { "killed-while-away-and-commands-before-told", killed_while_away_and_commands_before_told },
  { "killed-while-away-and-commands", killed_while_away_and_commands },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
