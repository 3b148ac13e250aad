/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-error.h"

G_BEGIN_DECLS

/* The name on the bus of an error of TRK_ERROR. */
const char *trk_bus_error_name (TrkErrorCode code);

/* That nobody answers, and @why: UNREACHABLE (owned). */
GError *trk_bus_error_nobody (const char *why);

/* What became of a call. */
typedef enum
{
  TRK_BUS_ANSWERED,  /* somebody answered, were it with an error */
  TRK_BUS_NO_DAEMON, /* there is a bus, and nothing is wrong but that no daemon was started */
  TRK_BUS_UNHEARD,   /* nobody heard it */
  TRK_BUS_LOST,      /* it may have been heard, and no answer came */
} TrkBusReply;

/* What an error of that @name says of the call; @why (static) nobody answered, NULL: somebody
 * did. */
TrkBusReply trk_bus_error_reply (const char *name, const char **why);

/* The error of that @name on the bus as the caller of the daemon wants it: always TRK_ERROR, in
 * words. Whatever means that nobody answers is UNREACHABLE. Owned by the caller. */
GError *trk_bus_error_from_name (const char *name, const char *message);

G_END_DECLS
