/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-iso.h"
#include "trk-when-words.h"

#include <string.h>

#define WANTED_MOMENT                                                                              \
  "a moment: try 09:10, tue 09:00, yesterday 17:30, 2026-11-23 09:00, now, -10m or +1h"
#define WANTED_PERIOD                                                                              \
  "a stretch of time: try 09:10-10:00, 09:10 50m, yesterday 22:00-01:00 or -50m..now"

/* What every reading needs to know. */
typedef struct
{
  const TrkAlmanac *almanac;
  TrkInstant now;
} Context;

/* "9am", "5:30 pm" → hours of 24; FALSE when there is no such hour. */
static gboolean
apply_half_day (char *text, int *hour)
{
  gsize length = strlen (text);
  gboolean afternoon;

  if (length < 3 || text[length - 1] != 'm' || strchr ("ap", text[length - 2]) == NULL)
    return FALSE;
  afternoon = text[length - 2] == 'p';
  text[length - 2] = '\0';
  g_strchomp (text);
  *hour = afternoon ? 12 : 0;
  return TRUE;
}

/* "9", "09:10", "09:10:30", "9am", "noon", "24:00". */
static gboolean
parse_time (const char *text, TrkDuration *time)
{
  g_autofree char *clock = g_strdup (text);
  int v[3] = { 0 }, half = 0;
  gboolean halves = apply_half_day (clock, &half);

  if (g_str_equal (text, "noon"))
    v[0] = 12;
  else if (!trk_when_scan (clock, "2", v) && !trk_when_scan (clock, "2:2", v)
           && !trk_when_scan (clock, "2:2:2", v))
    return FALSE;
  if (halves && (v[0] < 1 || v[0] > 12))
    return FALSE;
  if (halves)
    v[0] = v[0] % 12 + half;
  *time = v[0] * TRK_HOUR + v[1] * TRK_MINUTE + v[2] * TRK_SECOND;
  return v[1] <= 59 && v[2] <= 59 && *time <= 24 * TRK_HOUR;
}

static TrkInstant
at_civil (const Context *context, TrkDay day, TrkDuration time)
{
  TrkLocal local = { .day = day, .time = time };

  return trk_zone_instant (context->almanac->zone, local);
}

/* The moment of the almanac's day at which the clock shows @time: before the start of the day it is
 * the night after. */
static TrkInstant
at_almanac (const Context *context, TrkDay day, TrkDuration time)
{
  return at_civil (context, time < context->almanac->start_of_day ? day + 1 : day, time);
}

static gboolean
at_day (const Context *context, const char *day, const char *clock, TrkInstant *instant)
{
  TrkDay today = trk_almanac_day (context->almanac, context->now);
  TrkDuration time;
  TrkWhenDays days;

  if (!parse_time (clock, &time) || !trk_when_days (day, context->almanac, today, &days)
      || days.first != days.last)
    return FALSE;
  *instant =
      days.civil ? at_civil (context, days.first, time) : at_almanac (context, days.first, time);
  return TRUE;
}

/* "tue 09:00", "09:00 tue": parted at any of the spaces. */
static gboolean
parse_day_and_time (const Context *context, const char *text, TrkInstant *instant)
{
  for (const char *space = strchr (text, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      g_autofree char *left = g_strndup (text, space - text);

      if (at_day (context, left, space + 1, instant) || at_day (context, space + 1, left, instant))
        return TRUE;
    }
  return FALSE;
}

static gboolean
parse_iso (const Context *context, const char *text, TrkInstant *instant)
{
  TrkIso iso;

  if (!trk_iso_scan (text, &iso) || !iso.has_time)
    return FALSE;
  *instant = iso.has_offset ? trk_iso_instant (&iso)
                            : trk_zone_instant (context->almanac->zone, iso.local);
  return TRUE;
}

/* "-10m", "+1h", "10m ago", "in 10m". */
static gboolean
parse_relative (const Context *context, const char *text, TrkInstant *instant)
{
  gboolean ago = g_str_has_suffix (text, " ago");
  gboolean ahead = *text == '+' || g_str_has_prefix (text, "in ");
  g_autofree char *length = NULL;
  TrkDuration duration;

  if (!ago && !ahead && *text != '-')
    return FALSE;
  if (ago)
    length = g_strndup (text, strlen (text) - strlen (" ago"));
  else
    length = g_strdup (text + (*text == 'i' ? strlen ("in ") : 1));
  if (!trk_duration_parse (length, &duration, NULL))
    return FALSE;
  *instant = trk_instant_add (context->now, ahead ? duration : -duration);
  return TRUE;
}

/* A normalised text that says a time. */
static gboolean
parse_moment (const Context *context, const char *text, TrkInstant *instant)
{
  TrkDuration time;

  if (g_str_equal (text, "now"))
    {
      *instant = context->now;
      return TRUE;
    }
  if (parse_time (text, &time))
    {
      TrkDay today = trk_almanac_day (context->almanac, context->now);

      *instant = at_almanac (context, today, time);
      return TRUE;
    }
  return parse_iso (context, text, instant) || parse_relative (context, text, instant)
         || parse_day_and_time (context, text, instant);
}

/* A day alone stands for its start where a moment is wanted. */
static gboolean
parse_start_of_day (const Context *context, const char *text, TrkInstant *instant)
{
  TrkDay today = trk_almanac_day (context->almanac, context->now);
  TrkWhenDays days;

  if (!trk_when_days (text, context->almanac, today, &days) || days.first != days.last)
    return FALSE;
  *instant = trk_almanac_day_period (context->almanac, days.first).start;
  return TRUE;
}

gboolean
trk_when_parse_instant (const char *text,
                        const TrkAlmanac *almanac,
                        TrkInstant now,
                        TrkInstant *instant,
                        GError **error)
{
  g_autofree char *normal = trk_when_normalise (text);
  Context context = { .almanac = almanac, .now = now };
  TrkInstant found;

  if (normal == NULL
      || (!parse_moment (&context, normal, &found)
          && !parse_start_of_day (&context, normal, &found)))
    return trk_when_fail (text, WANTED_MOMENT, error);
  *instant = found;
  return TRUE;
}

/* The end of a period from @start: a time alone is the next at which the clock shows it. */
static gboolean
parse_end (const Context *context, const char *text, TrkInstant start, TrkInstant *end)
{
  TrkDay day = trk_zone_local (context->almanac->zone, start).day;
  TrkDuration time;

  if (!parse_time (text, &time))
    return parse_moment (context, text, end);
  *end = at_civil (context, day, time);
  if (*end <= start)
    *end = at_civil (context, day + 1, time);
  return TRUE;
}

typedef struct
{
  TrkPeriod period;
  gboolean without_day; /* times of day alone were said */
} Stretch;

static gboolean
is_time (const char *text)
{
  TrkDuration time;

  return parse_time (text, &time);
}

/* @text parted at @at into "start" and, @width bytes on, "end". */
static gboolean
parse_parted (
    const Context *context, const char *text, const char *at, gsize width, Stretch *stretch)
{
  g_autofree char *left = g_strchomp (g_strndup (text, at - text));
  const char *right = at + width + (at[width] == ' ' ? 1 : 0);

  stretch->without_day = is_time (left) && is_time (right);
  return parse_moment (context, left, &stretch->period.start)
         && parse_end (context, right, stretch->period.start, &stretch->period.end);
}

/* The last "-" first: those before it may belong to a date. */
static gboolean
parse_between (const Context *context, const char *text, Stretch *stretch)
{
  static const char *const marks[] = { "..", "–", "—", " to ", " until " };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *at = strstr (text, marks[i]);

      if (at != NULL && parse_parted (context, text, at, strlen (marks[i]), stretch))
        return TRUE;
    }
  for (const char *at = text + strlen (text); at > text; at--)
    if (*at == '-' && parse_parted (context, text, at, 1, stretch))
      return TRUE;
  return FALSE;
}

/* "09:10 50m", "yesterday 09:10 for 1h 30m": parted at the first space where both sides fit. */
static gboolean
parse_start_and_length (const Context *context, const char *text, Stretch *stretch)
{
  for (const char *space = strchr (text, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      g_autofree char *left = g_strndup (text, space - text);
      const char *right = space + 1;
      TrkDuration length;

      right += g_str_has_prefix (right, "for ") ? strlen ("for ") : *right == '+' ? 1 : 0;
      if (strpbrk (right, "smhd") != NULL && trk_duration_parse (right, &length, NULL)
          && parse_moment (context, left, &stretch->period.start))
        {
          stretch->without_day = is_time (left);
          stretch->period.end = trk_instant_add (stretch->period.start, length);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
parse_stretch (const Context *context, const char *text, Stretch *stretch, GError **error)
{
  g_autofree char *normal = trk_when_normalise (text);

  if (normal == NULL
      || (!parse_between (context, normal, stretch)
          && !parse_start_and_length (context, normal, stretch)))
    return trk_when_fail (text, WANTED_PERIOD, error);
  if (trk_period_is_empty (stretch->period))
    return trk_when_fail (text, "a stretch of time: it ends before it begins", error);
  return TRUE;
}

gboolean
trk_when_parse_period (
    const char *text, const TrkAlmanac *almanac, TrkInstant now, TrkPeriod *period, GError **error)
{
  const Context context = { .almanac = almanac, .now = now };
  Stretch found;

  if (!parse_stretch (&context, text, &found, error))
    return FALSE;
  *period = found.period;
  return TRUE;
}

/* The same times of the clock on the day before. */
static TrkPeriod
day_before (const TrkZone *zone, TrkPeriod period)
{
  TrkLocal start = trk_zone_local (zone, period.start);
  TrkLocal end = trk_zone_local (zone, period.end);

  start.day--;
  end.day--;
  return (TrkPeriod){ trk_zone_instant (zone, start), trk_zone_instant (zone, end) };
}

gboolean
trk_when_parse_past_period (
    const char *text, const TrkAlmanac *almanac, TrkInstant now, TrkPeriod *period, GError **error)
{
  const Context context = { .almanac = almanac, .now = now };
  Stretch found;
  TrkPeriod before;

  if (!parse_stretch (&context, text, &found, error))
    return FALSE;
  before = day_before (almanac->zone, found.period);
  if (found.without_day && found.period.start >= now && before.end <= now
      && !trk_period_is_empty (before))
    *period = before;
  else
    *period = found.period;
  return TRUE;
}
