/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "kept-day.h"

/* Whatever is done, taken back and done again: no time is in the log that nobody kept, and that
 * the user never spoke of; and none that was kept goes without a word. */

static void
fail_if_broken (const KeptDay *day)
{
  if (kept_day_broken (day) != NULL)
    g_error ("%s, after:%s", kept_day_broken (day), kept_day_story (day));
}

/* What random days have found, as their failure tells it. */
static const char *const found[] = {
  "start-meeting(0) shutdown(3) up(0) undo(0)",
  "start-other(0) start(0) sleep(6) undo(0)",
  "start-other(0) shutdown(5) worked(0) undo-two(0)",
  "minutes(3) start(0) minutes(5) undo(0)",
  "minutes(3) start(0) minutes(1) break(0) minutes(1) undo(0)",
  "minutes(3) start(0) minutes(1) pause(0) minutes(1) undo(0)",
  "start-meeting(0) pause(0) undo-two(0)",
  "kill(60) start-planned(0) minutes(20) postpone(18)",
  "kill(10) log-remove(0) undo(0) up(0)",
  "start(0) kill(12) log-remove(21) up(0) undo(0)",
  "log-remove(0) kill(5) away(0) undo(0) snooze(0)",
  "start-other(0) kill(10) undo(0) up(0)",
  "shutdown(36) up(0) kill(3) start(0) kill(21) undo(0) start-at(0)",
  "break(0) resume(0) kill(10) undo-two(0) worked(0)",
  "release(0) shutdown(5) start-at(3) undo-two(0)",
  "extend(0) minutes(14) undo(0)",
  "extend(0) log-add(0) minutes(16) undo-two(0)",
  "extend(0) minutes(21) start-for(0) undo-two(0)",
  "skip(0) kill(3) start-planned(0) minutes(8) release(0) undo-two(0) redo(0) undo(0)",
  "done(0) start-at(0) start-other(0) minutes(13) kill(16) undo(0) undo(0)",
  "shutdown(18) skip(0) start-for(0) start(0) minutes(3) undo(0) undo-two(0)",
  "minutes(11) pause(0) break(0) stop(0) sleep(23) undo(0)",
  "start-other(0) minutes(8) log-remove(0) undo(0) redo(0) undo(0)",
  "start-planned(0) snooze(0) away(0) undo-two(0)",
};

static void
do_named (KeptDay *day, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "()", 3);
  guint step = 0;

  while (step < kept_day_steps () && g_strcmp0 (kept_day_step_name (step), parts[0]) != 0)
    step++;
  g_assert_cmpuint (step, <, kept_day_steps ());
  kept_day_do (day, step, (guint) g_ascii_strtoull (parts[1], NULL, 10));
}

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (KeptDay) day = kept_day_new ();
      g_auto (GStrv) steps = g_strsplit (found[i], " ", -1);

      for (char **step = steps; *step != NULL && kept_day_broken (day) == NULL; step++)
        do_named (day, *step);
      fail_if_broken (day);
    }
}

/* A random day; the seed is GTest's (--seed), which names it in its output. */
static void
test_random (void)
{
  guint days = g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 5 : 60;

  for (guint i = 0; i < days; i++)
    {
      g_autoptr (KeptDay) day = kept_day_new ();

      for (int n = g_test_rand_int_range (1, 40); n > 0 && kept_day_broken (day) == NULL; n--)
        kept_day_do (day, (guint) g_test_rand_int_range (0, (int) kept_day_steps ()),
                     (guint) g_test_rand_int_range (0, 25));
      fail_if_broken (day);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kept/found", test_found);
  g_test_add_func ("/kept/random", test_random);
  return g_test_run ();
}
