/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes GDBus turn TRK_ERROR into org.trackerd.Error.* on the wire and back. May be called any
 * number of times, from any thread. */
void trk_bus_error_register (void);

/* Why no answer came to a call that may have been heard, when @error says that (static); else
 * NULL. */
const char *trk_bus_error_remote_lost (const GError *error);

/* @error as the caller of the daemon wants it: always TRK_ERROR, in words, without GDBus's prefix.
 * Whatever means that nobody answers is UNREACHABLE. Takes @error, returns a new one (owned). */
GError *trk_bus_error_from_remote (GError *error);

G_END_DECLS
