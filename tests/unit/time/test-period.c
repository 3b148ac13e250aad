/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-period.h"

/* The sets are checked against the plainest model that there is: one bit an instant. */
#define SPACE 64

static TrkPeriodSet *
random_set (void)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
    {
      TrkPeriod period = { g_test_rand_int_range (0, SPACE), g_test_rand_int_range (0, SPACE + 1) };

      if (g_test_rand_bit ())
        trk_period_set_add (set, period);
      else
        trk_period_set_remove (set, period);
    }
  return set;
}

static guint64
bits (const TrkPeriodSet *set)
{
  guint64 result = 0;

  for (guint n = 0; n < set->len; n++)
    for (TrkInstant i = trk_period_set_nth (set, n).start; i < trk_period_set_nth (set, n).end; i++)
      result |= G_GUINT64_CONSTANT (1) << i;
  return result;
}

static void
assert_canonical (const TrkPeriodSet *set)
{
  for (guint n = 0; n < set->len; n++)
    {
      g_assert_false (trk_period_is_empty (trk_period_set_nth (set, n)));
      if (n > 0)
        g_assert_cmpint (trk_period_set_nth (set, n - 1).end, <, trk_period_set_nth (set, n).start);
    }
}

static guint64
bits_of_period (TrkPeriod period)
{
  guint64 result = 0;

  for (TrkInstant i = period.start; i < period.end; i++)
    result |= G_GUINT64_CONSTANT (1) << i;
  return result;
}

static void
test_add_and_remove (void)
{
  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (TrkPeriodSet) set = trk_period_set_new ();
      guint64 expected = 0;

      for (int i = 0; i < 20; i++)
        {
          TrkPeriod one = { g_test_rand_int_range (0, SPACE),
                            g_test_rand_int_range (0, SPACE + 1) };

          if (g_test_rand_bit ())
            trk_period_set_add (set, one), expected |= bits_of_period (one);
          else
            trk_period_set_remove (set, one), expected &= ~bits_of_period (one);
          assert_canonical (set);
          g_assert_cmphex (bits (set), ==, expected);
        }
    }
}

static void
test_clip (void)
{
  for (int round = 0; round < 5000; round++)
    {
      g_autoptr (TrkPeriodSet) set = random_set ();
      TrkPeriod window = { g_test_rand_int_range (0, SPACE), g_test_rand_int_range (0, SPACE + 1) };
      guint64 expected = bits (set) & bits_of_period (window);

      trk_period_set_clip (set, window);
      assert_canonical (set);
      g_assert_cmphex (bits (set), ==, expected);
    }
}

static void
test_algebra (void)
{
  for (int round = 0; round < 5000; round++)
    {
      g_autoptr (TrkPeriodSet) a = random_set ();
      g_autoptr (TrkPeriodSet) b = random_set ();
      g_autoptr (TrkPeriodSet) both = trk_period_set_union (a, b);
      g_autoptr (TrkPeriodSet) common = trk_period_set_intersect (a, b);
      g_autoptr (TrkPeriodSet) rest = trk_period_set_subtract (a, b);
      g_autoptr (TrkPeriodSet) copy = trk_period_set_copy (a);

      assert_canonical (both);
      assert_canonical (common);
      assert_canonical (rest);
      g_assert_cmphex (bits (both), ==, bits (a) | bits (b));
      g_assert_cmphex (bits (common), ==, bits (a) & bits (b));
      g_assert_cmphex (bits (rest), ==, bits (a) & ~bits (b));
      g_assert_cmphex (bits (copy), ==, bits (a));
      g_assert_cmpint (trk_period_set_length (common) + trk_period_set_length (rest), ==,
                       trk_period_set_length (a));
    }
}

static void
test_two_periods (void)
{
  static const struct
  {
    TrkPeriod a, b;
    gboolean overlaps;
    TrkPeriod common;
  } rows[] = {
    { { 0, 5 }, { 5, 9 }, FALSE, { 5, 5 } },
    { { 0, 6 }, { 5, 9 }, TRUE, { 5, 6 } },
    { { 9, 12 }, { 5, 9 }, FALSE, { 9, 9 } },
    { { 6, 7 }, { 5, 9 }, TRUE, { 6, 7 } },
    { { 5, 5 }, { 5, 9 }, FALSE, { 5, 5 } },
    { { 0, TRK_NEVER }, { 5, TRK_NEVER }, TRUE, { 5, TRK_NEVER } },
    { { 9, 3 }, { 0, 20 }, FALSE, { 9, 9 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkPeriod common = trk_period_intersect (rows[i].a, rows[i].b);

      g_assert_cmpint (trk_period_overlaps (rows[i].a, rows[i].b), ==, rows[i].overlaps);
      g_assert_cmpint (common.start, ==, rows[i].common.start);
      g_assert_cmpint (common.end, ==, rows[i].common.end);
    }
}

static void
test_lengths (void)
{
  g_autoptr (TrkPeriodSet) set = trk_period_set_new ();

  g_assert_cmpint (trk_period_length ((TrkPeriod){ 3, 10 }), ==, 7);
  g_assert_cmpint (trk_period_length ((TrkPeriod){ 10, 3 }), ==, 0);
  g_assert_cmpint (trk_period_length ((TrkPeriod){ 10, TRK_NEVER }), ==, TRK_NEVER);
  g_assert_cmpint (trk_period_length ((TrkPeriod){ G_MININT64, 0 }), ==, TRK_NEVER);
  g_assert_true (trk_period_contains ((TrkPeriod){ 3, 10 }, 3));
  g_assert_false (trk_period_contains ((TrkPeriod){ 3, 10 }, 10));
  g_assert_cmpint (trk_period_set_length (set), ==, 0);
  trk_period_set_add (set, (TrkPeriod){ 0, 5 });
  trk_period_set_add (set, (TrkPeriod){ 10, TRK_NEVER });
  g_assert_cmpint (trk_period_set_length (set), ==, TRK_NEVER);
  trk_period_set_remove (set, (TrkPeriod){ 20, TRK_NEVER });
  g_assert_cmpint (trk_period_set_length (set), ==, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/period/two", test_two_periods);
  g_test_add_func ("/period/lengths", test_lengths);
  g_test_add_func ("/period-set/add-and-remove", test_add_and_remove);
  g_test_add_func ("/period-set/clip", test_clip);
  g_test_add_func ("/period-set/algebra", test_algebra);
  return g_test_run ();
}
