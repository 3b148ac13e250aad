/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer-private.h"

/* The files that the calendars consist of. */

/* -- All of them ------------------------------------------------------------------------------- */

TrkListing *
trk_index_writer_listing (TrkIndexWriter *writer, const TrkCalendar *calendar, GError **error)
{
  g_autoptr (TrkListing) listing = NULL;
  TrkQuery *query = trk_db_query (writer->db, error,
                                  "SELECT names, stamps FROM calendars WHERE name = ? AND path = ?",
                                  "ss", calendar->name, calendar->path);

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    listing = trk_index_read_listing (query, 0);
  if (!trk_query_end (query, error))
    return NULL;
  return listing != NULL ? g_steal_pointer (&listing) : trk_listing_remember (NULL, 0, NULL, 0);
}

gboolean
trk_index_writer_set_calendar (TrkIndexWriter *writer,
                               const TrkCalendar *calendar,
                               const TrkFileStamp *stamp,
                               const TrkListing *listing,
                               GError **error)
{
  g_autoptr (GString) names = trk_listing_join (listing);
  const gsize stamps_size = listing->names->len * sizeof (TrkFileStamp);

  return trk_db_run (writer->db, error,
                     "INSERT INTO calendars VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
                     " SET path = excluded.path, stamp = excluded.stamp, names = excluded.names,"
                     " stamps = excluded.stamps",
                     "ssbbb", calendar->name, calendar->path, stamp, sizeof *stamp, names->str,
                     names->len, stamps_size > 0 ? (gconstpointer) listing->stamps : "",
                     stamps_size);
}

gboolean
trk_index_writer_recurring (TrkIndexWriter *writer,
                            const char *calendar,
                            GHashTable *names,
                            GError **error)
{
  return trk_index_writer_collect (
      trk_db_query (writer->db, error,
                    "SELECT name FROM sources WHERE calendar = ?"
                    " AND id IN (SELECT source FROM events WHERE recurs)",
                    "s", calendar),
      names, error);
}

/* -- One --------------------------------------------------------------------------------------- */

gboolean
trk_index_writer_source (TrkIndexWriter *writer,
                         const char *calendar,
                         const char *name,
                         gint64 *source,
                         guint64 *context,
                         GError **error)
{
  TrkQuery *query;

  *source = 0;
  *context = 0;
  if (writer->beside) /* a new index: it knows none from before */
    return TRUE;
  query = trk_db_query (writer->db, error,
                        "SELECT id, context FROM sources WHERE calendar = ? AND name = ?", "ss",
                        calendar, name);
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    {
      *source = trk_query_int (query, 0);
      *context = (guint64) trk_query_int (query, 1);
    }
  return trk_query_end (query, error);
}

static gboolean
add_source (TrkIndexWriter *writer,
            const char *calendar,
            const char *name,
            guint64 context,
            gint64 *source,
            GError **error)
{
  if (!trk_db_run (writer->db, error,
                   "INSERT INTO sources (calendar, name, context) VALUES (?, ?, ?)", "ssi",
                   calendar, name, (gint64) context))
    return FALSE;
  *source = trk_db_last_rowid (writer->db);
  return TRUE;
}

gboolean
trk_index_writer_set_source (TrkIndexWriter *writer,
                             const char *calendar,
                             const char *name,
                             guint64 context,
                             gint64 *source,
                             GError **error)
{
  if (*source == 0)
    return add_source (writer, calendar, name, context, source, error);
  return trk_index_writer_clear_source (writer, *source, error)
         && trk_db_run (writer->db, error, "UPDATE sources SET context = ? WHERE id = ?", "ii",
                        (gint64) context, *source);
}

gboolean
trk_index_writer_clear_source (TrkIndexWriter *writer, gint64 source, GError **error)
{
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source = ?", "i", source);
}

gboolean
trk_index_writer_remove_source (TrkIndexWriter *writer, gint64 source, GError **error)
{
  return trk_index_writer_remove_events (writer, source, error)
         && trk_index_writer_clear_source (writer, source, error)
         && trk_db_run (writer->db, error, "DELETE FROM sources WHERE id = ?", "i", source);
}

gboolean
trk_index_writer_has_events (TrkIndexWriter *writer, gint64 source)
{
  g_autoptr (TrkQuery) query =
      trk_db_query (writer->db, NULL,
                    "SELECT 1 FROM " TRK_INDEX_EVENTS_OF ("?1") " WHERE used LIMIT 1", "i", source);

  return query != NULL && trk_query_next (query);
}
