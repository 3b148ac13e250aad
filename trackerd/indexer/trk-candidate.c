/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-candidate.h"

#include "trk-file-bytes.h"
#include "trk-fingerprint.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
candidate_clear (gpointer data)
{
  TrkCandidate *candidate = data;

  trk_file_free (candidate->file);
  g_free (candidate->hashes);
  g_free (candidate->rows);
}

static gboolean
is_wanted (const TrkUpdate *update, const TrkSourceFile *file, const TrkIndexSource *known)
{
  return known == NULL || update->everything || (update->other_window && known->recurs)
         || !trk_file_stamp_equal (&known->stamp, &file->stamp);
}

static void
add_candidate (TrkCandidates *candidates, const TrkSourceFile *file, const TrkIndexSource *known)
{
  TrkCandidate candidate = { .path = file->path,
                             .stamp = file->stamp,
                             .known = known,
                             .source = known != NULL ? known->id : 0,
                             .wanted = is_wanted (candidates->update, file, known) };

  g_array_append_val (candidates->files, candidate);
}

/* Goes through both lists, which have one order, side by side. */
static void
compare_lists (TrkCandidates *candidates, const GPtrArray *files, const TrkIndexSources *sources)
{
  TrkIndexSource *all = (TrkIndexSource *) sources->all->data;
  guint k = 0, n = sources->all->len;

  for (guint i = 0; i < files->len; i++)
    {
      const TrkSourceFile *file = g_ptr_array_index (files, i);
      const TrkIndexSource *known = NULL;
      int order = -1;

      for (; k < n && order < 0; k++)
        {
          order = strcmp (all[k].path, file->path);
          if (order < 0)
            g_ptr_array_add (candidates->missing, &all[k]);
          else if (order == 0)
            known = &all[k];
          else
            break;
        }
      add_candidate (candidates, file, known);
    }
  for (; k < n; k++)
    g_ptr_array_add (candidates->missing, &all[k]);
}

TrkCandidates *
trk_candidates_new (TrkUpdate *update,
                    const char *calendar,
                    const GPtrArray *files,
                    const TrkIndexSources *sources,
                    gboolean shared)
{
  TrkCandidates *candidates = g_new0 (TrkCandidates, 1);

  candidates->update = update;
  candidates->calendar = calendar;
  candidates->shared = shared;
  candidates->files = g_array_sized_new (FALSE, FALSE, sizeof (TrkCandidate), files->len);
  g_array_set_clear_func (candidates->files, candidate_clear);
  candidates->missing = g_ptr_array_new ();
  candidates->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  compare_lists (candidates, files, sources);
  return candidates;
}

void
trk_candidates_free (TrkCandidates *candidates)
{
  if (candidates == NULL)
    return;
  g_array_unref (candidates->files);
  g_ptr_array_unref (candidates->missing);
  g_hash_table_unref (candidates->changed);
  g_free (candidates);
}

/* @files is sorted by path. */
static TrkCandidate *
find_candidate (const TrkCandidates *candidates, const char *path)
{
  guint low = 0, high = candidates->files->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      TrkCandidate *candidate = trk_candidates_at (candidates, middle);
      int order = strcmp (path, candidate->path);

      if (order == 0)
        return candidate;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

gboolean
trk_candidates_remove_missing (TrkCandidates *candidates, GError **error)
{
  TrkIndexWriter *writer = candidates->update->writer;

  for (guint i = 0; i < candidates->missing->len; i++)
    {
      const TrkIndexSource *source = g_ptr_array_index (candidates->missing, i);

      if (!trk_index_writer_uids (writer, source->id, candidates->changed, error)
          || !trk_index_writer_remove_source (writer, source->id, error))
        return FALSE;
    }
  return TRUE;
}

/* -- Reading a file ---------------------------------------------------------------------------- */

/* A file as a whole can be set aside, too: by its path and state. */
static guint64
file_hash (const TrkCandidate *candidate)
{
  g_autofree char *text =
      g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, candidate->path,
                       candidate->stamp.mtime, candidate->stamp.size);

  return trk_fingerprint (text, strlen (text));
}

/* Its events, and what stands around them: time zones, METHOD. */
static void
hash_file (TrkCandidate *candidate)
{
  const TrkFile *file = candidate->file;
  TrkFingerprint *around = trk_fingerprint_new ();
  gsize at = 0;

  candidate->hashes = g_new (guint64, file->events->len);
  candidate->rows = g_new0 (gint64, file->events->len);
  for (guint i = 0; i < file->events->len; i++)
    {
      const TrkEventRange *range = &g_array_index (file->events, TrkEventRange, i);

      candidate->hashes[i] =
          trk_fingerprint (file->bytes + range->offset, range->length) ^ (range->calendar << 1);
      trk_fingerprint_add (around, file->bytes + at, range->offset - at);
      at = range->offset + range->length;
    }
  trk_fingerprint_add (around, file->bytes + at, file->length - at);
  candidate->context = trk_fingerprint_end (around);
}

/* The sandbox holds us to the files that were there when it was entered. One that was put in the
 * place of a single file since then is refused, though the user may read it. */
static gboolean
was_replaced (const TrkCandidate *candidate, const GError *error)
{
  return error != NULL && g_str_equal (error->message, g_strerror (EACCES))
         && g_access (candidate->path, R_OK) == 0;
}

/* Without its stamp the index is not fresh, and the next one who asks reads the file. */
static void
tell_replaced (TrkCandidate *candidate)
{
  memset (&candidate->stamp, 0, sizeof candidate->stamp);
  trk_file_findings_add (candidate->file->findings, 0, NULL, TRUE,
                         "was replaced while it was read; it is read again at the next use");
}

static void
read_file (TrkCandidates *candidates, TrkCandidate *candidate)
{
  TrkUpdate *update = candidates->update;
  guint64 hash = file_hash (candidate);
  const char *aside = g_hash_table_lookup (update->aside, &hash);
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *bytes = NULL;

  trk_guard_rest (update->guard); /* a file has its seconds for itself */
  trk_guard_enter (update->guard, hash);
  if (aside == NULL)
    bytes = trk_file_read_bytes (candidate->path, &length, &error);
  candidate->file = trk_file_new (candidates->calendar, candidate->path, bytes, length);
  if (aside != NULL)
    trk_file_findings_add (candidate->file->findings, 0, NULL, TRUE,
                           "set aside: the indexer %s; it is tried again when it changes", aside);
  else if (was_replaced (candidate, error))
    tell_replaced (candidate);
  else if (error != NULL)
    trk_file_findings_add (candidate->file->findings, 0, NULL, TRUE, "cannot be read: %s",
                           error->message);
  hash_file (candidate);
  trk_guard_rest (update->guard);
}

gboolean
trk_candidate_write_findings (const TrkCandidate *candidate, TrkIndexWriter *writer, GError **error)
{
  const TrkFileFindings *findings = candidate->file->findings;
  g_autoptr (TrkDiagnostic) rest = trk_file_findings_rest (findings);

  for (guint i = 0; i < findings->list->len; i++)
    if (!trk_index_writer_add_diagnostic (writer, candidate->source,
                                          g_ptr_array_index (findings->list, i), error))
      return FALSE;
  return rest == NULL || trk_index_writer_add_diagnostic (writer, candidate->source, rest, error);
}

/* -- Last good state --------------------------------------------------------------------------- */

/* An empty, cut-off or foreign file in place of one that was good is a failed download or a save
 * half done, not a cancelled day. */
static gboolean
is_worse_than_before (const TrkCandidates *candidates, const TrkCandidate *candidate)
{
  const TrkFile *file = candidate->file;

  return candidate->source != 0 && (!trk_file_is_calendar (file) || !file->complete)
         && trk_index_writer_has_events (candidates->update->writer, candidate->source);
}

static gboolean
keep_last_good (TrkCandidates *candidates, TrkCandidate *candidate, GError **error)
{
  TrkIndexWriter *writer = candidates->update->writer;

  trk_file_findings_add (candidate->file->findings, 0, NULL, FALSE,
                         "the last good state of this file is used until it is whole again");
  if (!trk_index_writer_keep_source (writer, candidate->source, &candidate->stamp, error)
      || !trk_candidate_write_findings (candidate, writer, error))
    return FALSE;
  g_clear_pointer (&candidate->file, trk_file_free);
  candidate->wanted = FALSE;
  candidate->kept = TRUE;
  return TRUE;
}

/* -- What changed in a file -------------------------------------------------------------------- */

/* An event of @known (sorted by hash) that is the same as one of the file, and not another's yet;
 * there may be many that are alike. NULL: none. */
static TrkIndexKnown *
take_known (GArray *known, guint64 hash)
{
  TrkIndexKnown *events = &g_array_index (known, TrkIndexKnown, 0);
  guint low = 0, high = known->len, at;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if ((gint64) events[middle].hash < (gint64) hash)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == known->len)
    return NULL;
  at = low + events[low].taken_alike;
  if (at == known->len || events[at].hash != hash)
    return NULL;
  events[low].taken_alike++;
  events[at].taken = TRUE;
  return &events[at];
}

static void
mark_changed (TrkCandidates *candidates, const TrkCandidate *candidate, guint i)
{
  const char *uid = g_array_index (candidate->file->events, TrkEventRange, i).uid;

  if (!g_hash_table_contains (candidates->changed, uid))
    g_hash_table_add (candidates->changed, g_strdup (uid));
}

/* Events that are in the index and no longer in the file go; what shares their UID changed. */
static gboolean
remove_vanished (TrkCandidates *candidates, const GArray *known, GError **error)
{
  TrkIndexWriter *writer = candidates->update->writer;

  for (guint i = 0; i < known->len; i++)
    {
      const TrkIndexKnown *event = &g_array_index (known, TrkIndexKnown, i);
      g_autofree char *uid = NULL;

      if (event->taken)
        continue;
      uid = trk_index_writer_uid (writer, event->id, error);
      if (uid == NULL || !trk_index_writer_remove_event (writer, event->id, error))
        return FALSE;
      g_hash_table_add (candidates->changed, g_steal_pointer (&uid));
    }
  return TRUE;
}

static gboolean
is_comparable (const TrkCandidates *candidates, const TrkCandidate *candidate)
{
  return candidate->known != NULL && !candidates->update->everything
         && candidate->known->context == candidate->context;
}

/* Nothing that the index has of the file is of use. */
static gboolean
begin_anew (TrkCandidates *candidates, TrkCandidate *candidate, GError **error)
{
  TrkIndexWriter *writer = candidates->update->writer;

  candidate->all_new = TRUE;
  if (candidate->source != 0
      && (!trk_index_writer_uids (writer, candidate->source, candidates->changed, error)
          || !trk_index_writer_remove_events (writer, candidate->source, error)))
    return FALSE;
  for (guint i = 0; candidates->shared && i < candidate->file->events->len; i++)
    mark_changed (candidates, candidate, i);
  return TRUE;
}

static gboolean
compare_with_index (TrkCandidates *candidates, TrkCandidate *candidate, GError **error)
{
  const TrkUpdate *update = candidates->update;
  g_autoptr (GArray) known = NULL;

  if (!is_comparable (candidates, candidate))
    return begin_anew (candidates, candidate, error);
  known = trk_index_writer_events (update->writer, candidate->source, error);
  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < candidate->file->events->len; i++)
    {
      TrkIndexKnown *same = take_known (known, candidate->hashes[i]);

      if (same != NULL)
        candidate->rows[i] = same->id;
      if (same == NULL || same->again || (same->recurs && update->other_window))
        mark_changed (candidates, candidate, i);
    }
  return remove_vanished (candidates, known, error);
}

/* -- All of them ------------------------------------------------------------------------------- */

static gboolean
read_wanted (TrkCandidates *candidates, GError **error)
{
  for (guint i = 0; i < candidates->files->len; i++)
    {
      TrkCandidate *candidate = trk_candidates_at (candidates, i);

      if (!candidate->wanted || candidate->file != NULL)
        continue;
      read_file (candidates, candidate);
      if (is_worse_than_before (candidates, candidate)
              ? !keep_last_good (candidates, candidate, error)
              : !compare_with_index (candidates, candidate, error))
        return FALSE;
    }
  return TRUE;
}

/* The files that were not read and hold a UID of what changed are wanted, too. TRUE in @more when
 * there are any. */
static gboolean
spread (TrkCandidates *candidates, gboolean *more, GError **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  *more = FALSE;
  g_hash_table_iter_init (&iter, candidates->changed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!trk_index_writer_sources_of (candidates->update->writer, candidates->calendar, key, paths,
                                      error))
      return FALSE;
  g_hash_table_iter_init (&iter, paths);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      TrkCandidate *candidate = find_candidate (candidates, key);

      if (candidate == NULL || candidate->wanted || candidate->kept)
        continue;
      candidate->wanted = TRUE;
      *more = TRUE;
    }
  return TRUE;
}

gboolean
trk_candidates_read (TrkCandidates *candidates, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      if (!read_wanted (candidates, error))
        return FALSE;
      more = FALSE;
      if (candidates->shared && !candidates->update->everything
          && !spread (candidates, &more, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
trk_candidates_is_changed (const TrkCandidates *candidates, const TrkCandidate *candidate, guint i)
{
  const char *uid = g_array_index (candidate->file->events, TrkEventRange, i).uid;

  return (candidate->all_new && !candidates->shared)
         || g_hash_table_contains (candidates->changed, uid);
}
