/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"
#include "trk-plan.h"

/* Small days written as text, so that a table's row shows what goes in and what comes out. */

/* 2026-11-23 00:00 UTC, a Monday. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

/* An event of calendar "work" from @start to @end. */
TrkOccurrence *fixture_event (const char *uid, TrkInstant start, TrkInstant end);

/* "focus A 0900-1030, meeting B 1000-1030": events whose UID and summary are the letter and whose
 * X-TRACKERD-KIND is the word. "home/A" is event A of calendar "home". */
GPtrArray *fixture_events (const char *text);

/* A whole-day period around DAY_START and the default policies. */
TrkPeriod fixture_day (void);
TrkPlanInput fixture_input (TrkPolicies *policies); /* fills *policies */

/* "A 0900-1000, B 1000-1030": titles (with "#2" of the ID) and periods, in the plan's order. */
char *fixture_blocks_text (const TrkPlan *plan);

/* "A-B 1000-1030": what A lost to B; then " whole", " owed", " copy" as it is. */
char *fixture_squeezed_text (const TrkPlan *plan);
