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

/* Inline: figures ask them of every entry of a year, several times. */

/* end <= start */
static inline gboolean
trk_period_is_empty (TrkPeriod period)
{
  return period.end <= period.start;
}

/* 0 when empty; TRK_NEVER when open */
static inline TrkDuration
trk_period_length (TrkPeriod period)
{
  TrkDuration length;

  if (trk_period_is_empty (period))
    return 0;
  if (period.end == TRK_NEVER || __builtin_sub_overflow (period.end, period.start, &length))
    return TRK_NEVER;
  return length;
}

static inline gboolean
trk_period_contains (TrkPeriod period, TrkInstant instant)
{
  return period.start <= instant && instant < period.end;
}

/* they share at least an instant */
static inline gboolean
trk_period_overlaps (TrkPeriod a, TrkPeriod b)
{
  return MAX (a.start, b.start) < MIN (a.end, b.end);
}

/* empty when they do not overlap */
static inline TrkPeriod
trk_period_intersect (TrkPeriod a, TrkPeriod b)
{
  TrkInstant start = MAX (a.start, b.start);

  return (TrkPeriod){ .start = start, .end = MAX (start, MIN (a.end, b.end)) };
}

/* A set of instants as sorted periods that neither overlap nor touch; the algebra that every
 * figure is made of. Owned by the caller. */
typedef struct
{
  TrkPeriod *periods; /* (owned) */
  guint len;
  guint room; /* for so many */
} TrkPeriodSet;

TrkPeriodSet *trk_period_set_new (void);
void trk_period_set_free (TrkPeriodSet *set);
void trk_period_set_add (TrkPeriodSet *set, TrkPeriod period); /* empty periods are ignored */
void trk_period_set_remove (TrkPeriodSet *set, TrkPeriod period);
void trk_period_set_clip (TrkPeriodSet *set, TrkPeriod period); /* what is outside goes */
TrkPeriodSet *trk_period_set_copy (const TrkPeriodSet *set);
TrkPeriodSet *trk_period_set_union (const TrkPeriodSet *a, const TrkPeriodSet *b);
TrkPeriodSet *trk_period_set_intersect (const TrkPeriodSet *a, const TrkPeriodSet *b);
TrkPeriodSet *trk_period_set_subtract (const TrkPeriodSet *a, const TrkPeriodSet *b);
TrkDuration trk_period_set_length (const TrkPeriodSet *set);

static inline TrkPeriod
trk_period_set_nth (const TrkPeriodSet *set, guint n)
{
  return set->periods[n];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkPeriodSet, trk_period_set_free)

G_END_DECLS
