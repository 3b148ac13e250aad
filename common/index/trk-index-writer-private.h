/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-db.h"
#include "trk-index-writer.h"

G_BEGIN_DECLS

/* What the files of the writer share. */
struct _TrkIndexWriter
{
  char *path;      /* (owned) */
  int lock;        /* held by this open file */
  TrkDb *db;       /* (owned) */
  gboolean beside; /* an empty one, to be put in its place by the commit */
  gboolean open;
  GHashTable *given; /* of sources: how many numbers for events each has used up; (owned) */
  gboolean removed;  /* events, whose occurrences are still there */
  GArray *waiting;   /* of TrkIndexOccurrence, (owned) */
};

/* Where the numbers of the events of @source begin and end: its own stands in front of them. So
 * they lie together and are found without an index, which would cost a tenth of all the work. */
static inline gint64
trk_index_first_event (gint64 source)
{
  return source << 32;
}

static inline gint64
trk_index_last_event (gint64 source)
{
  return trk_index_first_event (source) | G_MAXUINT32;
}

/* Writes the occurrences that wait, in the table's order, and takes those of removed events back:
 * once, before the commit. */
gboolean trk_index_writer_settle (TrkIndexWriter *writer, GError **error);

G_END_DECLS
