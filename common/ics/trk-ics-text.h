/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writing iCalendar's text (RFC 5545 3.1, 3.3.11). */

/* @text as a TEXT value: backslash, semicolon, comma and line breaks escaped (3.3.11). Control
 * characters, which no TEXT may hold, are left out. @text is valid UTF-8. Owned by the caller. */
char *trk_ics_escape (const char *text);

/* A parameter's value (3.2): quoted when it must be; a quote, which none can hold, becomes an
 * apostrophe (RFC 6868 is not read by everyone). Owned by the caller. */
char *trk_ics_param (const char *text);

/* Appends the content line @line, which has no line end, folded to lines of at most 75 octets
 * (3.1), never inside a UTF-8 character; @eol ends each. */
void trk_ics_append_line (GString *out, const char *line, const char *eol);

G_END_DECLS
