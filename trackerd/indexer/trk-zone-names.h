/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-timezone.h"

G_BEGIN_DECLS

/* Finds time zones by the names that calendars use. Keeps what was found; one for a whole run. */
typedef struct _TrkZoneNames TrkZoneNames;

TrkZoneNames *trk_zone_names_new (void);
void trk_zone_names_free (TrkZoneNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkZoneNames, trk_zone_names_free)

TrkTimezone *trk_zone_names_floating (TrkZoneNames *names); /* borrowed */
TrkTimezone *trk_zone_names_utc (TrkZoneNames *names);      /* borrowed */

/* A name that the system's data answers: IANA, or IANA behind a prefix
 * ("/freeassociation.sourceforge.net/Europe/Berlin"). Borrowed; NULL: none. */
TrkTimezone *trk_zone_names_system (TrkZoneNames *names, const char *tzid);

/* The same, at the cost of a look into a table: only of names that were found before or are IANA's
 * by their letters. For a file that names more zones than there are. */
TrkTimezone *trk_zone_names_listed (TrkZoneNames *names, const char *tzid);

/* A Windows name (CLDR's table, through ICU), or an offset ("UTC+01:00", "GMT-0330"). Asked after
 * the file's own VTIMEZONE. Borrowed; NULL: none. */
TrkTimezone *trk_zone_names_foreign (TrkZoneNames *names, const char *tzid);

/* How many names the function before looked for in earnest. */
guint trk_zone_names_looked_for (const TrkZoneNames *names);

G_END_DECLS
