/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* When nobody keeps time (no trackerd of this home holds its lock), an entry of this machine that
 * is open in the log counts up to the last moment known awake only: what came after has no
 * evidence. Ends it so in @entries (of TrkEntry, nullable) and marks it as unkept; never to be
 * written back. Returns @entries, NULL with @error (and @entries gone) when the mark cannot be
 * read. Without a mark in the log nothing is changed. */
GPtrArray *trk_unkept_end (TrkStore *store, GPtrArray *entries, GError **error);

/* The unkept entry of @entries, borrowed; NULL: none. */
const TrkEntry *trk_unkept_in (const GPtrArray *entries);

G_END_DECLS
