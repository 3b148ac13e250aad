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
  const GPtrArray *blocks;   /* of TrkBlockRecord of the sprint's weeks (nullable): they tell which
                                days are working days */
  TrkInstant kept_since;     /* the log's first trace; TRK_NEVER: it has none yet */
} TrkSprintInput;

/* So many tasks, with so many points and so much estimated. */
typedef struct
{
  guint tasks;
  double points;
  TrkDuration estimate;
} TrkAmount;

/* What a task is measured by, and what the burndown counts. */
typedef enum
{
  TRK_BURN_POINTS,
  TRK_BURN_HOURS, /* estimated */
  TRK_BURN_TASKS,
} TrkBurn;
#define TRK_N_BURNS 3
const char *trk_burn_to_string (TrkBurn burn); /* "points", "hours", "tasks" */

/* What became of a task in a sprint. */
typedef enum
{
  TRK_FATE_OPEN,
  TRK_FATE_DONE,
  TRK_FATE_DROPPED, /* cancelled, or taken out while the sprint ran */
  TRK_FATE_CARRIED, /* left open by the close, for the next sprint */
} TrkFate;
const char *trk_fate_to_string (TrkFate fate); /* "carried over" (static) */

/* A task that ever was in the sprint. One that left and came back is one. */
typedef struct
{
  TrkTaskFact fact;
  const TrkSprintTask *first; /* its first stay: how it came in; borrowed */
  const TrkSprintTask *last;  /* its last stay: what became of it; borrowed */
  TrkFate fate;
  TrkBurn measure; /* the burndown's, when it has that; else the other estimate; else tasks */
} TrkSprintMember;

/* How far the tasks are that have one measure, without the dropped ones. */
typedef struct
{
  double done, total; /* points, hours or tasks */
  guint tasks_done, tasks;
} TrkSprintProgress;

typedef struct
{
  TrkDay day;
  gboolean working; /* see trk-working-days.h */
  gboolean begun;   /* else remaining is not known yet */
  double remaining; /* at the day's end, or now */
  double ideal;     /* at the day's end */
} TrkBurndownDay;

typedef struct
{
  const TrkSprint *sprint; /* borrowed */
  TrkInstant now;
  TrkPeriod period;  /* its days */
  gboolean finished; /* closed, or its last day is over */
  guint working_days, working_days_begun;
  TrkInstant kept_since; /* the input's */
  gboolean kept_late;    /* some of its work was planned for before that */
  TrkAmount committed;   /* in it when it started, also what came over from the one before */
  TrkAmount carried_in;  /* of them: what came over */
  TrkAmount added, done, dropped, carried; /* carried over to the next */
  TrkAmount open;                          /* in it and not done */
  TrkAmount scope;                         /* done, open and carried: all but the dropped */
  TrkDuration worked;                      /* on its tasks, within its days */
  TrkDuration unverified;                  /* of it: what only the plan says */
  TrkBurn burn; /* what most of its tasks have; what has not is in no line of the burndown */
  TrkSprintProgress progress[TRK_N_BURNS]; /* each task is in the one of its measure */
  GArray *burndown;                        /* of TrkBurndownDay (owned) */
  TrkRatio velocity_last; /* points done in the last closed sprint before this one; sprints in which
                             nothing has points say nothing */
  TrkRatio velocity_mean; /* mean of the last up to three closed ones, this one too once closed */
  guint velocity_of;      /* how many the mean is made of */
  TrkRatio cycle_time;    /* µs: first entry → done, median of the done */
  guint cycle_of;
  TrkRatio estimate_ratio; /* worked / estimated over the done that have both */
  GPtrArray *projects;     /* of TrkProjectFigures, by name (owned) */
  GArray *members;         /* of TrkSprintMember (owned) */
} TrkSprintFigures;

TrkSprintFigures *trk_sprint_figures_new (const TrkSprintInput *input);
void trk_sprint_figures_free (TrkSprintFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSprintFigures, trk_sprint_figures_free)

/* The member with that task; NULL: it never was in the sprint. Borrowed. */
const TrkSprintMember *trk_sprint_figures_member (const TrkSprintFigures *figures, gint64 task);

/* What @entry adds to the time worked on the sprint. */
TrkDuration trk_sprint_worked_in (const TrkSprintFigures *figures, const TrkEntry *entry);

/* The closed sprints that the velocity is made of, the latest first: borrowed TrkSprint in an array
 * owned by the caller; and the points done in one. FALSE when nothing in it has points. */
GPtrArray *trk_sprint_velocity_sprints (const TrkSprintInput *input);
gboolean trk_sprint_velocity (const TrkSprintInput *input, const TrkSprint *sprint, double *points);

/* [start of its first day, end of its last day). */
TrkPeriod trk_sprint_period (const TrkSprint *sprint, const TrkAlmanac *almanac);

G_END_DECLS
