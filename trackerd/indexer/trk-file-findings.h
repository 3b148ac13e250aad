/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* What was found wrong in one file, for its user. Bounded: after a hundred, only their number is
 * kept. The same finding at the same line is kept once. */
typedef struct
{
  char *calendar;   /* (owned) */
  char *file;       /* (owned) */
  GPtrArray *list;  /* of TrkDiagnostic, (owned) */
  GHashTable *seen; /* of char*, (owned) */
  guint more;
} TrkFileFindings;

TrkFileFindings *trk_file_findings_new (const char *calendar, const char *file);
void trk_file_findings_free (TrkFileFindings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFileFindings, trk_file_findings_free)

/* @line 0 and @property NULL: the whole file. The text of @format is a whole reason; what comes
 * from the calendar in it is made safe to show here. */
void trk_file_findings_add (TrkFileFindings *findings,
                            guint line,
                            const char *property,
                            gboolean left_out,
                            const char *format,
                            ...) G_GNUC_PRINTF (5, 6);

G_END_DECLS
