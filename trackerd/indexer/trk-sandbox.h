/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index.h"

G_BEGIN_DECLS

/* Takes from this process, for good, what reading calendars does not need, so that a calendar that
 * finds a hole in a library finds nothing behind it. */

/* From here on only the files and folders of @readable (of char*; what they lead to when they are
 * links, and all below them) can be read, with the time zone data, and only what lies in the folder
 * @writable can be written; no program can be started, no process, socket or executable memory be
 * made. Returns what the kernel holds us to: an old one, or another sandbox around this one, may
 * offer less. */
TrkIndexConfined trk_sandbox_enter (const GPtrArray *readable, const char *writable);

G_END_DECLS
