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

/* What was read so far of a date and time. */
typedef struct
{
  const char *at;
  gboolean is_long;
} Reading;

/* Passes over @c. FALSE: it is not there. */
static gboolean
pass (Reading *reading, char c)
{
  if (*reading->at != c)
    return FALSE;
  reading->at++;
  reading->is_long = TRUE;
  return TRUE;
}

/* The next two digits, or -1. */
static int
pair (Reading *reading)
{
  int number = digits (reading->at, 2);

  if (number >= 0)
    reading->at += 2;
  return number;
}

/* "100000", "10:00:00", "10:00", "10:00:00.000" */
static gboolean
parse_time (Reading *reading, TrkDuration *time)
{
  int hour = pair (reading), minute, second = 0;
  gboolean colon = pass (reading, ':');

  minute = hour < 0 ? -1 : pair (reading);
  if (minute < 0)
    return FALSE;
  if (colon ? pass (reading, ':') : g_ascii_isdigit (*reading->at))
    second = pair (reading);
  else
    reading->is_long = TRUE;
  if (second >= 0 && (pass (reading, '.') || pass (reading, ',')))
    reading->at += strspn (reading->at, "0123456789");
  if (second < 0 || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  *time = hour * TRK_HOUR + minute * TRK_MINUTE + MIN (second, 59) * TRK_SECOND;
  return TRUE;
}

/* "", "Z", "+01:00" */
static gboolean
parse_offset (Reading *reading, TrkDateValue *value)
{
  int sign = *reading->at == '-' ? -1 : 1, hours, minutes;

  value->is_utc = *reading->at != '\0';
  if (*reading->at == '\0')
    return TRUE;
  if (*reading->at == 'Z')
    return *++reading->at == '\0';
  if (!pass (reading, '+') && !pass (reading, '-'))
    return FALSE;
  hours = pair (reading);
  pass (reading, ':');
  minutes = *reading->at != '\0' ? pair (reading) : 0;
  value->wall -= sign * (hours * TRK_HOUR + minutes * TRK_MINUTE);
  return hours >= 0 && hours < 16 && minutes >= 0 && minutes < 60 && *reading->at == '\0';
}

/* "20261122", "2026-11-22" */
static gboolean
parse_day (Reading *reading, const char *text, TrkInstant *midnight, GError **error)
{
  int year = digits (text, 4), month = -1, day = -1;
  gboolean hyphen = FALSE;

  reading->at = text;
  if (year >= 0)
    {
      reading->at += 4;
      hyphen = pass (reading, '-');
      month = pair (reading);
    }
  if (month >= 0 && (!hyphen || pass (reading, '-')))
    day = pair (reading);
  if (day < 0)
    return invalid (error, "“%s” is no date (RFC 5545 3.3.4)", text);
  if (!trk_day_valid (year, month, day))
    return invalid (error, "“%s”: there is no such day", text);
  *midnight = trk_day_from_ymd (year, month, day) * 24 * TRK_HOUR;
  return TRUE;
}

gboolean
trk_date_value_parse (const char *text, TrkDateValue *value, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strup (text, -1)); /* ABNF: "t" is "T" (2.1) */
  Reading reading = { 0 };
  TrkDuration time = 0;

  if (!parse_day (&reading, trimmed, &value->wall, error))
    return FALSE;
  if (g_str_equal (reading.at, "Z")) /* a date has no zone */
    pass (&reading, 'Z');
  value->is_date = *reading.at == '\0';
  value->is_utc = FALSE;
  if (!value->is_date && *reading.at != 'T' && *reading.at != ' ')
    return invalid (error, "“%s” is no date and time (RFC 5545 3.3.5)", trimmed);
  if (!value->is_date)
    {
      reading.is_long |= *reading.at++ == ' ';
      if (!parse_time (&reading, &time))
        return invalid (error, "“%s”: there is no such time of day", trimmed);
      value->wall += time;
      if (!parse_offset (&reading, value))
        return invalid (error, "“%s” is no date and time (RFC 5545 3.3.5)", trimmed);
    }
  value->is_long = reading.is_long;
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
