/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that is replaced as a whole: what it becomes is written beside it (the draft), brought to
 * the disk, and takes the name in one step. Killed at any moment, the old file or the new one is
 * there, whole. Whoever holds a TrkAtomicFile is the only one of ours that changes the file; the
 * lock is the kernel's and ends with the process.
 *
 * All that can fail fails with TRK_ERROR_STORAGE, "cannot write ~/x: why; nothing was changed",
 * unless another code is named. */
typedef struct _TrkAtomicFile TrkAtomicFile;

/* How the draft may be read. */
typedef enum
{
  TRK_ATOMIC_PRIVATE, /* 0600, whatever the old file had and whatever the umask is */
  TRK_ATOMIC_ALIKE,   /* owner, mode, access list and extended attributes as the old file has them;
                       * 0600 where there is none */
} TrkAtomicAccess;

/* For a change of milliseconds. Links are followed, so that one from a folder of dotfiles stays a
 * link; the file need not exist, its folder has to. The folder is locked, which leaves no file
 * behind in it; drafts that a kill left there (".trackerd-XXXXXX") are cleared. Waits five seconds
 * for another of us: TRK_ERROR_BUSY. Owned by the caller. */
TrkAtomicFile *trk_atomic_file_open (const char *path, GError **error);

/* For a draft that takes minutes to come, in a folder of ours: only the name is locked, by
 * "@path.lock", and the draft is "@path.part". Waits for nobody: TRK_ERROR_BUSY. No link is
 * followed. Owned by the caller. */
TrkAtomicFile *trk_atomic_file_open_long (const char *path, GError **error);

/* A draft that did not take the name is gone. */
void trk_atomic_file_free (TrkAtomicFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkAtomicFile, trk_atomic_file_free)

/* The file itself, behind all links, and its draft, once begun. Borrowed. */
const char *trk_atomic_file_path (const TrkAtomicFile *file);
const char *trk_atomic_file_draft (const TrkAtomicFile *file);

/* An empty draft, 0600 until it is finished; what stands under its name is never written through.
 * One at a time. */
gboolean trk_atomic_file_begin (TrkAtomicFile *file, GError **error);
gboolean
trk_atomic_file_append (TrkAtomicFile *file, gconstpointer bytes, gsize length, GError **error);
/* The draft is complete and on the disk. An access list or owner that cannot be kept is an error:
 * nobody may read the new file who could not read the old one. */
gboolean trk_atomic_file_finish (TrkAtomicFile *file, TrkAtomicAccess access, GError **error);

/* The finished draft takes the name. @new: only where nothing has it. */
gboolean trk_atomic_file_commit (TrkAtomicFile *file, gboolean new, GError **error);
/* The file goes. */
gboolean trk_atomic_file_remove (TrkAtomicFile *file, GError **error);

/* All of it at once: @path becomes @bytes, private. */
gboolean trk_atomic_file_save (const char *path, gconstpointer bytes, gsize length, GError **error);
/* The same for a file that nobody else writes, as those of the daemon, of which there is one:
 * without a lock, and so without waiting. The draft is "@path.part". */
gboolean
trk_atomic_file_save_sole (const char *path, gconstpointer bytes, gsize length, GError **error);

G_END_DECLS
