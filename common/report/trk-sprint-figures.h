/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-task-figures.h"

G_BEGIN_DECLS

typedef struct
{
  const TrkSprint *sprint;
  TrkInstant now;
  TrkAlmanac almanac;
  const GPtrArray *sprints;  /* of TrkSprint, all by start: for the velocity */
  const GArray *memberships; /* of TrkSprintTask, of all sprints */
  const GPtrArray *tasks;    /* of TrkTask */
  const GPtrArray *entries;  /* of TrkEntry: all that belong to the sprint's tasks */
  const GPtrArray *blocks;   /* of TrkBlockRecord of the sprint's days (nullable) */
} TrkSprintInput;

/* So many tasks, with so many points and so much estimated. */
typedef struct
{
  guint tasks;
  double points;
  TrkDuration estimate;
} TrkAmount;

/* What the burndown counts: points when any task has them, else estimated hours, else tasks. */
typedef enum
{
  TRK_BURN_POINTS,
  TRK_BURN_HOURS,
  TRK_BURN_TASKS,
} TrkBurn;
const char *trk_burn_to_string (TrkBurn burn); /* "points", "hours", "tasks" */

typedef struct
{
  TrkDay day;
  gboolean working; /* work is planned on it; without any plan at all: Monday to Friday */
  gboolean begun;   /* else remaining is not known yet */
  double remaining; /* at the day's end, or now */
  double ideal;     /* at the day's end */
} TrkBurndownDay;

typedef struct
{
  char *project; /* (owned) (nullable) */
  guint tasks;   /* with an estimate and time */
  TrkDuration worked, estimate;
  TrkRatio ratio;
} TrkProjectRatio;

typedef struct
{
  const TrkSprint *sprint; /* borrowed */
  TrkPeriod period;        /* its days */
  gboolean finished;       /* closed, or its last day is over */
  guint working_days, working_days_begun;
  TrkAmount committed; /* in it when it started, also what came over from the one before */
  TrkAmount added, done, dropped, carried; /* carried over to the next */
  TrkAmount open;                          /* in it and not done */
  TrkDuration worked;                      /* on its tasks, within its days */
  TrkBurn burn;
  GArray *burndown;       /* of TrkBurndownDay (owned) */
  TrkRatio velocity_last; /* points done in the last closed sprint before this one */
  TrkRatio velocity_mean; /* mean of the last up to three closed ones, this one too once closed */
  guint velocity_of;      /* how many the mean is made of */
  TrkRatio cycle_time;    /* µs: first entry → done, median of the done */
  guint cycle_of;
  TrkRatio estimate_ratio; /* worked / estimated over the done that have both */
  GPtrArray *projects;     /* of TrkProjectRatio, by name (owned) */
  GArray *tasks;           /* of TrkTaskFact: all that ever were in it (owned) */
} TrkSprintFigures;

TrkSprintFigures *trk_sprint_figures_new (const TrkSprintInput *input);
void trk_sprint_figures_free (TrkSprintFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSprintFigures, trk_sprint_figures_free)

/* [start of its first day, end of its last day). */
TrkPeriod trk_sprint_period (const TrkSprint *sprint, const TrkAlmanac *almanac);

G_END_DECLS
