/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-logind.h"
#include "trk-problem.h"

G_BEGIN_DECLS

/* Asks for the screen to be locked: logind, which knows our session, and where it knows of none
 * org.freedesktop.ScreenSaver on @bus (nullable). Nobody waits; that a screen saver refused
 * is told to @problem when it says so. FALSE: there is nobody to ask. */
gboolean trk_screen_lock (TrkLogind *logind, GDBusConnection *bus, TrkProblem problem);

G_END_DECLS
