/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-file.h"
#include "trk-update.h"

G_BEGIN_DECLS

/* Which files of a calendar are read in this update: those that changed since the last one, and
 * those that share a UID with what changed, because only together they say when an event is. */

/* One file of the calendar in this update. */
typedef struct
{
  char *path; /* (owned) */
  TrkFileStamp stamp;
  gint64 source;    /* as the index knows it; 0: new */
  gboolean changed; /* to be read again */
  TrkFile *file;    /* read; (owned) (nullable) */
} TrkCandidate;

/* One for each of @files (of char*), compared with @sources (of TrkIndexSource). */
GPtrArray *trk_candidates_new (TrkUpdate *update, const GPtrArray *files, const GPtrArray *sources);

/* Forgets the sources whose files left the folder; the UIDs of their events are added to @uids (a
 * set of char*), for they are to be looked at again. */
gboolean trk_candidates_remove_missing (TrkUpdate *update,
                                        const GPtrArray *files,
                                        const GPtrArray *sources,
                                        GHashTable *uids,
                                        GError **error);

/* Reads all that matters. @uids are those that something is known to have happened to. */
gboolean trk_candidates_read (TrkUpdate *update,
                              const char *calendar,
                              GPtrArray *candidates,
                              GHashTable *uids,
                              GError **error);

G_END_DECLS
