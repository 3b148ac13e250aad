/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* The one answer to "which day does this belong to?": a zone, the time of day at which a day
 * begins, and the weekday at which a week begins. Everything (plan, reports, streaks, WHEN) asks
 * here. A plain value; @zone is borrowed and must outlive it. */
typedef struct
{
  const TrkZone *zone;
  TrkDuration start_of_day; /* 0 ≤ … < 24 h; 4 h by default */
  int week_start;           /* 1 Monday … 7 Sunday */
} TrkAlmanac;

#define TRK_DEFAULT_START_OF_DAY (4 * TRK_HOUR)

/* The weekday (1–7) at which the locale's week begins (LC_TIME); Monday when it does not tell. */
int trk_almanac_locale_week_start (void);

TrkDay trk_almanac_day (const TrkAlmanac *almanac, TrkInstant instant);
TrkPeriod trk_almanac_day_period (const TrkAlmanac *almanac, TrkDay day); /* 23, 24 or 25 h … */
TrkDay trk_almanac_week_first (const TrkAlmanac *almanac, TrkDay day);
TrkPeriod trk_almanac_days_period (const TrkAlmanac *almanac, TrkDay first, TrkDay last);

G_END_DECLS
