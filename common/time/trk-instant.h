/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A moment in µs since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX). */
typedef gint64 TrkInstant;

/* A length of time in µs; may be negative only where a function says so. */
typedef gint64 TrkDuration;

#define TRK_SECOND ((TrkDuration) 1000000)
#define TRK_MINUTE (60 * TRK_SECOND)
#define TRK_HOUR (60 * TRK_MINUTE)

/* "Not yet", "no deadline": later than every instant. */
#define TRK_NEVER G_MAXINT64

/* @instant + @duration (which may be negative); never stays never, and what would leave the range
 * stays at its edge. For instants from outside. */
TrkInstant trk_instant_add (TrkInstant instant, TrkDuration duration);

/* "2026-11-23T09:00:00Z" (RFC 3339, UTC, whole seconds; a fraction is cut off). Never is "never".
 * Owned by the caller. */
char *trk_instant_to_iso (TrkInstant instant);

/* Reads RFC 3339 with "Z" or an offset ("2026-11-23T09:00:00+01:00"), fraction optional. A text
 * without offset is TRK_ERROR_USAGE here: trk_zone_parse() takes those. */
gboolean trk_instant_from_iso (const char *text, TrkInstant *instant, GError **error);

G_END_DECLS
