/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* Travel, daylight saving and clocks that are set, while a block runs: times here are UTC. The
 * language is engine-play.h's. */

/* clang-format off */

/* Fixed in time: a change of zone alone does nothing. */
static const char *const travel_in_a_block[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 zone Asia/Tokyo",
  "09:30 plan",
  "10:20 away 10:10",
  "= 10:10 entry-close focus 'Payment' away",
  "= 10:10 gap-open away",
  "10:25 back",
  "= 10:25 gap-close none back",
  "= 10:25 entry-open focus 'Payment' observed back",
  "= 10:25 notify gap 'You were away 15 min (19:10–19:25)' back",
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* Home is an hour later there: what runs goes on to its new end, what is next moves. */
static const char *const travel_with_floating_blocks[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 11:00-11:30 Review",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:30 zone Europe/Berlin",
  "block focus 08:00-09:30 Payment",
  "block shallow 10:00-10:30 Review",
  "09:30 plan",
  "= 09:30 entry-close focus 'Payment' block-end",
  "= 09:30 notify end 'Time is up — Payment' block-end",
  "= 09:30 block-state 'Payment' partial block-end",
  "11:00 run",
  "= 10:00 withdraw 'Payment' block-start",
  "= 10:00 entry-open shallow 'Review' observed block-start",
  "= 10:30 entry-close shallow 'Review' block-end",
  "= 10:30 block-state 'Review' done block-end",
  NULL,
};

/* The notice before was given; the start is told once. */
static const char *const travel_over_an_announced_start[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "08:56 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "08:57 zone Atlantic/Azores",
  "block focus 10:00-11:30 Payment",
  "08:57 plan",
  "10:10 run",
  "= 10:00 notify start 'Focus — Payment' block-start",
  "= 10:00 entry-open focus 'Payment' observed block-start",
  NULL,
};

/* 28 March 2027 in Berlin: 02:00 to 03:00 is not there. Lengths are exact, the words are the wall's. */
static const char *const spring_forward_inside[] = {
  "brief",
  "block shallow 3000:30-3001:30 Deploy",
  "3000:00 active",
  "3000:00 plan",
  "3000:00 zone Europe/Berlin",
  "3000:00 plan",
  "3000:40 run",
  "= 3000:30 entry-open shallow 'Deploy' observed block-start",
  "3001:00 away 3000:50",
  "= 3000:50 entry-close shallow 'Deploy' away",
  "= 3000:50 gap-open away",
  "3001:10 back",
  "= 3001:10 gap-close none back",
  "= 3001:10 entry-open shallow 'Deploy' observed back",
  "= 3001:10 notify gap 'You were away 20 min (01:50–03:10)' back",
  "3002:00 run",
  "= 3001:30 entry-close shallow 'Deploy' block-end",
  "= 3001:30 block-state 'Deploy' partial block-end",
  NULL,
};

/* 31 October 2027 in Berlin: 02:00 to 03:00 comes twice. */
static const char *const the_doubled_hour[] = {
  "brief",
  "block shallow 8208:30-8209:30 Deploy",
  "8208:00 active",
  "8208:00 plan",
  "8208:00 zone Europe/Berlin",
  "8208:00 plan",
  "8208:40 run",
  "= 8208:30 entry-open shallow 'Deploy' observed block-start",
  "8209:00 away 8208:50",
  "= 8208:50 entry-close shallow 'Deploy' away",
  "= 8208:50 gap-open away",
  "8209:10 back",
  "= 8209:10 gap-close none back",
  "= 8209:10 entry-open shallow 'Deploy' observed back",
  "= 8209:10 notify gap 'You were away 20 min (02:50–02:10)' back",
  "8210:00 run",
  "= 8209:30 entry-close shallow 'Deploy' block-end",
  "= 8209:30 block-state 'Deploy' partial block-end",
  NULL,
};

/* The machine did not sleep, the clock was set: nobody knows of that time. */
static const char *const clock_forth_in_a_block[] = {
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
  "09:50 slept 09:20-09:50 clock",
  "= 09:20 entry-close focus 'Payment' clock",
  "= 09:20 gap-open clock",
  "= 09:20 focus-off clock",
  "= 09:50 gap-close none back",
  "= 09:50 entry-open focus 'Payment' observed back",
  "= 09:50 focus-on back",
  "= 09:50 notify gap 'You were away 30 min (09:20–09:50)' back",
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 focus-off block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' partial block-end",
  NULL,
};

/* What was kept stays, nothing is told twice, and the entry goes on. */
static const char *const clock_back_in_a_block[] = {
  "brief",
  "policy dnd focus",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:50 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 focus-on block-start",
  "09:20 step",
  "09:40 run",
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 focus-off block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* The block is over; the hour that comes again belongs to nobody. */
static const char *const clock_back_over_an_end[] = {
  "brief",
  "policy dnd focus",
  "block focus 09:00-10:00 Payment",
  "08:00 active",
  "08:00 plan",
  "10:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:00 focus-on block-start",
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 focus-off block-end",
  "= 10:00 notify end 'Time is up — Payment' block-end",
  "= 10:00 block-state 'Payment' done block-end",
  "09:30 step",
  "09:40 away 09:35",
  "09:45 back",
  "10:30 run",
  NULL,
};

static const char *const clock_back_while_away[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:50 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "10:00 away 09:55",
  "= 09:55 entry-close focus 'Payment' away",
  "= 09:55 gap-open away",
  "09:40 step",
  "09:45 back",
  "= 09:55 gap-close none back",
  "= 09:55 entry-open focus 'Payment' observed back",
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const clock_back_in_a_pause[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:50 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:50 pause",
  "= 09:50 entry-close focus 'Payment' pause",
  "= 09:50 gap-open pause",
  "09:20 step",
  "09:25 resume",
  "= 09:50 gap-close discard resume",
  "= 09:50 entry-open focus 'Payment' observed resume",
  "10:40 run",
  "= 10:28 notify ending '2 min left — Payment' block-end",
  "= 10:30 entry-close focus 'Payment' block-end",
  "= 10:30 notify end 'Time is up — Payment' block-end",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const clock_forth_and_back_with_a_break[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block break 10:00-10:15 Walk",
  "block focus 10:15-11:00 Query",
  "08:00 active",
  "08:00 plan",
  "09:30 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "10:05 slept 09:35-10:05 clock",
  "= 09:35 entry-close focus 'Payment' clock",
  "= 09:35 gap-open clock",
  "= 10:00 gap-close none block-end",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:05 notify start 'Break — Walk' late",
  "= 10:05 block-state 'Payment' partial block-end",
  "09:36 step",
  "= 09:36 gap-cut clock",
  "10:20 run",
  "= 09:37 notify gap 'You were away 1 min (09:35–09:36)' back",
  "= 10:08 notify reminder 'Still a break — Walk' reminder",
  "= 10:10 notify lead 'Focus in 5 min — Query' lead",
  "= 10:11 notify reminder 'Still a break — Walk' reminder",
  "= 10:14 notify reminder 'Still a break — Walk' reminder",
  "= 10:15 withdraw 'Walk' block-end",
  "= 10:15 notify start 'Focus — Query' block-start",
  "= 10:15 entry-open focus 'Query' observed block-start",
  "= 10:15 block-state 'Walk' missed reminder",
  "11:10 run",
  "= 10:58 notify ending '2 min left — Query' block-end",
  "= 11:00 entry-close focus 'Query' block-end",
  "= 11:00 notify end 'Time is up — Query' block-end",
  "= 11:00 block-state 'Query' done block-end",
  NULL,
};

static const EngineScript scripts[] = {
  { "travel-in-a-block", travel_in_a_block },
  { "travel-with-floating-blocks", travel_with_floating_blocks },
  { "travel-over-an-announced-start", travel_over_an_announced_start },
  { "spring-forward-inside", spring_forward_inside },
  { "the-doubled-hour", the_doubled_hour },
  { "clock-forth-in-a-block", clock_forth_in_a_block },
  { "clock-back-in-a-block", clock_back_in_a_block },
  { "clock-back-over-an-end", clock_back_over_an_end },
  { "clock-back-while-away", clock_back_while_away },
  { "clock-back-in-a-pause", clock_back_in_a_pause },
  { "clock-forth-and-back-with-a-break", clock_forth_and_back_with_a_break },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
