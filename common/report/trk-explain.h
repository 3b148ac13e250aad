/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-row.h"
#include "trk-figure-values.h"

G_BEGIN_DECLS

/* The rows of @figure, a name that JSON uses, of lengths of time in the order of their start. For
 * a length of time the amounts sum to the figure. TRK_ERROR_USAGE names the nearest figure. An
 * array of TrkFigureRow owned by the caller. */
GPtrArray *trk_figures_explain (const TrkFigureInput *input, const char *figure, GError **error);

/* The name of what a report calls @words ("stretch", "Focus share", "start delay"), a name as it
 * is, or @words itself. Owned by the caller. */
char *trk_figures_name (const char *words);

/* Every name that it takes, NULL-terminated; the array is the caller's, the names are static. */
const char **trk_figures_names (void);

/* What a report calls one of them that has another name; as above. */
const char **trk_figures_words (void);

G_END_DECLS
