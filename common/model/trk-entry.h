/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"
#include "trk-words.h"

G_BEGIN_DECLS

/* A time entry: what really happened. The caller owns what it gets. */
typedef struct
{
  gint64 number;    /* short name for people, 0 before it is stored */
  char *id;         /* UUIDv7, (owned) (nullable) before it is stored */
  TrkPeriod period; /* end is TRK_NEVER while it is open */
  TrkKind kind;
  char *title;    /* (owned) */
  char *block_id; /* (owned) (nullable) */
  gint64 task;    /* number of its task, 0 none */
  char *project;  /* (owned) (nullable); the task's when it has one */
  GStrv tags;     /* (owned) (nullable) */
  TrkEvidence evidence;
  TrkReason start_reason;
  TrkReason end_reason; /* only when it ended */
  char *note;           /* (owned) (nullable) */
  char *zone;           /* IANA name of the zone in which it happened (owned) (nullable) */
  TrkInstant until;     /* when what was started by hand with a length is to end; 0 none */
  gboolean unkept; /* a reader's: open in the log, @period ends at the last moment known awake */
} TrkEntry;

TrkEntry *trk_entry_new (void);
TrkEntry *trk_entry_copy (const TrkEntry *entry);
void trk_entry_free (TrkEntry *entry);
gboolean trk_entry_is_open (const TrkEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkEntry, trk_entry_free)

/* Time inside a block of work that no entry covers because the user was away, the machine slept or
 * the daemon was not there. Not work unless the user says so. */
typedef struct
{
  gint64 number;
  char *id;         /* (owned) (nullable) */
  TrkPeriod period; /* end is TRK_NEVER while it lasts */
  TrkReason reason; /* away, lock, sleep, power, pause … */
  TrkAnswer answer;
  char *block_id; /* (owned) (nullable) */
} TrkGap;

TrkGap *trk_gap_new (void);
TrkGap *trk_gap_copy (const TrkGap *gap);
void trk_gap_free (TrkGap *gap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkGap, trk_gap_free)

G_END_DECLS
