/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-format.h"

#include "trk-text.h"
#include "trk-wrap.h"

#include <string.h>

enum
{
  TITLE_LINES = 4 /* that one may take */
};

/* The program speaks English; names of days in another language would stand alone in it. */
static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };
static const char *const months[] = { "January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December" };

/* Does the end need its day? When the clock comes round to the start before, or when the end is on
 * a day before the start, which only who mistyped it has. */
static gboolean
needs_day (TrkLocal start, TrkLocal end)
{
  return end.day < start.day || end.day > start.day + 1
         || (end.day > start.day && end.time >= start.time);
}

char *
trk_format_span (const TrkZone *zone, TrkPeriod period)
{
  g_autofree char *start = trk_zone_format_time (zone, period.start);
  g_autofree char *end = NULL;
  g_autofree char *day = NULL;
  TrkLocal first = trk_zone_local (zone, period.start), last;

  if (period.end == TRK_NEVER)
    return g_strconcat (start, "–", NULL);
  last = trk_zone_local (zone, period.end);
  end = trk_zone_format_time (zone, period.end);
  if (!needs_day (first, last))
    return g_strconcat (start, "–", end, NULL);
  day = trk_format_day_short (last.day, first.day);
  return g_strconcat (start, "–", day, " ", end, NULL);
}

static char *
year_if_other (int year, TrkDay today)
{
  int this_year, month, mday;

  trk_day_to_ymd (today, &this_year, &month, &mday);
  return year != this_year ? g_strdup_printf (" %d", year) : g_strdup ("");
}

/* @letters of each name; -1: all of them. */
static char *
format_date (TrkDay day, TrkDay today, int letters)
{
  g_autofree char *other = NULL;
  int year, month, mday;

  trk_day_to_ymd (day, &year, &month, &mday);
  other = year_if_other (year, today);
  return g_strdup_printf ("%.*s %d %.*s%s", letters, weekdays[trk_day_weekday (day) - 1], mday,
                          letters, months[month - 1], other);
}

char *
trk_format_day (TrkDay day, TrkDay today)
{
  return format_date (day, today, -1);
}

char *
trk_format_day_short (TrkDay day, TrkDay today)
{
  return format_date (day, today, 3);
}

char *
trk_format_distance (TrkDay day, TrkDay today)
{
  g_autofree char *days = trk_format_count (ABS (day - today), "day", NULL);

  switch (day - today)
    {
    case -1:
      return g_strdup ("yesterday");
    case 0:
      return g_strdup ("today");
    case 1:
      return g_strdup ("tomorrow");
    default:
      return day < today ? g_strdup_printf ("%s ago", days) : g_strdup_printf ("in %s", days);
    }
}

char *
trk_format_empty (const TrkAlmanac *almanac, TrkPeriod period, TrkSpan span, TrkInstant now)
{
  TrkDay today = trk_almanac_day (almanac, now);
  TrkDay day = trk_almanac_day (almanac, period.start);
  g_autofree char *name = trk_format_day (day, today);
  g_autofree char *distance = trk_format_distance (day, today);

  if (span != TRK_SPAN_DAY)
    return g_strdup ("then");
  return day == today ? g_strdup ("today") : g_strdup_printf ("on %s, %s", name, distance);
}

char *
trk_format_moment (const TrkAlmanac *almanac, TrkInstant instant, TrkDay today)
{
  TrkDay day = trk_zone_local (almanac->zone, instant).day;
  g_autofree char *time = trk_zone_format_time (almanac->zone, instant);
  g_autofree char *date = NULL;

  if (trk_almanac_day (almanac, instant) == today)
    return g_steal_pointer (&time);
  date = trk_format_day_short (day, today);
  return g_strconcat (date, " ", time, NULL);
}

char *
trk_format_coming (const TrkAlmanac *almanac, TrkInstant instant, TrkInstant now)
{
  if (instant >= now && instant - now < 12 * TRK_HOUR)
    return trk_zone_format_time (almanac->zone, instant);
  return trk_format_moment (almanac, instant, trk_almanac_day (almanac, now));
}

char *
trk_format_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.12g", value);
  return g_strdup (text);
}

char *
trk_format_count (gint64 count, const char *one, const char *many)
{
  if (count == 1)
    return g_strdup_printf ("1 %s", one);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s%s", count, many != NULL ? many : one,
                          many != NULL ? "" : "s");
}

char *
trk_format_fit (const TrkStyle *style, const char *text, gsize width)
{
  g_autofree char *shown = trk_style_text (style, text);

  return trk_format_shown_fit (style, shown, width);
}

char *
trk_format_shown_fit (const TrkStyle *style, const char *shown, gsize width)
{
  g_autofree char *cut = NULL;

  if (style->unicode || trk_text_width (shown) <= width)
    return trk_text_fit (shown, width);
  if (width < 4)
    return g_strndup (shown, width);
  /* "…" is one column, its plain form three */
  cut = trk_text_fit (shown, width - 2);
  return trk_style_text (style, cut);
}

/* No text is wider than it has bytes, so that most need not be measured. */
static gboolean
has_room (const char *text, gsize width)
{
  return strlen (text) <= width || trk_text_width (text) <= width;
}

/* Would it be the same after wrapping? So are nearly all titles and notes. */
static gboolean
is_one_line (const char *text, gsize width)
{
  return *text != '\0' && *text != ' ' && !g_str_has_suffix (text, " ")
         && strchr (text, '\n') == NULL && strstr (text, "  ") == NULL && has_room (text, width);
}

/* Blank lines at the end say nothing. */
static void
drop_blank_end (GStrv lines)
{
  for (gsize n = g_strv_length (lines); n > 0 && *g_strchomp (lines[n - 1]) == '\0'; n--)
    g_clear_pointer (&lines[n - 1], g_free);
}

GStrv
trk_format_shown_lines (const TrkStyle *style, const char *shown, gsize width)
{
  char **lines;

  if (is_one_line (shown, width))
    {
      lines = g_new0 (char *, 2);
      lines[0] = g_strdup (shown);
      return lines;
    }
  lines = trk_wrap_lines (shown, (guint) width);
  drop_blank_end (lines);
  for (char **line = lines; *line != NULL; line++)
    if (!has_room (*line, width)) /* a long word */
      {
        g_autofree char *whole = *line;

        *line = trk_format_fit (style, whole, width);
      }
  return lines;
}

GStrv
trk_format_lines (const TrkStyle *style, const char *text, gsize width)
{
  g_autofree char *shown = trk_style_text (style, text);

  return trk_format_shown_lines (style, shown, width);
}

/* Each of @lines behind @indent blanks. */
static void
indent_lines (GStrv lines, gsize indent)
{
  for (char **line = lines; *line != NULL && indent > 0; line++)
    {
      char *bare = *line;

      *line = g_strdup_printf ("%*s%s", (int) indent, "", bare);
      g_free (bare);
    }
}

GStrv
trk_format_title (const TrkStyle *style, const char *title, gsize width)
{
  g_autofree char *shown = trk_style_text (style, title); /* which is text, whatever @title holds */

  return trk_format_shown_title (style, shown, width);
}

GStrv
trk_format_shown_title (const TrkStyle *style, const char *shown, gsize width)
{
  gsize blanks = strspn (shown, " ");
  gsize indent = trk_text_width (shown) <= width ? blanks : MIN (blanks, width / 2);
  const char *bare = shown + blanks;
  GStrv lines = trk_format_shown_lines (style, bare, width - indent);
  g_autofree char *rest = NULL;

  if (g_strv_length (lines) > TITLE_LINES)
    {
      rest = g_strjoinv (" ", lines + TITLE_LINES - 1);
      for (char **more = lines + TITLE_LINES - 1; *more != NULL; more++)
        g_clear_pointer (more, g_free);
      lines[TITLE_LINES - 1] = trk_format_fit (style, rest, width - indent);
    }
  indent_lines (lines, indent);
  return lines;
}
