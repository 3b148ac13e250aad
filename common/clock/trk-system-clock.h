/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-clock.h"

G_BEGIN_DECLS

#define TRK_TYPE_SYSTEM_CLOCK (trk_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (TrkSystemClock, trk_system_clock, TRK, SYSTEM_CLOCK, GObject)

/* CLOCK_REALTIME, with one timerfd (TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET) on the thread's
 * default main context, made at the first trk_clock_arm(): a program that only asks the time opens
 * nothing. When @watch_zone, the file that the zone comes from (/etc/localtime, or the path in TZ)
 * is watched: a change is told as "jumped" with a new trk_clock_zone(); while the file is missing
 * or garbage the last zone is kept. Nothing polls. */
TrkClock *trk_system_clock_new (gboolean watch_zone);

G_END_DECLS
