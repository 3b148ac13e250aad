/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-world.h"

/* What there is to be seen of a world: what status says, and what the log has. Two worlds that
 * differ only in that the daemon of one of them was stopped in order at @stopped and started again
 * at once (0: never) show the same lines. Owned by the caller. */
char *engine_shown (const World *world, TrkInstant stopped);
