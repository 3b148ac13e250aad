/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"

G_BEGIN_DECLS

/* A time zone's offsets as a TZif file (RFC 8536) or a POSIX rule has them. Immutable.
 *
 * Not GTimeZone: GLib 2.74 is an hour wrong in Dublin's winters from 2038 on (a summer time that is
 * behind the standard one), answers from its cache when the file behind a name was replaced, and
 * needs five times as long for a file. */
typedef struct _TrkTzif TrkTzif;

/* NULL: @bytes are no TZif, or a damaged one. */
TrkTzif *trk_tzif_new (const guint8 *bytes, gsize length);

/* Reads a regular file of a sane size; NULL when it is none or not TZif. */
TrkTzif *trk_tzif_new_from_file (const char *path);

/* A POSIX rule such as "CET-1CEST,M3.5.0,M10.5.0/3"; NULL when it is none. */
TrkTzif *trk_tzif_new_from_rule (const char *rule);

void trk_tzif_free (TrkTzif *tzif);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkTzif, trk_tzif_free)

/* The offset in force at @instant; east of Greenwich is positive. */
TrkDuration trk_tzif_offset (const TrkTzif *tzif, TrkInstant instant);

/* Is the offset at the start of @period, which @offset gets, in force in all of it? FALSE where it
 * is not, and may be where a rule's year ends. */
gboolean trk_tzif_is_steady (const TrkTzif *tzif, TrkPeriod period, TrkDuration *offset);

G_END_DECLS
