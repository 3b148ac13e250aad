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

/* Is that the same as @text (nullable)? FALSE for what is not all of ASCII, whatever it is. */
gboolean trk_text_is_line (const char *text, gsize max_chars);

/* The same, keeping line breaks (as "\n"). */
char *trk_text_block (const char *text, gsize max_chars);

/* A character that changes how others are shown: a control code (a terminal obeys those of ASCII
 * and of C1, U+0080 to U+009F) or one that reorders what is read. */
gboolean trk_text_is_control (gunichar c);

/* @text as a terminal may have it: invalid bytes and each such character but the line break become
 * U+FFFD, all else stays, spaces too. For lines that are made up already and hold what nobody
 * cleaned, such as a file's name. Owned by the caller. */
char *trk_text_visible (const char *text);

/* @text as titles are compared and looked for: neither case counts nor whether an accent is a
 * character of its own (case-folded, NFC); bytes that are no UTF-8 are as trk_text_line() shows
 * them. Owned by the caller. */
char *trk_text_folded (const char *text);

/* Do people read the same? Two texts whose trk_text_folded() is the same. */
gboolean trk_text_reads_same (const char *a, const char *b);

/* Does @title begin with @words as people read both, and end or go on with another word there? No
 * words begin nothing. */
gboolean trk_text_first_words (const char *title, const char *words);

/* Columns that @text takes on a terminal: wide characters two, combining ones none; of invalid
 * UTF-8 some number. */
gsize trk_text_width (const char *text);

/* The same of its first @length bytes, which end no character early. */
gsize trk_text_width_of (const char *text, gsize length);

/* @text cut to at most @columns (marked with "…") and padded with spaces to exactly @columns.
 * Owned by the caller. */
char *trk_text_fit (const char *text, gsize columns);

/* The row of @candidates (NULL-terminated) nearest to @word by edit distance (Damerau–Levenshtein,
 * at most a third of the word plus one), or NULL. Points into @candidates. */
const char *trk_text_nearest (const char *word, const char *const *candidates);

G_END_DECLS
