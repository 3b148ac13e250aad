/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-content.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* How a date or time is written (RFC 5545 3.3.4, 3.3.5). */
typedef enum
{
  TRK_ICS_DATE,     /* 20261123 */
  TRK_ICS_FLOATING, /* 20261123T090000 */
  TRK_ICS_UTC,      /* 20261123T080000Z */
  TRK_ICS_ZONED,    /* 20261123T090000, with a TZID */
} TrkIcsForm;

/* A form, and the clock that is read in it. */
typedef struct
{
  TrkIcsForm form;
  char *tzid;    /* as written; only of ZONED (owned) (nullable) */
  TrkZone *zone; /* of FLOATING and DATE the user's; NULL: of a ZONED one that the system does not
                    know (owned) (nullable) */
} TrkIcsClock;

/* The clock of @line's value. @home: the user's zone. A TZID is looked up among the system's zones,
 * also behind a prefix ("/freeassociation.sourceforge.net/Europe/Berlin"). */
TrkIcsClock *trk_ics_clock_of_line (const TrkContentLine *line, const TrkZone *home);
/* The same of @text, one of the values on @line: beside a TZID one may be in UTC, another not. */
TrkIcsClock *
trk_ics_clock_of_value (const TrkContentLine *line, const char *text, const TrkZone *home);
TrkIcsClock *trk_ics_clock_new (TrkIcsForm form, const char *tzid, const TrkZone *zone);
void trk_ics_clock_free (TrkIcsClock *clock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIcsClock, trk_ics_clock_free)

/* @instant as that clock writes it; NULL when it cannot: its zone is not known, or the reading is
 * one that means another instant (the second of an hour that exists twice). Of a DATE the local
 * day. Owned by the caller. */
char *trk_ics_clock_write (const TrkIcsClock *clock, TrkInstant instant);

/* "DTSTART" or "DTSTART;TZID=Europe/Berlin" or "DTSTART;VALUE=DATE". Owned by the caller. */
char *trk_ics_clock_head (const TrkIcsClock *clock, const char *name);

/* A single value, taken apart. */
typedef struct
{
  TrkIcsForm form; /* FLOATING also for one whose line has a TZID */
  TrkLocal local;
} TrkIcsTime;

/* The local time that an instance at @instant has by its rule, when its series is at @time of the
 * day: the one that the clock skipped, where it was placed by the offset before the gap (RFC 5545
 * 3.3.5), else what the clock shows. */
TrkLocal trk_ics_local_meant (const TrkZone *zone, TrkInstant instant, TrkDuration time);

/* FALSE when @text is no date and no time. */
gboolean trk_ics_time_read (const char *text, TrkIcsTime *time);
char *trk_ics_time_write (TrkLocal local, TrkIcsForm form); /* owned by the caller */

/* The instant that @text means by @clock (its Z wins); FALSE when that cannot be known. A DATE is
 * its local midnight. */
gboolean trk_ics_clock_read (const TrkIcsClock *clock, const char *text, TrkInstant *instant);

/* "PT1H30M" (3.3.6), exact; whole days of a DATE as "P2D". Owned by the caller. */
char *trk_ics_duration_write (TrkDuration length, gboolean days);

G_END_DECLS
