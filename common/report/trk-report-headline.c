/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-report-sections.h"

#include <math.h>

void
trk_section_title (GString *page, const TrkReport *report, const TrkStyle *style)
{
  const TrkAlmanac *almanac = &report->input->almanac;
  TrkDay today = trk_almanac_day (almanac, report->input->now);
  g_autofree char *period =
      trk_words_period (report->figures->period, report->span, almanac, today);
  g_autofree char *painted = trk_style_paint (style, TRK_PAINT_BOLD, period);

  g_string_append_printf (page, "%s\n", painted);
}

/* ", 6 points above your last four weeks (68 %)". */
static void
add_comparison (GString *text, const TrkReport *report)
{
  static const char *const numbers[] = { "", "", "two", "three", "four" };
  static const char *const spans[] = { "days", "weeks", "months", "such periods" };
  const TrkComparison *comparison = trk_comparison_of (report->comparisons, "adherence_by_now");
  g_autofree char *median = NULL;
  long difference;

  if (comparison == NULL || !comparison->median.known || !comparison->value.known)
    return;
  median = trk_words_percent (comparison->median);
  difference = lround (comparison->value.value * 100) - lround (comparison->median.value * 100);
  g_string_append (text, ", ");
  if (difference == 0)
    g_string_append (text, "as in");
  else
    g_string_append_printf (text, "%ld %s %s", labs (difference),
                            labs (difference) == 1 ? "point" : "points",
                            difference > 0 ? "above" : "below");
  g_string_append_printf (text, " your last %s %s (%s)", numbers[comparison->of],
                          spans[report->span], median);
}

static void
add_kept (GString *text, const TrkReport *report)
{
  const TrkFigures *figures = report->figures;
  g_autofree char *kept = trk_duration_format (figures->time[TRK_TIME_ON_PLAN]);
  g_autofree char *planned = trk_duration_format (figures->time[TRK_TIME_PLANNED_BY_NOW]);
  g_autofree char *percent = trk_words_percent (figures->adherence_by_now);
  g_autofree char *rest = trk_duration_format (figures->ahead);

  if (figures->adherence_by_now.known)
    {
      g_string_append_printf (text, "Kept %s of %s planned focus%s — %s", kept, planned,
                              figures->finished ? "" : " so far", percent);
      add_comparison (text, report);
      g_string_append_c (text, '.');
    }
  else if (figures->finished && !report->more_planned)
    g_string_append (text, "No focus was planned.");
  if (figures->ahead > 0)
    g_string_append_printf (text, "%s%s of planned focus ahead.", text->len > 0 ? " " : "", rest);
}

/* What every report says that it touches: work that only the plan says, and unknown time. Moments,
 * as the one until presence is first told, are in the figures alone. */
static void
add_caveats (GString *text, const TrkFigures *figures, const char *work)
{
  g_autofree char *unverified = trk_duration_format (figures->time[TRK_TIME_UNVERIFIED]);
  g_autofree char *unknown = trk_duration_format (figures->time[TRK_TIME_UNKNOWN]);

  if (figures->time[TRK_TIME_UNVERIFIED] >= TRK_SECOND)
    g_string_append_printf (text, " %s of %s is unverified: nothing could tell presence.",
                            unverified, work);
  if (figures->time[TRK_TIME_UNKNOWN] >= TRK_SECOND)
    g_string_append_printf (text, " Unknown %s.", unknown);
}

static void
add_share (GString *text, const TrkFigures *figures)
{
  g_autofree char *share = trk_words_percent (figures->focus_share);
  g_autofree char *work = trk_duration_format (figures->time[TRK_TIME_WORK]);

  if (figures->time[TRK_TIME_WORK] > 0)
    g_string_append_printf (text, "Focus share %s of %s worked.", share, work);
  else if (figures->period.start < figures->now)
    g_string_append (text, "No work was logged.");
  add_caveats (text, figures, "it");
}

/* What is open counts no further than it is known. */
static void
add_unkept (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  if (!trk_period_contains (report->input->period, report->unkept))
    return;
  time = trk_zone_format_time (report->input->almanac.zone, report->unkept);
  text = g_strdup_printf ("Nobody is keeping time: what is open counts up to %s, the last moment "
                          "that is known.",
                          time);
  trk_words_paragraph (page, style, text, 0);
}

/* What was planned before anybody kept time was neither kept nor missed. */
static void
add_since (GString *page, const TrkReport *report, const TrkStyle *style)
{
  add_unkept (page, report, style);
  if (report->more_planned)
    trk_words_kept_since (page, style, report->kept_since, report->input->almanac.zone,
                          report->input->now,
                          report->kept_since == TRK_NEVER
                              ? "what was planned until now is not counted"
                              : "blocks that were over by then count only with time in the log");
}

void
trk_section_caveats (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_caveats (text, report->figures, "the work");
  if (text->len > 0)
    trk_words_paragraph (page, style, text->str + 1, 0);
  add_since (page, report, style);
}

void
trk_section_headline (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  g_autoptr (GString) share = g_string_new (NULL);

  if (trk_figures_is_empty (report->figures))
    {
      if (!report->more_planned)
        g_string_append (page, "Nothing was planned or logged.\n");
      add_since (page, report, style);
      return;
    }
  add_kept (kept, report);
  if (kept->len > 0)
    trk_words_paragraph (page, style, kept->str, 0);
  add_share (share, report->figures);
  if (share->len > 0)
    trk_words_paragraph (page, style, share->str, 0);
  add_since (page, report, style);
}
