/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world.h"

/* Whatever happens, in whatever order: the rules of engine-world.h hold. */

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
  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (World) world = world_new ();
      guint n = (guint)g_test_rand_int_range (1, 40);

      for (guint i = 0; i < n && world_broken (world) == NULL; i++)
        world_do (world, (Event)g_test_rand_int_range (0, N_EVENTS),
                  (guint)g_test_rand_int_range (0, 25));
      if (world_broken (world) == NULL)
        world_end (world);
      fail_if_broken (world);
    }
}

/* Every order of events to a depth: a world is cheaper made anew than copied. */
static void
every_order (guint depth, Event *path, guint length)
{
  if (length == depth)
    {
      g_autoptr (World) world = world_new ();

      for (guint i = 0; i < length && world_broken (world) == NULL; i++)
        world_do (world, path[i], 12);
      if (world_broken (world) == NULL)
        world_end (world);
      fail_if_broken (world);
      return;
    }
  for (guint event = 0; event < N_EVENTS; event++)
    {
      path[length] = (Event)event;
      every_order (depth, path, length + 1);
    }
}

static void
test_every_order (void)
{
  Event path[8];

  every_order (g_test_slow () ? 4 : 3, path, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/properties/random", test_random);
  g_test_add_func ("/engine/properties/every-order", test_every_order);
  return g_test_run ();
}
