/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When to look again for a server that went away or is not there yet: soon, less and less often for
 * two minutes, and then when its socket is made. Nothing is polled after that. */
typedef struct _TrkComeback TrkComeback;

/* @socket: its absolute path. @again is called with @data after each trk_comeback_lost(). */
TrkComeback *trk_comeback_new (const char *socket, void (*again) (gpointer data), gpointer data);
void trk_comeback_free (TrkComeback *comeback);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkComeback, trk_comeback_free)

void trk_comeback_lost (TrkComeback *comeback);
void trk_comeback_found (TrkComeback *comeback);

G_END_DECLS
