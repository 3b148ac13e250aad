/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index-private.h"
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
  gint64 log;        /* bytes of the write-ahead log before anything was written */
  GHashTable *given; /* of sources, twice: how many numbers for events that happen often, and for
                        others, each has used up; (owned) */
  gboolean removed;  /* events, whose occurrences are still there */
  GArray *waiting;   /* occurrences: trk_index_writer_waiting_new(); (owned) */
};

/* Adds the texts of the first column to the set; ends @query. */
gboolean trk_index_writer_collect (TrkQuery *query, GHashTable *set, GError **error);

/* A place for occurrences to wait in; owned by the caller. */
GArray *trk_index_writer_waiting_new (void);

/* Writes the occurrences that wait, in the table's order, and takes those of removed events back:
 * once, before the commit. */
gboolean trk_index_writer_settle (TrkIndexWriter *writer, GError **error);

G_END_DECLS
