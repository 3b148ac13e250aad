/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-log.h"

/* What a whole day's log must say; what it does not is broken in the log. */

/* No work was kept as seen or as planned while nobody was there (@nobody), where that pauses it,
 * nor of any kind while the machine slept or its clock jumped (@dark). */
void engine_truth_check_absence (EngineLog *log,
                                 const TrkPolicies *policies,
                                 const TrkPeriodSet *nobody,
                                 const TrkPeriodSet *dark);
/* No entry reaches into time in which no daemon was there, but for what the user says afterwards.
 */
void engine_truth_check_outages (EngineLog *log, const TrkPeriodSet *down);
/* From @from on the entries and gaps of each block of work fill it. */
void engine_truth_check_sum (EngineLog *log, const TrkPlan *plan, TrkInstant from);
