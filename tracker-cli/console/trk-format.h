/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-style.h"
#include "trk-when.h"

G_BEGIN_DECLS

/* Times and numbers as the commands show them. All results are owned by the caller. */

/* "09:00–10:30", open "09:00–", of a day or longer "23:00–Tue 24 Nov 05:00". */
char *trk_format_span (const TrkZone *zone, TrkPeriod period);
char *trk_format_day (TrkDay day, TrkDay today); /* "Monday 23 November", another year is added */
char *trk_format_distance (TrkDay day, TrkDay today); /* "today", "in 3 days", "5 days ago" */

/* When nothing was found in @period, which was given as @span: "today", "on Tuesday 17 November, 5
 * days ago", "then". */
char *trk_format_empty (const TrkAlmanac *almanac, TrkPeriod period, TrkSpan span, TrkInstant now);
char *trk_format_day_short (TrkDay day, TrkDay today); /* "Mon 23 Nov", another year is added */

/* "09:05" on the day @today of @almanac, "Mon 23 Nov 09:05" on another. */
char *trk_format_moment (const TrkAlmanac *almanac, TrkInstant instant, TrkDay today);

/* "09:05" for what comes within half a day, else as trk_format_moment(). */
char *trk_format_coming (const TrkAlmanac *almanac, TrkInstant instant, TrkInstant now);

/* "83.2", "-0.5", "412": no more digits than were given, a point whatever the locale. */
char *trk_format_number (double value);

/* "1 task", "2 tasks"; @many NULL: @one with an s. */
char *trk_format_count (gint64 count, const char *one, const char *many);

/* @text as @style can show it, in exactly @width columns; what is cut ends in "…", or plain dots.
 * Owned by the caller. */
char *trk_format_fit (const TrkStyle *style, const char *text, gsize width);

/* The same of @shown, which is as @style can show it already. */
char *trk_format_shown_fit (const TrkStyle *style, const char *shown, gsize width);

/* @text as @style can show it, broken at spaces into lines of at most @width columns; only a word
 * that is wider than that is cut. Owned by the caller. */
GStrv trk_format_lines (const TrkStyle *style, const char *text, gsize width);

/* The same of @shown, which is as @style can show it already. */
GStrv trk_format_shown_lines (const TrkStyle *style, const char *shown, gsize width);

/* A title as trk_format_lines(), in at most four lines, all behind the blanks that it begins
 * with: of a very long one the last is cut. Owned by the caller. */
GStrv trk_format_title (const TrkStyle *style, const char *title, gsize width);

/* The same of @shown, which is as @style can show it already. */
GStrv trk_format_shown_title (const TrkStyle *style, const char *shown, gsize width);

G_END_DECLS
