/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day-bar.h"

#include "trk-zone.h"

static const TrkStyle ascii = { .columns = 80 };
static const TrkStyle unicode = { .columns = 80, .unicode = TRUE };

/* Hours of 2026-11-23, UTC. */
static TrkInstant
at (double hour)
{
  return (TrkInstant)trk_day_from_ymd (2026, 11, 23) * 24 * TRK_HOUR
         + (TrkInstant)(hour * TRK_HOUR);
}

static void
add_entry (GPtrArray *entries, double start, double end, TrkKind kind)
{
  TrkEntry *entry = trk_entry_new ();

  entry->period = (TrkPeriod){ at (start), end < 0 ? TRK_NEVER : at (end) };
  entry->kind = kind;
  g_ptr_array_add (entries, entry);
}

static void
add_block (GPtrArray *records, double start, double end, TrkKind kind)
{
  g_autoptr (TrkBlockState) state = trk_block_state_new ("x");
  g_autoptr (TrkBlock) block = trk_block_new ();

  block->id = g_strdup ("x");
  block->period = block->planned = (TrkPeriod){ at (start), at (end) };
  block->kind = kind;
  g_ptr_array_add (records, trk_block_record_new (block, state));
}

static void
test_bar (void)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)trk_block_record_free);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)trk_entry_free);
  TrkPeriod period = { at (9), at (15) };
  g_autofree char *nothing = trk_day_bar_new (&ascii, period, 6, records, entries, at (15));

  g_assert_cmpstr (nothing, ==, "......");
  add_block (records, 9, 11, TRK_KIND_FOCUS);
  add_block (records, 13, 15, TRK_KIND_MEETING);
  add_entry (entries, 9, 10, TRK_KIND_FOCUS);
  add_entry (entries, 10, 10.2, TRK_KIND_FOCUS); /* too little to show over the plan */
  add_entry (entries, 11, 11.5, TRK_KIND_SHALLOW);
  add_entry (entries, 12, 12.4, TRK_KIND_BREAK);
  add_entry (entries, 13, -1, TRK_KIND_MEETING); /* open: up to now, no further */
  g_autofree char *plain = trk_day_bar_new (&ascii, period, 6, records, entries, at (14));
  g_autofree char *blocks = trk_day_bar_new (&unicode, period, 6, records, entries, at (14));
  g_assert_cmpstr (plain, ==, "#-=~=-");
  g_assert_cmpstr (blocks, ==, "█░▓▒▓░");
}

static void
test_hours (void)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)trk_block_record_free);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)trk_entry_free);
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkPeriod day = { at (4), at (28) };
  TrkPeriod hours = trk_day_bar_hours (day, records, entries, at (12), zone);

  g_assert_true (trk_period_is_empty (hours));
  add_block (records, 0, 24, TRK_KIND_OFF); /* a day off has no hours */
  add_block (records, 9.25, 10, TRK_KIND_FOCUS);
  add_entry (entries, 11, -1, TRK_KIND_FOCUS);
  hours = trk_day_bar_hours (day, records, entries, at (12.5), zone);
  g_assert_cmpint (hours.start, ==, at (9));
  g_assert_cmpint (hours.end, ==, at (13));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/day-bar/bar", test_bar);
  g_test_add_func ("/cli/day-bar/hours", test_hours);
  return g_test_run ();
}
