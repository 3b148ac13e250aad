/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-file.h"
#include "trk-moment.h"
#include "trk-occurrence.h"

G_BEGIN_DECLS

/* An additional start, with a length of its own when it was a PERIOD. */
typedef struct
{
  TrkMoment at;
  gboolean has_length;
  TrkLength length;
} TrkExtraDate;

/* An RRULE or EXRULE. */
typedef struct
{
  TrkRecurrence *recurrence; /* (owned) */
  TrkInstant last; /* an UNTIL in UTC exactly, where its reading in the start's zone may be that of
                      two instants; else TRK_NEVER */
} TrkRule;

/* A VEVENT as values. */
typedef struct
{
  TrkOccurrence *about; /* what all its occurrences share; its period is not set; (owned) */
  char *hash;           /* of its content, (owned) */
  guint line;
  const TrkFile *file; /* borrowed */
  TrkMoment start;
  TrkLength length;      /* from start to end; may be negative when the file says so */
  gboolean ends_by_date; /* DTEND: @length is exact (days only when all-day) */
  gboolean end_is_apart; /* only one of start and end is bound to an instant: @end as written, */
  TrkMoment end;         /* … for a single event; a series uses @length */
  gboolean has_id;       /* RECURRENCE-ID: it stands in for one instance … */
  gboolean and_future;   /* … and those after it */
  TrkMoment id;
  GArray *rules;      /* of TrkRule, UNTIL in the start's wall clock; (owned) */
  gboolean ended;     /* an RRULE ended before the start, and is not among @rules */
  GArray *exceptions; /* EXRULE, the same */
  GArray *dates;      /* of TrkExtraDate, (owned) */
  GArray *excluded;   /* of TrkMoment, (owned) */
  gint64 sequence;
  TrkInstant stamp; /* LAST-MODIFIED, else DTSTAMP, else 0 */
  gboolean refused; /* by trk_series_expand(): its rules cost too much, it has no occurrences */
} TrkVevent;

/* Takes @range of @file, whose content is @hash (trk_file_event_hash), apart. NULL: it cannot be
 * used; the file's findings say why. */
TrkVevent *
trk_vevent_parse (TrkFile *file, const TrkEventRange *range, const char *hash, TrkZoneNames *names);
void trk_vevent_free (TrkVevent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkVevent, trk_vevent_free)

G_END_DECLS
