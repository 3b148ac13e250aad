/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-twins.h"

#include <stdlib.h>

/* A daemon that is stopped in order and started again goes on as if it had run on. */

#define STOP "stop-and-start"

static void
fail_if_broken (const Twins *twins)
{
  if (twins_broken (twins) != NULL)
    g_error ("%s", twins_broken (twins));
}

static void
random_events (Twins *twins, int n)
{
  for (int i = 0; i < n && twins_broken (twins) == NULL; i++)
    twins_do (twins, (Event) g_test_rand_int_range (0, N_EVENTS),
              (guint) g_test_rand_int_range (0, 25));
}

/* A random day with a stop at a random moment; was it stopped? The seed is GTest's, which names it
 * in its output: in a run of all tests it is always the same, by hand another one each time, or
 * what --seed says. */
static gboolean
try_day (void)
{
  g_autoptr (Twins) twins = twins_new (g_test_rand_bit ());

  random_events (twins, g_test_rand_int_range (0, 20));
  fail_if_broken (twins);
  if (!twins_stop (twins))
    return FALSE;
  random_events (twins, g_test_rand_int_range (0, 20));
  if (twins_broken (twins) == NULL)
    twins_end (twins);
  fail_if_broken (twins);
  return TRUE;
}

static void
test_random (void)
{
  const char *days = g_getenv ("TRACKERD_DAYS");
  int n = g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 50 : days != NULL ? atoi (days) : 1500;
  int stopped = 0;

  for (int i = 0; i < n; i++)
    stopped += try_day ();
  g_test_message ("%d of %d days were stopped", stopped, n);
  g_assert_cmpint (stopped, >, n / 2);
}

/* What random days have found, as their failure tells it. */
static const char *const found[] = {
  "block-end(3) start-break(17) stop-and-start(0) start-break(16) postpone(16)",
  "away(21) plan-change(20) stop-and-start(0) worked(11)",
  "fall-asleep(20) minutes(23) fall-asleep(21) stop-and-start(0) minutes(20)",
  "pause(9) minutes(23) fall-asleep(21) stop-and-start(0)",
  "lock(24) fall-asleep(21) stop-and-start(0)",
  "away(12) shutdown(24) stop-and-start(0)",
  "block-end(3) plan-change(3) plan-change(3) plan-change(3) minutes(1) away(10) "
  "stop-and-start(0)",
  "is-work(24) sleep(24) plan-gone(11) stop-and-start(0)",
  "block-start(20) plan-gone(2) release(9) stop-and-start(0)",
  "start-planned(24) lock(13) stop-and-start(0) back(16)",
  "start-planned(10) stop(14) worked(16) stop-and-start(0) resume(1)",
  "extend(20) clock-ahead(14) stop-and-start(0)",
  "minutes(15) snooze(14) extend(1) clock-ahead(8) stop-and-start(0)",
  "back-to-work(2) sleep(16) block-end(17) stop-and-start(0) postpone(19)",
  "clock-ahead(22) stop-and-start(0) done(13) worked(19)",
  "fall-asleep(4) sleep(14) plan-change(4) start(20) zone-change(20) skip(18) "
  "stop-and-start(0) worked(20)",
  "busy(7) shutdown(21) stop-and-start(0) away(21) deadline(22) worked(19)",
  "clock-ahead(21) snooze(8) deadline(3) snooze(11) start-planned(19) start-planned(3) "
  "stop-and-start(0)",
  "busy(11) lock(20) back(23) sleep(18) release(5) plan-gone(18) deadline(14) "
  "stop-and-start(0) plan-change(1)",
  "deadline(20) plan-gone(19) back(13) extend(8) clock-ahead(21) stop-and-start(0) "
  "extend(16) plan-change(1)",
  "sleep(11) stop-and-start(0) plan-moved(19) start-for(21) go-to-sleep(3) done(12) "
  "plan-gone(9) deadline(5) plan-moved(15)",
  "block-start(3) postpone(15) pause(6) release(15) stop(21) block-end(3) worked(15) "
  "stop-and-start(0) postpone(24)",
  "block-end(1) block-start(20) break(5) back-to-work(5) plan(22) break(21) "
  "snooze(4) start-task(3) stop-and-start(0)",
  "is-work(10) go-to-sleep(17) break(17) reload(6) plan-gone(11) done(21) snooze(5) "
  "start-planned(15) stop-and-start(0) worked(19)",
  "sleep(23) restart(6) extend(8) lock(10) wake(5) sleep(2) plan(18) extend(4) restart(1) "
  "block-start(2) stop-and-start(0)",
  "plan-moved(3) start-planned(17) start-task(15) sleep(15) skip(8) release(9) "
  "clock-ahead(14) snooze(16) worked(1) stop-and-start(0) done(8)",
  "lock(20) block-start(16) stop(21) go-to-sleep(22) plan(5) back(17) minutes(13) busy(6) "
  "block-end(18) postpone(19) stop-and-start(0) done(12) busy(4) release(22) extend(21) "
  "deadline(4)",
  "resume(10) away(13) stop(19) block-end(12) skip(24) fall-asleep(4) back(24) "
  "stop-and-start(0) extend(21)",
  "sleep(11) done(18) worked(12) worked(0) stop(7) extend(23) plan-change(22) "
  "plan-change(8) postpone(5) stop-and-start(0) lock(5) plan-moved(8) skip(16) "
  "start-break(12) plan-gone(6) plan-moved(23) sleep(23)",
  "resume(0) shutdown(18) started-other(22) busy(18) unknown(1) plan-moved(22) "
  "clock-ahead(8) start-break(14) resume(9) stop-and-start(0) back(5)",
  "lock(8) start-planned(8) fall-asleep(6) postpone(23) resume(5) is-work(22) start-for(12) "
  "sleep(4) back-to-work(13) start-task(23) lock(16) plan-change(12) stop-and-start(0) back(19) "
  "back(22) pause(21) release(11) plan-moved(4) plan-gone(17) started(6) away(8) front(3) "
  "stop(21) done(18)",
};

static void
do_named (Twins *twins, const char *step)
{
  g_auto (GStrv) parts = g_strsplit_set (step, "()", 3);
  int event = 0;

  if (g_str_equal (parts[0], STOP))
    {
      g_assert_true (twins_stop (twins));
      return;
    }
  while (event < N_EVENTS && !g_str_equal (world_event_name ((Event) event), parts[0]))
    event++;
  g_assert_cmpint (event, <, N_EVENTS);
  twins_do (twins, (Event) event, (guint) g_ascii_strtoull (parts[1], NULL, 10));
}

static void
test_found (gconstpointer late)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (Twins) twins = twins_new (late != NULL);
      g_auto (GStrv) steps = g_strsplit (found[i], " ", -1);

      for (char **step = steps; *step != NULL && twins_broken (twins) == NULL; step++)
        do_named (twins, *step);
      if (twins_broken (twins) == NULL)
        twins_end (twins);
      fail_if_broken (twins);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/stopped/found", NULL, test_found);
  g_test_add_data_func ("/engine/stopped/found-told-late", "late", test_found);
  g_test_add_func ("/engine/stopped/random", test_random);
  return g_test_run ();
}
