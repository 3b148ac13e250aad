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

/* All that the calendar says about one UID becomes rows: its events are taken apart (under the
 * guard), expanded, written. What the index had of them is gone. */
gboolean trk_series_rows_write (const TrkCandidates *candidates,
                                TrkMembers members,
                                TrkAllowance *allowance,
                                GError **error);

G_END_DECLS
