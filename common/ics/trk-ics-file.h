/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-content.h"

G_BEGIN_DECLS

/* Where the events of a calendar file stand in its bytes. Strict, unlike the indexer: a file whose
 * components do not open and close as they should is read, but never written. */

typedef struct
{
  gsize begin;    /* of its BEGIN line */
  gsize end_line; /* of its END line */
  gsize behind;   /* behind that line and its line end */
  guint line;     /* number of the BEGIN line */
  char *uid;      /* as the index knows it (owned) (nullable) */
} TrkIcsEvent;

typedef struct
{
  gsize end_line;    /* of its END line */
  gboolean is_first; /* vCalendar 1.0 */
  gboolean cancels;  /* METHOD:CANCEL */
  GHashTable *zones; /* set of char*: TZIDs of its VTIMEZONEs (owned) */
  guint others;      /* components beside events and time zones */
} TrkIcsCalendar;

typedef struct
{
  const char *bytes; /* borrowed */
  gsize length;
  char eol[4];       /* what ends its first line: "\r\n", "\n" or "\r" */
  GArray *events;    /* of TrkIcsEvent (owned) */
  GArray *calendars; /* of TrkIcsCalendar (owned) */
} TrkIcsFile;

/* TRK_ERROR_INVALID with the line when the components are not whole, when there is no calendar in
 * it, or when it is vCalendar 1.0. @bytes must stay until the file is freed. */
TrkIcsFile *trk_ics_file_new (const char *bytes, gsize length, GError **error);
void trk_ics_file_free (TrkIcsFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIcsFile, trk_ics_file_free)

/* Is there neither an event nor anything else but time zones in it? */
gboolean trk_ics_file_is_empty (const TrkIcsFile *file);

/* A content line of an event, not one of its alarms'. */
typedef struct
{
  gsize offset;            /* of its first byte */
  gsize text_end;          /* where its line end begins */
  gsize behind;            /* behind its line end: where the next line begins */
  TrkContentLine *content; /* (owned) (nullable) what is no content line */
} TrkIcsLine;

void trk_ics_line_free (TrkIcsLine *line);

/* All lines between BEGIN and END of @event, those of nested components left out. Array of
 * TrkIcsLine, owned by the caller. */
GPtrArray *trk_ics_event_lines (const TrkIcsFile *file, const TrkIcsEvent *event);

/* The first line of that name (upper case); NULL: none. Borrowed. */
const TrkIcsLine *trk_ics_line_named (const GPtrArray *lines, const char *name);

G_END_DECLS
