/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-entry.h"
#include "trk-style.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* The hours that the day's blocks and entries take: from full hour to full hour inside @day, empty
 * when there are none. An open entry reaches to @now. */
TrkPeriod
trk_day_bar_hours (TrkPeriod day,
                   const GPtrArray *records,
                   const GPtrArray *entries,
                   TrkInstant now,
                   const TrkZone *zone);

/* @period as @width characters, each what takes most of its time: what was kept (█ focus, ▓ other
 * work, ▒ break), else what is or was planned (░), else nothing (·); without Unicode # = ~ - and .
 * Owned by the caller. */
char *
trk_day_bar_new (const TrkStyle *style,
                 TrkPeriod period,
                 guint width,
                 const GPtrArray *records,
                 const GPtrArray *entries,
                 TrkInstant now);

G_END_DECLS
