/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hours.h"

void
trk_hours (const TrkPeriodSet *set, const TrkZone *zone, TrkDuration hours[24])
{
  for (guint i = 0; i < 24; i++)
    hours[i] = 0;
  for (guint i = 0; i < set->len; i++)
    {
      TrkPeriod period = trk_period_set_nth (set, i);

      while (period.start < period.end)
        {
          TrkDuration time = trk_zone_local (zone, period.start).time;
          TrkInstant next = MIN (period.end, period.start + TRK_HOUR - time % TRK_HOUR);

          hours[time / TRK_HOUR] += next - period.start;
          period.start = next;
        }
    }
}
