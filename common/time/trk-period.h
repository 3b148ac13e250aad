/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* A half-open stretch of time [start, end); end may be TRK_NEVER (still open). */
typedef struct
{
  TrkInstant start;
  TrkInstant end;
} TrkPeriod;

gboolean trk_period_is_empty (TrkPeriod period);  /* end <= start */
TrkDuration trk_period_length (TrkPeriod period); /* 0 when empty; TRK_NEVER when open */
gboolean trk_period_contains (TrkPeriod period, TrkInstant instant);
gboolean trk_period_overlaps (TrkPeriod a, TrkPeriod b);   /* they share at least an instant */
TrkPeriod trk_period_intersect (TrkPeriod a, TrkPeriod b); /* empty when they do not overlap */

/* A set of instants as sorted periods that neither overlap nor touch; the algebra that every
 * figure is made of. A plain GArray of TrkPeriod, owned by the caller. */
typedef GArray TrkPeriodSet;

TrkPeriodSet *trk_period_set_new (void);
void trk_period_set_free (TrkPeriodSet *set);
void trk_period_set_add (TrkPeriodSet *set, TrkPeriod period); /* empty periods are ignored */
void trk_period_set_remove (TrkPeriodSet *set, TrkPeriod period);
TrkPeriodSet *trk_period_set_copy (const TrkPeriodSet *set);
TrkPeriodSet *trk_period_set_union (const TrkPeriodSet *a, const TrkPeriodSet *b);
TrkPeriodSet *trk_period_set_intersect (const TrkPeriodSet *a, const TrkPeriodSet *b);
TrkPeriodSet *trk_period_set_subtract (const TrkPeriodSet *a, const TrkPeriodSet *b);
TrkDuration trk_period_set_length (const TrkPeriodSet *set);
TrkPeriod trk_period_set_nth (const TrkPeriodSet *set, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkPeriodSet, trk_period_set_free)

G_END_DECLS
