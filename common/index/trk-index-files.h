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

/* FALSE when there is nothing at @path that can be looked at; @stamp is zeroed then. */
gboolean trk_file_stamp (const char *path, TrkFileStamp *stamp);
gboolean trk_file_stamp_equal (const TrkFileStamp *a, const TrkFileStamp *b);

/* Absolute paths of the calendar files of @path: itself, or the files of the folder that are named
 * like calendars (*.ics, *.ical, *.vcs; hidden ones and subfolders not), sorted. NULL with @error
 * when it does not exist or cannot be listed. */
GPtrArray *trk_calendar_files (const char *path, GError **error); /* of char* */

G_END_DECLS
