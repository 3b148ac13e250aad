/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Waits for a display to come: a compositor's or an X server's socket in its folder. Nothing is
 * polled, and only what is called like one wakes anybody. */
typedef struct _TrkSessionWatch TrkSessionWatch;

TrkSessionWatch *trk_session_watch_new (void (*came) (gpointer data), gpointer data);
void trk_session_watch_free (TrkSessionWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSessionWatch, trk_session_watch_free)

G_END_DECLS
