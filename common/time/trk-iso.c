/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-iso.h"

gboolean
trk_iso_digits (const char **text, int digits, int *value)
{
  int result = 0;

  for (int i = 0; i < digits; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      result = result * 10 + ((*text)[i] - '0');
    }
  *text += digits;
  *value = result;
  return TRUE;
}

static gboolean
scan_character (const char **text, char expected)
{
  if (**text != expected)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
scan_date (const char **text, TrkDay *day)
{
  int year, month, mday;

  if (!trk_iso_digits (text, 4, &year) || !scan_character (text, '-')
      || !trk_iso_digits (text, 2, &month) || !scan_character (text, '-')
      || !trk_iso_digits (text, 2, &mday) || !trk_day_valid (year, month, mday))
    return FALSE;
  *day = trk_day_from_ymd (year, month, mday);
  return TRUE;
}

/* ".25": any number of digits, of which six count. */
static gboolean
scan_fraction (const char **text, TrkDuration *fraction)
{
  TrkDuration unit = TRK_SECOND / 10;

  *fraction = 0;
  if (**text != '.' && **text != ',')
    return TRUE;
  (*text)++;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    *fraction += (**text - '0') * unit;
  return TRUE;
}

/* "09:00", "09:00:30", "09:00:30.5"; 24:00 is the end of the day and a leap second the next minute,
 * as RFC 3339 allows both to be written. */
static gboolean
scan_time (const char **text, TrkDuration *time)
{
  int hour, minute, second = 0;
  TrkDuration fraction = 0;

  if (!trk_iso_digits (text, 2, &hour) || !scan_character (text, ':')
      || !trk_iso_digits (text, 2, &minute))
    return FALSE;
  if (scan_character (text, ':')
      && (!trk_iso_digits (text, 2, &second) || !scan_fraction (text, &fraction)))
    return FALSE;
  if (minute > 59 || second > 60)
    return FALSE;
  *time = hour * TRK_HOUR + minute * TRK_MINUTE + second * TRK_SECOND + fraction;
  return hour <= 23 || *time == 24 * TRK_HOUR;
}

static gboolean
scan_offset (const char **text, TrkIso *iso)
{
  int hours, minutes = 0;
  int sign = **text == '-' ? -1 : 1;

  if (**text == '\0')
    return TRUE;
  iso->has_offset = TRUE;
  if (scan_character (text, 'Z') || scan_character (text, 'z'))
    return TRUE;
  if (!scan_character (text, '+') && !scan_character (text, '-'))
    return FALSE;
  if (!trk_iso_digits (text, 2, &hours))
    return FALSE;
  if (scan_character (text, ':') || **text != '\0')
    if (!trk_iso_digits (text, 2, &minutes))
      return FALSE;
  iso->offset = sign * (hours * TRK_HOUR + minutes * TRK_MINUTE);
  return hours <= 23 && minutes <= 59;
}

gboolean
trk_iso_scan (const char *text, TrkIso *iso)
{
  TrkDuration time;

  *iso = (TrkIso){ 0 };
  if (!scan_date (&text, &iso->local.day))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  if (*text != 'T' && *text != 't' && *text != ' ')
    return FALSE;
  text++;
  if (!scan_time (&text, &time) || !scan_offset (&text, iso) || *text != '\0')
    return FALSE;
  iso->has_time = TRUE;
  iso->local.time = time;
  iso->local = trk_local_from_wall (trk_local_to_wall (iso->local));
  return TRUE;
}

TrkInstant
trk_iso_instant (const TrkIso *iso)
{
  return trk_local_to_wall (iso->local) - iso->offset;
}

gboolean
trk_day_from_iso (const char *text, TrkDay *day)
{
  TrkIso iso;

  if (!trk_iso_scan (text, &iso) || iso.has_time)
    return FALSE;
  *day = iso.local.day;
  return TRUE;
}
