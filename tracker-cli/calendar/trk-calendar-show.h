/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* What the calendar commands print. */

/* Occurrences (of TrkOccurrence) as JSON: documented in the help of calendar show. @input decides
 * their kinds, as in the plan; an empty one: as without anybody's configuration. */
void trk_calendar_show_json (TrkSession *session,
                             const GPtrArray *occurrences,
                             const TrkPlanInput *input);

/* The same for people, in @zone, a heading for each day. */
void trk_calendar_show_text (TrkSession *session,
                             const GPtrArray *occurrences,
                             const TrkZone *zone,
                             const TrkPlanInput *input);

/* The same with those of a series that are alike as one row, the first, and how many more. */
void trk_calendar_show_series (TrkSession *session,
                               const GPtrArray *occurrences,
                               const TrkZone *zone,
                               const TrkPlanInput *input);

/* Diagnostics (of TrkDiagnostic) as JSON: documented in the help of calendar check. */
void trk_calendar_show_diagnostics_json (TrkSession *session, const GPtrArray *diagnostics);

/* Diagnostics of @index, one line each, on @out; how many. */
guint trk_calendar_show_diagnostics (FILE *out, TrkIndex *index, const char *calendar);

G_END_DECLS
