/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* What can be subscribed to, by the scheme of its address. */
typedef enum
{
  TRK_ORIGIN_WEB,       /* https://…; webcal:// and webcals:// mean the same; http:// only to a
                         * server on this machine */
  TRK_ORIGIN_EVOLUTION, /* evolution:UID, a calendar of Evolution Data Server */
  TRK_ORIGIN_CALCURSE,  /* calcurse:/data/folder, or calcurse: for its usual one */
} TrkOrigin;

/* Is @word meant as such an address rather than as a path? True also of one that is refused. */
gboolean trk_calendar_url_is (const char *word);

/* The address that @text means, in one form for all spellings, without its fragment; owned by the
 * caller. TRK_ERROR_USAGE when it cannot be subscribed to: plain http that leaves this machine, or
 * a user or password in it, which would be seen in process lists and logs. Messages never repeat
 * more than the host, since the path of such an address is often its only secret. */
char *trk_calendar_url_read (const char *text, GError **error);

/* Of an address that was read. */
TrkOrigin trk_calendar_url_origin (const char *url);

/* Does @host (no brackets around IPv6) mean this machine: localhost (RFC 6761 6.3), 127.0.0.0/8 or
 * ::1? Nobody listens on the way there. */
gboolean trk_calendar_url_is_here (const char *host);

/* Can @host be asked for: letters, digits and the signs of names and addresses, at most 255? */
gboolean trk_calendar_url_is_host (const char *host);

/* What may be shown of it: "https://host", "evolution:UID". Owned by the caller. */
char *trk_calendar_url_display (const char *url);

/* The host alone, or NULL. Owned by the caller. */
char *trk_calendar_url_host (const char *url);

/* Where the copy of a calendar is kept: in the data folder, since it is what the day runs on while
 * the server is away; only Evolution's and calcurse's, which are on this machine, are in the cache.
 * The file's name is a hash: nothing from outside names a file. Owned by the caller. */
char *trk_calendar_url_copy (const char *name, const char *url);

/* Is @path that of such a copy, by its folder? */
gboolean trk_calendar_url_is_copy (const char *path);

/* How often @calendar is asked for changes. */
TrkDuration trk_calendar_url_every (const TrkCalendar *calendar);

G_END_DECLS
