/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-occurrence.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* The one occurrence that @text means: by the ID of its block, a moment, or a part of its title.
 * Of several with one title the next that is not over; of several titles none: TRK_ERROR_USAGE
 * names them. Looked for from today on for four weeks, or in @on (a WHEN, nullable;
 * bare weekdays are the coming ones, today included).
 * TRK_ERROR_NOT_FOUND. A reference of the caller's. */
TrkOccurrence *
trk_block_find (TrkSession *session, const char *text, const char *on, GError **error);

/* The occurrences that commands may change, by their calendars: from today on for four weeks, or in
 * @on (as above). Array of TrkOccurrence, sorted, owned by the caller. */
GPtrArray *trk_block_writable (TrkSession *session, const char *on, GError **error);

/* As trk_when_parse_instant(), for what is to come: a weekday that is over is that of next week. */
gboolean
trk_block_moment (TrkSession *session, const char *text, TrkInstant *moment, GError **error);

/* The same for where a block moves to: a time of day alone is that of the day on which it is. */
gboolean trk_block_moment_of (TrkSession *session,
                              const TrkOccurrence *occurrence,
                              const char *text,
                              TrkInstant *moment,
                              GError **error);

/* "mon,wed", "mon-fri", "tue thu" as bits, 1 << 0 Monday. TRK_ERROR_USAGE. */
gboolean trk_block_weekdays (const char *text, guint *weekdays, GError **error);

G_END_DECLS
