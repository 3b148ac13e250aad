/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

/* One step and its version in one transaction. Another program may have done it meanwhile, so the
 * version is read again inside. */
static gboolean
run_step (TrkDb *db, const TrkDbSchema *schema, guint step, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", step + 1);
  gint64 version;

  if (!trk_db_begin (db, error))
    return FALSE;
  if (!trk_db_read_int (db, "PRAGMA user_version", &version, error)
      || (version == step
          && (!schema->migrations[step](db, error) || !trk_db_exec (db, sql, error))))
    {
      trk_db_rollback (db);
      return FALSE;
    }
  return trk_db_commit (db, error);
}

static gboolean
keep_copy (TrkDb *db, gint64 version, GError **error)
{
  g_autofree char *copy =
      g_strdup_printf ("%s.before-upgrade-from-%" G_GINT64_FORMAT, db->path, version);

  return trk_db_backup (db, copy, error);
}

static gboolean
upgrade (TrkDb *db, const TrkDbSchema *schema, gint64 version, GError **error)
{
  if (version > 0 && schema->backup_first && !keep_copy (db, version, error))
    {
      g_prefix_error (error,
                      "the %s is not upgraded, because the copy before it failed: ", db->name);
      return FALSE;
    }
  for (guint step = (guint) version; step < schema->n_migrations; step++)
    if (!run_step (db, schema, step, error))
      {
        g_prefix_error (error, "upgrading the %s to version %u: ", db->name, step + 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
trk_db_migrate (TrkDb *db, const TrkDbSchema *schema, GError **error)
{
  gint64 version;

  if (!trk_db_read_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > schema->n_migrations)
    return trk_db_refuse_newer (db, version, schema, error);
  if (version == schema->n_migrations)
    return TRUE;
  if (!upgrade (db, schema, version, error))
    return FALSE;
  /* So that the header has the version, which others look at before they touch anything. When
   * somebody reads just now, the log has it. */
  if (version > 0)
    trk_db_checkpoint (db, NULL);
  return TRUE;
}
