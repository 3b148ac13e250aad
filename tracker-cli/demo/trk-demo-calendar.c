/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo-calendar.h"

#include "trk-calendar-show.h"
#include "trk-error.h"
#include "trk-index-update.h"
#include "trk-loose-index.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <errno.h>

#define NAME "demo"
#define AHEAD (31 * 24 * TRK_HOUR)

/* @path as it is seen from everywhere; a missing file is told now, not by an empty agenda. */
static char *
existing_path (const char *path, GError **error)
{
  g_autofree char *expanded = trk_path_expand (path);
  g_autofree char *absolute = g_canonicalize_filename (expanded, NULL);
  g_autofree char *shown = NULL;

  if (g_file_test (absolute, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&absolute);
  shown = trk_text_line (path, 200);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "%s: %s", shown, g_strerror (ENOENT));
  return NULL;
}

static TrkLooseIndex *
look_into (TrkSession *session, const char *path, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  g_autoptr (TrkLooseIndex) loose = NULL;
  g_autofree char *shown = NULL;

  g_ptr_array_add (one, trk_calendar_new (NAME, path));
  loose = trk_loose_index_new (one, trk_index_usual_window (trk_session_now (session)),
                               trk_session_err (session), error);
  if (loose == NULL)
    return NULL;
  if (!trk_loose_index_is_useless (loose, NAME))
    return g_steal_pointer (&loose);
  trk_calendar_show_diagnostics (trk_session_err (session), trk_loose_index_get (loose), NULL);
  shown = trk_text_line (path, 200);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%s: there is no event that can be used", shown);
  return NULL;
}

static gboolean
find_next (TrkDemoCalendar *calendar, TrkSession *session, TrkIndex *index, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  g_autoptr (GPtrArray) occurrences = trk_index_occurrences (index, (TrkPeriod){ now, now + AHEAD },
                                                             trk_session_zone (session), error);

  for (guint i = 0; occurrences != NULL && i < occurrences->len && !calendar->has_next; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);

      if (occurrence->all_day)
        continue;
      calendar->has_next = TRUE;
      calendar->next = trk_almanac_day (&almanac, MAX (now, occurrence->period.start));
    }
  return occurrences != NULL;
}

TrkDemoCalendar *
trk_demo_calendar_new (TrkSession *session, const char *path, GError **error)
{
  g_autoptr (TrkDemoCalendar) calendar = g_new0 (TrkDemoCalendar, 1);
  g_autoptr (TrkLooseIndex) loose = NULL;

  calendar->path = existing_path (path, error);
  loose = calendar->path != NULL ? look_into (session, calendar->path, error) : NULL;
  if (loose == NULL || !find_next (calendar, session, trk_loose_index_get (loose), error))
    return NULL;
  return g_steal_pointer (&calendar);
}

void
trk_demo_calendar_free (TrkDemoCalendar *calendar)
{
  if (calendar == NULL)
    return;
  g_free (calendar->path);
  g_free (calendar);
}
