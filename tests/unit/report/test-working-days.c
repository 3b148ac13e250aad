/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

#include "trk-working-days.h"

/* Two weeks from Monday 23 November 2026 on, one letter a day: "w" is a working day. */
static void
assert_days (Fixture *f, const char *expected)
{
  g_autoptr (TrkWorkingDays) days = trk_working_days_new (f->blocks, &f->input.almanac);
  g_autoptr (GString) found = g_string_new (NULL);
  TrkDay first = trk_day_from_ymd (2026, 11, 23);

  for (TrkDay day = first; day < first + 14; day++)
    g_string_append_c (found, trk_working_days_has (days, day) ? 'w' : '.');
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_no_plan (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autoptr (TrkWorkingDays) none = trk_working_days_new (NULL, &f->input.almanac);

  assert_days (f, "wwwww..wwwww..");
  g_assert_true (trk_working_days_has (none, trk_day_from_ymd (2026, 11, 23)));
  g_assert_false (trk_working_days_is_told (none, trk_day_from_ymd (2026, 11, 23)));
}

static void
test_days_with_a_plan (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");

  fixture_block (f, "a", "2026-11-24 09:00", "2026-11-24 10:00", TRK_KIND_MEETING);
  fixture_block (f, "b", "2026-11-28 09:00", "2026-11-28 10:00", TRK_KIND_FOCUS); /* Saturday */
  fixture_block (f, "c", "2026-11-30 02:00", "2026-11-30 03:00", TRK_KIND_FOCUS); /* Sunday's */
  assert_days (f, ".w...wwwwwww..");
}

/* A week off tells; what is cancelled, and what was started by hand, does not. */
static void
test_what_tells (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  TrkBlockRecord *cancelled, *by_hand;

  fixture_block (f, "a", "2026-11-23 04:00", "2026-11-28 04:00", TRK_KIND_OFF);
  cancelled = fixture_block (f, "b", "2026-12-05 09:00", "2026-12-05 10:00", TRK_KIND_FOCUS);
  cancelled->state->outcome = TRK_OUTCOME_CANCELLED;
  by_hand = fixture_block (f, "c", "2026-12-06 09:00", "2026-12-06 10:00", TRK_KIND_FOCUS);
  g_clear_pointer (&by_hand->block->calendar, g_free);
  assert_days (f, ".......wwwww..");
}

/* Weeks begin where the user says. */
static void
test_week_start (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");

  f->input.almanac.week_start = 7;
  fixture_block (f, "a", "2026-11-29 09:00", "2026-11-29 10:00", TRK_KIND_FOCUS); /* Sunday */
  assert_days (f, "wwwww.w.......");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/working-days/no-plan", test_no_plan);
  g_test_add_func ("/working-days/days-with-a-plan", test_days_with_a_plan);
  g_test_add_func ("/working-days/what-tells", test_what_tells);
  g_test_add_func ("/working-days/week-start", test_week_start);
  return g_test_run ();
}
