/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-chart.h"

#include "trk-duration.h"
#include "trk-report-words.h"

enum
{
  LABEL = 8,
  COLUMN = 6,
  BAR = 5,
  TOTAL = 7,
};

/* A stretch of days that is drawn as one. */
typedef struct
{
  TrkDay first, last;
  TrkDuration time[TRK_N_TIMES];
} Span;

static gboolean
is_blank (const TrkDayFigures *day)
{
  return !day->planned && day->time[TRK_TIME_PLANNED] == 0 && day->time[TRK_TIME_WORK] == 0;
}

/* A weekend on which nothing was planned or done is left out at the end. */
static guint
days_shown (const GArray *days)
{
  guint shown = days->len;

  while (shown > 0 && is_blank (&g_array_index (days, TrkDayFigures, shown - 1)))
    shown--;
  return shown;
}

static TrkDuration
scale_of (const GArray *spans)
{
  TrkDuration most = 1;

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      most = MAX (most, MAX (span->time[TRK_TIME_PLANNED], span->time[TRK_TIME_FOCUS]));
    }
  return most;
}

static TrkDuration
sum_of (const GArray *spans, TrkTime time)
{
  TrkDuration sum = 0;

  for (guint i = 0; i < spans->len; i++)
    sum += g_array_index (spans, Span, i).time[time];
  return sum;
}

static GArray *
spans_of (const GArray *days, guint n, const TrkAlmanac *almanac, gboolean weeks)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (Span));

  for (guint i = 0; i < n; i++)
    {
      const TrkDayFigures *day = &g_array_index (days, TrkDayFigures, i);
      Span *span;

      if (i == 0 || !weeks || trk_almanac_week_first (almanac, day->day) == day->day)
        g_array_append_vals (spans, &(Span){ .first = day->day }, 1);
      span = &g_array_index (spans, Span, spans->len - 1);
      span->last = day->day;
      for (guint time = 0; time < TRK_N_TIMES; time++)
        span->time[time] += day->time[time];
    }
  return spans;
}

/* -- A column a day ---------------------------------------------------------------------------- */

static void
bar_row (GString *page,
         const TrkStyle *style,
         const GArray *days,
         const char *label,
         TrkTime time,
         TrkPaint paint)
{
  TrkDuration scale = scale_of (days);
  g_autofree char *total = trk_duration_format_clock (sum_of (days, time));

  g_string_append_printf (page, "%-*s", LABEL, label);
  for (guint i = 0; i < days->len; i++)
    {
      double share = (double) g_array_index (days, Span, i).time[time] / (double) scale;
      g_autofree char *bar = trk_style_fill (style, share, BAR);
      g_autofree char *painted = trk_style_paint (style, paint, bar);

      g_string_append_printf (page, "%s ", painted);
    }
  g_string_append_printf (page, "%*s\n", TOTAL, total);
}

static void
trim_line (GString *page)
{
  while (page->len > 0 && page->str[page->len - 1] == ' ')
    g_string_truncate (page, page->len - 1);
  g_string_append_c (page, '\n');
}

/* Do the days' whole minutes miss some of those of their sum, which has the seconds of all? */
static gboolean
is_cut (const GArray *days, TrkTime time)
{
  gint64 minutes = 0;

  for (guint i = 0; i < days->len; i++)
    minutes += g_array_index (days, Span, i).time[time] / TRK_MINUTE;
  return minutes != sum_of (days, time) / TRK_MINUTE;
}

static void
columns_of_days (GString *page, const TrkStyle *style, const GArray *days)
{
  g_string_append_printf (page, "%*s", LABEL, "");
  for (guint i = 0; i < days->len; i++)
    g_string_append_printf (page, "%-*s", COLUMN,
                            trk_words_weekday (g_array_index (days, Span, i).first));
  trim_line (page);
  bar_row (page, style, days, "plan", TRK_TIME_PLANNED, TRK_PAINT_DIM);
  bar_row (page, style, days, "kept", TRK_TIME_ON_PLAN, TRK_PAINT_FOCUS);
  if (sum_of (days, TRK_TIME_OFF_PLAN) >= TRK_MINUTE)
    bar_row (page, style, days, "focus", TRK_TIME_FOCUS, TRK_PAINT_FOCUS);
  g_string_append_printf (page, "%*s", LABEL, "");
  for (guint i = 0; i < days->len; i++)
    {
      const Span *day = &g_array_index (days, Span, i);
      g_autofree char *clock = trk_duration_format_clock (day->time[TRK_TIME_FOCUS]);

      g_string_append_printf (page, "%-*s", COLUMN, day->time[TRK_TIME_FOCUS] > 0 ? clock : "");
    }
  trim_line (page);
  if (is_cut (days, TRK_TIME_FOCUS))
    g_string_append_printf (page, "%*s%s\n", LABEL, "",
                            "whole minutes; the sum has the seconds, too");
}

/* -- A line a week ----------------------------------------------------------------------------- */

static void
line_of_span (GString *page, const TrkStyle *style, const Span *span, TrkDuration scale)
{
  g_autofree char *days = trk_words_days (span->first, span->last);
  g_autofree char *bar = trk_style_fill (
      style, (double) span->time[TRK_TIME_ON_PLAN] / (double) scale, style->columns >= 72 ? 20 : 8);
  g_autofree char *painted = trk_style_paint (style, TRK_PAINT_FOCUS, bar);
  g_autofree char *kept = trk_duration_format_clock (span->time[TRK_TIME_ON_PLAN]);
  gboolean ahead = span->time[TRK_TIME_PLANNED] > 0 && span->time[TRK_TIME_PLANNED_BY_NOW] == 0;
  /* What the share is of: the rest is not late, it is not there yet. */
  g_autofree char *planned =
      trk_duration_format_clock (span->time[ahead ? TRK_TIME_PLANNED : TRK_TIME_PLANNED_BY_NOW]);
  g_autofree char *percent = trk_words_percent (trk_ratio (
      (double) span->time[TRK_TIME_ON_PLAN], (double) span->time[TRK_TIME_PLANNED_BY_NOW]));
  const char *share = ahead ? "ahead" : percent;
  int gap = 17 - (int) g_utf8_strlen (days, -1);

  g_string_append_printf (page, " %s%*s %s %6s of %6s %9s\n", days, MAX (gap, 0), "", painted, kept,
                          planned, share);
}

/* Weeks of which there is nothing to say would say n/a. */
static gboolean
has_time (const Span *span)
{
  return span->time[TRK_TIME_PLANNED] > 0 || span->time[TRK_TIME_FOCUS] > 0;
}

static void
lines_of_spans (GString *page, const TrkStyle *style, const GArray *spans)
{
  TrkDuration scale = scale_of (spans);

  for (guint i = 0; i < spans->len; i++)
    if (has_time (&g_array_index (spans, Span, i)))
      line_of_span (page, style, &g_array_index (spans, Span, i), scale);
}

void
trk_chart (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const GArray *days = report->figures->days;
  guint shown = days->len <= 7 ? days_shown (days) : days->len;
  gboolean columns = days->len <= 7 && LABEL + COLUMN * shown + TOTAL <= style->columns;
  g_autoptr (GArray) spans = spans_of (days, shown, &report->input->almanac, days->len > 7);

  if (sum_of (spans, TRK_TIME_PLANNED) + sum_of (spans, TRK_TIME_FOCUS) == 0)
    return;
  /* Lines compare what was kept; of weeks that all lie ahead the headline says everything. */
  if (!columns && sum_of (spans, TRK_TIME_PLANNED_BY_NOW) + sum_of (spans, TRK_TIME_FOCUS) == 0)
    return;
  g_string_append_c (page, '\n');
  if (columns)
    columns_of_days (page, style, spans);
  else
    lines_of_spans (page, style, spans);
}
