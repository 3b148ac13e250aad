/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-private.h"

#include "trk-build.h"
#include "trk-index-files.h"
#include "trk-index-schema.h"

#include <string.h>

static void
take_number (TrkIndex *index, const char *name, gint64 value)
{
  if (g_str_equal (name, TRK_INDEX_START))
    index->start = value;
  else if (g_str_equal (name, TRK_INDEX_END))
    index->end = value;
  else if (g_str_equal (name, TRK_INDEX_ORIGIN))
    index->origin = value;
  else if (g_str_equal (name, TRK_INDEX_FILE))
    index->file = value;
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
  index->events = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                         (GDestroyNotify) trk_occurrence_unref);
  if (!trk_db_hold (db, error) || !read_numbers (index, error)
      || !trk_index_schema_owns_log (db, index->file, error))
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

void
trk_index_release (TrkIndex *index)
{
  trk_db_release (index->db);
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

GPtrArray *
trk_index_event_files (TrkIndex *index, const char *calendar, const char *uid, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  TrkQuery *query = trk_db_query (index->db, error,
                                  "SELECT DISTINCT c.path, s.name FROM sources s JOIN events e"
                                  " ON e.source = s.id JOIN calendars c ON c.name = s.calendar"
                                  " WHERE s.calendar = ?1 AND e.uid = ?2 ORDER BY s.name",
                                  "ss", calendar, uid);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (files,
                     trk_listing_path (trk_query_text (query, 0), trk_query_text (query, 1)));
  return trk_query_end (query, error) ? g_steal_pointer (&files) : NULL;
}

/* -- Freshness --------------------------------------------------------------------------------- */

TrkListing *
trk_index_read_listing (TrkQuery *query, int column)
{
  gsize names_size, stamps_size;
  gconstpointer names = trk_query_blob (query, column, &names_size);
  gconstpointer stamps = trk_query_blob (query, column + 1, &stamps_size);

  return trk_listing_remember (names, names_size, stamps, stamps_size);
}

static gboolean
stamp_is (TrkQuery *query, int column, const TrkFileStamp *now)
{
  gsize size;
  gconstpointer stamp = trk_query_blob (query, column, &size);

  return size == sizeof *now && memcmp (stamp, now, size) == 0;
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

/* A listing of 10,000 files is most of half a megabyte, read only where they are looked at. */
static gboolean
files_are_fresh (TrkIndex *index, const TrkCalendar *calendar)
{
  g_autoptr (TrkQuery) query = trk_db_query (
      index->db, NULL, "SELECT names, stamps FROM calendars WHERE name = ?", "s", calendar->name);
  g_autoptr (TrkListing) listing = NULL;

  if (query != NULL && trk_query_next (query))
    listing = trk_index_read_listing (query, 0);
  return listing != NULL && trk_listing_is_fresh (listing, calendar->path);
}

static gboolean
is_fresh (TrkIndex *index, const TrkCalendar *calendar, TrkQuery *query, gboolean watched)
{
  TrkFileStamp now;

  if (calendar == NULL)
    return FALSE;
  trk_file_stamp (calendar->path, &now);
  return stamp_is (query, 2, &now) && (watched || files_are_fresh (index, calendar));
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
    {
      const TrkCalendar *calendar =
          calendar_of (calendars, trk_query_text (query, 0), trk_query_text (query, 1));

      if (!is_fresh (index, calendar, query, watched))
        return FALSE;
    }
  return n == calendars->len;
}

gboolean
trk_index_is_fresh (TrkIndex *index, const GPtrArray *calendars, TrkPeriod period, gboolean watched)
{
  return index->start <= period.start && index->end >= period.end
         && index->origin == trk_index_origin () && calendars_are_fresh (index, calendars, watched);
}
