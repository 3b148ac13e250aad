/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A notification server for a bus that has none: what a desktop would show is written to the
 * session's out, as it arrives. */
typedef struct _TrkDemoNotifications TrkDemoNotifications;

/* Owns org.freedesktop.Notifications (Desktop Notifications Specification 1.2) on @connection,
 * which it serves from the thread's default main context. */
TrkDemoNotifications *
trk_demo_notifications_new (TrkSession *session, GDBusConnection *connection, GError **error);
void trk_demo_notifications_free (TrkDemoNotifications *server);

G_END_DECLS
