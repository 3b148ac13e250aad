/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"
#include "trk-words.h"

G_BEGIN_DECLS

enum
{
  TRK_CALENDAR_MAX_FILE = 64 << 20 /* bytes; a larger file is neither read nor fetched */
};

/* A named source of events as the user configured it. One that is subscribed to (url != NULL) is
 * read like every other, from the copy at @path that trackerd-sync keeps. */
typedef struct
{
  char *name; /* unique among the calendars, (owned) */
  char *path; /* absolute path of a file or folder, (owned) */

  char *url;           /* as trk_calendar_url_read() gives it; may be secret (owned) (nullable) */
  TrkDuration every;   /* how often it is asked for changes; 0: by its kind */
  char *user;          /* whom the server shall know us as (owned) (nullable) */
  char *password_file; /* absolute; NULL: the password is in the secret store (owned) (nullable) */
  char *ca_file;       /* PEM; trusted instead of the system's authorities (owned) (nullable) */

  gboolean has_kind;
  TrkKind kind; /* kind of its events that nothing else decides; only with has_kind */

  gboolean writable; /* the user lets commands change its files */
} TrkCalendar;

TrkCalendar *trk_calendar_new (const char *name, const char *path);
void trk_calendar_free (TrkCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCalendar, trk_calendar_free)

/* What was wrong in a calendar and what was done about it. */
typedef struct
{
  char *calendar; /* (owned) */
  char *file;     /* (owned) */
  guint line;     /* 1 is the first; 0 unknown */
  char *property; /* "RRULE"; (owned) (nullable) */
  char *reason;   /* in words, with the RFC's section where one decides; (owned) */
  guint left_out; /* how many events (1 also: the file) are not used; 0: used as the reason says */
} TrkDiagnostic;

void trk_diagnostic_free (TrkDiagnostic *diagnostic);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDiagnostic, trk_diagnostic_free)

/* "work.ics:214: RRULE: “COUNT=0” is not a number of at least 1 (RFC 5545 3.3.10); this event is
 * left out". */
char *trk_diagnostic_format (const TrkDiagnostic *diagnostic);

G_END_DECLS
