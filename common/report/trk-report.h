/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-comparison.h"
#include "trk-explain.h"
#include "trk-json.h"
#include "trk-sprint-explain.h"
#include "trk-style.h"

G_BEGIN_DECLS

/* Figures as text for people (ends with a line end, fills at most the style's columns) and as JSON.
 * All borrowed. */
typedef struct
{
  const TrkFigureInput *input;
  const TrkFigures *figures;
  TrkSpan span;
  const GArray *comparisons; /* of TrkComparison (nullable) */
  const GPtrArray *findings; /* of char* (nullable) */
  TrkInstant kept_since;     /* the log's first trace; TRK_NEVER: it has none yet */
  TrkInstant unkept;         /* an entry is open and nobody keeps time: known up to here; 0 none */
  gboolean more_planned;     /* blocks of the period were over before that: they are in no figure */
} TrkReport;

char *trk_report_day (const TrkReport *report, const TrkStyle *style);
char *trk_report_week (const TrkReport *report, const TrkStyle *style); /* and all longer ones */
char *trk_report_focus (const TrkReport *report, const TrkStyle *style);
char *trk_report_sprint (const TrkSprintFigures *figures,
                         const TrkSprintInput *input,
                         const TrkStyle *style);

/* Since when time is kept, when that was too late for some of the sprint's work; else "". */
char *trk_report_sprint_since (const TrkSprintFigures *figures,
                               const TrkZone *zone,
                               const TrkStyle *style);

/* So much of a measure: "2 h 30" of hours, else the number. */
char *trk_burn_in_words (TrkBurn burn, double amount);

/* The comparisons as a table. */
char *trk_report_comparisons (const TrkReport *report, const TrkStyle *style);

/* The rows of one figure. */
char *trk_report_rows (const GPtrArray *rows,
                       const char *figure,
                       const TrkZone *zone,
                       const TrkStyle *style);

/* Each adds the members of one object, in which @builder stands. Lengths are whole seconds, each
 * rounded down on its own; instants are UTC. The keys are listed by `tracker help report`. */
void trk_report_add_json (const TrkReport *report, TrkJson *builder);
void trk_report_add_sprint_json (const TrkSprintFigures *figures, TrkJson *builder);

/* One array of objects. */
void trk_report_add_rows_json (const GPtrArray *rows, TrkJson *builder);

/* The day as a line of @width cells from its first full hour to its last: what was done, and what
 * is planned and not done (yet). */
char *trk_report_timeline (const TrkFigureInput *input, const TrkStyle *style, guint width);

/* A member of the object that @builder stands in; null: not known. */
void trk_report_add_ratio_json (TrkJson *builder, const char *key, TrkRatio ratio);

G_END_DECLS
