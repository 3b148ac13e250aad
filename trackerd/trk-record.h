/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-effect.h"
#include "trk-plan.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* All borrowed but what is said; nothing may be NULL unless it is said. */
typedef struct
{
  TrkActor actor;
  const char *command;
  TrkInstant now;
  const char *zone;   /* IANA name, for new entries */
  TrkPlan *plan;      /* where blocks of states are looked up (nullable) */
  GPtrArray *put;     /* of TrkBlock: as they are planned now (nullable) */
  GPtrArray *effects; /* of TrkEffect; a reference is taken (nullable) */
  GPtrArray *forget;  /* of char*: blocks that left the calendar before they began (nullable) */
  /* What a batch brings with it, in the same transaction; alone they are nothing to record. */
  GPtrArray *answered; /* of char*: keys of notices that it answers (nullable) */
  const char *answer;  /* with what (nullable) without any */
  TrkInstant mark;     /* the last moment known awake, 0 none: trk_recorder_mark() */
} TrkBatch;

/* One thing that the log is told: a batch, what became of a notice, or what a program of the user's
 * did. Owns what it speaks of, and waits as long as it must. */
typedef struct _TrkRecord TrkRecord;

/* @first_ticket: of its NOTIFY effects, one each, in order. */
TrkRecord *trk_record_new (const TrkBatch *batch, guint64 first_ticket);
TrkRecord *trk_record_new_answer (const char *key, TrkInstant at, const char *answer);
TrkRecord *trk_record_new_hook_run (TrkHookRun *run); /* takes @run */
void trk_record_free (TrkRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkRecord, trk_record_free)

/* What it is about, for a warning. */
const char *trk_record_name (const TrkRecord *record);

/* In one transaction, all or nothing; what of it the log refuses for ever is left out with a
 * warning. A batch is a sign of life of the daemon's @run (0 none). @numbers gets of each notice
 * that was written its number by its ticket (gint64 by guint64, both owned by the table). */
gboolean trk_record_write (
    const TrkRecord *record, TrkStore *store, gint64 run, GHashTable *numbers, GError **error);

/* TRUE when things can go on: it @worked, or never will, which is warned of. FALSE with @error,
 * out of @problem: trying again later can help. @what: what was tried. */
gboolean trk_record_tolerate (gboolean worked, const char *what, GError **problem, GError **error);

G_END_DECLS
