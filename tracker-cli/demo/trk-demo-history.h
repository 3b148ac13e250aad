/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* The shipped history of a developer's weeks, moved so that its last week is the one of @now. */

/* Reads data/demo/@name into @store, in one transaction. A moment in the file is "DAY HH:MM:SS",
 * DAY counted from the Monday of this week, or "now SECONDS". Of the former kind everything from
 * today on is left out: what is completed later is open still. Tasks keep the numbers of the file
 * when the log is empty. INVALID with file and line for a row that is malformed. */
gboolean trk_demo_load (
    TrkStore *store, const char *name, const TrkAlmanac *almanac, TrkInstant now, GError **error);

G_END_DECLS
