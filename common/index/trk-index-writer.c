/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer.h"

#include "trk-error.h"
#include "trk-index-lists.h"
#include "trk-index-schema.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  MAX_WAITING = 32768 /* occurrences that are sorted and written together */
};

struct _TrkIndexWriter
{
  char *path;      /* (owned) */
  int lock;        /* held by this open file */
  TrkDb *db;       /* (owned) */
  gboolean beside; /* an empty one, to be put in its place by the commit */
  gboolean open;
  gint64 last_event;
  gboolean removed; /* events, whose occurrences are still there */
  GArray *waiting;  /* of TrkIndexOccurrence, (owned) */
};

/* -- Opening ----------------------------------------------------------------------------------- */

static int
take_lock (const char *index_path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (index_path);
  g_autofree char *path = g_strconcat (index_path, ".lock", NULL);
  int fd;

  if (!trk_path_ensure_dir (folder, error))
    return -1;
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    fchmod (fd, 0600); /* whatever the umask */
  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot lock %s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Numbers of events are given by us and in one run never twice: what is removed and what is added
 * cannot be taken for one another. */
static gboolean
find_last_event (TrkIndexWriter *writer, GError **error)
{
  TrkQuery *query = trk_db_query (writer->db, error, "SELECT max (id) FROM events", "");

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    writer->last_event = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

static gboolean
begin (TrkIndexWriter *writer, GError **error)
{
  /* Nothing of ours in a file elsewhere; a cache that holds the inner pages of a large index. An
   * empty one gets its index over the events when all are there: sorted once, each page is written
   * once, where single insertions by hash visit them all again and again. */
  if (!trk_db_exec (writer->db, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -6000", error)
      || !trk_db_exec (writer->db, "CREATE TEMP TABLE gone (event INTEGER PRIMARY KEY)", error)
      || (writer->beside && !trk_db_exec (writer->db, "DROP INDEX events_by_source", error))
      || !trk_db_begin (writer->db, error))
    return FALSE;
  writer->open = TRUE;
  return find_last_event (writer, error);
}

TrkIndexWriter *
trk_index_writer_open (const char *path, GError **error)
{
  g_autoptr (TrkIndexWriter) writer = g_new0 (TrkIndexWriter, 1);

  writer->path = g_strdup (path);
  writer->waiting = g_array_new (FALSE, FALSE, sizeof (TrkIndexOccurrence));
  writer->lock = take_lock (path, error);
  if (writer->lock < 0)
    return NULL;
  writer->db = trk_index_schema_write (path, &writer->beside, error);
  return writer->db != NULL && begin (writer, error) ? g_steal_pointer (&writer) : NULL;
}

void
trk_index_writer_close (TrkIndexWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->open)
    trk_db_rollback (writer->db);
  trk_db_close (writer->db);
  if (writer->lock >= 0)
    close (writer->lock);
  g_array_unref (writer->waiting);
  g_free (writer->path);
  g_free (writer);
}

/* -- Occurrences ------------------------------------------------------------------------------- */

static gint64
span_of (const TrkIndexOccurrence *occurrence)
{
  return (occurrence->floating ? 2 : 0)
         + (occurrence->end - occurrence->start > 24 * TRK_HOUR ? 1 : 0);
}

/* The order of the table, so that each page of it is visited once. */
static gint
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const TrkIndexOccurrence *x = a, *y = b;
  gint64 span_x = span_of (x), span_y = span_of (y);

  if (span_x != span_y)
    return span_x < span_y ? -1 : 1;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->event != y->event)
    return x->event < y->event ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static gboolean
write_occurrence (TrkIndexWriter *writer, const TrkIndexOccurrence *occurrence, GError **error)
{
  static const char *const original_is[] = { NULL, "instant", "floating", "date" };

  return trk_db_run (writer->db, error, "INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                     "iiiiiiis", span_of (occurrence), occurrence->start, occurrence->event,
                     (gint64) occurrence->number, occurrence->end,
                     (gint64) occurrence->end_is_apart, occurrence->original,
                     original_is[occurrence->original_is]);
}

static gboolean
write_waiting (TrkIndexWriter *writer, GError **error)
{
  g_array_sort (writer->waiting, compare_occurrences);
  for (guint i = 0; i < writer->waiting->len; i++)
    if (!write_occurrence (writer, &g_array_index (writer->waiting, TrkIndexOccurrence, i), error))
      return FALSE;
  g_array_set_size (writer->waiting, 0);
  return TRUE;
}

gboolean
trk_index_writer_add_occurrence (TrkIndexWriter *writer,
                                 const TrkIndexOccurrence *occurrence,
                                 GError **error)
{
  g_array_append_val (writer->waiting, *occurrence);
  return writer->waiting->len < MAX_WAITING || write_waiting (writer, error);
}

static gboolean
remove_occurrences (TrkIndexWriter *writer, GError **error)
{
  return !writer->removed
         || trk_db_run (writer->db, error,
                        "DELETE FROM occurrences WHERE event IN (SELECT event FROM gone)", "");
}

gboolean
trk_index_writer_commit (TrkIndexWriter *writer, GError **error)
{
  if (!write_waiting (writer, error) || !remove_occurrences (writer, error)
      || (writer->beside && !trk_db_exec (writer->db, trk_index_schema_by_source, error))
      || !trk_db_commit (writer->db, error))
    return FALSE;
  writer->open = FALSE;
  if (!writer->beside)
    return TRUE;
  return trk_index_schema_put (g_steal_pointer (&writer->db), writer->path, error);
}

/* -- The whole --------------------------------------------------------------------------------- */

gboolean
trk_index_writer_number (TrkIndexWriter *writer, const char *name, gint64 *value, GError **error)
{
  TrkQuery *query =
      trk_db_query (writer->db, error, "SELECT value FROM meta WHERE key = ?", "s", name);

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *value = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

gboolean
trk_index_writer_set_number (TrkIndexWriter *writer, const char *name, gint64 value, GError **error)
{
  return trk_db_run (writer->db, error, "INSERT OR REPLACE INTO meta VALUES (?, ?)", "si", name,
                     value);
}

gboolean
trk_index_writer_remove_events (TrkIndexWriter *writer, gint64 source, GError **error)
{
  writer->removed = TRUE;
  return trk_db_run (writer->db, error,
                     "INSERT OR IGNORE INTO gone SELECT id FROM events WHERE source = ?", "i",
                     source)
         && trk_db_run (writer->db, error, "DELETE FROM events WHERE source = ?", "i", source);
}

static gboolean
remove_calendar (TrkIndexWriter *writer, const char *name, GError **error)
{
  g_autoptr (GPtrArray) sources = trk_index_writer_sources (writer, name, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    if (!trk_index_writer_remove_source (
            writer, ((TrkIndexSource *) g_ptr_array_index (sources, i))->id, error))
      return FALSE;
  return sources != NULL
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
  g_free (source->context);
  g_free (source);
}

GPtrArray *
trk_index_writer_sources (TrkIndexWriter *writer, const char *calendar, GError **error)
{
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_source_free);
  TrkQuery *query = trk_db_query (writer->db, error,
                                  "SELECT id, path, device, inode, size, mtime, context,"
                                  " EXISTS (SELECT 1 FROM events WHERE source = s.id AND recurs)"
                                  " FROM sources s WHERE calendar = ? ORDER BY path",
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
      source->context = trk_query_dup (query, 6);
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
            const char *context,
            gint64 *source,
            GError **error)
{
  if (!trk_db_run (writer->db, error,
                   "INSERT INTO sources (calendar, path, device, inode, size, mtime, kept, context)"
                   " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
                   "ssiiiis", calendar, path, stamp->device, stamp->inode, stamp->size,
                   stamp->mtime, context))
    return FALSE;
  *source = trk_db_last_rowid (writer->db);
  return TRUE;
}

gboolean
trk_index_writer_set_source (TrkIndexWriter *writer,
                             const char *calendar,
                             const char *path,
                             const TrkFileStamp *stamp,
                             const char *context,
                             gint64 *source,
                             GError **error)
{
  if (*source == 0)
    return add_source (writer, calendar, path, stamp, context, source, error);
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE source = ?", "i", *source)
         && trk_db_run (writer->db, error,
                        "UPDATE sources SET device = ?, inode = ?, size = ?, mtime = ?, kept = 0,"
                        " context = ? WHERE id = ?",
                        "iiiisi", stamp->device, stamp->inode, stamp->size, stamp->mtime, context,
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
      writer->db, NULL, "SELECT 1 FROM events WHERE source = ? AND used LIMIT 1", "i", source);

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

/* Short enough for a small index; the UIDs themselves are compared. */
static gint64
key_of (const char *uid)
{
  return g_str_hash (uid);
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
                                " ON s.id = e.source WHERE e.key = ? AND e.uid = ?"
                                " AND s.calendar = ?",
                                "iss", key_of (uid), uid, calendar),
                  paths, error);
}

gboolean
trk_index_writer_uids (TrkIndexWriter *writer, gint64 source, GHashTable *uids, GError **error)
{
  return collect (
      trk_db_query (writer->db, error, "SELECT uid FROM events WHERE source = ?", "i", source),
      uids, error);
}

/* -- Events ------------------------------------------------------------------------------------ */

GArray *
trk_index_writer_events (TrkIndexWriter *writer, gint64 source, GError **error)
{
  g_autoptr (GArray) events = g_array_new (FALSE, TRUE, sizeof (TrkIndexKnown));
  TrkQuery *query = trk_db_query (
      writer->db, error,
      "SELECT id, hash, recurs, again FROM events WHERE source = ? ORDER BY hash", "i", source);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkIndexKnown known = { .id = trk_query_int (query, 0),
                              .hash = (guint64) trk_query_int (query, 1),
                              .recurs = trk_query_int (query, 2) != 0,
                              .again = trk_query_int (query, 3) != 0 };

      g_array_append_val (events, known);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&events) : NULL;
}

gboolean
trk_index_writer_times (TrkIndexWriter *writer, const char *calendar, gint64 *times, GError **error)
{
  TrkQuery *query = trk_db_query (writer->db, error,
                                  "SELECT coalesce (sum (e.times), 0) FROM sources s JOIN events e"
                                  " ON e.source = s.id WHERE s.calendar = ? AND e.recurs",
                                  "s", calendar);

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *times = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

char *
trk_index_writer_uid (TrkIndexWriter *writer, gint64 event, GError **error)
{
  g_autofree char *uid = NULL;
  TrkQuery *query =
      trk_db_query (writer->db, error, "SELECT uid FROM events WHERE id = ?", "i", event);

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    uid = trk_query_dup (query, 0);
  return trk_query_end (query, error) ? g_steal_pointer (&uid) : NULL;
}

gboolean
trk_index_writer_remove_event (TrkIndexWriter *writer, gint64 event, GError **error)
{
  writer->removed = TRUE;
  return trk_db_run (writer->db, error, "INSERT OR IGNORE INTO gone VALUES (?)", "i", event)
         && trk_db_run (writer->db, error, "DELETE FROM events WHERE id = ?", "i", event);
}

gboolean
trk_index_writer_add_event (
    TrkIndexWriter *writer, gint64 source, const TrkIndexEvent *event, gint64 *id, GError **error)
{
  const TrkOccurrence *about = event->about;
  g_autofree char *categories = trk_index_join_texts (about->categories);
  g_autofree char *attendees = trk_index_join_texts (about->attendees);
  g_autofree char *declined = trk_index_join_texts (about->declined);
  g_autofree char *leads = trk_index_join_durations (about->leads);

  *id = ++writer->last_event;
  return trk_db_run (writer->db, error,
                     "INSERT INTO events VALUES (?, ?, ?, ?, ?, 1, ?, iif (?, ?, NULL), ?, ?, ?, "
                     "?, ?, ?, ?, ?, ?, ?,"
                     " ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     "iiiiiiiisiiiiiiiissssssssss", *id, source, (gint64) event->hash,
                     (gint64) event->recurs, (gint64) event->again, (gint64) event->times,
                     (gint64) event->shared, event->shared ? key_of (about->uid) : 0, about->uid,
                     event->anchor, (gint64) event->days, event->exact, (gint64) event->by_date,
                     (gint64) about->all_day, (gint64) about->floating, (gint64) about->transparent,
                     (gint64) about->is_private, trk_status_to_string (about->status),
                     about->summary, about->description, about->location, about->link, about->kind,
                     categories, attendees, declined, leads);
}

gboolean
trk_index_writer_add_unused (
    TrkIndexWriter *writer, gint64 source, const char *uid, guint64 hash, GError **error)
{
  return trk_db_run (
      writer->db, error,
      "INSERT INTO events (id, source, hash, recurs, again, used, times, key, uid, anchor,"
      " days, exact, by_date, all_day, floating, transparent, private, status,"
      " summary) VALUES (?, ?, ?, 0, 1, 0, 0, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '', '')",
      "iiiis", ++writer->last_event, source, (gint64) hash, key_of (uid), uid);
}

/* -- Diagnostics and quarantine ---------------------------------------------------------------- */

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

GHashTable *
trk_index_writer_quarantine (TrkIndexWriter *writer, GError **error)
{
  g_autoptr (GHashTable) aside =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  TrkQuery *query = trk_db_query (writer->db, error, "SELECT hash, reason FROM quarantine", "");

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      gint64 hash = trk_query_int (query, 0);

      g_hash_table_insert (aside, g_memdup2 (&hash, sizeof hash), trk_query_dup (query, 1));
    }
  return trk_query_end (query, error) ? g_steal_pointer (&aside) : NULL;
}

gboolean
trk_index_writer_set_quarantine (TrkIndexWriter *writer,
                                 guint64 hash,
                                 const char *reason,
                                 GError **error)
{
  return trk_db_run (writer->db, error, "INSERT OR REPLACE INTO quarantine VALUES (?, ?)", "is",
                     (gint64) hash, reason);
}
