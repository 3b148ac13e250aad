/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-doctor.h"

G_BEGIN_DECLS

/* What is said of the devices that tell of a call: who uses them, or that nothing here can see
 * them. Asks the program that the daemon asks, for seconds at most. Owned by the caller. */
char *trk_doctor_calls (TrkHealth *health);

G_END_DECLS
