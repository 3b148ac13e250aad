/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-guard-figures.h"
#include "trk-hours.h"
#include "trk-reason-words.h"
#include "trk-report-sections.h"
#include "trk-stretches.h"
#include "trk-text.h"

enum
{
  MOST_STRETCHES = 5
};

static void
summary (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const TrkFigures *figures = report->figures;
  const TrkDuration *time = figures->time;
  g_autofree char *focus = trk_duration_format (time[TRK_TIME_FOCUS]);
  g_autofree char *on_plan = trk_duration_format (time[TRK_TIME_ON_PLAN]);
  g_autofree char *off_plan = trk_duration_format (time[TRK_TIME_OFF_PLAN]);
  g_autofree char *deep = trk_duration_format (time[TRK_TIME_DEEP_WORK]);
  g_autofree char *share = trk_words_percent (
      trk_ratio ((double) time[TRK_TIME_DEEP_WORK], (double) time[TRK_TIME_FOCUS]));
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "Focus %s: %s on plan", focus, on_plan);
  if (time[TRK_TIME_OFF_PLAN] > 0)
    g_string_append_printf (text, ", %s off plan", off_plan);
  g_string_append_c (text, '.');
  if (figures->deep_stretches == 0 && time[TRK_TIME_DEEP_WORK] > 0)
    g_string_append_printf (
        text, " Deep work %s (%s), of a stretch of 25 min or more that began before.", deep, share);
  else if (figures->deep_stretches > 0)
    g_string_append_printf (text, " Deep work %s (%s), in %u %s of 25 min or more.", deep, share,
                            figures->deep_stretches,
                            figures->deep_stretches == 1 ? "stretch" : "stretches");
  trk_words_paragraph (page, style, text->str, 0);
}

static void
by_hour (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (TrkTimes) times = trk_times_new (report->input);
  TrkDuration hours[24], most = 1;
  int dawn = (int) (report->input->almanac.start_of_day / TRK_HOUR);
  int first = 24, last = -1;

  trk_hours (times->of[TRK_TIME_FOCUS], report->input->almanac.zone, hours);
  /* In the order of a day, which may end after midnight. */
  for (int h = 0; h < 24; h++)
    if (hours[(dawn + h) % 24] > 0)
      {
        first = MIN (first, h);
        last = h;
        most = MAX (most, hours[(dawn + h) % 24]);
      }
  g_string_append (page, "\nBy hour of the day\n");
  for (int h = first; h <= last; h++)
    {
      TrkDuration length = hours[(dawn + h) % 24];
      g_autofree char *bar =
          trk_style_fill (style, (double) length / (double) most, style->columns >= 60 ? 40 : 16);
      g_autofree char *painted = trk_style_paint (style, TRK_PAINT_FOCUS, bar);
      g_autofree char *clock = trk_duration_format_clock (length);

      g_string_append_printf (page, " %02d %s %6s\n", (dawn + h) % 24, painted, clock);
    }
}

static gint
longest_first (gconstpointer a, gconstpointer b)
{
  const TrkPeriod *x = a, *y = b;
  TrkDuration n = trk_period_length (*x), m = trk_period_length (*y);

  if (n != m)
    return n > m ? -1 : 1;
  return x->start < y->start ? -1 : x->start > y->start;
}

/* The title of the entry that @stretch begins with. */
static const char *
title_of (const TrkFigureInput *input, TrkPeriod stretch)
{
  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);

      if (entry->kind == TRK_KIND_FOCUS && trk_period_contains (entry->period, stretch.start))
        return entry->title;
    }
  return "";
}

/* Its begin and its length, as in the summary: an end of whole minutes beside them would seem to
 * contradict a length that is cut to whole minutes as well. */
static void
stretch_line (GString *page, const TrkReport *report, const TrkStyle *style, TrkPeriod stretch)
{
  const TrkZone *zone = report->input->almanac.zone;
  TrkLocal local = trk_zone_local (zone, stretch.start);
  g_autofree char *day = trk_words_days (local.day, local.day);
  g_autofree char *from = trk_zone_format_time (zone, stretch.start);
  g_autofree char *length = trk_duration_format_clock (trk_period_length (stretch));
  g_autofree char *title =
      trk_text_line (title_of (report->input, stretch), MAX (style->columns, 46) - 32);

  g_string_append_printf (page, " %6s  %s %6s  %s  %s\n", length, trk_words_weekday (local.day),
                          day, from, title);
}

static void
stretches (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (TrkTimes) times = trk_times_new (report->input);
  /* Under a minute it is a switch, not a stretch: it would read 0:00. */
  g_autoptr (TrkPeriodSet) all = trk_stretches_new (times, report->input->period, TRK_MINUTE);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (TrkPeriod));

  if (all->len == 0)
    return;
  g_array_append_vals (sorted, all->periods, all->len);
  g_array_sort (sorted, longest_first);
  g_string_append (page, "\nLongest stretches\n");
  for (guint i = 0; i < MIN (sorted->len, MOST_STRETCHES); i++)
    stretch_line (page, report, style, g_array_index (sorted, TrkPeriod, i));
}

static void
interruptions (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GArray) rows = trk_interruptions_new (report->input);
  const GArray *by = report->figures->interruptions_by;

  g_string_append (page, "\nInterruptions\n");
  if (rows->len == 0)
    g_string_append (page, " none\n");
  for (guint i = 0; i < by->len; i++)
    {
      const TrkReasonCount *count = &g_array_index (by, TrkReasonCount, i);
      g_autofree char *length = NULL;
      TrkDuration sum = 0;

      for (guint n = 0; n < rows->len; n++)
        if (g_str_equal (g_array_index (rows, TrkSessionGap, n).reason, count->reason))
          sum += trk_period_length (g_array_index (rows, TrkSessionGap, n).period);
      length = trk_duration_format (sum);
      g_string_append_printf (page, " %6u  %-10s %s in all\n", count->count,
                              trk_reason_short_of (count->reason), length);
    }
}

/* Programs that the focus guard asked about, with what was answered. */
static void
guard (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GArray) counts = trk_guard_counts_new (report->input);

  if (counts->len > 0)
    g_string_append (page, "\nAsked about by the focus guard\n");
  for (guint i = 0; i < counts->len; i++)
    {
      const TrkGuardCount *count = &g_array_index (counts, TrkGuardCount, i);
      g_autofree char *answers = trk_guard_count_text (count);
      g_autofree char *name = trk_text_line (count->program, 20);
      g_autofree char *program = trk_text_fit (name, 20);

      g_string_append_printf (page, " %6u  %s  %s\n", count->asked, program, answers);
    }
}

char *
trk_report_focus (const TrkReport *report, const TrkStyle *style)
{
  GString *page = g_string_new (NULL);

  trk_section_title (page, report, style);
  if (report->figures->time[TRK_TIME_FOCUS] == 0)
    {
      g_string_append (page, "No focus time was logged.\n");
      trk_section_caveats (page, report, style);
      return trk_words_finish (page, style);
    }
  summary (page, report, style);
  trk_section_caveats (page, report, style);
  by_hour (page, report, style);
  stretches (page, report, style);
  interruptions (page, report, style);
  guard (page, report, style);
  g_string_append_c (page, '\n');
  trk_section_projects (page, report, style);
  trk_section_goals (page, report, style);
  trk_section_findings (page, report, style);
  return trk_words_finish (page, style);
}
