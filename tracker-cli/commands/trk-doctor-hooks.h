/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-doctor.h"

G_BEGIN_DECLS

/* What is said of the user's programs: how many there are, which are not run and why, which did not
 * work the last time. Owned by the caller. */
char *trk_doctor_hooks (TrkSession *session, TrkHealth *health);

G_END_DECLS
