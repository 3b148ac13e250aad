/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index-writer.h"

G_BEGIN_DECLS

/* All that readers of occurrences want to know of an event, as one value of its row and one piece
 * of memory. A column and an allocation for each text took half of all the reading. */

enum
{
  TRK_INDEX_TEXTS = 5, /* summary, description, location, link, kind */
  TRK_INDEX_LISTS = 3, /* categories, attendees, declined */
};

/* What is said of an event, borrowed from the value. */
typedef struct
{
  TrkInstant anchor; /* wall clock of its start, and its length: see TrkIndexEvent */
  TrkDuration exact;
  gint32 days;
  guint8 by_date, all_day, floating, transparent, is_private, status;
  guint16 counts[TRK_INDEX_TEXTS + TRK_INDEX_LISTS]; /* how many strings are there of each … */
  guint16 n_leads;
  const guint8 *behind; /* … which follow the leads */
  gsize size;
} TrkIndexAbout;

/* The value for @event. Owned by the caller. */
GByteArray *trk_index_about_write (const TrkIndexEvent *event);

/* FALSE for what the above has not written (NULL, too). */
gboolean trk_index_about_read (gconstpointer value, gsize size, TrkIndexAbout *about);

/* An occurrence of that event, without its period. It keeps @event, the event's number, at
 * *@number. NULL when the value is damaged. */
TrkOccurrence *trk_index_about_occurrence (const TrkIndexAbout *about,
                                           gint64 event,
                                           const char *calendar,
                                           const char *uid,
                                           const char *recurrence_id,
                                           gint64 **number);

G_END_DECLS
