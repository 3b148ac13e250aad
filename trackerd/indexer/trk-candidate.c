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
candidate_free (gpointer data)
{
  TrkCandidate *candidate = data;

  if (candidate == NULL)
    return;
  trk_file_free (candidate->file);
  g_free (candidate->path);
  g_free (candidate->hashes);
  g_free (candidate->rows);
  g_free (candidate);
}

/* The file in that place of the listing is to be read. */
static gboolean
want (TrkCandidates *candidates, guint place, GError **error)
{
  const TrkCalendar *calendar = candidates->calendar;
  TrkCandidate *candidate = g_new0 (TrkCandidate, 1);

  candidates->files->pdata[place] = candidate;
  candidate->name = candidates->listing->names->pdata[place];
  candidate->path = trk_listing_path (calendar->path, candidate->name);
  candidate->stamp = &candidates->listing->stamps[place];
  return trk_index_writer_source (candidates->update->writer, calendar->name, candidate->name,
                                  &candidate->source, &candidate->known_context, error);
}

/* Those of @names (a set) that are there, and not wanted yet. TRUE in @more when there are any. */
static gboolean
want_named (TrkCandidates *candidates, GHashTable *names, gboolean *more, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  guint place;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!trk_listing_find (candidates->listing, name, &place)
          || candidates->files->pdata[place] != NULL)
        continue;
      if (!want (candidates, place, error))
        return FALSE;
      *more = TRUE;
    }
  return TRUE;
}

/* Goes through both lists, which have one order, side by side. */
static gboolean
compare_listings (TrkCandidates *candidates, const TrkListing *before, GError **error)
{
  const TrkListing *now = candidates->listing;
  guint k = 0;

  for (guint i = 0; i < now->names->len; i++)
    {
      const char *name = now->names->pdata[i];
      int order = -1;

      for (; k < before->names->len && (order = strcmp (before->names->pdata[k], name)) < 0; k++)
        g_ptr_array_add (candidates->missing, before->names->pdata[k]);
      if ((order != 0 || candidates->update->everything
           || !trk_file_stamp_equal (&before->stamps[k], &now->stamps[i]))
          && !want (candidates, i, error))
        return FALSE;
      if (order == 0)
        k++;
    }
  for (; k < before->names->len; k++)
    g_ptr_array_add (candidates->missing, before->names->pdata[k]);
  return TRUE;
}

/* What recurs is read again for another window. */
static gboolean
want_recurring (TrkCandidates *candidates, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean more;

  return !candidates->update->other_window
         || (trk_index_writer_recurring (candidates->update->writer, candidates->calendar->name,
                                         names, error)
             && want_named (candidates, names, &more, error));
}

TrkCandidates *
trk_candidates_new (TrkUpdate *update,
                    const TrkCalendar *calendar,
                    TrkListing *listing,
                    const TrkListing *before,
                    GError **error)
{
  g_autoptr (TrkCandidates) candidates = g_new0 (TrkCandidates, 1);

  candidates->update = update;
  candidates->calendar = calendar;
  candidates->listing = listing;
  candidates->shared = listing->is_folder;
  candidates->files = g_ptr_array_new_with_free_func (candidate_free);
  g_ptr_array_set_size (candidates->files, (gint) listing->names->len);
  candidates->missing = g_ptr_array_new ();
  candidates->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!compare_listings (candidates, before, error) || !want_recurring (candidates, error))
    return NULL;
  return g_steal_pointer (&candidates);
}

void
trk_candidates_free (TrkCandidates *candidates)
{
  if (candidates == NULL)
    return;
  g_ptr_array_unref (candidates->files);
  g_ptr_array_unref (candidates->missing);
  g_hash_table_unref (candidates->changed);
  g_free (candidates);
}

gboolean
trk_candidates_remove_missing (TrkCandidates *candidates, GError **error)
{
  TrkIndexWriter *writer = candidates->update->writer;

  for (guint i = 0; i < candidates->missing->len; i++)
    {
      const char *name = g_ptr_array_index (candidates->missing, i);
      gint64 source;
      guint64 context;

      if (!trk_index_writer_source (writer, candidates->calendar->name, name, &source, &context,
                                    error)
          || !trk_index_writer_uids (writer, source, candidates->changed, error)
          || !trk_index_writer_remove_source (writer, source, error))
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
                       candidate->stamp->mtime, candidate->stamp->size);

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
  memset (candidate->stamp, 0, sizeof *candidate->stamp);
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
  candidate->file = trk_file_new (candidates->calendar->name, candidate->path, bytes, length);
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
  if (!trk_index_writer_clear_source (writer, candidate->source, error)
      || !trk_candidate_write_findings (candidate, writer, error))
    return FALSE;
  g_clear_pointer (&candidate->file, trk_file_free);
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
  return !candidates->update->everything && candidate->known_context == candidate->context;
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
      TrkCandidate *candidate = g_ptr_array_index (candidates->files, i);

      if (candidate == NULL || candidate->kept || candidate->file != NULL)
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
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer uid;

  g_hash_table_iter_init (&iter, candidates->changed);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    if (!trk_index_writer_sources_of (candidates->update->writer, candidates->calendar->name, uid,
                                      names, error))
      return FALSE;
  return want_named (candidates, names, more, error);
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
