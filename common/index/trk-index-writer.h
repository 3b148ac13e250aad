/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index-files.h"
#include "trk-index.h"

G_BEGIN_DECLS

/* The writing side of the index, for trackerd-indexer. All changes of an update are one
 * transaction: killed in the middle, the old index stands. */
typedef struct _TrkIndexWriter TrkIndexWriter;

/* Opens and begins the transaction (waits for another writer). */
TrkIndexWriter *trk_index_writer_open (const char *path, GError **error);
/* Ends without commit: nothing was changed. */
void trk_index_writer_close (TrkIndexWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIndexWriter, trk_index_writer_close)
gboolean trk_index_writer_commit (TrkIndexWriter *writer, GError **error);

gboolean trk_index_writer_window (TrkIndexWriter *writer, TrkPeriod *window, GError **error);
gboolean trk_index_writer_set_window (TrkIndexWriter *writer, TrkPeriod window, GError **error);

/* Removes the calendars, with all that came from them, that are not in @calendars, or have another
 * path now. */
gboolean trk_index_writer_keep_calendars (TrkIndexWriter *writer,
                                          const GPtrArray *calendars,
                                          GError **error);
gboolean trk_index_writer_set_calendar (TrkIndexWriter *writer,
                                        const TrkCalendar *calendar,
                                        const TrkFileStamp *stamp,
                                        GError **error);

/* A file of a calendar as the index knows it. */
typedef struct
{
  gint64 id;
  char *path; /* (owned) */
  TrkFileStamp stamp;
} TrkIndexSource;
void trk_index_source_free (TrkIndexSource *source);

/* All sources of @calendar (of TrkIndexSource), by path. */
GPtrArray *trk_index_writer_sources (TrkIndexWriter *writer, const char *calendar, GError **error);

/* Forgets what came from @path of @calendar and gives it a (new) number for what is to come. */
gboolean trk_index_writer_replace_source (TrkIndexWriter *writer,
                                          const char *calendar,
                                          const char *path,
                                          const TrkFileStamp *stamp,
                                          gint64 *source,
                                          GError **error);
/* Keeps the last good rows of a source that is unusable now; its diagnostics go. */
gboolean trk_index_writer_keep_source (TrkIndexWriter *writer,
                                       gint64 source,
                                       const TrkFileStamp *stamp,
                                       GError **error);
gboolean trk_index_writer_remove_source (TrkIndexWriter *writer, gint64 source, GError **error);
gboolean trk_index_writer_has_events (TrkIndexWriter *writer, gint64 source);

/* Paths of the sources of @calendar that hold an event of @uid, added to @paths (a set of char*).
 */
gboolean trk_index_writer_sources_of (TrkIndexWriter *writer,
                                      const char *calendar,
                                      const char *uid,
                                      GHashTable *paths,
                                      GError **error);
/* UIDs of the events of @source, added to @uids (a set of char*). */
gboolean
trk_index_writer_uids (TrkIndexWriter *writer, gint64 source, GHashTable *uids, GError **error);

/* An event: what its occurrences share. */
typedef struct
{
  const TrkOccurrence *about; /* calendar set; period not used */
  const char *hash;           /* of its content */
  guint line;
  TrkInstant anchor; /* wall clock of its start, and its length (see TrkLength): */
  int days;
  TrkDuration exact;
  gboolean by_date; /* given by an end date: the same exact length in every instance */
} TrkIndexEvent;
gboolean trk_index_writer_add_event (
    TrkIndexWriter *writer, gint64 source, const TrkIndexEvent *event, gint64 *id, GError **error);

typedef enum
{
  TRK_ORIGINAL_NONE, /* a single event */
  TRK_ORIGINAL_INSTANT,
  TRK_ORIGINAL_FLOATING,
  TRK_ORIGINAL_DATE,
} TrkOriginalIs;

typedef struct
{
  gint64 event;
  guint number;      /* tells occurrences of one event with one start apart */
  gboolean floating; /* start and end are wall clock */
  TrkInstant start, end;
  gboolean end_is_apart; /* @end is an instant when @start is wall clock, and the other way round */
  TrkOriginalIs original_is;
  TrkInstant original;
} TrkIndexOccurrence;
gboolean trk_index_writer_add_occurrence (TrkIndexWriter *writer,
                                          const TrkIndexOccurrence *occurrence,
                                          GError **error);

/* @source 0: of the calendar as a whole. */
gboolean trk_index_writer_add_diagnostic (TrkIndexWriter *writer,
                                          gint64 source,
                                          const TrkDiagnostic *diagnostic,
                                          GError **error);
/* Diagnostics of calendars as a whole go. */
gboolean trk_index_writer_clear_diagnostics (TrkIndexWriter *writer, GError **error);

/* Why the event (or file) of that content hash is set aside; NULL: it is not. Owned by the caller.
 */
char *trk_index_writer_quarantine (TrkIndexWriter *writer, const char *hash);
gboolean trk_index_writer_set_quarantine (TrkIndexWriter *writer,
                                          const char *hash,
                                          const char *reason,
                                          GError **error);

G_END_DECLS
