/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"
#include "trk-listing.h"

G_BEGIN_DECLS

/* What there is of a calendar, before any of its bytes are read: its files, as they are now. Taken
 * with the writer's lock held, for an older one would bring the index back to what it was; and
 * before the sandbox, which makes each of ten thousand looks dearer, and forbids the thread that
 * takes its share of them. */
typedef struct
{
  const TrkCalendar *calendar; /* borrowed */
  TrkListing *before;          /* its files as the index knows them, or, where it cannot be listed,
                                  as they look now; (owned) */
  TrkFileStamp stamp;          /* of itself, from before the listing: a later change shows */
  TrkListing *listing;         /* (owned) (nullable): its files cannot be listed */
  GError *failure;             /* why not; (owned) (nullable) */
  TrkLooks *looks;             /* at the files of @before, until the end; (owned) (nullable) */
} TrkSurvey;

/* In steps, of which the first may be another thread's: the names that there are, … */
TrkSurvey *trk_survey_new (const TrkCalendar *calendar);
void trk_survey_list (TrkSurvey *survey);
/* … meanwhile looking at the files that the index knows (@before, taken), … */
void trk_survey_look (TrkSurvey *survey, TrkListing *before);
/* … and after both what is left to be looked at. */
void trk_survey_end (TrkSurvey *survey);
void trk_survey_free (TrkSurvey *survey);

/* Adds the path of the calendar, and those that may lead out of it, to be granted on their own:
 * GPtrArray of char* (owned). */
void trk_survey_add_paths (const TrkSurvey *survey, GPtrArray *paths);

G_END_DECLS
