/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-log.h"

#define ENGINE_DAY_START (G_GINT64_CONSTANT (1795392000) * TRK_SECOND) /* 2026-11-23T00:00:00Z */

/* What a script is played on: an engine with its log in memory, the plan that it gets next, and the
 * user before it. @now of a call is the time on the clock. */
typedef struct
{
  TrkEngine *engine; /* NULL: none was needed yet */
  EngineLog *log;
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkPolicies policies;
  GPtrArray *blocks; /* of TrkBlock, in the next plan; the ID of each is its title */
  GArray *squeezed;  /* of TrkSqueeze, the same */
  TrkPresence presence;
  gboolean notices; /* those given and those withheld, and nothing else */
  gboolean rules;   /* with the rule, or the cause, of those that are withheld */
  gboolean brief;   /* hooks, and states of blocks that are not over, are left out */
  GString *effects; /* lines of what came of the calls: time and effect */
  char *error;      /* of the last act (owned) (nullable) */
} EngineStage;

EngineStage *engine_stage_new (void);
void engine_stage_free (EngineStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineStage, engine_stage_free)

/* -- The next plan */

/* Fails when there is none. */
TrkBlock *engine_stage_block (const EngineStage *stage, const char *title);
/* In place of the one of its title; takes @block. */
void engine_stage_put (EngineStage *stage, TrkBlock *block);
void engine_stage_remove (EngineStage *stage, const char *title);
/* Another block of the plan takes what is outside @period. */
/* Its ID stays. */
void engine_stage_rename (EngineStage *stage, const char *title, const char *now);
void engine_stage_cut (EngineStage *stage, const char *title, TrkPeriod period);
void engine_stage_plan (EngineStage *stage, TrkInstant now); /* the engine gets it */

/* -- What happens */

/* What the engine said; takes @effects. */
void engine_stage_take (EngineStage *stage, GPtrArray *effects, TrkInstant now);
void engine_stage_run (EngineStage *stage,
                       TrkInstant now); /* a step at every deadline up to then */
void engine_stage_act (EngineStage *stage, const TrkAction *action, TrkInstant now);
void engine_stage_be (
    EngineStage *stage, TrkPresence presence, TrkInstant since, TrkReason why, TrkInstant now);
void engine_stage_shut_down (EngineStage *stage, TrkInstant now);
/* A new engine from the log, last awake at @mark (0 never told), and the plan. */
void engine_stage_restart (EngineStage *stage, TrkInstant mark, TrkInstant now);
/* Others changed the log: a new engine in place of the old one. */
void engine_stage_reload (EngineStage *stage, TrkInstant now);
/* The clock's zone changed; the plan of the new one comes next. */
void engine_stage_move_to (EngineStage *stage, const char *zone);

/* -- What others write into the log */

/* As tracker log add writes it. */
void engine_stage_log (EngineStage *stage, TrkPeriod period, const char *title);
/* As another program may write it: an open entry of that block of the plan, or by hand when it is
 * there @until a time (0 not). */
void engine_stage_open (EngineStage *stage, TrkInstant start, const char *title, TrkInstant until);
/* As the undo of an extension leaves what runs by hand. */
void engine_stage_end_open (EngineStage *stage, TrkInstant until);
/* As the undo of what ended the block leaves it and its last entry: as if it had gone on. */
void engine_stage_undo (EngineStage *stage, const char *title);
/* As tracker log edit --kind leaves what is over. */
void engine_stage_correct_kind (EngineStage *stage, const char *title, TrkKind kind);
/* What the log of an older version does not have. */
void engine_stage_forget_words (EngineStage *stage);
