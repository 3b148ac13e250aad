/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-candidate.h"

G_BEGIN_DECLS

/* An event of a file that was read; those of one UID make a series. */
typedef struct
{
  TrkCandidate *candidate; /* borrowed */
  guint event;
} TrkMember;

/* What the index had of @members (of TrkMember) goes. */
gboolean
trk_series_rows_remove (const TrkCandidates *candidates, const GArray *members, GError **error);

/* All that the calendar says about one UID becomes rows: its events are taken apart (under the
 * guard), expanded, written. What the index had of them is gone. */
gboolean trk_series_rows_write (const TrkCandidates *candidates,
                                const GArray *members,
                                TrkAllowance *allowance,
                                GError **error);

G_END_DECLS
