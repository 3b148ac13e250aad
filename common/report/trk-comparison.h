/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"
#include "trk-when.h"

G_BEGIN_DECLS

/* A figure beside the same figure of earlier periods. */
typedef struct
{
  const char *figure; /* its name in JSON (static) */
  gboolean is_time;   /* µs; else a ratio or a count */
  TrkRatio value;
  TrkRatio before; /* of the period before */
  TrkRatio median; /* of the four before, unknown below two */
  guint of;        /* how many of them the median is made of */
} TrkComparison;

/* The four periods before @period, the latest first: for a day, week or month the days, weeks or
 * months before, for others as many days. */
#define TRK_N_BEFORE 4
void trk_periods_before (TrkPeriod period,
                         TrkSpan span,
                         const TrkAlmanac *almanac,
                         TrkPeriod before[TRK_N_BEFORE]);

/* @before: of TrkFigures, the latest first. Periods in which no time was kept say nothing. Of a
 * period that is not over, only ratios and what counts up to now are compared. An array of
 * TrkComparison owned by the caller. */
GArray *trk_comparisons_new (const TrkFigures *figures, const GPtrArray *before);

/* The one of @figure, NULL when it is not compared. Borrowed. */
const TrkComparison *trk_comparison_of (const GArray *comparisons, const char *figure);

/* Nothing was logged and nothing planned. */
gboolean trk_figures_is_empty (const TrkFigures *figures);

G_END_DECLS
