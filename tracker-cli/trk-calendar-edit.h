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

gboolean trk_calendar_run_add (TrkSession *session, const TrkArgs *args, GError **error);
gboolean trk_calendar_run_remove (TrkSession *session, const TrkArgs *args, GError **error);

G_END_DECLS
