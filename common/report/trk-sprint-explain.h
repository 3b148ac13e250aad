/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-row.h"
#include "trk-sprint-figures.h"

G_BEGIN_DECLS

/* The rows of @figure, a name that the JSON of a sprint uses. For "worked" the amounts sum to the
 * figure. NULL when a sprint has no such figure. An array of TrkFigureRow owned by the caller. */
GPtrArray *trk_sprint_explain (const TrkSprintInput *input,
                               const TrkSprintFigures *figures,
                               const char *figure);

/* Every name that it takes, NULL-terminated; the array is the caller's, the names are static. */
const char **trk_sprint_figure_names (void);

G_END_DECLS
