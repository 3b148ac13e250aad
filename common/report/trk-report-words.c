/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-words.h"

#include "trk-text.h"

#include <math.h>
#include <string.h>

static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };
static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };

const char *
trk_words_weekday (TrkDay day)
{
  static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

  return names[trk_day_weekday (day) - 1];
}

/* "23–29 November", "30 November – 6 December", "30 December 2026 – 2 January 2027"; @letters of
 * each month's name, 0 all; the year when it is not @this_year (0: never). */
static char *
days_in_words (TrkDay first, TrkDay last, int letters, int this_year)
{
  int y1, m1, d1, y2, m2, d2;
  g_autofree char *from = NULL, *year = NULL;

  trk_day_to_ymd (first, &y1, &m1, &d1);
  trk_day_to_ymd (last, &y2, &m2, &d2);
  letters = letters == 0 ? 16 : letters;
  year = this_year != 0 && y2 != this_year ? g_strdup_printf (" %d", y2) : g_strdup ("");
  if (first == last)
    return g_strdup_printf ("%d %.*s%s", d2, letters, months[m2 - 1], year);
  if (y1 == y2 && m1 == m2)
    return g_strdup_printf ("%d–%d %.*s%s", d1, d2, letters, months[m2 - 1], year);
  from = y1 != y2 && this_year != 0 ? g_strdup_printf (" %d", y1) : g_strdup ("");
  return g_strdup_printf ("%d %.*s%s – %d %.*s%s", d1, letters, months[m1 - 1], from, d2, letters,
                          months[m2 - 1], year);
}

char *
trk_words_days (TrkDay first, TrkDay last)
{
  return days_in_words (first, last, 3, 0);
}

/* The whole of one year, which is what that is called. */
static gboolean
is_year (TrkDay first, TrkDay last, int *year)
{
  int month, day;

  trk_day_to_ymd (first, year, &month, &day);
  return first == trk_day_from_ymd (*year, 1, 1) && last == trk_day_from_ymd (*year, 12, 31);
}

char *
trk_words_period (TrkPeriod period, TrkSpan span, const TrkAlmanac *almanac, TrkDay today)
{
  TrkDay first = trk_almanac_day (almanac, period.start);
  TrkDay last = trk_almanac_day (almanac, MAX (period.start, period.end - 1));
  int this_year, year, month, day, week;
  g_autofree char *days = NULL;

  trk_day_to_ymd (today, &this_year, &month, &day);
  days = days_in_words (first, last, 0, this_year);
  trk_day_to_ymd (first, &year, &month, &day);
  if (span == TRK_SPAN_DAY)
    return g_strdup_printf ("%s %s", weekdays[trk_day_weekday (first) - 1], days);
  if (span == TRK_SPAN_MONTH)
    return g_strdup_printf ("%s %d", months[month - 1], year);
  if (span != TRK_SPAN_WEEK)
    return is_year (first, last, &year) ? g_strdup_printf ("Year %d", year)
                                        : g_steal_pointer (&days);
  /* The middle day has the week's number wherever the week begins. */
  trk_day_iso_week (first + 3, &year, &week);
  return g_strdup_printf ("Week %d · %s", week, days);
}

char *
trk_words_time_of (const TrkZone *zone, TrkInstant at)
{
  g_autofree char *time = trk_zone_format_time (zone, at);

  return g_strdup_printf ("%s %s", trk_words_weekday (trk_zone_local (zone, at).day), time);
}

char *
trk_words_number (double value, guint decimals)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double scale = pow (10, decimals);

  g_ascii_formatd (digits, sizeof digits, "%.12g", round (value * scale) / scale);
  return g_strdup (g_str_equal (digits, "-0") ? "0" : digits);
}

char *
trk_words_percent (TrkRatio ratio)
{
  long percent;

  if (!ratio.known)
    return g_strdup ("n/a");
  percent = lround (ratio.value * 100);
  if (percent >= 100 && ratio.value < 1)
    percent = 99;
  if (percent <= 0 && ratio.value > 0)
    return g_strdup ("under 1 %");
  return g_strdup_printf ("%ld %%", percent);
}

char *
trk_words_times (TrkRatio ratio)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!ratio.known)
    return g_strdup ("n/a");
  if (ratio.value <= 0)
    return g_strdup ("not worked");
  if (ratio.value < 0.05)
    return g_strdup ("under ×0.1");
  return g_strconcat ("×", g_ascii_formatd (digits, sizeof digits, "%.1f", ratio.value), NULL);
}

char *
trk_words_count (double count, const char *one, const char *many)
{
  g_autofree char *number = trk_words_number (count, 1);

  return g_strdup_printf ("%s %s", number, count == 1 ? one : many);
}

/* Appends @piece from @column on, broken at spaces; returns the column behind it. */
static guint
append_words (GString *page, const TrkStyle *style, const char *piece, guint column, guint indent)
{
  g_auto (GStrv) words = g_strsplit (piece, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint width = (guint) trk_text_width (words[i]);
      gboolean breaks = i > 0 && column + 1 + width > style->columns;

      if (breaks)
        g_string_append_printf (page, "\n%*s", (int) indent, "");
      else if (i > 0)
        g_string_append_c (page, ' ');
      g_string_append (page, words[i]);
      column = (breaks ? indent : column + (i > 0)) + width;
    }
  return column;
}

/* Appends @pieces joined by @glue; a piece that does not fit begins a new line, and goes on over
 * several when it fits on none. */
static void
append_wrapped (GString *page,
                const TrkStyle *style,
                const char *const *pieces,
                const char *glue,
                guint column,
                guint indent)
{
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      gsize width = trk_text_width (pieces[i]);
      gsize with_glue = i > 0 ? trk_text_width (glue) : 0;

      if (i > 0 && column + with_glue + width > style->columns)
        {
          g_string_append_printf (page, "\n%*s", (int) indent, "");
          column = indent;
        }
      else if (i > 0)
        {
          g_string_append (page, glue);
          column += with_glue;
        }
      if (indent + width > style->columns)
        column = append_words (page, style, pieces[i], column, indent);
      else
        {
          g_string_append (page, pieces[i]);
          column += (guint) width;
        }
    }
  g_string_append_c (page, '\n');
}

/* Does @word belong to the number before it ("74 %", "1 h 28", "40 min")? */
static gboolean
is_unit (const char *before, const char *word)
{
  if (*word == '%' || g_str_has_prefix (word, "min") || strcmp (word, "h") == 0)
    return g_ascii_isdigit (before[strcspn (before, "0123456789")]);
  return strcmp (before, "h") == 0 && g_ascii_isdigit (*word);
}

static void
append_paragraph (
    GString *page, const TrkStyle *style, const char *text, guint column, guint indent)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (i > 0 && is_unit (words[i - 1], words[i]))
      {
        char **last = (char **) &pieces->pdata[pieces->len - 1];
        char *joined = g_strconcat (*last, " ", words[i], NULL);

        g_free (*last);
        *last = joined;
      }
    else
      g_ptr_array_add (pieces, g_strdup (words[i]));
  g_ptr_array_add (pieces, NULL);
  append_wrapped (page, style, (const char *const *) pieces->pdata, " ", column, indent);
}

void
trk_words_paragraph (GString *page, const TrkStyle *style, const char *text, guint indent)
{
  append_paragraph (page, style, text, 0, indent);
}

void
trk_words_paragraph_from (GString *page, const TrkStyle *style, const char *text, guint indent)
{
  append_paragraph (page, style, text, indent, indent);
}

void
trk_words_section (GString *page, const TrkStyle *style, const char *label, const GPtrArray *parts)
{
  g_autofree char *fitted = trk_text_fit (label, TRK_LABEL_COLUMNS - 1);
  g_autofree const char **pieces = g_new0 (const char *, parts->len + 1);

  if (parts->len == 0)
    return;
  for (guint i = 0; i < parts->len; i++)
    pieces[i] = g_ptr_array_index (parts, i);
  g_string_append_printf (page, " %s", fitted);
  append_wrapped (page, style, pieces, " · ", TRK_LABEL_COLUMNS, TRK_LABEL_COLUMNS);
}

GPtrArray *
trk_parts_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

void
trk_parts_add (GPtrArray *parts, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (parts, g_strdup_vprintf (format, args));
  va_end (args);
}

void
trk_words_kept_since (GString *page,
                      const TrkStyle *style,
                      TrkInstant since,
                      const TrkZone *zone,
                      TrkInstant now,
                      const char *lost)
{
  g_autofree char *text = NULL;

  if (since == TRK_NEVER)
    text = g_strdup_printf ("trackerd has kept no time yet; %s.", lost);
  else
    {
      g_autofree char *time = trk_zone_format_time (zone, since);
      g_autofree char *day =
          trk_words_period ((TrkPeriod){ since, since + 1 }, TRK_SPAN_OTHER,
                            &(TrkAlmanac){ .zone = zone }, trk_zone_local (zone, now).day);

      text = g_strdup_printf ("trackerd has kept time since %s %s; %s.", day, time, lost);
    }
  trk_words_paragraph (page, style, text, 0);
}

char *
trk_words_finish (GString *page, const TrkStyle *style)
{
  char *text = trk_style_page (style, page->str);

  g_string_free (page, TRUE);
  return text;
}
