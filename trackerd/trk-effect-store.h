/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-effect.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* What one effect means for the log; inside a transaction. Effects that are no matter of the log
 * (WITHDRAW, FOCUS_*, LOCK) do nothing. @zone: IANA name for new entries. @number gets the number
 * of a NOTIFY's record, 0 for others. Errors are the store's. */
gboolean trk_effect_store (
    TrkStore *store, const TrkEffect *effect, const char *zone, gint64 *number, GError **error);

G_END_DECLS
