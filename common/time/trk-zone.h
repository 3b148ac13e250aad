/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-day.h"
#include "trk-period.h"

G_BEGIN_DECLS

/* A time zone of the system's data. Refcounted, immutable. */
typedef struct _TrkZone TrkZone;

/* @id: an IANA name. TRK_ERROR_NOT_FOUND for one that the system does not know (names that are
 * paths, begin with "/" or ":" or hold ".." are refused, never opened).
 *
 * NULL is the system's zone, and never fails: TZ as tzset(3) reads it (empty is UTC, then a name, a
 * path, or a POSIX rule such as "CET-1CEST,M3.5.0,M10.5.0/3"), else /etc/localtime, else UTC. */
TrkZone *trk_zone_new (const char *id, GError **error);

/* The same as of NULL. @problem (nullable) gets why it is not the zone that was asked for: "TZ is
 * 'Mars/Olympus', which …"; NULL when all is well. A machine without /etc/localtime is well, and on
 * UTC (tzset(3)). Owned by the caller. */
TrkZone *trk_zone_new_system (char **problem);

/* The zone in a TZif file, called by the IANA name that the path or link tells, else by the path.
 * TRK_ERROR_NOT_FOUND when it cannot be read or is none. */
TrkZone *trk_zone_new_from_file (const char *path, GError **error);

/* The file that the system's zone comes from, to be watched; NULL when TZ says it all by itself.
 * Owned by the caller. */
char *trk_zone_system_file (void);

TrkZone *trk_zone_new_utc (void);
TrkZone *trk_zone_ref (TrkZone *zone);
void trk_zone_unref (TrkZone *zone);
const char *trk_zone_id (const TrkZone *zone);

/* Local reading of @instant. */
TrkLocal trk_zone_local (const TrkZone *zone, TrkInstant instant);

/* The instant of a local reading by RFC 5545 3.3.5 with erratum 4271: one that does not exist
 * takes the offset in force before the gap, one that exists twice is the first. */
TrkInstant trk_zone_instant (const TrkZone *zone, TrkLocal local);

/* Is one offset, which @offset gets, in force in all of @period? Then local readings in it are
 * plain arithmetic. May be FALSE where nobody knows. */
gboolean trk_zone_is_steady (const TrkZone *zone, TrkPeriod period, TrkDuration *offset);

/* Local ISO: "2026-11-23T09:00:00+01:00", and the reading of such texts: with "Z" or an offset the
 * instant is exact, without one it is local to @zone; a date alone is its midnight. */
char *trk_zone_format_iso (const TrkZone *zone, TrkInstant instant);
gboolean
trk_zone_parse (const TrkZone *zone, const char *text, TrkInstant *instant, GError **error);

/* "09:05", for people. */
char *trk_zone_format_time (const TrkZone *zone, TrkInstant instant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkZone, trk_zone_unref)

G_END_DECLS
