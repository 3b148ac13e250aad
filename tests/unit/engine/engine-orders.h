/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-world.h"

typedef struct
{
  const Event *events;
  gsize n_events;
  guint minutes; /* that an event takes, where that matters */
} EngineOrders;

/* Tries every order of these events on a day, to the depth of TRACKERD_ORDERS (three without it):
 * after each of them, and at the end of the day, the rules of engine-world.h hold. Orders that lead
 * to the same state are followed once, which leaves nothing out and makes depth six possible. With
 * TRACKERD_ORDERS_SHARE only each so many-th state before the last event is followed. @data is an
 * EngineOrders: a test function of GTest. */
void engine_orders_try (gconstpointer data);
