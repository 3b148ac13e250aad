/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day-part.h"

#include "trk-duration.h"
#include "trk-format.h"

/* The day of @instant, which as a rule is @day. */
static TrkDay
day_of (const TrkAlmanac *almanac, TrkInstant instant, TrkDay day, TrkPeriod bounds)
{
  return trk_period_contains (bounds, instant) ? day : trk_almanac_day (almanac, instant);
}

TrkDayPart
trk_day_part (const TrkAlmanac *almanac, TrkPeriod period, TrkDay day)
{
  TrkPeriod bounds = trk_almanac_day_period (almanac, day);
  TrkInstant last = trk_period_is_empty (period) ? period.start : period.end - 1;

  return (TrkDayPart){
    .day = day,
    .first = day_of (almanac, period.start, day, bounds),
    .last = day_of (almanac, last, day, bounds),
    .inside = trk_period_intersect (period, bounds),
    .before = trk_period_length ((TrkPeriod){ period.start, MIN (period.end, bounds.start) }),
    .after = trk_period_length ((TrkPeriod){ MAX (period.start, bounds.end), period.end }),
  };
}

void
trk_day_part_join (TrkDayPart *part, const TrkDayPart *other)
{
  part->first = MIN (part->first, other->first);
  part->last = MAX (part->last, other->last);
  part->before += other->before;
  part->after += other->after;
}

static char *
before_words (const TrkDayPart *part, TrkDay today)
{
  g_autofree char *length = NULL;
  g_autofree char *first = NULL;

  if (part->before == 0) /* of nearly all */
    return NULL;
  length = trk_duration_format (part->before);
  first = trk_format_day_short (part->first, today);
  return g_strdup_printf ("begun %s (%s of it %s)", first, length,
                          part->first == part->day - 1 ? "there" : "before");
}

static char *
after_words (const TrkDayPart *part, TrkDay today)
{
  g_autofree char *first = NULL;
  g_autofree char *length = NULL;
  g_autofree char *last = NULL;
  g_autofree char *next = NULL;

  if (part->after == 0)
    return NULL;
  first = trk_format_day_short (part->first, today);
  if (part->first > part->day) /* none of it is here: it was begun before its time */
    return g_strdup_printf ("planned for %s", first);
  length = trk_duration_format (part->after);
  last = trk_format_day_short (part->last, today);
  if (part->last == part->day + 1)
    return g_strdup_printf ("%s of it on %s", length, last);
  next = trk_format_day_short (part->day + 1, today);
  return g_strdup_printf ("%s of it from %s to %s", length, next, last);
}

char *
trk_day_part_words (const TrkDayPart *part, TrkDay today)
{
  g_autofree char *before = before_words (part, today);
  g_autofree char *after = after_words (part, today);

  if (before != NULL && after != NULL)
    return g_strdup_printf ("%s, %s", before, after);
  return before != NULL ? g_steal_pointer (&before) : g_steal_pointer (&after);
}
