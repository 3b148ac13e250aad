/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* CLOCK_REALTIME, for a program that reads the time once and waits for nothing: without the object
 * that arms timers, and what that is linked with. */
TrkInstant trk_system_time (void);

/* CLOCK_MONOTONIC in µs since some moment: for how long another process may take. */
gint64 trk_system_elapsed (void);

G_END_DECLS
