/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* Civil days since 1970-01-01 (a Thursday, day 0); proleptic Gregorian, may be negative. */
typedef gint32 TrkDay;

/* A wall clock's reading: a day and µs since its midnight, 0 ≤ µs < 86,400,000,000. */
typedef struct
{
  TrkDay day;
  TrkDuration time;
} TrkLocal;

TrkDay trk_day_from_ymd (int year, int month, int day); /* month 1–12, day 1–31; not checked */
void trk_day_to_ymd (TrkDay day, int *year, int *month, int *mday);
gboolean trk_day_valid (int year, int month, int mday); /* exists in the calendar; years 1–9999 */
int trk_day_weekday (TrkDay day);                       /* 1 Monday … 7 Sunday (ISO 8601) */
void trk_day_iso_week (TrkDay day, int *year, int *week);
char *trk_day_to_iso (TrkDay day); /* "2026-11-23", owned by the caller */
gboolean trk_day_from_iso (const char *text, TrkDay *day);

/* A local reading as one number: what an instant would be if the zone were UTC. Sorting and adding
 * exact lengths to wall-clock times is plain arithmetic on it. */
TrkInstant trk_local_to_wall (TrkLocal local);
TrkLocal trk_local_from_wall (TrkInstant wall);

/* A time zone of the system's data. Refcounted, immutable. */
typedef struct _TrkZone TrkZone;

/* @id: an IANA name, or NULL for the one that TZ or /etc/localtime name now. NULL result with
 * TRK_ERROR_NOT_FOUND for a name that the system does not know (names that are paths, begin with
 * "/" or ":" or hold ".." are refused, never opened). */
TrkZone *trk_zone_new (const char *id, GError **error);
TrkZone *trk_zone_new_utc (void);
TrkZone *trk_zone_ref (TrkZone *zone);
void trk_zone_unref (TrkZone *zone);
const char *trk_zone_id (const TrkZone *zone);

/* Local reading of @instant. */
TrkLocal trk_zone_local (const TrkZone *zone, TrkInstant instant);

/* The instant of a local reading by RFC 5545 3.3.5 with erratum 4271: one that does not exist
 * takes the offset in force before the gap, one that exists twice is the first. */
TrkInstant trk_zone_instant (const TrkZone *zone, TrkLocal local);

/* Local ISO: "2026-11-23T09:00:00+01:00", and the reading of such texts: with "Z" or an offset the
 * instant is exact, without one it is local to @zone; a date alone is its midnight. */
char *trk_zone_format_iso (const TrkZone *zone, TrkInstant instant);
gboolean trk_zone_parse (const TrkZone *zone, const char *text, TrkInstant *instant, GError **error);

/* "09:05", for people. */
char *trk_zone_format_time (const TrkZone *zone, TrkInstant instant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkZone, trk_zone_unref)

G_END_DECLS
