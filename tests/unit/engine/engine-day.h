/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

/* 2026-11-23T00:00:00Z */
#define ENGINE_DAY_START (G_GINT64_CONSTANT (1795392000) * TRK_SECOND)
#define ENGINE_DAY_BLOCKS 6

/* A day with one of each kind of block, and what its calendar has changed since. */
typedef struct
{
  int moved; /* minutes by which the focus block was moved */
  gboolean gone;
  gboolean cut; /* a new meeting lies over the beginning of the focus block */
} EngineDay;

/* Of its blocks, in order; the meeting that comes late is "new". */
extern const char *const engine_day_ids[ENGINE_DAY_BLOCKS];

/* Owned by the caller. */
TrkPlan *engine_day_plan (const EngineDay *day);
