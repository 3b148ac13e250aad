/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recurrence-walk.h"

/* Rules of HOURLY and shorter. */

static const TrkDuration one_day = 24 * TRK_HOUR;

static gboolean
has_bit (guint64 mask, gint64 bit)
{
  return mask == 0 || (mask & (G_GUINT64_CONSTANT (1) << bit)) != 0;
}

/* When the period at @at cannot match: where the next one that might begins. Else @at. */
static TrkInstant
next_possible (const TrkWalk *walk, TrkInstant at)
{
  const TrkRecurrence *rule = walk->rule;
  TrkLocal local = trk_local_from_wall (at);

  if (!trk_walk_day_matches (walk, local.day))
    return (local.day + 1) * one_day;
  if (!has_bit (rule->hours, local.time / TRK_HOUR))
    return at - local.time % TRK_HOUR + TRK_HOUR;
  if (rule->freq <= TRK_FREQ_MINUTELY && !has_bit (rule->minutes, local.time / TRK_MINUTE % 60))
    return at - local.time % TRK_MINUTE + TRK_MINUTE;
  if (rule->freq == TRK_FREQ_SECONDLY && !has_bit (rule->seconds, local.time / TRK_SECOND % 60))
    return at + TRK_SECOND;
  return at;
}

static gboolean
short_period_candidates (TrkWalk *walk, TrkInstant at)
{
  if (walk->rule->freq == TRK_FREQ_HOURLY)
    return trk_walk_hour (walk, at);
  if (walk->rule->freq == TRK_FREQ_SECONDLY)
    return trk_walk_candidate (walk, at);
  return trk_walk_minute (walk, at);
}

gboolean
trk_walk_hours (TrkWalk *walk)
{
  TrkDuration unit = walk->rule->freq == TRK_FREQ_HOURLY     ? TRK_HOUR
                     : walk->rule->freq == TRK_FREQ_MINUTELY ? TRK_MINUTE
                                                             : TRK_SECOND;
  TrkDuration stride = unit * walk->rule->interval;
  TrkInstant base = walk->start - walk->first.time % unit;
  TrkInstant at = base;

  if (walk->rule->count == 0 && walk->from - unit > base)
    at += (walk->from - unit - base) / stride * stride;
  while (at < walk->to && !walk->done)
    {
      TrkInstant possible = next_possible (walk, at);

      if (possible > at)
        at += (possible - at + stride - 1) / stride * stride;
      else if (!short_period_candidates (walk, at))
        return FALSE;
      else
        at += stride;
      if (!trk_walk_period_end (walk))
        return FALSE;
      if (walk->rule->has_until && at > walk->rule->until)
        break;
    }
  return TRUE;
}
