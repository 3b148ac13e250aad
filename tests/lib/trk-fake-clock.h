/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-clock.h"

G_BEGIN_DECLS

/* A clock that stands until the test moves it. Alarms fire while it is moved, each at its own
 * instant and in order, so that a day passes in a millisecond. */
#define TRK_TYPE_FAKE_CLOCK (trk_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (TrkFakeClock, trk_fake_clock, TRK, FAKE_CLOCK, GObject)

/* Shows @now in @zone (referenced; NULL: UTC). */
TrkFakeClock *trk_fake_clock_new (TrkInstant now, TrkZone *zone);

/* Time passes up to @until. Whenever the alarm is due on the way, the clock shows the alarm's
 * instant and it fires; an alarm that is armed in the past fires at the next call. */
void trk_fake_clock_advance_to (TrkFakeClock *clock, TrkInstant until);
void trk_fake_clock_advance (TrkFakeClock *clock, TrkDuration length);

/* The wall clock is set to @now, forward or back: "jumped", then an alarm that has passed. */
void trk_fake_clock_set (TrkFakeClock *clock, TrkInstant now);

/* The machine sleeps for @length: nothing fires meanwhile; then as above, with a sleep to take. */
void trk_fake_clock_sleep (TrkFakeClock *clock, TrkDuration length);

/* The user travels: "jumped". */
void trk_fake_clock_set_zone (TrkFakeClock *clock, TrkZone *zone);

/* When the alarm is set for; TRK_NEVER: it is not. */
TrkInstant trk_fake_clock_alarm (TrkFakeClock *clock);

/* How often an alarm fired so far: what woke the process. */
guint trk_fake_clock_wakeups (TrkFakeClock *clock);

G_END_DECLS
