/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-indexing.h"

#include "trk-error.h"
#include "trk-index-writer.h"
#include "trk-series.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  STEPS_IN_ALL = 10000000, /* what all rules of a calendar may cost together … */
  STEPS_PER_EVENT = 200,   /* … and more for a large one */
  MAX_MEMBERS = 10000      /* components that share one UID */
};

typedef struct
{
  const TrkIndexerJob *job;
  TrkGuard *guard;
  TrkIndexWriter *writer;
  TrkZoneNames *names;
  TrkPeriod window;
  gboolean everything; /* the window changed: nothing expanded before is of use */
  guint done, total;   /* series */
} Update;

/* One file of the calendar in this update. */
typedef struct
{
  char *path; /* (owned) */
  TrkFileStamp stamp;
  gint64 source;    /* as the index knows it; 0: new */
  gboolean changed; /* to be read again */
  TrkFile *file;    /* read; (owned) (nullable) */
} Candidate;

/* The events of one UID: which file, which event. */
typedef struct
{
  Candidate *candidate; /* borrowed */
  guint event;
} Member;

static void
candidate_free (Candidate *candidate)
{
  g_free (candidate->path);
  trk_file_free (candidate->file);
  g_free (candidate);
}

/* -- What changed ------------------------------------------------------------------------------ */

static Candidate *
find_candidate (GPtrArray *candidates, const char *path)
{
  for (guint i = 0; i < candidates->len; i++)
    if (g_str_equal (((Candidate *) g_ptr_array_index (candidates, i))->path, path))
      return g_ptr_array_index (candidates, i);
  return NULL;
}

static Candidate *
candidate_new (const char *path, GHashTable *known, gboolean everything)
{
  Candidate *candidate = g_new0 (Candidate, 1);
  const TrkIndexSource *source = g_hash_table_lookup (known, path);

  candidate->path = g_strdup (path);
  trk_file_stamp (path, &candidate->stamp);
  candidate->source = source != NULL ? source->id : 0;
  candidate->changed =
      everything || source == NULL || !trk_file_stamp_equal (&source->stamp, &candidate->stamp);
  return candidate;
}

/* A file that left the folder: its events are gone, and those that share a UID with them are looked
 * at again. */
static gboolean
remove_missing (Update *update,
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

static GPtrArray *
make_candidates (Update *update, const GPtrArray *files, const GPtrArray *sources)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
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
file_hash (const Candidate *candidate)
{
  g_autofree char *text =
      g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, candidate->path,
                       candidate->stamp.mtime, candidate->stamp.size);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
read_candidate (Update *update, const char *calendar, Candidate *candidate)
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
read_changed (
    Update *update, const char *calendar, GPtrArray *candidates, GHashTable *uids, GError **error)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i);

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
spread (Update *update,
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
      Candidate *candidate = find_candidate (candidates, key);

      if (candidate == NULL || candidate->changed)
        continue;
      candidate->changed = TRUE;
      *more = TRUE;
    }
  return TRUE;
}

static gboolean
read_all_that_matters (
    Update *update, const char *calendar, GPtrArray *candidates, GHashTable *uids, GError **error)
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

/* -- Last good state --------------------------------------------------------------------------- */

/* An empty, cut-off or foreign file in place of one that was good is a failed download or a save
 * half done, not a cancelled day. */
static gboolean
is_worse_than_before (Update *update, const Candidate *candidate)
{
  const TrkFile *file = candidate->file;

  return candidate->source != 0 && (!trk_file_is_calendar (file) || !file->complete)
         && trk_index_writer_has_events (update->writer, candidate->source);
}

static gboolean
write_findings (Update *update, gint64 source, const TrkFileFindings *findings, GError **error)
{
  for (guint i = 0; i < findings->list->len; i++)
    if (!trk_index_writer_add_diagnostic (update->writer, source,
                                          g_ptr_array_index (findings->list, i), error))
      return FALSE;
  if (findings->more > 0)
    {
      g_autofree char *reason = g_strdup_printf ("and %u more", findings->more);
      const TrkDiagnostic *last = g_ptr_array_index (findings->list, findings->list->len - 1);
      const TrkDiagnostic more = {
        .calendar = findings->calendar, .file = findings->file, .line = last->line, .reason = reason
      };

      return trk_index_writer_add_diagnostic (update->writer, source, &more, error);
    }
  return TRUE;
}

static gboolean
keep_last_good (Update *update, Candidate *candidate, GError **error)
{
  trk_file_findings_add (candidate->file->findings, 0, NULL, FALSE,
                         "the last good state of this file is used until it is whole again");
  return trk_index_writer_keep_source (update->writer, candidate->source, &candidate->stamp, error)
         && write_findings (update, candidate->source, candidate->file->findings, error);
}

/* -- Expanding and writing --------------------------------------------------------------------- */

static TrkVevent *
parse_member (Update *update, const Member *member)
{
  TrkFile *file = member->candidate->file;
  const TrkEventRange *range = &g_array_index (file->events, TrkEventRange, member->event);
  g_autofree char *hash = trk_file_event_hash (file, range);
  g_autofree char *aside = trk_index_writer_quarantine (update->writer, hash);

  if (aside != NULL)
    {
      trk_file_findings_add (file->findings, range->line, NULL, TRUE, "set aside: the indexer %s",
                             aside);
      return NULL;
    }
  trk_guard_enter (update->guard, file->path, range->line, hash);
  return trk_vevent_parse (file, range, hash, update->names);
}

static gboolean
write_event (Update *update, const TrkVevent *event, gint64 source, gint64 *id, GError **error)
{
  const TrkIndexEvent row = { .about = event->about,
                              .hash = event->hash,
                              .line = event->line,
                              .anchor = event->start.wall,
                              .days = event->length.days,
                              .exact = event->length.exact,
                              .by_date = event->ends_by_date };

  g_free (event->about->calendar);
  event->about->calendar = g_strdup (event->file->findings->calendar);
  return trk_index_writer_add_event (update->writer, source, &row, id, error);
}

static gboolean
write_instance (
    Update *update, const TrkInstance *instance, guint number, GHashTable *ids, GError **error)
{
  const gint64 *id = g_hash_table_lookup (ids, instance->event);
  const TrkIndexOccurrence row = {
    .event = *id,
    .number = number,
    .floating = instance->event->about->floating,
    .start = instance->start,
    .end = instance->end,
    .end_is_apart = instance->end_is_apart,
    .original = instance->id,
    .original_is = !instance->has_id          ? TRK_ORIGINAL_NONE
                   : instance->id_is_date     ? TRK_ORIGINAL_DATE
                   : instance->id_is_floating ? TRK_ORIGINAL_FLOATING
                                              : TRK_ORIGINAL_INSTANT,
  };

  return trk_index_writer_add_occurrence (update->writer, &row, error);
}

static gboolean
write_series (Update *update,
              const GPtrArray *events,
              const GArray *sources,
              const GArray *instances,
              GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  g_autofree gint64 *numbers = g_new0 (gint64, MAX (events->len, 1));

  for (guint i = 0; i < events->len; i++)
    {
      if (!write_event (update, g_ptr_array_index (events, i), g_array_index (sources, gint64, i),
                        &numbers[i], error))
        return FALSE;
      g_hash_table_insert (ids, g_ptr_array_index (events, i), &numbers[i]);
    }
  for (guint i = 0; i < instances->len; i++)
    if (!write_instance (update, &g_array_index (instances, TrkInstance, i), i, ids, error))
      return FALSE;
  return TRUE;
}

/* All that the calendar says about one UID. */
static gboolean
index_series (Update *update, const GArray *members, guint *budget, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_vevent_free);
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) instances = g_array_new (FALSE, FALSE, sizeof (TrkInstance));

  for (guint i = 0; i < MIN (members->len, MAX_MEMBERS); i++)
    {
      const Member *member = &g_array_index (members, Member, i);
      TrkVevent *event = parse_member (update, member);

      if (event == NULL)
        continue;
      g_ptr_array_add (events, event);
      g_array_append_val (sources, member->candidate->source);
    }
  if (members->len > MAX_MEMBERS)
    trk_file_findings_add (g_array_index (members, Member, 0).candidate->file->findings, 0, "UID",
                           TRUE,
                           "more than 10,000 VEVENTs have one UID; the rest of them is left out");
  trk_series_expand (events, update->window, budget, instances);
  trk_guard_leave (update->guard);
  trk_guard_progress (update->guard, ++update->done, update->total);
  return write_series (update, events, sources, instances, error);
}

static void
free_members (gpointer members)
{
  g_array_unref (members);
}

/* Adds the events of a file to the series that they belong to, in the files' order. */
static void
collect_members (Candidate *candidate, GHashTable *by_uid, GPtrArray *series)
{
  GArray *events = candidate->file->events;

  for (guint i = 0; i < events->len; i++)
    {
      char *uid = g_array_index (events, TrkEventRange, i).uid;
      GArray *members = g_hash_table_lookup (by_uid, uid);
      const Member member = { .candidate = candidate, .event = i };

      if (members == NULL)
        {
          members = g_array_new (FALSE, FALSE, sizeof (Member));
          g_hash_table_insert (by_uid, uid, members);
          g_ptr_array_add (series, members);
        }
      g_array_append_val (members, member);
    }
}

/* Gives each file that was read its place in the index, or keeps what it had. */
static gboolean
settle_files (
    Update *update, const char *calendar, GPtrArray *candidates, GPtrArray *series, GError **error)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->file == NULL)
        continue;
      if (is_worse_than_before (update, candidate))
        {
          if (!keep_last_good (update, candidate, error))
            return FALSE;
          g_clear_pointer (&candidate->file, trk_file_free);
          continue;
        }
      if (!trk_index_writer_replace_source (update->writer, calendar, candidate->path,
                                            &candidate->stamp, &candidate->source, error))
        return FALSE;
      collect_members (candidate, by_uid, series);
    }
  return TRUE;
}

static gboolean
index_files (Update *update, const char *calendar, GPtrArray *candidates, GError **error)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new_with_free_func (free_members);
  guint budget;

  if (!settle_files (update, calendar, candidates, series, error))
    return FALSE;
  update->total += series->len;
  budget = STEPS_IN_ALL + STEPS_PER_EVENT * series->len;
  for (guint i = 0; i < series->len; i++)
    if (!index_series (update, g_ptr_array_index (series, i), &budget, error))
      return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->file != NULL
          && !write_findings (update, candidate->source, candidate->file->findings, error))
        return FALSE;
    }
  return TRUE;
}

/* -- Calendars --------------------------------------------------------------------------------- */

/* The calendar as a whole cannot be read: everything it had stays. */
static gboolean
keep_calendar (Update *update,
               const TrkCalendar *calendar,
               const GPtrArray *sources,
               const char *why,
               GError **error)
{
  g_autofree char *reason =
      g_strdup_printf ("%s%s", why, sources->len > 0 ? "; the last good state is used" : "");
  const TrkDiagnostic diagnostic = { .calendar = calendar->name,
                                     .file = calendar->path,
                                     .reason = reason,
                                     .left_out = sources->len == 0 };

  for (guint i = 0; i < sources->len; i++)
    {
      const TrkIndexSource *source = g_ptr_array_index (sources, i);
      TrkFileStamp stamp;

      trk_file_stamp (source->path, &stamp);
      if (!trk_index_writer_keep_source (update->writer, source->id, &stamp, error))
        return FALSE;
    }
  return trk_index_writer_add_diagnostic (update->writer, 0, &diagnostic, error);
}

static gboolean
update_sources (Update *update,
                const TrkCalendar *calendar,
                const GPtrArray *files,
                const GPtrArray *sources,
                GError **error)
{
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) candidates = make_candidates (update, files, sources);

  return remove_missing (update, files, sources, uids, error)
         && read_all_that_matters (update, calendar->name, candidates, uids, error)
         && index_files (update, calendar->name, candidates, error);
}

static gboolean
update_calendar (Update *update, const TrkCalendar *calendar, GError **error)
{
  g_autoptr (GPtrArray) sources = trk_index_writer_sources (update->writer, calendar->name, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) files = NULL;
  TrkFileStamp stamp;

  if (sources == NULL)
    return FALSE;
  trk_file_stamp (calendar->path, &stamp); /* before the listing: a later change shows */
  if (!trk_index_writer_set_calendar (update->writer, calendar, &stamp, error))
    return FALSE;
  files = trk_calendar_files (calendar->path, &failure);
  if (files == NULL)
    return keep_calendar (update, calendar, sources, failure->message, error);
  return update_sources (update, calendar, files, sources, error);
}

/* -- The whole --------------------------------------------------------------------------------- */

/* One writer at a time; the second one waits and then finds little to do. The lock goes with the
 * process, however it ends. */
static int
lock (const char *index_path, GError **error)
{
  g_autofree char *path = g_strconcat (index_path, ".lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0)
    fchmod (fd, 0600); /* whatever the umask */
  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot lock %s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* The window grows with what is asked for, up to some years; something far off replaces it. */
static TrkPeriod
wanted_window (TrkPeriod have, TrkPeriod want)
{
  const TrkDuration longest = 1500 * 24 * TRK_HOUR;
  TrkPeriod both = { MIN (have.start, want.start), MAX (have.end, want.end) };

  if (have.start <= want.start && have.end >= want.end)
    return have;
  return have.end > have.start && both.end - both.start <= longest ? both : want;
}

static gboolean
update_all (Update *update, GError **error)
{
  const TrkIndexerJob *job = update->job;
  TrkPeriod have;

  if (!trk_index_writer_window (update->writer, &have, error)
      || !trk_index_writer_keep_calendars (update->writer, job->calendars, error)
      || !trk_index_writer_clear_diagnostics (update->writer, error))
    return FALSE;
  update->window = wanted_window (have, job->window);
  update->everything = update->window.start != have.start || update->window.end != have.end;
  for (guint i = 0; i < job->calendars->len; i++)
    if (!update_calendar (update, g_ptr_array_index (job->calendars, i), error))
      return FALSE;
  return trk_index_writer_set_window (update->writer, update->window, error)
         && trk_index_writer_commit (update->writer, error);
}

gboolean
trk_indexing_run (const TrkIndexerJob *job, TrkGuard *guard, GError **error)
{
  g_autoptr (TrkIndexWriter) writer = NULL;
  g_autoptr (TrkZoneNames) names = trk_zone_names_new ();
  Update update = { .job = job, .guard = guard, .names = names };
  gboolean result = FALSE;
  int lock_fd = lock (job->index_path, error);

  if (lock_fd < 0)
    return FALSE;
  writer = trk_index_writer_open (job->index_path, error);
  update.writer = writer;
  if (writer != NULL)
    result = update_all (&update, error);
  close (lock_fd);
  return result;
}
