/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Waits for the user's display to come: the socket of a compositor ($WAYLAND_DISPLAY, else
 * wayland-0) or an X server ($DISPLAY) in its folder. Nothing is polled, and displays of others,
 * which come and go in the same folder, are no news. */
typedef struct _TrkSessionWatch TrkSessionWatch;

TrkSessionWatch *trk_session_watch_new (void (*came) (gpointer data), gpointer data);
void trk_session_watch_free (TrkSessionWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSessionWatch, trk_session_watch_free)

G_END_DECLS
