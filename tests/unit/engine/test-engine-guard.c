/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

/* The focus guard: who is asked, when, how often, and what the answers do. The language is
 * engine-play.h's. */

/* clang-format off */

#define FOCUS                                                                                       \
  "brief",                                                                                          \
  "block focus 09:00-10:00 Payment",                                                                \
  "block shallow 10:00-11:00 Review",                                                               \
  "08:00 active",                                                                                   \
  "08:00 plan",                                                                                     \
  "09:10 run",                                                                                      \
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",                                            \
  "= 09:00 notify start 'Focus — Payment' block-start",                                             \
  "= 09:00 entry-open focus 'Payment' observed block-start"

#define STEAM_IN_FRONT                                                                              \
  "09:10 front steam",                                                                              \
  "= 09:10 notify guard 'steam is in front — is it work?' front",                                   \
  "= 09:10 interruption 'steam' none front"

#define TO_THE_END                                                                                  \
  "10:30 run",                                                                                      \
  "= 09:58 notify ending '2 min left — Payment' block-end",                                         \
  "= 10:00 entry-close focus 'Payment' block-end",                                                  \
  "= 10:00 notify end 'Time is up — Payment' block-end",                                            \
  "= 10:00 entry-open shallow 'Review' observed block-start",                                       \
  "= 10:00 block-state 'Payment' done block-end"

/* Nobody answers: it is asked once in the block, however often it comes back, and not outside. */
static const char *const once[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:15 front -",
  "09:20 front steam",
  "09:25 started steam",
  "09:30 front -",
  TO_THE_END,
  "10:40 front steam",
  "10:41 started steam",
  NULL,
};

static const char *const back_to_work[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard back",
  "= 09:11 interruption-answer 'steam' back by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "09:12 front -",
  "09:20 front steam",
  TO_THE_END,
  NULL,
};

static const char *const it_is_work[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard work",
  "= 09:11 interruption-answer 'steam' work by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  TO_THE_END,
  NULL,
};

/* Still in front when the minutes are over: asked again, and as often as it is allowed. */
static const char *const allowed[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard allow",
  "= 09:11 interruption-answer 'steam' allow by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "09:15:59 run",
  "09:16 run",
  "= 09:16 notify guard 'steam is in front — is it work?' front",
  "= 09:16 interruption 'steam' none front",
  "09:17 guard allow for 10m",
  "= 09:17 interruption-answer 'steam' allow by-hand",
  "= 09:17 withdraw 'Payment' by-hand",
  "09:20 front -",
  "09:26 front steam",
  "09:27 run",
  "= 09:27 notify guard 'steam is in front — is it work?' front",
  "= 09:27 interruption 'steam' none front",
  TO_THE_END,
  NULL,
};

/* Out of sight when they are over: asked when it comes back. */
static const char *const allowed_and_gone[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard allow",
  "= 09:11 interruption-answer 'steam' allow by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "09:12 front -",
  "09:30 run",
  "09:30 front steam",
  "= 09:30 notify guard 'steam is in front — is it work?' front",
  "= 09:30 interruption 'steam' none front",
  NULL,
};

/* The last answer holds: whoever pressed the wrong button says it again. */
static const char *const another_answer[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard work",
  "= 09:11 interruption-answer 'steam' work by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "09:12 guard allow",
  "= 09:12 interruption-answer 'steam' allow by-hand",
  "09:20 run",
  "= 09:17 notify guard 'steam is in front — is it work?' front",
  "= 09:17 interruption 'steam' none front",
  NULL,
};

/* One notice a minute: the second program waits, and is left out when it is not in front any more.
 * What was started is asked about all the same. */
static const char *const a_minute_apart[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:10:10 started chess",
  "09:10:20 front discord",
  "09:10:40 front mail",
  "09:13 run",
  "= 09:11 notify guard 'chess was started — is it work?' started",
  "= 09:10:10 interruption 'chess' none started",
  "= 09:12 notify guard 'mail is in front — is it work?' front",
  "= 09:10:40 interruption 'mail' none front",
  NULL,
};

/* What was in front when the focus began is asked about a minute after the start was told. */
static const char *const before_the_start[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "08:00 active",
  "08:00 plan",
  "08:30 front steam",
  "09:05 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "= 09:01 notify guard 'steam is in front — is it work?' front",
  "= 09:00 interruption 'steam' none front",
  NULL,
};

/* Nobody is asked who is not there, and on return the question about the time away comes first. */
static const char *const away[] = {
  FOCUS,
  "09:20 away 09:15",
  "= 09:15 entry-close focus 'Payment' away",
  "= 09:15 gap-open away",
  "09:25 front steam",
  "09:30 back",
  "= 09:30 gap-close none back",
  "= 09:30 entry-open focus 'Payment' observed back",
  "= 09:30 notify guard 'steam is in front — is it work?' front",
  "= 09:30 interruption 'steam' none front",
  "09:40 run",
  "= 09:31 notify gap 'You were away 15 min (09:15–09:30)' back",
  NULL,
};

/* Another block asks again. */
static const char *const another_block[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "block focus 10:00-11:00 Ledger",
  "policy dnd shallow",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  STEAM_IN_FRONT,
  "09:11 guard work",
  "= 09:11 interruption-answer 'steam' work by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "10:10 run",
  "= 09:55 notify lead 'Focus in 5 min — Ledger' lead",
  "= 09:58 notify ending '2 min left — Payment' block-end",
  "= 10:00 entry-close focus 'Payment' block-end",
  "= 10:00 withdraw 'Payment' block-end",
  "= 10:00 notify start 'Focus — Ledger' block-start",
  "= 10:00 entry-open focus 'Ledger' observed block-start",
  "= 10:00 block-state 'Payment' done block-end",
  "= 10:01 notify guard 'steam is in front — is it work?' front",
  "= 10:00 interruption 'steam' none front",
  NULL,
};

/* What was said is known after a restart, and so is until when it was allowed. */
static const char *const restarts[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard allow",
  "= 09:11 interruption-answer 'steam' allow by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "09:12 started chess",
  "= 09:12 notify guard 'chess was started — is it work?' started",
  "= 09:12 interruption 'chess' none started",
  "09:13 restart 09:13",
  "09:13 front steam",
  "09:13 started chess",
  "09:20 run",
  "= 09:16 notify guard 'steam is in front — is it work?' front",
  "= 09:16 interruption 'steam' none front",
  "09:20 restart 09:20",
  "09:20 front steam",
  "09:21 guard work",
  "= 09:21 interruption-answer 'steam' work by-hand",
  NULL,
};

/* An engine in place of another one knows what is in front, and who asks. */
static const char *const reloads[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 reload",
  "09:12 guard allow",
  "= 09:12 interruption-answer 'steam' allow by-hand",
  "= 09:12 withdraw 'Payment' by-hand",
  "09:13 reload",
  "09:20 run",
  "= 09:17 notify guard 'steam is in front — is it work?' front",
  "= 09:17 interruption 'steam' none front",
  NULL,
};

/* By hand, without a block. */
static const char *const by_hand[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "09:00 start focus Login",
  "= 09:00 entry-open focus 'Login' manual by-hand",
  "09:10 front steam",
  "= 09:10 notify guard 'steam is in front — is it work?' front",
  "= 09:10 interruption 'steam' none front",
  "09:11 guard back",
  "= 09:11 interruption-answer 'steam' back by-hand",
  "= 09:11 withdraw 'hand' by-hand",
  "09:12 front -",
  "09:13 restart 09:13",
  "09:14 front steam",
  NULL,
};

/* What was asked a moment ago about work by hand that is over is answered as it was. */
static const char *const by_hand_and_over[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "09:00 start focus Login",
  "= 09:00 entry-open focus 'Login' manual by-hand",
  "09:10 front steam",
  "= 09:10 notify guard 'steam is in front — is it work?' front",
  "= 09:10 interruption 'steam' none front",
  "09:12 stop",
  "= 09:12 withdraw 'hand' stop",
  "= 09:12 entry-close focus 'Login' stop",
  "09:13 restart 09:13",
  "09:19 guard work",
  "= 09:19 interruption-answer 'steam' work by-hand",
  "09:19 restart 09:19",
  "09:21 guard back",
  "! asked about nothing",
  NULL,
};

/* No allowance gets longer by a clock that is set back. */
static const char *const clock_back[] = {
  FOCUS,
  "09:40 front steam",
  "= 09:40 notify guard 'steam is in front — is it work?' front",
  "= 09:40 interruption 'steam' none front",
  "09:41 guard allow",
  "= 09:41 interruption-answer 'steam' allow by-hand",
  "= 09:41 withdraw 'Payment' by-hand",
  "09:20 step",
  "09:30 run",
  "= 09:25 notify guard 'steam is in front — is it work?' front",
  "= 09:25 interruption 'steam' none front",
  NULL,
};

/* The clock was set back: a question of later is none of what was begun by hand since. */
#define ANOTHER_BY_HAND                                                                            \
  "brief",                                                                                         \
  "09:00 active",                                                                                  \
  "09:00 plan",                                                                                    \
  "09:00 front steam",                                                                             \
  "09:01 start focus Letter",                                                                      \
  "= 09:01 entry-open focus 'Letter' manual by-hand",                                              \
  "= 09:01 notify guard 'steam is in front — is it work?' front",                                  \
  "= 09:01 interruption 'steam' none front",                                                       \
  "08:59 step",                                                                                    \
  "08:59 start focus Report",                                                                      \
  "= 08:59 withdraw 'hand' switch",                                                                \
  "= 09:01 entry-close focus 'Letter' switch",                                                     \
  "= 09:01 entry-open focus 'Report' manual by-hand",                                              \
  "09:00 run",                                                                                     \
  "= 09:00 notify guard 'steam is in front — is it work?' front",                                  \
  "= 08:59 interruption 'steam' none front",                                                       \
  "09:00 start focus Poem",                                                                        \
  "= 09:00 withdraw 'hand' switch",                                                                \
  "= 09:01 entry-close focus 'Report' switch",                                                     \
  "= 09:01 entry-open focus 'Poem' manual by-hand"

static const char *const reload_after_clock_back[] = {
  ANOTHER_BY_HAND,
  "09:00 reload",
  "09:00 guard allow",
  "! asked about nothing",
  "09:10 run",
  "= 09:01 notify guard 'steam is in front — is it work?' front",
  "= 09:00 interruption 'steam' none front",
  NULL,
};

static const char *const restart_after_clock_back[] = {
  ANOTHER_BY_HAND,
  "09:00 restart 09:00",
  "09:00 guard allow",
  "! asked about nothing",
  NULL,
};

/* Only what the user made unmissable passes do-not-disturb. */
static const char *const unmissable[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  "policy unmissable focus",
  "08:00 active",
  "08:00 plan",
  "09:01 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:00 notify start 'Focus — Payment' block-start",
  "= 09:00 entry-open focus 'Payment' observed block-start",
  "09:01 front steam",
  "= 09:01 notify guard 'steam is in front — is it work?' urgent front",
  "= 09:01 interruption 'steam' none front",
  NULL,
};

/* A question that waits is not lost when something else is focused on before its turn. */
static const char *const waits_for_another[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:11 guard back",
  "= 09:11 interruption-answer 'steam' back by-hand",
  "= 09:11 withdraw 'Payment' by-hand",
  "09:20 started chess",
  "= 09:20 notify guard 'chess was started — is it work?' started",
  "= 09:20 interruption 'chess' none started",
  "09:20:20 front discord",
  "09:20:30 start focus Login",
  "= 09:20:30 entry-close focus 'Payment' switch",
  "= 09:20:30 entry-open focus 'Login' manual by-hand",
  "09:22 run",
  "= 09:21 notify guard 'discord is in front — is it work?' front",
  "= 09:20:30 interruption 'discord' none front",
  NULL,
};

/* Nor when it was started first, and comes to the front while it waits for long. */
static const char *const started_and_in_front[] = {
  FOCUS,
  STEAM_IN_FRONT,
  "09:10:10 started chess",
  "09:10:20 front chess",
  "09:30 slept 09:10:30-09:30 sleep",
  "= 09:10:30 entry-close focus 'Payment' sleep",
  "= 09:10:30 gap-open sleep",
  "= 09:30 gap-close none back",
  "= 09:30 entry-open focus 'Payment' observed back",
  "= 09:30 notify gap 'You were away 19 min (09:10–09:30)' back",
  "09:32 run",
  "= 09:31 notify guard 'chess is in front — is it work?' front",
  "= 09:10:20 interruption 'chess' none front",
  NULL,
};

/* What was asked in a block is known when the calendar takes it away and brings it back. */
static const char *const back_in_the_plan[] = {
  "notices",
  "block focus 09:00-10:00 Payment",
  "08:00 active",
  "08:00 plan",
  "08:10 start",
  "08:20 front steam",
  "= 08:20 notify guard 'steam is in front — is it work?' front",
  "08:21 guard back",
  "08:22 front -",
  "08:22 done",
  "block focus 09:30-10:30 Payment",
  "08:23 plan",
  "gone Payment",
  "08:24 plan",
  "block focus 09:30-10:30 Payment",
  "08:25 plan",
  "09:40 run",
  "= 09:25 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:30 notify start 'Focus — Payment' block-start",
  "09:41 front steam",
  "09:50 run",
  NULL,
};

static const char *const refusals[] = {
  FOCUS,
  "09:10 guard back",
  "! asked about nothing",
  STEAM_IN_FRONT,
  "09:11 guard none",
  "! back, allow or work",
  "09:12 stop",
  "= 09:12 withdraw 'Payment' stop",
  "= 09:12 entry-close focus 'Payment' stop",
  "09:19 guard work",
  "= 09:19 interruption-answer 'steam' work by-hand",
  "09:21 guard work",
  "! asked about nothing",
  NULL,
};

/* clang-format on */

static const EngineScript scripts[] = {
  { "guard/once", once },
  { "guard/back-to-work", back_to_work },
  { "guard/it-is-work", it_is_work },
  { "guard/allowed", allowed },
  { "guard/allowed-and-gone", allowed_and_gone },
  { "guard/another-answer", another_answer },
  { "guard/a-minute-apart", a_minute_apart },
  { "guard/before-the-start", before_the_start },
  { "guard/away", away },
  { "guard/another-block", another_block },
  { "guard/restarts", restarts },
  { "guard/reloads", reloads },
  { "guard/by-hand", by_hand },
  { "guard/by-hand-and-over", by_hand_and_over },
  { "guard/clock-back", clock_back },
  { "guard/reload-after-clock-back", reload_after_clock_back },
  { "guard/restart-after-clock-back", restart_after_clock_back },
  { "guard/unmissable", unmissable },
  { "guard/waits-for-another", waits_for_another },
  { "guard/started-and-in-front", started_and_in_front },
  { "guard/back-in-the-plan", back_in_the_plan },
  { "guard/refusals", refusals },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
