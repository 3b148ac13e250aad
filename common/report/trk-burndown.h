/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-sprint-figures.h"

G_BEGIN_DECLS

/* Remaining work at the end of each day of the sprint against the ideal line, which falls from what
 * was committed to nothing over the working days. Array of TrkBurndownDay owned by the caller.
 * @members: of TrkSprintMember, measured. */
GArray *trk_burndown_new (const TrkSprintInput *input, TrkBurn burn, const GArray *members);

G_END_DECLS
