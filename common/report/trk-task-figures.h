/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

G_BEGIN_DECLS

/* A task beside the time that entries give it. */
typedef struct
{
  const TrkTask *task; /* borrowed */
  TrkInstant first;    /* start of its first entry; 0 none */
  TrkDuration worked;  /* work of all its entries until now */
  TrkRatio ratio;      /* worked / estimated; unknown without either */
} TrkTaskFact;

/* Completed in @period. Cancelled is not completed. */
gboolean trk_task_is_done_in (const TrkTask *task, TrkPeriod period);

/* Facts of @tasks (of TrkTask) for which @wanted holds, by number: an array of TrkTaskFact owned by
 * the caller. */
GArray *trk_task_facts_new (const GPtrArray *tasks,
                            const GPtrArray *entries,
                            TrkInstant now,
                            gboolean (*wanted) (const TrkTask *task, gconstpointer data),
                            gconstpointer data);

/* Facts of the tasks that were done in the period. */
GArray *trk_task_facts_done (const TrkFigureInput *input);

/* worked / estimated over the facts that have both. */
TrkRatio trk_task_facts_ratio (const GArray *facts);

void trk_task_figures (const TrkFigureInput *input, TrkFigures *figures);

G_END_DECLS
