/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-socket-windows.h"

G_BEGIN_DECLS

#define TRK_TYPE_HYPRLAND_WINDOWS (trk_hyprland_windows_get_type ())
G_DECLARE_FINAL_TYPE (
    TrkHyprlandWindows, trk_hyprland_windows, TRK, HYPRLAND_WINDOWS, TrkSocketWindows)

/* What Hyprland tells (its wiki, "IPC"): the event "activewindow>>CLASS,TITLE" on .socket2.sock
 * says that another window is in front, and the request "j/activewindow" on .socket.sock which one
 * that is, with its process.
 *
 * @folders: of its instances, best first; the first where somebody listens is taken. @patience: ms
 * for which an answer or the rest of an event is waited for; then the source fails. */
TrkWindowSource *trk_hyprland_windows_new (const char *const *folders, guint patience);

/* Where Hyprland of this user may be: that of $HYPRLAND_INSTANCE_SIGNATURE, then what lies in
 * $XDG_RUNTIME_DIR/hypr, newest first. Empty: nowhere. Owned by the caller. */
GStrv trk_hyprland_windows_folders (void);

G_END_DECLS
