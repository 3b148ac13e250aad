/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-schema.h"

#include "trk-error.h"
#include "trk-index-files.h"
#include "trk-index.h"
#include "trk-paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Times of occurrences are instants, or the wall clock's reading when the event is floating or
 * all-day: so a change of the user's zone needs no new index, and the reader places them.
 *
 * occurrences.span sorts them so that a period is a few short ranges of the key, and tells which of
 * start and end is what: see trk_index_span_of(). occurrences.original: NULL where it is the start,
 * as it nearly always is; original_is: TrkOriginalIs. There is no index by event: filling it would
 * cost as much as all the rest, and what is taken back is taken back in one walk over the table,
 * from the first start of what goes (events.first) to the last.
 *
 * calendars.names and .stamps are its TrkListing: all that its files are compared with, read at
 * once. It has a row number, so that SQLite writes only those pages of a row that changed.
 *
 * events.hash is of its content in the file: an event that is there again need not be read again.
 * events.key stands for the UID in calendars of several files, where siblings must be found.
 * events.again: something was found wrong with it, so it is taken apart whenever its file is read,
 * to be told again. events.used = 0: it cannot be used, and is remembered for its siblings.
 * events.times: how many occurrences it has here. events.about: all that only readers of
 * occurrences want (trk-index-about.h).
 *
 * events.id begins with whether it happens often, and with its source (trk-index-private.h).
 *
 * quarantine.origin: who set it aside (trk_index_origin()); another one tries again. */
static const char tables[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE calendars (name TEXT PRIMARY KEY, path TEXT NOT NULL, stamp BLOB NOT NULL,"
    "  names BLOB NOT NULL, stamps BLOB NOT NULL) STRICT;"
    "CREATE TABLE sources (id INTEGER PRIMARY KEY, calendar TEXT NOT NULL, name TEXT NOT NULL,"
    "  context INTEGER NOT NULL, UNIQUE (calendar, name)) STRICT;"
    "CREATE TABLE events (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, hash INTEGER NOT NULL,"
    "  recurs INTEGER NOT NULL, again INTEGER NOT NULL, used INTEGER NOT NULL,"
    "  times INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, key INTEGER,"
    "  uid TEXT NOT NULL, about BLOB NOT NULL) STRICT;"
    "CREATE INDEX events_recurring ON events (source, times) WHERE recurs;"
    "CREATE INDEX events_by_key ON events (key) WHERE key IS NOT NULL;"
    "CREATE TABLE occurrences (span INTEGER NOT NULL, start INTEGER NOT NULL,"
    "  event INTEGER NOT NULL, number INTEGER NOT NULL,"
    "  end INTEGER NOT NULL, original_is INTEGER NOT NULL, original INTEGER,"
    "  PRIMARY KEY (span, start, event, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE diagnostics (id INTEGER PRIMARY KEY, source INTEGER, calendar TEXT NOT NULL,"
    "  file TEXT NOT NULL, line INTEGER NOT NULL, property TEXT, reason TEXT NOT NULL,"
    "  left_out INTEGER NOT NULL) STRICT;"
    "CREATE INDEX diagnostics_by_source ON diagnostics (source);"
    "CREATE TABLE quarantine (hash INTEGER PRIMARY KEY, reason TEXT NOT NULL,"
    "  origin INTEGER NOT NULL) STRICT;";

static gboolean
create (TrkDb *db, GError **error)
{
  return trk_db_exec (db, tables, error);
}

static const TrkDbMigration migrations[] = { create };

static const TrkDbSchema schema = {
  .application_id = 0x74726b39, /* "trk9": another number for other tables, and all begins anew */
  .name = "index",
  .migrations = migrations,
  .n_migrations = G_N_ELEMENTS (migrations),
};

TrkDb *
trk_index_schema_read (const char *path, GError **error)
{
  return trk_db_open (path, TRK_DB_READ, &schema, error);
}

static void
remove_beside (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  g_unlink (name);
}

/* What SQLite lays beside a database. Left behind by one that was deleted, a log would be played
 * into the next one of that name. */
static void
remove_logs (const char *path)
{
  remove_beside (path, "-wal");
  remove_beside (path, "-shm");
  remove_beside (path, "-journal");
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, fclose)

/* Is it nothing at all, or does it begin like a database with our mark, of any version? Only then
 * may it be replaced. */
static gboolean
is_ours (const char *path)
{
  g_autoptr (FILE) file = g_fopen (path, "rbe");
  char header[100] = { 0 }; /* SQLite's file format, section 1.3 */
  gsize length = file != NULL ? fread (header, 1, sizeof header, file) : 0;

  if (file == NULL)
    return FALSE;
  return length == 0
         || (length == sizeof header && memcmp (header + 68, "trk", 3) == 0
             && g_str_has_prefix (header, "SQLite format 3"));
}

static gboolean
is_replaceable (const char *path, const GError *failure)
{
  return (g_error_matches (failure, TRK_ERROR, TRK_ERROR_CORRUPT)
          || g_error_matches (failure, TRK_ERROR, TRK_ERROR_NEWER))
         && is_ours (path);
}

gint64
trk_index_schema_file (const char *path)
{
  TrkFileStamp stamp;

  trk_file_stamp (path, &stamp);
  return stamp.mtime;
}

gboolean
trk_index_schema_owns_log (TrkDb *db, gint64 file, GError **error)
{
  if (!trk_db_has_short_log (db) || trk_index_schema_file (trk_db_path (db)) == file)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT, "what lies beside %s belongs to another one",
               trk_db_path (db));
  return FALSE;
}

static gboolean
read_file (TrkDb *db, gint64 *file, GError **error)
{
  TrkQuery *query =
      trk_db_query (db, error, "SELECT value FROM meta WHERE key = ?", "s", TRK_INDEX_FILE);

  if (query == NULL)
    return FALSE;
  *file = trk_query_next (query) ? trk_query_int (query, 0) : 0;
  return trk_query_end (query, error);
}

/* The one at @path, if it is one. */
static TrkDb *
open_there (const char *path, GError **error)
{
  g_autoptr (TrkDb) db = trk_db_open (path, TRK_DB_CACHE, &schema, error);
  gint64 file;

  if (db == NULL)
    return NULL;
  if (read_file (db, &file, error) && trk_index_schema_owns_log (db, file, error))
    return g_steal_pointer (&db);
  trk_db_leave_log (db); /* closing it would play the log in */
  return NULL;
}

static char *
path_beside (const char *path)
{
  return g_strconcat (path, ".new", NULL);
}

static void
remove_new (const char *path)
{
  g_autofree char *name = path_beside (path);

  remove_logs (name);
  g_unlink (name);
}

/* Until it is put in its place nobody reads it, and one that was left half done by a killed writer
 * is thrown away here. */
static TrkDb *
open_beside (const char *path, GError **error)
{
  g_autofree char *name = path_beside (path);

  remove_new (path);
  return trk_db_open (name, TRK_DB_NEW, &schema, error);
}

void
trk_index_schema_drop (TrkDb *db, const char *path)
{
  trk_db_close (db);
  remove_new (path);
}

TrkDb *
trk_index_schema_write (const char *path, gboolean *beside, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) failure = NULL;
  TrkDb *db = NULL;

  *beside = FALSE;
  if (!trk_path_ensure_dir (folder, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      db = open_there (path, &failure);
      if (db == NULL && !is_replaceable (path, failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  if (db != NULL)
    return db;
  *beside = TRUE;
  return open_beside (path, error);
}

gboolean
trk_index_schema_put (TrkDb *db, const char *path, GError **error)
{
  g_autofree char *name = g_strdup (trk_db_path (db));

  if (!trk_db_complete (db, error))
    {
      trk_index_schema_drop (db, path);
      return FALSE;
    }
  trk_db_close (db);
  remove_logs (path);
  if (g_rename (name, path) == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot write %s: %s", path,
               g_strerror (errno));
  remove_new (path);
  return FALSE;
}
