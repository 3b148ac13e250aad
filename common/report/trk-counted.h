/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-instant.h"

G_BEGIN_DECLS

/* Which blocks are in the figures, and which are not because nobody kept time yet when they were.
 * The one place that says so: what the agenda calls on plan is on plan in the reports. */

typedef struct _TrkCounting TrkCounting;

/* @records: of TrkBlockRecord, those that will be asked for. @entries: of TrkEntry, by start, as
 * far as the blocks and what was kept of them reach; borrowed. @trace: the log's first trace, or
 * now when it has none. */
TrkCounting *
trk_counting_new (const GPtrArray *records, const GPtrArray *entries, TrkInstant trace);
void trk_counting_free (TrkCounting *counting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCounting, trk_counting_free)

/* What was over at the first trace, or when it came into the plan, and of whose time the log does
 * not say a word was neither kept nor missed. A block from before counts when an entry is its own,
 * or is of its kind and in its time: then the user wrote down afterwards what was done in it. */
gboolean trk_counting_has (const TrkCounting *counting, const TrkBlock *block);

/* Moves the records from @records to the result, which the caller owns, that do not
 * count. */
GPtrArray *trk_take_uncounted (GPtrArray *records, const GPtrArray *entries, TrkInstant trace);

G_END_DECLS
