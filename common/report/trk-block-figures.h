/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

G_BEGIN_DECLS

/* A planned block that began in the period, beside what the log has of it. */
typedef struct
{
  const TrkBlockRecord *record; /* borrowed from the input */
  TrkOutcome outcome;           /* the log's, else derived from the entries once it is over */
  TrkDuration worked;           /* in its entries */
  gboolean begun;               /* has an entry */
  TrkDuration delay;            /* first entry's start − planned start; negative: early */
} TrkBlockFact;

/* By start: an array of TrkBlockFact owned by the caller. */
GArray *trk_block_facts_new (const TrkFigureInput *input);

/* The outcome of a block on which @worked was kept: the log's; of one that is over at @now and of
 * which the log holds none, what the work says. What was over before @kept_since (the log's first
 * trace, TRK_NEVER: none) is not missed without an entry, also where the log calls it missed. */
TrkOutcome trk_block_outcome (const TrkBlockRecord *record,
                              TrkDuration worked,
                              TrkInstant now,
                              TrkInstant kept_since);

/* The same of each block of @input, whenever it begins: its ID, borrowed → TrkOutcome. */
GHashTable *trk_block_outcomes_new (const TrkFigureInput *input);

/* What a row says of the block: its outcome (static); of one without, where @now finds it. */
const char *
trk_block_outcome_words (const TrkBlockRecord *record, TrkOutcome outcome, TrkInstant now);

/* Does the fact count for the start delay? Blocks of work that were begun. */
gboolean trk_block_fact_is_start (const TrkBlockFact *fact);

/* What a break came to; each is one figure. */
gboolean trk_block_fact_is_break (const TrkBlockFact *fact);
gboolean trk_block_fact_is_taken (const TrkBlockFact *fact);
gboolean trk_block_fact_is_partly_taken (const TrkBlockFact *fact); /* one that is taken, too */
gboolean trk_block_fact_is_postponed (const TrkBlockFact *fact);
gboolean trk_block_fact_is_ignored (const TrkBlockFact *fact);
gboolean trk_block_fact_is_owed (const TrkBlockFact *fact);

#define TRK_IN_TIME (5 * TRK_MINUTE) /* a start with less delay is on time */

void trk_block_figures (const GArray *facts, TrkFigures *figures);

G_END_DECLS
