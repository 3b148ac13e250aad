/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-day.h"
#include "engine-world.h"

/* Shared by engine-world.c, which has the rules, and engine-world-events.c. */

#define WORLD_CALL "A call took its time"
#define WORLD_PROGRAM "steam" /* that disturbs, and is what comes to the front */

struct _World
{
  TrkEngine *engine;
  EngineLog *log;
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkPolicies policies;
  TrkPresence presence;
  TrkInstant now;
  EngineDay day;
  TrkInstant acted;     /* the last event: somebody was there, or nobody yet */
  TrkInstant asleep;    /* since then; 0 awake */
  gboolean tells_sleep; /* while asleep: the engine was told before */
  TrkPresence awake;    /* then: as it is after that */
  TrkReason why_awake;  /* and why, of being away */
  TrkInstant away;      /* since then; 0 there */
  TrkReason why_away;   /* then */
  TrkPeriodSet *nobody; /* when nobody was there */
  TrkPeriodSet *dark;   /* when the machine slept or its clock jumped */
  TrkPeriodSet *down;   /* when no daemon was there */
  gboolean busy;
  gboolean tells_late; /* that nobody is there is told to the next daemon after its plan */
  gboolean front;      /* the program that disturbs is in front */
  gboolean clock_back; /* the next step of the clock goes forth */
  gboolean clock_set;  /* it was set back: what was when is not to be said any more */
  gboolean interfered; /* the user or the calendar decided what the blocks' time is used for */
  TrkZone *elsewhere;
  char *refused; /* why the last command was (owned) (nullable) */
  GString *story;
  TrkBlockState *unknown; /* of a block that the log has no word about */
};

/* The log gets the effects (taken), now. */
void world_take (World *world, GPtrArray *effects);

/* -- engine-world-events.c --------------------------------------------------------------------- */

/* Does it decide what the time of blocks is used for? */
gboolean world_interferes (Event event);
void world_happen (World *world, Event event, TrkDuration length);
void world_tell_plan (World *world);
void world_be (World *world, TrkPresence presence, TrkInstant since, TrkReason why);
void world_wake (World *world); /* if the machine sleeps */
void world_go_on (World *world, TrkInstant now);
void world_run_to (World *world, TrkInstant now); /* from deadline to deadline */
/* The daemon is stopped in order, and another one starts from the log @length later. */
void world_stop_and_start (World *world, TrkDuration length);
