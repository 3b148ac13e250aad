/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text broken at spaces so that no line is wider than @columns, each line after @indent spaces.
 * An empty line divides paragraphs; a line that begins with a space is kept as it is. Owned by the
 * caller. */
char *trk_wrap (const char *text, guint columns, guint indent);

G_END_DECLS
