/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-file.h"

G_BEGIN_DECLS

/* What kind of bytes a file holds, before it is read as a calendar: what is foreign is told in the
 * file's findings. UTF-16, which some programs write, is turned into UTF-8 here. */

/* FALSE: it cannot be a calendar. Else the text begins at @skip (behind a byte order mark). */
gboolean trk_file_format_check (TrkFile *file, gsize *skip);

G_END_DECLS
