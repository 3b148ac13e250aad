/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook.h"

/* The names are the users' folders: they never change. */
static void
test_names (void)
{
  static const char *const names[TRK_N_HOOKS] = {
    "block-start", "block-end", "focus-start", "focus-end", "break-start",
    "break-end",   "day-end",   "away",        "back",
  };
  TrkHook hook = TRK_HOOK_AWAY;

  for (guint i = 0; i < TRK_N_HOOKS; i++)
    {
      g_assert_cmpstr (trk_hook_to_string ((TrkHook) i), ==, names[i]);
      g_assert_true (trk_hook_from_string (names[i], &hook));
      g_assert_cmpint (hook, ==, i);
    }
  g_assert_false (trk_hook_from_string ("../away", &hook));
  g_assert_false (trk_hook_from_string (NULL, &hook));
  g_assert_cmpint (hook, ==, TRK_HOOK_BACK);
}

/* Each pair has one beginning, and one end but for the day's. */
static void
test_pairs (void)
{
  guint begins[TRK_N_HOOK_PAIRS] = { 0 }, ends[TRK_N_HOOK_PAIRS] = { 0 };

  for (guint i = 0; i < TRK_N_HOOKS; i++)
    (trk_hook_begins ((TrkHook) i) ? begins : ends)[trk_hook_pair ((TrkHook) i)]++;
  for (guint i = 0; i < TRK_N_HOOK_PAIRS; i++)
    {
      g_assert_cmpuint (begins[i], ==, 1);
      g_assert_cmpuint (ends[i], ==, i == TRK_HOOK_PAIR_DAY ? 0 : 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/hook/names", test_names);
  g_test_add_func ("/model/hook/pairs", test_pairs);
  return g_test_run ();
}
