/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world-private.h"

/* Whatever happens, in whatever order: the rules of engine-world.h hold. */

/* Under valgrind each case takes some fifty times as long; a tenth of them walks the same code. */
static gboolean
is_slowed_down (void)
{
  return g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL;
}

static void
fail_if_broken (const World *world)
{
  g_autofree char *story = world_story (world);

  if (world_broken (world) != NULL)
    g_error ("%s, after:%s", world_broken (world), story);
}

/* A long random day; the seed is GTest's (--seed), which names it in its output. */
static void
test_random (void)
{
  for (guint round = 0; round < (is_slowed_down () ? 100u : 1500u); round++)
    {
      g_autoptr (World) world = world_new ();
      guint n = (guint) g_test_rand_int_range (1, 40);

      for (guint i = 0; i < n && world_broken (world) == NULL; i++)
        world_do (world, (Event) g_test_rand_int_range (0, N_EVENTS),
                  (guint) g_test_rand_int_range (0, 25));
      if (world_broken (world) == NULL)
        world_end (world);
      fail_if_broken (world);
    }
}

/* What random days have found, as their failure tells it. */
static const char *const found[] = {
  "plan-change(0) block-start(0) extend(0) away(6) release(0) plan-change(0) worked(0)",
  "front(0) block-start(0) extend(0) clock-ahead(18) plan-gone(0) block-start(0) reload(0)",
  "shutdown(10) skip(0) start-planned(0) minutes(10) clock-ahead(5) sleep(21) pause(0) kill(24)",
  "away(3) away(17) plan-moved(0) plan-change(0) busy(0) allow(0) block-start(0) clock-back(8)"
  " clock-step(23) plan(0)",
  "start-break(0) postpone(0) away(5)",
  "clock-step(1) start(0) front(0) sleep(1) away(0) reload(0)",
  "front(0) minutes(1) start-task(0) clock-back(1) start(0) deadline(0) start(0) reload(0) "
  "allow(0)",
  "clock-ahead(18) plan-gone(0) clock-step(8) clock-back(24)",
  "done(0) kill(20) plan-change(0) extend(0) deadline(0) busy(0) done(0) plan-change(0) reload(0)",
};

static void
do_named (World *world, const char *step)
{
  g_auto (GStrv) parts = g_strsplit_set (step, "()", 3);
  int event = 0;

  while (event < N_EVENTS && g_strcmp0 (world_event_name ((Event) event), parts[0]) != 0)
    event++;
  g_assert_cmpint (event, <, N_EVENTS);
  world_do (world, (Event) event, (guint) g_ascii_strtoull (parts[1], NULL, 10));
}

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (World) world = world_new ();
      g_auto (GStrv) steps = g_strsplit (found[i], " ", -1);

      for (char **step = steps; *step != NULL && world_broken (world) == NULL; step++)
        do_named (world, *step);
      if (world_broken (world) == NULL)
        world_end (world);
      fail_if_broken (world);
    }
}

static void
try_order (const Event *path, guint length)
{
  g_autoptr (World) world = world_new ();

  for (guint i = 0; i < length && world_broken (world) == NULL; i++)
    world_do (world, path[i], 12);
  if (world_broken (world) == NULL)
    world_end (world);
  fail_if_broken (world);
}

/* Every order of @n events to a depth: counting in base @n. */
static void
every_order (const Event *events, guint n, guint depth)
{
  guint64 orders = 1;

  for (guint i = 0; i < depth; i++)
    orders *= n;
  for (guint64 order = 0; order < orders; order++)
    {
      Event path[8];
      guint64 rest = order;

      for (guint i = 0; i < depth; i++, rest /= n)
        path[i] = events[rest % n];
      try_order (path, depth);
    }
}

static void
test_all_events (void)
{
  Event events[N_EVENTS];

  for (guint i = 0; i < N_EVENTS; i++)
    events[i] = (Event) i;
  every_order (events, N_EVENTS, g_test_slow () ? 4 : 2);
  every_order (events, EVENT_POSTPONE + 1, is_slowed_down () ? 2 : 3);
}

/* Those that change the most, deeper. */
static void
test_main_events (void)
{
  static const Event events[] = { EVENT_DEADLINE,   EVENT_AWAY,       EVENT_BACK,
                                  EVENT_SLEEP,      EVENT_CLOCK_BACK, EVENT_RESTART,
                                  EVENT_PLAN_MOVED, EVENT_START_FOR,  EVENT_EXTEND,
                                  EVENT_SNOOZE };

  every_order (events, G_N_ELEMENTS (events), g_test_slow () ? 6 : is_slowed_down () ? 3 : 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/properties/found", test_found);
  g_test_add_func ("/engine/properties/random", test_random);
  g_test_add_func ("/engine/properties/all-events", test_all_events);
  g_test_add_func ("/engine/properties/main-events", test_main_events);
  return g_test_run ();
}
