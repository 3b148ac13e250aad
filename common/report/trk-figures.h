/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-block.h"
#include "trk-entry.h"
#include "trk-work.h"

G_BEGIN_DECLS

/* The measures of a period, from arrays of values: one definition for every report. Pure.
 *
 * For a period P, F = the focus entries, B = the planned focus blocks (after overlaps), both
 * clipped to P; an open entry counts to @now. */

typedef struct
{
  TrkPeriod period;
  TrkInstant now;
  TrkAlmanac almanac;
  TrkDuration focus_goal;   /* a day; 0 none */
  const GPtrArray *entries; /* of TrkEntry */
  const GPtrArray *gaps;    /* of TrkGap */
  const GPtrArray *blocks;  /* of TrkBlockRecord */
  const GPtrArray *tasks;   /* of TrkTask */
  const GPtrArray *metrics; /* of TrkMetric */
} TrkFigureInput;

/* A ratio that may not exist: "n/a", never 0 or 100 %. */
typedef struct
{
  gboolean known;
  double value;
} TrkRatio;

typedef struct
{
  TrkDay day;
  TrkDuration planned, focus, on_plan, work, of_kind[TRK_N_KINDS], unknown;
} TrkDayFigures;

typedef struct
{
  char *name; /* (owned) */
  char *unit; /* (owned) (nullable) */
  guint count;
  double first, last, least, most;
} TrkMetricFigures;

typedef struct
{
  TrkPeriod period;
  TrkDuration of_kind[TRK_N_KINDS]; /* time by kind */
  TrkDuration work;                 /* focus + shallow + meeting + routine */
  TrkDuration unverified;           /* part of work whose evidence is the plan alone */
  TrkDuration focus, planned, on_plan, off_plan;
  TrkRatio adherence;   /* on plan / planned */
  TrkRatio focus_share; /* focus / work */
  gboolean has_start_delay;
  TrkDuration start_delay; /* median */
  TrkRatio started_within_5;
  guint outcomes[TRK_N_KINDS][TRK_OUTCOME_CANCELLED + 1];
  guint interruptions;
  guint interruptions_by[TRK_REASON_EDIT + 1];
  TrkRatio interruptions_an_hour; /* of focus */
  TrkPeriod longest_stretch;      /* empty: none */
  guint deep_stretches;           /* of 25 min or more */
  TrkDuration deep_work;
  guint breaks_planned, breaks_taken, breaks_postponed, breaks_ignored, breaks_owed;
  TrkDuration overtime;
  TrkDuration unknown;
  guint tasks_done;
  double points_done;
  TrkRatio estimate_ratio; /* worked / estimated over the tasks done in the period */
  guint streak;            /* days, up to the period's end; needs a goal */
  gboolean has_goal;
  TrkRatio goal;      /* focus / (goal × planned days) */
  GArray *days;       /* of TrkDayFigures (owned) */
  GPtrArray *metrics; /* of TrkMetricFigures (owned) */
} TrkFigures;

TrkFigures *
trk_figures_new (const TrkFigureInput *input);
void
trk_figures_free (TrkFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFigures, trk_figures_free)

G_END_DECLS
