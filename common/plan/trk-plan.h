/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-block.h"
#include "trk-occurrence.h"
#include "trk-policy.h"
#include "trk-squeeze.h"

G_BEGIN_DECLS

/* The plan of a period: sorted blocks that do not overlap, and what was squeezed. Refcounted,
 * unchanged once made. */
typedef struct
{
  TrkPeriod period;
  GPtrArray *blocks; /* of TrkBlock, those that overlap the period, uncut by its borders */
  GArray *squeezed;  /* of TrkSqueeze, by the lost time: of blocks that reach into the period
                        (trk_block_reaches) all that they lost, also beside it */
} TrkPlan;

/* What decides: all borrowed. */
typedef struct
{
  const TrkAlmanac *almanac;  /* what a whole day is (nullable): as the calendar has it */
  const GPtrArray *calendars; /* of TrkCalendar: default kinds (nullable) */
  const GPtrArray *rules;     /* of TrkRule (nullable) */
  const TrkPolicies *policies;
  const char *const *me;    /* own addresses (nullable) */
  const GPtrArray *records; /* of TrkBlockRecord, by start, what the log knows of these days
                               (nullable): trk-renamed.h, trk-known.h */
  const GPtrArray *left; /* of TrkBlockRecord, what the user left in them and before (nullable): a
                            block that was skipped, or done early, leaves the rest of its time to
                            what it displaced */
  GHashTable *said;      /* of trk_said_categories_new() (nullable), for who asks for many
                            verdicts: what each category was found to say */
} TrkPlanInput;

/* Blocks of @occurrences (of TrkOccurrence) by the policy of overlaps. Occurrences outside @period
 * take part in it too: give those around it, so that a day's border changes no decision. The order
 * of @occurrences does not matter. Pure; n log n. */
TrkPlan *trk_plan_new (const GPtrArray *occurrences, TrkPeriod period, const TrkPlanInput *input);
/* A plan of blocks that are already decided (from the log): only sorted. */
TrkPlan *trk_plan_new_for_blocks (const GPtrArray *blocks, TrkPeriod period);
TrkPlan *trk_plan_ref (TrkPlan *plan);
void trk_plan_unref (TrkPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkPlan, trk_plan_unref)

TrkBlock *trk_plan_block (const TrkPlan *plan, const char *id);  /* borrowed, NULL: none */
TrkBlock *trk_plan_at (const TrkPlan *plan, TrkInstant instant); /* borrowed, NULL: none */

/* What keeps an occurrence from making a block. */
typedef enum
{
  TRK_NO_BLOCK_CALLED_OFF, /* cancelled, declined, or a rule ignores it: somebody wanted it so */
  TRK_NO_BLOCK_FREE,       /* it leaves the time free */
  TRK_NO_BLOCK_EMPTY,      /* it has no length */
  TRK_NO_BLOCK_ALL_DAY,    /* of those only off makes one */
} TrkNoBlock;

/* Why an occurrence makes a block, of which kind, or none: for `tracker why`. */
typedef struct
{
  gboolean makes_block;
  TrkKind kind;        /* only with a block */
  TrkNoBlock no_block; /* only without */
  GRefString *why;     /* in words: "the rule [rule reviews]: summary matches /review/" (owned) */
} TrkVerdict;
/* Empty, to be filled by trk_verdict(). Owned by the caller. */
GHashTable *trk_said_categories_new (void);
TrkVerdict trk_verdict (const TrkOccurrence *occurrence, const TrkPlanInput *input);
void trk_verdict_clear (TrkVerdict *verdict);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkVerdict, trk_verdict_clear)

/* The stable ID of the block of an occurrence: "calendar/uid" or "calendar/uid@recurrence-id". A
 * UID that is longer than 255 bytes or holds control characters stands as its SHA-256. Owned by the
 * caller. */
char *trk_block_id_for (const TrkOccurrence *occurrence);

/* Is @id the ID of @whole or of a piece of it ("id", "id#2")? */
gboolean trk_block_id_is_of (const char *id, const char *whole);
/* @id without a piece's number, owned by the caller. A UID that ends in "#2" is cut as well: ask
 * trk_block_id_is_of() in the end. */
char *trk_block_id_whole (const char *id);
/* Are both pieces of one event, where the calendar has it? Or the same one. */
gboolean trk_blocks_are_of_one_event (const TrkBlock *a, const TrkBlock *b);

G_END_DECLS
