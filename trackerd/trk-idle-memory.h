/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives back to the system what this process does not need while it waits: free memory, and what
 * it has mapped of its program and libraries. That stays in the files (and in the system's cache
 * of them), and each page comes back by itself when it is touched: some 100 µs at the next event.
 * Breakpoints of a debugger go with it. */
void trk_idle_memory_give_back (void);

G_END_DECLS
