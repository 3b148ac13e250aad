/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-ics-edit.h"
#include "trk-ics-file.h"
#include "trk-ics-time.h"
#include "trk-occurrence.h"

G_BEGIN_DECLS

/* The events of one UID in a file. */
typedef struct
{
  const TrkIcsEvent *event; /* borrowed from the file */
  GPtrArray *lines;         /* of TrkIcsLine (owned) */
  const TrkIcsLine *id;     /* its RECURRENCE-ID (nullable): it is an override */
} TrkIcsMember;

typedef struct
{
  const TrkIcsFile *file; /* borrowed */
  const TrkZone *home;    /* borrowed */
  TrkInstant now;
  const char *const *me; /* the user's addresses, borrowed (nullable) */
  GPtrArray *members;    /* of TrkIcsMember, in the file's order (owned) */
  TrkIcsMember *master;  /* (nullable) borrowed from members */
  TrkIcsClock *clock;    /* of the master's DTSTART, (nullable) without one (owned) */
} TrkIcsSeries;

/* The events of @uid in @file. TRK_ERROR_NOT_FOUND when there is none, TRK_ERROR_INVALID when it is
 * there twice, or a part of it is not understood. */
TrkIcsSeries *trk_ics_series_new (const TrkIcsFile *file,
                                  const char *uid,
                                  const TrkZone *home,
                                  const char *const *me,
                                  TrkInstant now,
                                  GError **error);
void trk_ics_series_free (TrkIcsSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIcsSeries, trk_ics_series_free)

/* The override of that RECURRENCE-ID (as TrkOccurrence has it); NULL: none. */
TrkIcsMember *trk_ics_series_instance (const TrkIcsSeries *series, const char *recurrence_id);

/* The time of day at which its instances are, by the master's clock: that of its DTSTART, as it is
 * written. 0 without one. */
TrkDuration trk_ics_series_time (const TrkIcsSeries *series);

/* Lines of a member, changed in @edit. */

/* Replaces the value of @line, its name and parameters stay as they are; refolded. FALSE when the
 * line is too odd for that. */
gboolean trk_ics_set_value (const TrkIcsSeries *series,
                            TrkIcsEdit *edit,
                            const TrkIcsLine *line,
                            const char *value);
/* Replaces the whole line, or adds it behind @after (nullable) when there is none of that name. */
void trk_ics_set_line (const TrkIcsSeries *series,
                       TrkIcsEdit *edit,
                       const TrkIcsLine *line,
                       const TrkIcsLine *after,
                       const char *text);
/* DTSTAMP and LAST-MODIFIED are now (RFC 5545 3.8.7.2, 3.8.7.3: without a METHOD both tell when the
 * event was last revised); SEQUENCE is one more (3.8.7.4), unless the event is another organiser's:
 * a revision is theirs to count. */
void trk_ics_set_stamps (const TrkIcsSeries *series, TrkIcsEdit *edit, const TrkIcsMember *member);

G_END_DECLS
