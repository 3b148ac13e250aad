/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-endpoint.h"
#include "trk-bus-wire.h"

G_BEGIN_DECLS

/* A connection to a bus over a local socket, without GIO: whoever only asks and waits for the
 * answer needs no threads, no loop and no objects. Whoever is at the other end may be anybody: what
 * it says is bounded and checked, and it can make nobody wait for more than TRK_BUS_TIMEOUT. */
typedef struct _TrkBusSocket TrkBusSocket;

/* Connects to the first of @endpoints (of TrkBusEndpoint) that takes connections, and says who we
 * are; trk_bus_socket_enter() then waits until the bus lets us in, which it has to before anything
 * is sent. Both: UNREACHABLE in words, without "nobody is keeping time". */
TrkBusSocket *trk_bus_socket_open (const GArray *endpoints, GError **error);
gboolean trk_bus_socket_enter (TrkBusSocket *socket, GError **error);
void trk_bus_socket_close (TrkBusSocket *socket);

/* Sends @n calls, the arguments of which it takes, and lets the caller do something else meanwhile;
 * trk_bus_socket_receive() waits for their answers, as "call" of TrkBusWire does. What goes wrong
 * is an answer, too. */
void trk_bus_socket_send (TrkBusSocket *socket, const TrkBusCall *calls, guint n);
void trk_bus_socket_receive (TrkBusSocket *socket, guint n, TrkBusAnswer *answers);

G_END_DECLS
