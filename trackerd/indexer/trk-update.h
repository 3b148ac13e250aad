/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-guard.h"
#include "trk-index-writer.h"
#include "trk-zone-names.h"

G_BEGIN_DECLS

/* What one run of the indexer carries from calendar to calendar; all parts are borrowed. */
typedef struct
{
  const TrkIndexerJob *job;
  TrkGuard *guard;
  TrkIndexWriter *writer;
  TrkZoneNames *names;
  TrkPeriod window;
  gboolean everything; /* the window changed: nothing expanded before is of use */
  guint done, total;   /* series */
} TrkUpdate;

G_END_DECLS
