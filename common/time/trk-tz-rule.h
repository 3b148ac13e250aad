/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-day.h"

G_BEGIN_DECLS

/* A day of the year on which an offset changes, as POSIX.1 writes it in TZ. */
typedef struct
{
  enum
  {
    TRK_TZ_DATE_WEEKDAY,  /* Mm.w.d: the w-th weekday d of month m, 5 being the last */
    TRK_TZ_DATE_NO_LEAP,  /* Jn: 1–365, 29 February is never counted */
    TRK_TZ_DATE_ZERO_DAY, /* n: 0–365, it is */
  } form;
  int month, week, day;
  TrkDuration time; /* of the wall clock in force before the change; −167 h … 167 h (RFC 8536) */
} TrkTzDate;

/* A POSIX TZ rule: the offsets of a year for all years. A plain value. */
typedef struct
{
  TrkDuration standard; /* east of Greenwich is positive */
  gboolean has_summer;
  TrkDuration summer;
  TrkTzDate summer_from, summer_to;
} TrkTzRule;

/* Reads "CET-1CEST,M3.5.0,M10.5.0/3", "<+0330>-3:30". A summer time without dates has those of the
 * United States, as everywhere. */
gboolean trk_tz_rule_parse (const char *text, TrkTzRule *rule);

/* The offset in force at @instant, and before @until. */
TrkDuration trk_tz_rule_offset (const TrkTzRule *rule, TrkInstant instant, TrkInstant *until);

G_END_DECLS
