/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From bytes to unfolded content lines (RFC 5545 3.1), and nothing of what is in them. */

/* A cursor over physical lines. Plain value; the text is borrowed. */
typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  gsize line_end; /* where the line that holds @at ends: its LF, or @length */
  guint line;     /* number of the line at @at, 1 is the first */
  gboolean cr;    /* lines end with a bare CR (old Mac): no LF in the whole text */
} TrkContentCursor;

void trk_content_cursor_init (TrkContentCursor *cursor,
                              const char *text,
                              gsize length,
                              guint first_line);

/* Moves the cursor back to @at, in line @line, where a line is to begin; it never goes forward. */
void trk_content_cursor_go_back (TrkContentCursor *cursor, gsize at, guint line);

/* The next unfolded line into @out (its old content is replaced), empty ones skipped; at most @max
 * bytes of it are kept (TRUE in @cut when there were more). @line and @offset (nullable) tell where
 * it begins. FALSE at the end. @out holds raw bytes: see trk_content_make_text(). */
gboolean trk_content_next (
    TrkContentCursor *cursor, gsize max, GString *out, guint *line, gsize *offset, gboolean *cut);

/* Moves the cursor behind the line that begins at it and is not empty. FALSE, and it stays: where
 * that line ends takes to read it; trk_content_next() does. */
gboolean trk_content_skip (TrkContentCursor *cursor);

/* May @c stand in the name of a property? (More than 3.1 allows: some write others.) */
static inline gboolean
trk_content_is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

G_END_DECLS
