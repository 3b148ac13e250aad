/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"
#include "trk-words.h"

G_BEGIN_DECLS

/* What the daemon does with a block of one kind. Every cell can be changed in the configuration. */
typedef struct
{
  TrkDuration lead;   /* notice before the start; 0 none */
  TrkDuration ending; /* notice before the end; 0 none */
  gboolean notify_start;
  gboolean notify_end;
  gboolean auto_start; /* time is kept without a command once the user is present */
  gboolean away_pauses;
  TrkDuration away_limit;   /* idle longer than this is away */
  TrkDuration remind_every; /* reminders while it is ignored; 0 none */
  guint remind_times;       /* at most so many */
  gboolean do_not_disturb;  /* asked for while it runs */
  gboolean unmissable;      /* a start that nobody answers is repeated, in the end with sound */
  gboolean strict;          /* break: who types on has the screen locked, announced before */
} TrkPolicy;

typedef struct
{
  TrkPolicy of[TRK_N_KINDS];
  TrkKind precedence[TRK_N_KINDS]; /* who wins an overlap, strongest first */
  TrkDuration snooze;              /* default of Snooze: 5 min */
  TrkDuration extend;              /* default of Extend: 15 min */
  TrkDuration take_break;          /* default of Break: 10 min */
  TrkDuration late;                /* later than this is missed, told in a digest: 10 min */
  TrkDuration smallest_piece;      /* of a block that was cut: 5 min */
  TrkDuration mark_every;          /* last-known-awake mark while an entry is open: 60 s */
  TrkDuration overtime_every;      /* gentle notice while working in off time: 1 h */
  TrkDuration natural_break;       /* an absence of a break's length that ended at most so long
                                      before the break counts as taken: 30 min; 0 never */
  guint postpones;                 /* so often a day breaks may be postponed: 3 */
  TrkDuration work_limit;          /* notice when a day's work is so long; 0 none (default) */
  TrkDuration guard_allow;         /* default of the focus guard's Allow: 5 min */
  gboolean day_end;                /* notice after the day's last block of work; default off */
} TrkPolicies;

/* The default table. */
void trk_policies_init (TrkPolicies *policies);

/* A user's rule for kinds, the first that matches decides. Empty fields match everything. */
typedef struct
{
  char *name;       /* of its [rule …] section (owned) */
  char *calendar;   /* (owned) (nullable) */
  char *category;   /* without regard to case (owned) (nullable) */
  GRegex *summary;  /* (owned) (nullable) */
  GRegex *location; /* (owned) (nullable) */
  char *attendee;   /* address (owned) (nullable) */
  guint min_attendees;
  gboolean ignore; /* makes no block at all; kind is meaningless then */
  TrkKind kind;
} TrkRule;

TrkRule *trk_rule_new (const char *name);
void trk_rule_free (TrkRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkRule, trk_rule_free)

G_END_DECLS
