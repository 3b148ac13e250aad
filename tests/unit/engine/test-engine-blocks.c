/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* The life of planned blocks: notices, starts, ends, and a plan that changes. The language is
 * engine-play.h's. */

/* clang-format off */

static const char *const focus_block[] = {
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "11:00 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 08:55 block-state 'Payment' none lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 hook block-start block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 hook focus-start block-start",
  "= 09:00 block-state 'Payment' none block-start",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:28 block-state 'Payment' none block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 hook focus-end block-end",
  "= 10:30 hook block-end block-end",
  "= 10:30 hook day-end block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const a_day_of_kinds[] = {
  "brief",
  "block routine 08:30-09:00 Plan",
  "list Plan Read mail",
  "block focus 09:00-10:30 Payment",
  "block shallow 10:30-11:00 Review",
  "block break 11:00-11:15 Screen",
  "block meeting 14:00-15:00 Team",
  "link Team https://meet.example.org/abc",
  "block off 18:00-23:00 Disconnect",
  "08:00 active",
  "08:00 plan",
  "24:00 run",
  "= 08:30 notify start 'Routine — Plan' block-start",
  "= 08:30 entry-open routine 'Plan' observed block-start",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 entry-close routine 'Plan' block-end",
  "= 09:00 withdraw 'Plan' block-end",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 block-state 'Plan' done block-end",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 entry-open shallow 'Review' observed block-start",
  "= 10:30 block-state 'Payment' done block-end",
  "= 11:00 entry-close shallow 'Review' block-end",
  "= 11:00 withdraw 'Payment' block-start",
  "= 11:00 notify start 'Break — Screen' block-start",
  "= 11:00 block-state 'Review' done block-end",
  "= 11:03 notify reminder 'Still a break — Screen' reminder",
  "= 11:06 notify reminder 'Still a break — Screen' reminder",
  "= 11:09 notify reminder 'Still a break — Screen' reminder",
  "= 11:15 notify end 'Break is over — Screen' block-end",
  "= 11:15 block-state 'Screen' missed reminder",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 withdraw 'Screen' block-start",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' observed block-start",
  "= 15:00 entry-close meeting 'Team' block-end",
  "= 15:00 withdraw 'Team' block-end",
  "= 15:00 block-state 'Team' done block-end",
  NULL,
};

static const char *const unknown_presence_is_unverified[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block break 10:00-10:15 Screen",
  "08:00 plan",
  "11:00 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' plan block-start",
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:00 notify start 'Break — Screen' block-start",
  "= 10:00 entry-open break 'Screen' plan block-start",
  "= 10:00 block-state 'Payment' done block-end",
  "= 10:15 entry-close break 'Screen' block-end",
  "= 10:15 notify end 'Break is over — Screen' block-end",
  "= 10:15 block-state 'Screen' done block-end",
  NULL,
};

static const char *const break_ignored[] = {
  "block break 11:00-11:15 Screen",
  "10:00 active",
  "10:00 plan",
  "11:20 run",
  "= 11:00 notify start 'Break — Screen' block-start",
  "= 11:00 hook block-start block-start",
  "= 11:00 hook break-start block-start",
  "= 11:00 block-state 'Screen' none block-start",
  "= 11:03 notify reminder 'Still a break — Screen' reminder",
  "= 11:03 block-state 'Screen' none reminder",
  "= 11:06 notify reminder 'Still a break — Screen' reminder",
  "= 11:06 block-state 'Screen' none reminder",
  "= 11:09 notify reminder 'Still a break — Screen' reminder",
  "= 11:09 block-state 'Screen' none reminder",
  "= 11:15 hook break-end block-end",
  "= 11:15 hook block-end reminder",
  "= 11:15 notify end 'Break is over — Screen' block-end",
  "= 11:15 block-state 'Screen' missed reminder",
  NULL,
};

static const char *const moved_before_it_began[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:56 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "block focus 09:30-10:30 Payment",
  "08:57 plan",
  "= 08:57 withdraw 'Payment' plan",
  "09:40 run",
  "= 09:25 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:30 notify start 'Focus — Payment' block-start",
  "= 09:30 entry-open focus 'Payment' observed block-start",
  NULL,
};

static const char *const moved_while_it_runs[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "block focus 14:00-15:00 Payment",
  "09:10 plan",
  "= 09:10 withdraw 'Payment' plan",
  "= 09:10 entry-close focus 'Payment' plan",
  "14:01 run",
  "= 13:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 14:00 notify start 'Focus — Payment' block-start",
  "= 14:00 entry-open focus 'Payment' observed block-start",
  NULL,
};

static const char *const cancelled_before_it_began[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:56 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "gone Payment",
  "08:57 plan",
  "= 08:57 withdraw 'Payment' plan",
  "= 08:57 block-state 'Payment' cancelled plan",
  "09:10 run",
  "block focus 09:00-10:30 Payment",
  "09:10 plan",
  "= 09:10 entry-open focus 'Payment' observed block-start",
  "= 09:10 notify start 'Focus — Payment' late",
  NULL,
};

static const char *const two_alarms[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "leads Payment 15 2",
  "08:00 active",
  "08:00 plan",
  "08:46 run",
  "= 08:45 notify lead 'Focus in 15 min — Payment' lead",
  "08:47 restart 08:47",
  "09:01 run",
  "= 08:58 notify lead 'Focus in 2 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  NULL,
};

static const char *const an_owed_break[] = {
  "brief",
  "block meeting 11:00-12:00 Team",
  "owed Walk 11:00-11:15 by Team",
  "10:00 active",
  "10:00 plan",
  "12:01 run",
  "= 10:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 11:00 notify start 'Meeting — Team' block-start",
  "= 11:00 entry-open meeting 'Team' observed block-start",
  "= 12:00 entry-close meeting 'Team' block-end",
  "= 12:00 withdraw 'Team' block-end",
  "= 12:00 notify owed 'A break is owed — Walk' owed",
  "= 12:00 block-state 'Team' done owed",
  "12:02 break",
  "= 12:02 entry-open break 'Break' manual break",
  "12:20 run",
  "= 12:12 entry-close break 'Break' limit",
  "= 12:12 notify end 'Break is over — Break' limit",
  NULL,
};

static const char *const overtime[] = {
  "brief",
  "block off 18:00-23:00 Disconnect",
  "17:00 active",
  "17:00 plan",
  "18:30 start focus Fix",
  "= 18:30 entry-open focus 'Fix' manual by-hand",
  "21:00 run",
  "= 19:30 notify overtime 'Overtime 1 h — Fix' overtime",
  "= 20:30 notify overtime 'Overtime 2 h — Fix' overtime",
  "21:10 stop",
  "= 21:10 withdraw 'Disconnect' stop",
  "= 21:10 entry-close focus 'Fix' stop",
  NULL,
};

static const char *const wait_for_the_user[] = {
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
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const past_when_it_came[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "12:00 active",
  "12:00 plan",
  "= 12:00 block-state 'Payment' missed late",
  "13:00 run",
  NULL,
};

static const EngineScript scripts[] = {
  { "focus-block", focus_block },
  { "a-day-of-kinds", a_day_of_kinds },
  { "unknown-presence-is-unverified", unknown_presence_is_unverified },
  { "break-ignored", break_ignored },
  { "moved-before-it-began", moved_before_it_began },
  { "moved-while-it-runs", moved_while_it_runs },
  { "cancelled-before-it-began", cancelled_before_it_began },
  { "two-alarms", two_alarms },
  { "an-owed-break", an_owed_break },
  { "overtime", overtime },
  { "wait-for-the-user", wait_for_the_user },
  { "past-when-it-came", past_when_it_came },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
