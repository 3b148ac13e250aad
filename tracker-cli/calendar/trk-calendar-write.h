/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar-proof.h"
#include "trk-calendar.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* The calendar that a command may write: that of @name, or the only writable one (NULL).
 * TRK_ERROR_STATE names the key that is missing. Borrowed from the configuration. */
const TrkCalendar *trk_calendar_writable (TrkSession *session, const char *name, GError **error);

/* Changes @calendar as @intent says: the event's bytes alone, proved by the indexer before they
 * take the file's place, and kept in the log, so that undo puts them back. @uid of ADD is that of
 * its occurrence. */
gboolean trk_calendar_write (TrkSession *session,
                             const TrkCalendar *calendar,
                             const TrkBlockIntent *intent,
                             GError **error);

G_END_DECLS
