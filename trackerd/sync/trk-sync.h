/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"
#include "trk-clock.h"

#include <stdio.h>

G_BEGIN_DECLS

/* Brings the copies of subscribed calendars up to date, all at the same time. */
typedef struct
{
  TrkClock *clock;
  const GPtrArray *calendars; /* of TrkCalendar; those without an address are passed over */
  gboolean by_hand;           /* all of them, due or not; and a locked secret store may ask */
  const char *password;       /* of all of them, instead of the stored one (nullable) */
  guint patience;             /* seconds for each */
  FILE *out;                  /* one line for each calendar: what came of it */
} TrkSyncRequest;

/* How many could not be fetched; their copies are as they were. */
guint trk_sync_run (const TrkSyncRequest *request);

G_END_DECLS
