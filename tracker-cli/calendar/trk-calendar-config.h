/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* Which calendars the configuration names, changed so that undo takes it back; trackerd is not told
 * yet. The history names the calendar and its place, not a secret in an address. */
gboolean trk_calendar_config_add (TrkSession *session, const TrkCalendar *calendar, GError **error);
gboolean trk_calendar_config_remove (TrkSession *session, const char *name, GError **error);

G_END_DECLS
