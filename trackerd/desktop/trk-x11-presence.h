/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-presence-source.h"

G_BEGIN_DECLS

#define TRK_TYPE_X11_PRESENCE (trk_x11_presence_get_type ())
G_DECLARE_FINAL_TYPE (TrkX11Presence, trk_x11_presence, TRK, X11_PRESENCE, GObject)

/* The X server's IDLETIME counter with alarms on it (X Synchronization Extension Protocol 3.0).
 *
 * @display: ":0"; NULL takes $DISPLAY. */
TrkPresenceSource *trk_x11_presence_new (const char *display);

G_END_DECLS
