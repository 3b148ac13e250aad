/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

static TrkDb *
db_new (const char *path, const char *name)
{
  TrkDb *db = g_new0 (TrkDb, 1);

  db->path = g_strdup (path);
  db->name = g_strdup (name);
  db->vfs = trk_db_vfs_new ();
  db->queries = g_hash_table_new_full (NULL, NULL, NULL, trk_query_destroy);
  return db;
}

/* Settings that need neither a statement nor the file. */
static void
harden (TrkDb *db)
{
  trk_db_set_patience (db, TRK_DB_PATIENCE);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

/* SQLite counts the memory that it has, for questions that nobody asks here, under a lock at every
 * allocation: a twentieth of what a report costs. */
static gpointer
configure (gpointer data)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0); /* refused once SQLite runs: then it counts on */
  return NULL;
}

TrkDb *
trk_db_connect (const char *path, const char *uri, const char *name, int flags, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  g_autoptr (TrkDb) db = NULL;
  int code;

  g_once (&once, configure, NULL);
  db = db_new (path, name);
  code = sqlite3_open_v2 (uri, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                          trk_db_vfs_name (db->vfs));

  if (!trk_db_succeeded (db, code, error))
    return NULL;
  harden (db);
  return g_steal_pointer (&db);
}

TrkDb *
trk_db_connect_immutable (const char *path, const char *name, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);

  return trk_db_connect (path, uri, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

TrkDb *
trk_db_connect_alone (const char *path, const char *name, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?vfs=unix-none", escaped);
  g_autoptr (TrkDb) db =
      trk_db_connect (path, uri, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);

  if (db == NULL)
    return NULL;
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (!trk_db_exec (db, "PRAGMA locking_mode = EXCLUSIVE", error))
    return NULL;
  return g_steal_pointer (&db);
}
