/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_BUS_NAME "org.trackerd.Tracker1"
#define TRK_BUS_PATH "/org/trackerd/Tracker1"
#define TRK_BUS_TIMEOUT 5000 /* ms: longer than this is no answer */

/* Where the session bus is: $DBUS_SESSION_BUS_ADDRESS, else $XDG_RUNTIME_DIR/bus when it is there;
 * NULL when there is none. No bus is ever launched (GLib's own look-up would, under X11). Owned by
 * the caller. */
char *trk_bus_session_address (void);

/* A private connection to the session bus. It does not end the program when the bus goes away (and
 * does not emit "closed"), and a bus that accepts but never answers costs TRK_BUS_TIMEOUT, not for
 * ever. TRK_ERROR_UNREACHABLE says what is missing. Blocks. */
GDBusConnection *trk_bus_connect (GError **error);

G_END_DECLS
