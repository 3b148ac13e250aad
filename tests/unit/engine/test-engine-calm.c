/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* Never more than one notice a minute, what must not be missed, and the end of the day. The
 * language is engine-play.h's. */

/* clang-format off */

/* A notice of less weight lets the start go first, and comes after it when it is still true. */
static const char *const a_start_is_on_time[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block shallow 10:00-11:00 Review",
  "leads Review 0",
  "policy day-end",
  ENGINE_RUNNING ("11:10"),
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 notify end 'Time is up — Payment' block-end",
  "= 10:00 entry-open shallow 'Review' observed block-start",
  "= 10:00 block-state 'Payment' done block-end",
  "= 11:00 entry-close shallow 'Review' block-end",
  "= 11:00 notify day-end 'The day is over — 2 h worked' block-end",
  "= 11:00 block-state 'Review' done block-end",
  NULL,
};

/* Back at the moment of a start. */
static const char *const the_question_waits[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block meeting 10:00-11:00 Team",
  ENGINE_RUNNING ("09:30"),
  "09:40 away 09:35",
  "= 09:35 entry-close focus 'Payment' away",
  "= 09:35 gap-open away",
  "09:59:50 run",
  "= 09:58 notify lead 'Meeting in 2 min — Team' lead",
  "09:59:50 back",
  "= 09:59:50 gap-close none back",
  "= 09:59:50 entry-open focus 'Payment' observed back",
  "10:02 run",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:00 notify start 'Meeting — Team' block-start",
  "= 10:00 entry-open meeting 'Team' observed block-start",
  "= 10:00 block-state 'Payment' partial block-end",
  "= 10:01 notify gap 'You were away 24 min (09:35–09:59)' back",
  NULL,
};

static const char *const answered_while_it_waits[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block meeting 10:00-11:00 Team",
  ENGINE_RUNNING ("09:30"),
  "09:40 away 09:35",
  "= 09:35 entry-close focus 'Payment' away",
  "= 09:35 gap-open away",
  "10:00 run",
  "= 09:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 10:00 gap-close none block-end",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:00 notify start 'Meeting — Team' block-start",
  "= 10:00 entry-open meeting 'Team' plan block-start",
  "= 10:00 block-state 'Payment' partial block-end",
  "10:00:05 back",
  "10:00:20 answer break",
  "= 10:00 gap-answer break by-hand",
  "= 09:35 entry-add break 'Break' manual by-hand",
  "10:02 run",
  NULL,
};

static const char *const a_lead_of_half_a_minute[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  "block meeting 09:30-10:00 Team",
  "leads Team 1",
  ENGINE_RUNNING ("09:31"),
  "= 09:28 notify ending '2 min left — Payment' block-end",
  "= 09:29 notify lead 'Meeting in 1 min — Team' lead",
  "= 09:30 entry-close focus 'Payment' block-end",
  "= 09:30 withdraw 'Payment' block-end",
  "= 09:30 notify start 'Meeting — Team' block-start",
  "= 09:30 entry-open meeting 'Team' observed block-start",
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* Normal first; from the second repetition on it breaks through. */
static const char *const unmissable[] = {
  "brief",
  "policy unmissable meeting",
  "block meeting 14:00-15:00 Team",
  "13:00 active",
  "13:00 plan",
  "14:30 run",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' observed block-start",
  "= 14:02 notify reminder 'Waiting for you — Team' reminder",
  "= 14:04 notify reminder 'Waiting for you — Team' urgent reminder",
  "= 14:06 notify reminder 'Waiting for you — Team' urgent reminder",
  NULL,
};

static const char *const unmissable_and_seen[] = {
  "brief",
  "policy unmissable meeting",
  "block meeting 14:00-15:00 Team",
  "13:00 active",
  "13:00 plan",
  "14:02 run",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' observed block-start",
  "= 14:02 notify reminder 'Waiting for you — Team' reminder",
  "14:03 seen block Team",
  "14:04 restart 14:04",
  "14:30 run",
  NULL,
};

/* Any word about it is an answer. */
static const char *const unmissable_and_extended[] = {
  "brief",
  "policy unmissable meeting",
  "block meeting 14:00-15:00 Team",
  "13:00 active",
  "13:00 plan",
  "14:01 run",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' observed block-start",
  "14:01 extend for 10m",
  "= 14:01 withdraw 'Team' extend",
  "14:30 run",
  NULL,
};

static const char *const unmissable_while_away[] = {
  "brief",
  "policy unmissable meeting",
  "block meeting 14:00-15:00 Team",
  "13:00 active",
  "13:00 plan",
  "13:55 away 13:50",
  "14:30 run",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' plan block-start",
  "= 14:02 notify reminder 'Waiting for you — Team' reminder",
  "= 14:04 notify reminder 'Waiting for you — Team' urgent reminder",
  "= 14:06 notify reminder 'Waiting for you — Team' urgent reminder",
  NULL,
};

/* Told once, also over a restart; work of yesterday does not count. */
static const char *const the_limit_of_a_day[] = {
  "brief",
  "policy limit 2h",
  "04:00 plan",
  "03:00 active",
  "02:00 step",
  "03:30 step",
  "03:30 start focus Night",
  "= 03:30 entry-open focus 'Night' manual by-hand",
  "04:30 stop",
  "= 04:30 entry-close focus 'Night' stop",
  "09:00 start focus Fix",
  "= 09:00 entry-open focus 'Fix' manual by-hand",
  "10:00 start focus Other",
  "= 10:00 entry-close focus 'Fix' switch",
  "= 10:00 entry-open focus 'Other' manual by-hand",
  "10:45 run",
  "= 10:30 notify limit '2 h worked today' limit",
  "10:46 restart 10:45",
  "= 10:45 entry-close focus 'Other' not-running",
  "= 10:45 gap-open not-running",
  "= 10:46 gap-close none start-up",
  "= 10:46 entry-open focus 'Other' manual start-up",
  "11:00 restart 11:00",
  "12:00 stop",
  "= 12:00 entry-close focus 'Other' stop",
  "28:10 start focus Next",
  "= 28:10 entry-open focus 'Next' manual by-hand",
  "30:30 run",
  "= 30:10 notify limit '2 h worked today' limit",
  NULL,
};

static const char *const the_end_of_a_day[] = {
  "brief",
  "policy day-end",
  "block focus 09:00-10:00 Payment",
  "block shallow 10:00-10:30 Review",
  "block focus 33:00-34:00 Tomorrow",
  ENGINE_RUNNING ("12:00"),
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 notify end 'Time is up — Payment' block-end",
  "= 10:00 entry-open shallow 'Review' observed block-start",
  "= 10:00 block-state 'Payment' done block-end",
  "= 10:30 entry-close shallow 'Review' block-end",
  "= 10:30 notify day-end 'The day is over — 1 h 30 worked' block-end",
  "= 10:30 block-state 'Review' done block-end",
  NULL,
};

/* Of two notices in one minute a start goes first: where something starts each minute, a lead finds
 * no turn before its own start says it, and the log knows. */
static const char *const a_lead_among_starts[] = {
  "notices",
  "block focus 09:00-09:01 One",
  "block focus 09:01-09:02 Two",
  "block meeting 09:02-09:30 Team",
  "08:00 active",
  "08:00 plan",
  "09:05 run",
  "= 08:55 notify lead 'Focus in 5 min — One' lead",
  "= 08:56 notify lead 'Focus in 5 min — Two' lead",
  "= 09:00 withhold lead 'Team' turn",
  "= 09:00 notify start 'Focus — One' block-start",
  "= 09:01 withhold end 'One' block-start",
  "= 09:01 notify start 'Focus — Two' block-start",
  "= 09:02 withhold end 'Two' block-start",
  "= 09:02 withhold lead 'Team' switch",
  "= 09:02 notify start 'Meeting — Team' block-start",
  NULL,
};

/* With two minutes there is a turn. */
static const char *const a_lead_between_starts[] = {
  "notices",
  "block focus 09:00-09:02 One",
  "block focus 09:02-09:04 Two",
  "block meeting 09:04-09:30 Team",
  "08:00 active",
  "08:00 plan",
  "09:05 run",
  "= 08:55 notify lead 'Focus in 5 min — One' lead",
  "= 08:57 notify lead 'Focus in 5 min — Two' lead",
  "= 09:00 notify start 'Focus — One' block-start",
  "= 09:02 withhold end 'One' block-start",
  "= 09:02 withhold lead 'Team' turn",
  "= 09:02 notify start 'Focus — Two' block-start",
  "= 09:03 notify lead 'Meeting in 1 min — Team' lead",
  "= 09:04 withhold end 'Two' block-start",
  "= 09:04 notify start 'Meeting — Team' block-start",
  NULL,
};

static const EngineScript scripts[] = {
  { "a-lead-among-starts", a_lead_among_starts },
  { "a-lead-between-starts", a_lead_between_starts },
  { "a-start-is-on-time", a_start_is_on_time },
  { "the-question-waits", the_question_waits },
  { "answered-while-it-waits", answered_while_it_waits },
  { "a-lead-of-half-a-minute", a_lead_of_half_a_minute },
  { "unmissable", unmissable },
  { "unmissable-and-seen", unmissable_and_seen },
  { "unmissable-and-extended", unmissable_and_extended },
  { "unmissable-while-away", unmissable_while_away },
  { "the-limit-of-a-day", the_limit_of_a_day },
  { "the-end-of-a-day", the_end_of_a_day },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
