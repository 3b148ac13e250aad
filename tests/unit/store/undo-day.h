/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-store.h"

/* A day in the log, for the tests of undo. */

/* The daemon and its user, as far as the log sees them; each step is a minute later. */
typedef struct
{
  TrkStore *store;
  int minute;
  guint done; /* commands that can be undone */
  guint undone;
  guint left; /* rows that could not be put back, so far */
} Day;

gint64 number_of (TrkStore *store, const char *sql);
void begin_as (Day *day, TrkActor actor, const char *text);
void end_command (Day *day, TrkActor actor);
gboolean close_open (Day *day, TrkReason why);
void open_entry (Day *day, const char *title, const char *block, gint64 task, TrkReason why);
void set_state (Day *day, TrkOutcome outcome, guint notices);
gint64 any_of (Day *day, const char *table);
void user_start (Day *day);
void user_start_task (Day *day);
void user_stop (Day *day);
void user_task_add (Day *day);
void user_task_done (Day *day);
void user_log_add (Day *day);
void user_log_edit (Day *day);
void user_log_remove (Day *day);
void user_skip (Day *day);
TrkGap *open_gap (Day *day);
void begin_gap (Day *day, TrkReason why);
void end_gap (Day *day, TrkReason why);
void user_pause (Day *day);
void user_resume (Day *day);
void user_answer (Day *day);
void daemon_sees_away (Day *day);
void daemon_sees_back (Day *day);
void daemon_drops (Day *day);
void daemon_run_out (Day *day);
void daemon_term_and_start (Day *day);
void daemon_away (Day *day);
void daemon_block (Day *day);
void daemon_rate (Day *day);
