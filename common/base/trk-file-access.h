/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives the file open at @to owner, access list, extended attributes and mode of the one open at
 * @from. FALSE with errno when owner, mode or access list cannot be given: whoever could read the
 * one can read the other, and nobody else. What the kernel keeps for itself or a file system does
 * not know (labels, somebody's notes) is left out. @to should be 0600 until then. */
gboolean trk_file_access_copy (int from, int to);

G_END_DECLS
