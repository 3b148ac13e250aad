/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-survey.h"

TrkSurvey *
trk_survey_new (const TrkCalendar *calendar)
{
  TrkSurvey *survey = g_new0 (TrkSurvey, 1);

  survey->calendar = calendar;
  return survey;
}

void
trk_survey_list (TrkSurvey *survey)
{
  const char *path = survey->calendar->path;

  trk_file_stamp (path, &survey->stamp);
  survey->listing = trk_listing_begin (path, &survey->failure);
}

void
trk_survey_look (TrkSurvey *survey, TrkListing *before)
{
  survey->before = before;
  survey->looks = trk_looks_begin (survey->calendar->path, before->names);
}

void
trk_survey_end (TrkSurvey *survey)
{
  TrkLooks *looks = g_steal_pointer (&survey->looks);

  if (survey->listing != NULL)
    {
      trk_listing_end (survey->listing, survey->calendar->path, survey->before->names, looks);
      return;
    }
  g_free (survey->before->stamps);
  survey->before->stamps = trk_looks_end (looks);
}

void
trk_survey_free (TrkSurvey *survey)
{
  if (survey == NULL)
    return;
  if (survey->looks != NULL)
    g_free (trk_looks_end (survey->looks));
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
