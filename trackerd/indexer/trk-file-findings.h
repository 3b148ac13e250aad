/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* What was found wrong in one file, for its user. Bounded, for a hostile file can have a quarter of
 * a million faults: after a hundred only their number is kept. The same finding at the same line is
 * kept once. */
typedef struct
{
  char *calendar;      /* (owned) */
  char *file;          /* (owned) */
  GPtrArray *list;     /* of TrkDiagnostic, (owned) */
  GHashTable *seen;    /* of char*, (owned) */
  guint more;          /* found after that … */
  guint more_line;     /* … the first of them here … */
  guint more_left_out; /* … and what they cost */
} TrkFileFindings;

TrkFileFindings *trk_file_findings_new (const char *calendar, const char *file);
void trk_file_findings_free (TrkFileFindings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFileFindings, trk_file_findings_free)

/* @line 0 and @property NULL: the whole file. @left_out is how many events cannot be used for it (0
 * or 1, a larger number is for @format to tell). The text of @format is a whole reason; what comes
 * from the calendar in it is made safe to show here. */
void trk_file_findings_add (TrkFileFindings *findings,
                            guint line,
                            const char *property,
                            guint left_out,
                            const char *format,
                            ...) G_GNUC_PRINTF (5, 6);

/* How many were found, with those that are only counted. */
guint trk_file_findings_count (const TrkFileFindings *findings);

/* "and 1,234 more, 7 of them left out", to be told behind the list; NULL: nothing more. Owned by
 * the caller. */
TrkDiagnostic *trk_file_findings_rest (const TrkFileFindings *findings);

G_END_DECLS
