/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"

G_BEGIN_DECLS

/* The index's tables (see trk-index-schema.c). Disposable: what cannot be opened is made anew. */

/* For reading. TRK_ERROR_NOT_FOUND when there is none, or none of this version. */
TrkDb *trk_index_schema_read (const char *path, GError **error);

/* A number for the file at @path, without its log: another one whenever it was written to. */
gint64 trk_index_schema_file (const char *path);

/* Does the log that was left beside @db belong to it? @file: that number, as the log has it. Played
 * into another file, of a backup say, it would make an index that looks sound and is not. FALSE
 * with @error. */
gboolean trk_index_schema_owns_log (TrkDb *db, gint64 file, GError **error);

/* For writing: the one that lies at @path, or, when there is none, when it is damaged, of another
 * version or beside the log of another one, an empty one beside it: TRUE in @beside, for
 * trk_index_schema_put() to put it in its place when it is complete. Private (0600, its folder
 * 0700). A file that is no index of ours is refused, never touched. The caller holds the lock that
 * keeps other writers away. */
TrkDb *trk_index_schema_write (const char *path, gboolean *beside, GError **error);

/* Closes @db (taken), which was begun beside @path and is complete, and puts it there. FALSE with
 * @error: it is thrown away. */
gboolean trk_index_schema_put (TrkDb *db, const char *path, GError **error);
/* Closes @db (taken, nullable), which was begun beside @path and will never be complete, and
 * removes it: half of an index may be what filled the disk. */
void trk_index_schema_drop (TrkDb *db, const char *path);

G_END_DECLS
