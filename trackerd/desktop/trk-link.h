/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-problem.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens a web address with the user's own program; returns at once, and tells @problem when
 * that failed.
 *
 * A daemon that systemd started shares its sandbox (no network, no memory that is written and run)
 * and its end with its children: a browser would be of no use in there. So the user's systemd is
 * asked to start it, through @connection (the session bus, nullable: there is none). Elsewhere it
 * is simply started.
 *
 * @link must be http(s): see trk_link_is_web(). */
void trk_link_open (GDBusConnection *connection, const char *link, TrkProblem problem);

/* May it be opened at all? http and https only; NULL is no. */
gboolean trk_link_is_web (const char *link);

G_END_DECLS
