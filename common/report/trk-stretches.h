/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-times.h"

G_BEGIN_DECLS

/* A focus session is made of consecutive focus entries of one block, or of one task when they were
 * started by hand; the gap between two of them is an interruption. */
typedef struct
{
  TrkPeriod period;
  const TrkEntry *before, *after; /* borrowed from the input */
  const char *reason;             /* static */
} TrkSessionGap;

/* Those that begin in the period, by start: an array of TrkSessionGap owned by the caller. */
GArray *trk_interruptions_new (const TrkFigureInput *input);

/* Counts @interruptions by reason, most first: an array of TrkReasonCount owned by the caller. */
GArray *trk_interruptions_by_reason (const GArray *interruptions);

/* Stretches of uninterrupted focus of at least @least that begin in @period, whole; owned by the
 * caller. */
TrkPeriodSet *trk_stretches_new (const TrkTimes *times, TrkPeriod period, TrkDuration least);

/* The longest of them, the first of several; empty when there is none. */
TrkPeriod trk_stretches_longest (const TrkPeriodSet *stretches);

G_END_DECLS
