/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-schedule.h"

#include "trk-diagnostic-text.h"
#include "trk-error.h"
#include "trk-index-update.h"

#define DAY (24 * TRK_HOUR)

/* An index that reaches from now to a far-off period holds everything in between; beyond this
 * distance it is expanded for the far period alone. */
#define FAR (5 * 366 * DAY)

/* So many of the smallest pieces are planned around a period, so that its borders decide nothing:
 * who has a time depends on what is wanted in it, and, where a piece is too small to be kept, on
 * what lies so little beside it. */
#define MARGIN_PIECES 4

/* By an hour nearly everywhere, by two at Troll. */
#define MOST_SET_BACK (2 * TRK_HOUR)

/* A timed event of up to this length is seen whole, so that its pieces are numbered the same from
 * whichever day one looks; days off of up to that length too, which are longer where the clock is
 * set back. */
#define LONGEST (62 * DAY)
#define LONGEST_OFF (2 * DAY + MOST_SET_BACK)

/* A block is skipped at most so long before it begins: no daemon follows what is farther off. */
#define EARLIEST_SKIP (2 * DAY)

TrkPlanInput
trk_schedule_plan_input (const TrkConfig *config, const TrkAlmanac *almanac)
{
  return (TrkPlanInput){
    .almanac = almanac,
    .calendars = config->calendars,
    .rules = config->rules,
    .policies = &config->policies,
    .me = (const char *const *) config->me,
  };
}

static GPtrArray *
no_occurrences (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
}

static void
warn (GPtrArray *warnings, char *line)
{
  if (warnings != NULL)
    g_ptr_array_add (warnings, line);
  else
    g_free (line);
}

/* -- Freshness --------------------------------------------------------------------------------- */

static TrkPeriod
wanted_window (TrkPeriod period, TrkInstant now)
{
  TrkPeriod usual = trk_index_usual_window (now);

  if (period.start > usual.end + FAR || period.end < usual.start - FAR)
    return period;
  return (TrkPeriod){ MIN (usual.start, period.start), MAX (usual.end, period.end) };
}

/* What was written just now. No events would be no truth where the indexer on the disk is of
 * another version than what runs here. */
static TrkIndex *
open_written (const char *path, GError **error)
{
  GError *failure = NULL;
  TrkIndex *index = trk_index_open (path, &failure);

  if (index != NULL)
    return index;
  if (failure->code == TRK_ERROR_CORRUPT || failure->code == TRK_ERROR_NEWER)
    g_prefix_error (&failure, "a trackerd-indexer of another version read the calendars; if "
                              "trackerd was upgraded, end it and start it again: ");
  g_propagate_error (error, failure);
  return NULL;
}

/* The index of @config's calendars for @period, brought up to date when it is not; the old one when
 * that fails, NULL without @error when there is none. */
static TrkIndex *
open_fresh (const TrkConfig *config,
            const char *path,
            TrkPeriod period,
            TrkInstant now,
            gboolean watched,
            GPtrArray *warnings,
            GError **error)
{
  g_autoptr (TrkIndex) index = trk_index_open (path, NULL);
  g_autoptr (GError) problem = NULL;
  TrkIndexRequest request = {
    .index_path = path,
    .calendars = config->calendars,
    .window = wanted_window (period, now),
  };

  if (index != NULL && trk_index_is_fresh (index, config->calendars, period, watched))
    return g_steal_pointer (&index);
  if (index != NULL)
    trk_index_release (
        index); /* not closed: what is written is then quicker to begin and to read */
  if (trk_index_update (&request, &problem))
    return open_written (path, error);
  warn (warnings, g_strdup_printf ("the calendars could not be read again; what was known of "
                                   "them is used: %s",
                                   problem->message));
  return trk_index_open (path, NULL);
}

/* Problems of whole files, also of those whose last good state stands in; those of single events
 * are for `tracker calendar check`. */
static void
tell_unreadable_files (TrkIndex *index, GPtrArray *warnings)
{
  g_autoptr (GPtrArray) diagnostics = trk_index_file_diagnostics (index, NULL);

  for (guint i = 0; diagnostics != NULL && i < diagnostics->len; i++)
    warn (warnings, trk_diagnostic_text (g_ptr_array_index (diagnostics, i)));
}

/* NULL without @error: no calendar, or none that could ever be read. */
static GPtrArray *
read_fresh (const TrkConfig *config,
            const char *path,
            TrkPeriod period,
            const TrkZone *zone,
            TrkInstant now,
            gboolean watched,
            GPtrArray *warnings,
            TrkIndex **index,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  *index = config->calendars->len > 0
               ? open_fresh (config, path, period, now, watched, warnings, &failure)
               : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (*index == NULL)
    return no_occurrences ();
  tell_unreadable_files (*index, warnings);
  return trk_index_occurrences (*index, period, zone, error);
}

GPtrArray *
trk_schedule_occurrences (const TrkConfig *config,
                          const char *index_path,
                          TrkPeriod period,
                          const TrkZone *zone,
                          TrkInstant now,
                          GPtrArray *warnings,
                          GError **error)
{
  g_autoptr (TrkIndex) index = NULL;

  return read_fresh (config, index_path, period, zone, now, FALSE, warnings, &index, error);
}

/* -- The plan ---------------------------------------------------------------------------------- */

static gboolean
is_seen_whole (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  g_auto (TrkVerdict) verdict = { 0 };

  if (!occurrence->all_day)
    return trk_period_length (occurrence->period) <= LONGEST;
  if (trk_period_length (occurrence->period) > LONGEST_OFF)
    return FALSE;
  verdict = trk_verdict (occurrence, input);
  return verdict.makes_block;
}

gboolean
trk_schedule_sees_whole (const TrkBlock *block)
{
  return trk_period_length (block->planned) <= LONGEST_OFF; /* whatever it is */
}

/* @window widened to hold every occurrence whole that takes part in its plan. An all-day one does
 * so from start_of_day on. */
static TrkPeriod
widen (TrkPeriod window, const GPtrArray *occurrences, const TrkPlanInput *input)
{
  TrkPeriod wide = window;

  for (guint i = 0; i < occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      TrkPeriod period = trk_occurrence_time (occurrence, input->almanac);

      if ((period.start < wide.start || period.end > wide.end)
          && trk_period_overlaps (period, window) && is_seen_whole (occurrence, input))
        wide = (TrkPeriod){ MIN (wide.start, period.start), MAX (wide.end, period.end) };
    }
  return wide;
}

static TrkPeriod
with_margin (TrkPeriod period, const TrkConfig *config)
{
  TrkDuration margin = MARGIN_PIECES * config->policies.smallest_piece;

  return (TrkPeriod){ trk_instant_add (period.start, -margin),
                      trk_instant_add (period.end, margin) };
}

/* What is to be read so that nothing is missing in @window: the index has an all-day event by its
 * midnights, and its day goes on until the next start of a day, for longer where the clock is set
 * back. */
static TrkPeriod
to_be_read (TrkPeriod window, const TrkConfig *config)
{
  if (config->start_of_day > 0)
    window.start = trk_instant_add (window.start, -(config->start_of_day + MOST_SET_BACK));
  return window;
}

/* Adds what overlaps @more, which lies beside @known, and not @known itself: that is there. */
static gboolean
read_beside (TrkIndex *index,
             TrkPeriod more,
             TrkPeriod known,
             const TrkZone *zone,
             GPtrArray *beside,
             GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (trk_period_is_empty (more))
    return TRUE;
  found = trk_index_occurrences (index, more, zone, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      TrkOccurrence *occurrence = g_ptr_array_index (found, i);

      if (!trk_occurrence_is_in (occurrence, known))
        g_ptr_array_add (beside, trk_occurrence_ref (occurrence));
    }
  return found != NULL;
}

/* All of @some and @others, which are in order, in one order. It takes what they hold. */
static GPtrArray *
merge (GPtrArray *some, GPtrArray *others)
{
  gsize n, n_others;
  g_autofree gpointer *one = g_ptr_array_steal (some, &n);
  g_autofree gpointer *other = g_ptr_array_steal (others, &n_others);
  GPtrArray *all = no_occurrences ();

  for (gsize i = 0, k = 0; i + k < n + n_others;)
    if (k == n_others || (i < n && trk_occurrence_compare (&one[i], &other[k]) <= 0))
      g_ptr_array_add (all, one[i++]);
    else
      g_ptr_array_add (all, other[k++]);
  return all;
}

GPtrArray *
trk_schedule_surroundings (const TrkConfig *config,
                           const char *index_path,
                           TrkPeriod period,
                           const TrkZone *zone,
                           TrkInstant now,
                           gboolean watched,
                           GPtrArray *warnings,
                           GError **error)
{
  TrkAlmanac almanac = trk_config_almanac (config, zone);
  TrkPlanInput input = trk_schedule_plan_input (config, &almanac);
  TrkPeriod window = with_margin (period, config), read = to_be_read (window, config);
  TrkPeriod wide, indexed;
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) beside = no_occurrences ();
  g_autoptr (GPtrArray) occurrences =
      read_fresh (config, index_path, read, zone, now, watched, warnings, &index, error);

  if (occurrences == NULL || index == NULL)
    return g_steal_pointer (&occurrences);
  wide = widen (window, occurrences, &input);
  if (wide.start >= window.start && wide.end <= window.end)
    return g_steal_pointer (&occurrences);
  wide = to_be_read (with_margin (wide, config), config);
  indexed = trk_index_window (index);
  if (wide.start < indexed.start || wide.end > indexed.end)
    return trk_schedule_occurrences (config, index_path, wide, zone, now, NULL, error);
  if (!read_beside (index, (TrkPeriod){ wide.start, read.start }, read, zone, beside, error)
      || !read_beside (index, (TrkPeriod){ read.end, wide.end }, read, zone, beside, error))
    return NULL;
  return merge (occurrences, beside);
}

TrkPeriod
trk_schedule_left_in (TrkPeriod period)
{
  return (TrkPeriod){ trk_instant_add (period.start, -(LONGEST + EARLIEST_SKIP)),
                      trk_instant_add (period.end, LONGEST) };
}

TrkPeriod
trk_schedule_span (const GPtrArray *around, TrkPeriod window)
{
  TrkPeriod wide = window;

  for (guint i = 0; i < around->len; i++)
    {
      TrkPeriod period = ((const TrkOccurrence *) g_ptr_array_index (around, i))->period;

      wide = (TrkPeriod){ MIN (wide.start, period.start), MAX (wide.end, period.end) };
    }
  return wide;
}

TrkPeriod
trk_schedule_left_among (TrkPeriod span, TrkPeriod period)
{
  TrkPeriod early = { trk_instant_add (span.start, -EARLIEST_SKIP), span.end };

  return trk_period_intersect (early, trk_schedule_left_in (period));
}

TrkPlan *
trk_schedule_plan (const TrkConfig *config,
                   const char *index_path,
                   TrkPeriod period,
                   const TrkZone *zone,
                   TrkInstant now,
                   const GPtrArray *records,
                   const GPtrArray *left,
                   GPtrArray *warnings,
                   GError **error)
{
  TrkAlmanac almanac = trk_config_almanac (config, zone);
  TrkPlanInput input = trk_schedule_plan_input (config, &almanac);
  g_autoptr (GPtrArray) occurrences =
      trk_schedule_surroundings (config, index_path, period, zone, now, FALSE, warnings, error);

  input.records = records;
  input.left = left;
  return occurrences != NULL ? trk_plan_new (occurrences, period, &input) : NULL;
}
