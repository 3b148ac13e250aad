/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-engine.h"

/* A log in memory that applies effects as the store and the desktop would, and holds every rule
 * that must never be broken. The first broken rule is kept as text; @broken stays NULL else. */
typedef struct
{
  GPtrArray *entries; /* of TrkEntry by start */
  GPtrArray *gaps;    /* of TrkGap by start */
  GHashTable *states; /* block ID → TrkBlockState */
  GHashTable *blocks; /* block ID → TrkBlock, as the last plan that had it said */
  GHashTable *given;  /* "block kind" → times given since its start was moved */
  GHashTable *live;   /* keys of notifications that are up */
  gboolean focus;
  GPtrArray *interruptions; /* of TrkInterruption by time of asking */
  char *asking;             /* key of the notification that is up with the guard's question */
  guint questions;          /* of the guard, so many were put */
  GPtrArray *told;          /* of char*: what began for hooks */
  TrkInstant notified;      /* when the last notice was given; 0 never */
  char *last;               /* its key */
  TrkInstant locks;         /* when the last lock of the screen was announced; 0 never */
  TrkAbsence absence;       /* the last that was noted */
  gboolean stopped;         /* the engine was shut down, and nothing came after it */
  guint n_effects;
  char *broken;
} EngineLog;

EngineLog *engine_log_new (void);
void engine_log_free (EngineLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineLog, engine_log_free)

/* What an engine said at @now. @policies decide how many reminders are allowed. */
void engine_log_apply (EngineLog *log,
                       const GPtrArray *effects,
                       const TrkPolicies *policies,
                       TrkInstant now);
/* An engine gets @plan. */
void engine_log_plan (EngineLog *log, const TrkPlan *plan);
/* The daemon was killed: nobody holds what is on the desktop. */
void engine_log_lose_desktop (EngineLog *log);
/* What an engine would be started with. */
TrkEngine *engine_log_restart (const EngineLog *log,
                               const TrkPolicies *policies,
                               const TrkAlmanac *almanac,
                               TrkInstant last_mark,
                               const TrkEngine *before);
/* Forgets that @block_id was announced: the user moved its start or end. */
void engine_log_moved (EngineLog *log, const char *block_id);
gboolean engine_log_is_told (const EngineLog *log, const char *what); /* of its beginning */
TrkEntry *engine_log_open_entry (const EngineLog *log);               /* NULL: none */
TrkGap *engine_log_open_gap (const EngineLog *log);
void engine_log_break (EngineLog *log, const char *format, ...) G_GNUC_PRINTF (2, 3);
