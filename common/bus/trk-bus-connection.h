/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-address.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A private connection to the session bus. It does not end the program when the bus goes away (and
 * does not emit "closed"), and a bus that accepts but never answers costs TRK_BUS_TIMEOUT, not for
 * ever. TRK_ERROR_UNREACHABLE says what is missing. Blocks. */
GDBusConnection *trk_bus_connect (GError **error);

G_END_DECLS
