/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-clock.h"
#include "trk-presence-source.h"

G_BEGIN_DECLS

/* A source and what it has told: is it to be believed? One that stands still at 0, or that does not
 * answer any more, is not, until it answers otherwise. */
typedef struct
{
  TrkPresenceSource *source; /* (owned) (nullable) */
  char *why_not;             /* why it does not tell (owned) (nullable) */
  gboolean answered;
  gboolean idle;
  TrkInstant since; /* when idle */
  guint zeros;      /* answers of exactly 0 in a row */
  gboolean asked;   /* a question is not answered yet */
  gboolean stands;  /* it does not move, or it does not answer: not to be believed */
  TrkInstant doubt; /* since when */
} TrkPresenceCandidate;

/* What an answer says that its source should have told by itself. */
typedef enum
{
  TRK_PRESENCE_MISSED_NOTHING,
  TRK_PRESENCE_MISSED_IDLE,
  TRK_PRESENCE_MISSED_INPUT,
} TrkPresenceMissed;

/* Puts @source (transfer full) (nullable) in the place of the one before; @why_not when NULL. */
void trk_presence_candidate_set (TrkPresenceCandidate *candidate,
                                 TrkPresenceSource *source,
                                 const char *why_not);

gboolean trk_presence_candidate_is_believed (const TrkPresenceCandidate *candidate);

/* It told that nobody has typed for @milliseconds, at @now. */
void trk_presence_candidate_set_idle (TrkPresenceCandidate *candidate,
                                      guint64 milliseconds,
                                      TrkInstant now);
void trk_presence_candidate_set_active (TrkPresenceCandidate *candidate);

/* It answered a question while @limit ms are watched. */
TrkPresenceMissed trk_presence_candidate_take_answer (TrkPresenceCandidate *candidate,
                                                      guint64 milliseconds,
                                                      guint limit,
                                                      TrkInstant now);

/* Asks it, if it can be asked; one that has not answered the question before is not believed any
 * more. TRUE: that is so since now. */
gboolean trk_presence_candidate_ask (TrkPresenceCandidate *candidate, TrkInstant now);

G_END_DECLS
