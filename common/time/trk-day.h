/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* Civil days since 1970-01-01 (a Thursday, day 0); proleptic Gregorian, may be negative. */
typedef gint32 TrkDay;

/* A wall clock's reading: a day and µs since its midnight, 0 ≤ µs < 86,400,000,000. */
typedef struct
{
  TrkDay day;
  TrkDuration time;
} TrkLocal;

TrkDay trk_day_from_ymd (int year, int month, int day); /* month 1–12, day 1–31; not checked */
void trk_day_to_ymd (TrkDay day, int *year, int *month, int *mday);
gboolean trk_day_valid (int year, int month, int mday); /* exists in the calendar; years 1–9999 */
int trk_day_weekday (TrkDay day);                       /* 1 Monday … 7 Sunday (ISO 8601) */
void trk_day_iso_week (TrkDay day, int *year, int *week);
char *trk_day_to_iso (TrkDay day); /* "2026-11-23", owned by the caller */
gboolean trk_day_from_iso (const char *text, TrkDay *day);

/* A local reading as one number: what an instant would be if the zone were UTC. Sorting and adding
 * exact lengths to wall-clock times is plain arithmetic on it. */
TrkInstant trk_local_to_wall (TrkLocal local);
TrkLocal trk_local_from_wall (TrkInstant wall);

G_END_DECLS
