/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-panel.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* Prints a line of that form now and whenever it would say something else, until nobody reads it
 * any more. TRK_ERROR_UNREACHABLE when there is no session bus (any more); the last line says so
 * then. */
gboolean trk_status_follow (TrkSession *session, TrkPanel panel, GError **error);

G_END_DECLS
