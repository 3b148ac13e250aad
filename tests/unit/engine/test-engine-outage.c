/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* No daemon was there for long, and nobody knows why: what ran ended with it, is asked about, or
 * was missed. The language is engine-play.h's. */

/* clang-format off */

static const char *const power_loss[] = {
  "brief",
  "block focus 09:00-10:30 Payment",
  "block shallow 10:30-11:00 Review",
  ENGINE_RUNNING ("09:30"),
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
  ENGINE_ANNOUNCED ("09:30"),
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

static const EngineScript scripts[] = {
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
