/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include "trk-error.h"
#include "trk-paths.h"

gboolean
trk_db_refuse_newer (TrkDb *db, gint64 version, const TrkDbSchema *schema, GError **error)
{
  g_autofree char *path = NULL;

  if (version <= schema->n_migrations)
    return TRUE;
  path = trk_path_display (db->path);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NEWER,
               "%s was written by a newer version (schema %" G_GINT64_FORMAT
               ", this one knows %u); it was left as it is: upgrade this program",
               path, version, schema->n_migrations);
  return FALSE;
}

static gboolean
take_steps (TrkDb *db, const TrkDbSchema *schema, guint from, guint to, GError **error)
{
  for (guint step = from; step < to; step++)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", step + 1);

      if (!schema->migrations[step](db, error) || !trk_db_exec (db, sql, error))
        {
          g_prefix_error (error, "upgrading the %s to version %u: ", db->name, step + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* Steps and their version in one transaction. Another program may have done them meanwhile, so the
 * version is read again inside. */
static gboolean
run_steps (TrkDb *db, const TrkDbSchema *schema, guint from, guint to, GError **error)
{
  gint64 version;

  if (!trk_db_begin (db, error))
    return FALSE;
  if (!trk_db_read_int (db, "PRAGMA user_version", &version, error)
      || (version == from && !take_steps (db, schema, from, to, error)))
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

/* Has another program upgraded it since it had @version? */
static gboolean
has_moved (TrkDb *db, gint64 version)
{
  gint64 now;

  return trk_db_read_int (db, "PRAGMA user_version", &now, NULL) && now != version;
}

static gboolean
upgrade (TrkDb *db, const TrkDbSchema *schema, gint64 version, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* A new one is there whole or not at all: nobody may find a half and keep a copy of it. */
  if (version == 0)
    return run_steps (db, schema, 0, schema->n_migrations, error);
  if (schema->backup_first && !keep_copy (db, version, &local))
    {
      if (has_moved (db, version))
        return trk_db_migrate (db, schema, error);
      g_propagate_prefixed_error (
          error, g_steal_pointer (&local),
          "the %s is not upgraded, because the copy before it failed: ", db->name);
      return FALSE;
    }
  for (guint step = (guint) version; step < schema->n_migrations; step++)
    if (!run_steps (db, schema, step, step + 1, error))
      return FALSE;
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
