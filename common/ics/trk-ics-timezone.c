/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-timezone.h"

#include "trk-ics-text.h"
#include "trk-ics-time.h"

enum
{
  YEARS = 11 /* that are looked at */
};

#define DAY (24 * TRK_HOUR)

/* A moment at which the offset changes. */
typedef struct
{
  TrkLocal local; /* by the clock before it */
  TrkDuration from, to;
} Change;

/* On which weekday of which month changes happen, every year. */
typedef struct
{
  int month, weekday;
  int week; /* 1–4; 5: the last */
} Rule;

static TrkDuration
offset_at (const TrkZone *zone, TrkInstant instant)
{
  return trk_local_to_wall (trk_zone_local (zone, instant)) - instant;
}

/* The first second in (@before, @after] with the offset of @after. */
static TrkInstant
find_change (const TrkZone *zone, TrkInstant before, TrkInstant after)
{
  while (after - before > TRK_SECOND)
    {
      TrkInstant middle = before + (after - before) / 2 / TRK_SECOND * TRK_SECOND;

      if (offset_at (zone, middle) == offset_at (zone, before))
        before = middle;
      else
        after = middle;
    }
  return after;
}

static GArray *
changes_of (const TrkZone *zone, int first_year)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  TrkInstant at = trk_day_from_ymd (first_year, 1, 1) * DAY;
  const TrkInstant end = trk_day_from_ymd (first_year + YEARS, 1, 1) * DAY;

  for (; at < end; at += DAY)
    if (offset_at (zone, at) != offset_at (zone, at + DAY))
      {
        TrkInstant moment = find_change (zone, at, at + DAY);
        const Change change = { trk_local_from_wall (moment + offset_at (zone, at)),
                                offset_at (zone, at), offset_at (zone, moment) };

        g_array_append_val (changes, change);
      }
  return changes;
}

/* The rule of every second change from @first on; FALSE when there is none. What clocks change from
 * is what the other rule changes them to. */
static gboolean
find_rule (const GArray *changes, guint first, Rule *rule)
{
  const Change *model = &g_array_index (changes, Change, first);
  gboolean last = TRUE, same = TRUE;
  int year, month, mday, week = 0;

  for (guint i = first; i < changes->len; i += 2)
    {
      const Change *change = &g_array_index (changes, Change, i);
      int next_month, ignored;

      trk_day_to_ymd (change->local.day, &year, &month, &mday);
      trk_day_to_ymd (change->local.day + 7, &ignored, &next_month, &ignored);
      if (i == first)
        *rule = (Rule){ month, trk_day_weekday (change->local.day), 0 };
      week = i == first ? (mday + 6) / 7 : week;
      same = same && week == (mday + 6) / 7;
      last = last && next_month != month;
      if (month != rule->month || trk_day_weekday (change->local.day) != rule->weekday
          || change->local.time != model->local.time || change->to != model->to)
        return FALSE;
    }
  rule->week = last ? 5 : week;
  return last || (same && week < 5);
}

/* -- Writing ----------------------------------------------------------------------------------- */

static void
append_offset (GString *out, const char *name, TrkDuration offset, const char *eol)
{
  int seconds = (int) (ABS (offset) / TRK_SECOND);

  g_string_append_printf (out, "%s:%c%02d%02d", name, offset < 0 ? '-' : '+', seconds / 3600,
                          seconds / 60 % 60);
  if (seconds % 60 > 0)
    g_string_append_printf (out, "%02d", seconds % 60);
  g_string_append (out, eol);
}

static void
append_observance (
    GString *out, const Change *change, const char *rule, gboolean summer, const char *eol)
{
  const char *name = summer ? "DAYLIGHT" : "STANDARD";
  g_autofree char *start = trk_ics_time_write (change->local, TRK_ICS_FLOATING);

  g_string_append_printf (out, "BEGIN:%s%sDTSTART:%s%s", name, eol, start, eol);
  append_offset (out, "TZOFFSETFROM", change->from, eol);
  append_offset (out, "TZOFFSETTO", change->to, eol);
  if (rule != NULL)
    g_string_append_printf (out, "RRULE:%s%s", rule, eol);
  g_string_append_printf (out, "END:%s%s", name, eol);
}

static void
append_yearly (GString *out, const GArray *changes, guint first, const Rule *rule, const char *eol)
{
  static const char days[] = "MOTUWETHFRSASU";
  const Change *change = &g_array_index (changes, Change, first);
  g_autofree char *text =
      g_strdup_printf ("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%.2s", rule->month,
                       rule->week == 5 ? -1 : rule->week, days + (rule->weekday - 1) * 2);

  append_observance (out, change, text, change->to > change->from, eol);
}

static void
append_listed (
    GString *out, const TrkZone *zone, int first_year, const GArray *changes, const char *eol)
{
  const TrkDay day = trk_day_from_ymd (changes->len > 0 ? first_year : 1970, 1, 1);
  TrkDuration offset = offset_at (zone, trk_day_from_ymd (first_year, 1, 1) * DAY);
  const Change first = { { .day = day }, offset, offset };

  append_observance (out, &first, NULL, FALSE, eol);
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      append_observance (out, change, NULL, change->to > change->from, eol);
    }
}

char *
trk_ics_timezone_text (const TrkZone *zone, const char *tzid, int year, const char *eol)
{
  g_autoptr (GArray) changes = changes_of (zone, year - 1);
  GString *out = g_string_new (NULL);
  g_autofree char *escaped = trk_ics_escape (tzid);
  g_autofree char *name = g_strconcat ("TZID:", escaped, NULL);
  Rule one, other;

  g_string_append_printf (out, "BEGIN:VTIMEZONE%s", eol);
  trk_ics_append_line (out, name, eol);
  if (changes->len == 2 * YEARS && find_rule (changes, 0, &one) && find_rule (changes, 1, &other))
    {
      append_yearly (out, changes, 0, &one, eol);
      append_yearly (out, changes, 1, &other, eol);
    }
  else
    append_listed (out, zone, year - 1, changes, eol);
  g_string_append_printf (out, "END:VTIMEZONE%s", eol);
  return g_string_free (out, FALSE);
}
