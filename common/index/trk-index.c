/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-private.h"

#include "trk-build.h"
#include "trk-index-files.h"
#include "trk-index-schema.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void
take_number (TrkIndex *index, const char *name, gint64 value)
{
  if (g_str_equal (name, TRK_INDEX_START))
    index->start = value;
  else if (g_str_equal (name, TRK_INDEX_END))
    index->end = value;
  else if (g_str_equal (name, TRK_INDEX_ORIGIN))
    index->origin = value;
  else if (g_str_equal (name, TRK_INDEX_CONFINED))
    index->confined = value;
}

static gboolean
read_numbers (TrkIndex *index, GError **error)
{
  TrkQuery *query = trk_db_query (index->db, error, "SELECT key, value FROM meta", "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    take_number (index, trk_query_text (query, 0), trk_query_int (query, 1));
  return trk_query_end (query, error);
}

TrkIndex *
trk_index_open (const char *path, GError **error)
{
  TrkDb *db = trk_index_schema_read (path, error);
  g_autoptr (TrkIndex) index = NULL;

  if (db == NULL)
    return NULL;
  index = g_new0 (TrkIndex, 1);
  index->db = db;
  index->events = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, trk_index_event_free);
  if (!trk_db_hold (db, error) || !read_numbers (index, error))
    return NULL;
  return g_steal_pointer (&index);
}

void
trk_index_close (TrkIndex *index)
{
  if (index == NULL)
    return;
  trk_db_close (index->db);
  g_hash_table_unref (index->events);
  g_free (index->calendar);
  g_free (index);
}

TrkPeriod
trk_index_window (TrkIndex *index)
{
  return (TrkPeriod){ index->start, index->end };
}

TrkIndexConfined
trk_index_confined (TrkIndex *index)
{
  return (TrkIndexConfined) index->confined;
}

gint64
trk_index_origin (void)
{
  const char *folder = g_getenv ("TZDIR");
  TrkFileStamp stamp;

  trk_file_stamp (folder != NULL ? folder : "/usr/share/zoneinfo", &stamp);
  return stamp.mtime ^ g_str_hash (TRK_VERSION);
}

/* -- What was found ---------------------------------------------------------------------------- */

#define DIAGNOSTICS "SELECT calendar, file, line, property, reason, left_out FROM diagnostics"
#define IN_ORDER " ORDER BY calendar, file, line, id"

/* Ends @query, of these columns. */
static GPtrArray *
read_diagnostics (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_diagnostic_free);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkDiagnostic *diagnostic = g_new0 (TrkDiagnostic, 1);

      diagnostic->calendar = trk_query_dup (query, 0);
      diagnostic->file = trk_query_dup (query, 1);
      diagnostic->line = (guint) trk_query_int (query, 2);
      diagnostic->property = trk_query_dup (query, 3);
      diagnostic->reason = trk_query_dup (query, 4);
      diagnostic->left_out = (guint) trk_query_int (query, 5);
      g_ptr_array_add (out, diagnostic);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&out) : NULL;
}

GPtrArray *
trk_index_diagnostics (TrkIndex *index, const char *calendar, GError **error)
{
  return read_diagnostics (trk_db_query (index->db, error,
                                         DIAGNOSTICS " WHERE ?1 IS NULL OR calendar = ?1" IN_ORDER,
                                         "s", calendar),
                           error);
}

GPtrArray *
trk_index_file_diagnostics (TrkIndex *index, GError **error)
{
  return read_diagnostics (
      trk_db_query (index->db, error, DIAGNOSTICS " WHERE line = 0 AND property IS NULL" IN_ORDER,
                    ""),
      error);
}

void
trk_index_summary_free (TrkIndexSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->calendar);
  g_free (summary);
}

GPtrArray *
trk_index_summaries (TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) out =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_summary_free);
  TrkQuery *query =
      trk_db_query (index->db, error,
                    "SELECT name, (SELECT count (*) FROM sources WHERE calendar = name),"
                    " (SELECT count (*) FROM sources s CROSS JOIN events e ON e.id BETWEEN"
                    "  s.id << 32 AND s.id << 32 | 0xffffffff WHERE s.calendar = name AND e.used),"
                    " (SELECT coalesce (sum (left_out), 0) FROM diagnostics WHERE calendar = name),"
                    " (SELECT coalesce (max (mtime), 0) / 1000 FROM sources WHERE calendar = name)"
                    " FROM calendars ORDER BY name",
                    "");

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkIndexSummary *summary = g_new0 (TrkIndexSummary, 1);

      summary->calendar = trk_query_dup (query, 0);
      summary->files = (guint) trk_query_int (query, 1);
      summary->events = (guint) trk_query_int (query, 2);
      summary->left_out = (guint) trk_query_int (query, 3);
      summary->newest = trk_query_int (query, 4);
      g_ptr_array_add (out, summary);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&out) : NULL;
}

GPtrArray *
trk_index_event_files (TrkIndex *index, const char *calendar, const char *uid, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  TrkQuery *query = trk_db_query (index->db, error,
                                  "SELECT DISTINCT path FROM sources s JOIN events e"
                                  " ON e.source = s.id WHERE s.calendar = ?1 AND e.uid = ?2"
                                  " ORDER BY path",
                                  "ss", calendar, uid);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (files, trk_query_dup (query, 0));
  return trk_query_end (query, error) ? g_steal_pointer (&files) : NULL;
}

/* -- Freshness --------------------------------------------------------------------------------- */

gboolean
trk_index_stamp_is (TrkQuery *query, int column, const TrkFileStamp *now)
{
  gsize size;
  gconstpointer stamp = trk_query_blob (query, column, &size);

  return size == TRK_FILE_STAMP_SIZE && memcmp (stamp, now, size) == 0;
}

static const TrkCalendar *
calendar_of (const GPtrArray *calendars, const char *name, const char *path)
{
  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);

      if (g_strcmp0 (calendar->name, name) == 0 && g_strcmp0 (calendar->path, path) == 0)
        return calendar;
    }
  return NULL;
}

/* Is the file of this row as it was? Those of a @folder lie in it itself, and are looked at from
 * there. Of a damaged index a path may be anything. */
static gboolean
file_is_fresh (const TrkCalendar *calendar, int folder, TrkQuery *query)
{
  const char *path = trk_query_text (query, 0);
  TrkFileStamp now;

  if (path == NULL || !g_str_has_prefix (path, calendar->path))
    return FALSE;
  trk_file_stamp_at (folder, folder != AT_FDCWD ? strrchr (path, '/') + 1 : path, &now);
  return trk_index_stamp_is (query, 1, &now);
}

/* Are the files of @calendar as they were? */
static gboolean
files_are_fresh (TrkIndex *index, const TrkCalendar *calendar, gboolean is_folder)
{
  TrkQuery *query = trk_db_query (
      index->db, NULL, "SELECT path, stamp FROM sources WHERE calendar = ? ORDER BY path", "s",
      calendar->name);
  int folder = is_folder ? open (calendar->path, O_PATH | O_DIRECTORY | O_CLOEXEC) : AT_FDCWD;
  gboolean fresh = query != NULL && folder != -1;

  while (fresh && trk_query_next (query))
    fresh = file_is_fresh (calendar, folder, query);
  if (folder >= 0)
    close (folder);
  return query != NULL && trk_query_end (query, NULL) && fresh;
}

static gboolean
is_fresh (TrkIndex *index, const TrkCalendar *calendar, TrkQuery *query, gboolean watched)
{
  TrkFileStamp now;

  if (calendar == NULL)
    return FALSE;
  trk_file_stamp (calendar->path, &now);
  return trk_index_stamp_is (query, 2, &now)
         && (watched || files_are_fresh (index, calendar, now.is_folder));
}

/* Are those of the index the ones that are wanted, and as they were? */
static gboolean
calendars_are_fresh (TrkIndex *index, const GPtrArray *calendars, gboolean watched)
{
  g_autoptr (TrkQuery) query =
      trk_db_query (index->db, NULL, "SELECT name, path, stamp FROM calendars", "");
  guint n = 0;

  if (query == NULL)
    return FALSE;
  for (; trk_query_next (query); n++)
    if (!is_fresh (index,
                   calendar_of (calendars, trk_query_text (query, 0), trk_query_text (query, 1)),
                   query, watched))
      return FALSE;
  return n == calendars->len;
}

gboolean
trk_index_is_fresh (TrkIndex *index, const GPtrArray *calendars, TrkPeriod period, gboolean watched)
{
  return index->start <= period.start && index->end >= period.end
         && index->origin == trk_index_origin () && calendars_are_fresh (index, calendars, watched);
}
