/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-error-name.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes GDBus turn TRK_ERROR into org.trackerd.Error.* on the wire and back. May be called any
 * number of times, from any thread. */
void trk_bus_error_register (void);

/* What @error says of the call; @why (static) nobody answered, NULL: somebody did. */
TrkBusReply trk_bus_error_remote_reply (const GError *error, const char **why);

/* @error as the caller of the daemon wants it: always TRK_ERROR, in words, without GDBus's prefix.
 * Whatever means that nobody answers is UNREACHABLE. Takes @error, returns a new one (owned). */
GError *trk_bus_error_from_remote (GError *error);

G_END_DECLS
