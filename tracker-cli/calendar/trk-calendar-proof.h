/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-occurrence.h"
#include "trk-zone.h"

#include <stdio.h>

G_BEGIN_DECLS

/* What a change of a calendar is to do to its occurrences. */
typedef enum
{
  TRK_BLOCK_ADD,
  TRK_BLOCK_MOVE,
  TRK_BLOCK_MOVE_ALL,
  TRK_BLOCK_REMOVE,
  TRK_BLOCK_REMOVE_ALL,
} TrkBlockAct;

typedef struct
{
  TrkBlockAct act;
  const TrkOccurrence
      *occurrence;  /* as it is; of ADD: as it shall be, once or for the first time */
  TrkPeriod wanted; /* of MOVE and MOVE_ALL */
  guint weekdays;   /* of ADD: as in TrkIcsNewEvent */
  TrkZone *zone;    /* of MOVE_ALL: by whose clock the series moves, … */
  TrkDuration time; /* … and the time of day at which it is by it */
} TrkBlockIntent;

/* Proves by the indexer, which reads for everyone, that the calendar file @after has the
 * occurrences of @before (NULL: none yet), but for what @intent says, and that no more of it is
 * unusable than was. TRK_ERROR_FAILED in words when it is not so. @home: the user's zone.
 * On @err, when it is a terminal, long work is told. */
gboolean trk_calendar_proof (const TrkBlockIntent *intent,
                             const char *before,
                             const char *after,
                             const TrkZone *home,
                             TrkInstant now,
                             FILE *err,
                             GError **error);

G_END_DECLS
