/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-entry.h"
#include "trk-notice.h"
#include "trk-policy.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* What a notice says: the title is the block, the body one line that a glance can read. All
 * borrowed; what a kind of notice does not mention is ignored. */
typedef struct
{
  const TrkBlock *block;
  TrkPeriod span;              /* its time now */
  const TrkPolicies *policies; /* for the lengths on the buttons */
  const TrkZone *zone;
  TrkInstant now;
  TrkDuration late;          /* START: it began so long ago; 0 on time */
  TrkDuration worked;        /* END, OVERTIME, LIMIT, DAY_END: time that was kept */
  guint reminder, reminders; /* REMINDER: the n-th of at most */
  guint postpones;           /* so often breaks of today may still be postponed */
  const char *next;          /* title of the next block (nullable) */
  gboolean started;          /* GUARD: the program was started; else it is in front */
  const char *cause;  /* GUARD: the program; OWED: a sentence, who took the break; OVERTIME: what is
                         worked on; END: what goes on now (nullable) */
  TrkPeriod gone;     /* GAP, DIGEST: the absence */
  gboolean off;       /* GAP, DIGEST: all that is known of it is that trackerd did not run */
  gboolean changed;   /* GAP: nobody was away; a change of the log left the time without an entry */
  const char *missed; /* DIGEST: titles (nullable) */
  const TrkNotice *digest; /* GAP: what passed meanwhile, told with it (nullable) */
  const TrkEntry *cut; /* DIGEST: what was started by hand and ended with the machine (nullable) */
  gboolean runs;       /* GAP: what was paused goes on; DIGEST: block runs now */
} TrkNoticeFacts;

TrkNotice *trk_notice_compose (TrkNoticeKind kind, const char *key, const TrkNoticeFacts *facts);

G_END_DECLS
