/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-hook-folder.h"

G_BEGIN_DECLS

/* One program that runs, beside the main loop of the thread that started it. trackerd-hook stays
 * with it, so that nobody here waits: see trackerd/hooks/main.c. */
typedef struct _TrkHookCall TrkHookCall;

/* What is to be run; all borrowed and needed only during the call. */
typedef struct
{
  TrkHook hook;
  const TrkHookProgram *program; /* that is not refused */
  const char *json;              /* its standard input */
  TrkDuration limit;             /* > 0 */
  TrkInstant at;                 /* for the run's record */
  const char *block_id;          /* the same (nullable) */
  gboolean outside; /* in a unit of its own, started by the user's systemd: ours has no network */
} TrkHookOrder;

/* Told once, from the main loop; @run is the receiver's. @call is freed afterwards. */
typedef void (*TrkHookDone) (TrkHookCall *call, TrkHookRun *run, gpointer data);

/* Never NULL: what cannot be started is told as refused. */
TrkHookCall *trk_hook_call_start (const TrkHookOrder *order, TrkHookDone done, gpointer data);

/* It and all that it started is ended within seconds; @done is told then. */
void trk_hook_call_end (TrkHookCall *call);
/* The same without being told: nobody is there any more. Frees. */
void trk_hook_call_leave (TrkHookCall *call);

/* Does this process run in a unit of systemd's, with restrictions that the user's programs should
 * not have? Then they are run outside. */
gboolean trk_hook_is_confined (void);

G_END_DECLS
