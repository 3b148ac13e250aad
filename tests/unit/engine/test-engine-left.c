/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* It is told late that the user had left: what was over meanwhile by itself is cut. The language is
 * engine-play.h's. */

/* clang-format off */

/* Told at 08:55: a break that began by itself ended what was kept since nobody was there. */
static const char *const away_over_a_start[] = {
  "brief",
  "block routine 08:40-09:00 Plan",
  "block focus 09:00-10:00 Build",
  "block break 10:00-10:15 Rest",
  "08:40 active",
  "08:40 plan",
  "= 08:40 notify start 'Routine — Plan' block-start",
  "= 08:40 entry-open routine 'Plan' observed block-start",
  "08:50 start block Rest",
  "= 08:50 entry-close routine 'Plan' switch",
  "= 08:50 entry-open break 'Rest' manual by-hand",
  "08:50 postpone",
  "= 08:50 entry-close break 'Rest' snooze",
  "= 08:50 entry-open routine 'Plan' observed snooze",
  "08:55 away 08:50",
  "= 08:55 notify start 'Break — Rest' block-start",
  "= 08:55 entry-close routine 'Plan' block-start",
  "= 08:50 entry-cut routine 'Plan' away",
  "= 08:50 gap-open away",
  "= 08:55 gap-close none block-start",
  "= 08:55 entry-open break 'Rest' observed away",
  NULL,
};

/* What was begun by hand is ended by a meeting, and was left before that. */
static const char *const away_over_a_meeting[] = {
  "brief",
  "block meeting 10:00-10:30 Team",
  "08:40 active",
  "08:40 plan",
  "09:50 start focus Letter",
  "= 09:50 entry-open focus 'Letter' manual by-hand",
  "10:03 away 09:58",
  "= 10:00 entry-close focus 'Letter' switch",
  "= 10:00 entry-open meeting 'Team' observed block-start",
  "= 09:58 entry-cut focus 'Letter' away",
  "= 09:58 gap-open away",
  "= 10:00 gap-close none switch",
  "= 10:03 notify start 'Meeting — Team' late",
  "10:40 run",
  "= 10:30 entry-close meeting 'Team' block-end",
  "= 10:30 withdraw 'Team' block-end",
  "= 10:30 block-state 'Team' done block-end",
  NULL,
};

/* Nobody was there when the time that the user gave himself was over. */
static const char *const away_over_a_limit[] = {
  "brief",
  "08:40 active",
  "08:40 plan",
  "09:10 start focus Letter for 50m",
  "= 09:10 entry-open focus 'Letter' manual by-hand",
  "10:03 away 09:58",
  "= 10:00 entry-close focus 'Letter' limit",
  "= 10:00 notify end 'Time is up — Letter' limit",
  "= 09:58 entry-cut focus 'Letter' away",
  "= 09:58 gap-open away",
  "= 10:00 gap-close none limit",
  "10:40 back",
  "= 10:40 notify gap 'You were away 2 min (09:58–10:00)' back",
  "10:41 answer worked",
  "= 10:00 gap-answer worked by-hand",
  "= 09:58 entry-add focus 'Letter' manual by-hand",
  "= 10:41 withdraw 'gap' by-hand",
  NULL,
};

/* The answer goes to what was left, and not to what the block was used for before. */
static const char *const away_from_a_task[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "08:40 active",
  "08:40 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:10 start focus Letter task 7",
  "= 09:10 entry-close focus 'Payment' switch",
  "= 09:10 entry-open focus 'Letter' manual by-hand",
  "10:03 away 09:58",
  "= 10:00 entry-close focus 'Letter' block-end",
  "= 10:00 notify end 'Time is up — Payment' block-end",
  "= 09:58 entry-cut focus 'Letter' away",
  "= 09:58 gap-open away",
  "= 10:00 gap-close none block-end",
  "= 10:03 block-state 'Payment' done away",
  "10:40 back",
  "= 10:40 notify gap 'You were away 2 min (09:58–10:00)' back",
  "10:41 answer worked",
  "= 10:00 gap-answer worked by-hand",
  "= 09:58 entry-add focus 'Letter' manual by-hand",
  "= 10:41 withdraw 'gap' by-hand",
  NULL,
};

/* All that ended since is cut, not the last of it alone. */
static const char *const away_over_two_ends[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block shallow 10:00-10:02 Mail",
  "09:00 active",
  "09:00 plan",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "10:03 away 09:58",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 notify end 'Time is up — Payment' block-end",
  "= 10:00 entry-open shallow 'Mail' observed block-start",
  "= 10:02 entry-close shallow 'Mail' block-end",
  "= 09:58 entry-cut focus 'Payment' away",
  "= 09:58 gap-open away",
  "= 10:00 gap-close none block-end",
  "= 10:00 entry-cut shallow 'Mail' away",
  "= 10:00 gap-open away",
  "= 10:02 gap-close none block-end",
  "= 10:03 block-state 'Payment' done away",
  "= 10:03 block-state 'Mail' missed away",
  "10:40 back",
  "= 10:40 notify gap 'You were away 4 min (09:58–10:02)' back",
  NULL,
};

/* The block lies later again by then; the gap is where the time was kept. */
static const char *const cut_where_it_was[] = {
  "brief",
  "block routine 08:40-09:00 plan",
  "block focus 09:00-10:00 build",
  "block break 10:00-10:15 rest",
  "block shallow 10:15-10:45 review",
  "08:50 active",
  "08:50 plan",
  "= 08:50 entry-open routine 'plan' observed block-start",
  "= 08:50 notify start 'Routine — plan' late",
  "09:00 run",
  "= 08:55 notify lead 'Focus in 5 min — build' lead",
  "= 09:00 entry-close routine 'plan' block-end",
  "= 09:00 withdraw 'plan' block-end",
  "= 09:00 notify start 'Focus — build' block-start",
  "= 09:00 entry-open focus 'build' observed block-start",
  "= 09:00 block-state 'plan' partial block-end",
  "09:00 skip",
  "= 09:00 entry-close focus 'build' skip",
  "= 09:00 withdraw 'build' skip",
  "= 09:00 block-state 'build' skipped skip",
  "09:00 start",
  "= 09:00 entry-open shallow 'review' manual by-hand",
  "10:00 step",
  "= 10:00 notify start 'Break — rest' block-start",
  "= 10:00 entry-close shallow 'review' block-start",
  "09:58 step",
  "09:58 break",
  "= 10:00 entry-open break 'rest' manual break",
  "10:18 slept 09:58-10:18 clock",
  "= 09:58 entry-cut shallow 'review' clock",
  "= 09:58 gap-open clock",
  "= 10:00 gap-close none block-start",
  "= 10:00 entry-close break 'rest' clock",
  "= 10:15 notify end 'Break is over — rest' block-end",
  "= 10:15 gap-open clock",
  "= 10:18 gap-close none back",
  "= 10:18 entry-open shallow 'review' observed back",
  "= 10:18 block-state 'rest' missed reminder",
  NULL,
};

static const EngineScript scripts[] = {
  { "away-over-a-start", away_over_a_start },
  { "away-over-a-meeting", away_over_a_meeting },
  { "away-over-a-limit", away_over_a_limit },
  { "away-over-two-ends", away_over_two_ends },
  { "cut-where-it-was", cut_where_it_was },
  { "away-from-a-task", away_from_a_task },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
