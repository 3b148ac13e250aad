/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-row.h"
#include "trk-times.h"

G_BEGIN_DECLS

/* Adds to @rows the planned blocks of focus that have a part of @set, by start. Blocks may lie over
 * each other, as one that was skipped and taken out and what was planned in its place; the figure
 * has the time that they share once, and so have the rows: in the one that began last. The amounts
 * are what each has of @set, or, with @on_plan (nullable), what was kept of that. */
void trk_planned_rows (const TrkFigureInput *input,
                       const TrkPeriodSet *set,
                       const TrkPeriodSet *on_plan,
                       GPtrArray *rows);

G_END_DECLS
