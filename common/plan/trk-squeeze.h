/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"

G_BEGIN_DECLS

/* What happened to a block, or part of one, that another one was put over. A busy week has
 * thousands: they are values, in arrays that own their blocks. */
typedef struct
{
  TrkBlock *block; /* as it was wanted */
  TrkBlock *by;    /* the winner, as it is planned */
  TrkPeriod lost;  /* what the winner took, with the piece beside it that was too small to keep */
  guint whole : 1; /* nothing of it is left */
  guint owed : 1;  /* a break that meetings took more than half of: offered when the last of
                      them ends, so one row of a break at most says so */
  guint duplicate : 1; /* @by is the same event (UID and time) in another calendar or file */
} TrkSqueeze;

/* An empty array of TrkSqueeze; it and its copies hold references to their blocks. Owned by the
 * caller. */
GArray *trk_squeezes_new (void);
/* A copy of @squeeze, with references of its own, at the end or before the one at @index. */
void trk_squeezes_add (GArray *squeezes, TrkSqueeze squeeze);
void trk_squeezes_insert (GArray *squeezes, guint index, TrkSqueeze squeeze);
void trk_squeezes_sort (GArray *squeezes); /* by the lost time, then by the loser's ID */

G_END_DECLS
