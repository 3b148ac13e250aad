/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-args.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* tracker calendar add and remove: which calendars the configuration names. */

/* The absolute path that a word of the command line means: a leading ~ is the home folder. Owned by
 * the caller. */
char *trk_calendar_path (const char *word);

/* Before anything is read or fetched: is there no calendar of that name yet? */
gboolean trk_calendar_name_is_free (TrkSession *session, const char *name, GError **error);

/* Looks into a calendar before it is added: one that gives nothing but trouble is refused. @events
 * gets how many it has. */
gboolean trk_calendar_look_into (TrkSession *session,
                                 const TrkCalendar *calendar,
                                 guint *events,
                                 GError **error);

/* Looks into @calendar, which lies at a path, adds it to the configuration and says so. */
gboolean trk_calendar_add (TrkSession *session, const TrkCalendar *calendar, GError **error);

/* Does @config read what is at @place (an absolute path or an address) already? */
gboolean trk_calendar_is_read (const TrkConfig *config, const char *place);

/* Before @place is added: the name of the calendar that reads it already, or NULL; the caller's.
 * And what is said of it when it was added all the same; nothing for NULL. */
char *trk_calendar_other_reader (TrkSession *session, const char *place);
void trk_calendar_say_other_reader (TrkSession *session, const char *other);

/* @wanted, or with a number behind it when a calendar of @config or of the set @taken has that
 * name; it is taken then. Owned by the caller. */
char *trk_calendar_free_name (const TrkConfig *config, GHashTable *taken, const char *wanted);

gboolean trk_calendar_run_add (TrkSession *session, const TrkArgs *args, GError **error);
gboolean trk_calendar_run_remove (TrkSession *session, const TrkArgs *args, GError **error);

G_END_DECLS
