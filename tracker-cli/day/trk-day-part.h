/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"

G_BEGIN_DECLS

/* What crosses start_of_day belongs to more than one day: each lists it with its real start and
 * end, counts the part inside, and says where the rest is. */
typedef struct
{
  TrkDay day;
  TrkDay first, last;        /* days in which the whole begins and ends */
  TrkPeriod inside;          /* the part in @day; empty: none */
  TrkDuration before, after; /* the parts in the days before and after it */
} TrkDayPart;

/* The part of @period (not open) that lies in @day. */
TrkDayPart trk_day_part (const TrkAlmanac *almanac, TrkPeriod period, TrkDay day);

/* Adds @other's rest to @part: two of the same day that are shown as one. */
void trk_day_part_join (TrkDayPart *part, const TrkDayPart *other);

/* Where the rest is: "2 h of it on Wed 11 Nov", "begun Tue 10 Nov (6 h of it there)", both;
 * "planned for Thu 12 Nov" when all of it comes later; NULL when there is none. @today: in the year
 * of which no year is named. Owned by the caller. */
char *trk_day_part_words (const TrkDayPart *part, TrkDay today);

G_END_DECLS
