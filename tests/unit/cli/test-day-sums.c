/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One rule for what crosses start_of_day: over random blocks and entries around it the agenda and
 * the reports tell the same of each day, and the days add up to the week. (The log's sums are held
 * against both by tests/integration/cli/test_days.py, which runs the commands.) */

#include "trk-agenda.h"
#include "trk-block-figures.h"
#include "trk-counted.h"
#include "trk-figures.h"

static const struct
{
  const char *zone;
  int year, month, day; /* a Monday */
  TrkDuration start_of_day;
} weeks[] = {
  { "Europe/Berlin", 2026, 10, 19, 4 * TRK_HOUR },
  { "Europe/Berlin", 2026, 3, 23, 2 * TRK_HOUR + 30 * TRK_MINUTE },
  { "Australia/Lord_Howe", 2026, 3, 30, 2 * TRK_HOUR },
  { "America/Santiago", 2026, 8, 31, 0 },
  { "UTC", 2026, 11, 23, 23 * TRK_HOUR },
};

typedef struct
{
  TrkZone *zone;
  TrkPolicies policies;
  TrkAlmanac almanac;
  TrkPeriod week;
  TrkInstant now;
  TrkInstant kept_since; /* now and then in the week */
  GPtrArray *occurrences, *records, *entries, *gaps;
  GArray *squeezed;
} World;

static World *
world_new (guint nth)
{
  World *world = g_new0 (World, 1);
  TrkDay monday = trk_day_from_ymd (weeks[nth].year, weeks[nth].month, weeks[nth].day);

  world->zone = trk_zone_new (weeks[nth].zone, NULL);
  g_assert_nonnull (world->zone);
  trk_policies_init (&world->policies);
  world->almanac = (TrkAlmanac){ world->zone, weeks[nth].start_of_day, 1 };
  world->week = trk_almanac_days_period (&world->almanac, monday, monday + 6);
  world->now = world->week.start + g_test_rand_int_range (-24, 9 * 24) * TRK_HOUR;
  world->kept_since = g_test_rand_bit ()
                          ? G_MININT64
                          : world->week.start + g_test_rand_int_range (-24, 9 * 24) * TRK_HOUR;
  world->occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  world->records = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  world->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  world->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  world->squeezed = trk_squeezes_new ();
  return world;
}

static void
world_free (World *world)
{
  g_ptr_array_unref (world->occurrences);
  g_ptr_array_unref (world->records);
  g_ptr_array_unref (world->entries);
  g_ptr_array_unref (world->gaps);
  g_array_unref (world->squeezed);
  trk_zone_unref (world->zone);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Half of them begin within three hours of a start of a day. */
static TrkInstant
any_start (const World *world)
{
  int hours = g_test_rand_int_range (-20, 7 * 24 + 20);
  TrkInstant start = world->week.start + hours * TRK_HOUR;

  if (g_test_rand_bit ())
    start = trk_almanac_day_period (&world->almanac, trk_almanac_day (&world->almanac, start)).start
            - g_test_rand_int_range (-10, 180) * TRK_MINUTE;
  return start + g_test_rand_int_range (0, 3600) * TRK_SECOND;
}

static void
plan (World *world)
{
  TrkPlanInput input = { .policies = &world->policies, .almanac = &world->almanac };
  g_autoptr (TrkPlan) planned = NULL;

  for (guint i = 0; i < 40; i++)
    {
      TrkOccurrence *event = trk_occurrence_new ();

      event->calendar = g_strdup ("work");
      event->uid = g_strdup_printf ("event %u", i);
      event->summary = g_strdup (event->uid);
      event->kind = g_strdup (trk_kind_to_string ((TrkKind) g_test_rand_int_range (0, 5)));
      event->period.start = any_start (world);
      event->period.end = event->period.start + g_test_rand_int_range (1, 600) * TRK_MINUTE;
      g_ptr_array_add (world->occurrences, event);
    }
  planned = trk_plan_new (world->occurrences, trk_figures_reach (world->week), &input);
  for (guint i = 0; i < planned->blocks->len; i++)
    {
      TrkBlockRecord *record = trk_block_record_new (g_ptr_array_index (planned->blocks, i), NULL);

      if (record->block->period.end <= world->now)
        record->state->outcome = (TrkOutcome) g_test_rand_int_range (0, 6);
      g_ptr_array_add (world->records, record);
    }
}

/* Entries that do not overlap, as long ones as blocks are; most are a block's. */
static void
keep (World *world)
{
  TrkInstant at = world->week.start - 24 * TRK_HOUR;

  while (at < MIN (world->now, world->week.end + 24 * TRK_HOUR))
    {
      TrkEntry *entry = trk_entry_new ();
      const TrkBlock *block = NULL;

      at += g_test_rand_int_range (0, 7200) * TRK_SECOND;
      entry->period = (TrkPeriod){ at, at + g_test_rand_int_range (1, 36000) * TRK_SECOND };
      at = entry->period.end;
      for (guint i = 0; i < world->records->len; i++)
        {
          const TrkBlockRecord *record = g_ptr_array_index (world->records, i);

          if (trk_period_overlaps (record->block->period, entry->period) && g_test_rand_bit ())
            block = record->block;
        }
      if (entry->period.end > world->now)
        entry->period.end = TRK_NEVER;
      entry->kind = block != NULL ? block->kind : (TrkKind) g_test_rand_int_range (0, TRK_N_KINDS);
      entry->block_id = block != NULL ? g_strdup (block->id) : NULL;
      entry->title = g_strdup (block != NULL ? block->title : "by hand");
      g_ptr_array_add (world->entries, entry);
    }
}

/* What a day, or all of them, come to. */
typedef struct
{
  TrkDuration planned_focus;
  TrkDuration on_plan;
  TrkDuration actual[TRK_N_KINDS];
  guint outcomes[TRK_OUTCOME_CANCELLED + 1]; /* of what was planned, and began by now */
} Sums;

static void
add_row (const World *world, const TrkAgenda *agenda, const TrkAgendaRow *row, Sums *sums)
{
  g_autoptr (TrkCounting) counting =
      trk_counting_new (world->records, world->entries, MIN (world->kept_since, world->now));
  const TrkBlockRecord *record = row->record;

  if (row->kind == TRK_KIND_FOCUS && (record == NULL || trk_counting_has (counting, record->block)))
    sums->planned_focus += row->planned;
  sums->on_plan += row->on_plan;
  sums->actual[row->kind] += row->actual;
  if (record != NULL && trk_agenda_is_begun (row) && record->block->period.start < world->now
      && record->state->outcome != TRK_OUTCOME_CANCELLED
      && trk_counting_has (counting, record->block))
    sums->outcomes[trk_agenda_outcome (agenda, row)]++;
}

/* As the command makes it: the sums of each day of @period, and of all of it at the end. */
static void
sum_agenda (World *world, TrkPeriod period, Sums *sums, guint n_days)
{
  TrkDay first = trk_almanac_day (&world->almanac, period.start);
  g_auto (TrkAgenda) agenda = {
    .almanac = world->almanac,
    .now = world->now,
    .period = period,
    .records = world->records,
    .entries = world->entries,
    .gaps = world->gaps,
    .squeezed = world->squeezed,
    .kept_since = world->kept_since,
  };

  trk_agenda_fill (&agenda);
  for (guint i = 0; i < agenda.rows->len; i++)
    {
      const TrkAgendaRow *row = g_ptr_array_index (agenda.rows, i);

      g_assert_cmpint (row->part.day, >=, first);
      g_assert_cmpint (row->part.day, <, first + (TrkDay) n_days);
      add_row (world, &agenda, row, &sums[row->part.day - first]);
      add_row (world, &agenda, row, &sums[n_days]);
    }
}

static GPtrArray *
copies (const GPtrArray *records)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      g_ptr_array_add (copies, trk_block_record_new (record->block, record->state));
    }
  return copies;
}

static void
assert_figures (World *world, TrkPeriod period, const Sums *sums)
{
  g_autoptr (GPtrArray) records = copies (world->records);
  g_autoptr (GPtrArray) uncounted =
      trk_take_uncounted (records, world->entries, MIN (world->kept_since, world->now));
  const TrkFigureInput input = {
    .period = period,
    .now = world->now,
    .almanac = world->almanac,
    .entries = world->entries,
    .gaps = world->gaps,
    .blocks = records,
    .kept_since = world->kept_since,
  };
  g_autoptr (TrkFigures) figures = NULL;

  {
    TrkFigureInput with_tasks = input;
    g_autoptr (GPtrArray) none = g_ptr_array_new ();

    with_tasks.tasks = with_tasks.metrics = none;
    figures = trk_figures_new (&with_tasks);
  }
  g_assert_cmpint (sums->planned_focus, ==, figures->time[TRK_TIME_PLANNED]);
  g_assert_cmpint (sums->on_plan, ==, figures->time[TRK_TIME_ON_PLAN]);
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    g_assert_cmpint (sums->actual[kind], ==, figures->time[kind]);
  for (guint outcome = 0; outcome <= TRK_OUTCOME_CANCELLED; outcome++)
    g_assert_cmpuint (sums->outcomes[outcome], ==,
                      trk_figures_outcome (figures, (TrkOutcome) outcome));
}

static void
test_agenda_and_figures_agree (void)
{
  for (guint round = 0; round < 30; round++)
    for (guint nth = 0; nth < G_N_ELEMENTS (weeks); nth++)
      {
        g_autoptr (World) world = world_new (nth);
        TrkDay monday = trk_almanac_day (&world->almanac, world->week.start);
        Sums whole[8] = { 0 };

        plan (world);
        keep (world);
        sum_agenda (world, world->week, whole, 7);
        assert_figures (world, world->week, &whole[7]);
        for (guint day = 0; day < 7; day++)
          {
            TrkPeriod period = trk_almanac_day_period (&world->almanac, monday + (TrkDay) day);
            Sums alone[2] = { 0 };

            sum_agenda (world, period, alone, 1);
            assert_figures (world, period, &alone[1]);
            g_assert_cmpmem (&alone[1], sizeof (Sums), &whole[day], sizeof (Sums));
          }
      }
}

/* The parts of a period in its days are the whole of it, and each says where the others are. */
static void
test_parts (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      guint nth = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (weeks));
      g_autoptr (World) world = world_new (nth);
      TrkPeriod period = { any_start (world), 0 };
      TrkDuration sum = 0;
      TrkDay day;

      period.end = period.start + g_test_rand_int_range (1, 4 * 86400) * TRK_SECOND;
      for (day = trk_almanac_day (&world->almanac, period.start);; day++)
        {
          TrkDayPart part = trk_day_part (&world->almanac, period, day);
          g_autofree char *words = trk_day_part_words (&part, day);
          TrkDuration inside = trk_period_length (part.inside);

          g_assert_cmpint (part.before, ==, sum);
          g_assert_cmpint (inside, >, 0);
          g_assert_cmpint (part.before + inside + part.after, ==, trk_period_length (period));
          g_assert_cmpint (words == NULL, ==, part.first == part.last);
          sum += inside;
          if (day == part.last)
            break;
        }
      g_assert_cmpint (sum, ==, trk_period_length (period));
    }
}

static void
test_words (void)
{
  static const struct
  {
    int from, to, day; /* hours after Monday 00:00 */
    const char *words;
  } rows[] = {
    { 9, 17, 0, NULL },
    { 22, 28, 0, NULL },
    { 22, 30, 0, "2 h of it on Tue 24 Nov" },
    { 22, 30, 1, "begun Mon 23 Nov (6 h of it there)" },
    { 22, 54, 0, "26 h of it from Tue 24 Nov to Wed 25 Nov" },
    { 22, 54, 1, "begun Mon 23 Nov (6 h of it there), 2 h of it on Wed 25 Nov" },
    { 22, 54, 2, "begun Mon 23 Nov (30 h of it before)" },
    { 22, 30, -1, "planned for Mon 23 Nov" },
    { 22, 30, 2, "begun Mon 23 Nov (8 h of it before)" },
  };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  const TrkAlmanac almanac = { zone, 4 * TRK_HOUR, 1 };
  TrkDay monday = trk_day_from_ymd (2026, 11, 23);
  TrkInstant start = trk_zone_instant (zone, (TrkLocal){ monday, 0 });

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkPeriod period = { start + rows[i].from * TRK_HOUR, start + rows[i].to * TRK_HOUR };
      TrkDayPart part = trk_day_part (&almanac, period, monday + rows[i].day);
      g_autofree char *words = trk_day_part_words (&part, monday);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day-sums/agenda-and-figures-agree", test_agenda_and_figures_agree);
  g_test_add_func ("/day-sums/parts", test_parts);
  g_test_add_func ("/day-sums/words", test_words);
  return g_test_run ();
}
