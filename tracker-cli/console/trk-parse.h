/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-words.h"

G_BEGIN_DECLS

/* Values of words and options. All fail with TRK_ERROR_USAGE, naming the text and what is
 * wanted. */

/* "12" or "#12": a number for people, 1 or more. @what ("task") is named in the error. */
gboolean trk_parse_number (const char *text, const char *what, gint64 *number, GError **error);

/* A kind by its word; the error names the nearest, else all. */
gboolean trk_parse_kind (const char *text, TrkKind *kind, GError **error);

/* A decimal number with a point ("-3.5"); @rest (nullable) gets what stands behind it without a
 * space ("%"), otherwise nothing may. Not infinite. */
gboolean trk_parse_decimal (const char *text, double *value, const char **rest, GError **error);

/* Text of the user that will be shown: one safe line. Neither empty nor longer than
 * TRK_LONGEST_TEXT characters: nothing that was typed is cut in silence. Owned by the caller, NULL
 * with @error. @what ("title") is named in the error. */
#define TRK_LONGEST_TEXT 500
char *trk_parse_text (const char *text, const char *what, GError **error);

G_END_DECLS
