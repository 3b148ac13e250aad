/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* What entries leave of the gaps (of TrkGap) that wait for an answer now; NULL with @error when the
 * log cannot be read. Owned by the caller. */
GPtrArray *trk_unanswered (TrkSession *session, GError **error);

/* What became of @asked, a line each: "05:20–05:45  25 min worked, Write spec". Says nothing of
 * those that still wait. A log that cannot be read is told on the session's err. */
void trk_answered_say (TrkSession *session, const GPtrArray *asked);

G_END_DECLS
