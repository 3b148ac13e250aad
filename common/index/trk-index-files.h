/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a file or folder looked when it was last read; a difference means that it changed. Compared,
 * and kept in the index, as it lies in memory. */
typedef struct
{
  gint64 device, inode, size;
  gint64 mtime; /* ns; all fields 0: it does not exist */
} TrkFileStamp;

/* FALSE when there is nothing at @path that can be looked at; @stamp is zeroed then. */
gboolean trk_file_stamp (const char *path, TrkFileStamp *stamp);
gboolean trk_file_stamp_equal (const TrkFileStamp *a, const TrkFileStamp *b);

/* Looking at many files, begun, and going on while something else is done. Nearly all of the time
 * is the kernel's, a microsecond a file, and that of another processor takes its share of them. */
typedef struct _TrkLooks TrkLooks;

/* Begins to look at the files of these names (of const char*) in the folder @path; both are
 * borrowed until the end. Nothing but a name with the whole way to it is found where there is no
 * such folder. */
TrkLooks *trk_looks_begin (const char *path, const GPtrArray *names);
/* How they look, in the order of the names; the caller's. Frees @looks (taken). */
TrkFileStamp *trk_looks_end (TrkLooks *looks);

G_END_DECLS
