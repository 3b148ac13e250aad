/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index.h"
#include "trk-listing.h"

G_BEGIN_DECLS

/* The writing side of the index, for trackerd-indexer. All changes of an update are one
 * transaction: killed in the middle, the old index stands. */
typedef struct _TrkIndexWriter TrkIndexWriter;

/* Takes the lock that keeps other writers away (waiting for them; it goes with the process, however
 * that ends), opens the index and begins. */
TrkIndexWriter *trk_index_writer_open (const char *path, GError **error);
/* The same in two steps: the lock, with which nothing but beginning or closing can be done, … */
TrkIndexWriter *trk_index_writer_lock (const char *path, GError **error);
/* … and the rest. FALSE: nothing but closing may follow. */
gboolean trk_index_writer_begin (TrkIndexWriter *writer, GError **error);
/* Ends without commit: nothing was changed. */
void trk_index_writer_close (TrkIndexWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIndexWriter, trk_index_writer_close)
/* Nothing but closing may follow. */
gboolean trk_index_writer_commit (TrkIndexWriter *writer, GError **error);

/* -- The whole --------------------------------------------------------------------------------- */

/* Numbers that the index keeps about itself (see trk-index.h). @value stays as it is when there is
 * none of that name. */
gboolean
trk_index_writer_number (TrkIndexWriter *writer, const char *name, gint64 *value, GError **error);
gboolean trk_index_writer_set_number (TrkIndexWriter *writer,
                                      const char *name,
                                      gint64 value,
                                      GError **error);

/* Removes the calendars, with all that came from them, that are not in @calendars, or have another
 * path now. */
gboolean trk_index_writer_keep_calendars (TrkIndexWriter *writer,
                                          const GPtrArray *calendars,
                                          GError **error);
/* -- Sources ----------------------------------------------------------------------------------- */

/* The files of @calendar, at its path, as the index knows them; empty when it does not. */
TrkListing *
trk_index_writer_listing (TrkIndexWriter *writer, const TrkCalendar *calendar, GError **error);
/* What the index now knows: @calendar, which looked like @stamp, has these files. */
gboolean trk_index_writer_set_calendar (TrkIndexWriter *writer,
                                        const TrkCalendar *calendar,
                                        const TrkFileStamp *stamp,
                                        const TrkListing *listing,
                                        GError **error);

/* A file of a calendar by its name in the listing: its number, and what its events depend on
 * besides themselves (trk_fingerprint()); both 0 when there is none. */
gboolean trk_index_writer_source (TrkIndexWriter *writer,
                                  const char *calendar,
                                  const char *name,
                                  gint64 *source,
                                  guint64 *context,
                                  GError **error);

/* The file @name of @calendar was read: its context is written, its old diagnostics go, its events
 * stay. @source is its number, or 0 for a new one and gets it. */
gboolean trk_index_writer_set_source (TrkIndexWriter *writer,
                                      const char *calendar,
                                      const char *name,
                                      guint64 context,
                                      gint64 *source,
                                      GError **error);
/* Removes its diagnostics alone: the last good rows of a source stay that is unusable now. */
gboolean trk_index_writer_clear_source (TrkIndexWriter *writer, gint64 source, GError **error);
/* With all that came from it. */
gboolean trk_index_writer_remove_source (TrkIndexWriter *writer, gint64 source, GError **error);
gboolean trk_index_writer_has_events (TrkIndexWriter *writer, gint64 source);

/* Names of the sources of @calendar that hold an event of @uid, added to @names (a set of char*).
 * Only of events that were added with shared. */
gboolean trk_index_writer_sources_of (TrkIndexWriter *writer,
                                      const char *calendar,
                                      const char *uid,
                                      GHashTable *names,
                                      GError **error);

/* The same of those that hold an event which recurs. */
gboolean trk_index_writer_recurring (TrkIndexWriter *writer,
                                     const char *calendar,
                                     GHashTable *names,
                                     GError **error);

/* -- Events and occurrences -------------------------------------------------------------------- */

/* An event that the index holds. */
typedef struct
{
  gint64 id;
  guint64 hash; /* of its content: trk_fingerprint() */
  gboolean recurs;
  gboolean again; /* to be taken apart whenever its file is read */
  /* for the caller: */
  gboolean taken;
  guint taken_alike; /* how many from here on, of one hash */
} TrkIndexKnown;

/* The events of @source; GArray of TrkIndexKnown, by hash. */
GArray *trk_index_writer_events (TrkIndexWriter *writer, gint64 source, GError **error);
/* How many occurrences the events of @calendar that recur have together. */
gboolean trk_index_writer_times (TrkIndexWriter *writer,
                                 const char *calendar,
                                 gint64 *times,
                                 GError **error);
/* UIDs of the events of @source, added to @uids (a set of char*). */
gboolean
trk_index_writer_uids (TrkIndexWriter *writer, gint64 source, GHashTable *uids, GError **error);
/* Owned by the caller; NULL with @error. */
char *trk_index_writer_uid (TrkIndexWriter *writer, gint64 event, GError **error);
gboolean trk_index_writer_remove_events (TrkIndexWriter *writer, gint64 source, GError **error);
/* Removes an event and its occurrences. */
gboolean trk_index_writer_remove_event (TrkIndexWriter *writer, gint64 event, GError **error);

/* An event: what its occurrences share. */
typedef struct
{
  const TrkOccurrence *about; /* period and calendar are not used */
  guint64 hash;               /* of its content */
  gboolean recurs;            /* more of it in another window */
  gboolean again;
  gboolean shared;    /* other files of its calendar may hold its UID */
  guint times;        /* how many occurrences will be added … */
  gint64 first, last; /* … and their first and last start; G_MAXINT64 and G_MININT64: none */
  TrkInstant anchor;  /* wall clock of its start, and its length (see TrkLength): */
  int days;
  TrkDuration exact;
  gboolean by_date; /* given by an end date: the same exact length in every instance */
} TrkIndexEvent;
gboolean trk_index_writer_add_event (
    TrkIndexWriter *writer, gint64 source, const TrkIndexEvent *event, gint64 *id, GError **error);
/* One that cannot be used, remembered because other files of its calendar may hold its UID. */
gboolean trk_index_writer_add_unused (
    TrkIndexWriter *writer, gint64 source, const char *uid, guint64 hash, GError **error);

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
/* Written some thousands at a time, in the order of the table. */
gboolean trk_index_writer_add_occurrence (TrkIndexWriter *writer,
                                          const TrkIndexOccurrence *occurrence,
                                          GError **error);

/* -- Diagnostics and quarantine ---------------------------------------------------------------- */

/* @source 0: of the calendar as a whole. */
gboolean trk_index_writer_add_diagnostic (TrkIndexWriter *writer,
                                          gint64 source,
                                          const TrkDiagnostic *diagnostic,
                                          GError **error);
/* Those of @calendar and of all its files go. */
gboolean
trk_index_writer_clear_calendar (TrkIndexWriter *writer, const char *calendar, GError **error);
/* Diagnostics of calendars as a whole go. */
gboolean trk_index_writer_clear_diagnostics (TrkIndexWriter *writer, GError **error);

/* Which events (and files) this program (trk_index_origin()) set aside, and why: hash (guint64) →
 * reason (char*). Owned by the caller. What another version set aside is tried again. */
GHashTable *trk_index_writer_quarantine (TrkIndexWriter *writer, GError **error);
gboolean trk_index_writer_set_quarantine (TrkIndexWriter *writer,
                                          guint64 hash,
                                          const char *reason,
                                          GError **error);

G_END_DECLS
