/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-atomic-file.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/* A calendar's file that is about to change. Its folder is locked for that long, so that two of our
 * commands follow each other; who else writes it is noticed by what the file looks like (inode,
 * size, time, and all its bytes). */
typedef struct
{
  TrkAtomicFile *atomic;  /* (owned) */
  char *path;             /* behind all links (owned) */
  TrkAtomicAccess access; /* of what replaces it: alike, unless said otherwise */
  gboolean exists;
  GBytes *bytes;      /* empty when it does not exist (owned) */
  char *hash;         /* SHA-256; NULL when it does not exist (owned) */
  struct stat status; /* only with exists */
} TrkCalendarFile;

/* Reads and locks @path, which need not exist; its folder has to. TRK_ERROR_BUSY when another
 * command holds it for long, TRK_ERROR_INVALID for what is no plain file of ours, TRK_ERROR_STORAGE
 * for what cannot be read or kept as it is (owner). */
TrkCalendarFile *trk_calendar_file_open (const char *path, GError **error);
/* Nothing is left of a draft that did not replace the file. */
void trk_calendar_file_close (TrkCalendarFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCalendarFile, trk_calendar_file_close)

/* Writes @wanted beside the file, down to the disk; who may read it is as "access" says. */
gboolean trk_calendar_file_draft (TrkCalendarFile *file, GBytes *wanted, GError **error);

/* Is it still as it was read? TRK_ERROR_CONFLICT. */
gboolean trk_calendar_file_is_unchanged (const TrkCalendarFile *file, GError **error);

/* The draft takes the file's place, in one step; without a draft the file goes. CONFLICT when it
 * has changed since it was read. */
gboolean trk_calendar_file_replace (TrkCalendarFile *file, GError **error);

/* Of @bytes, in hexadecimal. Owned by the caller. */
char *trk_calendar_file_hash (GBytes *bytes);

G_END_DECLS
