/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON from a stranger: NULL when it is not valid, or nested deeper than the parser's stack bears
 * (the depth is counted before json-glib, which recurses without a limit, sees any of it). The root
 * is owned by the caller. */
JsonNode *trk_bounded_json_parse (const char *text, gsize length);

/* Members of @object (nullable), which may be missing or of another type: NULL, or 0 then. */
const char *trk_bounded_json_string (JsonObject *object, const char *member);
gint64 trk_bounded_json_int (JsonObject *object, const char *member);
gboolean trk_bounded_json_bool (JsonObject *object, const char *member);
JsonObject *trk_bounded_json_object (JsonObject *object, const char *member);
JsonArray *trk_bounded_json_array (JsonObject *object, const char *member);
JsonObject *trk_bounded_json_root (JsonNode *node); /* (nullable) node; NULL: it is no object */

G_END_DECLS
