/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-log.h"

/* A day with one of each kind of block, on which events happen in any order. After each event the
 * rules are checked: those of the log (engine-log.h), and that the next deadline lies in the
 * future, that what the engine says is open is what the log has open, and that do-not-disturb is
 * wanted exactly while a focus entry is open. In the end: nothing is open, no time in which nobody
 * was there was kept as seen, and where no command and no clock interfered the entries and gaps of
 * each block of work fill it. */
typedef enum
{
  EVENT_DEADLINE, /* step at the next deadline */
  EVENT_MINUTES,  /* step some minutes on */
  EVENT_AWAY,
  EVENT_BACK,
  EVENT_UNKNOWN,
  EVENT_SLEEP,
  EVENT_CLOCK_BACK,
  EVENT_CLOCK_AHEAD,
  EVENT_RESTART,
  EVENT_SHUTDOWN, /* and up again */
  EVENT_RELOAD,   /* a new engine from a changed log */
  EVENT_PLAN,     /* again the same */
  EVENT_PLAN_MOVED,
  EVENT_PLAN_GONE,
  EVENT_START,
  EVENT_START_FOR,
  EVENT_START_TASK,
  EVENT_STOP,
  EVENT_PAUSE,
  EVENT_RESUME,
  EVENT_EXTEND,
  EVENT_SNOOZE,
  EVENT_SKIP,
  EVENT_BREAK,
  EVENT_DONE,
  EVENT_RELEASE,
  EVENT_WORKED,
  EVENT_BLOCK_START, /* up to the next start of a block */
  EVENT_BLOCK_END,   /* up to the end of the block that is on */
  EVENT_LOCK,
  EVENT_FALL_ASLEEP, /* the machine; whatever comes next wakes it */
  EVENT_WAKE,
  EVENT_PLAN_CHANGE, /* to the next of some plans */
  EVENT_CLOCK_STEP,  /* back, and forth the next time */
  EVENT_ZONE_CHANGE, /* there, and back the next time */
  EVENT_BUSY,        /* a call begins, or ends */
  EVENT_POSTPONE,
  EVENT_KILL, /* and up again later */
  EVENT_START_PLANNED,
  EVENT_START_BREAK,   /* the planned one, early or not */
  EVENT_GO_TO_SLEEP,   /* as logind tells it: being away from before the sleep until after it */
  EVENT_FRONT,         /* a program that disturbs comes to the front, or leaves it */
  EVENT_STARTED,       /* the same program is started */
  EVENT_STARTED_OTHER, /* another one */
  EVENT_GUARD_BACK,    /* what the focus guard asked is answered */
  EVENT_GUARD_ALLOW,
  EVENT_GUARD_WORK,
  N_EVENTS,
} Event;

typedef struct _World World;

const char *world_event_name (Event event);

World *world_new (void);
void world_free (World *world);
/* @minutes is how long the event takes or reaches, where that matters. */
void world_do (World *world, Event event, guint minutes);
/* Runs to the end of the day and shuts down: nothing may be left open. */
void world_end (World *world);
const char *world_broken (const World *world); /* NULL: no rule was broken */
guint world_effects (const World *world);
char *world_story (const World *world); /* the events so far */
/* All that decides what comes, of the world, its log and its engine: as a hash. */
char *world_state (const World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)
