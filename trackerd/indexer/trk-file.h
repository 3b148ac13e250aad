/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-charsets.h"
#include "trk-file-findings.h"
#include "trk-file-zones.h"
#include "trk-zone-names.h"

G_BEGIN_DECLS

/* One calendar file in memory: its bytes, and where its events stand in them. Events are taken
 * apart one by one, later and only when needed, so that a bad one costs itself alone and a large
 * file little memory. */

/* A VEVENT as a range of the file. */
typedef struct
{
  gsize offset, length;
  guint line;     /* of its BEGIN */
  guint calendar; /* which VCALENDAR of the file, 0 the first */
  char *uid;      /* (owned); made from the content when the event has none */
  gboolean whole; /* FALSE: the file ends inside it */
  guint day;      /* 20261122, as its DTSTART begins; 0: unreadable. For nothing but an order */
} TrkEventRange;

/* What a VCALENDAR says about all its events. */
typedef struct
{
  gboolean cancel;           /* METHOD:CANCEL */
  gboolean is_first_version; /* vCalendar 1.0 */
  char *home;                /* its TZ, where its local times are; (owned) (nullable) */
  GPtrArray *daylight;       /* of char*: its DAYLIGHTs; (owned) (nullable) */
  TrkTimezone *home_zone;    /* of both, once asked for; (owned) (nullable) */
} TrkVcalendar;

typedef struct
{
  char *path;  /* (owned) */
  char *bytes; /* (owned) */
  gsize length;
  GArray *events;        /* of TrkEventRange, (owned) */
  GArray *calendars;     /* of TrkVcalendar, (owned) */
  TrkFileZones *zones;   /* the file's VTIMEZONEs; (owned) */
  TrkCharsets *charsets; /* that its lines are written in; (owned) */
  guint zone_budget;     /* steps that its VTIMEZONEs may still cost */
  guint unknown_zones;   /* names of zones that nobody knows */
  gboolean complete;     /* ends with END:VCALENDAR, like every file that was written to its end */
  TrkFileFindings *findings; /* (owned) */
} TrkFile;

/* Finds the events in @bytes (taken; NULL: it could not be read). Never fails: a file without any
 * says why in its findings.
 * @calendar is the name for the findings. */
TrkFile *trk_file_new (const char *calendar, const char *path, char *bytes, gsize length);
void trk_file_free (TrkFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFile, trk_file_free)

/* Is there an iCalendar object in it at all (with or without events)? */
gboolean trk_file_is_calendar (const TrkFile *file);

/* The zone that @tzid, a parameter of @line in VCALENDAR @calendar, means; an unknown one is told
 * once and is the user's (floating). Borrowed. */
TrkTimezone *trk_file_zone (TrkFile *file,
                            TrkZoneNames *names,
                            guint calendar,
                            const char *tzid,
                            const TrkContentLine *line);

/* The zone of times without any: the user's (floating), but in a vCalendar 1.0 that says where it
 * was written, there. Borrowed. */
TrkTimezone *trk_file_home_zone (TrkFile *file, TrkZoneNames *names, guint calendar);

/* The content of an event as one hash, the same wherever it stands. Owned by the caller. */
char *trk_file_event_hash (const TrkFile *file, const TrkEventRange *range);

G_END_DECLS
