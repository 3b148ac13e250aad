/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-component.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* How an event's local times become instants: by the system's zone data, by the rules of a
 * VTIMEZONE, or not at all (floating: bound to the user's zone, whatever that is when it is read;
 * then "instant" and wall clock are the same number). Refcounted, immutable. */
typedef struct _TrkTimezone TrkTimezone;

TrkTimezone *trk_timezone_new_floating (void);
TrkTimezone *trk_timezone_new_system (const char *id); /* NULL: the system does not know it */
TrkTimezone *trk_timezone_new_fixed (TrkDuration offset);

/* From @start (in local time before the change) to @end (in local time before that change) the
 * offset is @offset. */
typedef struct
{
  TrkInstant start, end;
  TrkDuration offset;
} TrkDaylight;

/* UTC plus @standard, but for @periods (of TrkDaylight, ascending). */
TrkTimezone *trk_timezone_new_daylight (TrkDuration standard, const GArray *periods);

/* "+0100", "-073000", and "+01:00" or "-05", which some write (3.3.14). FALSE: it is none. */
gboolean trk_utc_offset_parse (const char *text, TrkDuration *offset);

/* By the rules of a VTIMEZONE (3.6.5), to the year 2100. @budget is what they may cost, in steps.
 * TRK_ERROR_INVALID in words when it has no usable observance, or one with a rule finer than
 * DAILY. */
TrkTimezone *trk_timezone_new_rules (const TrkComponent *vtimezone, guint *budget, GError **error);

TrkTimezone *trk_timezone_ref (TrkTimezone *timezone);
void trk_timezone_unref (TrkTimezone *timezone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkTimezone, trk_timezone_unref)

gboolean trk_timezone_is_floating (const TrkTimezone *timezone);

/* RFC 5545 3.3.5 with erratum 4271: a time in a gap takes the offset before it, one that exists
 * twice is the first. */
TrkInstant trk_timezone_instant (const TrkTimezone *timezone, TrkInstant wall);
TrkInstant trk_timezone_wall (const TrkTimezone *timezone, TrkInstant instant);

G_END_DECLS
