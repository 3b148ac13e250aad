/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which notifications are on the screen, in a small file: a daemon that was killed left them there
 * with buttons that nobody listens to, and only the next one can take them away. IDs mean something
 * to the server that gave them and to no other, so they are kept with its name. */

/* @server: who gave the IDs, "BUS-GUID/UNIQUE-NAME". @ids: of guint32; none removes the file. A
 * file that cannot be written does no harm worth telling. */
void trk_screen_file_save (const char *path, const char *server, const GArray *ids);

/* The IDs at @path that @server gave, at most 64; empty when there are none, when the file is of
 * another server, or when it is unreadable. Owned by the caller. */
GArray *trk_screen_file_load (const char *path, const char *server);

G_END_DECLS
