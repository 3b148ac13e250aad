/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"
#include "engine-running.h"

/* What others wrote into the log, and what became of the calendar while nobody was there: scripts
 * (engine-play.h). */

/* clang-format off */

/* Written open by somebody else, of what is over: its time ends with that, not when it is seen. */
static const char *const opened_by_others_of_a_block_that_is_over[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:00"),
  "09:10 stop",
  "= 09:10 withdraw 'Payment' stop",
  "= 09:10 entry-close focus 'Payment' stop",
  "12:00 run",
  "= 10:00 block-state 'Payment' partial block-end",
  "12:00 open 09:30 Payment",
  "12:00 reload",
  "= 10:00 entry-close focus 'Payment' block-end",
  NULL,
};

static const char *const opened_by_others_with_a_limit_that_is_over[] = {
  "brief",
  "08:00 active",
  "08:00 plan",
  "12:00 open 09:30 Letters 09:50",
  "12:00 reload",
  "= 09:50 entry-close focus 'Letters' limit",
  NULL,
};

/* Killed while it ran, and the calendar says by now that it was over before: what was kept until the
 * last mark stays. */
static const char *const made_shorter_while_nobody_was_there[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:30"),
  "block focus 09:00-09:20 Payment",
  "10:30 restart 09:30",
  "= 09:30 entry-close focus 'Payment' not-running",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

static const char *const moved_away_while_nobody_was_there[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:30"),
  "block focus 08:00-08:30 Payment",
  "10:30 restart 09:30",
  "= 09:30 entry-close focus 'Payment' not-running",
  "= 10:30 block-state 'Payment' done block-end",
  NULL,
};

/* It was over, and then its end was put off in the calendar. */
static const char *const made_longer_after_its_end[] = {
  "brief",
  "block focus 09:00-09:10 Payment",
  ENGINE_RUNNING ("09:12"),
  "= 09:08 notify ending '2 min left — Payment' block-end",
  "= 09:10 entry-close focus 'Payment' block-end",
  "= 09:10 notify end 'Time is up — Payment' block-end",
  "= 09:10 block-state 'Payment' done block-end",
  "block focus 09:00-09:30 Payment",
  "09:13 plan",
  "= 09:13 entry-open focus 'Payment' observed plan",
  "09:40 run",
  "= 09:28 notify ending '2 min left — Payment' block-end",
  "= 09:30 entry-close focus 'Payment' block-end",
  "= 09:30 notify end 'Time is up — Payment' block-end",
  "= 09:30 block-state 'Payment' done block-end",
  NULL,
};

/* The same while nobody was there: it is on again. */
static const char *const made_longer_while_nobody_was_there[] = {
  "brief",
  "block focus 09:00-09:10 Payment",
  ENGINE_RUNNING ("09:12"),
  "= 09:08 notify ending '2 min left — Payment' block-end",
  "= 09:10 entry-close focus 'Payment' block-end",
  "= 09:10 notify end 'Time is up — Payment' block-end",
  "= 09:10 block-state 'Payment' done block-end",
  "09:12 shutdown",
  "= 09:12 withdraw 'Payment' shutdown",
  "block focus 09:00-09:30 Payment",
  "09:20 restart 09:12",
  "= 09:12 gap-open shutdown",
  "= 09:20 gap-close none start-up",
  "= 09:20 entry-open focus 'Payment' observed start-up",
  "09:40 run",
  "= 09:28 notify ending '2 min left — Payment' block-end",
  "= 09:30 entry-close focus 'Payment' block-end",
  "= 09:30 notify end 'Time is up — Payment' block-end",
  "= 09:30 block-state 'Payment' partial block-end",
  NULL,
};

/* Nobody goes on by himself with what was paused when it was over. */
static const char *const made_longer_after_a_pause[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:05"),
  "09:06 pause",
  "= 09:06 entry-close focus 'Payment' pause",
  "= 09:06 gap-open pause",
  "09:32 run",
  "= 09:30 gap-close discard block-end",
  "= 09:30 withdraw 'Payment' block-end",
  "= 09:30 block-state 'Payment' partial block-end",
  "block focus 09:00-10:30 Payment",
  "09:41 plan",
  "09:50 run",
  "09:50 resume",
  "= 09:50 entry-open focus 'Payment' observed resume",
  NULL,
};

/* Calendars that publish only what is to come have no event any more of what was over: it was
 * planned all the same. */
static const char *const left_after_its_end_while_nobody_was_there[] = {
  "brief",
  "block focus 09:00-09:30 Payment",
  ENGINE_RUNNING ("09:28:30"),
  "= 09:28 notify ending '2 min left — Payment' block-end",
  "09:28:30 shutdown",
  "= 09:28:30 entry-close focus 'Payment' shutdown",
  "= 09:28:30 withdraw 'Payment' shutdown",
  "gone Payment",
  "12:10 restart 09:28:30",
  "= 09:28:30 gap-open shutdown",
  "= 09:30 gap-close none block-end",
  "= 12:10 block-state 'Payment' done block-end",
  NULL,
};

/* A task was noted meanwhile: what just ended can be extended from its end on all the same. */
static const char *const extended_after_the_log_was_changed[] = {
  "brief",
  "block meeting 14:00-15:00 Team",
  "13:00 active",
  "13:00 plan",
  "15:02 run",
  "= 13:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 14:00 notify start 'Meeting — Team' block-start",
  "= 14:00 entry-open meeting 'Team' observed block-start",
  "= 15:00 entry-close meeting 'Team' block-end",
  "= 15:00 withdraw 'Team' block-end",
  "= 15:00 block-state 'Team' done block-end",
  "15:02 reload",
  "15:03 extend",
  "= 15:00 entry-open meeting 'Team' manual extend",
  NULL,
};

/* Away over two blocks with nothing between them, and the log is changed before the answer: it is
 * one absence, and one answer. */
static const char *const answered_after_the_log_was_changed[] = {
  "brief",
  "block shallow 09:00-09:30 Review",
  "block shallow 10:00-10:30 Letters",
  "08:00 active",
  "08:00 plan",
  "09:10 run",
  "= 09:00 entry-open shallow 'Review' observed block-start",
  "09:20 away 09:10",
  "= 09:10 entry-close shallow 'Review' away",
  "= 09:10 gap-open away",
  "10:20 run",
  "= 09:30 gap-close none block-end",
  "= 09:30 block-state 'Review' partial block-end",
  "= 10:00 gap-open away",
  "10:20 back",
  "= 10:20 gap-close none back",
  "= 10:20 entry-open shallow 'Letters' observed back",
  "= 10:20 notify gap 'You were away 1 h 10 (09:10–10:20)' back",
  "10:21 reload",
  "10:22 answer discard",
  "= 09:30 gap-answer discard by-hand",
  "= 10:20 gap-answer discard by-hand",
  "= 10:22 withdraw 'gap' by-hand",
  NULL,
};

/* An extension is taken back after the end that holds again, and nothing comes next: the user was
 * there, and is not told to have been away. */
static const char *const extension_taken_back[] = {
  "brief",
  "09:00 active",
  "09:00 plan",
  "09:00 start focus Letters for 20m",
  "= 09:00 entry-open focus 'Letters' manual by-hand",
  "09:10 extend for 30m",
  "= 09:10 entry-amend focus 'Letters' manual extend",
  "09:40 until 09:20",
  "09:40 reload",
  "= 09:20 entry-close focus 'Letters' limit",
  "= 09:20 gap-open edit",
  "= 09:40 gap-close none edit",
  "= 09:40 notify gap 'Now without an entry: 20 min (09:20–09:40)' back",
  NULL,
};

/* Who worked in a break did not take it, whatever the entry's block. */
static const char *const break_that_was_work[] = {
  "brief",
  "block break 10:00-10:20 Rest",
  "09:50 active",
  "09:50 plan",
  "10:00 run",
  "= 10:00 notify start 'Break — Rest' block-start",
  "10:00 break",
  "= 10:00 entry-open break 'Rest' manual break",
  "10:18 stop",
  "= 10:18 withdraw 'Rest' stop",
  "= 10:18 entry-close break 'Rest' stop",
  "10:19 kind Rest focus",
  "10:19 reload",
  "10:21 run",
  "= 10:20 block-state 'Rest' missed stop",
  NULL,
};

/* Its notice waited for its turn when it left the calendar, and it came back in time: nobody had been
 * told of it. */
static const char *const lead_waits_and_its_event_leaves[] = {
  "notices",
  "block focus 09:30-10:00 Payment",
  "block meeting 10:00-10:30 Team",
  "leads Team 35",
  "08:00 active",
  "08:00 plan",
  "09:25 run",
  "= 09:25 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:25 withhold lead 'Team' turn",
  "gone Team",
  "09:25:10 plan",
  "= 09:25:10 withhold lead 'Team' plan",
  "block meeting 10:00-10:30 Team",
  "leads Team 35",
  "09:25:20 plan",
  "= 09:25:20 withhold lead 'Team' turn",
  "09:27 run",
  "= 09:26 notify lead 'Meeting in 34 min — Team' lead",
  NULL,
};

/* The same when the daemon ends meanwhile. */
static const char *const lead_waits_and_the_daemon_ends[] = {
  "notices",
  "block focus 09:30-10:00 Payment",
  "block meeting 10:00-10:30 Team",
  "leads Team 35",
  "08:00 active",
  "08:00 plan",
  "09:25 run",
  "= 09:25 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:25 withhold lead 'Team' turn",
  "09:25:10 shutdown",
  "= 09:25:10 withhold lead 'Team' shutdown",
  "09:25:20 restart 09:25:10",
  "= 09:25:20 withhold lead 'Team' turn",
  "09:27 run",
  "= 09:26 notify lead 'Meeting in 34 min — Team' lead",
  NULL,
};

/* Told of one start, and then something new took that time: it has another start, of which nobody
 * was told. */
static const char *const another_took_the_time_that_was_told[] = {
  "notices",
  "block focus 09:00-11:00 Payment",
  "08:00 active",
  "08:00 plan",
  "08:56 run",
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",
  "block meeting 09:00-10:00 Team",
  "block focus 10:00-11:00 Payment",
  "event Payment 09:00-11:00",
  "08:56 plan",
  "10:01 run",
  "= 08:58 notify lead 'Meeting in 2 min — Team' lead",
  "= 09:00 notify start 'Meeting — Team' block-start",
  "= 09:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 10:00 notify start 'Focus — Payment' block-start",
  NULL,
};

/* What the user began, or made longer, by a word goes on to the end that it has now, as if it had
 * been begun early. */
static const char *const moved_a_little_after_a_word[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "09:10 extend for 10m",
  "= 09:10 withdraw 'Payment' extend",
  "block focus 09:20-10:20 Payment",
  "09:11 plan",
  "10:30 run",
  "= 10:18 notify ending '2 min left — Payment' block-end",
  "= 10:20 entry-close focus 'Payment' block-end",
  "= 10:20 notify end 'Time is up — Payment' block-end",
  "= 10:20 block-state 'Payment' done block-end",
  NULL,
};

/* Nothing goes on for hours until another time comes: it ends, and is announced then. */
static const char *const moved_away_after_a_word[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "09:10 extend for 10m",
  "= 09:10 withdraw 'Payment' extend",
  "block focus 15:00-16:00 Payment",
  "09:11 plan",
  "= 09:11 entry-close focus 'Payment' plan",
  "15:01 run",
  "= 14:55 notify lead 'Focus in 5 min — Payment' lead",
  "= 15:00 notify start 'Focus — Payment' block-start",
  "= 15:00 entry-open focus 'Payment' observed block-start",
  NULL,
};

static const char *const moved_a_little_without_a_word[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "block focus 09:20-10:20 Payment",
  "09:11 plan",
  "= 09:11 withdraw 'Payment' plan",
  "= 09:11 entry-close focus 'Payment' plan",
  "09:21 run",
  "= 09:15 notify lead 'Focus in 5 min — Payment' lead",
  "= 09:20 notify start 'Focus — Payment' block-start",
  "= 09:20 entry-open focus 'Payment' observed block-start",
  NULL,
};

/* What goes on, and what is begun after it, is called as the event is now. */
static const char *const renamed_while_it_runs[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "renamed Payment Review",
  "09:10 plan",
  "= 09:10 entry-amend focus 'Review' observed plan",
  "09:20 stop",
  "= 09:20 withdraw 'Payment' stop",
  "= 09:20 entry-close focus 'Review' stop",
  "09:21 start",
  "= 09:21 entry-open focus 'Review' manual by-hand",
  NULL,
};

static const char *const renamed_while_it_is_stopped[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "09:10 stop",
  "= 09:10 withdraw 'Payment' stop",
  "= 09:10 entry-close focus 'Payment' stop",
  "renamed Payment Review",
  "09:15 plan",
  "09:20 start",
  "= 09:20 entry-open focus 'Review' manual by-hand",
  NULL,
};

static const char *const renamed_while_nobody_was_there[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "09:10 stop",
  "= 09:10 withdraw 'Payment' stop",
  "= 09:10 entry-close focus 'Payment' stop",
  "09:11 shutdown",
  "renamed Payment Review",
  "09:15 restart 09:11",
  "09:20 start",
  "= 09:20 entry-open focus 'Review' manual by-hand",
  NULL,
};

/* A task has a title of its own. */
static const char *const renamed_while_a_task_is_worked_on[] = {
  "brief",
  "block focus 09:00-10:00 Payment",
  ENGINE_RUNNING ("09:10"),
  "09:10 start focus Invoice task 7",
  "= 09:10 entry-close focus 'Payment' switch",
  "= 09:10 entry-open focus 'Invoice' manual by-hand",
  "renamed Payment Review",
  "09:15 plan",
  "09:20 pause",
  "= 09:20 entry-close focus 'Invoice' pause",
  "= 09:20 gap-open pause",
  "09:25 resume",
  "= 09:25 gap-close discard resume",
  "= 09:25 entry-open focus 'Invoice' manual resume",
  NULL,
};

static const EngineScript scripts[] = {
  { "moved-a-little-after-a-word", moved_a_little_after_a_word },
  { "moved-away-after-a-word", moved_away_after_a_word },
  { "moved-a-little-without-a-word", moved_a_little_without_a_word },
  { "renamed-while-it-runs", renamed_while_it_runs },
  { "renamed-while-it-is-stopped", renamed_while_it_is_stopped },
  { "renamed-while-nobody-was-there", renamed_while_nobody_was_there },
  { "renamed-while-a-task-is-worked-on", renamed_while_a_task_is_worked_on },
  { "extension-taken-back", extension_taken_back },
  { "made-longer-while-nobody-was-there", made_longer_while_nobody_was_there },
  { "made-longer-after-a-pause", made_longer_after_a_pause },
  { "left-after-its-end-while-nobody-was-there", left_after_its_end_while_nobody_was_there },
  { "extended-after-the-log-was-changed", extended_after_the_log_was_changed },
  { "answered-after-the-log-was-changed", answered_after_the_log_was_changed },
  { "made-shorter-while-nobody-was-there", made_shorter_while_nobody_was_there },
  { "moved-away-while-nobody-was-there", moved_away_while_nobody_was_there },
  { "opened-by-others-of-a-block-that-is-over", opened_by_others_of_a_block_that_is_over },
  { "opened-by-others-with-a-limit-that-is-over", opened_by_others_with_a_limit_that_is_over },
  { "break-that-was-work", break_that_was_work },
  { "made-longer-after-its-end", made_longer_after_its_end },
  { "lead-waits-and-its-event-leaves", lead_waits_and_its_event_leaves },
  { "lead-waits-and-the-daemon-ends", lead_waits_and_the_daemon_ends },
  { "another-took-the-time-that-was-told", another_took_the_time_that_was_told },
};

/* clang-format on */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine_play_add (scripts, G_N_ELEMENTS (scripts));
  return g_test_run ();
}
