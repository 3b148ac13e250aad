/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-timezone.h"
#include "trk-value.h"

G_BEGIN_DECLS

/* A local time and how it becomes an instant. */
typedef struct
{
  TrkInstant wall;
  gboolean is_date;
  gboolean is_utc;   /* written so */
  TrkTimezone *zone; /* borrowed: the file's or the zone names' */
} TrkMoment;

/* The number that tells instances of one series apart: an instant, or the wall clock when the
 * moment is floating or a date. */
TrkInstant trk_moment_key (const TrkMoment *moment);

/* The end of what starts at @start, whose key is @key. The same kind of number. */
TrkInstant trk_moment_end (const TrkMoment *start, TrkInstant key, TrkLength length);

/* Is it a date, or a time that is bound to no zone? */
gboolean trk_moment_is_floating (const TrkMoment *moment);

G_END_DECLS
