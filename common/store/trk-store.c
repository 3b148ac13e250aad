/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#include <string.h>

static TrkDb *
open_db (const char *path, TrkStoreMode mode, GError **error)
{
  static const TrkDbMode modes[] = { TRK_DB_WRITE, TRK_DB_READ, TRK_DB_MEMORY };
  g_autoptr (GError) failure = NULL;
  TrkDb *db = trk_db_open (path, modes[mode], &trk_store_schema, &failure);

  if (db == NULL && mode == TRK_STORE_READ && g_error_matches (failure, TRK_ERROR, TRK_ERROR_STATE))
    {
      /* Of an older version: a reader must not be told to come back after a writer. */
      db = trk_db_open (path, TRK_DB_WRITE, &trk_store_schema, error);
      if (db == NULL)
        return NULL;
      trk_db_close (db);
      return trk_db_open (path, TRK_DB_READ, &trk_store_schema, error);
    }
  if (db == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return db;
}

/* Who only reads walks along the log and comes back to few pages: 32 KiB of them are enough, where
 * every page that is kept is fresh memory, which costs more than to read it again. */
static gboolean
keep_few_pages (TrkDb *db, TrkStoreMode mode, GError **error)
{
  return mode != TRK_STORE_READ || trk_db_exec (db, "PRAGMA cache_size = 16", error);
}

TrkStore *
trk_store_open (const char *path, TrkStoreMode mode, GError **error)
{
  g_autoptr (TrkDb) db = open_db (path, mode, error);
  TrkStore *store;

  if (db == NULL || !keep_few_pages (db, mode, error))
    return NULL;
  store = g_new0 (TrkStore, 1);
  store->db = g_steal_pointer (&db);
  store->last_now = -1;
  return store;
}

void
trk_store_close (TrkStore *store)
{
  if (store == NULL)
    return;
  trk_store_rollback (store);
  g_clear_pointer (&store->files, g_ptr_array_unref);
  trk_db_close (store->db);
  g_free (store->machine);
  g_free (store);
}

void
trk_store_set_patience (TrkStore *store, int milliseconds)
{
  trk_db_set_patience (store->db, milliseconds);
}

gboolean
trk_store_hold (TrkStore *store, GError **error)
{
  return trk_db_hold (store->db, error);
}

void
trk_store_release (TrkStore *store)
{
  trk_db_release (store->db);
}

gboolean
trk_store_begin (TrkStore *store, TrkActor actor, const char *text, TrkInstant now, GError **error)
{
  if (!trk_db_begin (store->db, error))
    return FALSE;
  store->open = TRUE;
  store->actor = actor;
  store->text = g_strdup (text);
  store->now = now;
  store->command = 0;
  return TRUE;
}

gboolean
trk_store_writing (TrkStore *store, GError **error)
{
  if (store->open)
    return TRUE;
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE,
                       "the log is changed only by a command that was begun");
  return FALSE;
}

gboolean
trk_store_ready (TrkStore *store, const char *table, GError **error)
{
  if (!trk_store_writing (store, error)
      || (table != NULL && !trk_store_journal_table (store, table, error)))
    return FALSE;
  if (store->command != 0)
    return TRUE;
  if (!trk_db_run (store->db, error, "INSERT INTO command (actor, text, at) VALUES (?1, ?2, ?3)",
                   "ssi", store->actor == TRK_ACTOR_USER ? "user" : "daemon", store->text,
                   store->now))
    return FALSE;
  store->command = trk_db_last_rowid (store->db);
  return TRUE;
}

gboolean
trk_store_changed (TrkStore *store, const char *what, gint64 number, GError **error)
{
  if (trk_db_changes (store->db) > 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no %s %" G_GINT64_FORMAT, what,
               number);
  return FALSE;
}

gboolean
trk_store_refer (TrkStore *store, const char *table, gint64 number, GError **error)
{
  /* Literals, which the connection can keep. */
  const char *sql = g_str_equal (table, "task") ? "SELECT 1 FROM task WHERE number = ?1"
                                                : "SELECT 1 FROM sprint WHERE number = ?1";
  TrkQuery *query;
  gboolean there;

  if (number == 0)
    return TRUE;
  query = trk_db_query (store->db, error, sql, "i", number);
  if (query == NULL)
    return FALSE;
  there = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  if (!there)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no %s %" G_GINT64_FORMAT, table,
                 number);
  return there;
}

static gboolean
has_changes (TrkStore *store, gboolean *changes, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error, "SELECT 1 FROM journal WHERE command = ?1", "i",
                                  store->command);

  if (query == NULL)
    return FALSE;
  *changes = trk_query_next (query);
  return trk_query_end (query, error);
}

/* A command that changed nothing leaves no trace; one of the user's ends what could be redone. */
static gboolean
finish_command (TrkStore *store, GError **error)
{
  gboolean changes;

  if (store->command == 0)
    return TRUE;
  if (!has_changes (store, &changes, error))
    return FALSE;
  if (!changes)
    return trk_db_run (store->db, error, "DELETE FROM command WHERE number = ?1", "i",
                       store->command);
  if (store->actor != TRK_ACTOR_USER)
    return TRUE;
  return trk_db_run (store->db, error,
                     "UPDATE command SET state = 'dropped' WHERE state = 'undone'", "");
}

gboolean
trk_store_commit (TrkStore *store, GError **error)
{
  gboolean committed;

  if (!trk_store_writing (store, error))
    return FALSE;
  committed = finish_command (store, error) && trk_db_commit (store->db, error);
  if (committed)
    {
      store->journaled_before = store->journaled;
      store->machine_is_new = FALSE;
    }
  trk_store_rollback (store); /* nothing is left to roll back after a commit */
  return committed;
}

void
trk_store_rollback (TrkStore *store)
{
  trk_db_rollback (store->db);
  store->open = FALSE;
  store->command = 0;
  g_clear_pointer (&store->files, g_ptr_array_unref);
  store->journaled = store->journaled_before;
  if (store->machine_is_new) /* the log may have lost the name that it was given */
    g_clear_pointer (&store->machine, g_free);
  store->machine_is_new = FALSE;
  g_clear_pointer (&store->text, g_free);
}

gboolean
trk_store_others (TrkStore *store, gint64 *version, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error, "PRAGMA data_version", "");

  if (query == NULL)
    return FALSE;
  *version = trk_query_next (query) ? trk_query_int (query, 0) : 0;
  return trk_query_end (query, error);
}

static gboolean
check_references (TrkStore *store, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error, "PRAGMA foreign_key_check", "");

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT,
                 "row %" G_GINT64_FORMAT " of the table %s refers to a row of %s that is not there",
                 trk_query_int (query, 1), trk_query_text (query, 0), trk_query_text (query, 2));
  else
    return trk_query_end (query, error);
  trk_query_free (query);
  return FALSE;
}

static gboolean
check_overlaps (TrkStore *store, GError **error)
{
  TrkQuery *query = trk_db_query (
      store->db, error,
      "SELECT number, other FROM (SELECT number, start, lag (end) OVER line AS before,"
      " lag (number) OVER line AS other FROM entry"
      " WINDOW line AS (PARTITION BY machine ORDER BY start)) WHERE before > start",
      "");

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT,
                 "the entries %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " overlap",
                 trk_query_int (query, 1), trk_query_int (query, 0));
  else
    return trk_query_end (query, error);
  trk_query_free (query);
  return FALSE;
}

gboolean
trk_store_check (TrkStore *store, GError **error)
{
  return trk_db_check (store->db, error) && check_references (store, error)
         && check_overlaps (store, error);
}

gboolean
trk_store_counts (TrkStore *store, gint64 *entries, gint64 *tasks, GError **error)
{
  TrkQuery *query = trk_db_query (
      store->db, error, "SELECT (SELECT count (*) FROM entry), (SELECT count (*) FROM task)", "");

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    {
      *entries = trk_query_int (query, 0);
      *tasks = trk_query_int (query, 1);
    }
  return trk_query_end (query, error);
}

/* A line break parts the tags; one inside a tag becomes a space. */
char *
trk_store_join_tags (GStrv tags)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = g_strdelimit (g_strdup (tags[i]), "\r\n", ' ');

      g_string_append_printf (joined, "%s%s", i > 0 ? "\n" : "", tag);
    }
  return joined->len > 0 ? g_strdup (joined->str) : NULL;
}

GStrv
trk_store_split_tags (const char *text)
{
  return text != NULL ? g_strsplit (text, "\n", -1) : NULL;
}

gboolean
trk_store_bad_word (const char *what, const char *word, GError **error)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT, "the log holds an unknown %s “%s”", what,
               word != NULL ? word : "");
  return FALSE;
}
