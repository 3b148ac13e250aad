/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-period.h"

gboolean
trk_period_is_empty (TrkPeriod period)
{
  return period.end <= period.start;
}

TrkDuration
trk_period_length (TrkPeriod period)
{
  TrkDuration length;

  if (trk_period_is_empty (period))
    return 0;
  if (period.end == TRK_NEVER || __builtin_sub_overflow (period.end, period.start, &length))
    return TRK_NEVER;
  return length;
}

gboolean
trk_period_contains (TrkPeriod period, TrkInstant instant)
{
  return period.start <= instant && instant < period.end;
}

gboolean
trk_period_overlaps (TrkPeriod a, TrkPeriod b)
{
  return MAX (a.start, b.start) < MIN (a.end, b.end);
}

TrkPeriod
trk_period_intersect (TrkPeriod a, TrkPeriod b)
{
  TrkInstant start = MAX (a.start, b.start);

  return (TrkPeriod){ .start = start, .end = MAX (start, MIN (a.end, b.end)) };
}
