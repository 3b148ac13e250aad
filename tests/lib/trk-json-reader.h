/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-json.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What another implementation reads from what was written; a document that it refuses fails the
 * test. Owned by the caller. */
JsonNode *trk_json_read_back (const TrkJson *json);

G_END_DECLS
