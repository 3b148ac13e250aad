/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-json.h"

G_BEGIN_DECLS

/* Adds snoozed_to, extended_to, started_early_at and left_at to an object: where the user moved the
 * start and the end of @record from, each null when nowhere. @record is (nullable): all are null.
 * @end: the end that holds, extended as far as nothing is in the way. */
void
trk_moved_json_add (TrkJson *builder, const TrkBlockRecord *record, TrkInstant end, TrkInstant now);

G_END_DECLS
