/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Does a program hold the screen awake? A call, a presentation and a film in full screen do.
 * GNOME's session manager tells (org.gnome.SessionManager, inhibitors of idleness), and elsewhere
 * org.freedesktop.PowerManagement.Inhibit; both by signals. Where neither is there, nobody does.
 * GNOME's says which program it is. */
typedef struct _TrkInhibitorWatch TrkInhibitorWatch;

TrkInhibitorWatch *
trk_inhibitor_watch_new (GDBusConnection *bus, void (*changed) (gpointer data), gpointer data);
/* What was last told, as a sentence without its full stop; NULL: nobody does. Borrowed, until the
 * next change. The end of a watch is not told: whoever ends one asks before. */
const char *trk_inhibitor_watch_cause (const TrkInhibitorWatch *watch);
void trk_inhibitor_watch_free (TrkInhibitorWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkInhibitorWatch, trk_inhibitor_watch_free)

G_END_DECLS
