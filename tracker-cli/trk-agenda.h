/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-block.h"
#include "trk-entry.h"
#include "trk-json.h"
#include "trk-plan.h"
#include "trk-style.h"

G_BEGIN_DECLS

/* Plan and actual side by side, as data; how it is shown is another matter. */

typedef struct
{
  const TrkBlockRecord *record; /* (nullable): time that was kept without a block of the plan */
  const char *title;
  TrkKind kind;
  TrkPeriod period; /* what is planned; of an unplanned row from its first start to its last end */
  TrkDuration actual; /* time of its entries up to now */
  gboolean open;      /* one of them still runs */
  TrkInstant first;   /* start of its first entry, 0 none */
  GPtrArray *gaps;    /* of TrkGap (owned array) */
  GPtrArray *cuts;    /* of TrkSqueeze: who took a part of it (owned array) */
  GPtrArray *takes;   /* of TrkSqueeze: what it took of others (owned array) */
  TrkDay day;
} TrkAgendaRow;

/* The caller fills all but @rows; arrays are borrowed and must outlive it. */
typedef struct
{
  TrkAlmanac almanac;
  TrkInstant now;
  TrkPeriod period;          /* whole days */
  const GPtrArray *records;  /* of TrkBlockRecord that overlap it */
  const GPtrArray *entries;  /* of TrkEntry */
  const GPtrArray *gaps;     /* of TrkGap */
  const GPtrArray *squeezed; /* of TrkSqueeze */
  GPtrArray *rows; /* of TrkAgendaRow, by day; within one first what was planned (owned) */
} TrkAgenda;

/* Makes the rows. A block belongs to the day in which it starts, unplanned time to the day in which
 * it began; time before the period's start is not counted there. */
void trk_agenda_fill (TrkAgenda *agenda);
void trk_agenda_clear (TrkAgenda *agenda);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkAgenda, trk_agenda_clear)

/* What was squeezed out whole on @day, each block once, copies of one event not counted: rows of
 * TrkSqueeze, borrowed. */
GPtrArray *trk_agenda_lost (const TrkAgenda *agenda, TrkDay day);

/* For a terminal, with a line end at the end; @why lists every squeeze. Owned by the caller. */
char *trk_agenda_to_text (const TrkAgenda *agenda, const TrkStyle *style, gboolean why);

/* An array, as the help of `tracker agenda` documents it. */
void trk_agenda_to_json (const TrkAgenda *agenda, TrkJson *builder);

G_END_DECLS
