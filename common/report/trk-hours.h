/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* How much of @set lies in each hour of the wall clock (0–23) in @zone; the sum is the set's
 * length, also over days of 23 or 25 hours. */
void trk_hours (const TrkPeriodSet *set, const TrkZone *zone, TrkDuration hours[24]);

G_END_DECLS
