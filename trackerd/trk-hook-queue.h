/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-hook-call.h"
#include "trk-hook-event.h"

G_BEGIN_DECLS

/* The order in which the user's programs run. Events of one pair (focus-start and focus-end) wait
 * for each other, and the programs of one event run one after another by name; pairs run beside
 * each other, so that at most TRK_N_HOOK_PAIRS programs run at once. Nobody waits for them. */
typedef struct _TrkHookQueue TrkHookQueue;

typedef struct
{
  TrkInstant (*now) (gpointer data);
  void (*ran) (TrkHookRun *run, gpointer data); /* @run is the receiver's */
} TrkHookQueueEvents;

/* @outside: see TrkHookOrder. @events is borrowed. */
TrkHookQueue *
trk_hook_queue_new (gboolean outside, const TrkHookQueueEvents *events, gpointer data);
/* What runs is ended, by itself and untold. */
void trk_hook_queue_free (TrkHookQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkHookQueue, trk_hook_queue_free)

/* Runs what the user has for @event now or in its turn; each program for at most @limit. Of a pair
 * whose programs hang so long that dozens of events wait, the newest are left out, and told as
 * refused. */
void trk_hook_queue_add (TrkHookQueue *queue, const TrkHookEvent *event, TrkDuration limit);

gboolean trk_hook_queue_is_idle (const TrkHookQueue *queue);

/* At the end, where nothing else is left in the main loop: waits for what runs and what waits, and
 * ends it after @patience; what never had its turn is told as refused. */
void trk_hook_queue_drain (TrkHookQueue *queue, TrkDuration patience);

G_END_DECLS
