/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figures.h"

G_BEGIN_DECLS

/* A row that a figure is made of. */
typedef struct
{
  const char *type; /* "entry", "gap", "block", "interruption", "stretch", "task", "day" (static) */
  gint64 number;    /* of the entry (of an interruption: the one before it), gap or task; else 0 */
  char *id;         /* of the block; (owned) (nullable) */
  char *label;      /* title, one line, safe to show; may be "" (owned) */
  TrkPeriod period; /* empty for a task */
  TrkDuration amount; /* what it adds to a length of time; 0 where the figure is none */
  char *detail;       /* "observed", "away", "late by 4 min" (owned) */
} TrkFigureRow;

/* The rows of @figure, a name that JSON uses, of lengths of time in the order of their start. For
 * a length of time the amounts sum to the figure. TRK_ERROR_USAGE names the nearest figure. An
 * array of TrkFigureRow owned by the caller. */
GPtrArray *trk_figures_explain (const TrkFigureInput *input, const char *figure, GError **error);

/* Every name that it takes, NULL-terminated; the array is the caller's, the names are static. */
const char **trk_figures_names (void);

G_END_DECLS
