/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Beginnings and ends of components that no longer stand in a line of their own: files were put
 * together without a last line's end, or bytes were lost. */

/* "END:VEVENTBEGIN:VEVENT": how long the first piece of @raw is; 0: it is no such line. */
gsize trk_lost_first_piece (const char *raw);

/* The last "BEGIN:VEVENT" in @from … @to that ends a line and does not begin it; NULL: none. */
const char *trk_lost_begin (const char *from, const char *to);

/* How many lines end in @from … @to. */
guint trk_lost_lines_in (const char *from, const char *to);

/* Does "BEGIN:VEVENT" have the line at @offset of the file's @length @bytes for itself, so that
 * what follows it in the component's @name was put there by a space that begins the next line, by
 * nobody's will? */
gboolean trk_lost_fold (const char *bytes, gsize length, gsize offset, const char *name);

G_END_DECLS
