/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-day.h"
#include "trk-instant.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of the object that @builder stands in. The same rules everywhere: an instant is
 * "YYYY-MM-DDThh:mm:ssZ", a length is whole seconds, what does not exist is null, and so is a
 * number that is none (RFC 8259 section 6 has no infinity). Text is made valid UTF-8. */
void trk_json_string (JsonBuilder *builder, const char *key, const char *value); /* NULL: null */
void trk_json_instant (JsonBuilder *builder, const char *key, TrkInstant at); /* 0, never: null */
void trk_json_length (JsonBuilder *builder, const char *key, TrkDuration length);
void trk_json_day (JsonBuilder *builder, const char *key, TrkDay day);
void trk_json_int (JsonBuilder *builder, const char *key, gint64 value);
void trk_json_number (JsonBuilder *builder, const char *key, gint64 value); /* 0: null */
void trk_json_double (JsonBuilder *builder, const char *key, double value);
void trk_json_bool (JsonBuilder *builder, const char *key, gboolean value);
void trk_json_strings (JsonBuilder *builder, const char *key, const char *const *values);

/* The finished document, indented, without a line end; a fraction is the shortest text that reads
 * back as the same double. Owned by the caller. */
char *trk_json_text (JsonBuilder *builder);

G_END_DECLS
