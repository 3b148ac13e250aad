/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-window-source.h"

G_BEGIN_DECLS

#define TRK_TYPE_SYSTEMD_STARTS (trk_systemd_starts_get_type ())
G_DECLARE_FINAL_TYPE (TrkSystemdStarts, trk_systemd_starts, TRK, SYSTEMD_STARTS, GObject)

/* The user's systemd, which desktops (GNOME, KDE, and sway with a launcher that does so) ask for a
 * unit of its own for each application: it tells of each new one. It sees starts, and nothing of
 * what is in front. @bus: the session bus. */
TrkWindowSource *trk_systemd_starts_new (GDBusConnection *bus);

/* The application ID in the name of a unit (systemd, "Desktop Environments"):
 *   app[-<launcher>]-<ID>-<random>.scope, app[-<launcher>]-<ID>[@<random>].service
 * with "-" of the ID written as \x2d; dbus-<bus>-<name>@<number>.service, by which the bus starts
 * an application whose ID is its name on the bus. NULL: it is no application's. Owned by the
 * caller. */
char *trk_systemd_application (const char *unit);

G_END_DECLS
