/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-survey.h"

TrkSurvey *
trk_survey_new (const char *path)
{
  TrkSurvey *survey = g_new0 (TrkSurvey, 1);

  trk_file_stamp (path, &survey->stamp);
  survey->files = trk_calendar_files (path, &survey->failure);
  return survey;
}

void
trk_survey_free (TrkSurvey *survey)
{
  if (survey == NULL)
    return;
  g_clear_pointer (&survey->files, g_ptr_array_unref);
  g_clear_error (&survey->failure);
  g_free (survey);
}

void
trk_survey_add_ways_out (const TrkSurvey *survey, GPtrArray *paths)
{
  for (guint i = 0; survey->files != NULL && i < survey->files->len; i++)
    {
      TrkSourceFile *file = g_ptr_array_index (survey->files, i);

      if (file->may_lead_out)
        g_ptr_array_add (paths, file->path);
    }
}
