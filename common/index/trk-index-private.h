/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"
#include "trk-index.h"
#include "trk-listing.h"

G_BEGIN_DECLS

/* What reader and writer agree on, and what the files of the reader share. */

struct _TrkIndex
{
  TrkDb *db;                                 /* (owned) */
  gint64 start, end, origin, file, confined; /* the numbers that it keeps about itself */
  GHashTable *events; /* that were read, by number: the first TrkOccurrence of
                         each that counted; its state is held, so they stay true;
                         (owned) */
  gint64 source;      /* of the last one … */
  char *calendar;     /* … and whose that is; (owned) (nullable) */
};

/* The listing of a calendar, whose names are in @column and whose stamps in the next one; NULL:
 * none that can be one. */
TrkListing *trk_index_read_listing (TrkQuery *query, int column);

/* Events that happen so many times or more lie together, in front of all the others: few of all,
 * but most of what any period reads. A day among 100,000 events reads 90 pages of the table in
 * place of 380, and a week 110 in place of 735. The others lie in the order of their files. */
enum
{
  TRK_INDEX_OFTEN = 4
};

/* Where the numbers of the events of @source begin, of those that happen often and of the others:
 * its own (below 2^30) stands above their lower 32 bits. So they are found without an index, which
 * would cost a tenth of all the work. */
static inline gint64
trk_index_first_event (gint64 source, gboolean often)
{
  return (often ? 0 : G_GINT64_CONSTANT (1) << 62) | source << 32;
}

static inline gint64
trk_index_source_of (gint64 event)
{
  return event >> 32 & ((1 << 30) - 1);
}

/* The same for SQL: the events of the sources @first to @last, to select from. With OR, SQLite
 * would look for each of them once more. */
#define TRK_INDEX_EVENTS_FROM(first, last)                                                         \
  "(VALUES (0), (1 << 62)) CROSS JOIN events ON events.id BETWEEN column1 + (" first " << 32)"     \
  " AND column1 + (" last " << 32) + 0xffffffff"
#define TRK_INDEX_EVENTS_OF(source) TRK_INDEX_EVENTS_FROM (source, source)

/* Occurrences are sorted by their span: bound to instants or floating, and of each kind by how long
 * they are at most. What can overlap a period then begins at most so long before it. Those whose
 * end floats though their start does not, or the other way round, have a span of their own. */
enum
{
  TRK_INDEX_LENGTHS = 5,
  TRK_INDEX_SPANS = 2 * TRK_INDEX_LENGTHS
};

/* The longest that a span has; G_MAXINT64: there is no bound. */
static inline TrkDuration
trk_index_span_longest (gint64 span)
{
  static const TrkDuration longest[TRK_INDEX_LENGTHS] = { 4 * TRK_HOUR, 24 * TRK_HOUR,
                                                          32 * 24 * TRK_HOUR, G_MAXINT64,
                                                          G_MAXINT64 };

  return longest[span % TRK_INDEX_LENGTHS];
}

static inline gboolean
trk_index_span_is_floating (gint64 span)
{
  return span >= TRK_INDEX_LENGTHS;
}

static inline gboolean
trk_index_span_ends_apart (gint64 span)
{
  return span % TRK_INDEX_LENGTHS == TRK_INDEX_LENGTHS - 1;
}

static inline gint64
trk_index_span_of (gboolean floating, gboolean ends_apart, TrkDuration length)
{
  gint64 span = floating ? TRK_INDEX_LENGTHS : 0;

  if (ends_apart)
    return span + TRK_INDEX_LENGTHS - 1;
  while (length > trk_index_span_longest (span))
    span++;
  return span;
}

G_END_DECLS
