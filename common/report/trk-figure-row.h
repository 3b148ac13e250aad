/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"

G_BEGIN_DECLS

/* A row that a figure is made of. */
typedef struct
{
  const char *type; /* "entry", "gap", "block", "interruption", "stretch", "task", "day", "sprint",
                     "metric"
                       (static) */
  gint64 number;    /* of the entry (of an interruption: the one before it), gap, task, sprint or
                       metric;    else 0 */
  char *id;         /* of the block; (owned) (nullable) */
  char *label;      /* title, one line, safe to show; may be "" (owned) */
  TrkPeriod period; /* empty for a task */
  TrkDuration amount; /* what it adds to a length of time; 0 where the figure is none */
  char *detail;       /* "observed", "away", "late by 4 min" (owned) */
} TrkFigureRow;

/* An empty array of TrkFigureRow, which owns them; owned by the caller. */
GPtrArray *trk_figure_rows_new (void);

/* A new row at the end of @rows; @type is static, @label (nullable) made safe. Borrowed. */
TrkFigureRow *
trk_figure_rows_add (GPtrArray *rows, const char *type, const char *label, TrkPeriod period);

/* The same for a block of the plan. */
TrkFigureRow *trk_figure_rows_add_block (GPtrArray *rows, const TrkBlockRecord *record);

/* TRK_ERROR_USAGE: @figure is none of @names, nor of @words that are taken as well (both
 * NULL-terminated); names the nearest of both, else all @names. */
void trk_figure_set_unknown (const char *figure,
                             const char *const *names,
                             const char *const *words,
                             GError **error);

G_END_DECLS
