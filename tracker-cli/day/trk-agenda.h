/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-day-part.h"
#include "trk-entry.h"
#include "trk-json.h"
#include "trk-plan.h"
#include "trk-style.h"

G_BEGIN_DECLS

/* Plan and actual side by side, as data; how it is shown is another matter. */

/* One for each day that a block, or time that was kept without one, lies in: start_of_day cuts no
 * block in two, but what a day sums is the part inside. */
typedef struct
{
  const TrkBlockRecord *record; /* (nullable): time that was kept without a block of the plan */
  const char *title;
  TrkKind kind;
  TrkPeriod period; /* what is planned; of an unplanned row from its first start to its last end */
  TrkInstant end;  /* the end that holds: extended as far as nothing is in the way, or left early */
  TrkDayPart part; /* what of it is in the row's day, and where the rest is */
  TrkDuration planned; /* the part of the plan in the day; 0 when it is none */
  TrkDuration actual;  /* time of its entries in the day, up to now */
  TrkDuration on_plan; /* focus of it in the time of planned focus, as the reports count it */
  TrkDuration worked;  /* time of all its entries, in other days too */
  TrkDuration counts;  /* of that: what trk_kind_counts_for() it */
  gboolean open;       /* one of them runs, in this day */
  gboolean all_day;    /* time off that fills the whole of this day */
  TrkInstant first;    /* start of its first entry, 0 none */
  GPtrArray *gaps;     /* of TrkGap that lie in the day (owned array) (nullable) */
  GPtrArray *cuts;     /* of TrkSqueeze: who took a part of it (owned array) (nullable) */
} TrkAgendaRow;

/* The caller fills the first part; arrays are borrowed and must outlive it. */
typedef struct
{
  TrkAlmanac almanac;
  TrkInstant now;
  TrkPeriod period;             /* whole days */
  const GPtrArray *records;     /* of TrkBlockRecord that overlap it, or that its entries are of */
  const GPtrArray *entries;     /* of TrkEntry, as far as those reach */
  const GPtrArray *gaps;        /* of TrkGap */
  const GArray *squeezed;       /* of TrkSqueeze, by the time that was lost */
  const GPtrArray *occurrences; /* of TrkOccurrence that overlap it (nullable) */
  TrkPlanInput input;           /* what tells which of those make no block */
  gboolean with_all_free; /* list those among them, too, that were declined, that a rule ignores or
                             that have no length */
  TrkInstant kept_since;  /* the log's first trace; TRK_NEVER: it has none. What was over before
                             that is neither kept nor missed */

  GPtrArray *rows; /* of TrkAgendaRow, by day and start (owned) */
  GPtrArray *free; /* of TrkAgendaFree, by day (owned) */
} TrkAgenda;

/* An event that makes no block: a holiday that leaves the time free, a birthday, a reminder at one
 * o'clock; with_all_free one that was declined, that a rule ignores or that has no length. Nothing
 * is planned for it; that it is there is told all the same. What is cancelled is not there: the
 * index leaves it out. */
typedef struct
{
  TrkDay day, begun;
  const TrkOccurrence *occurrence; /* borrowed */
  char *title;                     /* safe to show (owned) */
  TrkNoBlock no_block;
  char *why; /* (owned) */
} TrkAgendaFree;

/* Makes the rows. A row for each day of the period in which a block or an entry lies; what counts
 * once, as an outcome does, counts in the day in which the block begins (trk_agenda_is_begun). */
void trk_agenda_fill (TrkAgenda *agenda);
void trk_agenda_clear (TrkAgenda *agenda);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkAgenda, trk_agenda_clear)

/* Is the row's day the one in which the block, or the time, begins? */
gboolean trk_agenda_is_begun (const TrkAgendaRow *row);

/* What became of the row's block, told once: NONE in all days but the one in which it begins. */
TrkOutcome trk_agenda_outcome (const TrkAgenda *agenda, const TrkAgendaRow *row);

/* What was squeezed out whole on @day, each block once, copies of one event not counted: rows of
 * TrkSqueeze, borrowed. */
GPtrArray *trk_agenda_lost (const TrkAgenda *agenda, TrkDay day);

/* For a terminal, with a line end at the end; @why lists every squeeze. Owned by the caller. */
char *trk_agenda_to_text (const TrkAgenda *agenda, const TrkStyle *style, gboolean why);

/* An array, as the help of `tracker agenda` documents it. */
void trk_agenda_to_json (const TrkAgenda *agenda, TrkJson *builder);

G_END_DECLS
