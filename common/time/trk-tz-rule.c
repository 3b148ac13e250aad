/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-tz-rule.h"

/* A number of at most @most; moves @text over it. */
static gboolean
scan_number (const char **text, int most, int *value)
{
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (*value = 0; g_ascii_isdigit (**text); (*text)++)
    {
      *value = *value * 10 + (**text - '0');
      if (*value > most)
        return FALSE;
    }
  return TRUE;
}

static gboolean
scan_mark (const char **text, char mark)
{
  if (**text != mark)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* "CET" or "<+0330>": what it is called does not matter here. */
static gboolean
scan_abbreviation (const char **text)
{
  const char *begin = *text;

  if (scan_mark (text, '<'))
    {
      while (g_ascii_isalnum (**text) || **text == '+' || **text == '-')
        (*text)++;
      return scan_mark (text, '>');
    }
  while (g_ascii_isalpha (**text))
    (*text)++;
  return *text - begin >= 3;
}

/* "[+-]h[h][:mm[:ss]]" */
static gboolean
scan_time (const char **text, int most_hours, TrkDuration *time)
{
  int sign = scan_mark (text, '-') ? -1 : 1;
  int hours, minutes = 0, seconds = 0;

  if (sign == 1)
    scan_mark (text, '+');
  if (!scan_number (text, most_hours, &hours))
    return FALSE;
  if (scan_mark (text, ':') && !scan_number (text, 59, &minutes))
    return FALSE;
  if (scan_mark (text, ':') && !scan_number (text, 59, &seconds))
    return FALSE;
  *time = sign * (hours * TRK_HOUR + minutes * TRK_MINUTE + seconds * TRK_SECOND);
  return TRUE;
}

/* POSIX counts westward. */
static gboolean
scan_offset (const char **text, TrkDuration *offset)
{
  if (!scan_time (text, 24, offset))
    return FALSE;
  *offset = -*offset;
  return TRUE;
}

static gboolean
scan_date (const char **text, TrkTzDate *date)
{
  gboolean read;

  date->time = 2 * TRK_HOUR;
  if (scan_mark (text, 'M'))
    {
      date->form = TRK_TZ_DATE_WEEKDAY;
      read = scan_number (text, 12, &date->month) && scan_mark (text, '.')
             && scan_number (text, 5, &date->week) && scan_mark (text, '.')
             && scan_number (text, 6, &date->day) && date->month >= 1 && date->week >= 1;
    }
  else if (scan_mark (text, 'J'))
    {
      date->form = TRK_TZ_DATE_NO_LEAP;
      read = scan_number (text, 365, &date->day) && date->day >= 1;
    }
  else
    {
      date->form = TRK_TZ_DATE_ZERO_DAY;
      read = scan_number (text, 365, &date->day);
    }
  return read && (!scan_mark (text, '/') || scan_time (text, 167, &date->time));
}

gboolean
trk_tz_rule_parse (const char *text, TrkTzRule *rule)
{
  static const TrkTzDate march = { TRK_TZ_DATE_WEEKDAY, 3, 2, 0, 2 * TRK_HOUR };
  static const TrkTzDate november = { TRK_TZ_DATE_WEEKDAY, 11, 1, 0, 2 * TRK_HOUR };

  *rule = (TrkTzRule){ .summer_from = march, .summer_to = november };
  if (!scan_abbreviation (&text) || !scan_offset (&text, &rule->standard))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  rule->has_summer = TRUE;
  rule->summer = rule->standard + TRK_HOUR;
  if (!scan_abbreviation (&text))
    return FALSE;
  if (*text != '\0' && *text != ',' && !scan_offset (&text, &rule->summer))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  return scan_mark (&text, ',') && scan_date (&text, &rule->summer_from) && scan_mark (&text, ',')
         && scan_date (&text, &rule->summer_to) && *text == '\0';
}

static TrkDay
weekday_in_month (int year, const TrkTzDate *date)
{
  TrkDay first = trk_day_from_ymd (year, date->month, 1);
  int weekday = date->day == 0 ? 7 : date->day; /* POSIX begins with Sunday, 0 */
  TrkDay day = first + (weekday - trk_day_weekday (first) + 7) % 7 + 7 * (date->week - 1);
  int real_year, month, mday;

  trk_day_to_ymd (day, &real_year, &month, &mday);
  return month == date->month ? day : day - 7;
}

/* The wall clock, before the change, of the change in @year. */
static TrkInstant
wall_in_year (int year, const TrkTzDate *date)
{
  TrkDay day;

  if (date->form == TRK_TZ_DATE_WEEKDAY)
    day = weekday_in_month (year, date);
  else if (date->form == TRK_TZ_DATE_ZERO_DAY)
    day = trk_day_from_ymd (year, 1, 1) + date->day;
  else
    {
      gboolean leap_past = trk_day_valid (year, 2, 29) && date->day >= 60;

      day = trk_day_from_ymd (year, 1, 1) + date->day - 1 + (leap_past ? 1 : 0);
    }
  return trk_instant_add (trk_local_to_wall ((TrkLocal){ .day = day }), date->time);
}

/* The next of the changes at @from and @to, else the year's end, behind which it has others. */
static TrkInstant
change_after (const TrkTzRule *rule, TrkInstant instant, int year, TrkInstant from, TrkInstant to)
{
  TrkLocal new_year = { .day = trk_day_from_ymd (year + 1, 1, 1) };
  TrkInstant until = trk_instant_add (trk_local_to_wall (new_year), -rule->standard);

  if (from > instant)
    until = MIN (until, from);
  return to > instant ? MIN (until, to) : until;
}

/* Summer time begins and ends once a year; where it ends first, the year begins and ends in it. */
TrkDuration
trk_tz_rule_offset (const TrkTzRule *rule, TrkInstant instant, TrkInstant *until)
{
  TrkDay day = trk_local_from_wall (trk_instant_add (instant, rule->standard)).day;
  int year, month, mday;
  TrkInstant from, to;
  gboolean summer;

  *until = TRK_NEVER;
  if (!rule->has_summer)
    return rule->standard;
  trk_day_to_ymd (day, &year, &month, &mday);
  from = trk_instant_add (wall_in_year (year, &rule->summer_from), -rule->standard);
  to = trk_instant_add (wall_in_year (year, &rule->summer_to), -rule->summer);
  summer = from < to ? instant >= from && instant < to : instant >= from || instant < to;
  *until = change_after (rule, instant, year, from, to);
  return summer ? rule->summer : rule->standard;
}
