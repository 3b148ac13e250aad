/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer-private.h"

/* The files that the calendars consist of. */

void
trk_index_source_free (TrkIndexSource *source)
{
  if (source == NULL)
    return;
  g_free (source->path);
  g_free (source);
}

GPtrArray *
trk_index_writer_sources (TrkIndexWriter *writer,
                          const char *calendar,
                          gboolean with_recurs,
                          GError **error)
{
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_source_free);
  TrkQuery *query = trk_db_query (writer->db, error,
                                  "SELECT id, path, device, inode, size, mtime, context,"
                                  " CASE WHEN ? THEN id IN (SELECT source FROM events WHERE recurs)"
                                  " ELSE 0 END"
                                  " FROM sources WHERE calendar = ? ORDER BY path",
                                  "is", (gint64) with_recurs, calendar);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkIndexSource *source = g_new0 (TrkIndexSource, 1);

      source->id = trk_query_int (query, 0);
      source->path = trk_query_dup (query, 1);
      source->stamp = (TrkFileStamp){ .device = trk_query_int (query, 2),
                                      .inode = trk_query_int (query, 3),
                                      .size = trk_query_int (query, 4),
                                      .mtime = trk_query_int (query, 5) };
      source->context = (guint64) trk_query_int (query, 6);
      source->recurs = trk_query_int (query, 7) != 0;
      g_ptr_array_add (sources, source);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&sources) : NULL;
}

static gboolean
add_source (TrkIndexWriter *writer,
            const char *calendar,
            const char *path,
            const TrkFileStamp *stamp,
            guint64 context,
            gint64 *source,
            GError **error)
{
  if (!trk_db_run (writer->db, error,
                   "INSERT INTO sources (calendar, path, device, inode, size, mtime, kept, context)"
                   " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
                   "ssiiiii", calendar, path, stamp->device, stamp->inode, stamp->size,
                   stamp->mtime, (gint64) context))
    return FALSE;
  *source = trk_db_last_rowid (writer->db);
  return TRUE;
}

gboolean
trk_index_writer_set_source (TrkIndexWriter *writer,
                             const char *calendar,
                             const char *path,
                             const TrkFileStamp *stamp,
                             guint64 context,
                             gint64 *source,
                             GError **error)
{
  if (*source == 0)
    return add_source (writer, calendar, path, stamp, context, source, error);
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source = ?", "i", *source)
         && trk_db_run (writer->db, error,
                        "UPDATE sources SET device = ?, inode = ?, size = ?, mtime = ?, kept = 0,"
                        " context = ? WHERE id = ?",
                        "iiiiii", stamp->device, stamp->inode, stamp->size, stamp->mtime,
                        (gint64) context, *source);
}

gboolean
trk_index_writer_keep_source (TrkIndexWriter *writer,
                              gint64 source,
                              const TrkFileStamp *stamp,
                              GError **error)
{
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source = ?", "i", source)
         && trk_db_run (writer->db, error,
                        "UPDATE sources SET device = ?, inode = ?, size = ?, mtime = ?, kept = 1"
                        " WHERE id = ?",
                        "iiiii", stamp->device, stamp->inode, stamp->size, stamp->mtime, source);
}

gboolean
trk_index_writer_remove_source (TrkIndexWriter *writer, gint64 source, GError **error)
{
  return trk_index_writer_remove_events (writer, source, error)
         && trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source = ?", "i", source)
         && trk_db_run (writer->db, error, "DELETE FROM sources WHERE id = ?", "i", source);
}

gboolean
trk_index_writer_has_events (TrkIndexWriter *writer, gint64 source)
{
  g_autoptr (TrkQuery) query = trk_db_query (
      writer->db, NULL, "SELECT 1 FROM events WHERE id BETWEEN ? AND ? AND used LIMIT 1", "ii",
      trk_index_first_event (source), trk_index_last_event (source));

  return query != NULL && trk_query_next (query);
}
