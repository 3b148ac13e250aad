/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"

G_BEGIN_DECLS

/* The index's tables (see trk-index-schema.c). Disposable: what cannot be opened is made anew. */

/* For reading. TRK_ERROR_NOT_FOUND when there is none, or none of this version. */
TrkDb *trk_index_schema_read (const char *path, GError **error);

/* For writing; created (0600, its folder 0700) when missing, and made anew when it is damaged or of
 * another version. A file that is no index of ours is refused, never touched. */
TrkDb *trk_index_schema_write (const char *path, GError **error);

G_END_DECLS
