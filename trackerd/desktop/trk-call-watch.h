/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Is somebody recorded, by a microphone or a camera? A program of ours (trackerd-capture) tells; it
 * runs as long as this watch, and is started again a few times when it ends by itself. Nothing is
 * polled. */
typedef struct _TrkCallWatch TrkCallWatch;

/* @program: its path. @changed: trk_call_watch_cause() says something else. */
TrkCallWatch *
trk_call_watch_new (const char *program, void (*changed) (gpointer data), gpointer data);
void trk_call_watch_free (TrkCallWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCallWatch, trk_call_watch_free)

/* A sentence for afterwards, "The microphone was in use by Firefox"; NULL: nobody is recorded, or
 * nobody can tell. Borrowed, until the next change. */
const char *trk_call_watch_cause (const TrkCallWatch *watch);

G_END_DECLS
