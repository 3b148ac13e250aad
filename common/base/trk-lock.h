/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One daemon a home, whatever sessions and buses there are: a lock of the kernel's on a file beside
 * the log. It ends with the process, however that ends, so it is never stale; the process number in
 * the file is for people. */
typedef struct _TrkLock TrkLock;

/* Is there a daemon of this home, wherever it can be reached? Then @owner gets its process number,
 * as the kernel has it: 0 when it is not one of those that can be seen from here. Takes nothing: a
 * daemon that starts at this moment is not in its way. Never for who holds the lock: POSIX has a
 * process lose what others see of it when it closes any descriptor of that file (fcntl(2)), and
 * then nobody would be there. */
gboolean trk_lock_is_held (const char *path, gint64 *owner);

/* NULL without @error: somebody else has it, and @owner gets their process number (0: unknown).
 * NULL with @error (STORAGE): the file cannot be made. */
TrkLock *trk_lock_take (const char *path, gint64 *owner, GError **error);
void trk_lock_release (TrkLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkLock, trk_lock_release)

G_END_DECLS
