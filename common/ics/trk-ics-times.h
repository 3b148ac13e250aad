/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-ics-series.h"

G_BEGIN_DECLS

/* What the changes of trk-ics-change.h have in common. */

/* Gives the member its new time: DTSTART, and DTEND or DURATION as far as they change.
 * TRK_ERROR_INVALID when it cannot be written there. @old: its time so far. */
gboolean trk_ics_set_times (const TrkIcsSeries *series,
                            TrkIcsEdit *edit,
                            const TrkIcsMember *member,
                            TrkPeriod old,
                            TrkPeriod wanted,
                            GError **error);

/* What @edit makes of the file, when that is whole again: line ends of several kinds in one file
 * can mean another thing beside other lines. NULL with TRK_ERROR_INVALID. */
GString *trk_ics_finish (const TrkIcsSeries *series, const TrkIcsEdit *edit, GError **error);

gboolean trk_ics_refuse (const TrkIcsMember *member, const char *why, GError **error); /* FALSE */

G_END_DECLS
