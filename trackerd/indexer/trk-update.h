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
  GHashTable *aside; /* events and files that killed an earlier run: guint64 → char* */
  TrkPeriod window;
  gboolean everything;   /* what was made before is of no use: another version, other zone data */
  gboolean other_window; /* nor is what recurs */
  guint done, total;     /* series */
} TrkUpdate;

/* What one calendar may still cost, so that one that gives more than a life has hours costs no
 * other one anything. */
typedef struct
{
  guint steps; /* of rules: see trk_series_expand() */
  guint occurrences;
} TrkAllowance;

G_END_DECLS
