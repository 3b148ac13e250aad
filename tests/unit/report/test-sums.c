/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The property on which every report rests: the figures of the days, each made on its own, sum to
 * the week's to the microsecond, over days of 23, 24 and 25 hours, whatever is in the log; and the
 * rows that explain a length of time sum to it. */

#include "report-fixture.h"

#include "trk-hours.h"
#include "trk-times.h"

static const struct
{
  const char *zone, *from, *to, *now;
} weeks[] = {
  { "Europe/Berlin", "2026-10-19 04:00", "2026-10-26 04:00", "2026-11-01 00:00" },
  { "Europe/Berlin", "2026-03-23 04:00", "2026-03-30 04:00", "2026-04-01 00:00" },
  { "Australia/Lord_Howe", "2026-03-30 04:00", "2026-04-06 04:00", "2026-04-03 11:11" },
  { "America/Santiago", "2026-08-31 04:00", "2026-09-07 04:00", "2026-09-06 00:30" },
  { "UTC", "2026-11-23 04:00", "2026-11-30 04:00", "2026-11-26 13:37" },
};

static TrkKind
any_kind (void)
{
  return (TrkKind) g_test_rand_int_range (0, TRK_N_KINDS);
}

/* Periods that follow one another from two days before @period to two days after. */
static void
fill (Fixture *f, TrkPeriod period)
{
  TrkInstant at = period.start - 48 * TRK_HOUR;

  while (at < period.end + 48 * TRK_HOUR)
    {
      g_autofree char *id = g_strdup_printf ("b%u", f->blocks->len);
      TrkInstant start = at + g_test_rand_int_range (0, 90) * TRK_MINUTE + 1;
      TrkInstant end = start + g_test_rand_int_range (1, 200) * TRK_MINUTE + 7 * TRK_SECOND;
      TrkBlockRecord *record =
          fixture_block (f, id, "2026-01-01 00:00", "2026-01-01 00:01", any_kind ());
      TrkEntry *entry = fixture_entry (f, "2026-01-01 00:00", "2026-01-01 00:01", any_kind (), id);
      TrkGap *gap = fixture_gap (f, "2026-01-01 00:00", "2026-01-01 00:01", TRK_REASON_AWAY);

      record->block->period = (TrkPeriod){ start, end };
      if (g_test_rand_bit ()) /* snoozed, extended */
        record->state->start = start + g_test_rand_int_range (0, 3000) * TRK_SECOND;
      if (g_test_rand_bit ())
        record->state->end = end + g_test_rand_int_range (0, 6000) * TRK_SECOND;
      entry->period.start = start + g_test_rand_int_range (0, 1000) * TRK_SECOND;
      entry->period.end = entry->period.start + (end - start) / 3 + 1;
      entry->evidence = (TrkEvidence) g_test_rand_int_range (0, 4);
      entry->end_reason = (TrkReason) g_test_rand_int_range (0, TRK_REASON_TURN + 1);
      gap->period = (TrkPeriod){ entry->period.end - TRK_SECOND, end };
      gap->answer = (TrkAnswer) g_test_rand_int_range (0, 4);
      at = MAX (end, entry->period.end);
    }
}

static void
add_counts (guint *sums, const TrkFigures *figures)
{
  sums[0] += figures->starts;
  sums[1] += figures->starts_within_5;
  sums[2] += figures->interruptions;
  sums[3] += figures->deep_stretches;
  sums[4] += figures->breaks_planned;
  sums[5] += figures->planned_days;
  for (guint outcome = 0; outcome <= TRK_OUTCOME_CANCELLED; outcome++)
    sums[6 + outcome] += trk_figures_outcome (figures, (TrkOutcome) outcome);
}

static void
assert_days_sum (Fixture *f, const TrkFigures *week)
{
  TrkDuration sums[TRK_N_TIMES] = { 0 };
  guint counts[6 + TRK_OUTCOME_CANCELLED + 1] = { 0 };
  guint whole[6 + TRK_OUTCOME_CANCELLED + 1] = { 0 };

  for (guint d = 0; d < week->days->len; d++)
    {
      const TrkDayFigures *day = &g_array_index (week->days, TrkDayFigures, d);
      g_autoptr (TrkFigures) own = NULL;

      f->input.period = trk_almanac_day_period (&f->input.almanac, day->day);
      own = trk_figures_new (&f->input);
      for (guint i = 0; i < TRK_N_TIMES; i++)
        {
          g_assert_cmpint (own->time[i], ==, day->time[i]);
          sums[i] += own->time[i];
        }
      add_counts (counts, own);
    }
  add_counts (whole, week);
  g_assert_cmpmem (sums, sizeof sums, week->time, sizeof week->time);
  g_assert_cmpmem (counts, sizeof counts, whole, sizeof whole);
}

static void
assert_rows_sum (Fixture *f, const TrkFigures *week)
{
  f->input.period = week->period;
  for (guint i = 0; i < TRK_N_TIMES; i++)
    {
      g_autoptr (GPtrArray) rows =
          trk_figures_explain (&f->input, trk_time_to_string ((TrkTime) i), NULL);
      TrkDuration sum = 0;

      for (guint n = 0; n < rows->len; n++)
        sum += ((TrkFigureRow *) g_ptr_array_index (rows, n))->amount;
      g_assert_cmpint (sum, ==, week->time[i]);
    }
}

static void
assert_hours_sum (Fixture *f, const TrkFigures *week)
{
  g_autoptr (TrkTimes) times = NULL;
  TrkDuration hours[24], sum = 0;

  f->input.period = week->period;
  times = trk_times_new (&f->input);
  trk_hours (times->of[TRK_TIME_FOCUS], f->zone, hours);
  for (guint h = 0; h < 24; h++)
    sum += hours[h];
  g_assert_cmpint (sum, ==, week->time[TRK_TIME_FOCUS]);
}

static void
test_sums (void)
{
  for (guint round = 0; round < 40; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (weeks); i++)
      {
        g_autoptr (Fixture) f = fixture_new (weeks[i].zone);
        g_autoptr (TrkFigures) week = NULL;

        fill (f, fixture_period (f, weeks[i].from, weeks[i].to));
        week = fixture_figures (f, weeks[i].from, weeks[i].to, weeks[i].now);
        g_assert_cmpuint (week->days->len, ==, 7);
        assert_days_sum (f, week);
        assert_rows_sum (f, week);
        assert_hours_sum (f, week);
      }
}

/* Entries and unanswered gaps that follow one another without a hole through @period and beyond, in
 * blocks of work that do so too. */
static void
tile (Fixture *f, TrkPeriod period)
{
  TrkInstant at = period.start - 48 * TRK_HOUR;

  while (at < period.end + 48 * TRK_HOUR)
    {
      g_autofree char *id = g_strdup_printf ("b%u", f->blocks->len);
      TrkPeriod part = { at, at + g_test_rand_int_range (1, 20000) * TRK_SECOND + 1 };
      TrkPeriod *place;

      fixture_block (f, id, "2026-01-01 00:00", "2026-01-01 00:01", TRK_KIND_SHALLOW)
          ->block->period = part;
      if (g_test_rand_bit ())
        place = &fixture_entry (f, "2026-01-01 00:00", "2026-01-01 00:01", any_kind (), id)->period;
      else
        place = &fixture_gap (f, "2026-01-01 00:00", "2026-01-01 00:01", TRK_REASON_AWAY)->period;
      *place = part;
      at = part.end;
    }
}

static TrkDuration
accounted (const TrkDuration *time)
{
  TrkDuration sum = time[TRK_TIME_UNKNOWN];

  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    sum += time[kind];
  return sum;
}

/* Nothing is lost and nothing counted twice: what the entries and the gaps say is the whole
 * time. */
static void
test_entries_and_gaps_are_the_period (void)
{
  for (guint round = 0; round < 20; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (weeks); i++)
      {
        g_autoptr (Fixture) f = fixture_new (weeks[i].zone);
        g_autoptr (TrkFigures) week = NULL;
        TrkPeriod past;

        tile (f, fixture_period (f, weeks[i].from, weeks[i].to));
        week = fixture_figures (f, weeks[i].from, weeks[i].to, weeks[i].now);
        past = trk_period_until (week->period, week->now);
        g_assert_cmpint (accounted (week->time), ==, trk_period_length (past));
        for (guint d = 0; d < week->days->len; d++)
          {
            const TrkDayFigures *day = &g_array_index (week->days, TrkDayFigures, d);

            past = trk_period_until (day->period, week->now);
            g_assert_cmpint (accounted (day->time), ==, MAX (0, trk_period_length (past)));
          }
      }
}

static void
test_every_name_is_explained (void)
{
  g_autoptr (Fixture) f = fixture_new ("Europe/Berlin");
  g_autofree const char **names = trk_figures_names ();
  g_autoptr (TrkFigures) week = NULL;
  g_autoptr (GError) error = NULL;

  fill (f, fixture_period (f, weeks[0].from, weeks[0].to));
  week = fixture_figures (f, weeks[0].from, weeks[0].to, weeks[0].now);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) rows = trk_figures_explain (&f->input, names[i], NULL);

      g_assert_nonnull (rows);
      for (guint n = 0; n < rows->len; n++)
        g_assert_nonnull (((TrkFigureRow *) g_ptr_array_index (rows, n))->detail);
    }
  g_assert_null (trk_figures_explain (&f->input, "focsu", &error));
  g_assert_nonnull (g_strstr_len (error->message, -1, "Nearest: focus"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sums/days-rows-hours", test_sums);
  g_test_add_func ("/sums/entries-and-gaps-are-the-period", test_entries_and_gaps_are_the_period);
  g_test_add_func ("/sums/every-name-is-explained", test_every_name_is_explained);
  return g_test_run ();
}
