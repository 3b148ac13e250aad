/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

typedef struct
{
  const char *name, *before, *after;
  const char *added, *removed, *changed; /* titles */
} Case;

static const Case cases[] = {
  { "same", "focus A 0900-1000, break B 1000-1015", "break B 1000-1015, focus A 0900-1000", "", "",
    "" },
  { "added", "focus A 0900-1000", "focus A 0900-1000, break B 1000-1015", "B", "", "" },
  { "removed", "focus A 0900-1000, break B 1000-1015", "focus A 0900-1000", "", "B", "" },
  { "moved", "focus A 0900-1000", "focus A 0930-1030", "", "", "A" },
  { "longer", "focus A 0900-1000", "focus A 0900-1030", "", "", "A" },
  { "another-kind", "focus A 0900-1000", "shallow A 0900-1000", "", "", "A" },
  { "cut-in-two", "focus A 0900-1200", "focus A 0900-1200, meeting B 1000-1030", "B A", "", "A" },
  { "from-nothing", "focus A 0000-0001", "focus B 0900-1000", "B", "A", "" },
};

static TrkPlan *
plan_of (const char *text, TrkPeriod period)
{
  g_autoptr (GPtrArray) events = fixture_events (text);
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  return trk_plan_new (events, period, &input);
}

static void
assert_titles (const GPtrArray *blocks, const char *expected)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? " " : "",
                            ((const TrkBlock *) g_ptr_array_index (blocks, i))->title);
  g_assert_cmpstr (titles->str, ==, expected);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TrkPlan) before = plan_of (row->before, fixture_day ());
  g_autoptr (TrkPlan) after = plan_of (row->after, fixture_day ());
  g_autoptr (TrkPlanDifference) difference = trk_plan_compare (before, after);

  assert_titles (difference->added, row->added);
  assert_titles (difference->removed, row->removed);
  assert_titles (difference->changed, row->changed);
}

/* The window moved on: yesterday's blocks did not leave the calendar. */
static void
test_outside_the_new_period (void)
{
  TrkPeriod later = { AT (12, 0), AT (24, 0) };
  g_autoptr (TrkPlan) before = plan_of ("focus A 0900-1000, focus B 1300-1400", fixture_day ());
  g_autoptr (TrkPlan) after = plan_of ("focus A 0900-1000", later);
  g_autoptr (TrkPlanDifference) difference = trk_plan_compare (before, after);

  assert_titles (difference->removed, "B");
}

static void
test_alarm_changed (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1000");
  TrkOccurrence *event = g_ptr_array_index (events, 0);
  TrkDuration alarm = 10 * TRK_MINUTE;
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);
  g_autoptr (TrkPlan) before = NULL;
  g_autoptr (TrkPlan) after = NULL;
  g_autoptr (TrkPlanDifference) difference = NULL;

  before = trk_plan_new (events, fixture_day (), &input);
  event->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  g_array_append_val (event->leads, alarm);
  after = trk_plan_new (events, fixture_day (), &input);
  difference = trk_plan_compare (before, after);
  assert_titles (difference->changed, "A");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/compare/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/plan/compare/outside-the-new-period", test_outside_the_new_period);
  g_test_add_func ("/plan/compare/alarm-changed", test_alarm_changed);
  return g_test_run ();
}
