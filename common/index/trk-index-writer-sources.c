/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer-private.h"

#include <string.h>

/* The files that the calendars consist of. */

void
trk_index_sources_free (TrkIndexSources *sources)
{
  if (sources == NULL)
    return;
  g_array_unref (sources->all);
  g_string_chunk_free (sources->paths);
  g_free (sources);
}

static TrkIndexSource
read_source (TrkQuery *query, GStringChunk *paths)
{
  TrkIndexSource source = { .id = trk_query_int (query, 0),
                            .path = g_string_chunk_insert (paths, trk_query_text (query, 1)),
                            .context = (guint64) trk_query_int (query, 3),
                            .recurs = trk_query_int (query, 4) != 0 };
  gsize size;
  gconstpointer stamp = trk_query_blob (query, 2, &size);

  if (size == TRK_FILE_STAMP_SIZE)
    memcpy (&source.stamp, stamp, size);
  return source;
}

TrkIndexSources *
trk_index_writer_sources (TrkIndexWriter *writer,
                          const char *calendar,
                          gboolean with_recurs,
                          GError **error)
{
  g_autoptr (TrkIndexSources) sources = g_new0 (TrkIndexSources, 1);
  TrkQuery *query;

  sources->all = g_array_new (FALSE, FALSE, sizeof (TrkIndexSource));
  sources->paths = g_string_chunk_new (4096);
  query = trk_db_query (writer->db, error,
                        "SELECT id, path, stamp, context,"
                        " CASE WHEN ? THEN id IN (SELECT source FROM events WHERE recurs)"
                        " ELSE 0 END"
                        " FROM sources WHERE calendar = ? ORDER BY path",
                        "is", (gint64) with_recurs, calendar);
  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkIndexSource source = read_source (query, sources->paths);

      g_array_append_val (sources->all, source);
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
                   "INSERT INTO sources (calendar, path, stamp, mtime, kept, context)"
                   " VALUES (?, ?, ?, ?, 0, ?)",
                   "ssbii", calendar, path, stamp, (gsize) TRK_FILE_STAMP_SIZE, stamp->mtime,
                   (gint64) context))
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
                        "UPDATE sources SET stamp = ?, mtime = ?, kept = 0, context = ?"
                        " WHERE id = ?",
                        "biii", stamp, (gsize) TRK_FILE_STAMP_SIZE, stamp->mtime, (gint64) context,
                        *source);
}

gboolean
trk_index_writer_keep_source (TrkIndexWriter *writer,
                              gint64 source,
                              const TrkFileStamp *stamp,
                              GError **error)
{
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source = ?", "i", source)
         && trk_db_run (writer->db, error,
                        "UPDATE sources SET stamp = ?, mtime = ?, kept = 1 WHERE id = ?", "bii",
                        stamp, (gsize) TRK_FILE_STAMP_SIZE, stamp->mtime, source);
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
