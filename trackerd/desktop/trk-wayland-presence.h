/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-presence-source.h"

G_BEGIN_DECLS

#define TRK_TYPE_WAYLAND_PRESENCE (trk_wayland_presence_get_type ())
G_DECLARE_FINAL_TYPE (TrkWaylandPresence, trk_wayland_presence, TRK, WAYLAND_PRESENCE, GObject)

/* A Wayland compositor's idle notification, on its first seat: ext-idle-notify-v1, else the older
 * org_kde_kwin_idle (KDE until 5.26, sway until 1.7). Neither says whether the user has been idle
 * before it was asked: that comes after the limit, counted from then.
 *
 * Fails with "no Wayland display" (and never) when no compositor is there at all: only then is X11
 * worth a look, since XWayland sees the input of X clients alone.
 *
 * @display: "wayland-0" or an absolute path; NULL takes $WAYLAND_DISPLAY, else "wayland-0". */
TrkPresenceSource *trk_wayland_presence_new (const char *display);

/* What "failed" says then. */
#define TRK_WAYLAND_NO_DISPLAY "no Wayland display"

G_END_DECLS
