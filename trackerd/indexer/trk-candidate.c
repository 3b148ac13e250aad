/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-candidate.h"

#include "trk-file-bytes.h"

static void
trk_candidate_free (TrkCandidate *candidate)
{
  g_free (candidate->path);
  trk_file_free (candidate->file);
  g_free (candidate);
}

/* -- What changed ------------------------------------------------------------------------------ */

static TrkCandidate *
find_candidate (GPtrArray *candidates, const char *path)
{
  for (guint i = 0; i < candidates->len; i++)
    if (g_str_equal (((TrkCandidate *) g_ptr_array_index (candidates, i))->path, path))
      return g_ptr_array_index (candidates, i);
  return NULL;
}

static TrkCandidate *
candidate_new (const char *path, GHashTable *known, gboolean everything)
{
  TrkCandidate *candidate = g_new0 (TrkCandidate, 1);
  const TrkIndexSource *source = g_hash_table_lookup (known, path);

  candidate->path = g_strdup (path);
  trk_file_stamp (path, &candidate->stamp);
  candidate->source = source != NULL ? source->id : 0;
  candidate->changed =
      everything || source == NULL || !trk_file_stamp_equal (&source->stamp, &candidate->stamp);
  return candidate;
}

gboolean
trk_candidates_remove_missing (TrkUpdate *update,
                               const GPtrArray *files,
                               const GPtrArray *sources,
                               GHashTable *uids,
                               GError **error)
{
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < files->len; i++)
    g_hash_table_add (present, g_ptr_array_index (files, i));
  for (guint i = 0; i < sources->len; i++)
    {
      const TrkIndexSource *source = g_ptr_array_index (sources, i);

      if (!g_hash_table_contains (present, source->path)
          && (!trk_index_writer_uids (update->writer, source->id, uids, error)
              || !trk_index_writer_remove_source (update->writer, source->id, error)))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
trk_candidates_new (TrkUpdate *update, const GPtrArray *files, const GPtrArray *sources)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_candidate_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sources->len; i++)
    {
      TrkIndexSource *source = g_ptr_array_index (sources, i);

      g_hash_table_insert (known, source->path, source);
    }
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (candidates,
                     candidate_new (g_ptr_array_index (files, i), known, update->everything));
  return candidates;
}

/* -- Reading ----------------------------------------------------------------------------------- */

/* A file as a whole can be set aside, too: by its path and state. */
static char *
file_hash (const TrkCandidate *candidate)
{
  g_autofree char *text =
      g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, candidate->path,
                       candidate->stamp.mtime, candidate->stamp.size);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
read_candidate (TrkUpdate *update, const char *calendar, TrkCandidate *candidate)
{
  g_autofree char *hash = file_hash (candidate);
  g_autofree char *aside = trk_index_writer_quarantine (update->writer, hash);
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *bytes = NULL;

  trk_guard_enter (update->guard, candidate->path, 0, hash);
  if (aside == NULL)
    bytes = trk_file_read_bytes (candidate->path, &length, &error);
  candidate->file = trk_file_new (calendar, candidate->path, bytes, length);
  if (aside != NULL)
    trk_file_findings_add (candidate->file->findings, 0, NULL, TRUE,
                           "set aside: the indexer %s; it is tried again when it changes", aside);
  else if (error != NULL)
    trk_file_findings_add (candidate->file->findings, 0, NULL, TRUE, "cannot be read: %s",
                           error->message);
  trk_guard_leave (update->guard);
}

static gboolean
read_changed (TrkUpdate *update,
              const char *calendar,
              GPtrArray *candidates,
              GHashTable *uids,
              GError **error)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      TrkCandidate *candidate = g_ptr_array_index (candidates, i);

      if (!candidate->changed || candidate->file != NULL)
        continue;
      read_candidate (update, calendar, candidate);
      if (candidate->source != 0
          && !trk_index_writer_uids (update->writer, candidate->source, uids, error))
        return FALSE;
      for (guint n = 0; n < candidate->file->events->len; n++)
        g_hash_table_add (uids,
                          g_strdup (g_array_index (candidate->file->events, TrkEventRange, n).uid));
    }
  return TRUE;
}

/* Marks the unchanged files that share a UID with what changed. TRUE in @more when there are any.
 */
static gboolean
spread (TrkUpdate *update,
        const char *calendar,
        GPtrArray *candidates,
        GHashTable *uids,
        gboolean *more,
        GError **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  *more = FALSE;
  g_hash_table_iter_init (&iter, uids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!trk_index_writer_sources_of (update->writer, calendar, key, paths, error))
      return FALSE;
  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      TrkCandidate *candidate = find_candidate (candidates, key);

      if (candidate == NULL || candidate->changed)
        continue;
      candidate->changed = TRUE;
      *more = TRUE;
    }
  return TRUE;
}

gboolean
trk_candidates_read (TrkUpdate *update,
                     const char *calendar,
                     GPtrArray *candidates,
                     GHashTable *uids,
                     GError **error)
{
  /* nothing else can share a UID with the only file, unless one was just removed */
  gboolean shared = candidates->len > 1 || g_hash_table_size (uids) > 0;
  gboolean more = TRUE;

  while (more)
    {
      if (!read_changed (update, calendar, candidates, uids, error))
        return FALSE;
      more = FALSE;
      if (shared && !update->everything
          && !spread (update, calendar, candidates, uids, &more, error))
        return FALSE;
    }
  return TRUE;
}
