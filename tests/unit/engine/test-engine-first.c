/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* A newcomer's first half hour. The language is engine-play.h's. */

/* clang-format off */

/* No daemon ever ran: there was no power cut after what was written by hand. */
static const char *const first_start_after_a_log_by_hand[] = {
  "brief",
  "block focus 05:00-06:30 Spec",
  "05:40 log 05:10-05:20 Hand",
  "05:45 restart",
  "= 05:45 entry-open focus 'Spec' plan block-start",
  "= 05:45 notify start 'Focus — Spec' late",
  NULL,
};

/* It had ended, and the user wrote on: the time between was not kept, that is all. */
static const char *const not_kept_after_a_log_by_hand[] = {
  "brief",
  "block focus 05:00-06:30 Spec",
  "03:00 active",
  "03:00 plan",
  "04:00 shutdown",
  "05:40 log 05:10-05:20 Hand",
  "05:45 restart 04:00",
  "= 05:45 entry-open focus 'Spec' observed start-up",
  "= 05:45 notify start 'Focus — Spec' late",
  NULL,
};

/* What the block was used for after the gap says nothing about the gap. */
static const char *const worked_is_what_ran_before[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:20 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:25 away 09:20",
  "= 09:20 entry-close focus 'Payment' away",
  "= 09:20 gap-open away",
  "09:45 back",
  "= 09:45 gap-close none back",
  "= 09:45 entry-open focus 'Payment' observed back",
  "= 09:45 notify gap 'You were away 25 min (09:20–09:45)' back",
  "09:46 start focus Later task 7",
  "= 09:46 entry-close focus 'Payment' switch",
  "= 09:46 entry-open focus 'Later' manual by-hand",
  "09:50 stop",
  "= 09:50 withdraw 'Payment' stop",
  "= 09:50 entry-close focus 'Later' stop",
  "09:51 answer worked",
  "= 09:45 gap-answer worked by-hand",
  "= 09:20 entry-add focus 'Payment' manual by-hand",
  "= 09:51 withdraw 'gap' by-hand",
  NULL,
};

/* What was started by hand, and replaced by hand, does not come back when that is done. */
static const char *const replaced_does_not_come_back[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:10 start focus First task 7",
  "= 09:10 entry-close focus 'Payment' switch",
  "= 09:10 entry-open focus 'First' manual by-hand",
  "09:20 start shallow Second",
  "= 09:20 entry-close focus 'First' switch",
  "= 09:20 entry-open shallow 'Second' manual by-hand",
  "09:30 done",
  "= 09:30 entry-close shallow 'Second' done",
  "= 09:30 entry-open focus 'Payment' observed done",
  NULL,
};

static const EngineScript scripts[] = {
  { "first-start-after-a-log-by-hand", first_start_after_a_log_by_hand },
  { "not-kept-after-a-log-by-hand", not_kept_after_a_log_by_hand },
  { "worked-is-what-ran-before", worked_is_what_ran_before },
  { "replaced-does-not-come-back", replaced_does_not_come_back },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
