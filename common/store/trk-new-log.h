/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A log that is not there yet: the first command writes it beside its name ("@path.new"), and it
 * takes the name with the first change that is saved. A command that only fails leaves nothing. The
 * daemon, which always leaves one, makes it at once, but while it holds this, so that it is in no
 * first command's way. */
typedef struct _TrkNewLog TrkNewLog;

/* NULL without @error: there is a log at @path. Its folder is made; of several at once each waits
 * for the one before it, at most five seconds (TRK_ERROR_BUSY). STORAGE: nothing can be written
 * there. Owned by the caller. */
TrkNewLog *trk_new_log_begin (const char *path, GError **error);

/* Where it is to be written. Borrowed. */
const char *trk_new_log_path (const TrkNewLog *log);

/* The closed log takes the name. BUSY: somebody else, who did not wait so long, has made one
 * meanwhile, and nothing was changed. STORAGE: the same, or the disk does not confirm that it has
 * the name, which the message says. */
gboolean trk_new_log_keep (TrkNewLog *log, GError **error);

/* What was not kept is gone, with the folders that were made for it. */
void trk_new_log_free (TrkNewLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkNewLog, trk_new_log_free)

G_END_DECLS
