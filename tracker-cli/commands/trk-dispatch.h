/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* Runs the command that @words (argv without the program's name) ask for; none is "status". What
 * goes wrong is told on the session's err. The exit status: 0 done, 1 failed, 2 wrong usage, 3 the
 * daemon is needed and cannot be reached, 4 nothing found. */
int trk_dispatch (TrkSession *session, const char *const *words);

/* The end of a run: sees that all that was printed arrived, tells @error (nullable), and gives the
 * exit status. */
int trk_dispatch_end (TrkSession *session, const GError *error);

G_END_DECLS
