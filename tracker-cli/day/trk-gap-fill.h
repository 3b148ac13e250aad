/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-store.h"

G_BEGIN_DECLS

/* Writes what @gap was: its answer; for worked time and breaks an entry in its place, by hand, as
 * far as no other entry is there; and whether its block is done with that. Part of a transaction;
 * @zone is the entry's. */
gboolean
trk_gap_fill (TrkStore *store, TrkGap *gap, TrkAnswer answer, const char *zone, GError **error);

G_END_DECLS
