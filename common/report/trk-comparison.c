/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-comparison.h"

#include "trk-median.h"

static TrkDay
month_before (TrkDay first)
{
  int year, month, day;

  trk_day_to_ymd (first, &year, &month, &day);
  return month == 1 ? trk_day_from_ymd (year - 1, 12, 1) : trk_day_from_ymd (year, month - 1, 1);
}

void
trk_periods_before (TrkPeriod period,
                    TrkSpan span,
                    const TrkAlmanac *almanac,
                    TrkPeriod before[TRK_N_BEFORE])
{
  TrkDay first = trk_almanac_day (almanac, period.start);
  TrkDay days = trk_almanac_day (almanac, period.end - 1) - first + 1;

  for (guint i = 0; i < TRK_N_BEFORE; i++)
    {
      TrkDay start = span == TRK_SPAN_MONTH ? month_before (first) : first - days;

      before[i] = trk_almanac_days_period (almanac, start, first - 1);
      first = start;
    }
}

/* -- What is compared -------------------------------------------------------------------------- */

static TrkRatio
known (double value)
{
  return (TrkRatio){ TRUE, value };
}

static TrkRatio
adherence (const TrkFigures *figures)
{
  return figures->adherence_by_now;
}

static TrkRatio
focus_share (const TrkFigures *figures)
{
  return figures->focus_share;
}

static TrkRatio
start_delay (const TrkFigures *figures)
{
  return (TrkRatio){ figures->starts > 0, (double) figures->start_delay };
}

static TrkRatio
interruptions_an_hour (const TrkFigures *figures)
{
  return figures->interruptions_an_hour;
}

static TrkRatio
breaks_taken (const TrkFigures *figures)
{
  return trk_ratio (figures->breaks_taken, figures->breaks_planned);
}

static TrkRatio
estimate_ratio (const TrkFigures *figures)
{
  return figures->estimate_ratio;
}

static TrkRatio
tasks_done (const TrkFigures *figures)
{
  return known (figures->tasks_done);
}

#define DEFINE_TIME(name, time_)                                                                   \
  static TrkRatio name (const TrkFigures *figures) { return known ((double) figures->time[time_]); }

DEFINE_TIME (focus, TRK_TIME_FOCUS)
DEFINE_TIME (work, TRK_TIME_WORK)
DEFINE_TIME (meeting, TRK_TIME_MEETING)
DEFINE_TIME (deep_work, TRK_TIME_DEEP_WORK)
DEFINE_TIME (overtime, TRK_TIME_OVERTIME)
DEFINE_TIME (unknown, TRK_TIME_UNKNOWN)

static const struct
{
  const char *name;
  gboolean is_time;
  gboolean grows; /* with the period: not compared before the period is over */
  TrkRatio (*of) (const TrkFigures *figures);
} compared[] = {
  { "adherence_by_now", FALSE, FALSE, adherence },
  { "focus", TRUE, TRUE, focus },
  { "focus_share", FALSE, FALSE, focus_share },
  { "deep_work", TRUE, TRUE, deep_work },
  { "work", TRUE, TRUE, work },
  { "meeting", TRUE, TRUE, meeting },
  { "overtime", TRUE, TRUE, overtime },
  { "unknown", TRUE, TRUE, unknown },
  { "start_delay", TRUE, FALSE, start_delay },
  { "interruptions_an_hour", FALSE, FALSE, interruptions_an_hour },
  { "breaks_taken_share", FALSE, FALSE, breaks_taken },
  { "estimate_ratio", FALSE, FALSE, estimate_ratio },
  { "tasks_done", FALSE, TRUE, tasks_done },
};

gboolean
trk_figures_is_empty (const TrkFigures *figures)
{
  TrkDuration sum = figures->time[TRK_TIME_PLANNED] + figures->time[TRK_TIME_UNKNOWN];
  guint blocks = figures->breaks_planned;

  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    {
      sum += figures->time[kind];
      for (guint outcome = 0; outcome <= TRK_OUTCOME_CANCELLED; outcome++)
        blocks += figures->outcomes[kind][outcome];
    }
  return sum == 0 && blocks == 0 && figures->tasks_done == 0 && figures->metrics->len == 0;
}

/* Was time kept at all? Plans of weeks in which nobody kept time compare with nothing. */
static gboolean
was_kept (const TrkFigures *figures)
{
  TrkDuration sum = figures->time[TRK_TIME_UNKNOWN];

  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    sum += figures->time[kind];
  return sum > 0;
}

static void
set_median (TrkComparison *row, const GPtrArray *before, TrkRatio (*of) (const TrkFigures *figures))
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < before->len; i++)
    {
      const TrkFigures *earlier = g_ptr_array_index (before, i);
      TrkRatio value = of (earlier);

      if (!value.known || !was_kept (earlier))
        continue;
      g_array_append_val (values, value.value);
      if (i == 0)
        row->before = value;
    }
  row->of = values->len;
  row->median.known = values->len >= 2 && trk_median (values, &row->median.value);
}

GArray *
trk_comparisons_new (const TrkFigures *figures, const GPtrArray *before)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (TrkComparison));

  for (guint i = 0; i < G_N_ELEMENTS (compared); i++)
    {
      TrkComparison row = { .figure = compared[i].name,
                            .is_time = compared[i].is_time,
                            .value = compared[i].of (figures) };

      if (compared[i].grows && !figures->finished)
        continue;
      set_median (&row, before, compared[i].of);
      g_array_append_val (rows, row);
    }
  return rows;
}

const TrkComparison *
trk_comparison_of (const GArray *comparisons, const char *figure)
{
  for (guint i = 0; comparisons != NULL && i < comparisons->len; i++)
    if (g_str_equal (g_array_index (comparisons, TrkComparison, i).figure, figure))
      return &g_array_index (comparisons, TrkComparison, i);
  return NULL;
}
