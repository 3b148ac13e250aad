/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-orders.h"

#include <stdlib.h>

enum
{
  LONGEST = 8,
};

typedef struct
{
  guint8 of[LONGEST];
} Path;

static void
fail_if_broken (const World *world)
{
  if (world_broken (world) != NULL)
    g_error ("%s, after:%s", world_broken (world), world_story (world));
}

/* The world after @path. */
static World *
world_after (const EngineOrders *orders, const Path *path, guint length)
{
  World *world = world_new ();

  for (guint i = 0; i < length; i++)
    world_do (world, orders->events[path->of[i]], orders->minutes);
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
follow (const EngineOrders *orders, const Path *path, guint length, GHashTable *seen, GArray *next)
{
  for (guint8 i = 0; i < orders->n_events; i++)
    {
      Path longer = *path;
      g_autoptr (World) world = NULL;
      char *state;

      longer.of[length] = i;
      world = world_after (orders, &longer, length + 1);
      state = world_state (world);
      if (!g_hash_table_add (seen, state))
        continue;
      g_array_append_val (next, longer);
      world_end (world);
      fail_if_broken (world);
    }
}

static void
every_order (const EngineOrders *orders, guint depth)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) paths = g_array_new (FALSE, FALSE, sizeof (Path));
  Path none = { { 0 } };

  g_array_append_val (paths, none);
  for (guint length = 0; length < depth; length++)
    {
      GArray *next = g_array_new (FALSE, FALSE, sizeof (Path));

      for (guint i = 0; i < paths->len; i += share_of (length, depth))
        follow (orders, &g_array_index (paths, Path, i), length, seen, next);
      g_array_unref (paths);
      paths = next;
      g_test_message ("%u states after %u events", paths->len, length + 1);
    }
}

void
engine_orders_try (gconstpointer data)
{
  const EngineOrders *orders = data;
  const char *depth = g_getenv ("TRACKERD_ORDERS");

  if (depth != NULL)
    every_order (orders, (guint) CLAMP (atoi (depth), 1, LONGEST));
  else
    every_order (orders, g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 2 : 3);
}
