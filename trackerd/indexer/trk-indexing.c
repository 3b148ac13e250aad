/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-indexing.h"

#include "trk-error.h"
#include "trk-series-rows.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  STEPS_IN_ALL = 10000000, /* what all rules of a calendar may cost together … */
  STEPS_PER_EVENT = 200    /* … and more for a large one */
};

/* -- Last good state --------------------------------------------------------------------------- */

/* An empty, cut-off or foreign file in place of one that was good is a failed download or a save
 * half done, not a cancelled day. */
static gboolean
is_worse_than_before (TrkUpdate *update, const TrkCandidate *candidate)
{
  const TrkFile *file = candidate->file;

  return candidate->source != 0 && (!trk_file_is_calendar (file) || !file->complete)
         && trk_index_writer_has_events (update->writer, candidate->source);
}

static gboolean
write_findings (TrkUpdate *update, gint64 source, const TrkFileFindings *findings, GError **error)
{
  g_autoptr (TrkDiagnostic) rest = trk_file_findings_rest (findings);

  for (guint i = 0; i < findings->list->len; i++)
    if (!trk_index_writer_add_diagnostic (update->writer, source,
                                          g_ptr_array_index (findings->list, i), error))
      return FALSE;
  return rest == NULL || trk_index_writer_add_diagnostic (update->writer, source, rest, error);
}

static gboolean
keep_last_good (TrkUpdate *update, TrkCandidate *candidate, GError **error)
{
  trk_file_findings_add (candidate->file->findings, 0, NULL, FALSE,
                         "the last good state of this file is used until it is whole again");
  return trk_index_writer_keep_source (update->writer, candidate->source, &candidate->stamp, error)
         && write_findings (update, candidate->source, candidate->file->findings, error);
}

/* -- The files of a calendar ------------------------------------------------------------------- */

static void
free_members (gpointer members)
{
  g_array_unref (members);
}

/* Adds the events of a file to the series that they belong to, in the files' order. */
static void
collect_members (TrkCandidate *candidate, GHashTable *by_uid, GPtrArray *series)
{
  GArray *events = candidate->file->events;

  for (guint i = 0; i < events->len; i++)
    {
      char *uid = g_array_index (events, TrkEventRange, i).uid;
      GArray *members = g_hash_table_lookup (by_uid, uid);
      const TrkMember member = { .candidate = candidate, .event = i };

      if (members == NULL)
        {
          members = g_array_new (FALSE, FALSE, sizeof (TrkMember));
          g_hash_table_insert (by_uid, uid, members);
          g_ptr_array_add (series, members);
        }
      g_array_append_val (members, member);
    }
}

/* Gives each file that was read its place in the index, or keeps what it had. */
static gboolean
settle_files (TrkUpdate *update,
              const char *calendar,
              GPtrArray *candidates,
              GPtrArray *series,
              GError **error)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < candidates->len; i++)
    {
      TrkCandidate *candidate = g_ptr_array_index (candidates, i);

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
index_files (TrkUpdate *update, const char *calendar, GPtrArray *candidates, GError **error)
{
  g_autoptr (GPtrArray) series = g_ptr_array_new_with_free_func (free_members);
  guint budget;

  if (!settle_files (update, calendar, candidates, series, error))
    return FALSE;
  update->total += series->len;
  budget = STEPS_IN_ALL + STEPS_PER_EVENT * series->len;
  for (guint i = 0; i < series->len; i++)
    if (!trk_series_rows_write (update, g_ptr_array_index (series, i), &budget, error))
      return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    {
      const TrkCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->file != NULL
          && !write_findings (update, candidate->source, candidate->file->findings, error))
        return FALSE;
    }
  return TRUE;
}

/* -- Calendars --------------------------------------------------------------------------------- */

/* The calendar as a whole cannot be read: everything it had stays. */
static gboolean
keep_calendar (TrkUpdate *update,
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
update_sources (TrkUpdate *update,
                const TrkCalendar *calendar,
                const GPtrArray *files,
                const GPtrArray *sources,
                GError **error)
{
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) candidates = trk_candidates_new (update, files, sources);

  return trk_candidates_remove_missing (update, files, sources, uids, error)
         && trk_candidates_read (update, calendar->name, candidates, uids, error)
         && index_files (update, calendar->name, candidates, error);
}

static gboolean
update_calendar (TrkUpdate *update, const TrkCalendar *calendar, GError **error)
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
update_all (TrkUpdate *update, GError **error)
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
  TrkUpdate update = { .job = job, .guard = guard, .names = names };
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
