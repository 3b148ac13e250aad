/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"
#include "trk-style.h"
#include "trk-when.h"

G_BEGIN_DECLS

/* Words and lines that all text reports share. Texts are made with Unicode's signs; the finished
 * page goes through trk_style_text(). Results are owned by the caller unless they are static. */

const char *trk_words_weekday (TrkDay day); /* "Mon" (static) */

/* "Monday 23 November", "Week 48 · 23–29 November", "November 2026", "23 November – 6 December";
 * with the year when it is not @today's. */
char *trk_words_period (TrkPeriod period, TrkSpan span, const TrkAlmanac *almanac, TrkDay today);

char *trk_words_days (TrkDay first, TrkDay last); /* "23–29 Nov", "30 Nov – 6 Dec" */
char *trk_words_time_of (const TrkZone *zone, TrkInstant at); /* "Wed 09:02" */

/* At most @decimals digits after the point, which is one in every locale; no zeros at the end. */
char *trk_words_number (double value, guint decimals);

/* "74 %", or "n/a". Not all is never 100 %, and something is never 0 %. */
char *trk_words_percent (TrkRatio ratio);

/* "×1.4", or "n/a"; "not worked" for 0, and something is never ×0.0: "under ×0.1". */
char *trk_words_times (TrkRatio ratio);

/* "1 point", "2.5 points". */
char *trk_words_count (double count, const char *one, const char *many);

/* @text broken at spaces so that lines fill at most the style's columns; lines after the first are
 * indented by @indent. Ends with a line end. */
void trk_words_paragraph (GString *page, const TrkStyle *style, const char *text, guint indent);

/* The same for a line that already stands at @indent. */
void
trk_words_paragraph_from (GString *page, const TrkStyle *style, const char *text, guint indent);

/* " label     part · part · part", broken between parts; where one is too long, between words.
 * Nothing when @parts (of char*) is empty. */
void
trk_words_section (GString *page, const TrkStyle *style, const char *label, const GPtrArray *parts);

#define TRK_LABEL_COLUMNS 11

/* An array that owns the parts of one section, and a part of it. */
GPtrArray *trk_parts_new (void);
void trk_parts_add (GPtrArray *parts, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* "trackerd has kept time since 23 November 10:12; @lost.", or that it has kept none yet (@since is
 * TRK_NEVER). @now: in the year of which no year is named. */
void trk_words_kept_since (GString *page,
                           const TrkStyle *style,
                           TrkInstant since,
                           const TrkZone *zone,
                           TrkInstant now,
                           const char *lost);

/* The finished page as @style can show it; takes @page. */
char *trk_words_finish (GString *page, const TrkStyle *style);

G_END_DECLS
