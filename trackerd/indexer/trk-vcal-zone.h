/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-timezone.h"

G_BEGIN_DECLS

/* Where a vCalendar 1.0 was written: @home is its TZ ("-0500"), @daylight (of char*, nullable) its
 * DAYLIGHTs ("TRUE;-04;20260308T020000;20261101T020000;EST;EDT"); one that is unreadable is passed
 * over. Owned by the caller; NULL: @home is no offset. */
TrkTimezone *trk_vcal_zone_new (const char *home, const GPtrArray *daylight);

G_END_DECLS
