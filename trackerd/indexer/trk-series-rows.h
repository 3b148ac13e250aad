/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-candidate.h"

G_BEGIN_DECLS

/* An event of a file that was read. */
typedef struct
{
  TrkCandidate *candidate; /* borrowed */
  guint event;
  guint series; /* which one of this update: those of one UID are of one */
  guint day;    /* with which that begins, as YYYYMMDD; 0: not known */
} TrkMember;

/* Those of one series; borrowed. */
typedef struct
{
  const TrkMember *all;
  guint n;
} TrkMembers;

/* Writes series after series of a calendar, within what they may cost together: @allowance is
 * copied, @candidates borrowed. */
typedef struct _TrkSeriesRows TrkSeriesRows;

TrkSeriesRows *trk_series_rows_new (const TrkCandidates *candidates, const TrkAllowance *allowance);
void trk_series_rows_free (TrkSeriesRows *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSeriesRows, trk_series_rows_free)

/* All that the calendar says about one UID becomes rows: its events are taken apart (under the
 * guard), expanded, written. What the index had of them is gone. */
gboolean trk_series_rows_write (TrkSeriesRows *series, TrkMembers members, GError **error);

G_END_DECLS
