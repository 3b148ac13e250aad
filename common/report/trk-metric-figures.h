/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

G_BEGIN_DECLS

/* Each metric that has a value in the period, by name: an array of TrkMetricFigures owned by the
 * caller. */
GPtrArray *trk_metric_figures_new (const TrkFigureInput *input);

G_END_DECLS
