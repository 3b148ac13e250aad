/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-absence.h"
#include "trk-block.h"
#include "trk-entry.h"
#include "trk-hook.h"
#include "trk-interruption.h"
#include "trk-notice.h"

G_BEGIN_DECLS

/* What the engine wants done. The daemon stores effects in one transaction, then acts on the
 * desktop; simulate prints them; tests compare the list. */
typedef enum
{
  TRK_EFFECT_NOTIFY,      /* notice */
  TRK_EFFECT_WITHDRAW,    /* key: the live notification of that key goes */
  TRK_EFFECT_ENTRY_OPEN,  /* entry, open-ended; there is no other open entry then */
  TRK_EFFECT_ENTRY_CLOSE, /* the open entry ends at entry->period.end; empty ones are removed */
  TRK_EFFECT_ENTRY_AMEND, /* the open entry gets entry's kind, title, task, evidence */
  TRK_EFFECT_ENTRY_ADD,   /* entry, already over, in a period that no other one covers */
  TRK_EFFECT_ENTRY_CUT,   /* the entry that is over and began at entry->period.start now ends at
                             entry->period.end: away was known late; empty ones are removed */
  TRK_EFFECT_GAP_OPEN,    /* gap, open-ended; there is no other open gap then */
  TRK_EFFECT_GAP_CLOSE,   /* the open gap ends at gap->period.end, with its answer; empty ones are
                             removed */
  TRK_EFFECT_GAP_CUT,     /* the gap that is over and began at gap->period.start now ends at
                             gap->period.end: the clock was wrong; empty ones are removed */
  TRK_EFFECT_GAP_ANSWER,  /* the gap that is over and has gap->period gets its answer */
  TRK_EFFECT_BLOCK_STATE, /* state: outcome, notices given, snoozed start, extended end; at most
                             one a block and call */
  TRK_EFFECT_TASK_DONE,   /* task: complete it */
  TRK_EFFECT_FOCUS_ON,    /* do-not-disturb and the like are wanted */
  TRK_EFFECT_FOCUS_OFF,
  TRK_EFFECT_LOCK,     /* the screen is locked, for a break; it was announced */
  TRK_EFFECT_HOOK,     /* hook; key: what it is remembered as, until its end is told */
  TRK_EFFECT_WITHHOLD, /* notice: of this kind and key none is given; the reason and the rule say
                          why */
  TRK_EFFECT_INTERRUPTION,        /* interruption: the focus guard asks about it */
  TRK_EFFECT_INTERRUPTION_ANSWER, /* interruption: the one of that program and instant gets its
                                     answer, instead of one that it has */
  TRK_EFFECT_ABSENCE,             /* absence: the next daemon must know */
} TrkEffectType;

const char *trk_effect_type_to_string (TrkEffectType type); /* "notify", "entry-open" … */

typedef struct
{
  TrkEffectType type;
  TrkInstant at; /* when it took effect: a pause back-dated to when away began is at then */
  TrkReason reason;
  char *block_id;       /* (owned) (nullable) */
  TrkNotice *notice;    /* NOTIFY, WITHHOLD (owned) (nullable) */
  char *rule;           /* the same: trk_notice_rule() (owned) (nullable) */
  char *key;            /* WITHDRAW, HOOK (owned) (nullable) */
  TrkEntry *entry;      /* ENTRY_*; HOOK of focus: what is kept or was (owned) (nullable) */
  TrkGap *gap;          /* GAP_* (owned) (nullable) */
  TrkBlockState *state; /* BLOCK_STATE (owned) (nullable) */
  gint64 task;          /* TASK_DONE */
  TrkHook hook;         /* HOOK */
  TrkInterruption *interruption; /* INTERRUPTION* (owned) (nullable) */
  TrkAbsence absence;            /* ABSENCE */
} TrkEffect;

TrkEffect *trk_effect_new (TrkEffectType type, TrkInstant at, TrkReason reason);
void trk_effect_free (TrkEffect *effect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkEffect, trk_effect_free)

/* One line for people and tests: the type, what it is about, the reason.
 *   notify start 'Focus — Payment retries' block-start
 *   entry-open focus 'Payment retries' observed block-start
 *   gap-open away
 *   block-state 'work/1' done block-end
 *   hook block-start block-start */
char *trk_effect_to_line (const TrkEffect *effect);

G_END_DECLS
