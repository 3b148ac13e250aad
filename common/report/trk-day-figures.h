/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-times.h"

G_BEGIN_DECLS

/* The days of the period, an array of TrkDayFigures owned by the caller. A day that the period cuts
 * has only what lies inside. */
GArray *trk_day_figures_new (const TrkFigureInput *input, const TrkTimes *times);

/* Consecutive planned days, backwards from the period's end or today, on which the goal was met.
 * Days with nothing planned neither count nor break it, nor does today as long as it lasts.
 * @is_least gets whether it ends only because the arrays begin there. 0 without a goal. @days
 * (nullable) gets the planned days (TrkDay) that were looked at, the latest first: those of the
 * streak, the one that broke it, and today while it lasts. */
guint
trk_streak (const TrkFigureInput *input, const TrkTimes *times, GArray *days, gboolean *is_least);

void trk_goal_figures (const TrkFigureInput *input, const TrkTimes *times, TrkFigures *figures);

G_END_DECLS
