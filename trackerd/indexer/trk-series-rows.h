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

/* All that the calendar says about one UID becomes rows: what the index had of it goes, its events
 * are taken apart (under the guard), expanded, written. @members: of TrkMember. */
gboolean trk_series_rows_write (const TrkCandidates *candidates,
                                const GArray *members,
                                TrkAllowance *allowance,
                                GError **error);

G_END_DECLS
