/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-problem.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The desktop's do-not-disturb, while a block asks for it: GNOME, KDE, dunst, mako, swaync.
 *
 * What was on before is left alone. What we switch on is written down first and switched off
 * again: at the end, at stop, and after a crash by the next daemon. When somebody else switches it
 * off meanwhile, it stays off and is nothing of ours any more. Nobody waits for a server, but at
 * the end. */
typedef struct _TrkDoNotDisturb TrkDoNotDisturb;

/* @file: where it is written down that it is ours. @problem: why it could not be switched. */
TrkDoNotDisturb *trk_do_not_disturb_new (const char *file, TrkProblem problem);
/* Puts back what is ours; waits for that half a second at most. */
void trk_do_not_disturb_free (TrkDoNotDisturb *quiet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDoNotDisturb, trk_do_not_disturb_free)

/* The session bus is there (again), or NULL: it went away. */
void trk_do_not_disturb_set_bus (TrkDoNotDisturb *quiet, GDBusConnection *bus);

/* To be called once at least after a start: what a crash left is put back, or goes on. */
void trk_do_not_disturb_want (TrkDoNotDisturb *quiet, gboolean wanted);

G_END_DECLS
