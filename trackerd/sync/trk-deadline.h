/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An end that comes whatever the main loop does: a server that never stops talking keeps libsoup
 * (3.2) in a loop of its own, in which no timer of ours fires. So a thread waits, and cancels. */
typedef struct _TrkDeadline TrkDeadline;

/* @seconds from now. */
TrkDeadline *trk_deadline_new (guint seconds);
/* Not cancelled any more when it was not yet. */
void trk_deadline_free (TrkDeadline *deadline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDeadline, trk_deadline_free)

/* Cancelled from then on, from another thread. Borrowed. */
GCancellable *trk_deadline_cancellable (const TrkDeadline *deadline);

G_END_DECLS
