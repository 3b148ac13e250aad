/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* The configuration's file while it is edited. Whoever holds one is the only editor: what was read
 * since it was opened is still what will be replaced. The lock is on the folder, so that it leaves
 * no file behind and ends with the process. */
typedef struct _TrkConfigFile TrkConfigFile;

/* Makes the folder (0700) where it is missing and waits for other editors, who take milliseconds.
 * A link is followed, so that one from a folder of dotfiles stays a link. NULL with
 * TRK_ERROR_STORAGE. Owned by the caller. */
TrkConfigFile *trk_config_file_open (const char *path, GError **error);

void trk_config_file_free (TrkConfigFile *file);

/* Puts @text in its place, 0600, on disk when this returns TRUE: written beside it, synced,
 * renamed. Killed in the middle, it leaves the old file and at most one "NAME.new", which the next
 * one replaces. Fails with TRK_ERROR_STORAGE; then nothing has changed. */
gboolean trk_config_file_replace (TrkConfigFile *file, const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkConfigFile, trk_config_file_free)
