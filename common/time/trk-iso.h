/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-day.h"

G_BEGIN_DECLS

/* What an ISO 8601 / RFC 3339 text says, as far as it says it. */
typedef struct
{
  TrkLocal local;
  gboolean has_time;
  gboolean has_offset;
  TrkDuration offset; /* east of Greenwich is positive; only with has_offset */
} TrkIso;

/* Reads "2026-11-23", "2026-11-23T09:00", "2026-11-23 09:00:00.5", each time with or without "Z" or
 * an offset ("+01:00", "+0100", "+01"). The whole text must fit. */
gboolean trk_iso_scan (const char *text, TrkIso *iso);

/* Reads exactly @digits decimal digits at *@text and moves it behind them. */
gboolean trk_iso_digits (const char **text, int digits, int *value);

/* The instant of an @iso that has an offset. */
TrkInstant trk_iso_instant (const TrkIso *iso);

G_END_DECLS
