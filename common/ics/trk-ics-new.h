/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-ics-file.h"
#include "trk-period.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* An event that is to be written. */
typedef struct
{
  const char *uid;
  const char *summary; /* valid UTF-8 */
  const char *kind;    /* for X-TRACKERD-KIND (nullable) */
  TrkPeriod period;    /* of the first one */
  guint weekdays; /* 0: once; else every week on these: 1 << 0 Monday … 1 << 6 Sunday, that of
                     the start among them */
} TrkIcsNewEvent;

/* The text of a file that holds that event alone, written at @now by @home's clock. Owned by the
 * caller.
 *
 * Times have a TZID with a VTIMEZONE beside it: in UTC a weekly block would be an hour off for half
 * of the year, and a floating time is read in another zone by every server that keeps it. The TZID
 * is the IANA name, which programs know that do not read VTIMEZONEs. Who lives by UTC gets UTC. */
GString *trk_ics_new_file (const TrkIcsNewEvent *event, const TrkZone *home, TrkInstant now);

/* @file's bytes with the event at the end of its last VCALENDAR, in the file's own line ends; not a
 * byte of what is there changes. TRK_ERROR_INVALID when that calendar takes none. */
GString *trk_ics_add (const TrkIcsFile *file,
                      const TrkIcsNewEvent *event,
                      const TrkZone *home,
                      TrkInstant now,
                      GError **error);

G_END_DECLS
