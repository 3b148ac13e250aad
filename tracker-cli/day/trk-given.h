/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* What a live verb gave where that is not all that its words may have meant, in a line without a
 * line end. Both are owned by the caller. */

/* "only 4 min of 5 min: Code review begins at 10:30", when the end of what runs by @after was to be
 * moved by @length, 0 the configured one, from where it was by @before; NULL when it was. */
char *trk_given_end (TrkSession *session,
                     const TrkDaemonStatus *before,
                     const TrkDaemonStatus *after,
                     TrkDuration length);

/* "work of its own; for the block of 14:00: tracker start 'Mail round'", when @title, which was
 * begun by hand, is the first words of one that is still to come today; NULL when it is of none. */
char *trk_given_own (TrkSession *session, const char *title);

G_END_DECLS
