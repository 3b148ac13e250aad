/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-error.h"

G_BEGIN_DECLS

/* The name on the bus of an error of TRK_ERROR. */
const char *trk_bus_error_name (TrkErrorCode code);

/* That nobody answers, and @why: UNREACHABLE (owned). */
GError *trk_bus_error_nobody (const char *why);

/* The @why of the error with that @message; NULL: it is another error. Owned by the caller. */
char *trk_bus_error_why (const char *message);

/* An error of that @name tells why no answer came to a call that may have been heard (static);
 * NULL: it is an answer, or nobody heard it. */
const char *trk_bus_error_why_lost (const char *name);

/* The error of that @name on the bus as the caller of the daemon wants it: always TRK_ERROR, in
 * words. Whatever means that nobody answers is UNREACHABLE. Owned by the caller. */
GError *trk_bus_error_from_name (const char *name, const char *message);

G_END_DECLS
