/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-when.h"

G_BEGIN_DECLS

/* The parts of the WHEN grammar, shared by days and moments; not for other floors. */

/* Days as a term names them, both included. */
typedef struct
{
  TrkDay first;
  TrkDay last;
  TrkSpan span;
  gboolean civil; /* written as a date: a time with it means that date, not the almanac's day */
} TrkWhenDays;

/* @text in lower case with single spaces and no ends, owned by the caller; NULL when it is longer
 * than any WHEN can be. */
char *trk_when_normalise (const char *text);

/* Does the whole @text look like @pattern? "2" stands for one or two digits, "4" for four, "n" for
 * one to five, each giving one of @values; any other character stands for itself. */
gboolean trk_when_scan (const char *text, const char *pattern, int *values);

gboolean trk_when_weekday (const char *word, int *weekday); /* "mon", "monday": 1 … */
gboolean trk_when_month (const char *word, int *month);     /* "nov", "november": 1 … */

/* One term of days (no A..B), normalised. FALSE: it is none, or lies outside the years 1–9999. */
gboolean
trk_when_days (const char *text, const TrkAlmanac *almanac, TrkDay today, TrkWhenDays *days);

/* Sets TRK_ERROR_USAGE "'@text' is not @wanted", for @text as it was typed. Returns FALSE. */
gboolean trk_when_fail (const char *text, const char *wanted, GError **error);

G_END_DECLS
