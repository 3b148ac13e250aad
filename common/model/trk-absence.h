/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"

/* What is known of the user's last absences beyond the gaps that they left: time that is nobody's
 * has none. */
typedef struct
{
  TrkInstant away;  /* the user is, since then; 0: there, or nothing tells */
  TrkInstant there; /* nobody was there for a while before this moment; 0 unknown */
  TrkPeriod rested; /* the last absence that may count as a break; empty: none */
  TrkInstant asked; /* gaps without an answer from this one on are of one absence, and can be
                       answered; TRK_NEVER: none can; 0 unknown */
} TrkAbsence;
