/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* What the user may not have expected of a block that was just put at @period: that it is over,
 * what of it others take in the plan, and what it takes of theirs. A line for each on the session's
 * out; none when it has its time for itself, or when the calendars cannot be read, which every
 * other command tells. @uid: of its event in @calendar; @many: of a series, of which @period is
 * one. */
void trk_block_place_say (
    TrkSession *session, const char *calendar, const char *uid, TrkPeriod period, gboolean many);

G_END_DECLS
