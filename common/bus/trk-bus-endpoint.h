/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sys/socket.h>
#include <sys/un.h>

G_BEGIN_DECLS

/* A local socket of a bus. */
typedef struct
{
  struct sockaddr_un name;
  socklen_t length;
} TrkBusEndpoint;

/* The local sockets that @address names (D-Bus specification, "Server Addresses"): unix:path=,
 * unix:abstract= and unix:runtime=yes, one or a list of them, in their order. NULL when there is
 * none, or anything else among them: that takes GIO, which knows all ways to a bus. */
GArray *trk_bus_endpoints (const char *address);

G_END_DECLS
