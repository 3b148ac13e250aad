/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-zone.h"

G_BEGIN_DECLS

/* A recurrence rule (RFC 5545 3.3.10) and its expansion in plain wall-clock time. Pure: no zone, no
 * clock, no library.
 *
 * Our own, because libical 3.0.16's iterator answers wrongly in a dozen combinations and hangs in
 * others, and nothing can interrupt it; here each candidate that is looked at is a step of a
 * budget. Where the RFC leaves room (DTSTART outside its rule): DTSTART is the first instance and
 * counts for COUNT. */

typedef enum
{
  TRK_FREQ_SECONDLY,
  TRK_FREQ_MINUTELY,
  TRK_FREQ_HOURLY,
  TRK_FREQ_DAILY,
  TRK_FREQ_WEEKLY,
  TRK_FREQ_MONTHLY,
  TRK_FREQ_YEARLY,
} TrkFrequency;

/* BYDAY: @nth 0 is every such weekday, 1 the first of the period, -1 the last. */
typedef struct
{
  gint8 weekday; /* 1 Monday … 7 Sunday */
  gint8 nth;     /* -53 … 53 */
} TrkByDay;

typedef struct
{
  TrkFrequency freq;
  guint interval; /* ≥ 1 */
  guint count;    /* 0: none */
  gboolean has_until;
  TrkInstant until; /* wall clock, inclusive */
  int week_start;   /* 1–7; 1 by default */
  guint64 seconds;  /* bit n: second n (0–59); 0: not given */
  guint64 minutes;
  guint64 hours;
  guint32 months;       /* bit 1 … 12 */
  GArray *month_days;   /* of gint16, ±1 … ±31; (owned) like all below, never NULL */
  GArray *year_days;    /* ±1 … ±366 */
  GArray *week_numbers; /* ±1 … ±53 */
  GArray *days;         /* of TrkByDay */
  GArray *positions;    /* BYSETPOS, ±1 … ±366 */
} TrkRecurrence;

TrkRecurrence *trk_recurrence_new (TrkFrequency freq);
void trk_recurrence_free (TrkRecurrence *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkRecurrence, trk_recurrence_free)

/* Appends to @out (GArray of TrkInstant) the wall-clock starts in [@from, @to) in ascending order;
 * @start is DTSTART, itself an instance. Each candidate costs a step of @budget. FALSE when the
 * budget is used up; then what was appended is incomplete. */
gboolean trk_recurrence_expand (const TrkRecurrence *rule,
                                TrkInstant start,
                                TrkInstant from,
                                TrkInstant to,
                                guint *budget,
                                GArray *out);

/* The same, but @start is an instance only when the rule names it, and COUNT counts only those: for
 * EXRULE (RFC 2445 4.8.5.2), which says what is left out, and says it by its rule alone. */
gboolean trk_recurrence_expand_named (const TrkRecurrence *rule,
                                      TrkInstant start,
                                      TrkInstant from,
                                      TrkInstant to,
                                      guint *budget,
                                      GArray *out);

G_END_DECLS
