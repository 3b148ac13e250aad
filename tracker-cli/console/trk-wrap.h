/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text broken at spaces into lines that are not wider than @columns, but for a word that is. An
 * empty line divides paragraphs; a line that begins with a space is kept as it is. Owned by the
 * caller. */
GStrv trk_wrap_lines (const char *text, guint columns);

/* The same as one text, each line after @indent spaces, which count, and with its end. Owned by the
 * caller. */
char *trk_wrap (const char *text, guint columns, guint indent);

G_END_DECLS
