/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer-private.h"

#include "trk-error.h"
#include "trk-index-schema.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* -- Opening, commit, end ---------------------------------------------------------------------- */

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

TrkIndexWriter *
trk_index_writer_lock (const char *path, GError **error)
{
  g_autoptr (TrkIndexWriter) writer = g_new0 (TrkIndexWriter, 1);

  writer->path = g_strdup (path);
  writer->waiting = trk_index_writer_waiting_new ();
  writer->given = g_hash_table_new (NULL, NULL);
  writer->lock = take_lock (path, error);
  return writer->lock >= 0 ? g_steal_pointer (&writer) : NULL;
}

gboolean
trk_index_writer_begin (TrkIndexWriter *writer, GError **error)
{
  writer->db = trk_index_schema_write (writer->path, &writer->beside, error);
  /* Nothing of ours in a file elsewhere; a cache that holds the inner pages of a large index. */
  if (writer->db == NULL
      || !trk_db_exec (writer->db, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4500", error)
      || !trk_db_exec (
          writer->db,
          "CREATE TEMP TABLE gone (event INTEGER PRIMARY KEY, first INTEGER, last INTEGER)", error)
      || !trk_db_begin (writer->db, error))
    return FALSE;
  writer->open = TRUE;
  writer->log = trk_db_log_size (writer->db);
  return TRUE;
}

TrkIndexWriter *
trk_index_writer_open (const char *path, GError **error)
{
  g_autoptr (TrkIndexWriter) writer = trk_index_writer_lock (path, error);

  return writer != NULL && trk_index_writer_begin (writer, error) ? g_steal_pointer (&writer)
                                                                  : NULL;
}

gboolean
trk_index_writer_commit (TrkIndexWriter *writer, GError **error)
{
  const gint64 file = trk_index_schema_file (writer->path);

  if (!trk_index_writer_settle (writer, error)
      || !trk_index_writer_set_number (writer, TRK_INDEX_FILE, file, error)
      || !trk_db_commit (writer->db, error))
    return FALSE;
  writer->open = FALSE;
  if (!writer->beside)
    {
      trk_db_leave_log (writer->db);
      return TRUE;
    }
  return trk_index_schema_put (g_steal_pointer (&writer->db), writer->path, error);
}

/* What was written of a change that came to nothing may be what filled the disk: it goes at once.
 * The file itself is left alone, so that its log goes on belonging to it. */
static void
take_back (TrkIndexWriter *writer)
{
  trk_db_rollback (writer->db);
  if (writer->beside)
    return;
  trk_db_cut_log (writer->db, writer->log);
  trk_db_leave_log (writer->db);
}

void
trk_index_writer_close (TrkIndexWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->open)
    take_back (writer);
  if (writer->beside)
    trk_index_schema_drop (g_steal_pointer (&writer->db), writer->path);
  trk_db_close (writer->db);
  if (writer->lock >= 0)
    close (writer->lock);
  g_array_unref (writer->waiting);
  g_hash_table_unref (writer->given);
  g_free (writer->path);
  g_free (writer);
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

/* The numbers of its sources. */
static GArray *
sources_of (TrkIndexWriter *writer, const char *calendar, GError **error)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (gint64));
  TrkQuery *query =
      trk_db_query (writer->db, error, "SELECT id FROM sources WHERE calendar = ?", "s", calendar);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      gint64 source = trk_query_int (query, 0);

      g_array_append_val (sources, source);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&sources) : NULL;
}

static gboolean
remove_calendar (TrkIndexWriter *writer, const char *name, GError **error)
{
  g_autoptr (GArray) sources = sources_of (writer, name, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    if (!trk_index_writer_remove_source (writer, g_array_index (sources, gint64, i), error))
      return FALSE;
  return sources != NULL
         && trk_db_run (writer->db, error, "DELETE FROM calendars WHERE name = ?", "s", name)
         && trk_index_writer_clear_calendar (writer, name, error);
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
trk_index_writer_clear_calendar (TrkIndexWriter *writer, const char *calendar, GError **error)
{
  return trk_db_run (writer->db, error, "DELETE FROM diagnostics WHERE calendar = ?", "s",
                     calendar);
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
  TrkQuery *query =
      trk_db_query (writer->db, error, "SELECT hash, reason FROM quarantine WHERE origin = ?", "i",
                    trk_index_origin ());

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
  const gint64 origin = trk_index_origin ();

  return trk_db_run (writer->db, error, "DELETE FROM quarantine WHERE origin <> ?", "i", origin)
         && trk_db_run (writer->db, error, "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?)",
                        "isi", (gint64) hash, reason, origin);
}
