/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer.h"

#include "trk-index-lists.h"
#include "trk-index-schema.h"

struct _TrkIndexWriter
{
  TrkDb *db; /* (owned) */
  gboolean open;
};

TrkIndexWriter *
trk_index_writer_open (const char *path, GError **error)
{
  g_autoptr (TrkDb) db = trk_index_schema_write (path, error);
  TrkIndexWriter *writer;

  if (db == NULL || !trk_db_begin (db, error))
    return NULL;
  writer = g_new0 (TrkIndexWriter, 1);
  writer->db = g_steal_pointer (&db);
  writer->open = TRUE;
  return writer;
}

void
trk_index_writer_close (TrkIndexWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->open)
    trk_db_rollback (writer->db);
  trk_db_close (writer->db);
  g_free (writer);
}

gboolean
trk_index_writer_commit (TrkIndexWriter *writer, GError **error)
{
  if (!trk_db_commit (writer->db, error))
    return FALSE;
  writer->open = FALSE;
  return TRUE;
}

/* -- Window and calendars ---------------------------------------------------------------------- */

gboolean
trk_index_writer_window (TrkIndexWriter *writer, TrkPeriod *window, GError **error)
{
  TrkQuery *query = trk_db_query (writer->db, error, "SELECT key, value FROM meta", "");

  *window = (TrkPeriod){ 0, 0 };
  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    {
      if (g_str_equal (trk_query_text (query, 0), "start"))
        window->start = trk_query_int (query, 1);
      if (g_str_equal (trk_query_text (query, 0), "end"))
        window->end = trk_query_int (query, 1);
    }
  return trk_query_end (query, error);
}

gboolean
trk_index_writer_set_window (TrkIndexWriter *writer, TrkPeriod window, GError **error)
{
  return trk_db_run (writer->db, error,
                     "INSERT OR REPLACE INTO meta VALUES ('start', ?), ('end', ?)", "ii",
                     window.start, window.end);
}

static gboolean
remove_calendar (TrkIndexWriter *writer, const char *name, GError **error)
{
  return trk_db_run (writer->db, error, "DELETE FROM sources WHERE calendar = ?", "s", name)
         && trk_db_run (writer->db, error, "DELETE FROM calendars WHERE name = ?", "s", name)
         && trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE calendar = ?", "s", name);
}

static gboolean
is_wanted (const GPtrArray *calendars, const char *name, const char *path)
{
  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);

      if (g_str_equal (calendar->name, name) && g_str_equal (calendar->path, path))
        return TRUE;
    }
  return FALSE;
}

gboolean
trk_index_writer_keep_calendars (TrkIndexWriter *writer, const GPtrArray *calendars, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  TrkQuery *query = trk_db_query (writer->db, error, "SELECT name, path FROM calendars", "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    if (!is_wanted (calendars, trk_query_text (query, 0), trk_query_text (query, 1)))
      g_ptr_array_add (gone, trk_query_dup (query, 0));
  if (!trk_query_end (query, error))
    return FALSE;
  for (guint i = 0; i < gone->len; i++)
    if (!remove_calendar (writer, g_ptr_array_index (gone, i), error))
      return FALSE;
  return TRUE;
}

gboolean
trk_index_writer_set_calendar (TrkIndexWriter *writer,
                               const TrkCalendar *calendar,
                               const TrkFileStamp *stamp,
                               GError **error)
{
  return trk_db_run (
      writer->db, error, "INSERT OR REPLACE INTO calendars VALUES (?, ?, ?, ?, ?, ?)", "ssiiii",
      calendar->name, calendar->path, stamp->device, stamp->inode, stamp->size, stamp->mtime);
}

/* -- Sources ----------------------------------------------------------------------------------- */

void
trk_index_source_free (TrkIndexSource *source)
{
  if (source == NULL)
    return;
  g_free (source->path);
  g_free (source);
}

GPtrArray *
trk_index_writer_sources (TrkIndexWriter *writer, const char *calendar, GError **error)
{
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_source_free);
  TrkQuery *query = trk_db_query (writer->db, error,
                                  "SELECT id, path, device, inode, size, mtime FROM sources"
                                  " WHERE calendar = ? ORDER BY path",
                                  "s", calendar);

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
      g_ptr_array_add (sources, source);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&sources) : NULL;
}

gboolean
trk_index_writer_replace_source (TrkIndexWriter *writer,
                                 const char *calendar,
                                 const char *path,
                                 const TrkFileStamp *stamp,
                                 gint64 *source,
                                 GError **error)
{
  if (!trk_db_run (writer->db, error, "DELETE FROM sources WHERE calendar = ? AND path = ?", "ss",
                   calendar, path)
      || !trk_db_run (writer->db, error,
                      "INSERT INTO sources (calendar, path, device, inode, size, mtime, kept)"
                      " VALUES (?, ?, ?, ?, ?, ?, 0)",
                      "ssiiii", calendar, path, stamp->device, stamp->inode, stamp->size,
                      stamp->mtime))
    return FALSE;
  *source = trk_db_last_rowid (writer->db);
  return TRUE;
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
  return trk_db_run (writer->db, error, "DELETE FROM sources WHERE id = ?", "i", source);
}

gboolean
trk_index_writer_has_events (TrkIndexWriter *writer, gint64 source)
{
  g_autoptr (TrkQuery) query =
      trk_db_query (writer->db, NULL, "SELECT 1 FROM events WHERE source = ? LIMIT 1", "i", source);

  return query != NULL && trk_query_next (query);
}

/* Adds the texts of the first column to the set. */
static gboolean
collect (TrkQuery *query, GHashTable *set, GError **error)
{
  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    g_hash_table_add (set, trk_query_dup (query, 0));
  return trk_query_end (query, error);
}

gboolean
trk_index_writer_sources_of (TrkIndexWriter *writer,
                             const char *calendar,
                             const char *uid,
                             GHashTable *paths,
                             GError **error)
{
  return collect (trk_db_query (writer->db, error,
                                "SELECT DISTINCT s.path FROM events e JOIN sources s"
                                " ON s.id = e.source WHERE e.calendar = ? AND e.uid = ?",
                                "ss", calendar, uid),
                  paths, error);
}

gboolean
trk_index_writer_uids (TrkIndexWriter *writer, gint64 source, GHashTable *uids, GError **error)
{
  return collect (
      trk_db_query (writer->db, error, "SELECT uid FROM events WHERE source = ?", "i", source),
      uids, error);
}

/* -- Events and occurrences -------------------------------------------------------------------- */

gboolean
trk_index_writer_add_event (
    TrkIndexWriter *writer, gint64 source, const TrkIndexEvent *event, gint64 *id, GError **error)
{
  const TrkOccurrence *about = event->about;
  g_autofree char *categories = trk_index_join_texts (about->categories);
  g_autofree char *attendees = trk_index_join_texts (about->attendees);
  g_autofree char *declined = trk_index_join_texts (about->declined);
  g_autofree char *leads = trk_index_join_durations (about->leads);

  if (!trk_db_run (writer->db, error,
                   "INSERT INTO events (source, calendar, uid, hash, line, anchor, days, exact,"
                   " by_date, all_day, floating, transparent, private, status, summary,"
                   " description, location, link, kind, categories, attendees, declined, leads)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "isssiiiiiiiiisssssss"
                   "sss",
                   source, about->calendar, about->uid, event->hash, (gint64) event->line,
                   event->anchor, (gint64) event->days, event->exact, (gint64) event->by_date,
                   (gint64) about->all_day, (gint64) about->floating, (gint64) about->transparent,
                   (gint64) about->is_private, trk_status_to_string (about->status), about->summary,
                   about->description, about->location, about->link, about->kind, categories,
                   attendees, declined, leads))
    return FALSE;
  *id = trk_db_last_rowid (writer->db);
  return TRUE;
}

gboolean
trk_index_writer_add_occurrence (TrkIndexWriter *writer,
                                 const TrkIndexOccurrence *occurrence,
                                 GError **error)
{
  static const char *const original_is[] = { NULL, "instant", "floating", "date" };
  gint64 span = (occurrence->floating ? 2 : 0)
                + (occurrence->end - occurrence->start > 24 * TRK_HOUR ? 1 : 0);

  return trk_db_run (writer->db, error, "INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     "iiiiiiis", span, occurrence->start, occurrence->event,
                     (gint64) occurrence->number, occurrence->end,
                     (gint64) occurrence->end_is_apart, occurrence->original,
                     original_is[occurrence->original_is]);
}

gboolean
trk_index_writer_add_diagnostic (TrkIndexWriter *writer,
                                 gint64 source,
                                 const TrkDiagnostic *diagnostic,
                                 GError **error)
{
  return trk_db_run (writer->db, error,
                     "INSERT INTO diagnostics (source, calendar, file, line, property, reason,"
                     " left_out) VALUES (nullif (?, 0), ?, ?, ?, ?, ?, ?)",
                     "ississi", source, diagnostic->calendar, diagnostic->file,
                     (gint64) diagnostic->line, diagnostic->property, diagnostic->reason,
                     (gint64) diagnostic->left_out);
}

gboolean
trk_index_writer_clear_diagnostics (TrkIndexWriter *writer, GError **error)
{
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source IS NULL", "");
}

char *
trk_index_writer_quarantine (TrkIndexWriter *writer, const char *hash)
{
  g_autoptr (TrkQuery) query =
      trk_db_query (writer->db, NULL, "SELECT reason FROM quarantine WHERE hash = ?", "s", hash);

  return query != NULL && trk_query_next (query) ? trk_query_dup (query, 0) : NULL;
}

gboolean
trk_index_writer_set_quarantine (TrkIndexWriter *writer,
                                 const char *hash,
                                 const char *reason,
                                 GError **error)
{
  return trk_db_run (writer->db, error, "INSERT OR REPLACE INTO quarantine VALUES (?, ?)", "ss",
                     hash, reason);
}
