/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TrkPrivateBus:
 *
 * A dbus-daemon of the test's own. Not GTestDBus: that forks a watcher out of a process with
 * threads, and a watcher that inherits a locked allocator never ends and holds the test's output
 * open, so that the harness waits for it. */
typedef struct _TrkPrivateBus TrkPrivateBus;

/* Starts a bus and makes it the process's session bus. Its address is in
 * DBUS_SESSION_BUS_ADDRESS. Fails the test when there is no dbus-daemon. Owned by the caller. */
TrkPrivateBus *trk_private_bus_new (void);

/* Lives as long as @bus. */
const char *trk_private_bus_address (const TrkPrivateBus *bus);

/* Kills the bus and waits for its end; the session bus's address is unset. Once more does
 * nothing. */
void trk_private_bus_stop (TrkPrivateBus *bus);

/* Stops @bus and frees it. @bus is (nullable). */
void trk_private_bus_free (TrkPrivateBus *bus);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkPrivateBus, trk_private_bus_free)

G_END_DECLS
