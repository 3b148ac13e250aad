/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-args.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* tracker calendar add https://…, and sync: calendars that are elsewhere. */

/* Are the words of tracker calendar add about an address? "-" is one that is read from standard
 * input. */
gboolean trk_calendar_is_subscription (const TrkArgs *args);

gboolean trk_calendar_run_subscribe (TrkSession *session, const TrkArgs *args, GError **error);
gboolean trk_calendar_run_sync (TrkSession *session, const TrkArgs *args, GError **error);

/* Fetches @calendar for the first time, looks into it and adds it to the configuration; @password
 * (nullable) goes into the secret store. @events gets how many it has. */
gboolean trk_calendar_subscribe (TrkSession *session,
                                 const TrkCalendar *calendar,
                                 const char *password,
                                 guint *events,
                                 GError **error);

/* Says what was subscribed to; where systemd runs, its timer is enabled first. */
void trk_calendar_say_subscribed (TrkSession *session, const TrkCalendar *calendar, guint events);

/* How @calendar, which has an address, stands: "https://host, 5 min ago", with the problem when
 * there is one (TRUE). Owned by the caller. */
gboolean trk_calendar_subscription_text (const TrkCalendar *calendar, TrkInstant now, char **text);

G_END_DECLS
