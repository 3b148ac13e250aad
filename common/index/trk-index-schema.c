/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-schema.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <glib/gstdio.h>
#include <string.h>

/* Times of occurrences are instants, or the wall clock's reading when the event is floating or
 * all-day: so a change of the user's zone needs no new index, and the reader places them.
 *
 * occurrences.span sorts them so that a period is one short range of the key: 0 bound to instants,
 * 1 the same but longer than a day, 2 floating, 3 floating and longer than a day. */
static const char tables[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE calendars (name TEXT PRIMARY KEY, path TEXT NOT NULL, device INTEGER NOT NULL,"
    "  inode INTEGER NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL)"
    "  STRICT, WITHOUT ROWID;"
    "CREATE TABLE sources (id INTEGER PRIMARY KEY, calendar TEXT NOT NULL, path TEXT NOT NULL,"
    "  device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,"
    "  mtime INTEGER NOT NULL, kept INTEGER NOT NULL, UNIQUE (calendar, path)) STRICT;"
    "CREATE TABLE events (id INTEGER PRIMARY KEY,"
    "  source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,"
    "  calendar TEXT NOT NULL, uid TEXT NOT NULL, hash TEXT NOT NULL, line INTEGER NOT NULL,"
    "  anchor INTEGER NOT NULL, days INTEGER NOT NULL, exact INTEGER NOT NULL,"
    "  by_date INTEGER NOT NULL, all_day INTEGER NOT NULL, floating INTEGER NOT NULL,"
    "  transparent INTEGER NOT NULL, private INTEGER NOT NULL, status TEXT NOT NULL,"
    "  summary TEXT NOT NULL, description TEXT, location TEXT, link TEXT, kind TEXT,"
    "  categories TEXT, attendees TEXT, declined TEXT, leads TEXT) STRICT;"
    "CREATE INDEX events_by_source ON events (source);"
    "CREATE INDEX events_by_uid ON events (calendar, uid);"
    "CREATE TABLE occurrences (span INTEGER NOT NULL, start INTEGER NOT NULL,"
    "  event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE, number INTEGER NOT NULL,"
    "  end INTEGER NOT NULL, end_is_apart INTEGER NOT NULL,"
    "  original INTEGER, original_is TEXT,"
    "  PRIMARY KEY (span, start, event, number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX occurrences_by_event ON occurrences (event);"
    "CREATE TABLE diagnostics (id INTEGER PRIMARY KEY,"
    "  source INTEGER REFERENCES sources ON DELETE CASCADE, calendar TEXT NOT NULL,"
    "  file TEXT NOT NULL, line INTEGER NOT NULL, property TEXT, reason TEXT NOT NULL,"
    "  left_out INTEGER NOT NULL) STRICT;"
    "CREATE INDEX diagnostics_by_source ON diagnostics (source);"
    "CREATE TABLE quarantine (hash TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;";

static gboolean
create (TrkDb *db, GError **error)
{
  return trk_db_exec (db, tables, error);
}

static const TrkDbMigration migrations[] = { create };

static const TrkDbSchema schema = {
  .application_id = 0x74726b69, /* "trki" */
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
discard (const char *path)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* Does the file begin like a database with our mark, or is it nothing at all? Only then may it be
 * thrown away. */
static gboolean
is_ours (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return FALSE;
  return length == 0
         || (length >= 100 && memcmp (contents + 68, "trki", 4) == 0
             && g_str_has_prefix (contents, "SQLite format 3"));
}

TrkDb *
trk_index_schema_write (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) failure = NULL;
  TrkDb *db;

  if (!trk_path_ensure_dir (folder, error))
    return NULL;
  db = trk_db_open (path, TRK_DB_CACHE, &schema, &failure);
  if (db != NULL)
    return db;
  if ((g_error_matches (failure, TRK_ERROR, TRK_ERROR_CORRUPT)
       || g_error_matches (failure, TRK_ERROR, TRK_ERROR_NEWER))
      && is_ours (path))
    {
      discard (path);
      return trk_db_open (path, TRK_DB_CACHE, &schema, error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
