/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @given, the path that the session names (NULL or "": none), then the others of what lies in
 * @folder and whose name begins with @prefix, newest first; at most 16 of those. Compositors put
 * their sockets there, and leave them when they crash. Never NULL, owned by the caller. */
GStrv trk_newest_files (const char *given, const char *folder, const char *prefix);

G_END_DECLS
