/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

#include "trk-interruption.h"

G_BEGIN_DECLS

/* What the focus guard asked about one program, by the answer. */
typedef struct
{
  const char *program; /* borrowed from the input */
  guint asked;
  guint answers[TRK_GUARD_WORK + 1]; /* by TrkGuardAnswer; they sum to @asked */
} TrkGuardCount;

/* Was it asked in the period, and before now? */
gboolean trk_guard_is_counted (const TrkFigureInput *input, const TrkInterruption *asked);

/* Of what was asked in the period, most first: an array of TrkGuardCount owned by the caller. Time
 * goes on while somebody is asked, so that these are no gaps of a session. */
GArray *trk_guard_counts_new (const TrkFigureInput *input);

/* "allowed 1, back to work 2": what there is of each. Owned by the caller. */
char *trk_guard_count_text (const TrkGuardCount *count);

G_END_DECLS
