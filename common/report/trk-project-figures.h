/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-task-figures.h"

G_BEGIN_DECLS

/* Work by project: arrays of TrkProjectFigures owned by the caller. */

/* Of the period, most first. */
GPtrArray *trk_project_figures_new (const TrkFigureInput *input);

/* Of the facts (of TrkTaskFact) that have an estimate and time, by name: with their tasks,
 * estimates and ratio. */
GPtrArray *trk_project_figures_of_facts (const GArray *facts);

G_END_DECLS
