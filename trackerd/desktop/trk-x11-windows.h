/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-window-source.h"

G_BEGIN_DECLS

#define TRK_TYPE_X11_WINDOWS (trk_x11_windows_get_type ())
G_DECLARE_FINAL_TYPE (TrkX11Windows, trk_x11_windows, TRK, X11_WINDOWS, GObject)

/* An X server's window manager: _NET_ACTIVE_WINDOW of the root (Extended Window Manager Hints 1.5)
 * says which window is in front, that window's WM_CLASS (ICCCM 4.1.2.5) and _NET_WM_PID which
 * program it is. Blind while no window manager says that it keeps the property (_NET_SUPPORTED).
 * Under XWayland it sees X clients alone.
 *
 * @display: ":0"; NULL takes $DISPLAY. */
TrkWindowSource *trk_x11_windows_new (const char *display);

G_END_DECLS
