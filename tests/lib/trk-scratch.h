/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes @path with all that is in it; a link is removed, not what it names. What cannot be
 * removed stays. */
void trk_scratch_remove (const char *path);

G_END_DECLS
