/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-presence-source.h"

G_BEGIN_DECLS

#define TRK_MUTTER_NAME "org.gnome.Mutter.IdleMonitor"

#define TRK_TYPE_MUTTER_PRESENCE (trk_mutter_presence_get_type ())
G_DECLARE_FINAL_TYPE (TrkMutterPresence, trk_mutter_presence, TRK, MUTTER_PRESENCE, GObject)

/* GNOME's idle monitor, on the session bus: org.gnome.Mutter.IdleMonitor. An idle watch fires each
 * time that its interval passes without input, at once when it has passed already; an active watch
 * fires at the next input, once. */
TrkPresenceSource *trk_mutter_presence_new (GDBusConnection *connection);

G_END_DECLS
