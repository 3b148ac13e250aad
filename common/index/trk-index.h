/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"
#include "trk-occurrence.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* The index of all calendars: disposable, rebuilt by trackerd-indexer, read by everyone without
 * libical. Occurrences lie in it expanded for a window of time. */
typedef struct _TrkIndex TrkIndex;

/* Numbers that it keeps about itself. */
#define TRK_INDEX_START "start" /* of its window … */
#define TRK_INDEX_END "end"
#define TRK_INDEX_ORIGIN "origin" /* trk_index_origin() of when it was made */
#define TRK_INDEX_FILE "file"     /* trk_index_schema_file() when its log was last added to */

#define TRK_INDEX_CONFINED "confined" /* TrkIndexConfined of the run that wrote it */

typedef enum
{
  TRK_INDEX_CONFINED_FILES = 1 << 0, /* to the files that it was to read and write */
  TRK_INDEX_CONFINED_CALLS = 1 << 1, /* no program, no network */
} TrkIndexConfined;

/* A number that changes with this program's version and with the system's time zone data: what an
 * index was made by. */
gint64 trk_index_origin (void);

/* Opens for reading, which holds the state that it has now: ask and close. TRK_ERROR_NOT_FOUND when
 * there is none yet. */
TrkIndex *trk_index_open (const char *path, GError **error);
void trk_index_close (TrkIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIndex, trk_index_close)
/* Holds the state no longer, so that it may go; nothing can be asked any more. Until it is closed,
 * those who open the index share what it knows of the write-ahead log. */
void trk_index_release (TrkIndex *index);

/* The window that the index is expanded for; empty before the first update. */
TrkPeriod trk_index_window (TrkIndex *index);

/* What the kernel held the indexer to when it last read calendars. */
TrkIndexConfined trk_index_confined (TrkIndex *index);

/* Are the files of @calendars (of TrkCalendar) as they were at the last update, and does the window
 * cover @period? Looks at the mtimes of folders first, then at the stat of each file. @watched: a
 * daemon of this home runs, watches the folders and brings the index up to date by itself. Then
 * what came, went or was renamed in one is still seen at once, by the folder's mtime; a file that
 * was written in place there is left to the daemon, which sees it within about two seconds. */
gboolean trk_index_is_fresh (TrkIndex *index,
                             const GPtrArray *calendars,
                             TrkPeriod period,
                             gboolean watched);

/* Occurrences that overlap @period (one without length: starts in it), sorted; floating and all-day
 * ones placed in @zone. Cancelled ones are left out, all others are in. Array of TrkOccurrence,
 * owned by the caller. */
GPtrArray *
trk_index_occurrences (TrkIndex *index, TrkPeriod period, const TrkZone *zone, GError **error);
/* The same of those that are cancelled, and no others. */
GPtrArray *
trk_index_cancelled (TrkIndex *index, TrkPeriod period, const TrkZone *zone, GError **error);

/* Diagnostics of @calendar, or of all (NULL). Array of TrkDiagnostic. */
GPtrArray *trk_index_diagnostics (TrkIndex *index, const char *calendar, GError **error);
/* Only those of whole files, of all calendars. */
GPtrArray *trk_index_file_diagnostics (TrkIndex *index, GError **error);

/* The files of @calendar that hold an event of @uid. Array of char*, owned by the caller. */
GPtrArray *
trk_index_event_files (TrkIndex *index, const char *calendar, const char *uid, GError **error);

/* For doctor and calendar list. */
typedef struct
{
  char *calendar; /* (owned) */
  guint files;
  guint events;
  guint left_out;
  TrkInstant newest; /* mtime of the newest file, 0 none */
} TrkIndexSummary;

void trk_index_summary_free (TrkIndexSummary *summary);
GPtrArray *trk_index_summaries (TrkIndex *index, GError **error); /* of TrkIndexSummary */

G_END_DECLS
