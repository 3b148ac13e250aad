/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-clock.h"

G_DEFINE_INTERFACE (TrkClock, trk_clock, G_TYPE_OBJECT)

static void
trk_clock_default_init (TrkClockInterface *iface)
{
  g_signal_new ("jumped", G_TYPE_FROM_INTERFACE (iface), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

TrkInstant
trk_clock_now (TrkClock *clock)
{
  return TRK_CLOCK_GET_IFACE (clock)->now (clock);
}

const TrkZone *
trk_clock_zone (TrkClock *clock)
{
  return TRK_CLOCK_GET_IFACE (clock)->zone (clock);
}

void
trk_clock_arm (TrkClock *clock, TrkInstant at, GSourceFunc fire, gpointer data)
{
  TRK_CLOCK_GET_IFACE (clock)->arm (clock, at, fire, data);
}

gboolean
trk_clock_take_sleep (TrkClock *clock, TrkPeriod *asleep)
{
  TrkClockInterface *iface = TRK_CLOCK_GET_IFACE (clock);

  return iface->take_sleep != NULL && iface->take_sleep (clock, asleep);
}
