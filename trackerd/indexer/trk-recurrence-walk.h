/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-recurrence.h"

G_BEGIN_DECLS

/* The parts of an expansion, of use to trk-recurrence.c alone. */

/* What one expansion carries: the rule with the parts that DTSTART fills in (3.3.10: "information
 * not contained in the rule is derived from DTSTART"), and what was reached so far. */
typedef struct
{
  const TrkRecurrence *rule;
  TrkLocal first;      /* DTSTART */
  TrkInstant start;    /* the same as one number */
  TrkInstant earliest; /* of what the rule gives itself */
  TrkInstant from, to;
  guint32 months; /* effective masks and days; 0: no limit */
  int month_day;
  int weekday;
  guint64 hours, minutes, seconds;
  guint *budget;
  guint counted;
  gboolean done; /* COUNT, UNTIL or the window's end was reached */
  GArray *out;   /* of TrkInstant */
  GArray *set;   /* of TrkInstant: candidates of one period, for BYSETPOS */
} TrkWalk;

/* Which is the lowest bit of @mask that is set? @mask is not 0. */
static inline int
trk_lowest_bit (guint64 mask)
{
  return __builtin_ctzll (mask);
}

/* Can an instance be on @day, by all parts that name days? */
gboolean trk_walk_day_matches (const TrkWalk *walk, TrkDay day);

int trk_days_in_month (int year, int month);

/* The day on which the week of @day begins; @week_start: 1 Monday … 7 Sunday. */
TrkDay trk_week_begin (TrkDay day, int week_start);

/* One step of the budget; FALSE: it is used up. */
gboolean trk_walk_step (TrkWalk *walk);

/* A candidate: taken at once, or kept until the period is complete when positions are asked for.
 * FALSE, like all below: out of budget. */
gboolean trk_walk_candidate (TrkWalk *walk, TrkInstant at);

/* The seconds of the minute that begins at @minute … */
gboolean trk_walk_minute (TrkWalk *walk, TrkInstant minute);
/* … and the minutes and seconds of the hour that begins at @hour. */
gboolean trk_walk_hour (TrkWalk *walk, TrkInstant hour);

/* All candidates of a period are known. */
gboolean trk_walk_period_end (TrkWalk *walk);

/* Walks the periods of a rule of DAILY and longer … */
gboolean trk_walk_days (TrkWalk *walk);
/* … and of one of HOURLY and shorter. */
gboolean trk_walk_hours (TrkWalk *walk);

G_END_DECLS
