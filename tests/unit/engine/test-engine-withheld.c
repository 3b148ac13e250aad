/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* What policy would have said and was not said has a reason in the log. The language is
 * engine-play.h's. */

/* clang-format off */

static const char *const nobody_there_at_the_end[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  ENGINE_ANNOUNCED ("09:30"),
  "09:40 away 09:35",
  "10:10 run",
  "= 09:58 withhold ending 'Payment' away",
  "= 10:00 withhold end 'Payment' away",
  NULL,
};

static const char *const locked_and_switched_at_the_end[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  "block focus 11:00-12:00 Query",
  ENGINE_ANNOUNCED ("09:30"),
  "09:40 lock 09:40",
  "10:01 run",
  "= 09:58 withhold ending 'Payment' lock",
  "= 10:00 withhold end 'Payment' lock",
  "10:30 back",
  "= 10:30 notify gap 'You were away 20 min (09:40–10:00)' back",
  "11:30 run",
  "= 10:55 notify lead 'Focus in 5 min — Query' lead",
  "= 11:00 notify start 'Focus — Query' block-start",
  "11:40 switched 11:40",
  "12:01 run",
  "= 11:58 withhold ending 'Query' switched-away",
  "= 12:00 withhold end 'Query' switched-away",
  NULL,
};

static const char *const paused_and_stopped[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  "block focus 11:00-12:00 Query",
  ENGINE_ANNOUNCED ("09:30"),
  "09:40 pause",
  "11:30 run",
  "= 09:58 withhold ending 'Payment' pause",
  "= 10:00 withhold end 'Payment' pause",
  "= 10:55 notify lead 'Focus in 5 min — Query' lead",
  "= 11:00 notify start 'Focus — Query' block-start",
  "11:40 stop",
  "12:01 run",
  "= 11:58 withhold ending 'Query' stop",
  "= 12:00 withhold end 'Query' stop",
  NULL,
};

static const char *const the_next_start_says_it[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  "block break 10:00-10:15 Walk",
  ENGINE_ANNOUNCED ("10:01"),
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 withhold end 'Payment' block-start",
  "= 10:00 notify start 'Break — Walk' block-start",
  NULL,
};

static const char *const slept_over_the_end[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  ENGINE_ANNOUNCED ("09:30"),
  "13:00 slept 09:31-13:00 sleep",
  "= 09:58 withhold ending 'Payment' sleep",
  "= 10:00 withhold end 'Payment' sleep",
  "= 13:00 notify gap 'You were away 29 min (09:31–10:00)' back",
  NULL,
};

/* The start comes when the call is over; until then the log says what it waited for. */
static const char *const a_break_waits[] = {
  "notices",
  "block focus 09:00-11:00 Payment",
  "block break 11:00-11:15 Walk",
  ENGINE_ANNOUNCED ("10:57"),
  "10:57 busy",
  "11:06 run",
  "= 10:58 notify ending '2 min left — Payment' block-end",
  "= 11:00 withhold end 'Payment' block-start",
  "= 11:00 withhold start 'Walk' call",
  "11:07 free",
  "= 11:07 notify start 'Break — Walk' block-start",
  NULL,
};

static const char *const a_break_was_taken_already[] = {
  "notices",
  "block shallow 09:00-11:00 Mail",
  "block break 11:00-11:10 Walk",
  "08:00 active",
  "08:00 plan",
  "10:40 run",
  "= 09:00 withhold start 'Mail' block-start",
  "10:40 away 10:40",
  "10:59 back",
  "= 10:59 notify gap 'You were away 19 min (10:40–10:59)' back",
  "11:02 run",
  "= 11:00 withhold start 'Walk' away",
  NULL,
};

static const char *const too_many_in_a_minute[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  "block meeting 10:00:45-10:30 Team",
  ENGINE_ANNOUNCED ("10:10"),
  "= 09:58 withhold ending 'Payment' turn",
  "= 09:58:45 notify lead 'Meeting in 2 min — Team' lead",
  "= 09:59:45 notify ending '15 s left — Payment' block-end",
  "= 10:00 withhold end 'Payment' turn",
  "= 10:00:45 withhold end 'Payment' block-start",
  "= 10:00:45 notify start 'Meeting — Team' block-start",
  NULL,
};

/* While it waits the log says so, and when its turn may come. */
static const char *const waits_for_its_turn[] = {
  "rules",
  "block focus 09:30-10:00 Payment",
  "block meeting 10:00-10:30 Team",
  "leads Team 35",
  "08:00 active",
  "08:00 plan",
  "09:25 run",
  "= 09:25 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:25 withhold lead 'Team' turn: one notice a minute: not before 09:26",
  "09:27 run",
  "= 09:26 notify lead 'Meeting in 34 min — Team' lead",
  NULL,
};

static const EngineScript scripts[] = {
  { "withheld/nobody-there-at-the-end", nobody_there_at_the_end },
  { "withheld/locked-and-switched-at-the-end", locked_and_switched_at_the_end },
  { "withheld/paused-and-stopped", paused_and_stopped },
  { "withheld/the-next-start-says-it", the_next_start_says_it },
  { "withheld/slept-over-the-end", slept_over_the_end },
  { "withheld/a-break-waits", a_break_waits },
  { "withheld/a-break-was-taken-already", a_break_was_taken_already },
  { "withheld/too-many-in-a-minute", too_many_in_a_minute },
  { "withheld/waits-for-its-turn", waits_for_its_turn },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
