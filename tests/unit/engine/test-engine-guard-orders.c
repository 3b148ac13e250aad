/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-orders.h"

/* Every order of what the focus guard sees and is told: programs, answers, and what begins and ends
 * the focus that it guards. A step of the clock is longer than an allowance, being away is not. */

static const Event events[] = {
  EVENT_DEADLINE,   EVENT_BLOCK_START, EVENT_BLOCK_END,     EVENT_AWAY,       EVENT_BACK,
  EVENT_FRONT,      EVENT_STARTED,     EVENT_STARTED_OTHER, EVENT_GUARD_BACK, EVENT_GUARD_ALLOW,
  EVENT_GUARD_WORK, EVENT_STOP,        EVENT_RESTART,       EVENT_CLOCK_STEP,
};

static const EngineOrders orders = { events, G_N_ELEMENTS (events), 3 };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/guard-orders", &orders, engine_orders_try);
  return g_test_run ();
}
