/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text from strangers made safe to show. Calendar text may hold anything: invalid UTF-8,
 * control characters that move a terminal's cursor, bidi overrides that hide what is written, a
 * megabyte. */

/* One line of at most @max_chars characters (0: no limit): invalid bytes become U+FFFD, control
 * and bidi-override characters go, runs of white space become one space, the ends are trimmed, and
 * what was cut is marked with "…", which counts. Never NULL, owned by the caller. @text may be NULL
 * (gives ""). */
char *trk_text_line (const char *text, gsize max_chars);

/* The same, keeping line breaks (as "\n"). */
char *trk_text_block (const char *text, gsize max_chars);

/* Columns that @text takes on a terminal: wide characters two, combining ones none. */
gsize trk_text_width (const char *text);

/* @text cut to at most @columns (marked with "…") and padded with spaces to exactly @columns.
 * Owned by the caller. */
char *trk_text_fit (const char *text, gsize columns);

/* The row of @candidates (NULL-terminated) nearest to @word by edit distance (Damerau–Levenshtein,
 * at most a third of the word plus one), or NULL. Points into @candidates. */
const char *trk_text_nearest (const char *word, const char *const *candidates);

G_END_DECLS
