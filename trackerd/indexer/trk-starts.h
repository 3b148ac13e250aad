/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-vevent.h"

G_BEGIN_DECLS

/* When the instances of a master begin: DTSTART, its RRULEs and RDATEs, without what its EXRULEs
 * name (RFC 5545 3.8.5). EXDATE and overrides come later. */

/* One start. */
typedef struct
{
  TrkInstant wall; /* in the zone of the master's start */
  TrkInstant key;  /* trk_moment_key() of it */
  gboolean has_length;
  TrkLength length; /* of an RDATE that is a PERIOD */
} TrkStart;

enum
{
  TRK_STARTS_MAX = 50000 /* of one series in one window */
};

/* Those that may reach into @window, or may be moved into it by at most @shift, into @starts (of
 * TrkStart): ascending, each instant once (3.8.5: a recurrence set; two wall-clock times are one
 * instant where a gap moves the first onto the second). Costs @budget. FALSE: out of budget, or
 * more than TRK_STARTS_MAX. */
gboolean trk_starts_collect (
    const TrkVevent *master, TrkPeriod window, TrkDuration shift, guint *budget, GArray *starts);

/* @other in the wall clock of @start: a date takes its time of day. */
TrkInstant trk_starts_wall_of (const TrkMoment *start, const TrkMoment *other);

G_END_DECLS
