/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-wire.h"

G_BEGIN_DECLS

/* The daemon as commands see it. Every call blocks for at most TRK_BUS_TIMEOUT (5 s); every error
 * is TRK_ERROR: UNREACHABLE in words when there is no bus, no daemon or no answer, else what the
 * daemon said (STATE, USAGE, NOT_FOUND, CONFLICT, STORAGE …). Of an order that was sent and not
 * answered nobody knows whether it was done: then the words say so (TRK_BUS_DONE_PERHAPS). */
typedef struct _TrkBusClient TrkBusClient;

/* Connects to the session bus; no daemon is started by that. GIO is loaded only for one that is not
 * behind a local socket: see trk-bus-wire.h. The errors say what is wrong with the bus, and not yet
 * that nobody is keeping time (trk_bus_error_nobody()). In two steps: between them the caller may
 * do something else while the bus looks at who we are, but nothing with this client. */
TrkBusClient *trk_bus_client_begin (GError **error);
gboolean trk_bus_client_enter (TrkBusClient *client, GError **error);
TrkBusClient *trk_bus_client_new (GError **error); /* both */
void trk_bus_client_free (TrkBusClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkBusClient, trk_bus_client_free)

/* Does the daemon run? Never starts it. */
gboolean trk_bus_client_daemon_runs (TrkBusClient *client);

/* The daemon's process; 0 when none runs or the bus does not tell. */
guint trk_bus_client_daemon_pid (TrkBusClient *client);

/* Calls a method of org.trackerd.Tracker1; the bus starts the daemon where it is installed and does
 * not run. @arguments: a tuple, taken when floating, NULL for none:
 *   trk_bus_client_call (client, "Snooze", g_variant_new ("(xx)", length, until), &error)
 * Returns the results as a tuple (owned), NULL with @error. */
GVariant *
trk_bus_client_call (TrkBusClient *client, const char *method, GVariant *arguments, GError **error);

/* What became of the first of the calls that were made last, and @why (nullable) (borrowed until
 * the next) nobody answered. */
TrkBusReply trk_bus_client_reply (const TrkBusClient *client, const char **why);
/* That was an order, and no answer came: it may have been done all the same. */
gboolean trk_bus_client_done_perhaps (const TrkBusClient *client);

/* The same, where results do not matter, with what the daemon says right before (@before: it is
 * wanted; else the bus may start the daemon) and right after it, all in one way there and back. In
 * two steps: between them the caller may do something else while the daemon works, but nothing with
 * this client. */
void trk_bus_client_begin_act (TrkBusClient *client,
                               const char *method,
                               GVariant *arguments,
                               gboolean before);
/* @before is NULL when it is not wanted. FALSE with @error: nothing is set. Either is NULL when the
 * daemon did not tell. */
gboolean trk_bus_client_end_act (TrkBusClient *client,
                                 TrkDaemonStatus **before,
                                 TrkDaemonStatus **after,
                                 GError **error);

/* All properties in one round trip, in two steps as well. Never starts the daemon: UNREACHABLE when
 * it does not run. */
void trk_bus_client_begin_status (TrkBusClient *client);
TrkDaemonStatus *trk_bus_client_end_status (TrkBusClient *client, GError **error);
TrkDaemonStatus *trk_bus_client_status (TrkBusClient *client, GError **error); /* both */

/* Tells a running daemon that the log, the configuration or a calendar changed, and waits until it
 * has taken note. TRUE also when none runs: then there is nobody to tell. */
gboolean trk_bus_client_reload (TrkBusClient *client, GError **error);

/* Tells @follower of the daemon, by signals alone, until it or its reader has enough: TRUE. A
 * daemon that ends and one that starts are changes as others are. Nothing wakes up while nothing
 * happens, but for what the follower asked for and jumps of the clock. UNREACHABLE when there is no
 * session bus (any more); it was told so before. */
gboolean trk_bus_client_follow (const TrkBusFollower *follower, GError **error);

G_END_DECLS
