/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-fake-clock.h"

typedef struct
{
  TrkClock *clock;
  GArray *fired;
  guint jumps;
  TrkDuration again; /* re-arms so much later */
} Fixture;

static gboolean
on_alarm (gpointer data)
{
  Fixture *fixture = data;
  TrkInstant at = trk_clock_now (fixture->clock);

  g_array_append_val (fixture->fired, at);
  if (fixture->again != 0)
    trk_clock_arm (fixture->clock, at + fixture->again, on_alarm, fixture);
  return G_SOURCE_REMOVE;
}

static void
on_jump (Fixture *fixture)
{
  fixture->jumps++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = TRK_CLOCK (trk_fake_clock_new (1000, NULL));
  fixture->fired = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  g_signal_connect_swapped (fixture->clock, "jumped", G_CALLBACK (on_jump), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->fired);
  g_object_unref (fixture->clock);
}

/* Each alarm sees its own instant, also those that were armed on the way. */
static void
test_in_order (Fixture *fixture, gconstpointer data)
{
  TrkFakeClock *fake = TRK_FAKE_CLOCK (fixture->clock);

  fixture->again = 10;
  trk_clock_arm (fixture->clock, 1010, on_alarm, fixture);
  trk_fake_clock_advance_to (fake, 1035);
  g_assert_cmpuint (fixture->fired->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (g_array_index (fixture->fired, TrkInstant, i), ==, 1010 + 10 * (TrkInstant) i);
  g_assert_cmpint (trk_clock_now (fixture->clock), ==, 1035);
  g_assert_cmpint (trk_fake_clock_alarm (fake), ==, 1040);
  g_assert_cmpuint (trk_fake_clock_wakeups (fake), ==, 3);
  g_assert_cmpuint (fixture->jumps, ==, 0);
}

static void
test_jump_and_sleep (Fixture *fixture, gconstpointer data)
{
  TrkFakeClock *fake = TRK_FAKE_CLOCK (fixture->clock);
  TrkPeriod asleep;

  trk_clock_arm (fixture->clock, 5000, on_alarm, fixture);
  trk_fake_clock_set (fake, 100);
  g_assert_cmpuint (fixture->jumps, ==, 1);
  g_assert_cmpuint (fixture->fired->len, ==, 0);
  g_assert_false (trk_clock_take_sleep (fixture->clock, &asleep));

  trk_fake_clock_sleep (fake, 6000);
  g_assert_cmpuint (fixture->jumps, ==, 2);
  g_assert_cmpuint (fixture->fired->len, ==, 1);
  g_assert_cmpint (g_array_index (fixture->fired, TrkInstant, 0), ==, 6100);
  g_assert_true (trk_clock_take_sleep (fixture->clock, &asleep));
  g_assert_cmpint (asleep.start, ==, 100);
  g_assert_cmpint (asleep.end, ==, 6100);
  g_assert_false (trk_clock_take_sleep (fixture->clock, &asleep));
}

static void
test_zone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkZone) tokyo = trk_zone_new ("Asia/Tokyo", NULL);

  g_assert_cmpstr (trk_zone_id (trk_clock_zone (fixture->clock)), ==, "UTC");
  trk_fake_clock_set_zone (TRK_FAKE_CLOCK (fixture->clock), tokyo);
  g_assert_cmpstr (trk_zone_id (trk_clock_zone (fixture->clock)), ==, "Asia/Tokyo");
  g_assert_cmpuint (fixture->jumps, ==, 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/fake-clock/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("in-order", test_in_order);
  ADD ("jump-and-sleep", test_jump_and_sleep);
  ADD ("zone", test_zone);
  return g_test_run ();
}
