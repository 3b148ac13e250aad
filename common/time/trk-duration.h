/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* The longest length that is taken from people and programs: far enough from the ends of what an
 * instant can be that sums of a few do not overflow. */
#define TRK_DURATION_MOST (366 * 24 * TRK_HOUR)

/* Reads "50m", "1h30", "1h30m", "1h 30m", "90", "90 min", "2 h", "1.5h", "45s", "1d" (24 h),
 * "0:45", "1:30". A bare number is minutes. Positive, at most a year. TRK_ERROR_USAGE names the
 * text. */
gboolean trk_duration_parse (const char *text, TrkDuration *duration, GError **error);

/* For people: "52 min", "1 h 28", "0 min" (rounded down to the minute; seconds below one minute:
 * "40 s"). Negative lengths get "-". Owned by the caller. */
char *trk_duration_format (TrkDuration duration);

/* As it is typed, in a command and in the configuration: "5m", "1h30m", "45s", "1h"; what is under
 * a second is left out, and "0s" is what is left of nothing. trk_duration_parse() reads it back. */
char *trk_duration_format_typed (TrkDuration duration);

/* For columns, in hours and minutes throughout: "1:30", "0:05", "24:00"; "<0:01" below a minute,
 * which "0:00" would call nothing. */
char *trk_duration_format_clock (TrkDuration duration);

G_END_DECLS
