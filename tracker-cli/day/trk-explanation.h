/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-entry.h"
#include "trk-json.h"
#include "trk-plan.h"
#include "trk-store.h"
#include "trk-style.h"

G_BEGIN_DECLS

/* Everything that is known, all borrowed. */
typedef struct
{
  TrkAlmanac almanac;
  TrkInstant now;
  TrkPlanInput input;
  const GPtrArray *occurrences; /* of TrkOccurrence */
  const GPtrArray *records;     /* of TrkBlockRecord */
  const GArray *squeezed;       /* of TrkSqueeze */
  const GPtrArray *entries;     /* of TrkEntry */
  const GPtrArray *gaps;        /* of TrkGap */
  const GPtrArray *notices;     /* of TrkNoticeRecord */
  TrkInstant kept_since;        /* the log's first trace; TRK_NEVER: none */
} TrkKnowledge;

/* What is known of one event: why it has its kind, what cut it, what became of it. The arrays are
 * owned, their members borrowed from the knowledge. */
typedef struct
{
  char *id;         /* of its block, or the one that it would have (owned) */
  char *title;      /* safe to show (owned) */
  char *calendar;   /* (owned) (nullable) */
  TrkPeriod period; /* as the calendar has it */
  gboolean all_day;
  gboolean makes_block;
  TrkKind kind;
  char *why;            /* (owned) */
  char *to_make_it_off; /* the rule for the configuration that would, (owned) (nullable) */
  GPtrArray *pieces;    /* of TrkBlockRecord */
  GPtrArray *squeezes;  /* of TrkSqueeze, borrowed */
  GPtrArray *entries;   /* of TrkEntry */
  GPtrArray *gaps;      /* of TrkGap */
  GPtrArray *notices;   /* of TrkNoticeRecord: those that were given */
  const char *rest;     /* "away 10:35–10:50": by that a break was taken (borrowed) (nullable) */
} TrkExplanation;

void trk_explanation_free (TrkExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkExplanation, trk_explanation_free)

/* The events that @text means: those whose block has that ID, else those at the moment that it
 * names ("10:00", "tue 14:00"), else those whose title holds it, whatever its case. Of the last
 * only today's; when there is none today, the nearest one. By start; owned by the caller, may be
 * empty. */
GPtrArray *trk_explanations_find (const TrkKnowledge *knowledge, const char *text);

/* Lines for a terminal. Owned by the caller. */
char *trk_explanation_to_text (const TrkExplanation *explanation,
                               const TrkKnowledge *knowledge,
                               const TrkStyle *style);

/* An object, as the help of `tracker why` documents it. */
void trk_explanation_to_json (const TrkExplanation *explanation,
                              const TrkKnowledge *knowledge,
                              TrkJson *builder);

/* Where @piece ends as things are: an extension goes as far as something begins that waits for
 * nobody. @before gets the title of that when it cut the extension short, else NULL; borrowed. */
TrkInstant trk_explanation_end (const TrkKnowledge *knowledge,
                                const TrkBlockRecord *piece,
                                const char **before);

/* What became of a piece: as the agenda and the reports have it. */
TrkOutcome trk_explanation_outcome (const TrkExplanation *explanation,
                                    const TrkKnowledge *knowledge,
                                    const TrkBlockRecord *piece);

G_END_DECLS
