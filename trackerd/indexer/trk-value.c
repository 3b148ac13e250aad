/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-value.h"

#include "trk-error.h"

#include <libical/ical.h>
#include <string.h>

static gboolean
invalid (GError **error, const char *format, const char *text)
{
  g_autofree char *shown = g_strndup (text, 60);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, format, shown);
#pragma GCC diagnostic pop
  return FALSE;
}

/* -- Dates ------------------------------------------------------------------------------------- */

/* @n digits at @p as a number, or -1. */
static int
digits (const char *p, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (p[i]))
        return -1;
      value = value * 10 + (p[i] - '0');
    }
  return value;
}

TrkInstant
trk_wall_midnight (TrkInstant wall)
{
  return wall - trk_local_from_wall (wall).time;
}

static gboolean
parse_time (const char *p, TrkDuration *time)
{
  int hour = digits (p, 2);
  int minute = hour < 0 ? -1 : digits (p + 2, 2);
  int second = minute < 0 ? -1 : digits (p + 4, 2);

  if (second < 0 || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  *time = hour * TRK_HOUR + minute * TRK_MINUTE + MIN (second, 59) * TRK_SECOND;
  return TRUE;
}

gboolean
trk_date_value_parse (const char *text, TrkDateValue *value, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strup (text, -1)); /* ABNF: "t" is "T" (2.1) */
  gsize length = strlen (trimmed);
  int year = digits (trimmed, 4);
  int month = year < 0 ? -1 : digits (trimmed + 4, 2);
  int day = month < 0 ? -1 : digits (trimmed + 6, 2);
  TrkDuration time = 0;

  if (day < 0)
    return invalid (error, "“%s” is no date (RFC 5545 3.3.4)", trimmed);
  if (!trk_day_valid (year, month, day))
    return invalid (error, "“%s”: there is no such day", trimmed);
  value->is_date = length == 8;
  value->is_utc = length == 16 && trimmed[15] == 'Z';
  if (!value->is_date && !value->is_utc && length != 15)
    return invalid (error, "“%s” is no date and time (RFC 5545 3.3.5)", trimmed);
  if (!value->is_date && (trimmed[8] != 'T' || !parse_time (trimmed + 9, &time)))
    return invalid (error, "“%s”: there is no such time of day", trimmed);
  value->wall = trk_day_from_ymd (year, month, day) * 24 * TRK_HOUR + time;
  return TRUE;
}

/* -- Durations --------------------------------------------------------------------------------- */

/* libical reads past what does not belong there ("PT1H30", "P") and overflows; so the form is
 * checked first: digits and units by turns, at most six digits each, ending with a unit. */
static gboolean
is_duration (const char *text)
{
  const char *p = text + (*text == '+' || *text == '-');
  int run = 0, units = 0;

  if (*p++ != 'P')
    return FALSE;
  for (; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        run++;
      else if (*p == 'T' && run == 0)
        continue;
      else if (run == 0 || strchr ("WDHMS", *p) == NULL)
        return FALSE;
      else
        run = 0, units++;
      if (run > 6)
        return FALSE;
    }
  return run == 0 && units > 0;
}

gboolean
trk_length_parse (const char *text, TrkLength *length, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strup (text, -1));
  struct icaldurationtype value;
  int sign;

  if (!is_duration (trimmed))
    return invalid (error, "“%s” is no duration (RFC 5545 3.3.6)", trimmed);
  value = icaldurationtype_from_string (trimmed);
  if (icaldurationtype_is_bad_duration (value))
    return invalid (error, "“%s” is no duration (RFC 5545 3.3.6)", trimmed);
  sign = value.is_neg ? -1 : 1;
  length->days = sign * (int) (value.weeks * 7 + value.days);
  length->exact =
      sign * (value.hours * TRK_HOUR + value.minutes * TRK_MINUTE + value.seconds * TRK_SECOND);
  if (ABS (length->days) > 11000 || ABS (length->exact) > 11000 * 24 * TRK_HOUR)
    return invalid (error, "“%s” is longer than thirty years", trimmed);
  return TRUE;
}
