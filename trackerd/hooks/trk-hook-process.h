/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* One program of the user's, and all that comes of it. */
typedef struct
{
  pid_t pid;      /* of the program, whose session and group is its own */
  int output;     /* what it says on both streams; -1 closed */
  int exec_error; /* errno of an exec that failed; 0 */
  int status;     /* as of wait(2), once ended */
  gboolean ended; /* the program itself */
  gboolean gone;  /* the program and whatever it left behind */
} TrkHookProcess;

/* Starts @path for @event, its argument: no shell, standard input as ours, nothing else open,
 * signals as at a login, in the home folder, with what is listed in trackerd.conf(5) of our
 * environment. Blocks until exec worked or did not. */
gboolean trk_hook_process_start (TrkHookProcess *process, const char *path, const char *event);

/* Takes leave of whoever has ended. What forks away becomes our child (we are its subreaper), so
 * that nobody is missed. */
void trk_hook_process_reap (TrkHookProcess *process);

/* Sends @number to the program, its group, and whatever forked away from that. Those that are
 * behind one that forked away are found when that one has ended: KILL is sent again until gone. */
void trk_hook_process_signal (const TrkHookProcess *process, int number);

G_END_DECLS
