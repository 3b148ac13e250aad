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
 * Nothing after @now has happened: an open entry counts to @now. The arrays are sorted by start and
 * may reach beyond the period; give what overlaps trk_figures_reach() of it, because stretches and
 * interruptions are seen whole before they are counted to the period in which they begin. That, and
 * figures made of sets of instants, is why the figures of the days sum to those of the week. */
typedef struct
{
  TrkPeriod period;
  TrkInstant now;
  TrkAlmanac almanac;
  TrkDuration focus_goal;        /* a day; 0 none */
  TrkInstant kept_since;         /* the log's first trace; what was over before it was not missed */
  const GPtrArray *entries;      /* of TrkEntry */
  const GPtrArray *gaps;         /* of TrkGap (nullable) */
  const GPtrArray *blocks;       /* of TrkBlockRecord (nullable) */
  const GPtrArray *tasks;        /* of TrkTask (nullable) */
  const GPtrArray *task_entries; /* of TrkEntry: whenever worked on the tasks completed in the
                                    period, for their estimates (nullable): entries */
  const GPtrArray *metrics;      /* of TrkMetric (nullable) */
  const GPtrArray *interruptions; /* of TrkInterruption: what the focus guard asked (nullable) */
} TrkFigureInput;

/* The period that the arrays should cover: a day more on each side. */
TrkPeriod trk_figures_reach (TrkPeriod period);

/* Figures that are lengths of time. F is the focus time, B the planned focus blocks. The first ones
 * are the kinds of time entries, in the order of TrkKind. */
typedef enum
{
  TRK_TIME_FOCUS, /* |F| */
  TRK_TIME_SHALLOW,
  TRK_TIME_MEETING,
  TRK_TIME_BREAK,
  TRK_TIME_ROUTINE,
  TRK_TIME_OFF,
  TRK_TIME_WORK,       /* focus, shallow, meeting and routine */
  TRK_TIME_UNVERIFIED, /* of the work: what only the plan says, because nothing can tell presence */
  TRK_TIME_PLANNED,    /* |B|, also what lies ahead */
  TRK_TIME_PLANNED_BY_NOW, /* |B| up to now */
  TRK_TIME_ON_PLAN,        /* |F ∩ B| */
  TRK_TIME_OFF_PLAN,       /* |F| − |F ∩ B| */
  TRK_TIME_DEEP_WORK,      /* focus in stretches of 25 min or more */
  TRK_TIME_OVERTIME,       /* work outside any work block after the day's last one, and on off */
  TRK_TIME_UNKNOWN,        /* inside work blocks with neither presence nor an answer */
} TrkTime;
#define TRK_N_TIMES 15

/* The name that JSON and --explain use: "focus", "on_plan" … (static). */
const char *trk_time_to_string (TrkTime time);
gboolean trk_time_from_string (const char *text, TrkTime *time);

/* A ratio that may not exist: "n/a", never 0 or 100 %. */
typedef struct
{
  gboolean known;
  double value;
} TrkRatio;

TrkRatio trk_ratio (double part, double whole); /* unknown when @whole is not positive */

typedef struct
{
  TrkDay day;
  TrkPeriod period;
  gboolean planned; /* has a block of work: only such days count for goals and streaks */
  TrkDuration time[TRK_N_TIMES];
} TrkDayFigures;

typedef struct
{
  const char *reason; /* "away", "meeting", "switch" … (static) */
  guint count;
} TrkReasonCount;

typedef struct
{
  char *name;          /* (owned) */
  char *unit;          /* (owned) (nullable) */
  guint count;         /* values in the period */
  gboolean has_before; /* a value from before the period is known */
  double before;       /* the last one of those */
  double first, last, least, most, sum;
} TrkMetricFigures;

typedef struct
{
  char *project;      /* (owned) (nullable) for work without one */
  TrkDuration worked; /* of all kinds of work */
  /* Of a sprint alone, whose rows are of its done tasks with an estimate and time: */
  guint tasks;
  TrkDuration estimate;
  TrkRatio ratio; /* worked / estimate */
} TrkProjectFigures;

typedef struct
{
  TrkPeriod period;
  TrkInstant now;
  gboolean finished; /* the period is over */
  TrkDuration time[TRK_N_TIMES];
  TrkDuration ahead;         /* planned focus still to come: nothing of what was skipped */
  TrkRatio adherence;        /* on plan / planned */
  TrkRatio adherence_by_now; /* on plan / planned by now; the same once the period is over */
  TrkRatio focus_share;      /* focus / work */
  guint starts;              /* blocks of work that were begun */
  TrkDuration start_delay;   /* first entry's start − planned start, median; only with starts */
  guint starts_within_5;     /* not later than 5 min */
  guint outcomes[TRK_N_KINDS][TRK_OUTCOME_CANCELLED + 1]; /* of the blocks that began by now */
  guint interruptions;
  GArray *interruptions_by;       /* of TrkReasonCount, most first (owned) */
  TrkRatio interruptions_an_hour; /* of focus */
  TrkPeriod longest_stretch;      /* empty: none */
  guint deep_stretches;           /* of 25 min or more */
  guint breaks_planned;           /* that began by now */
  guint breaks_partial;           /* of those that were taken: in part */
  guint breaks_taken, breaks_postponed, breaks_ignored, breaks_owed;
  guint tasks_done;
  double points_done;
  TrkRatio estimate_ratio; /* worked / estimated over the tasks done that have both */
  gboolean has_goal;
  guint planned_days;       /* that began by now */
  TrkRatio goal;            /* focus / (goal × planned days by now) */
  guint streak;             /* days with the goal met, up to the period's end; needs a goal */
  gboolean streak_is_least; /* it reaches back to where the arrays begin */
  GArray *days;             /* of TrkDayFigures (owned) */
  GPtrArray *projects;      /* of TrkProjectFigures, most first (owned) */
  GPtrArray *metrics;       /* of TrkMetricFigures, by name (owned) */
} TrkFigures;

void trk_figures_free (TrkFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkFigures, trk_figures_free)

/* Blocks of work and breaks that came to @outcome. */
guint trk_figures_outcome (const TrkFigures *figures, TrkOutcome outcome);

G_END_DECLS
