/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-indexing.h"

#include "trk-sandbox.h"
#include "trk-series-rows.h"
#include "trk-survey.h"

/* What a calendar may cost: enough for a small one with anything in it, and twice what a large one
 * of people's events needs by its size; 16 MB of rules end within a second. */
enum
{
  STEPS = 300000,
  STEPS_A_KIB = 60,
  OCCURRENCES = 100000, /* of what recurs, in a window of … */
  OCCURRENCES_A_KIB = 6,
  WINDOW_DAYS = 520 /* … this length; a longer one holds more */
};

/* -- The series of a calendar ------------------------------------------------------------------ */

/* Adds the events of a file that are to be taken apart, in the file's order; @by_uid: which series
 * its UID is, and @days: when each begins. */
static void
collect_members (const TrkCandidates *candidates,
                 TrkCandidate *candidate,
                 GHashTable *by_uid,
                 GArray *days,
                 GArray *members)
{
  GArray *events = candidate->file->events;

  for (guint i = 0; i < events->len; i++)
    {
      const TrkEventRange *event = &g_array_index (events, TrkEventRange, i);
      TrkMember member = { .candidate = candidate, .event = i };

      if (!trk_candidates_is_changed (candidates, candidate, i))
        continue;
      member.series = GPOINTER_TO_UINT (g_hash_table_lookup (by_uid, event->uid));
      if (member.series == 0) /* 0 is none */
        {
          g_array_append_val (days, event->day);
          member.series = days->len;
          g_hash_table_insert (by_uid, event->uid, GUINT_TO_POINTER (member.series));
        }
      member.day = g_array_index (days, guint, member.series - 1);
      g_array_append_val (members, member);
    }
}

/* By the first day of their series, else by its place in the files; those of one series (the sort
 * is stable) stay in the files' order. In that order they are written, and what is read together,
 * the events around one day, then lies together, too: the folder of a synchroniser or a merged
 * calendar has them in no order. */
static gint
compare_members (gconstpointer a, gconstpointer b)
{
  const TrkMember *x = a, *y = b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->series < y->series ? -1 : x->series > y->series;
}

static guint
first_day (const TrkCandidate *candidate)
{
  const GArray *events = candidate->file->events;

  return events->len > 0 ? g_array_index (events, TrkEventRange, 0).day : 0;
}

static gint
compare_first_days (gconstpointer a, gconstpointer b)
{
  guint x = first_day (*(TrkCandidate *const *) a), y = first_day (*(TrkCandidate *const *) b);

  return x < y ? -1 : x > y;
}

/* Gives each file that was read its place in the index: new ones in the order of their first day,
 * for so are their events ordered, too. */
static gboolean
place_files (const TrkCandidates *candidates, GError **error)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new ();

  for (guint i = 0; i < candidates->files->len; i++)
    {
      TrkCandidate *candidate = trk_candidates_at (candidates, i);

      if (candidate != NULL)
        g_ptr_array_add (read, candidate);
    }
  g_ptr_array_sort (read, compare_first_days);
  for (guint i = 0; i < read->len; i++)
    {
      TrkCandidate *candidate = g_ptr_array_index (read, i);

      if (!trk_index_writer_set_source (candidates->update->writer, candidates->calendar->name,
                                        candidate->name, candidate->context, &candidate->source,
                                        error))
        return FALSE;
    }
  return TRUE;
}

/* All that is to be taken apart. */
static void
collect_all (const TrkCandidates *candidates, GArray *members)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < candidates->files->len; i++)
    {
      TrkCandidate *candidate = trk_candidates_at (candidates, i);

      if (candidate != NULL)
        collect_members (candidates, candidate, by_uid, days, members);
    }
  candidates->update->total += days->len;
}

/* The series of @members (sorted) that begins at @i. */
static TrkMembers
series_at (const GArray *members, guint i)
{
  const TrkMember *all = (const TrkMember *) members->data;
  TrkMembers series = { .all = all + i };

  while (i + series.n < members->len && all[i + series.n].series == all[i].series)
    series.n++;
  return series;
}

static gint64
size_in_kib (const TrkCandidates *candidates)
{
  gint64 size = 0;

  for (guint i = 0; i < candidates->listing->names->len; i++)
    size += candidates->listing->stamps[i].size;
  return size / 1024;
}

/* What the series may cost, and give beside what stays. */
static gboolean
allow (const TrkCandidates *candidates, TrkAllowance *allowance, GError **error)
{
  TrkPeriod window = candidates->update->window;
  gint64 kib = size_in_kib (candidates), have = 0;
  gint64 days = MAX (WINDOW_DAYS, (window.end - window.start) / (24 * TRK_HOUR));
  gint64 most = (OCCURRENCES + OCCURRENCES_A_KIB * kib) * days / WINDOW_DAYS;

  if (!trk_index_writer_times (candidates->update->writer, candidates->calendar->name, &have,
                               error))
    return FALSE;
  allowance->steps = (guint) MIN (STEPS + STEPS_A_KIB * kib, G_MAXINT);
  allowance->occurrences = (guint) CLAMP (most - have, 0, G_MAXINT);
  return TRUE;
}

/* Before it is counted what there is room for: what comes takes the place of what was there. */
static gboolean
remove_old (const TrkCandidates *candidates, const GArray *members, GError **error)
{
  for (guint i = 0; i < members->len; i++)
    {
      const TrkMember *member = &g_array_index (members, TrkMember, i);
      gint64 row = member->candidate->rows[member->event];

      if (row != 0 && !trk_index_writer_remove_event (candidates->update->writer, row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_series (const TrkCandidates *candidates, const GArray *members, GError **error)
{
  TrkUpdate *update = candidates->update;
  g_autoptr (TrkSeriesRows) rows = NULL;
  TrkAllowance allowance;
  gboolean written = TRUE;

  if (!remove_old (candidates, members, error) || !allow (candidates, &allowance, error))
    return FALSE;
  rows = trk_series_rows_new (candidates, &allowance);
  for (guint i = 0; written && i < members->len;)
    {
      TrkMembers series = series_at (members, i);

      written = trk_series_rows_write (rows, series, error);
      i += series.n;
    }
  trk_guard_rest (update->guard);
  return written;
}

static gboolean
write_findings (const TrkCandidates *candidates, GError **error)
{
  for (guint i = 0; i < candidates->files->len; i++)
    {
      const TrkCandidate *candidate = trk_candidates_at (candidates, i);

      if (candidate != NULL
          && !trk_candidate_write_findings (candidate, candidates->update->writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
index_files (const TrkCandidates *candidates, GError **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (TrkMember));

  if (!place_files (candidates, error))
    return FALSE;
  collect_all (candidates, members);
  g_array_sort (members, compare_members);
  return write_series (candidates, members, error) && write_findings (candidates, error);
}

/* -- Calendars --------------------------------------------------------------------------------- */

/* The calendar as a whole cannot be read: everything it had stays. */
static gboolean
keep_calendar (TrkUpdate *update, const TrkSurvey *survey, GError **error)
{
  const TrkCalendar *calendar = survey->calendar;
  const gboolean had = survey->before->names->len > 0;
  g_autofree char *reason = g_strdup_printf ("%s%s", survey->failure->message,
                                             had ? "; the last good state is used" : "");
  const TrkDiagnostic diagnostic = {
    .calendar = calendar->name, .file = calendar->path, .reason = reason, .left_out = !had
  };

  return trk_index_writer_clear_calendar (update->writer, calendar->name, error)
         && trk_index_writer_add_diagnostic (update->writer, 0, &diagnostic, error)
         && trk_index_writer_set_calendar (update->writer, calendar, &survey->stamp, survey->before,
                                           error);
}

static gboolean
update_files (TrkUpdate *update, const TrkSurvey *survey, GError **error)
{
  g_autoptr (TrkCandidates) candidates =
      trk_candidates_new (update, survey->calendar, survey->listing, survey->before, error);

  return candidates != NULL && trk_candidates_remove_missing (candidates, error)
         && trk_candidates_read (candidates, error) && index_files (candidates, error)
         && trk_index_writer_set_calendar (update->writer, survey->calendar, &survey->stamp,
                                           survey->listing, error);
}

static gboolean
update_calendar (TrkUpdate *update, const TrkSurvey *survey, GError **error)
{
  return survey->listing != NULL ? update_files (update, survey, error)
                                 : keep_calendar (update, survey, error);
}

/* -- The whole --------------------------------------------------------------------------------- */

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
read_window (TrkUpdate *update, GError **error)
{
  TrkPeriod have = { 0 };

  if (!trk_index_writer_number (update->writer, TRK_INDEX_START, &have.start, error)
      || !trk_index_writer_number (update->writer, TRK_INDEX_END, &have.end, error))
    return FALSE;
  update->window = wanted_window (have, update->job->window);
  update->other_window = update->window.start != have.start || update->window.end != have.end;
  return trk_index_writer_set_number (update->writer, TRK_INDEX_START, update->window.start, error)
         && trk_index_writer_set_number (update->writer, TRK_INDEX_END, update->window.end, error);
}

/* Was the index made by this version of this program, with the zone data of today? */
static gboolean
read_origin (TrkUpdate *update, GError **error)
{
  const gint64 origin = trk_index_origin ();
  gint64 then = 0;

  if (!trk_index_writer_number (update->writer, TRK_INDEX_ORIGIN, &then, error))
    return FALSE;
  update->everything = then != origin;
  return trk_index_writer_set_number (update->writer, TRK_INDEX_ORIGIN, origin, error);
}

static gboolean
update_all (TrkUpdate *update, const GPtrArray *surveys, GError **error)
{
  if (!read_window (update, error) || !read_origin (update, error)
      || !trk_index_writer_keep_calendars (update->writer, update->job->calendars, error)
      || !trk_index_writer_clear_diagnostics (update->writer, error))
    return FALSE;
  for (guint i = 0; i < surveys->len; i++)
    if (!update_calendar (update, g_ptr_array_index (surveys, i), error))
      return FALSE;
  return trk_index_writer_commit (update->writer, error);
}

/* GPtrArray of TrkSurvey. */
static gpointer
list_all (gpointer surveys)
{
  const GPtrArray *all = surveys;

  for (guint i = 0; i < all->len; i++)
    trk_survey_list (g_ptr_array_index (all, i));
  return NULL;
}

/* Looks at all files that the index knows. */
static gboolean
look_at_all (const GPtrArray *surveys, TrkIndexWriter *writer, GError **error)
{
  for (guint i = 0; i < surveys->len; i++)
    {
      TrkSurvey *survey = g_ptr_array_index (surveys, i);
      TrkListing *before = trk_index_writer_listing (writer, survey->calendar, error);

      if (before == NULL)
        return FALSE;
      trk_survey_look (survey, before);
    }
  return TRUE;
}

/* Of all calendars (TrkSurvey), in their order; NULL with @error. The index is opened, too: that
 * and what it knows takes half as long as listing a folder of 10,000 files, which goes on beside
 * it. */
static GPtrArray *
survey_all (const GPtrArray *calendars, TrkIndexWriter *writer, GError **error)
{
  g_autoptr (GPtrArray) surveys = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_survey_free);
  GThread *lister;
  gboolean known;

  for (guint i = 0; i < calendars->len; i++)
    g_ptr_array_add (surveys, trk_survey_new (g_ptr_array_index (calendars, i)));
  lister = g_thread_try_new ("list", list_all, surveys, NULL);
  known = trk_index_writer_begin (writer, error) && look_at_all (surveys, writer, error);
  if (lister != NULL)
    g_thread_join (lister);
  else
    list_all (surveys);
  if (!known)
    return NULL;
  for (guint i = 0; i < surveys->len; i++)
    trk_survey_end (g_ptr_array_index (surveys, i));
  return g_steal_pointer (&surveys);
}

/* Before the first byte of a calendar is seen. What held is kept, for doctor to tell. */
static gboolean
confine (const TrkIndexerJob *job, const GPtrArray *surveys, TrkIndexWriter *writer, GError **error)
{
  g_autoptr (GPtrArray) readable = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (job->index_path);

  for (guint i = 0; i < surveys->len; i++)
    trk_survey_add_paths (g_ptr_array_index (surveys, i), readable);
  return trk_index_writer_set_number (writer, TRK_INDEX_CONFINED,
                                      trk_sandbox_enter (readable, folder), error);
}

gboolean
trk_indexing_run (const TrkIndexerJob *job, TrkGuard *guard, GError **error)
{
  g_autoptr (TrkIndexWriter) writer = trk_index_writer_lock (job->index_path, error);
  g_autoptr (TrkZoneNames) names = trk_zone_names_new ();
  g_autoptr (GPtrArray) surveys = NULL;
  g_autoptr (GHashTable) aside = NULL;
  TrkUpdate update = { .job = job, .guard = guard, .writer = writer, .names = names };

  if (writer == NULL)
    return FALSE;
  surveys = survey_all (job->calendars, writer, error);
  if (surveys == NULL || !confine (job, surveys, writer, error))
    return FALSE;
  update.aside = aside = trk_index_writer_quarantine (writer, error);
  return aside != NULL && update_all (&update, surveys, error);
}
