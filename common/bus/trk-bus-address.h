/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRK_BUS_NAME "org.trackerd.Tracker1"
#define TRK_BUS_PATH "/org/trackerd/Tracker1"
#define TRK_BUS_TIMEOUT 5000 /* ms: longer than this is no answer */

/* How a daemon is started by hand: everything that says so takes it from here. */
#define TRK_BUS_START "systemctl --user start trackerd"
#define TRK_BUS_RESTART "systemctl --user restart trackerd"
#define TRK_BUS_START_ANYWHERE TRK_BUS_START " (without systemd: trackerd &)"

/* What is said when nobody answers, and what to do: takes why, as %s. */
#define TRK_BUS_NOBODY                                                                             \
  "nobody is keeping time (%s). Reports and the log work; to start: " TRK_BUS_START_ANYWHERE

/* What is said when an order was sent and no answer came: takes why, as %s. */
#define TRK_BUS_DONE_PERHAPS "what was asked may have been done all the same"
#define TRK_BUS_UNANSWERED                                                                         \
  "no answer came (%s); " TRK_BUS_DONE_PERHAPS ". What runs now: tracker; what was kept: tracker " \
  "log"

/* Where the session bus is: $DBUS_SESSION_BUS_ADDRESS, else $XDG_RUNTIME_DIR/bus when it is there;
 * NULL when there is none. No bus is ever launched (GLib's own look-up would, under X11). Owned by
 * the caller. */
char *trk_bus_session_address (void);

G_END_DECLS
