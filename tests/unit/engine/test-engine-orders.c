/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world.h"

#include <stdlib.h>
#include <string.h>

/* Every order of the events that a day can bring, to a depth: after each of them, and at the end of
 * the day, the rules of engine-world.h hold. Orders that lead to the same state are followed once,
 * which leaves nothing out and makes depth six possible. */

static const Event events[] = {
  EVENT_BLOCK_START, EVENT_BLOCK_END,   EVENT_AWAY,        EVENT_BACK,
  EVENT_LOCK,        EVENT_FALL_ASLEEP, EVENT_WAKE,        EVENT_SNOOZE,
  EVENT_EXTEND,      EVENT_SKIP,        EVENT_STOP,        EVENT_START,
  EVENT_PLAN_CHANGE, EVENT_CLOCK_STEP,  EVENT_ZONE_CHANGE, EVENT_RESTART,
};
/* Unlocking is coming back: EVENT_BACK. */

enum
{
  MINUTES = 12, /* that an event takes, where that matters */
  LONGEST = 8,
};

typedef struct
{
  guint8 of[LONGEST];
} Path;

static void
fail_if_broken (const World *world)
{
  g_autofree char *story = world_story (world);

  if (world_broken (world) != NULL)
    g_error ("%s, after:%s", world_broken (world), story);
}

/* The world after @path. */
static World *
world_after (const Path *path, guint length)
{
  World *world = world_new ();

  for (guint i = 0; i < length; i++)
    world_do (world, events[path->of[i]], MINUTES);
  fail_if_broken (world);
  return world;
}

/* Of the last events only each so many-th state is followed, where the machine is slow. */
static guint
share_of (guint length, guint depth)
{
  const char *share = g_getenv ("TRACKERD_ORDERS_SHARE");

  return length + 1 == depth && share != NULL ? (guint) CLAMP (atoi (share), 1, 1000) : 1;
}

/* Follows @path by one event; what leads to a state that was not seen goes to @next. */
static void
follow (const Path *path, guint length, GHashTable *seen, GArray *next)
{
  for (guint8 i = 0; i < G_N_ELEMENTS (events); i++)
    {
      Path longer = *path;
      g_autoptr (World) world = NULL;
      char *state;

      longer.of[length] = i;
      world = world_after (&longer, length + 1);
      state = world_state (world);
      if (!g_hash_table_add (seen, state))
        continue;
      g_array_append_val (next, longer);
      world_end (world);
      fail_if_broken (world);
    }
}

static void
every_order (guint depth)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) paths = g_array_new (FALSE, FALSE, sizeof (Path));
  Path none = { { 0 } };

  g_array_append_val (paths, none);
  for (guint length = 0; length < depth; length++)
    {
      GArray *next = g_array_new (FALSE, FALSE, sizeof (Path));

      for (guint i = 0; i < paths->len; i += share_of (length, depth))
        follow (&g_array_index (paths, Path, i), length, seen, next);
      g_array_unref (paths);
      paths = next;
      g_test_message ("%u states after %u events", paths->len, length + 1);
    }
}

static void
test_orders (void)
{
  const char *depth = g_getenv ("TRACKERD_ORDERS");

  if (depth != NULL)
    every_order ((guint) CLAMP (atoi (depth), 1, LONGEST));
  else
    every_order (g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 2 : 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/orders", test_orders);
  return g_test_run ();
}
