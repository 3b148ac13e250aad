/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-socket-windows.h"

G_BEGIN_DECLS

#define TRK_TYPE_SWAY_WINDOWS (trk_sway_windows_get_type ())
G_DECLARE_FINAL_TYPE (TrkSwayWindows, trk_sway_windows, TRK, SWAY_WINDOWS, TrkSocketWindows)

/* What sway tells on its IPC socket (sway-ipc(7)): the focused window's application ID, or class
 * when it is one of XWayland, and its process.
 *
 * @paths: sockets, best first; the first that somebody listens on is taken, since a compositor that
 * crashed leaves its own behind. @patience: ms for which half a message or an answer is waited for;
 * then the source fails. */
TrkWindowSource *trk_sway_windows_new (const char *const *paths, guint patience);

/* Where sway of this user may listen: $SWAYSOCK, then what lies in $XDG_RUNTIME_DIR, newest first
 * (a daemon that was started before the compositor has no such variable). Empty: nowhere. Owned by
 * the caller. */
GStrv trk_sway_windows_sockets (void);

G_END_DECLS
