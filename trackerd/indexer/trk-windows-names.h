/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Windows shows its time zones under names like "(UTC-05:00) Eastern Time (US & Canada)", and
 * Outlook and Exchange write these into calendars instead of the zone's name ("Eastern Standard
 * Time"), which is all that CLDR's table knows. The zone's Windows name for such a display name
 * (with or without its offset; "&" and "and" alike) or
 * for that name itself in other letters, or NULL. Static. */
const char *trk_windows_name (const char *display);

G_END_DECLS
