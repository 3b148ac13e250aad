/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-survey.h"

TrkSurvey *
trk_survey_new (const TrkCalendar *calendar, TrkListing *before)
{
  TrkSurvey *survey = g_new0 (TrkSurvey, 1);

  survey->calendar = calendar;
  survey->before = before;
  trk_file_stamp (calendar->path, &survey->stamp);
  survey->listing = trk_listing_new (calendar->path, before, &survey->failure);
  if (survey->listing == NULL)
    trk_listing_look (before, calendar->path);
  return survey;
}

void
trk_survey_free (TrkSurvey *survey)
{
  if (survey == NULL)
    return;
  trk_listing_free (survey->before);
  trk_listing_free (survey->listing);
  g_clear_error (&survey->failure);
  g_free (survey);
}

void
trk_survey_add_paths (const TrkSurvey *survey, GPtrArray *paths)
{
  const char *path = survey->calendar->path;

  g_ptr_array_add (paths, g_strdup (path));
  for (guint i = 0; survey->listing != NULL && i < survey->listing->links->len; i++)
    g_ptr_array_add (paths, trk_listing_path (path, survey->listing->links->pdata[i]));
}
