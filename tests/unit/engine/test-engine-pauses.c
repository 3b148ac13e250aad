/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* What holds or ends what runs: breaks and pauses by hand, stop, skip, release. The language is
 * engine-play.h's. */

/* clang-format off */

static const char *const break_by_button[] = {
  "brief",
  "block break 11:00-11:15 Screen",
  "block focus 11:15-12:00 Payment",
  "10:00 active",
  "10:00 plan",
  "11:00 run",
  "= 11:00 notify start 'Break — Screen' block-start",
  "11:01 break block Screen",
  "= 11:01 entry-open break 'Screen' manual break",
  "11:20 run",
  "= 11:10 notify lead 'Focus in 5 min — Payment' lead",
  "= 11:15 entry-close break 'Screen' block-end",
  "= 11:15 withdraw 'Screen' block-end",
  "= 11:15 notify start 'Focus — Payment' block-start",
  "= 11:15 entry-open focus 'Payment' observed block-start",
  "= 11:15 block-state 'Screen' done block-end",
  NULL,
};

static const char *const break_in_focus[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 break",
  "= 09:30 entry-close focus 'Payment' break",
  "= 09:30 entry-open break 'Break' manual break",
  "09:31 break",
  "! runs already",
  "10:00 run",
  "= 09:40 entry-close break 'Break' limit",
  "= 09:40 entry-open focus 'Payment' observed limit",
  "= 09:40 notify end 'Break is over — Break' limit",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const resume_ends_a_break[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 break",
  "= 09:30 entry-close focus 'Payment' break",
  "= 09:30 entry-open break 'Break' manual break",
  "09:33 resume",
  "= 09:33 entry-close break 'Break' resume",
  "= 09:33 entry-open focus 'Payment' observed resume",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const pause_and_resume[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 pause",
  "= 09:30 entry-close focus 'Payment' pause",
  "= 09:30 gap-open pause",
  "09:31 pause",
  "! paused already",
  "09:40 resume",
  "= 09:40 gap-close discard resume",
  "= 09:40 entry-open focus 'Payment' observed resume",
  "09:41 resume",
  "! runs already",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const paused_over_the_end[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 10:30-11:00 Review",
  "08:00 active",
  "08:00 plan",
  "10:00 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "10:00 pause",
  "= 10:00 entry-close focus 'Payment' pause",
  "= 10:00 gap-open pause",
  "11:00 run",
  "= 10:30 gap-close discard block-end",
  "= 10:30 withdraw 'Payment' block-end",
  "= 10:30 entry-open shallow 'Review' observed block-start",
  "= 10:30 block-state 'Payment' partial block-end",
  "= 11:00 entry-close shallow 'Review' block-end",
  "= 11:00 block-state 'Review' done block-end",
  NULL,
};

static const char *const stop_starts_nothing[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 10:30-11:00 Review",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 stop",
  "= 09:30 withdraw 'Payment' stop",
  "= 09:30 entry-close focus 'Payment' stop",
  "09:31 stop",
  "! nothing runs",
  "09:40 away 09:35",
  "09:45 back",
  "10:00 start",
  "= 10:00 entry-open focus 'Payment' manual by-hand",
  "11:00 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 entry-open shallow 'Review' observed block-start",
  "= 10:30 block-state 'Payment' partial block-end",
  "= 11:00 entry-close shallow 'Review' block-end",
  "= 11:00 block-state 'Review' done block-end",
  NULL,
};

static const char *const stop_then_restart[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 stop",
  "= 09:30 withdraw 'Payment' stop",
  "= 09:30 entry-close focus 'Payment' stop",
  "09:50 restart 09:50",
  "11:00 run",
  "= 10:30 block-state 'Payment' partial block-end",
  NULL,
};

static const char *const skip_with_a_reason[] = {
  "block focus 09:00-10:30 Payment",
  "block shallow 10:30-11:00 Review",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 08:55 block-state 'Payment' none lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 hook block-start block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 hook focus-start block-start",
  "= 09:00 block-state 'Payment' none block-start",
  "09:30 skip fire",
  "= 09:30 entry-close focus 'Payment' skip",
  "= 09:30 hook focus-end skip",
  "= 09:30 hook block-end skip",
  "= 09:30 withdraw 'Payment' skip",
  "= 09:30 block-state 'Payment' skipped skip",
  "09:31 skip",
  "= 09:31 block-state 'Review' skipped skip",
  "11:00 run",
  NULL,
};

static const char *const release[] = {
  "brief",
  "policy dnd focus",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 focus-on block-start",
  "09:10 release",
  "= 09:10 withdraw 'Payment' stop",
  "= 09:10 entry-close focus 'Payment' stop",
  "= 09:10 focus-off stop",
  "11:00 run",
  "= 10:30 block-state 'Payment' partial block-end",
  NULL,
};

/* Others change the log in a break that was taken in a pause: that is still one afterwards. */
static const char *const reload_in_a_break_in_a_pause[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "09:00 start focus A",
  "= 09:00 entry-open focus 'A' manual by-hand",
  "09:10 pause",
  "= 09:10 entry-close focus 'A' pause",
  "= 09:10 gap-open pause",
  "09:15 break",
  "= 09:15 gap-close discard break",
  "= 09:15 entry-open break 'Break' manual break",
  "09:20 reload",
  "10:30 run",
  "= 09:25 entry-close break 'Break' limit",
  "= 09:25 gap-open pause",
  "= 09:25 notify end 'Break is over — Break' limit",
  NULL,
};

static const char *const reload_after_extend[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "09:00 start focus A for 7m",
  "= 09:00 entry-open focus 'A' manual by-hand",
  "09:03 extend",
  "= 09:03 entry-amend focus 'A' manual extend",
  "09:04 reload",
  "09:19 run",
  NULL,
};

/* The block is skipped from the way, and others change the log: the question still waits for who
 * comes back. */
static const char *const reload_before_the_question[] = {
  "brief",
  "block focus 09:05-09:20 P",
  "08:00 active",
  "08:00 plan",
  "09:08 run",
  "= 09:00 notify lead 'Focus in 5 min — P' lead",
  "= 09:05 notify start 'Focus — P' block-start",
  "= 09:05 entry-open focus 'P' observed block-start",
  "09:08 away 09:07",
  "= 09:07 entry-close focus 'P' away",
  "= 09:07 gap-open away",
  "09:11 skip",
  "= 09:11 gap-close none skip",
  "= 09:11 withdraw 'P' skip",
  "= 09:11 block-state 'P' skipped skip",
  "09:11 reload",
  "09:19 active",
  "= 09:19 notify gap 'You were away 4 min (09:07–09:11)' back",
  NULL,
};

static const EngineScript scripts[] = {
  { "reload-before-the-question", reload_before_the_question },
  { "reload-in-a-break-in-a-pause", reload_in_a_break_in_a_pause },
  { "reload-after-extend", reload_after_extend },
  { "break-by-button", break_by_button },
  { "break-in-focus", break_in_focus },
  { "resume-ends-a-break", resume_ends_a_break },
  { "pause-and-resume", pause_and_resume },
  { "paused-over-the-end", paused_over_the_end },
  { "stop-starts-nothing", stop_starts_nothing },
  { "stop-then-restart", stop_then_restart },
  { "skip-with-a-reason", skip_with_a_reason },
  { "release", release },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
