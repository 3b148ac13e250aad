/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-schedule.h"

#include "trk-error.h"
#include "trk-index-update.h"

#define DAY (24 * TRK_HOUR)

/* An index that reaches from now to a far-off period holds everything in between; beyond this
 * distance it is expanded for the far period alone. */
#define FAR (5 * 366 * DAY)

/* Around a period this much more is planned, so that its borders decide nothing. */
#define MARGIN DAY

/* A timed event of up to this length is seen whole, so that its pieces are numbered the same from
 * whichever day one looks. */
#define LONGEST (62 * DAY)

TrkPlanInput
trk_schedule_plan_input (const TrkConfig *config)
{
  return (TrkPlanInput){
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

/* The index of @config's calendars for @period, brought up to date when it is not; the old one when
 * that fails, NULL when there is none. */
static TrkIndex *
open_fresh (const TrkConfig *config,
            const char *path,
            TrkPeriod period,
            TrkInstant now,
            GPtrArray *warnings)
{
  g_autoptr (TrkIndex) index = trk_index_open (path, NULL);
  g_autoptr (GError) problem = NULL;
  TrkIndexRequest request = {
    .index_path = path,
    .calendars = config->calendars,
    .window = wanted_window (period, now),
  };

  if (index != NULL && trk_index_is_fresh (index, config->calendars, period))
    return g_steal_pointer (&index);
  g_clear_pointer (&index, trk_index_close);
  if (!trk_index_update (&request, &problem))
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
  g_autoptr (GPtrArray) diagnostics = trk_index_diagnostics (index, NULL, NULL);

  for (guint i = 0; diagnostics != NULL && i < diagnostics->len; i++)
    {
      const TrkDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);

      if (diagnostic->line == 0 && diagnostic->property == NULL)
        warn (warnings, trk_diagnostic_format (diagnostic));
    }
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

  if (config->calendars->len == 0)
    return no_occurrences ();
  index = open_fresh (config, index_path, period, now, warnings);
  if (index == NULL)
    return no_occurrences ();
  tell_unreadable_files (index, warnings);
  return trk_index_occurrences (index, period, zone, error);
}

/* -- The plan ---------------------------------------------------------------------------------- */

/* @window widened to hold every timed occurrence that reaches into it. */
static TrkPeriod
widen (TrkPeriod window, const GPtrArray *occurrences)
{
  TrkPeriod wide = window;

  for (guint i = 0; i < occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);

      if (occurrence->all_day || trk_period_length (occurrence->period) > LONGEST)
        continue;
      wide.start = MIN (wide.start, occurrence->period.start);
      wide.end = MAX (wide.end, occurrence->period.end);
    }
  return wide;
}

GPtrArray *
trk_schedule_surroundings (const TrkConfig *config,
                           const char *index_path,
                           TrkPeriod period,
                           const TrkZone *zone,
                           TrkInstant now,
                           GPtrArray *warnings,
                           GError **error)
{
  TrkPeriod window = { trk_instant_add (period.start, -MARGIN),
                       trk_instant_add (period.end, MARGIN) };
  g_autoptr (GPtrArray) occurrences =
      trk_schedule_occurrences (config, index_path, window, zone, now, warnings, error);
  TrkPeriod wide;

  if (occurrences == NULL)
    return NULL;
  wide = widen (window, occurrences);
  if (wide.start >= window.start && wide.end <= window.end)
    return g_steal_pointer (&occurrences);
  return trk_schedule_occurrences (config, index_path, wide, zone, now, NULL, error);
}

TrkPlan *
trk_schedule_plan (const TrkConfig *config,
                   const char *index_path,
                   TrkPeriod period,
                   const TrkZone *zone,
                   TrkInstant now,
                   const GPtrArray *records,
                   GPtrArray *warnings,
                   GError **error)
{
  TrkPlanInput input = trk_schedule_plan_input (config);
  g_autoptr (GPtrArray) occurrences =
      trk_schedule_surroundings (config, index_path, period, zone, now, warnings, error);

  input.records = records;
  return occurrences != NULL ? trk_plan_new (occurrences, period, &input) : NULL;
}
