/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-doctor.h"

G_BEGIN_DECLS

/* What is said of the devices by which a call is seen: who uses them, or that nothing here can
 * tell. Asks the program that the daemon asks, which answers within seconds. Owned by the caller.
 */
char *trk_doctor_calls (TrkHealth *health);

G_END_DECLS
