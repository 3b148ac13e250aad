/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"
#include "trk-words.h"

G_BEGIN_DECLS

/* An occurrence with a kind: what is planned. Refcounted; filled by its creator, then unchanged. */
typedef struct _TrkBlock TrkBlock;
struct _TrkBlock
{
  char *id;        /* calendar + UID + RECURRENCE-ID, stable over reloads; the second and later
                      pieces of one that was cut in two end in "#2" … (owned) */
  char *calendar;  /* (owned) (nullable) for a block started by hand */
  char *title;     /* summary made safe to show, one line (owned) */
  char *checklist; /* description made safe to show, lines; (owned) (nullable) */
  char *location;  /* (owned) (nullable) */
  char *link;      /* http(s) (owned) (nullable) */
  TrkKind kind;
  char *kind_why;    /* which rule decided the kind, in words (owned) */
  TrkPeriod period;  /* what is left of it after overlaps: the time that is planned */
  TrkPeriod planned; /* as the calendar has it */
  TrkInstant known;  /* when it came into the plan, if planned.start had passed by then; else 0 */
  GArray *leads;     /* of TrkDuration before period.start, from its alarms; (owned) (nullable): the
                        policy's lead holds */
  TrkBlock *texts_of;    /* whose all that is owned is, but id and leads; (owned) (nullable) */
  gboolean in_one_piece; /* the texts, but its id, are parts of its own memory */
};

TrkBlock *trk_block_new (void);
/* One like @like, which has neither an id nor leads; its texts are copied, in one piece of memory,
 * for an agenda makes thousands of them. */
TrkBlock *trk_block_new_with_texts (const TrkBlock *like);
TrkBlock *trk_block_ref (TrkBlock *block);
void trk_block_unref (TrkBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkBlock, trk_block_unref)

/* Another one of the same event: it has all of @block but its id, and shares the texts. */
TrkBlock *trk_block_again (TrkBlock *block);
/* The same with the id of @block, and another period. */
TrkBlock *trk_block_with_period (TrkBlock *block, TrkPeriod period);

/* Was it over when it came into the plan? It could be neither kept nor missed. */
gboolean trk_block_came_late (const TrkBlock *block);

gboolean trk_block_is_fixed (const TrkBlock *block); /* waits for nobody: meeting, off */

/* Does any of its time lie in @period, planned or as the calendar has it? */
gboolean trk_block_reaches (const TrkBlock *block, TrkPeriod period);

gint trk_block_compare (gconstpointer a, gconstpointer b); /* pointers to pointers, by start, id */

/* What the log knows of a block beyond the calendar: the daemon's memory over a restart. */
typedef struct
{
  char *block_id;   /* (owned) */
  TrkInstant start; /* snoozed start; 0: as planned */
  TrkInstant end;   /* extended end, or when it was skipped or done early; 0: as planned */
  TrkOutcome outcome;
  TrkReason outcome_reason; /* while NONE: STOP when the user stopped it, so that nothing starts it
                               by itself, PAUSE while it is paused by hand */
  char *note;               /* the user's reason for a skip, (owned) (nullable) */
  guint notices;            /* bit set of (1 << TrkNoticeKind): given, or their time handled
                               without one; from bit 16 on: its leads, the nearest first */
  gboolean begun_early;     /* the user began it by hand before its start was told; until it is put
                               back to its own time */
  gboolean runs_unplanned;  /* it left the calendar, and goes on by the user's word until its end */
  gboolean taken;           /* the user began it, or went on with it, by a word: its time is kept by
                               that word */
  gboolean kept_on;         /* the user resumed it or made it longer: that is a word too, but its
                               time is kept as before */
  gboolean stopped;         /* the user stopped it: nothing starts it by itself, were it over and
                               then on again */
  gboolean left;            /* the same, but it was other work in its time that the user stopped */
  guint reminders;          /* how many reminders were given */
  guint postponed;          /* how often the user moved its start */
} TrkBlockState;

TrkBlockState *trk_block_state_new (const char *block_id);
TrkBlockState *trk_block_state_copy (const TrkBlockState *state);
void trk_block_state_free (TrkBlockState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkBlockState, trk_block_state_free)
/* Was any of its notices handled, or was it begun, taken, stopped, left or let run? */
gboolean trk_block_state_was_handled (const TrkBlockState *state);
void trk_block_state_forget_handled (TrkBlockState *state);    /* then it was not */
gboolean trk_block_state_began (const TrkBlockState *state);   /* its start was handled */
gboolean trk_block_state_is_over (const TrkBlockState *state); /* its end, or it has an outcome */
/* Was the block over only by the plan @before, and has it time left in the plan by @block, at @now?
 * It had left that plan; or it ended where that had its end, and nobody put it elsewhere. Then it
 * goes on. The one place that says so. */
gboolean trk_block_state_goes_on (const TrkBlockState *state,
                                  const TrkBlock *before,
                                  const TrkBlock *block,
                                  TrkInstant now);
void trk_block_state_take_back (TrkBlockState *state); /* what ended goes on: it is not over */
/* A block whose event leaves the calendar ends with that, but for one that is on by the user's word
 * (start, resume, extend; he has not stopped it): that goes on as work by hand. The one place that
 * says so. */
gboolean trk_block_state_outlives_event (const TrkBlockState *state);
/* Is its event in no calendar any more? Then its kept time stays, and it is in no figure of what
 * was planned. What was over before its event left was planned. */
gboolean trk_block_state_is_unplanned (const TrkBlockState *state);

/* A block as the log keeps it: as it was planned, and what became of it. */
typedef struct
{
  TrkBlock *block;      /* (owned) */
  TrkBlockState *state; /* (owned) */
} TrkBlockRecord;

TrkBlockRecord *trk_block_record_new (TrkBlock *block,
                                      const TrkBlockState *state); /* state copied */
void trk_block_record_free (TrkBlockRecord *record);
/* What became of a block: done when 80 % of @planned were worked (of a break: rested), else
 * partial; missed when nothing was. The one place that says so. */
TrkOutcome trk_outcome_of_work (TrkDuration planned, TrkDuration worked);

/* The outcome that the log holds, unless the time that was kept of it, @worked (of a break:
 * rested), says more: time that was added by hand afterwards takes "missed" back. */
TrkOutcome trk_block_record_outcome (const TrkBlockRecord *record, TrkDuration worked);

/* Its time from the moment on at which it was skipped or done before its end; empty: none. */
TrkPeriod trk_block_record_left (const TrkBlockRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkBlockRecord, trk_block_record_free)

G_END_DECLS
