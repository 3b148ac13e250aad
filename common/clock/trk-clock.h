/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"
#include "trk-zone.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define TRK_TYPE_CLOCK (trk_clock_get_type ())
G_DECLARE_INTERFACE (TrkClock, trk_clock, TRK, CLOCK, GObject)

/* Time as an object that is handed in: the system's in the programs, a fake in the tests. Used from
 * the thread that owns its main context only.
 *
 * Signal "jumped" (no arguments): the wall clock was set, the machine slept, or the zone changed;
 * whoever planned by the old time steps to now. The alarm stays armed over a jump. */
struct _TrkClockInterface
{
  GTypeInterface parent;

  TrkInstant (*now) (TrkClock *clock);
  const TrkZone *(*zone) (TrkClock *clock);
  void (*arm) (TrkClock *clock, TrkInstant at, GSourceFunc fire, gpointer data);
  gboolean (*take_sleep) (TrkClock *clock, TrkPeriod *asleep);
};

TrkInstant trk_clock_now (TrkClock *clock);

/* The user's zone now; owned by the clock, replaced at "jumped". */
const TrkZone *trk_clock_zone (TrkClock *clock);

/* Arms the one alarm at an absolute wall-clock instant, replacing the one before; TRK_NEVER
 * disarms.
 * @fire is called once, from the main context, at or after @at (at once when it has passed), also
 * when the clock jumps over it. Its return value is ignored. */
void trk_clock_arm (TrkClock *clock, TrkInstant at, GSourceFunc fire, gpointer data);

/* Did the machine sleep since this was last asked? Then @asleep is from the first moment that it
 * may have slept to the last; the answer is given once. A sleep is always told as "jumped" first,
 * so whoever steps at "jumped" asks here. Short ones (under a second) do not count. */
gboolean trk_clock_take_sleep (TrkClock *clock, TrkPeriod *asleep);

G_END_DECLS
