/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"
#include "trk-content-cursor.h"

G_BEGIN_DECLS

/* iCalendar's lowest layer (RFC 5545 3.1): bytes → unfolded content lines (trk-content-cursor.h) →
 * name, parameters, value. Our own, because libical's unfolding is quadratic in the line's length,
 * and a NUL or a missing END makes it lose the whole file. Linear in the input; every line keeps
 * its number. */

enum
{
  TRK_CONTENT_MAX_FILE = TRK_CALENDAR_MAX_FILE,
  TRK_CONTENT_MAX_TEXT = 64 << 10, /* bytes of one value; a longer text is cut */
  TRK_CONTENT_MAX_VALUE = 2 << 20, /* bytes of a list of dates; a longer one is refused */
  TRK_CONTENT_MAX_PARAMS = 1000    /* of one line; with more it is none */
};

/* A content line taken apart. One piece of memory for most: a calendar has many. */
typedef struct
{
  char *name;        /* upper case */
  GPtrArray *params; /* of char*: name (upper case), value, name, value …; (owned) (nullable) */
  char *value;       /* valid UTF-8, escapes untouched */
  char *made;        /* @value, where it is not as it stood there: (owned) (nullable) */
  GBytes *bytes;     /* the value as it was written, when it needs a CHARSET other than UTF-8 to be
                        read, and @value is a guess; (owned) (nullable) */
  guint line;
  gboolean cut; /* the value was longer than what is kept */
  char text[];  /* name and value */
} TrkContentLine;

/* Parses @raw. NULL when it is no content line (no colon, or a name with foreign characters). */
TrkContentLine *trk_content_line_parse (const GString *raw, guint line, gboolean cut);
void trk_content_line_free (TrkContentLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkContentLine, trk_content_line_free)

/* Gives it another value, valid UTF-8 (taken). */
void trk_content_line_set_value (TrkContentLine *line, char *value);

/* The value of parameter @name, quotes removed; NULL when the line has none. */
const char *trk_content_line_param (const TrkContentLine *line, const char *name);

/* The TEXT value with its escapes resolved (3.3.11). Owned by the caller. */
char *trk_content_unescape (const char *value);

/* The first @max values of a list of TEXTs, split at unescaped commas and unescaped; empty ones are
 * no values. */
GStrv trk_content_unescape_list (const char *value, guint max);

/* Is it valid UTF-8 without NUL? */
gboolean trk_content_is_text (const char *raw, gsize length);

/* Makes valid UTF-8 of @raw: as it is when it is valid, else read as ISO 8859-1 with
 * Windows' letters (code page 1252) where that has none (TRUE in @foreign); NUL bytes become
 * U+FFFD. Owned by the caller. */
char *trk_content_make_text (const char *raw, gsize length, gboolean *foreign);

G_END_DECLS
