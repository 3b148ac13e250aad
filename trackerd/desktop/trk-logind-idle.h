/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Does a program of the user's keep the session from being idle by logind (systemd-inhibit
 * --what=idle, a video player, a presentation under sway)? org.freedesktop.login1(5): the manager's
 * property BlockInhibited tells by signal, and ListInhibitors who it is. Locks of other users (an
 * update of the system's) are no presentation and do not count, nor do those that only delay. */
typedef struct _TrkLogindIdle TrkLogindIdle;

/* @bus: the system's; logind is on it until the watch is freed. @changed is never called from
 * inside a call. */
TrkLogindIdle *
trk_logind_idle_new (GDBusConnection *bus, void (*changed) (gpointer data), gpointer data);

/* A sentence without its full stop; NULL: nobody does. Borrowed, until the next change. The end of
 * a watch is not told. */
const char *trk_logind_idle_cause (const TrkLogindIdle *idle);
void trk_logind_idle_free (TrkLogindIdle *idle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkLogindIdle, trk_logind_idle_free)

G_END_DECLS
