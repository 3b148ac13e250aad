/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads @path: a regular file (a FIFO, device or socket is refused, never waited for) of bounded
 * size. TRK_ERROR_NOT_FOUND when there is none, else TRK_ERROR_INVALID; the message is the reason
 * without the path. A NUL stands behind the last byte. Owned by the caller. */
char *trk_file_read_bytes (const char *path, gsize *length, GError **error);

G_END_DECLS
