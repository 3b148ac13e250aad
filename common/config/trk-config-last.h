/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-config.h"

G_BEGIN_DECLS

/* The last good configuration: while the file is broken, the day goes on by what it said before, in
 * a daemon that is started anew and in commands as well. */

/* Copies the file at @path to @copy (0600), when it can be read and says something else than that:
 * for the daemon alone, which waits for nobody. TRK_ERROR_STORAGE when it cannot be written. */
gboolean trk_config_keep (const char *path, const char *copy, GError **error);

/* What @copy says, as if it stood at @path: messages and relative paths are those of @path. NULL
 * when there is no copy or nobody can read it either. */
TrkConfig *trk_config_load_kept (const char *path, const char *copy);

G_END_DECLS
