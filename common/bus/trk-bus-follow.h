/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-wire.h"
#include "trk-clock.h"

G_BEGIN_DECLS

/* trk_bus_client_follow() by that clock, on the default main context. Blocks. */
gboolean trk_bus_follow (TrkClock *clock, const TrkBusFollower *follower, GError **error);

G_END_DECLS
