/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-report-words.h"
#include "trk-report.h"
#include "trk-text.h"

#include <string.h>

enum
{
  WIDE_COLUMNS = 76, /* of a table of comparisons with room between its columns */
  WHAT_COLUMNS = 14,
  WHEN_COLUMNS = 22,
  UNTIMED_COLUMNS = 1 + WHAT_COLUMNS + 1 + 8 + 2,
  TIMED_COLUMNS = UNTIMED_COLUMNS + WHEN_COLUMNS + 1,
  LEAST_LABEL = 14, /* of a title that is cut to stay beside */
  BELOW_INDENT = 3  /* of what does not fit beside */
};

static char *
value_in_words (const TrkComparison *row, TrkRatio value)
{
  if (!value.known)
    return g_strdup ("n/a");
  if (row->is_time)
    return trk_duration_format ((TrkDuration) value.value);
  if (g_str_equal (row->figure, "interruptions_an_hour") || g_str_equal (row->figure, "tasks_done"))
    return trk_words_number (value.value, 1);
  if (g_str_equal (row->figure, "estimate_ratio"))
    return trk_words_times (value);
  return trk_words_percent (value);
}

char *
trk_report_comparisons (const TrkReport *report, const TrkStyle *style)
{
  gboolean narrow = style->columns < WIDE_COLUMNS;
  int width = narrow ? 7 : 12;
  GString *page = g_string_new (NULL);

  g_string_append_printf (page, " %-22s %*s %*s %*s\n", "compared", width, "now", width, "before",
                          width + 2, narrow ? "median" : "median of 4");
  for (guint i = 0; i < report->comparisons->len; i++)
    {
      const TrkComparison *row = &g_array_index (report->comparisons, TrkComparison, i);
      g_autofree char *name = g_strdelimit (g_strdup (row->figure), "_", ' ');
      g_autofree char *value = value_in_words (row, row->value);
      g_autofree char *before = value_in_words (row, row->before);
      g_autofree char *median = value_in_words (row, row->median);
      g_autofree char *of = row->median.known && row->of < TRK_N_BEFORE && !narrow
                                ? g_strdup_printf ("  (of %u)", row->of)
                                : g_strdup ("");

      g_string_append_printf (page, " %-22s %*s %*s %*s%s\n", name, width, value, width, before,
                              width + 2, median, of);
    }
  return trk_words_finish (page, style);
}

/* "Mon 23 Nov 09:00–10:30"; "" without a period. */
static char *
when_of (const TrkFigureRow *row, const TrkZone *zone)
{
  TrkDay day = trk_zone_local (zone, row->period.start).day;
  g_autofree char *date = trk_words_days (day, day);
  g_autofree char *from = trk_zone_format_time (zone, row->period.start);
  g_autofree char *to = trk_zone_format_time (zone, row->period.end);

  if (trk_period_is_empty (row->period))
    return g_strdup ("");
  return g_strdup_printf ("%s %6s %s–%s", trk_words_weekday (day), date, from, to);
}

/* What kind of row, when, how much. */
static void
add_columns (GString *page, const TrkFigureRow *row, const TrkZone *zone, gboolean timed)
{
  g_autofree char *number =
      row->number != 0 ? g_strdup_printf (" %" G_GINT64_FORMAT, row->number) : g_strdup ("");
  g_autofree char *what = g_strconcat (row->type, number, NULL);
  g_autofree char *when = when_of (row, zone);
  g_autofree char *amount = row->amount != 0 ? trk_duration_format (row->amount) : g_strdup ("");

  g_string_append_printf (page, " %-*s ", WHAT_COLUMNS, what);
  if (timed)
    g_string_append_printf (page, "%s%*s ", when,
                            (int) (WHEN_COLUMNS - MIN (WHEN_COLUMNS, trk_text_width (when))), "");
  g_string_append_printf (page, "%8s", amount);
}

static void
add_below (GString *page, const char *text, const TrkStyle *style)
{
  while (g_str_has_suffix (page->str, " "))
    g_string_truncate (page, page->len - 1);
  g_string_append_printf (page, "\n%*s", BELOW_INDENT, "");
  trk_words_paragraph_from (page, style, text, BELOW_INDENT);
}

/* Behind the columns what it is, below in a narrow terminal. */
static void
add_row (GString *page,
         const TrkFigureRow *row,
         const TrkZone *zone,
         const TrkStyle *style,
         gboolean timed)
{
  guint head = timed ? TIMED_COLUMNS : UNTIMED_COLUMNS;
  gsize taken = head + trk_text_width (row->detail) + 3;
  gboolean below = taken + LEAST_LABEL > style->columns;
  guint room = below ? style->columns - BELOW_INDENT - 2 : style->columns - (guint) taken;
  /* The sign of a cut is three columns wide in ASCII. */
  g_autofree char *label =
      trk_text_line (row->label, MAX (room, LEAST_LABEL) - (style->unicode ? 0 : 2));
  g_autofree char *text = g_strconcat (label, *label != '\0' ? " · " : "", row->detail, NULL);

  add_columns (page, row, zone, timed);
  if (below)
    add_below (page, text, style);
  else
    g_string_append_printf (page, "  %s\n", text);
}

static gboolean
is_timed (const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (!trk_period_is_empty (((const TrkFigureRow *) g_ptr_array_index (rows, i))->period))
      return TRUE;
  return FALSE;
}

char *
trk_report_rows (const GPtrArray *rows,
                 const char *figure,
                 const TrkZone *zone,
                 const TrkStyle *style)
{
  GString *page = g_string_new (NULL);
  g_autofree char *count = trk_words_count (rows->len, "row", "rows");
  gboolean timed = is_timed (rows);
  TrkTime time;
  TrkDuration sum = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      add_row (page, g_ptr_array_index (rows, i), zone, style, timed);
      sum += ((TrkFigureRow *) g_ptr_array_index (rows, i))->amount;
    }
  if (trk_time_from_string (figure, &time) || g_str_equal (figure, "worked"))
    {
      g_autofree char *total = trk_duration_format (sum);

      g_string_append_printf (page, "%s: %s in %s\n", figure, total, count);
    }
  else
    g_string_append_printf (page, "%s: %s\n", figure, count);
  return trk_words_finish (page, style);
}
