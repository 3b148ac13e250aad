/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-orders.h"

/* Every order of the events that a day can bring. */

static const Event events[] = {
  EVENT_BLOCK_START, EVENT_BLOCK_END,   EVENT_AWAY,        EVENT_BACK,
  EVENT_LOCK,        EVENT_FALL_ASLEEP, EVENT_WAKE,        EVENT_SNOOZE,
  EVENT_EXTEND,      EVENT_SKIP,        EVENT_STOP,        EVENT_START,
  EVENT_PLAN_CHANGE, EVENT_CLOCK_STEP,  EVENT_ZONE_CHANGE, EVENT_RESTART,
};
/* Unlocking is coming back: EVENT_BACK. */

static const EngineOrders orders = { events, G_N_ELEMENTS (events), 12 };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/orders", &orders, engine_orders_try);
  return g_test_run ();
}
