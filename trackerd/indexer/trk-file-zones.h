/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-timezone.h"

G_BEGIN_DECLS

/* The VTIMEZONEs of one file: where they stand, by the calendar they are in and their name. Their
 * rules are read when an event needs them. */
typedef struct
{
  gsize offset, length;  /* in the file */
  guint line;            /* of its BEGIN */
  guint calendar;        /* which VCALENDAR of the file */
  TrkTimezone *timezone; /* (owned) (nullable) until then, and when it is unusable */
  gboolean tried;
} TrkZoneRange;

typedef struct
{
  GPtrArray *ranges;   /* of TrkZoneRange, (owned) */
  GHashTable *by_name; /* of char* → TrkZoneRange; (owned) */
} TrkFileZones;

TrkFileZones *trk_file_zones_new (void);
void trk_file_zones_free (TrkFileZones *zones);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFileZones, trk_file_zones_free)

/* A zone's name is text in TZID and plain in a parameter, and not everyone keeps to that: @written
 * without backslashes, quotes and surrounding spaces. Owned by the caller. */
char *trk_file_zones_name (const char *written);

/* @range is copied. The first of one name in one calendar counts. */
void trk_file_zones_add (TrkFileZones *zones, const char *tzid, const TrkZoneRange *range);

/* The zone of that name (in any case) in VCALENDAR @calendar, else in another of the file. NULL:
 * none. */
TrkZoneRange *trk_file_zones_find (const TrkFileZones *zones, const char *tzid, guint calendar);

G_END_DECLS
