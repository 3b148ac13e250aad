/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-words.h"

G_BEGIN_DECLS

/* One instance of an event after RRULE, RDATE, EXDATE and RECURRENCE-ID. Refcounted; the creator
 * fills the fields, then nobody changes them. Texts are valid UTF-8 but otherwise as the calendar
 * has them: whoever shows one cleans it (trk_text_line). */
typedef struct _TrkOccurrence TrkOccurrence;
struct _TrkOccurrence
{
  char *calendar;      /* name of its calendar (owned) */
  char *uid;           /* (owned) */
  char *recurrence_id; /* original start: "20261123T090000Z", "20261123T090000" when floating,
                          "20261123" when all-day; (owned) (nullable) for a single event */
  char *summary;       /* (owned) "" when the event has none */
  char *description;   /* (owned) (nullable) */
  char *location;      /* (owned) (nullable) */
  char *link;          /* http(s) address of a conference, (owned) (nullable) */
  char *kind;          /* X-TRACKERD-KIND as written, (owned) (nullable) */
  GStrv categories;    /* (owned) (nullable) */
  GStrv attendees;     /* addresses without "mailto:", (owned) (nullable) */
  GStrv declined;      /* those of them with PARTSTAT=DECLINED, (owned) (nullable) */
  TrkPeriod period;    /* of an all-day one: the local midnights */
  TrkStatus status;
  /* An agenda has thousands of them: less memory is less for the kernel to make. */
  guint all_day : 1;
  guint floating : 1; /* bound to the wall clock, not to an instant (all-day ones too) */
  guint transparent : 1;
  guint is_private : 1;   /* CLASS:PRIVATE or CONFIDENTIAL */
  guint in_one_piece : 1; /* the texts are parts of its own memory: none is freed by itself */
  GArray *leads;          /* of TrkDuration: DISPLAY alarms, µs before the start (negative: after);
                             (owned) (nullable) when it has none */
  TrkOccurrence *texts_of; /* whose all that is owned is, but recurrence_id; (owned) (nullable) */
};

TrkOccurrence *trk_occurrence_new (void);
/* One with @room bytes more in @memory, aligned for a pointer: its texts are to be put there, for
 * an agenda makes thousands of them. Its leads are its own as ever. */
TrkOccurrence *trk_occurrence_new_with_room (gsize room, gpointer *memory);
/* Another one of the same event: it has all of @occurrence but its recurrence_id, for which it
 * takes a copy of @recurrence_id (nullable), and shares the texts. */
TrkOccurrence *trk_occurrence_again (TrkOccurrence *occurrence, const char *recurrence_id);
TrkOccurrence *trk_occurrence_ref (TrkOccurrence *occurrence);
void trk_occurrence_unref (TrkOccurrence *occurrence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkOccurrence, trk_occurrence_unref)

/* Does it overlap @period, or, without length, start in it? */
gboolean trk_occurrence_is_in (const TrkOccurrence *occurrence, TrkPeriod period);

/* The time that it is about: its own, and of an all-day one the whole days of @almanac, from one
 * start of a day to another; a day does not begin at midnight, and the night before belongs to
 * another. */
TrkPeriod trk_occurrence_time (const TrkOccurrence *occurrence, const TrkAlmanac *almanac);

/* GCompareFunc on pointers to pointers (g_ptr_array_sort): by start, end, calendar, uid. */
gint trk_occurrence_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
