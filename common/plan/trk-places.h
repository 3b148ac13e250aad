/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"

G_BEGIN_DECLS

/* Where a block lies now. All borrowed. */
typedef struct
{
  const TrkBlock *block;
  const TrkBlockState *state;
  TrkPeriod span; /* snoozed, extended, left early, waiting for one before it; for a block that has
                     no time any more it may be empty or end before it starts */
} TrkPlace;

/* Fills in the spans of @places, which are sorted by trk_block_compare(). An extended block makes
 * those after it wait that have not begun, but ends where a meeting or off time begins, which wait
 * for nobody. The one place that says so. */
void trk_places_arrange (TrkPlace *places, gsize n);

/* Is it to begin after @now, or should it have begun? Not when no time is left of it. */
gboolean trk_place_comes (const TrkPlace *place, TrkInstant now);

gint trk_place_compare (gconstpointer a, gconstpointer b); /* by start, then trk_block_compare() */

G_END_DECLS
