/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

G_BEGIN_DECLS

/* The sets of instants whose lengths are the time figures; each is defined in one function. */
typedef struct
{
  TrkPeriodSet *of[TRK_N_TIMES]; /* clipped to the period (owned) */
  TrkPeriodSet *focus_whole; /* focus that is not clipped: its periods are the stretches (owned) */
} TrkTimes;

TrkTimes *trk_times_new (const TrkFigureInput *input);
void trk_times_free (TrkTimes *times);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkTimes, trk_times_free)

/* Planned focus that is still to come: not that of blocks that were skipped or done already. */
TrkDuration trk_planned_ahead (const TrkFigureInput *input, const TrkTimes *times);

/* What has happened of @period by @now. */
TrkPeriod trk_period_until (TrkPeriod period, TrkInstant now);

/* How much of @period lies in @set. */
TrkDuration trk_length_within (const TrkPeriodSet *set, TrkPeriod period);

/* Something is planned: it stands in a calendar (what is started by hand was no plan) and was not
 * cancelled there. */
gboolean trk_record_is_planned (const TrkBlockRecord *record);

/* Did the user end the time himself? Then the pause after it needs no answer. */
gboolean trk_reason_is_deed (TrkReason reason);

/* Nobody said what the time of @gap was, nor does its reason. */
gboolean trk_gap_is_unanswered (const TrkGap *gap);

#define TRK_DEEP_STRETCH (25 * TRK_MINUTE)

G_END_DECLS
