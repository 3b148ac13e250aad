/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"
#include "trk-recurrence.h"

G_BEGIN_DECLS

/* Property values (RFC 5545 3.3). What libical reads rightly it reads (durations, rules); dates are
 * read here, because libical turns 30 February into 1 March without a word. Errors are
 * TRK_ERROR_INVALID, a reason in words for a diagnostic. */

/* DATE or DATE-TIME as written. */
typedef struct
{
  TrkInstant wall; /* midnight of a DATE */
  gboolean is_date;
  gboolean is_utc;  /* ended with Z */
  gboolean is_long; /* not as RFC 5545 writes it, but as ISO 8601 at length */
} TrkDateValue;

/* The midnight before @wall, a wall clock, or @wall when it is one. */
TrkInstant trk_wall_midnight (TrkInstant wall);

/* "20261123", "20261123T090000", "20261123T090000Z"; the day must exist (years 1–9999). A second
 * 60 is read as 59 (3.3.12 leaves it to the implementation), 24:00:00 is refused.
 *
 * What some scripts write can mean only one thing and is read, too, for the caller to tell: hyphens
 * and colons ("2026-11-23T09:00:00"), a space for the T, no seconds, fractions of one (passed
 * over), an offset from UTC ("+0100", "-05:30"; then it is_utc and @wall is in UTC). */
gboolean trk_date_value_parse (const char *text, TrkDateValue *value, GError **error);

/* A length: days keep the clock's reading, the rest is exact (3.3.6). */
typedef struct
{
  int days;
  TrkDuration exact;
} TrkLength;

/* "P1DT2H", "-PT15M", "P2W"; at most some thirty years. */
gboolean trk_length_parse (const char *text, TrkLength *length, GError **error);

/* An RRULE or EXRULE. Parts that the RFC does not know are left out and named in @unknown
 * (nullable, owned by the caller, NULL when there are none), and so is a COUNT below nothing.
 * INTERVAL=0, a value out of range, RSCALE are errors. COUNT with UNTIL, which the RFC forbids, are
 * both taken. UNTIL is taken as written: @until says how. */
TrkRecurrence *
trk_rule_parse (const char *text, TrkDateValue *until, char **unknown, GError **error);

G_END_DECLS
