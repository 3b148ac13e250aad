/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a file or folder looked when it was last read; a difference means that it changed. */
typedef struct
{
  gint64 device, inode, size;
  gint64 mtime; /* ns; all fields 0: it does not exist */
  gboolean is_folder;
} TrkFileStamp;

/* What of a stamp is compared, and kept in the index: the numbers, as they lie in memory. */
#define TRK_FILE_STAMP_SIZE G_STRUCT_OFFSET (TrkFileStamp, is_folder)

/* FALSE when there is nothing at @path that can be looked at; @stamp is zeroed then. */
gboolean trk_file_stamp (const char *path, TrkFileStamp *stamp);
/* The same of a name in @folder, an open one: the system need not walk the way to it again. */
gboolean trk_file_stamp_at (int folder, const char *name, TrkFileStamp *stamp);
gboolean trk_file_stamp_equal (const TrkFileStamp *a, const TrkFileStamp *b);

/* A file of a calendar. */
typedef struct
{
  TrkFileStamp stamp;
  gboolean may_lead_out; /* it is a symbolic link, or the folder does not tell */
  char path[];           /* absolute */
} TrkSourceFile;

/* The calendar files of @path: itself, or the files of the folder that are named like calendars
 * (*.ics, *.ical, *.vcs; hidden ones and subfolders not), in strcmp()'s order of their paths. NULL
 * with @error when it does not exist or cannot be listed. */
GPtrArray *trk_calendar_files (const char *path, GError **error); /* of TrkSourceFile */

G_END_DECLS
