/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

/* A file's change stands in the journal alone, in JSON like a row: before and after, each with the
 * file's path (as a URI: it need not be UTF-8), its hash, and the bytes that differ in base64. */

void
trk_file_change_free (TrkFileChange *change)
{
  if (change == NULL)
    return;
  g_free (change->path);
  g_free (change->old_hash);
  g_free (change->new_hash);
  g_clear_pointer (&change->old_bytes, g_bytes_unref);
  g_clear_pointer (&change->new_bytes, g_bytes_unref);
  g_free (change);
}

static char *
encode (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return length > 0 ? g_base64_encode (data, length) : g_strdup ("");
}

gboolean
trk_store_add_file_change (TrkStore *store, const TrkFileChange *change, GError **error)
{
  g_autofree char *path = g_filename_to_uri (change->path, NULL, error);
  g_autofree char *before = encode (change->old_bytes);
  g_autofree char *after = encode (change->new_bytes);

  return path != NULL && trk_store_ready (store, NULL, error)
         && trk_db_run (store->db, error,
                        "INSERT INTO journal (command, source, row, before, after)"
                        " VALUES (?1, '" TRK_STORE_FILE "', 0,"
                        " json_object ('path', ?2, 'hash', ?3, 'at', ?4, 'bytes', ?5),"
                        " json_object ('path', ?2, 'hash', ?6, 'at', ?4, 'bytes', ?7))",
                        "ississs", store->command, path, change->old_hash, (gint64) change->at,
                        before, change->new_hash, after);
}

gint64
trk_store_command (const TrkStore *store)
{
  return store->command;
}

gboolean
trk_store_drop (TrkStore *store, gint64 number, TrkInstant now, GError **error)
{
  gboolean dropped;

  if (!trk_store_begin (store, TRK_ACTOR_USER, "drop", now, error))
    return FALSE;
  dropped = trk_db_run (store->db, error,
                        "UPDATE command SET state = 'dropped' WHERE number = ?1 AND act = 'do'"
                        " AND EXISTS (SELECT 1 FROM journal WHERE command = ?1)"
                        " AND NOT EXISTS (SELECT 1 FROM journal WHERE command = ?1"
                        "  AND source <> '" TRK_STORE_FILE "')",
                        "i", number)
            && trk_store_changed (store, "file-only command", number, error)
            && trk_store_commit (store, error);
  trk_store_rollback (store); /* nothing is left to roll back after a commit */
  return dropped;
}

static GBytes *
decode (const char *text)
{
  gsize length = 0;
  guchar *bytes = g_base64_decode (text != NULL ? text : "", &length);

  return g_bytes_new_take (bytes, length);
}

static TrkFileChange *
read_change (TrkQuery *query, GError **error)
{
  g_autoptr (TrkFileChange) change = g_new0 (TrkFileChange, 1);
  const char *uri = trk_query_text (query, 0);

  change->path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  change->at = (gsize) trk_query_int (query, 1);
  change->old_hash = trk_query_dup (query, 2);
  change->old_bytes = decode (trk_query_text (query, 3));
  change->new_hash = trk_query_dup (query, 4);
  change->new_bytes = decode (trk_query_text (query, 5));
  if (change->path != NULL)
    return g_steal_pointer (&change);
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CORRUPT,
                       "the log holds a change of a file that has no name");
  return NULL;
}

gboolean
trk_store_take_file (TrkStore *store, const char *expected, const char *wanted, GError **error)
{
  TrkQuery *query = trk_db_query (
      store->db, error,
      "SELECT json_extract (?1, '$.path'), json_extract (?1, '$.at'), json_extract (?1, '$.hash'),"
      " json_extract (?1, '$.bytes'), json_extract (?2, '$.hash'), json_extract (?2, '$.bytes')",
      "ss", expected, wanted);
  g_autoptr (TrkFileChange) change = NULL;

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    change = read_change (query, error);
  if (change == NULL)
    {
      trk_query_free (query);
      return FALSE;
    }
  if (!trk_query_end (query, error) || !trk_store_add_file_change (store, change, error))
    return FALSE;
  if (store->files == NULL)
    store->files = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_file_change_free);
  g_ptr_array_add (store->files, g_steal_pointer (&change));
  return TRUE;
}

gboolean
trk_store_write_files (TrkStore *store, GError **error)
{
  if (store->files == NULL)
    return TRUE;
  if (store->write_files != NULL)
    return store->write_files (store->files, store->write_files_data, error);
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE,
                       "this changed a calendar's file; nothing was changed. To take it back: "
                       "tracker undo");
  return FALSE;
}

void
trk_store_set_files (TrkStore *store, TrkStoreFiles write_files, gpointer data)
{
  store->write_files = write_files;
  store->write_files_data = data;
}
