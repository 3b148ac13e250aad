/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"

G_BEGIN_DECLS

/* The kind of period that a WHEN names: reports choose their shape by it. */
typedef enum
{
  TRK_SPAN_DAY,
  TRK_SPAN_WEEK,
  TRK_SPAN_MONTH,
  TRK_SPAN_OTHER,
} TrkSpan;

/* The WHEN grammar: today, yesterday, tomorrow; mon … sun (that day of the current week), "last
 * mon" and "next mon" (the nearest before and after today); 2026-11-23, 23.11., 23 nov; 2026-W48,
 * w48; 2026-11, nov 2026; 2026; "[this|last|next] week|month|year"; -7d, +2d, -2w, "last 7 days"
 * (that many days or weeks up to and with today, or from today on); "3 days ago"; A..B (both ends
 * included; either may be left out, an open end being today). A time may follow a day where a
 * moment is wanted: trk_when_parse_instant(). Case does not matter. "sprint" is not known here: the
 * caller resolves it from the log first.
 *
 * @now decides what "today" is. @period gets [start of the first day, start of the day after the
 * last); @span may be NULL. TRK_ERROR_USAGE names the text and examples. */
gboolean trk_when_parse (const char *text,
                         const TrkAlmanac *almanac,
                         TrkInstant now,
                         TrkPeriod *period,
                         TrkSpan *span,
                         GError **error);

/* The days of a WHEN whose first one is written as a date, from midnight to midnight: what a
 * calendar has on them. FALSE: it is none, or says days otherwise, which are the almanac's
 * alone. */
gboolean trk_when_parse_dates (const char *text,
                               const TrkAlmanac *almanac,
                               TrkInstant now,
                               TrkPeriod *dates);

/* A moment: "09:10" (of the current day), "9", "9am", "noon", "tue 09:00", "yesterday 17:30",
 * "2026-11-23 09:00", ISO 8601 with or without offset, "now", "-10m", "+1h", "10m ago", "in 10m";
 * a day alone is its start. A time before the start of the day is the night that ends that day
 * ("yesterday 01:30" with days that begin at 04:00), unless the day is written as a date. */
gboolean trk_when_parse_instant (const char *text,
                                 const TrkAlmanac *almanac,
                                 TrkInstant now,
                                 TrkInstant *instant,
                                 GError **error);

/* "09:10-10:00", "09:10..10:00", "09:10–10:00", "yesterday 22:00-01:00" (an end before the start is
 * the next day's), "09:10 50m" (start and length). */
gboolean trk_when_parse_period (
    const char *text, const TrkAlmanac *almanac, TrkInstant now, TrkPeriod *period, GError **error);

/* As trk_when_parse_period(), for what has happened: a stretch without a day that would lie ahead
 * of
 * @now is the one a day before, so that "01:30-02:30" said in the morning means last night. One
 * that holds @now, or that says its day, stays as it is. */
gboolean trk_when_parse_past_period (
    const char *text, const TrkAlmanac *almanac, TrkInstant now, TrkPeriod *period, GError **error);

G_END_DECLS
