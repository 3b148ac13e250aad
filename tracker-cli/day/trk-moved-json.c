/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-moved-json.h"

static TrkInstant
later (TrkInstant at, TrkInstant planned)
{
  return at > planned ? at : 0;
}

static TrkInstant
earlier (TrkInstant at, TrkInstant planned)
{
  return at < planned ? at : 0;
}

void
trk_moved_json_add (TrkJson *builder, const TrkBlockRecord *record, TrkInstant end, TrkInstant now)
{
  static const TrkBlockState nowhere = { 0 };
  const TrkBlockState *state = record != NULL ? record->state : &nowhere;
  TrkPeriod planned = record != NULL ? record->block->period : (TrkPeriod){ 0, 0 };
  gboolean to_come = state->start > now; /* snoozed, were it before its time */

  trk_json_instant (builder, "snoozed_to",
                    to_come ? state->start : later (state->start, planned.start));
  trk_json_instant (builder, "extended_to", record != NULL ? later (end, planned.end) : 0);
  trk_json_instant (builder, "started_early_at",
                    to_come ? 0 : earlier (state->start, planned.start));
  trk_json_instant (builder, "left_at", earlier (state->end, planned.end));
}
